// One chart over time, drawn as SVG: colours come from the style sheet, texts stay texts, and no library is needed.

import { attr, el, svg, text } from './dom.js';
import { number } from './format.js';

const HEIGHT = 170;
const LEFT = 38;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 20;

/**
 * @param series `[{name, label, kind}]`, kind one of area, line, dashed, columns; drawn in this order
 * @param log whether the values have a logarithmic axis
 */
export class Chart {
  #series;
  #log;
  #unit;
  #data = null;
  #cursor = null;
  #width = 0;

  constructor({ title, unit, series, log = false }) {
    this.#series = series;
    this.#log = log;
    this.#unit = unit;
    this.values = series.map(() => el('b'));
    this.when = el('span', { class: 'when' }, 'now');
    this.spoken = el('span', { class: 'spoken', role: 'status' });
    this.canvas = svg('svg', { height: HEIGHT, 'aria-hidden': 'true', focusable: 'false' });
    this.grid = svg('g', { class: 'grid' });
    this.missing = svg('rect', { class: 'missing', y: TOP, height: HEIGHT - TOP - BOTTOM });
    this.paths = series.map((one) => svg('path', { class: `${one.kind} s-${one.name}` }));
    this.line = svg('line', { class: 'cursor', y1: TOP, y2: HEIGHT - BOTTOM });
    this.canvas.append(this.grid, this.missing, ...this.paths, this.line);
    const legend = el('p', { class: 'legend' }, ...series.map((one, at) => el('span', { class: 'key' },
      svg('svg', { width: 18, height: 10, 'aria-hidden': 'true' }, svg('path', { class: `${one.kind} s-${one.name}`, d: KEYS[one.kind] })),
      `${one.label} `, this.values[at])));
    this.element = el('figure', { class: 'chart', tabindex: 0, role: 'group', 'aria-label': `${title}, chart. Arrow keys read its values.` },
      el('figcaption', {}, title, ' ', el('span', { class: 'unit' }, `${unit}${log ? ', logarithmic' : ''}`), this.when), this.canvas, legend, this.spoken);
    this.#listen();
  }

  /** @param data values by name of series, all of one length, null where there is none */
  draw(data, stepMillis) {
    this.#data = data;
    this.stepMillis = stepMillis;
    this.#render();
  }

