// Small charts as SVG. Geometry is in attributes, colour in classes; nothing is inline style.

import { h } from './dom.js';
import { clock, figure } from './format.js';

function line(values, width, height, top) {
  const step = width / Math.max(1, values.length - 1);
  let path = '';
  let pen = 'M';
  values.forEach((value, i) => {
    if (value === null || value === undefined || typeof value !== 'number') { pen = 'M'; return; }
    path += `${pen}${(i * step).toFixed(1)} ${(height - (Math.min(value, top) / top) * height).toFixed(1)}`;
    pen = 'L';
  });
  return path;
}

function area(values, width, height, top, base) {
  const path = line(values.map((value) => value ?? 0), width, height, top);
  return `${path}L${width} ${base}L0 ${base}Z`;
}

export function largest(...series) {
  return Math.max(0, ...series.flat().filter((value) => typeof value === 'number'));
}

/** A line without axes. The text beside it shows the figure. */
export function spark(values, kind = 'in', threshold = null) {
  const top = Math.max(largest(values), threshold ?? 0) * 1.05 || 1;
  const level = threshold === null ? null : 22 - (threshold / top) * 22;
  return h('svg', { class: 'spark', viewBox: '0 0 110 22', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    h('path', { class: `area ${kind}`, d: area(values, 110, 22, top, 22) }),
    h('path', { class: `series ${kind}`, d: line(values, 110, 22, top) }),
    level !== null && h('line', { class: 'threshold', x1: 0, x2: 110, y1: level, y2: level }));
}

/** The next round figure at or above, for the top of a scale. */
export function roundUp(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((candidate) => candidate * power >= value);
  return step * power;
}

/** Received above the line, sent below it. @param endMs time of the last slot */
export function mirrored(up, down, slotSeconds, endMs, says) {
  const top = roundUp(largest(up, down));
  const scale = [top, top / 2, 0, top / 2, top];
  return h('figure', { class: 'chart', role: 'img', 'aria-label': says },
    h('div', { class: 'scale', 'aria-hidden': 'true' }, placed(scale.map(figure))),
    h('div', { class: 'plot' },
      h('svg', { viewBox: '0 0 600 200', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        [0, 50, 150, 200].map((y) => h('line', { class: 'grid-line', x1: 0, x2: 600, y1: y, y2: y })),
        h('path', { class: 'area in', d: area(up, 600, 100, top, 100) }),
        h('path', { class: 'series in', d: line(up, 600, 100, top) }),
        h('g', { transform: 'translate(0 200) scale(1 -1)' },
          h('path', { class: 'area out', d: area(down, 600, 100, top, 100) }),
          h('path', { class: 'series out', d: line(down, 600, 100, top) })),
        h('line', { class: 'zero-line', x1: 0, x2: 600, y1: 100, y2: 100 }))),
    times(up.length, slotSeconds, endMs));
}

/** One series over time. */
export function plain(values, slotSeconds, endMs, kind, says) {
  const top = roundUp(largest(values));
  return h('figure', { class: 'chart', role: 'img', 'aria-label': says },
    h('div', { class: 'scale', 'aria-hidden': 'true' }, placed([figure(top), figure(top / 2), '0'])),
    h('div', { class: 'plot low' },
      h('svg', { viewBox: '0 0 600 100', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        [0, 50].map((y) => h('line', { class: 'grid-line', x1: 0, x2: 600, y1: y, y2: y })),
        h('path', { class: `area ${kind}`, d: area(values, 600, 100, top, 100) }),
        h('path', { class: `series ${kind}`, d: line(values, 600, 100, top) }),
        h('line', { class: 'zero-line', x1: 0, x2: 600, y1: 100, y2: 100 }))),
    times(values.length, slotSeconds, endMs));
}

function placed(labels) {
  return labels.map((label, i) => h('span', { class: `at-${i}-of-${labels.length - 1}` }, label));
}

function times(slots, slotSeconds, endMs) {
  const begin = endMs - slots * slotSeconds * 1000;
  return h('div', { class: 'times', 'aria-hidden': 'true' },
    [0, 0.25, 0.5, 0.75, 1].map((part) => h('span', {}, clock(begin + part * (endMs - begin)).slice(0, 5))));
}

/** Labelled bars. @param rows {label, title, parts: [[kind, value]], text} */
export function bars(rows, most = largest(rows.map((row) => row.parts.reduce((sum, part) => sum + part[1], 0)))) {
  return h('ul', { class: 'bars' }, rows.map((row) => h('li', { class: 'bar-row', key: row.label },
    h('span', { class: 'label', title: row.title ?? row.label }, row.label), bar(row.parts, most),
    h('span', { class: 'n value' }, row.text))));
}

export function bar(parts, most, mark = null) {
  let x = 0;
  const scale = 100 / (most || 1);
  return h('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    parts.map(([kind, value]) => {
      const rect = h('rect', { class: kind, x, y: 0, width: Math.max(value > 0 ? 0.6 : 0, value * scale), height: 10 });
      x += value * scale;
      return rect;
    }),
    mark !== null && h('line', { class: 'threshold', x1: mark * scale, x2: mark * scale, y1: 0, y2: 10 }));
}

/** The colours of the heat maps, from the style sheet: 256 colours, the first for zero. */
export function ramp() {
  const style = getComputedStyle(document.documentElement);
  const stops = [0, 1, 2, 3, 4].map((i) => rgb(style.getPropertyValue(`--heat-${i}`).trim()));
  return Array.from({ length: 256 }, (_, i) => {
    if (i === 0) return stops[0];
    const at = 0.6 + (i / 255) * 3.4;
    const low = Math.min(3, Math.floor(at));
    return stops[low].map((channel, c) => Math.round(channel + (stops[low + 1][c] - channel) * (at - low)));
  });
}

function rgb(hex) {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}
