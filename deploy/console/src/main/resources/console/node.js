// One node: its figures, the scores of its rules, its peers, and the losses of its agent.

import { h } from './dom.js';
import { bars, mirrored, spark } from './charts.js';
import { bare, bytes, clock, count, lasting, measured, plural, rate, shortHash } from './format.js';
import { alertRow } from './alert.js';
import { nodeLink, stateOf, tile } from './fleet.js';
import { peersView } from './peers.js';
import { addressesView } from './addresses.js';
import { messagesView } from './messages.js';

const TABS = [['', 'Overview'], ['/peers', 'Peers'], ['/messages', 'Messages'], ['/addresses', 'Addresses']];

export function nodeView(state) {
  const { route, node } = state;
  if (!node || node.unknown !== undefined) {
    return [h('div', { class: 'title' }, h('h1', {}, route.node)),
      h('p', { class: 'panel empty' }, node ? 'No event from this node since the console started.' : 'Waiting for this node …')];
  }
  const tab = TABS.some(([path]) => path === `/${route.tab}`) ? `/${route.tab}` : '';
  const views = { '': overview, '/peers': peersView, '/messages': messagesView, '/addresses': addressesView };
  return [
    h('div', { class: 'title' }, h('a', { class: 'crumb', href: '#/fleet' }, 'Fleet'), h('span', { class: 'crumb', 'aria-hidden': 'true' }, '/'), h('h1', {}, node.row.name), stateOf(node.row),
      h('span', { class: 'facts' }, h('span', {}, node.row.network), node.version && h('span', {}, node.version), node.pid > 0 && h('span', {}, `pid ${node.pid}`),
        node.startedMs > 0 && h('span', {}, `up ${lasting(node.row.clockMs - node.startedMs)}`))),
    h('nav', { class: 'tabs', 'aria-label': 'Views of this node' }, TABS.map(([path, name]) => h('a', {
      href: nodeLink(node.row.name, path), 'aria-current': path === tab && 'page' }, name))),
    ...views[tab](state),
  ];
}

function overview(state) {
  const { node, alerts, fleet } = state;
  const row = node.row;
  const its = alerts.filter((alert) => alert.firing && alert.labels.node === row.name);
  return [
    h('dl', { class: 'figures' },
      tile('Tip', row.tip ? [count(row.tip.height), row.behind > 0 && h('small', { class: row.behind > 1 ? 'bad' : 'worry' }, `${row.behind} behind`)] : '–',
        row.tip ? h('span', { class: 'mono', title: row.tip.hash }, shortHash(row.tip.hash)) : 'no block seen yet'),
      tile('Tip age', row.tip ? lasting(row.clockMs - row.tip.connectedMs) : '–', row.tip ? `connected at ${clock(row.tip.connectedMs)}` : ''),
      tile('Peers', count(row.inbound + row.outbound), `${count(row.inbound)} in, ${count(row.outbound)} out`),
      tile('Received', [rate(row.receivedPerSecond), h('small', {}, 'per second')], `${bytes(lastSum(node.rates.receivedBytes))} in ten minutes`),
      tile('Sent', [rate(row.sentPerSecond), h('small', {}, 'per second')], `${bytes(lastSum(node.rates.sentBytes))} in ten minutes`),
      tile('Lost events', row.lost ? h('span', { class: 'worry' }, count(row.lost)) : '0', node.accounting.latestLoss || (row.lost ? 'missing sequence numbers' : 'none'))),
    its.length > 0 && h('section', { class: 'panel', 'aria-label': 'Alerts of this node' },
      h('ul', { class: 'list flush' }, its.map((alert) => h('li', { key: alert.fingerprint }, alertRow(alert, fleet.nowMs))))),
    h('div', { class: 'columns' },
      h('div', { class: 'w8 stack' }, messagesPanel(node), typesPanel(node), agentPanel(node)),
      h('div', { class: 'w4 stack' }, scoresPanel(node), networksPanel(node), netgroupsPanel(node), systemsPanel(node), misbehaviourPanel(node))),
  ];
}

