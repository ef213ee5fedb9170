// A row of buttons, one of which is chosen.

import { h } from './dom.js';

export function choice(name, options, chosen) {
  return h('span', { class: 'choice', role: 'group' }, options.map(([value, label]) => h('button', {
    type: 'button', 'data-do': 'choose', 'data-name': name, 'data-value': value, 'aria-pressed': String(value === chosen) }, label)));
}