  #listen() {
    new ResizeObserver(([entry]) => {
      const width = Math.floor(entry.contentRect.width);
      if (width > 0 && width !== this.#width) {
        this.#width = width;
        this.#render();
      }
    }).observe(this.element);
    this.canvas.addEventListener('pointermove', (event) => {
      const left = this.canvas.getBoundingClientRect().left;
      this.#moveTo(Math.round(((event.clientX - left - LEFT) / this.#plotWidth()) * (this.#length() - 1)));
    });
    this.canvas.addEventListener('pointerleave', () => this.#moveTo(null));
    this.element.addEventListener('blur', () => this.#moveTo(null));
    this.element.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12, Home: -Infinity, End: Infinity }[event.key];
      if (step === undefined || !this.#data) return;
      event.preventDefault();
      const last = this.#length() - 1;
      this.#moveTo(Math.max(0, Math.min(last, (this.#cursor ?? last) + step)));
      text(this.spoken, `${this.when.textContent}: ${this.#series.map((one, at) => `${one.label} ${this.values[at].textContent}`).join(', ')}`);
    });
  }

  #length() {
    return this.#data ? this.#data[this.#series[0].name].length : 0;
  }

  #plotWidth() {
    return Math.max(1, this.#width - LEFT - RIGHT);
  }

  #moveTo(at) {
    if (!this.#data) return;
    this.#cursor = at === null ? null : Math.max(0, Math.min(this.#length() - 1, at));
    this.#readOut();
  }

  #readOut() {
    const last = this.#length() - 1;
    const at = this.#cursor ?? last;
    this.#series.forEach((one, index) => text(this.values[index], number(this.#data[one.name][at])));
    text(this.when, this.#cursor === null ? 'now' : ago((last - at) * this.stepMillis));
    attr(this.line, 'visibility', this.#cursor === null ? 'hidden' : 'visible');
    const x = this.#x(at).toFixed(1);
    attr(this.line, 'x1', x);
    attr(this.line, 'x2', x);
  }

  #x(at) {
    return LEFT + (at / Math.max(1, this.#length() - 1)) * this.#plotWidth();
  }

  #render() {
    if (!this.#data || !this.#width) return;
    attr(this.canvas, 'width', this.#width);
    const values = this.#series.flatMap((one) => this.#data[one.name]).filter((value) => value !== null && Number.isFinite(value));
    const axis = this.#log ? logAxis(values) : linearAxis(values);
    const bottom = HEIGHT - BOTTOM;
    const y = (value) => bottom - axis.share(value) * (bottom - TOP);
    this.#drawGrid(axis, y);
    this.#series.forEach((one, index) => attr(this.paths[index], 'd', this.#path(one, y)));
    const last = this.#lastKnown();
    const from = this.#x(Math.max(0, last));
    attr(this.missing, 'visibility', last < this.#length() - 2 ? 'visible' : 'hidden');
    attr(this.missing, 'x', from.toFixed(1));
    attr(this.missing, 'width', Math.max(0, this.#x(this.#length() - 1) - from).toFixed(1));
    this.#readOut();
  }

  #lastKnown() {
    const counts = this.#data.offered ?? this.#data[this.#series[0].name];
    return counts.findLastIndex((value) => value !== null);
  }

  #drawGrid(axis, y) {
    const minutes = (this.#length() * this.stepMillis) / 60000;
    const key = `${this.#width} ${minutes} ${axis.ticks.join()}`;
    if (this.gridKey === key) return;
    this.gridKey = key;
    this.grid.replaceChildren();
    for (const tick of axis.ticks) {
      const at = y(tick).toFixed(1);
      this.grid.append(svg('line', { x1: LEFT, x2: this.#width - RIGHT, y1: at, y2: at }),
        svg('text', { x: LEFT - 6, y: at, dy: '0.32em', 'text-anchor': 'end' }, tickWords(tick)));
    }
    for (let minute = 0; minute <= minutes; minute += minutes > 5 ? 5 : minutes > 2 ? 2 : 1) {
      const x = this.#width - RIGHT - (minute / minutes) * this.#plotWidth();
      this.grid.append(svg('line', { class: 'tick', x1: x, x2: x, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM + 4 }),
        svg('text', { x, y: HEIGHT - 4, 'text-anchor': minute === 0 ? 'end' : minute >= minutes ? 'start' : 'middle' },
          minute === 0 ? 'now' : `−${minute} min`));
    }
  }

  #path(one, y) {
    const values = this.#data[one.name];
    const bottom = (HEIGHT - BOTTOM).toFixed(1);
    if (one.kind === 'columns') {
      const half = Math.max(0.5, this.#plotWidth() / values.length / 2);
      return values.map((value, at) => (value > 0
        ? `M${(this.#x(at) - half).toFixed(1)},${bottom}V${y(value).toFixed(1)}h${(2 * half).toFixed(1)}V${bottom}z` : '')).join('');
    }
    return runs(values).map((run) => {
      const line = run.map(([at, value]) => `${this.#x(at).toFixed(1)},${y(value).toFixed(1)}`).join('L');
      if (one.kind === 'area') return `M${this.#x(run[0][0]).toFixed(1)},${bottom}L${line}V${bottom}z`;
      return run.length === 1 ? `M${line}m-2,0h4` : `M${line}`;
    }).join('');
  }
}

const KEYS = { area: 'M0,10V2H18V10z', line: 'M0,5H18', dashed: 'M0,5H18', columns: 'M2,10V3h4V10zM9,10V6h4V10z' };

/** Short, since there is little room beside an axis. */
function tickWords(value) {
  return value >= 10000 ? `${number(value / 1000).replace(/\.0$/, '')}k` : number(value).replace(/\.0$/, '');
}

function ago(millis) {
  const seconds = Math.round(millis / 1000);
  return seconds < 60 ? `−${seconds} s` : `−${Math.floor(seconds / 60)} min ${seconds % 60 ? `${seconds % 60} s` : ''}`.trim();
}

/** Stretches without a gap, as [index, value]. */
export function runs(values) {
  const found = [];
  let current = null;
  values.forEach((value, at) => {
    if (value === null || !Number.isFinite(value)) {
      current = null;
    } else {
      if (!current) found.push((current = []));
      current.push([at, value]);
    }
  });
  return found;
}

export function niceAbove(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 8, 10].map((step) => step * power).find((top) => top >= value * 0.999) ?? 10 * power;
}

function linearAxis(values) {
  const top = niceAbove(values.reduce((most, value) => Math.max(most, value), 0));
  return { ticks: [0, top / 2, top], share: (value) => value / top };
}

function logAxis(values) {
  const positive = values.filter((value) => value > 0);
  const low = Math.floor(Math.log10(positive.length ? Math.min(...positive) : 1));
  const high = Math.max(low + 1, Math.ceil(Math.log10(positive.length ? Math.max(...positive) : 10)));
  const every = Math.ceil((high - low) / 4);
  const ticks = [];
  for (let power = low; power <= high; power += every) ticks.push(10 ** power);
  return { ticks, share: (value) => Math.max(0, (Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) };
}