function lastSum(values) {
  return values.reduce((sum, value) => sum + (value ?? 0), 0);
}

function messagesPanel(node) {
  const { received, sent, slotSeconds } = node.rates;
  const perSecond = (values) => values.map((value) => (value ?? 0) / slotSeconds);
  return h('section', { class: 'panel', 'aria-labelledby': 'rates' },
    h('header', {}, h('h2', { id: 'rates' }, 'Messages per second'),
      h('span', { class: 'aside' }, h('span', { class: 'key in' }, h('i'), 'received'), h('span', { class: 'key out' }, h('i'), 'sent'))),
    h('div', { class: 'body' }, mirrored(perSecond(received), perSecond(sent), slotSeconds, node.row.clockMs,
      `Messages of the last ten minutes: now ${rate(node.row.receivedPerSecond)} received and ${rate(node.row.sentPerSecond)} sent a second`)));
}

function typesPanel(node) {
  const types = node.rates.types;
  return h('section', { class: 'panel', 'aria-labelledby': 'types' },
    h('header', {}, h('h2', { id: 'types' }, 'By type'), h('span', { class: 'aside' }, 'last ten minutes')),
    types.length === 0 ? h('p', { class: 'empty' }, 'No message yet.') : h('div', { class: 'flush' }, h('table', {},
      h('thead', {}, h('tr', {}, h('th', {}, 'Type'), h('th', {}, 'Received'), h('th', { class: 'n' }, 'per s'), h('th', { class: 'n' }, 'total'),
        h('th', {}, 'Sent'), h('th', { class: 'n' }, 'per s'), h('th', { class: 'n' }, 'total'))),
      h('tbody', {}, types.map((type) => h('tr', { key: type.type }, h('td', { class: 'mono' }, type.type),
        h('td', {}, spark(type.received)), h('td', { class: 'n' }, rate(type.receivedPerSecond)), h('td', { class: 'n muted' }, count(type.receivedTotal)),
        h('td', {}, spark(type.sent, 'out')), h('td', { class: 'n' }, rate(type.sentPerSecond)), h('td', { class: 'n muted' }, count(type.sentTotal))))))));
}

function scoresPanel(node) {
  const nearness = (score) => (score.threshold > 0 ? score.value / score.threshold : 0);
  const scores = [...node.scores].sort((a, b) => nearness(b) - nearness(a) || a.rule.localeCompare(b.rule));
  return h('section', { class: 'panel', 'aria-labelledby': 'rules' },
    h('header', {}, h('h2', { id: 'rules' }, 'Rules against their thresholds'), h('span', { class: 'aside' }, 'last half hour')),
    h('div', { class: 'body' }, scores.length === 0
      ? h('p', { class: 'empty' }, 'No rule has measured this node yet. Detectors publish the scores of each node once a second.')
      : h('ul', {}, scores.map((score) => {
        const silent = node.row.clockMs - score.atMs > 60_000;
        const kind = silent ? 'third' : nearness(score) >= 1 ? 'hot' : nearness(score) >= 0.7 ? 'near' : 'third';
        return h('li', { class: 'score', key: score.rule }, h('span', { class: 'rule' }, score.rule),
          h('span', { class: 'figure-text' }, h('span', { class: { hot: 'bad', near: 'worry' }[kind] ?? '' }, bare(score.value, score.unit)), ` of ${measured(score.threshold, score.unit)}`, silent && `, ${lasting(node.row.clockMs - score.atMs)} ago`),
          spark(score.series, kind, score.threshold));
      }))));
}

function splitBars(splits) {
  return bars(splits.map(([label, split]) => ({
    label, parts: [['in', split.inbound], ['out', split.outbound]], text: `${split.inbound} + ${split.outbound}` })));
}

