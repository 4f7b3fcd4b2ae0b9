// The slowest calls with their path, and the last events.

import { attr, byId, el, keyed, text } from './dom.js';
import { age, clock, millis, NONE } from './format.js';
import { makeParts, partsLegend, updateParts } from './parts.js';
import { reasonWords } from './words.js';

const EVENT_MARKS = [
  [/lost|down|fault|fail|gone|error|crash/, '▲'],
  [/drain|silent|suspect|late|reject|refus|full/, '◆'],
  [/came|heard|online|up|ready|added|start/, '●'],
];

export function makeCalls() {
  byId('slow-legend').append(...partsLegend());
}

export function updateSlow(view) {
  const slow = view.slow;
  const scale = Math.max(0, ...slow.map((call) => call.totalMillis));
  byId('no-slow').hidden = slow.length > 0;
  keyed(byId('slow-rows'), slow, (call) => `${call.node} ${call.id}`, makeCall, (row, call) => updateCall(row, call, scale, view));
}

/** Roles are named since the table is laid out as cards on a phone. */
function makeCall() {
  const row = el('tr', { role: 'row' }, el('th', { scope: 'row', class: 'n' }), el('td', {}, makeParts()),
    el('td', { class: 'name' }), el('td', { class: 'path' }), el('td', { class: 'end' }), el('td', { class: 'n' }), el('td', { class: 'id' }));
  for (const cell of row.children) attr(cell, 'role', cell.tagName === 'TH' ? 'rowheader' : 'cell');
  return row;
}

function updateCall(row, call, scale, view) {
  const [total, where, name, path, end, at, id] = row.children;
  attr(row, 'data-done', call.state === 'done');
  text(total, millis(call.totalMillis));
  updateParts(where.firstChild, call.parts, call.totalMillis, scale);
  text(name, call.function ?? NONE);
  attr(name, 'title', call.function);
  text(path, (call.path?.length ? call.path : [call.node]).join(' → '));
  text(end, call.state === 'done' ? 'done' : `✕ ${call.reason ? reasonWords(call.reason) : call.state}`);
  attr(end, 'title', call.reason);
  row.at_ ??= view.boardAt - call.agoMillis;
  text(at, clock(row.at_));
  attr(at, 'title', `${age(call.agoMillis + view.sinceMillis)} ago`);
  text(id, call.id);
}

export function updateEvents(view) {
  byId('no-events').hidden = view.events.length > 0;
  const seen = byId('event-rows').seen_ ?? (byId('event-rows').seen_ = []);
  keyed(byId('event-rows'), view.events, (event) => keyOf(event, view.boardAt, seen), (event) => makeEvent(event, view.boardAt), () => {});
  if (seen.length > 300) seen.splice(0, seen.length - 200);
}

/** Events have no id and their age is measured anew each time: what happened within a second and reads the same is the same. */
function keyOf(event, boardAt, seen) {
  const at = boardAt - event.agoMillis;
  const words = `${event.node} ${event.kind} ${event.text}`;
  let known = seen.find((one) => one.words === words && Math.abs(one.at - at) < 1500);
  if (!known) {
    known = { words, at, key: `${words} ${at}` };
    seen.push(known);
  }
  return known.key;
}

function makeEvent(event, boardAt) {
  const kind = String(event.kind ?? '');
  const mark = EVENT_MARKS.find(([pattern]) => pattern.test(kind))?.[1] ?? '·';
  const at = boardAt - event.agoMillis;
  return el('li', { 'data-kind': kind },
    el('time', { datetime: new Date(at).toISOString() }, clock(at)),
    el('span', { class: 'mark', 'aria-hidden': 'true', 'data-mark': mark }, mark),
    el('span', { class: 'by' }, event.node ?? ''),
    el('span', { class: 'words', title: kind }, event.text || kind));
}
