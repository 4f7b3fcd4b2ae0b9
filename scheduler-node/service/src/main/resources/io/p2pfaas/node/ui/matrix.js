// Who forwards to whom, and how old what they know of each other is.

import { attr, byId, cssVar, el, keyed, spoken, text } from './dom.js';
import { age, count, countOrDot, NONE, plural, wholeAge } from './format.js';

/** A tooltip for each of a hundred cells, each second, would be work for nobody: they are made where the pointer is. */
export function makeMatrix() {
  byId('matrix-rows').addEventListener('pointerover', (event) => {
    const cell = event.target.closest('td');
    if (cell?.parts_) attr(cell, 'title', cell.parts_.spoken.textContent);
  });
}

export function updateMatrix(view) {
  const { nodes, staleMillis } = view;
  const most = Math.max(1, ...nodes.filter((node) => node.fresh)
    .flatMap((node) => (node.report.forwards ?? []).map((forward) => forward.lastMinute ?? 0)));
  const head = byId('matrix-head');
  if (!head.firstChild) {
    head.append(el('th', { scope: 'col', class: 'corner' }, el('span', { 'aria-hidden': 'true' }, 'from ↓ to →'), spoken('from')));
  }
  headers(head, nodes);
  keyed(byId('matrix-rows'), nodes, (node) => node.id,
    (node) => el('tr', { 'data-node': node.id }, el('th', { scope: 'row', title: node.id }, node.id)),
    (row, node) => updateRow(row, node, nodes, most, staleMillis));
}

/** Kept by hand, since the corner is no node. */
function headers(head, nodes) {
  const wanted = nodes.map((node) => `${node.id}${node.gone ? ' gone' : ''}`).join('\n');
  if (head.wanted_ === wanted) return;
  head.wanted_ = wanted;
  cssVar(byId('matrix'), '--columns', nodes.length);
  while (head.children.length > 1) head.lastElementChild.remove();
  for (const node of nodes) head.append(el('th', { scope: 'col', title: node.id, 'data-gone': node.gone }, node.id));
}

function updateRow(row, node, nodes, most, staleMillis) {
  attr(row, 'data-stale', !node.fresh);
  attr(row, 'data-state', node.state);
  const cells = row.cells_ ?? (row.cells_ = new Map());
  const ids = new Set(nodes.map((peer) => peer.id));
  for (const [id, cell] of cells) {
    if (!ids.has(id)) {
      cell.remove();
      cells.delete(id);
    }
  }
  nodes.forEach((peer, at) => {
    let cell = cells.get(peer.id);
    if (!cell) {
      cell = makeCell(peer.id);
      cells.set(peer.id, cell);
    }
    if (row.children[at + 1] !== cell) row.insertBefore(cell, row.children[at + 1] ?? null);
    updateCell(cell, node, peer, most, staleMillis);
  });
}

function makeCell(id) {
  const cell = el('td', { 'data-peer': id });
  cell.parts_ = {
    count: el('b', { 'aria-hidden': 'true' }),
    mark: el('span', { class: 'mark', 'aria-hidden': 'true' }),
    age: el('small', { 'aria-hidden': 'true' }),
    spoken: spoken(),
  };
  cell.append(el('div', {}, ...Object.values(cell.parts_)));
  return cell;
}

function updateCell(cell, node, peer, most, staleMillis) {
  const parts = cell.parts_;
  if (node.id === peer.id) {
    attr(cell, 'class', 'self');
    text(parts.spoken, 'itself');
    return;
  }
  const forward = node.report?.forwards?.find((one) => one.peer === peer.id);
  const known = node.report?.peers?.find((one) => one.id === peer.id);
  const recent = forward?.lastMinute ?? 0;
  const failed = (forward?.refused ?? 0) + (forward?.lost ?? 0);
  const sampleAge = known?.sampleAgeMillis ?? null;
  const old = !peer.gone && (sampleAge === null || sampleAge > staleMillis);
  const mark = !node.report || peer.gone ? '' : known?.suspect ? '?' : old ? '!' : failed ? '✕' : '';

  cssVar(cell, '--share', node.fresh && recent ? Math.max(0.08, recent / most).toFixed(2) : 0);
  attr(cell, 'data-old', old);
  attr(cell, 'data-strong', node.fresh && recent / most > 0.25);
  text(parts.count, node.report ? countOrDot(recent) : '');
  text(parts.mark, mark);
  text(parts.age, !node.report ? '' : sampleAge !== null ? age(sampleAge) : peer.gone ? NONE : 'none');
  text(parts.spoken, sentenceOf(node, peer, { forward, known, recent, sampleAge }));
}

function sentenceOf(node, peer, { forward, known, recent, sampleAge }) {
  if (!node.report) return `${node.id} sends no report`;
  const sent = `${plural(recent, 'forward')} to ${peer.id} in the last minute`;
  const total = forward
    ? `; since the start ${count(forward.sent)} sent, ${count(forward.done)} done, ${count(forward.refused)} refused, ${count(forward.lost)} lost`
    : '';
  const knows = !known
    ? `; it does not know ${peer.id}`
    : sampleAge === null
      ? `; it never heard the load of ${peer.id}`
      : `; what it knows of ${peer.id} is ${sampleAge < 1000 ? 'less than 1 s' : wholeAge(sampleAge)} old`;
  return `${sent}${total}${knows}${known?.suspect ? ', and it did not answer in time' : ''}${node.fresh ? '' : ' (old report)'}`;
}
