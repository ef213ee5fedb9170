// When each alert fired, and with what severity.

import { h } from './dom.js';
import { clock, moment } from './format.js';
import { alertLink, severityOf, whereOf } from './alert.js';

const ROWS = 30;

export function timeline(alerts, fromMs, toMs, chosen) {
  if (alerts.length === 0) {
    return h('p', { class: 'empty' }, 'No alert in this period.');
  }
  const scale = 1000 / (toMs - fromMs);
  const days = toMs - fromMs > 86_400_000;
  const at = (part) => fromMs + part * (toMs - fromMs);
  return h('div', { class: 'timeline' },
    alerts.slice(0, ROWS).map((alert) => h('a', { class: 'row', key: alert.fingerprint, href: alertLink(alert), 'aria-current': alert === chosen && 'true' },
      h('span', { class: 'who' }, alert.labels.alertname, ' ', h('span', {}, whereOf(alert))),
      h('svg', { viewBox: '0 0 1000 26', preserveAspectRatio: 'none', role: 'img', 'aria-label': says(alert) },
        [250, 500, 750].map((x) => h('line', { class: 'grid-line', x1: x, x2: x, y1: 0, y2: 26 })),
        h('line', { class: 'grid-line', x1: 0, x2: 1000, y1: 13, y2: 13 }),
        alert.spans.map((span) => bar(span, fromMs, toMs, scale))))),
    h('div', { class: 'row axis', 'aria-hidden': 'true' }, h('span', {}, alerts.length > ROWS && `${alerts.length - ROWS} more in the list`),
      h('div', {}, [0, 0.25, 0.5, 0.75, 1].map((part) => h('span', {}, part === 1 ? 'now' : days ? moment(at(part)).slice(5, 16) : clock(at(part)).slice(0, 5))))));
}

function bar(span, fromMs, toMs, scale) {
  const begin = Math.max(span.startsMs, fromMs);
  const end = Math.min(span.endsMs ?? toMs, toMs);
  if (end <= fromMs) return null;
  const severity = ['page', 'warn', 'info'].includes(span.severity) ? span.severity : 'info';
  return h('rect', { class: `span-${severity}`, x: Math.min((begin - fromMs) * scale, 996), y: 7, width: Math.max((end - begin) * scale, 4), height: 12, rx: 1 });
}

function says(alert) {
  return `${severityOf(alert)} from ${moment(alert.startsMs)} ${alert.endsMs ? `to ${moment(alert.endsMs)}` : 'until now'}`;
}
