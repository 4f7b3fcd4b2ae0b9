// The cluster at a glance: six figures.

import { byId, attr, el, text } from './dom.js';
import { count, list, millis, NONE, number, percent } from './format.js';
import { reasonWords } from './words.js';

const FIGURES = [
  ['ready', 'Nodes ready'],
  ['link', 'Broker link'],
  ['offered', 'Offered'],
  ['share', 'Done'],
  ['losses', 'Lost last minute'],
  ['latency', 'p50 / p99'],
];

/** Without a publish the node forgets how long the broker takes; what is less than this is forgotten. */
const KNOWN_MILLIS = 0.02;

const parts = new Map();

export function makeVitals() {
  const figures = el('dl');
  for (const [name, title] of FIGURES) {
    const value = el('b');
    const unit = el('span', { class: 'unit' });
    const note = el('span', { class: 'note' });
    const box = el('div', { 'data-figure': name }, el('dt', {}, title), el('dd', {}, el('span', { class: 'value' }, value, unit), note));
    parts.set(name, { box, value, unit, note });
    figures.append(box);
  }
  byId('vitals').append(figures);
}

function show(name, value, unit, note, tone) {
  const figure = parts.get(name);
  text(figure.value, value);
  text(figure.unit, unit);
  text(figure.note, note);
  attr(figure.box, 'data-tone', tone);
}

export function updateVitals({ totals, nodes, link }) {
  const { ready, known, reporting } = totals;
  const away = nodes.filter((node) => !node.ready && node.member);
  const planned = away.every((node) => node.state === 'draining');
  show('ready', `${ready}`, ` / ${known}`, away.length ? awayWords(away) : 'all of them', planned ? null : 'bad');
  show('link', link.up ? 'up' : 'down', link.up && link.roundTripMillis >= KNOWN_MILLIS ? ` ${millis(link.roundTripMillis)}` : '',
    link.broker ?? '', link.up ? null : 'bad');

  const partly = reporting < known ? `of ${reporting} of ${known} nodes` : 'all nodes, last 10 s';
  show('offered', totals.offered === null ? NONE : number(totals.offered), ' /s', partly);
  show('share', percent(totals.share).replace(' %', ''), totals.share === null ? '' : ' %',
    totals.share === null ? 'no call in the last 10 s' : 'of what ended, last 10 s', totals.share !== null && totals.share < 1 ? 'bad' : null);

  const all = totals.losses.reduce((sum, loss) => sum + loss.lastMinute, 0);
  const reasons = totals.losses.map((loss) => `${count(loss.lastMinute)} × ${reasonWords(loss.reason)}`);
  show('losses', reporting ? count(all) : NONE, '', all ? list(reasons, 3) : reporting ? 'none' : 'not known now', all ? 'bad' : null);
  show('latency', totals.p50 === null ? NONE : number(totals.p50), totals.p50 === null ? '' : ` / ${millis(totals.p99)}`,
    totals.p50 === null ? 'no call in the last 10 s' : totals.p99Node ? `slowest: ${totals.p99Node}` : 'last 10 s');
}

function awayWords(away) {
  return list(away.map((node) => `${node.id} ${node.state === 'online' ? 'not ready' : node.state}`), 3);
}
