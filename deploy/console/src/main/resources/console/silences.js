// The silences, and the form that adds one.

import { h } from './dom.js';
import { lasting, moment } from './format.js';

const DURATIONS = [['1800', '30 minutes'], ['3600', '1 hour'], ['7200', '2 hours'], ['14400', '4 hours'], ['43200', '12 hours'], ['86400', '1 day'], ['604800', '1 week']];

/** The form's first content: for an alert, the labels that identify it. */
export function draftFor(alert) {
  const labels = alert ? ['alertname', 'node', 'fleet', 'network'].filter((name) => alert.labels[name] !== undefined) : [];
  return { matchers: labels.length ? labels.map((label) => ({ label, operator: '=', value: alert.labels[label] })) : [{ label: 'alertname', operator: '=', value: '' }], problem: '' };
}

export function silencesView(state) {
  const { silences, fleet } = state;
  return [h('div', { class: 'title' }, h('h1', {}, 'Silences')),
    h('div', { class: 'columns' },
      h('section', { class: 'panel w7', 'aria-labelledby': 'silenced' },
        h('header', {}, h('h2', { id: 'silenced' }, 'Active and pending silences')),
        silences.length === 0 ? h('p', { class: 'empty' }, 'Nothing is silenced. While a silence is active, no one is notified of the alerts that match it. The console still shows them.')
            : h('div', { class: 'flush' }, h('table', { class: 'cards' },
              h('thead', {}, h('tr', {}, h('th', {}, 'State'), h('th', {}, 'Matching alerts'), h('th', {}, 'Why'), h('th', {}, 'Ends'), h('th', {}, h('span', { class: 'unseen' }, 'End the silence')))),
              h('tbody', {}, silences.map((silence) => silenceRow(silence, fleet.nowMs)))))),
      h('section', { class: 'panel w5', 'aria-labelledby': 'add' },
        h('header', {}, h('h2', { id: 'add' }, 'New silence')), h('div', { class: 'body' }, form(state.draft))))];
}

function silenceRow(silence, nowMs) {
  return h('tr', { key: silence.id },
    h('td', { 'data-label': 'State' }, h('span', { class: `pill ${silence.state}` }, silence.state)),
    h('td', { class: 'full lead' }, h('div', { class: 'chips' }, silence.matchers.map((matcher) => h('span', { class: 'chip' }, `${matcher.label}${matcher.operator}"${matcher.value}"`)))),
    h('td', { class: 'full', 'data-label': 'Why' }, h('div', {}, silence.comment, h('div', { class: 'muted' }, silence.author))),
    h('td', { class: 'nowrap', 'data-label': 'Ends', title: `${moment(silence.endsMs)} UTC` }, silence.state === 'expired' ? moment(silence.endsMs) : `in ${lasting(silence.endsMs - nowMs)}`),
    h('td', { class: 'n' }, silence.state !== 'expired' && h('button', { type: 'button', class: 'button', 'data-do': 'expire', 'data-value': silence.id }, 'Expire')));
}

function form(draft) {
  return h('form', { class: 'silence', 'data-form': 'silence', key: draft.key },
    h('fieldset', { class: 'wide' }, h('legend', {}, 'Labels of the alerts to silence (all must match)'),
      draft.matchers.map((matcher, i) => h('div', { class: 'matcher', key: matcher.key ?? i },
        h('input', { name: 'label', value: matcher.label, list: 'labels', 'aria-label': 'Label', required: true, autocomplete: 'off' }),
        h('select', { name: 'operator', 'aria-label': 'Comparison' }, ['=', '!=', '=~', '!~'].map((operator) => h('option', { value: operator, selected: operator === matcher.operator }, operator))),
        h('input', { name: 'value', value: matcher.value, 'aria-label': 'Value', autocomplete: 'off' }),
        h('button', { type: 'button', class: 'button', 'data-do': 'drop-matcher', 'data-value': i, 'aria-label': 'Remove this matcher' }, '×'))),
      h('datalist', { id: 'labels' }, ['alertname', 'severity', 'node', 'fleet', 'network', 'detector', 'subject'].map((label) => h('option', { value: label }))),
      h('button', { type: 'button', class: 'button', 'data-do': 'add-matcher' }, 'Add a matcher')),
    h('label', {}, 'For', h('select', { name: 'durationS' }, DURATIONS.map(([value, label]) => h('option', { value, selected: value === '7200' }, label)))),
    h('label', {}, 'Who', h('input', { name: 'author', required: true, maxlength: 100, autocomplete: 'username' })),
    h('label', { class: 'wide' }, 'Why', h('input', { name: 'comment', required: true, maxlength: 1000, placeholder: 'Planned upgrade, ticket …' })),
    h('div', { class: 'wide row-of' }, h('button', { class: 'button first' }, 'Silence'), h('span', { class: 'bad', role: 'alert' }, draft.problem)));
}

/** The silence that the form describes. */
export function readForm(form) {
  const all = (name) => [...form.querySelectorAll(`[name=${name}]`)].map((field) => field.value);
  const [labels, operators, values] = [all('label'), all('operator'), all('value')];
  return {
    matchers: labels.map((label, i) => ({ label: label.trim(), operator: operators[i], value: values[i] })),
    author: all('author')[0].trim(), comment: all('comment')[0].trim(), durationS: Number(all('durationS')[0]),
  };
}