function networksPanel(node) {
  const networks = Object.entries(node.peers.networks).sort(([, a], [, b]) => b.inbound + b.outbound - a.inbound - a.outbound);
  const types = Object.entries(node.peers.connectionTypes).sort(([, a], [, b]) => b.inbound + b.outbound - a.inbound - a.outbound);
  return h('section', { class: 'panel', 'aria-labelledby': 'networks' },
    h('header', {}, h('h2', { id: 'networks' }, 'Peers by network'), directions()),
    h('div', { class: 'body sections' }, networks.length === 0 ? h('p', { class: 'empty' }, 'No peer seen yet.')
      : [splitBars(networks), h('h3', {}, 'by connection type'), splitBars(types)]));
}

function netgroupsPanel(node) {
  const { netgroups, groups } = node.peers;
  return h('section', { class: 'panel', 'aria-labelledby': 'groups' },
    h('header', {}, h('h2', { id: 'groups' }, 'Peers by netgroup'), h('span', { class: 'aside' }, plural(groups, 'group', 'groups'))),
    h('div', { class: 'body' }, netgroups.length === 0 ? h('p', { class: 'empty' }, 'No peer seen yet.')
      : splitBars(netgroups.slice(0, 12).map((group) => [group.name, group]))));
}

/** Only where the configuration names an asmap file. */
function systemsPanel(node) {
  const systems = node.peers.autonomousSystems;
  return systems && h('section', { class: 'panel', 'aria-labelledby': 'systems' },
    h('header', {}, h('h2', { id: 'systems' }, 'Peers by autonomous system')),
    h('div', { class: 'body' }, systems.length === 0 ? h('p', { class: 'empty' }, 'No peer seen yet.')
      : splitBars(systems.slice(0, 12).map((group) => [group.name, group]))));
}

function directions() {
  return h('span', { class: 'aside' }, h('span', { class: 'key in' }, h('i'), 'in'), h('span', { class: 'key out' }, h('i'), 'out'));
}

function misbehaviourPanel(node) {
  const reasons = Object.entries(node.misbehaviour);
  return reasons.length > 0 && h('section', { class: 'panel', 'aria-labelledby': 'misbehaving' },
    h('header', {}, h('h2', { id: 'misbehaving' }, 'Misbehaving peers')),
    h('div', { class: 'body' }, h('dl', { class: 'facts-table' }, reasons.map(([reason, n]) => [h('dt', { class: 'n' }, count(n)), h('dd', {}, reason)]))));
}

function agentPanel(node) {
  const account = node.accounting;
  const { tracepoints } = account;
  return h('section', { class: 'panel', 'aria-labelledby': 'agent' },
    h('header', {}, h('h2', { id: 'agent' }, 'Tracepoints'),
      h('span', { class: 'aside' }, `${count(account.published)} published`, account.spooled > 0 && h('span', { class: 'worry' }, `${count(account.spooled)} waiting for Kafka`),
        account.missing > 0 && h('span', { class: 'worry' }, `${count(account.missing)} missing in the sequence`))),
    tracepoints.length === 0 ? h('p', { class: 'empty' }, 'No heartbeat with tracepoints yet. An agent publishes one each second.')
      : h('div', { class: 'flush' }, h('table', { class: 'cards' },
        h('thead', {}, h('tr', {}, h('th', {}, 'Tracepoint'), h('th', {}, 'State'), ['Fired', 'Captured', 'Dropped', 'Undecodable'].map((name) => h('th', { class: 'n' }, name)))),
        h('tbody', {}, tracepoints.map((one) => h('tr', { key: one.name }, h('td', { class: 'mono full lead' }, one.name),
          h('td', { 'data-label': 'State' }, one.attached ? h('span', { class: 'good' }, 'attached') : h('span', { class: 'worry', title: one.reason }, one.reason || 'not attached')),
          h('td', { class: 'n', 'data-label': 'Fired' }, count(one.fired)), h('td', { class: 'n', 'data-label': 'Captured' }, count(one.captured)),
          h('td', { class: one.dropped ? 'n bad' : 'n', 'data-label': 'Dropped' }, count(one.dropped)),
          h('td', { class: one.undecodable ? 'n worry' : 'n', 'data-label': 'Undecodable' }, count(one.undecodable))))))));
}
