// Three charts: calls, latency, and what runs and waits on each node.

import { attr, byId, el, keyed, svg, text } from './dom.js';
import { count, NONE } from './format.js';
import { Chart, niceAbove, runs } from './chart.js';

const STRIP_HEIGHT = 20;
const STRIP_WIDTH = 600;

export class Charts {
  #histories;
  #drawnAt = 0;
  #view = null;

  constructor(histories) {
    this.#histories = histories;
    this.calls = new Chart({
      title: 'Calls', unit: 'per second',
      series: [
        { name: 'done', label: 'done', kind: 'area' },
        { name: 'offered', label: 'offered', kind: 'line' },
        { name: 'notDone', label: 'not done', kind: 'columns' },
      ],
    });
    this.latency = new Chart({
      title: 'Time of calls', unit: 'ms', log: true,
      series: [
        { name: 'p99', label: 'p99 (slowest node)', kind: 'dashed' },
        { name: 'p50', label: 'p50', kind: 'line' },
      ],
    });
    this.strips = el('div', { class: 'strips' });
    this.scale = el('span', { class: 'unit' });
    this.load = el('figure', { class: 'chart load' },
      el('figcaption', {}, 'Load per node ', this.scale), this.strips,
      el('p', { class: 'legend' }, key('area s-running', 'running'), key('area s-queued', 'waiting in the queue')));
    byId('chart-grid').append(this.calls.element, this.latency.element, this.load);
    byId('chart-node').addEventListener('change', () => this.#draw());
  }

  /** Draws when points came, but not for each node on its own; and while nothing comes, so that the gap is seen to grow. */
  update(view, now) {
    this.#view = view;
    const choices = [{ id: '', words: 'the whole cluster' }, ...view.nodes.map((node) => ({ id: node.id, words: node.id }))];
    keyed(byId('chart-node'), choices, (one) => one.id, (one) => el('option', { value: one.id }, one.words), () => {});
    const since = now - this.#drawnAt;
    const step = this.#histories.stepMillis;
    const due = this.#drawnAt === 0 || (this.#histories.changed ? since > step / 2 : since > step);
    if (due) this.#draw(now);
  }

  #draw(now = performance.now()) {
    if (!this.#view) return;
    this.#drawnAt = now;
    this.#histories.changed = false;
    const { lateMillis, nodes } = this.#view;
    const step = this.#histories.stepMillis;
    text(byId('charts-title'), `Last ${Math.round((this.#histories.window * step) / 60000)} minutes`);
    const chosen = this.#histories.series(byId('chart-node').value, now, lateMillis);
    const perSecond = (values) => values.map((value) => (value === null ? null : (value * 1000) / step));
    this.calls.draw({ offered: perSecond(chosen.offered), done: perSecond(chosen.done), notDone: perSecond(chosen.notDone) }, step);
    this.latency.draw({ p50: chosen.p50, p99: chosen.p99, offered: chosen.offered }, step);
    this.#drawStrips(nodes.map((node) => ({ node, series: this.#histories.series(node.id, now, lateMillis) })));
  }

  #drawStrips(rows) {
    const loads = rows.flatMap(({ series }) => series.running.map((running, at) => (running ?? 0) + (series.queued[at] ?? 0)));
    const slots = rows.map(({ node }) => node.sample?.slots ?? 0);
    const top = niceAbove(Math.max(0, ...slots, ...loads));
    text(this.scale, `calls, full height ${count(top)}`);
    attr(this.strips, 'data-few', rows.length <= 4);
    keyed(this.strips, rows, ({ node }) => node.id, makeStrip, (strip, { node, series }) => updateStrip(strip, node, series, top));
  }
}

function key(kind, words) {
  return el('span', { class: 'key' }, svg('svg', { width: 18, height: 10, 'aria-hidden': 'true' }, svg('path', { class: kind, d: 'M0,10V2H18V10z' })), words);
}

function makeStrip({ node }) {
  return el('div', { class: 'strip', 'data-node': node.id }, el('span', { class: 'by', title: node.id }, node.id),
    svg('svg', { viewBox: `0 0 ${STRIP_WIDTH} ${STRIP_HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' }, svg('path', { class: 'area s-queued' }), svg('path', { class: 'area s-running' })),
    el('span', { class: 'now' }));
}

function stripPath(values, top) {
  const x = (at) => ((at / (values.length - 1)) * STRIP_WIDTH).toFixed(1);
  const y = (value) => (STRIP_HEIGHT - Math.min(1, value / top) * (STRIP_HEIGHT - 1)).toFixed(1);
  return runs(values).map((run) => `M${x(run[0][0])},${STRIP_HEIGHT}L${run.map(([at, value]) => `${x(at)},${y(value)}`).join('L')}V${STRIP_HEIGHT}z`).join('');
}

function updateStrip(strip, node, series, top) {
  const [, canvas, words] = strip.children;
  attr(strip, 'data-stale', !node.fresh);
  const both = series.running.map((running, at) => (running === null ? null : running + (series.queued[at] ?? 0)));
  attr(canvas.children[0], 'd', stripPath(both, top));
  attr(canvas.children[1], 'd', stripPath(series.running, top));
  const most = Math.max(0, ...series.queued.filter((value) => value !== null));
  const last = series.queued.at(-1);
  text(words, node.fresh && last !== null ? `${count(last)} wait${last === 1 ? 's' : ''}, most ${count(most)}` : `${NONE}, most ${count(most)}`);
}
