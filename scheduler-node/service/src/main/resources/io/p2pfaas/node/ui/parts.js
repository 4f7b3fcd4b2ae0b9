// Where the time of a call went: a bar of its parts, in the order in which they happen.

import { attr, cssVar, el, spoken, text } from './dom.js';
import { millis, NONE, percent } from './format.js';

export const PARTS = [
  ['decision', 'deciding where, asking peers included'],
  ['queue', 'waiting for a slot'],
  ['forward', 'on the way to another node and back'],
  ['run', 'in the function'],
];

export function partsLegend() {
  return PARTS.map(([name, words]) => el('span', { class: 'key', title: words }, el('i', { class: `part p-${name}`, 'aria-hidden': 'true' }), name));
}

/** A bar; `updateParts` fills it. */
export function makeParts() {
  const bar = el('span', { class: 'parts', 'aria-hidden': 'true' }, ...PARTS.map(([name]) => el('i', { class: `part p-${name}` })));
  const mostly = el('span', { class: 'mostly', 'aria-hidden': 'true' });
  const box = el('span', { class: 'parts-box' }, bar, mostly, spoken());
  return box;
}

/** @param scale the milliseconds that the whole width stands for */
export function updateParts(box, parts, total, scale) {
  const [bar, mostly, words] = box.children;
  let largest = null;
  PARTS.forEach(([name], at) => {
    const value = parts?.[name] ?? 0;
    cssVar(bar.children[at], '--share', (scale > 0 ? Math.min(1, value / scale) : 0).toFixed(4));
    if (value > 0 && (largest === null || value > parts[largest])) largest = name;
  });
  text(mostly, largest === null ? NONE : `${largest} ${percent(Math.min(1, parts[largest] / total)).replace(/\.\d+/, '')}`);
  const sentence = sentenceOf(parts, total);
  text(words, sentence);
  attr(box, 'title', sentence);
}

export function sentenceOf(parts, total) {
  const named = PARTS.map(([name]) => `${name} ${millis(parts?.[name] ?? null)}`).join(', ');
  const sum = PARTS.reduce((all, [name]) => all + (parts?.[name] ?? 0), 0);
  const rest = total - sum;
  return rest > total / 100 ? `${named}, other ${millis(rest)}` : named;
}
