// The live P2P messages of one node, or of one of its peers.

import { h } from './dom.js';
import { clockMicros, count, bytes, plural } from './format.js';
import { choice } from './controls.js';
import { nodeLink } from './fleet.js';

const KEPT = 400;
const WAYS = { in: '↓', out: '↑', net: '·' };

/** Adds a batch to the kept lines, newest first. */
export function takeLines(stream, batch) {
  if (stream.paused) {
    stream.skipped += batch.lines.length + batch.missed;
    return;
  }
  const fresh = batch.lines.map((line) => ({ ...line, key: stream.next++ })).reverse();
  if (batch.missed > 0) fresh.push({ missed: batch.missed, key: stream.next++ });
  stream.lines = fresh.concat(stream.lines).slice(0, KEPT);
}

export function emptyStream() {
  return { lines: [], paused: false, skipped: 0, next: 0 };
}

export function messagesView(state) {
  const { node, route, stream } = state;
  const name = node.row.name;
  const peer = route.peer === null ? null : node.peers.peers.find((candidate) => candidate.id === route.peer);
  const wanted = state.filter.messages.toLowerCase();
  const shown = stream.lines.filter((line) => line.missed
    || ((state.choice.way === 'both' || line.direction === state.choice.way || line.direction === 'net')
      && `${line.type} ${line.address} ${line.peer} ${line.says}`.toLowerCase().includes(wanted)));
  return [h('section', { class: 'panel', 'aria-labelledby': 'stream' },
    h('header', {}, h('h2', { id: 'stream' }, route.peer === null ? 'Messages of all peers' : `Messages of peer ${route.peer}`),
      peer && h('span', { class: 'muted' }, h('span', { class: 'mono' }, peer.address), ` ${peer.connectionType} ${peer.userAgent}`),
      route.peer !== null && h('a', { class: 'text', href: nodeLink(name, '/messages') }, 'all peers'),
      h('div', { class: 'aside' },
        choice('way', [['both', 'both'], ['in', 'received'], ['out', 'sent']], state.choice.way),
        h('input', { type: 'search', 'data-filter': 'messages', placeholder: 'Type, peer … ( / )', 'aria-label': 'Filter messages by type, peer or content' }),
        h('button', { type: 'button', class: 'button', 'data-do': 'pause', 'aria-pressed': String(stream.paused) }, stream.paused ? `Resume, ${count(stream.skipped)} skipped` : 'Pause'))),
    shown.length === 0
      ? h('p', { class: 'empty' }, stream.lines.length ? 'No recent message matches the filter.'
        : route.peer !== null ? 'No message from or to this peer yet. Bitcoin Core pings each peer every two minutes.' : 'No message yet.')
      : h('div', { class: 'stream', tabindex: 0, role: 'log', 'aria-live': 'off', 'aria-label': 'Messages, newest first' }, shown.map((line) => lineOf(line, name))))];
}

function lineOf(line, node) {
  if (line.missed) return h('p', { class: 'missed', key: line.key }, `${plural(line.missed, 'line', 'lines')} skipped: they came faster than the page shows them`);
  return h('div', { class: `line is-${line.direction}${line.type === 'misbehaving' ? ' is-misbehaving' : ''}`, key: line.key },
    h('span', { class: 'when' }, clockMicros(line.atMicros)),
    h('span', { class: 'way', title: { in: 'received', out: 'sent', net: '' }[line.direction] }, WAYS[line.direction]),
    h('span', { class: 'who' }, line.peer >= 0 && h('a', { href: nodeLink(node, `/messages/${line.peer}`), title: line.address }, `${line.peer} ${line.address}`)),
    h('span', { class: 'type' }, line.type),
    h('span', { class: 'size' }, line.direction === 'net' ? '' : bytes(line.sizeBytes)),
    h('span', { class: line.says.startsWith('undecodable') ? 'says undecodable' : 'says', title: line.says }, line.says));
}
