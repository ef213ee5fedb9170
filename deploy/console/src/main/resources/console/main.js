// The console's page: one live link brings the state, views turn it into a tree, dom.js updates the page.

import { h, show } from './dom.js';
import { clock } from './format.js';
import { Link, ask } from './link.js';
import { listenToKeys, help } from './keys.js';
import { fleetView } from './fleet.js';
import { nodeView } from './node.js';
import { countFiring } from './alert.js';
import { alertsView } from './alerts.js';
import { draftFor, readForm, silencesView } from './silences.js';
import { emptyStream, takeLines } from './messages.js';

const SLASH16S_EVERY_MS = 5000;

const state = {
  fleet: null, chains: [], alerts: [], silences: [], node: null, stream: emptyStream(),
  slash16s: null, cell: null, linked: false, route: routeOf(location.hash),
  filter: { fleet: '', alerts: '', peers: '', messages: '' },
  choice: { alerts: 'all', range: '1h', way: 'both' }, sort: { by: 'id', order: 1 }, draft: { ...draftFor(null), key: 0 },
};

const link = new Link(hear, (linked) => { state.linked = linked; render(); });

function hear(name, data) {
  if (name === 'messages') takeLines(state.stream, data);
  else state[name] = data;
  if (name === 'alerts') { say(data); draftOfLink(); }
  render();
}

let firingBefore = null;

/** Tells screen readers when the number of firing alerts changes. */
function say(alerts) {
  const { firing, says } = countFiring(alerts);
  if (firingBefore !== null && firing !== firingBefore) document.getElementById('said').textContent = says;
  firingBefore = firing;
}

function routeOf(hash) {
  const [path, query] = hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').map((part) => { try { return decodeURIComponent(part); } catch { return part; } });
  const place = ['fleet', 'node', 'alerts', 'silences'].includes(parts[0]) ? parts[0] : 'fleet';
  const peer = place === 'node' && parts[2] === 'messages' && /^\d+$/.test(parts[3] ?? '') ? Number(parts[3]) : null;
  return {
    place, peer, node: place === 'node' ? parts[1] ?? '' : null, tab: place === 'node' ? parts[2] ?? '' : '',
    alert: place === 'alerts' ? parts[1] : undefined, draftAlert: new URLSearchParams(query ?? '').get('alert'),
  };
}

/** The form for the alert of a link: once, when the alerts are known, since a page that was just opened has none. */
function draftOfLink() {
  const { route } = state;
  const alert = route.place === 'silences' && state.alerts.find((each) => each.fingerprint === route.draftAlert);
  if (!alert || state.draft.of === alert.fingerprint) return;
  state.draft = { ...draftFor(alert), key: state.draft.key + 1, of: alert.fingerprint };
}

function go() {
  const before = state.route;
  state.route = routeOf(location.hash);
  const { route } = state;
  if (route.node !== before.node) { state.node = null; state.slash16s = null; state.cell = null; }
  if (route.node !== before.node || route.peer !== before.peer || route.tab !== before.tab) state.stream = emptyStream();
  draftOfLink();
  follow();
  render();
  if (route.place !== before.place || route.node !== before.node || route.tab !== before.tab) {
    window.scrollTo(0, 0);
    document.getElementById('main').focus({ preventScroll: true });
  }
}

function follow() {
  const { node, tab, peer } = state.route;
  link.follow({ node, stream: tab === 'messages', peer });
  if (tab === 'addresses') fetchSlash16s();
}

async function fetchSlash16s() {
  const { node, tab } = state.route;
  if (tab !== 'addresses' || document.hidden) return;
  try {
    const { slash16s } = await ask('GET', `/console/api/addresses?node=${encodeURIComponent(node)}`);
    if (node === state.route.node) state.slash16s = Uint8Array.from(atob(slash16s), (c) => c.charCodeAt(0));
    render();
  } catch (e) {
    state.linked = state.linked && !(e instanceof TypeError);
  }
}

let asked = false;

function render() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    draw();
  });
}

function draw() {
  show(document.getElementById('top'), bar());
  const views = { fleet: fleetView, node: nodeView, alerts: alertsView, silences: silencesView };
  show(document.getElementById('main'), state.fleet ? views[state.route.place](state) : h('p', { class: 'empty' }, state.linked ? 'Waiting for the first data …' : 'Connecting …'));
  const { firing } = countFiring(state.alerts);
  document.title = `${firing ? `(${firing}) ` : ''}${state.route.node ?? { fleet: 'Fleet', alerts: 'Alerts', silences: 'Silences' }[state.route.place]} · watchdog`;
}

