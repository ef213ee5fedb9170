// The open connections of one node.

import { h } from './dom.js';
import { bytes, count, lasting } from './format.js';
import { nodeLink } from './fleet.js';

const COLUMNS = [
  ['id', 'Peer', 'n', (peer) => peer.id],
  ['address', 'Address', '', (peer) => peer.address],
  ['netgroup', 'Netgroup', '', (peer) => peer.netgroup],
  ['as', 'AS', '', (peer) => peer.as],
  ['connectionType', 'Connection', '', (peer) => peer.connectionType],
  ['userAgent', 'User agent', '', (peer) => peer.userAgent],
  ['connectedMs', 'Connected', 'n', (peer) => -peer.connectedMs],
  ['lastMs', 'Last message', 'n', (peer) => -peer.lastMs],
  ['received', 'Received', 'n', (peer) => peer.received],
  ['sent', 'Sent', 'n', (peer) => peer.sent],
  ['addressEntries', 'Addresses', 'n', (peer) => peer.addressEntries],
];

export function peersView(state) {
  const { node, sort } = state;
  const { peers, unlisted, opened, closed, evicted } = node.peers;
  const wanted = state.filter.peers.toLowerCase();
  const columns = COLUMNS.filter(([name]) => name !== 'as' || node.peers.autonomousSystems);
  const by = columns.find(([name]) => name === sort.by)[3];
  const shown = peers
    .filter((peer) => `${peer.id} ${peer.address} ${peer.netgroup} ${peer.as ?? ''} ${peer.network} ${peer.connectionType} ${peer.userAgent}`.toLowerCase().includes(wanted))
    .sort((a, b) => { const x = by(a); const y = by(b); return (x < y ? -1 : x > y ? 1 : a.id - b.id) * sort.order; });
  return [h('section', { class: 'panel', 'aria-labelledby': 'peers' },
    h('header', {}, h('h2', { id: 'peers' }, `${count(peers.length + unlisted)} open connections`),
      h('span', { class: 'muted' }, `since the console started: ${count(opened)} opened, ${count(closed)} closed, ${count(evicted)} evicted`),
      h('div', { class: 'aside' }, h('input', { type: 'search', 'data-filter': 'peers', placeholder: 'Filter ( / )', 'aria-label': 'Filter peers by any column' }))),
    peers.length === 0 ? h('p', { class: 'empty' }, 'No peer seen yet. A peer appears when it connects, or with its first message.')
      : h('div', { class: 'flush' }, h('table', { class: 'cards' },
        h('thead', {}, h('tr', {}, columns.map(([name, label, kind]) => h('th', { class: kind, 'aria-sort': sort.by === name && (sort.order > 0 ? 'ascending' : 'descending') },
          h('button', { type: 'button', 'data-do': 'sort', 'data-value': name }, label))))),
        h('tbody', {}, shown.map((peer) => peerRow(peer, node.row))))),
    unlisted > 0 && h('p', { class: 'empty' }, `${count(unlisted)} more peers, whose last message is older, are not listed.`))];
}

function peerRow(peer, row) {
  return h('tr', { key: peer.id },
    h('td', { class: 'n', 'data-label': 'Peer' }, count(peer.id)),
    h('td', { class: 'mono full lead' }, h('a', { class: 'name cut', href: nodeLink(row.name, `/messages/${peer.id}`), title: `Messages of ${peer.address}`, 'data-row': true }, peer.address)),
    h('td', { class: 'nowrap', 'data-label': 'Netgroup' }, peer.netgroup),
    peer.as !== undefined && h('td', { class: 'nowrap', 'data-label': 'AS' }, peer.as),
    h('td', { class: 'nowrap', 'data-label': 'Connection' }, peer.connectionType, peer.misbehaving && h('span', { class: 'bad' }, ' misbehaving')),
    h('td', { class: 'full', 'data-label': 'User agent' }, h('div', { class: 'cut', title: peer.userAgent }, peer.userAgent || h('span', { class: 'faint' }, 'not seen'))),
    h('td', { class: 'n', 'data-label': 'Connected' }, peer.connectedMs ? lasting(row.clockMs - peer.connectedMs) : h('span', { class: 'faint' }, 'before')),
    h('td', { class: 'n', 'data-label': 'Last message' }, lasting(row.clockMs - peer.lastMs), h('span', { class: 'muted' }, ` ${peer.lastType}`)),
    h('td', { class: 'n', 'data-label': 'Received', title: bytes(peer.receivedBytes) }, count(peer.received)),
    h('td', { class: 'n', 'data-label': 'Sent', title: bytes(peer.sentBytes) }, count(peer.sent)),
    h('td', { class: 'n', 'data-label': 'Addresses' }, count(peer.addressEntries)));
}
