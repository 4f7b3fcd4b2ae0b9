// The table of nodes, on a phone one card each.

import { attr, byId, cssVar, el, keyed, spoken, text } from './dom.js';
import { age, count, countOrDot, list, millis, NONE, number, span, wholeAge } from './format.js';
import { reasonWords, stateOf } from './words.js';

const COLUMNS = ['state', 'slots', 'queue', 'sample', 'offered', 'p99', 'out', 'in', 'lost', 'up', 'version', 'differs'];
const LABELS = ['State', 'Slots', 'Queue', 'Sample age', 'Offered /s', 'p99', 'Forwards out /min', 'Forwards in /min',
  'Lost /min', 'Up', 'Version', 'Differs in'];
const NUMBERS = new Set(['sample', 'offered', 'p99', 'out', 'in', 'up']);

export function updateNodes(view) {
  text(byId('nodes-policy'), policyWords(view.nodes));
  keyed(byId('node-rows'), view.nodes, (node) => node.id, makeRow, updateRow);
}

function policyWords(nodes) {
  const policies = [...new Set(nodes.filter((node) => node.counted && node.report.scheduler).map((node) => node.report.scheduler))];
  if (policies.length === 0) return '';
  return policies.length === 1 ? `decide with ${policies[0]}` : `policies differ: ${list(policies)}`;
}

/** Roles are named since a table that is laid out as cards is no table any more to assistive technology. */
function makeRow(node) {
  const link = el('a', { rel: 'noreferrer' }, node.id);
  const row = el('tr', { role: 'row', 'data-node': node.id },
    el('th', { scope: 'row', role: 'rowheader' }, link, ' ', el('span', { class: 'tag' }), el('span', { class: 'as-of' })));
  row.cells_ = { link, tag: row.querySelector('.tag'), asOf: row.querySelector('.as-of') };
  COLUMNS.forEach((name, at) => {
    const cell = el('td', { role: 'cell', 'data-label': LABELS[at], class: `${NUMBERS.has(name) ? 'n ' : ''}c-${name}` });
    row.cells_[name] = cell;
    row.append(cell);
  });
  const { state, slots, queue } = row.cells_;
  state.append(el('span', { class: 'mark', 'aria-hidden': 'true' }), ' ', el('span'));
  slots.append(meter());
  queue.append(meter());
  return row;
}

function meter() {
  return el('span', { class: 'metered' }, el('span', { class: 'meter', 'aria-hidden': 'true' }, el('i')), el('span', { class: 'of' }));
}

function showMeter(cell, value, most) {
  const [bar, words] = cell.firstChild.children;
  const known = value !== null && value !== undefined;
  const share = known && most > 0 ? Math.min(1, value / most) : 0;
  cssVar(bar.firstChild, '--share', share.toFixed(3));
  attr(bar, 'data-full', share >= 1);
  attr(bar, 'data-none', !(most > 0));
  text(words, known ? `${value}/${most ?? NONE}` : NONE);
}

function updateRow(row, node) {
  const cells = row.cells_;
  const report = node.report;
  const state = stateOf(node.state);
  attr(row, 'data-state', node.state);
  attr(row, 'data-stale', !node.fresh);
  attr(cells.link, 'href', pageOf(node));
  text(cells.tag, node.self ? 'this page' : '');
  text(cells.asOf, node.fresh ? '' : node.reportAge === null ? 'no report' : `as of ${wholeAge(node.reportAge)} ago`);
  text(cells.state.firstChild, state.mark);
  text(cells.state.lastChild, report?.ready === false && node.state === 'online' ? 'not ready' : state.words);

  showMeter(cells.slots, node.sample?.running, node.sample?.slots);
  showMeter(cells.queue, node.sample?.queued, node.sample?.queueMax);
  for (const cell of [cells.slots, cells.queue, cells.sample]) attr(cell, 'data-stale', node.sampleStale);
  text(cells.sample, age(node.sampleAge));

  const latency = report?.latencyMillis;
  text(cells.offered, number(report?.rates?.received));
  text(cells.p99, latency && latency.calls > 0 ? millis(latency.p99) : NONE);
  text(cells.out, node.forwardsOut === null ? NONE : countOrDot(node.forwardsOut));
  text(cells.in, node.forwardsIn === null ? NONE : countOrDot(node.forwardsIn));
  text(cells.up, span(report?.uptimeSeconds));
  text(cells.version, node.version || NONE);
  attr(cells.version, 'data-differs', node.differences.some((one) => one.key === 'version'));
  showReasons(cells.lost, node);
  showDifferences(cells.differs, node);
}

function showReasons(cell, node) {
  const recent = node.reasons.filter((one) => one.lastMinute > 0);
  attr(cell, 'data-quiet', recent.length === 0);
  chips(cell, recent, (one) => one.reason, (one) => [count(one.lastMinute), ` × ${reasonWords(one.reason)}`],
    (one) => `${one.reason}: ${count(one.lastMinute)} in the last minute, ${count(one.total)} since the start`);
  text(cell.none_, recent.length ? '' : node.report ? '·' : NONE);
}

function showDifferences(cell, node) {
  const shown = node.differences.filter((one) => one.key !== 'version');
  attr(cell, 'data-quiet', shown.length === 0);
  chips(cell, shown, (one) => one.key, (one) => [one.key, ` ${one.value ?? 'none'}`],
    (one) => `${one.key} is ${one.value ?? 'not set'} here and ${one.usual ?? 'not set'} on most nodes`);
  text(cell.none_, shown.length ? '' : node.report?.config ? '·' : NONE);
}

/** Short facts, one a line, each with its strong part; the whole sentence as tooltip and for screen readers. */
function chips(cell, items, keyOf, wordsOf, sentenceOf) {
  if (!cell.none_) {
    cell.chips_ = el('span', { class: 'chips' });
    cell.none_ = el('span');
    cell.append(cell.chips_, cell.none_);
  }
  keyed(cell.chips_, items, keyOf, () => el('span', { class: 'chip' }, el('b'), el('span'), spoken()), (chip, item) => {
    const [strong, rest] = wordsOf(item);
    const sentence = sentenceOf(item);
    text(chip.children[0], strong);
    text(chip.children[1], rest);
    text(chip.children[2], `. ${sentence}. `);
    attr(chip, 'title', sentence);
  });
}

/** The page of another node, if the address that it tells is one that a browser can open. */
function pageOf(node) {
  if (node.self) return null;
  if (!/^[\w.-]+:\d{1,5}$|^\[[\da-fA-F:]+\]:\d{1,5}$/.test(node.http) || /^(0\.0\.0\.0|\[::\]):/.test(node.http)) return null;
  return `${location.protocol}//${node.http}/ui`;
}
