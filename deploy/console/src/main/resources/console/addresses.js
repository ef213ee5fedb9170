// The addresses that peers send to a node, and what its address manager does with them.

import { h } from './dom.js';
import { bars, plain, ramp } from './charts.js';
import { clock, count, plural, rate } from './format.js';

export function addressesView(state) {
  const { node } = state;
  const seen = node.addresses;
  const entries = Object.values(seen.networks).reduce((sum, n) => sum + n, 0);
  if (seen.messages === 0) {
    return [h('section', { class: 'panel' }, h('p', { class: 'empty' }, 'No addr or addrv2 message since the console started. Peers relay addresses every few minutes, and answer getaddr with up to 1,000 addresses.')), addrman(node)];
  }
  const share = (n) => `${((n / Math.max(1, entries)) * 100).toFixed(1)} %`;
  const unroutable = (seen.networks.unroutable ?? 0) + (seen.networks.local ?? 0);
  return [h('div', { class: 'columns' },
    h('section', { class: 'panel w7', 'aria-labelledby': 'heat' },
      h('header', {}, h('h2', { id: 'heat' }, 'IPv4 addresses by netgroup'), h('span', { class: 'aside' }, '1', h('i', { class: 'ramp' }), legend(state))),
      h('div', { class: 'body' }, heat(state), h('p', { class: 'muted', id: 'cell', role: 'status' }, cellText(state)))),
    h('div', { class: 'w5 stack' },
      h('section', { class: 'panel', 'aria-labelledby': 'entries' },
        h('header', {}, h('h2', { id: 'entries' }, 'Entries received per second'), h('span', { class: 'aside' }, `${rate(node.row.addressesPerSecond)} now`)),
        h('div', { class: 'body' }, plain(seen.perSlot.map((n) => (n ?? 0) / seen.slotSeconds), seen.slotSeconds, node.row.clockMs, 'in', 'Address entries of the last ten minutes'))),
      h('section', { class: 'panel', 'aria-labelledby': 'told' },
        h('header', {}, h('h2', { id: 'told' }, 'Received addresses'), h('span', { class: 'aside' }, `since ${clock(seen.sinceMs)}`)),
        h('div', { class: 'body sections' }, h('dl', { class: 'facts-table' },
          h('dt', {}, 'entries'), h('dd', {}, `${count(seen.announced)} in ${plural(seen.messages, 'message', 'messages')}, ${(seen.announced / seen.messages).toFixed(1)} each`),
          h('dt', {}, 'in the future'), h('dd', { class: seen.future > entries / 10 ? 'worry' : '' }, `${share(seen.future)} with a time more than two minutes ahead`),
          h('dt', {}, 'unroutable'), h('dd', { class: unroutable > entries / 20 ? 'worry' : '' }, share(unroutable))),
        bars(Object.entries(seen.networks).sort(([, a], [, b]) => b - a).map(([label, n]) => ({ label, parts: [['third', n]], text: count(n) }))))),
      top('peers-telling', 'Peers that sent most addresses', seen.peers.slice(0, 8)),
      top('groups-told', 'Most frequent netgroups', seen.netgroups.slice(0, 12)))), systems(seen), addrman(node)];
}

function top(id, title, counts) {
  return h('section', { class: 'panel', 'aria-labelledby': id }, h('header', {}, h('h2', { id }, title)),
    h('div', { class: 'body' }, bars(counts.map((one) => ({ label: one.key, parts: [['in', one.count]], text: `${one.atMostOver > 0 ? '≤ ' : ''}${count(one.count)}` })))));
}

/** A tile for each autonomous system, largest first. More entries have a warmer colour. Only with an asmap file. */
function systems(seen) {
  const all = seen.autonomousSystems;
  if (!all) return null;
  const most = Math.max(1, ...all.map((one) => one.count));
  const warmth = (n) => Math.max(1, Math.round((Math.log2(1 + n) / Math.log2(1 + most)) * 4));
  return h('section', { class: 'panel', 'aria-labelledby': 'systems' },
    h('header', {}, h('h2', { id: 'systems' }, 'Addresses by autonomous system'), h('span', { class: 'aside' }, '1', h('i', { class: 'ramp' }), plural(most, 'entry', 'entries'))),
    h('div', { class: 'body' }, h('ul', { class: 'tiles' }, all.map((one) => h('li', { key: one.key, class: `warm-${warmth(one.count)}` },
      h('span', {}, one.key), h('span', { class: 'n' }, `${one.atMostOver > 0 ? '≤ ' : ''}${count(one.count)}`))))));
}

