// The keyboard shortcuts.

import { h, show } from './dom.js';

const KEYS = [
  ['g f', 'fleet'], ['g a', 'alerts'], ['g s', 'silences'], ['j  k', 'next and previous row'], ['1 … 4', 'views of a node'],
  ['/', 'filter'], ['p', 'pause the message stream'], ['Esc', 'leave a filter, or go up'], ['?', 'this list'],
];

export function listenToKeys(act) {
  let before = '';
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.getElementById('help').open) return;
    const typing = event.target.matches('input, select, textarea');
    const key = event.key;
    if (typing) {
      if (key === 'Escape') event.target.blur();
      return;
    }
    const places = { f: '#/fleet', a: '#/alerts', s: '#/silences' };
    if (before === 'g' && places[key]) location.hash = places[key];
    else if (key === 'j' || key === 'k') step(key === 'j' ? 1 : -1);
    else if (key === '/') focus(event, document.querySelector('main input[type=search]'));
    else if (key === '?') help();
    else if (key === 'p') act.pause();
    else if (key === 'Escape') act.up();
    else if (/^[1-4]$/.test(key)) document.querySelectorAll('.tabs a')[key - 1]?.click();
    before = key;
  });
}

function focus(event, field) {
  if (field) {
    event.preventDefault();
    field.focus();
    field.select();
  }
}

function step(by) {
  const rows = [...document.querySelectorAll('main [data-row]')];
  const at = rows.indexOf(document.activeElement);
  rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by))]?.focus();
}

export function help() {
  const dialog = document.getElementById('help');
  show(dialog, h('h2', { id: 'help-title' }, 'Keys'),
    h('dl', {}, KEYS.map(([keys, does]) => [h('dt', {}, keys.split(' ').map((key) => (key === '' || key === '…' ? ' … ' : h('kbd', {}, key)))), h('dd', {}, does)])),
    h('form', { method: 'dialog' }, h('button', { class: 'button' }, 'Close')));
  dialog.showModal();
}