function bar() {
  const { firing, worst } = countFiring(state.alerts);
  const held = state.silences.filter((silence) => silence.state === 'active').length;
  const place = (name, label, extra) => h('a', { href: `#/${name}`, 'aria-current': (state.route.place === name || (name === 'fleet' && state.route.place === 'node')) && 'page' }, label, extra);
  return h('div', { class: 'bar' },
    h('a', { class: 'brand', href: '#/fleet' }, h('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' },
      h('path', { class: 'shield', d: 'M8 1 2 3.2v4.3C2 11.2 4.6 14 8 15c3.4-1 6-3.8 6-7.5V3.2z' }), h('path', { class: 'pulse', d: 'M4 8.4h2l1.2-2.6 1.8 4.4 1.2-1.8H12' })), 'watchdog'),
    h('nav', { class: 'places', 'aria-label': 'Main' }, place('fleet', 'Fleet'),
      place('alerts', 'Alerts', firing > 0 && h('span', { class: `pill ${worst}` }, firing)), place('silences', 'Silences', held > 0 && h('span', { class: 'pill' }, held))),
    h('div', { class: 'right' },
      h('span', { class: 'link', role: 'status' }, h('i', { class: `dot ${state.linked ? 'live' : 'lost'}` }), state.linked ? h('span', {}, state.fleet ? clock(state.fleet.nowMs) : '', ' UTC') : 'not connected'),
      h('button', { type: 'button', class: 'button hint', 'data-do': 'help', 'aria-label': 'Keys' }, '?')));
}

const actions = {
  help,
  choose: ({ name, value }) => { state.choice[name] = value; },
  sort: ({ value }) => { state.sort = { by: value, order: state.sort.by === value ? -state.sort.order : 1 }; },
  pause: () => { state.stream.paused = !state.stream.paused; state.stream.skipped = 0; },
  'add-matcher': (_, button) => keepDraft(button, (matchers) => matchers.push({ label: '', operator: '=', value: '' })),
  'drop-matcher': ({ value }, button) => keepDraft(button, (matchers) => matchers.length > 1 && matchers.splice(Number(value), 1)),
  expire: ({ value }) => ask('DELETE', `/console/api/silences?id=${encodeURIComponent(value)}`).catch((e) => { document.getElementById('said').textContent = e.message; }),
};

function keepDraft(button, change) {
  const { matchers } = readForm(button.closest('form'));
  change(matchers);
  state.draft = { matchers: matchers.map((matcher) => ({ ...matcher, key: `${state.draft.key}-${keys++}` })), problem: '', key: state.draft.key, of: state.draft.of };
}

let keys = 0;

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (button) {
    actions[button.dataset.do](button.dataset, button);
    render();
  }
});

document.addEventListener('input', (event) => {
  const { filter } = event.target.dataset;
  if (filter) {
    state.filter[filter] = event.target.value;
    render();
  }
});

document.addEventListener('submit', async (event) => {
  if (event.target.dataset.form !== 'silence') return;
  event.preventDefault();
  try {
    await ask('POST', '/console/api/silences', readForm(event.target));
    state.draft = { ...draftFor(null), key: state.draft.key + 1 };
    history.replaceState(null, '', '#/silences');
    state.route = routeOf(location.hash);
  } catch (e) {
    state.draft.problem = e.message;
  }
  render();
});

function pointAt(canvas, first, second) {
  state.cell = { first: Math.max(0, Math.min(255, first)), second: Math.max(0, Math.min(255, second)) };
  render();
}

document.addEventListener('pointermove', (event) => {
  if (event.target.dataset?.heat !== undefined) {
    const box = event.target.getBoundingClientRect();
    pointAt(event.target, Math.floor(((event.clientX - box.left) / box.width) * 256), Math.floor(((event.clientY - box.top) / box.height) * 256));
  }
});

document.addEventListener('keydown', (event) => {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (step && event.target.dataset?.heat !== undefined) {
    event.preventDefault();
    const { first, second } = state.cell ?? { first: 128, second: 128 };
    pointAt(event.target, first + step[0] * (event.shiftKey ? 16 : 1), second + step[1] * (event.shiftKey ? 16 : 1));
  }
});

listenToKeys({
  pause: () => { actions.pause(); render(); },
  up: () => { if (state.route.place === 'node' || state.route.alert) location.hash = state.route.place === 'node' ? '#/fleet' : '#/alerts'; },
});
window.addEventListener('hashchange', go);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', render);
setInterval(fetchSlash16s, SLASH16S_EVERY_MS);
follow();
render();