function heat(state) {
  return h('div', { class: 'heat' },
    h('div', { class: 'side', 'aria-hidden': 'true' }, ['.0', '.64', '.128', '.192', '.255'].map((n) => h('span', {}, n))),
    h('canvas', { key: 'heat', width: 256, height: 256, tabindex: 0, 'data-heat': true, role: 'img', 'aria-describedby': 'cell',
      'aria-label': 'Entries by the first byte of the address, left to right, and the second, top to bottom. Arrow keys move over it.',
      draw: (canvas) => drawHeat(canvas, state) }),
    h('div', { class: 'under', 'aria-hidden': 'true' }, ['0.', '32.', '64.', '96.', '128.', '160.', '192.', '224.', '255.'].map((n) => h('span', {}, n))));
}

function drawHeat(canvas, state) {
  const counts = state.slash16s;
  if (!counts) return;
  const colours = ramp();
  const most = mostOf(counts);
  const context = canvas.getContext('2d');
  const image = context.createImageData(256, 256);
  for (let first = 0; first < 256; first++) {
    for (let second = 0; second < 256; second++) {
      const n = counts[first * 256 + second];
      const colour = colours[n === 0 ? 0 : Math.max(1, Math.round((Math.log2(1 + n) / Math.log2(1 + most)) * 255))];
      image.data.set([...colour, 255], (second * 256 + first) * 4);
    }
  }
  context.putImageData(image, 0, 0);
  if (state.cell) {
    context.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue('--text');
    context.strokeRect(state.cell.first - 2.5, state.cell.second - 2.5, 6, 6);
  }
}

function mostOf(counts) {
  return counts.reduce((most, n) => Math.max(most, n), 1);
}

function legend(state) {
  const most = state.slash16s ? mostOf(state.slash16s) : 255;
  return most === 255 ? '255 entries or more' : plural(most, 'entry', 'entries');
}

function cellText(state) {
  if (!state.cell || !state.slash16s) {
    return 'Each point is a /16, by the first byte of the address across and the second down. Honest peers light up where nodes really are; a flood of made-up addresses lights up everything.';
  }
  const { first, second } = state.cell;
  const n = state.slash16s[first * 256 + second];
  return `${first}.${second}.0.0/16: ${n === 255 ? '255 or more entries' : plural(n, 'entry', 'entries')}`;
}

function addrman(node) {
  const tables = node.addrman;
  return h('section', { class: 'panel', 'aria-labelledby': 'addrman' },
    h('header', {}, h('h2', { id: 'addrman' }, 'Address manager'), tables && h('span', { class: 'aside' },
      `${count(tables.inserted)} of ${count(tables.attempted)} offered addresses went into new, ${count(tables.movedToTried)} moved to tried`)),
    tables ? h('div', { class: 'body columns' },
      h('div', { class: 'w4' }, h('h3', {}, 'new: insertions by bucket'), buckets(tables.newBuckets, 32, 'new')),
      h('div', { class: 'w4' }, h('h3', {}, 'tried: insertions by bucket'), buckets(tables.triedBuckets, 16, 'tried')),
      h('div', { class: 'w4 sections' }, h('h3', {}, 'new: insertions by source netgroup'), bars(tables.sources.slice(0, 8).map((one) => ({ label: one.key, parts: [['in', one.count]], text: count(one.count) })))))
      : h('p', { class: 'empty' }, 'This bitcoind has no tracepoints of its address manager (addrman:attempt_add, addrman:move_to_good), which only patched builds have. With them, insertions into the new and tried tables show here.'));
}

function buckets(counts, side, name) {
  return h('canvas', { class: 'buckets square', key: name, width: side, height: side, role: 'img',
    'aria-label': `${counts.filter((n) => n > 0).length} of ${counts.length} buckets of the table ${name} received addresses`,
    draw: (canvas) => {
      const colours = ramp();
      const most = Math.max(1, ...counts);
      const context = canvas.getContext('2d');
      const image = context.createImageData(side, side);
      counts.forEach((n, i) => image.data.set([...colours[n === 0 ? 0 : Math.max(1, Math.round((n / most) * 255))], 255], i * 4));
      context.putImageData(image, 0, 0);
    } });
}
