// How an alert looks in a list, on the fleet's page and on a timeline.

import { h } from './dom.js';
import { lasting, plural } from './format.js';

const KNOWN = new Set(['page', 'warn', 'info']);

export function severityOf(alert) {
  return KNOWN.has(alert.labels.severity) ? alert.labels.severity : 'info';
}

export function pill(severity) {
  return h('span', { class: `pill ${severity}` }, severity);
}

/** One pill for each severity, with the number of alerts. */
export function severities(alerts) {
  return ['page', 'warn', 'info'].map((severity) => {
    const n = alerts.filter((alert) => severityOf(alert) === severity).length;
    return n > 0 && h('span', { class: `pill ${severity}` }, n > 1 ? `${n} ${severity}` : severity);
  });
}

export function whereOf(alert) {
  return alert.labels.node ?? alert.labels.fleet ?? alert.labels.network ?? '';
}

export function alertLink(alert) {
  return `#/alerts/${encodeURIComponent(alert.fingerprint)}`;
}

export function alertRow(alert, nowMs, chosen = false) {
  return h('a', { class: 'alert-row', href: alertLink(alert), 'data-row': true, 'aria-current': chosen && 'true' },
    h('span', {}, pill(alert.firing ? severityOf(alert) : 'ok')),
    h('span', {}, h('span', { class: 'what' }, alert.labels.alertname), h('br'), h('span', { class: 'where' }, whereOf(alert))),
    h('span', { class: 'summary' }, alert.summary),
    h('span', { class: 'n muted' }, alert.firing ? lasting(nowMs - alert.startsMs) : `resolved after ${lasting(alert.endsMs - alert.startsMs)}`));
}

export function countFiring(alerts) {
  const firing = alerts.filter((alert) => alert.firing);
  const pages = firing.filter((alert) => severityOf(alert) === 'page').length;
  return { firing: firing.length, worst: pages ? 'page' : firing.some((alert) => severityOf(alert) === 'warn') ? 'warn' : 'info', says: plural(firing.length, 'alert is firing', 'alerts are firing') };
}
