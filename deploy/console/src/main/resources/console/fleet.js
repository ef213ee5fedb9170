// All nodes, and the alerts that fire.

import { h } from './dom.js';
import { spark } from './charts.js';
import { count, lasting, plural, rate } from './format.js';
import { alertRow, severities } from './alert.js';
import { chainPanel } from './chain.js';
import { forksPanel } from './forks.js';

const STATES = { live: 'live', 'catching-up': 'catching up', silent: 'silent', stopped: 'stopped' };

export function nodeLink(name, rest = '') {
  return `#/node/${encodeURIComponent(name)}${rest}`;
}

export function stateOf(row) {
  return h('span', { class: 'state' }, h('i', { class: `dot ${row.state}` }), STATES[row.state]);
}

export function fleetView(state) {
  const fleet = state.fleet;
  const firing = state.alerts.filter((alert) => alert.firing);
  return [
    h('h1', { class: 'unseen' }, 'Fleet'),
    chainPanel(state),
    figures(fleet, firing),
    h('section', { class: 'panel', 'aria-labelledby': 'firing' },
      h('header', {}, h('h2', { id: 'firing' }, 'Firing'),
        h('span', { class: 'aside' }, firing.length > 8 && h('a', { class: 'text', href: '#/alerts' }, `all ${firing.length}`))),
      firing.length === 0
        ? h('p', { class: 'empty' }, 'Nothing is firing. An alert appears here as soon as it fires.')
        : h('ul', { class: 'list flush' }, firing.slice(0, 8).map((alert) => h('li', { key: alert.fingerprint }, alertRow(alert, fleet.nowMs))))),
    forksPanel(state),
    nodesPanel(state, fleet, firing),
  ];
}

function figures(fleet, firing) {
  const nodes = fleet.nodes;
  const live = nodes.filter((node) => node.state === 'live' || node.state === 'catching-up').length;
  const sum = (of) => nodes.reduce((total, node) => total + of(node), 0);
  const best = nodes.reduce((most, node) => (node.tip && (!most || node.tip.height > most.tip.height) ? node : most), null);
  const pages = firing.filter((alert) => alert.labels.severity === 'page').length;
  const others = firing.length - pages;
  return h('dl', { class: 'figures' },
    tile('Nodes live', [count(live), h('small', {}, `of ${count(nodes.length)}`)],
      live === nodes.length ? 'none is silent' : h('span', { class: 'bad' }, `${plural(nodes.length - live, 'is', 'are')} silent`)),
    tile('Firing', pages ? h('span', { class: 'bad' }, plural(pages, 'page', 'pages')) : firing.length ? count(firing.length) : 'none',
      pages && others ? `and ${count(others)} less urgent` : firing.length ? `since ${lasting(fleet.nowMs - Math.min(...firing.map((a) => a.startsMs)))}` : 'all quiet'),
    tile('Best tip', best ? count(best.tip.height) : '–', best ? `${best.network}, ${lasting(best.clockMs - best.tip.connectedMs)} ago` : 'no block seen yet'),
    tile('Peers', count(sum((node) => node.inbound + node.outbound)), `${count(sum((node) => node.inbound))} in, ${count(sum((node) => node.outbound))} out`),
    tile('Messages', [rate(sum((node) => node.receivedPerSecond + node.sentPerSecond)), h('small', {}, 'per second')],
      `${rate(sum((node) => node.receivedPerSecond))} in, ${rate(sum((node) => node.sentPerSecond))} out`),
    tile('Lost events', count(sum((node) => node.lost)), 'since the console started'));
}

export function tile(name, value, below) {
  return h('div', { class: 'figure' }, h('dt', {}, name), h('dd', {}, value), below && h('p', {}, below));
}

function nodesPanel(state, fleet, firing) {
  const wanted = state.filter.fleet.toLowerCase();
  const rank = { silent: 0, stopped: 1, 'catching-up': 2, live: 3 };
  const shown = fleet.nodes
    .filter((node) => `${node.name} ${node.network} ${node.state}`.toLowerCase().includes(wanted))
    .sort((a, b) => rank[a.state] - rank[b.state] || (b.behind > 1) - (a.behind > 1) || a.name.localeCompare(b.name));
  return h('section', { class: 'panel', 'aria-labelledby': 'nodes' },
    h('header', {}, h('h2', { id: 'nodes' }, 'Nodes'),
      h('div', { class: 'aside' }, fleet.nodes.length > 1 && h('input', {
        type: 'search', 'data-filter': 'fleet', placeholder: 'Filter ( / )', 'aria-label': 'Filter nodes by name, network or state' }))),
    fleet.nodes.length === 0 ? h('p', { class: 'empty' },
      'No event from any node yet. A node appears with the first event that its agent publishes. Run ',
      h('span', { class: 'mono' }, 'watchdog doctor'), ' on the node’s machine to see what can be traced there, and what to fix.')
      : h('div', { class: 'flush' }, h('table', { class: 'cards' },
        h('thead', {}, h('tr', {}, ['State', 'Node', 'Network'].map((name) => h('th', {}, name)),
          ['Tip', 'Age', 'In', 'Out', 'Received/s'].map((name) => h('th', { class: 'n' }, name)),
          h('th', {}, 'Ten minutes'), ['Sent/s', 'Addresses/s', 'Lost'].map((name) => h('th', { class: 'n' }, name)), h('th', {}, 'Alerts'))),
        h('tbody', {}, shown.slice(0, 200).map((node) => nodeRow(node, firing))))),
    shown.length > 200 && h('p', { class: 'empty' }, `${shown.length - 200} more nodes. Use the filter to find them.`));
}

function nodeRow(node, firing) {
  const its = firing.filter((alert) => alert.labels.node === node.name);
  const cell = (label, content, kind = 'n') => h('td', { class: kind, 'data-label': label }, content);
  return h('tr', { key: node.name },
    h('td', { class: 'nowrap', 'data-label': 'State' }, stateOf(node)),
    h('td', { class: 'full lead' }, h('a', { class: 'name', href: nodeLink(node.name), 'data-row': true }, node.name)),
    cell('Network', node.network, ''),
    cell('Tip', node.tip ? [count(node.tip.height), node.behind > 0 && h('span', { class: node.behind > 1 ? 'bad' : 'worry' }, ` −${count(node.behind)}`)] : '–'),
    cell('Age', node.tip ? lasting(node.clockMs - node.tip.connectedMs) : '–'),
    cell('In', count(node.inbound)), cell('Out', count(node.outbound)),
    cell('Received/s', rate(node.receivedPerSecond)),
    cell('Ten minutes', spark(node.received), ''),
    cell('Sent/s', rate(node.sentPerSecond)),
    cell('Addresses/s', rate(node.addressesPerSecond)),
    cell('Lost', node.lost ? h('span', { class: 'worry' }, count(node.lost)) : '0'),
    h('td', { 'data-label': 'Alerts' }, its.length ? h('span', { class: 'row-of' }, severities(its)) : h('span', { class: 'faint' }, 'none')));
}
