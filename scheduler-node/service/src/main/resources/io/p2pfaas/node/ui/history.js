// The last 15 minutes of every node, put side by side.

const POINTS = 180;
/** Two, five, ten and fifteen minutes. */
const WINDOWS = [24, 60, 120, POINTS];
const COUNTS = ['offered', 'done', 'notDone', 'queued', 'running'];

/** Keeps what the nodes sent last: a board has a history only when it has a new point. */
export class Histories {
  #nodes = new Map();
  #stepMillis = 5000;
  changed = false;

  /** @param at when the board came, on the clock of this page */
  take(board, at) {
    for (const node of board.nodes) {
      const known = this.#nodes.get(node.id);
      const history = node.report?.history ?? known?.history;
      if (!history) continue;
      if (node.report?.history) {
        this.#stepMillis = history.stepMillis;
        this.changed = true;
      }
      const reportedAt = node.report ? at - node.report.ageMillis : known.reportedAt;
      this.#nodes.set(node.id, { history, reportedAt });
    }
    for (const [id, { reportedAt }] of this.#nodes) {
      if (at - reportedAt > POINTS * this.#stepMillis) this.#nodes.delete(id);
    }
  }

  get stepMillis() {
    return this.#stepMillis;
  }

  /** How many points there are to draw, at least: no more than are known, so that a young cluster can be seen too. */
  get window() {
    const known = Math.max(0, ...[...this.#nodes.values()].map(({ history }) => knownPoints(history.offered ?? [])));
    return WINDOWS.find((points) => points >= known) ?? POINTS;
  }

  /** One node, or all summed up if `id` is empty: p50 is then the mean by calls, p99 that of the slowest node. */
  series(id, now, lateMillis) {
    const chosen = [...this.#nodes].filter(([name]) => !id || name === id).map(([, node]) => this.#placed(node, now, lateMillis));
    const all = {};
    for (const name of COUNTS) {
      all[name] = points((at) => sum(chosen, (node) => node[name][at]));
    }
    all.p50 = points((at) => mean(chosen, at));
    all.p99 = points((at) => largest(chosen.map((node) => node.p99[at])));
    for (const name of Object.keys(all)) all[name] = all[name].slice(-this.window);
    return all;
  }

  /**
   * The last points of nodes that report are now; those of a node that fell silent stay where they were. Shifting by the
   * clock would let each node's points jump by a step whenever its report comes a little earlier or later.
   */
  #placed({ history, reportedAt }, now, lateMillis) {
    const late = now - reportedAt;
    const shift = late > lateMillis ? Math.round(late / this.#stepMillis) : 0;
    const placed = {};
    for (const name of [...COUNTS, 'p50', 'p99']) {
      const values = history[name] ?? [];
      placed[name] = points((at) => values[values.length - POINTS + at + shift] ?? null);
    }
    return placed;
  }
}

function knownPoints(values) {
  const first = values.findIndex((value) => value !== null);
  return first < 0 ? 0 : values.length - first;
}

const points = (valueAt) => Array.from({ length: POINTS }, (_, at) => valueAt(at));

function sum(nodes, pick) {
  let total = null;
  for (const node of nodes) {
    const value = pick(node);
    if (value !== null) total = (total ?? 0) + value;
  }
  return total;
}

function mean(nodes, at) {
  let total = 0;
  let calls = 0;
  for (const node of nodes) {
    if (node.p50[at] === null || !(node.done[at] > 0)) continue;
    total += node.p50[at] * node.done[at];
    calls += node.done[at];
  }
  return calls > 0 ? total / calls : null;
}

function largest(values) {
  const known = values.filter((value) => value !== null);
  return known.length ? Math.max(...known) : null;
}
