// All alerts on a timeline and in a list; one alert with its evidence.

import { h } from './dom.js';
import { alertRow, pill, severities, severityOf, whereOf } from './alert.js';
import { bar } from './charts.js';
import { choice } from './controls.js';
import { bare, lasting, measured, moment } from './format.js';
import { timeline } from './timeline.js';

const RANGES = [['1h', 3_600_000], ['6h', 21_600_000], ['24h', 86_400_000], ['7d', 604_800_000]];

export function alertsView(state) {
  const { alerts, fleet, route } = state;
  const firing = alerts.filter((alert) => alert.firing);
  const wanted = state.filter.alerts.toLowerCase();
  const chosen = alerts.find((alert) => alert.fingerprint === route.alert);
  const shown = alerts.filter((alert) => (state.choice.alerts === 'all' || alert.firing)
    && `${Object.values(alert.labels).join(' ')} ${alert.summary}`.toLowerCase().includes(wanted));
  return [
    h('div', { class: 'title' }, h('h1', {}, 'Alerts'), h('span', { class: 'row-of' }, severities(firing)),
      h('span', { class: 'muted' }, firing.length ? '' : 'nothing is firing')),
    timelinePanel(state, shown, fleet.nowMs, chosen),
    h('div', { class: 'columns' },
      h('section', { class: `panel ${chosen ? 'w6' : 'w12'}`, 'aria-labelledby': 'list' },
        h('header', {}, h('h2', { id: 'list' }, 'Alerts'), h('div', { class: 'aside' },
          choice('alerts', [['firing', 'firing'], ['all', 'firing and resolved']], state.choice.alerts),
          h('input', { type: 'search', 'data-filter': 'alerts', placeholder: 'Filter ( / )', 'aria-label': 'Filter alerts' }))),
        shown.length === 0
          ? h('p', { class: 'empty' }, alerts.length ? 'No alert matches the filter.' : 'No alert yet: the topic watchdog.alerts is empty.')
          : h('ul', { class: 'list flush' }, shown.slice(0, 200).map((alert) => h('li', { key: alert.fingerprint }, alertRow(alert, fleet.nowMs, alert === chosen))))),
      chosen && h('div', { class: 'w6', key: chosen.fingerprint }, detail(chosen, fleet.nowMs)),
      route.alert && !chosen && h('p', { class: 'empty w12' }, 'The console does not know this alert; it may have been compacted away.')),
  ];
}

function timelinePanel(state, alerts, nowMs, chosen) {
  const span = RANGES.find(([name]) => name === state.choice.range)[1];
  return h('section', { class: 'panel', 'aria-labelledby': 'timeline' },
    h('header', {}, h('h2', { id: 'timeline' }, 'Timeline'), h('div', { class: 'aside' }, choice('range', RANGES.map(([name]) => [name, name]), state.choice.range))),
    timeline(alerts.filter((alert) => (alert.endsMs ?? nowMs) > nowMs - span), nowMs - span, nowMs, chosen));
}

function detail(alert, nowMs) {
  return h('section', { class: 'panel', 'aria-labelledby': 'alert' },
    h('header', {}, pill(severityOf(alert)), h('h2', { id: 'alert' }, alert.labels.alertname), h('span', { class: 'muted' }, whereOf(alert)),
      h('span', { class: 'aside' }, h('a', { class: 'button', href: `#/silences?alert=${encodeURIComponent(alert.fingerprint)}` }, 'Silence'),
        h('a', { class: 'button', href: '#/alerts', 'aria-label': 'Close this alert' }, 'Close'))),
    h('div', { class: 'body sections' },
      h('p', { class: 'prose' }, alert.summary),
      alert.description && h('p', { class: 'prose muted' }, alert.description),
      evidence(alert),
      Object.entries(alert.subjects).map(([kind, names]) => names.length > 0 && h('div', {}, h('h3', {}, kind.replaceAll('-', ' ')),
        h('div', { class: 'chips' }, names.map((name) => h('span', { class: 'chip' }, name))))),
      h('dl', { class: 'facts-table' },
        h('dt', {}, 'started'), h('dd', {}, `${moment(alert.startsMs)} UTC`),
        h('dt', {}, alert.firing ? 'firing for' : 'resolved'), h('dd', {}, alert.firing ? lasting(nowMs - alert.startsMs) : `${moment(alert.endsMs)} UTC, after ${lasting(alert.endsMs - alert.startsMs)}`),
        h('dt', {}, 'last update'), h('dd', {}, `${moment(alert.updatedMs)} UTC`),
        Object.entries(alert.labels).filter(([name]) => name !== 'alertname').map(([name, value]) => [h('dt', {}, name), h('dd', {},
          name === 'node' ? h('a', { class: 'text', href: `#/node/${encodeURIComponent(value)}` }, value) : value)]),
        alert.runbookUrl && !isWeb(alert.runbookUrl) && [h('dt', {}, 'runbook'), h('dd', {}, alert.runbookUrl)],
        h('dt', {}, 'fingerprint'), h('dd', { class: 'mono' }, alert.fingerprint)),
      isWeb(alert.runbookUrl) && h('p', {}, h('a', { class: 'text', href: alert.runbookUrl, rel: 'noopener noreferrer', target: '_blank' }, 'Runbook: what to check next'))));
}

function isWeb(url) {
  return /^https?:\/\//.test(url);
}

function evidence(alert) {
  if (alert.measurements.length === 0) return null;
  return h('div', {}, h('h3', {}, 'Evidence', !alert.complete && h('span', { class: 'worry' }, ' — some events of this period are missing')),
    h('ul', { class: 'evidence' }, alert.measurements.map((one) => {
      const bounded = typeof one.threshold === 'number';
      const most = Math.max(one.value, bounded ? one.threshold : 0) * 1.08;
      const over = bounded && one.value >= one.threshold;
      return h('li', { class: 'bar-row' }, h('span', { class: 'label' }, one.name.replaceAll('-', ' ')),
        bounded ? bar([[over ? 'hot' : 'in', one.value]], most, one.threshold) : h('span', {}),
        h('span', { class: 'n value' }, bounded ? [bare(one.value, one.unit), h('span', { class: 'muted' }, ` of ${measured(one.threshold, one.unit)}`)] : measured(one.value, one.unit)));
    })));
}
