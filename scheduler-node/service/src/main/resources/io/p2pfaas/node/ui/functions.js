// Functions: where they are deployed, and how they do.

import { attr, byId, el, keyed, text } from './dom.js';
import { count, countOrDot, millis, NONE, number, percent } from './format.js';

export function updateFunctions(view) {
  byId('no-functions').hidden = view.functions.length > 0;
  keyed(byId('function-rows'), view.functions, (one) => one.name, makeRow, updateRow);
}

function makeRow(one) {
  return el('tr', { 'data-function': one.name },
    el('th', { scope: 'row' }, el('span', { class: 'name' }, one.name), el('small')),
    el('td', { class: 'places' }), el('td', { class: 'n' }), el('td', { class: 'n' }), el('td', { class: 'n' }),
    el('td', { class: 'n' }), el('td', { class: 'n' }));
}

function updateRow(row, one) {
  const [name, places, rate, errors, cold, p50, p99] = row.children;
  const known = one.rate !== null;
  text(name.lastChild, one.kind);
  keyed(places, one.nodes, (place) => place.id, () => el('span', { class: 'place' }), (chip, place) => {
    text(chip, `${place.usable ? '' : '✕ '}${place.id}${place.replicas === null ? '' : ` ×${place.replicas}`}`);
    attr(chip, 'data-usable', place.usable ? 'yes' : 'no');
    attr(chip, 'data-stale', place.stale);
    attr(chip, 'title', sentence(place));
  });
  text(rate, known ? number(one.rate) : NONE);
  text(errors, known ? countOrDot(one.errors) : NONE);
  attr(errors, 'title', known && one.calls ? `${count(one.errors)} of ${count(one.calls)} calls (${percent(one.errors / one.calls)})` : null);
  attr(errors, 'data-tone', one.errors > 0 ? 'bad' : null);
  text(cold, known ? countOrDot(one.coldStarts) : NONE);
  attr(cold, 'title', one.coldPlaces.map((place) => `${place.id}: ${count(place.count)}`).join(', ') || null);
  text(p50, millis(one.p50));
  text(p99, millis(one.p99));
}

function sentence(place) {
  const replicas = place.replicas === null ? '' : `, ${place.replicas} replicas`;
  return `${place.id}: ${place.usable ? 'usable' : 'cannot be used now'}${replicas}${place.stale ? ' (old report)' : ''}`;
}
