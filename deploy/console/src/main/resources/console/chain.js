// Whether deposits may be credited: the verdict of each network, and why.

import { h } from './dom.js';
import { count, lasting, plural } from './format.js';

const LOOKS = { ok: 'ok', hold: 'page', unknown: 'warn' };
const SAYS = { ok: 'deposits ok', hold: 'hold deposits', unknown: 'unknown: hold deposits' };
const MOST_REASONS = 3;

/** Nothing before the detectors have written a verdict. */
export function chainPanel(state) {
  if (!state.chains.length) return false;
  return h('section', { class: 'panel', 'aria-labelledby': 'chain' },
    h('header', {}, h('h2', { id: 'chain' }, 'Deposits'),
      h('span', { class: 'aside' }, h('a', { class: 'text', href: `${location.origin}/chain` }, 'as JSON'))),
    h('ul', { class: 'list flush verdicts' }, state.chains.map((chain) => h('li', { key: chain.network }, verdict(chain, state)))));
}

function verdict(chain, state) {
  const { reasons } = chain;
  return h('div', { class: `verdict ${chain.verdict}` },
    h('p', { class: 'row-of' }, h('strong', {}, chain.network), h('span', { class: `pill ${LOOKS[chain.verdict]}` }, SAYS[chain.verdict]),
      h('span', {}, `${chain.verdict === 'ok' ? 'credit after' : 'wait for ok and'} ${plural(chain.confirmations, 'confirmation', 'confirmations')}`),
      h('span', { class: 'faint' }, `for ${lasting(state.fleet.nowMs - Date.parse(chain.since))}`)),
    h('p', { class: 'row-of faint' }, about(chain.nodes.ok, 'ok'), about(chain.nodes.hold, 'on hold'), about(chain.nodes.unknown, 'unknown'),
      about(chain.witnesses, 'witness', 'witnesses')),
    reasons.length > 0 && h('ul', { class: 'reasons' }, reasons.slice(0, MOST_REASONS).map((reason) => h('li', {}, why(reason)))),
    reasons.length > MOST_REASONS && h('p', { class: 'faint' }, `and ${plural(reasons.length - MOST_REASONS, 'more reason', 'more reasons')}`));
}

function about(names, one, many = one) {
  if (!names.length) return false;
  return h('span', { title: names.join(', ') }, names.length <= 4 ? `${names.length === 1 ? one : many}: ${names.join(', ')}` : `${count(names.length)} ${many}`);
}

function why(reason) {
  return [reason.alert && h('a', { class: 'text', href: `#/alerts/${reason.alert.fingerprint}` }, reason.alert.alertname),
    reason.alert && ` (${reason.alert.severity}${reason.node ? `, ${reason.node}` : ''}): `, reason.why];
}
