// From the board of the node to what the page shows. Plain data in, plain data out: no DOM, no clock.

/** Boards and reports come once a second, however often nodes tell their load. */
const LATE_MILLIS = 3000;

/** From which age on a board or a report is old. */
export const lateMillis = (board) => Math.max(board.staleMillis, LATE_MILLIS);

/**
 * All that is shown, given how long ago the board came. A node is `fresh` if its report is so now, and `counted` if it was
 * when the board came: an old page shows the sums of then, greyed, not those of the few reports that are fresh yet.
 */
export function view(board, sinceMillis) {
  const late = lateMillis(board);
  const stale = sinceMillis > late;
  const nodes = board.nodes.map((node) => oneNode(node, board.staleMillis, late, sinceMillis));
  compareSettings(nodes);
  countForwards(nodes);
  return {
    node: board.node,
    root: board.root,
    link: board.link ?? { up: false, broker: '' },
    changes: board.changes,
    staleMillis: board.staleMillis,
    lateMillis: late,
    sinceMillis,
    stale,
    nodes,
    totals: totals(nodes),
    functions: functions(nodes),
    events: board.events ?? [],
    slow: board.slow ?? [],
  };
}

function oneNode(node, staleMillis, late, since) {
  const report = node.report ?? null;
  const reportAge = report ? report.ageMillis + since : null;
  const sampleAge = node.sample ? node.sample.ageMillis + since : null;
  const gone = node.state === 'lost' || node.state === 'left';
  return {
    id: node.id,
    self: node.self === true,
    state: node.state,
    gone,
    member: node.state !== 'left',
    http: node.http ?? '',
    version: node.version ?? '',
    offers: node.functions ?? [],
    sample: node.sample ?? null,
    sampleAge,
    // The sample is as of when the board came; while that is fresh, so is what it knows.
    sampleStale: gone || sampleAge === null || sampleAge - since > staleMillis || since > late,
    report,
    reportAge,
    fresh: !gone && report !== null && reportAge <= late,
    counted: !gone && report !== null && report.ageMillis <= late,
    ready: report?.ready !== false && node.state === 'online',
    reasons: report?.reasons ?? [],
    differences: [],
    forwardsOut: null,
    forwardsIn: null,
  };
}

/** Marks settings in which a node is not as most are; without a majority, as the node that serves the page. */
function compareSettings(nodes) {
  const compared = nodes.filter((node) => !node.gone && node.report?.config);
  const keys = new Set(compared.flatMap((node) => Object.keys(node.report.config)));
  for (const key of keys) {
    const usual = usualValue(compared, key);
    for (const node of compared) {
      const value = node.report.config[key] ?? null;
      if (value !== usual) node.differences.push({ key, value, usual });
    }
  }
}

function usualValue(nodes, key) {
  const counts = new Map();
  for (const node of nodes) {
    const value = node.report.config[key] ?? null;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  const candidates = [...counts.keys()].filter((value) => counts.get(value) === most);
  if (candidates.length === 1) return candidates[0];
  const self = nodes.find((node) => node.self);
  const own = self ? (self.report.config[key] ?? null) : candidates[0];
  return candidates.includes(own) ? own : candidates[0];
}

function countForwards(nodes) {
  const byName = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) {
    if (!node.counted) continue;
    node.forwardsOut = 0;
    node.forwardsIn ??= 0;
    for (const forward of node.report.forwards ?? []) {
      const recent = forward.lastMinute ?? 0;
      node.forwardsOut += recent;
      const peer = byName.get(forward.peer);
      if (peer) peer.forwardsIn = (peer.forwardsIn ?? 0) + recent;
    }
  }
}

function totals(nodes) {
  const fresh = nodes.filter((node) => node.counted);
  const sum = (pick) => fresh.reduce((total, node) => total + (pick(node.report) ?? 0), 0);
  const done = sum((report) => report.rates?.done);
  const notDone = sum((report) => report.rates?.notDone);
  const ended = done + notDone;
  const withCalls = fresh.filter((node) => node.report.latencyMillis?.calls > 0);
  const slowest = withCalls.reduce(
    (worst, node) => (!worst || node.report.latencyMillis.p99 > worst.report.latencyMillis.p99 ? node : worst),
    null,
  );
  return {
    ready: nodes.filter((node) => node.ready).length,
    known: nodes.filter((node) => node.member).length,
    reporting: fresh.length,
    offered: fresh.length ? sum((report) => report.rates?.received) : null,
    share: ended > 0 ? done / ended : null,
    p50: weighted(withCalls.map((node) => [node.report.latencyMillis.p50, node.report.latencyMillis.calls])),
    p99: slowest ? slowest.report.latencyMillis.p99 : null,
    p99Node: slowest && withCalls.length > 1 ? slowest.id : null,
    losses: losses(fresh),
  };
}

function weighted(pairs) {
  let sum = 0;
  let weight = 0;
  for (const [value, calls] of pairs) {
    if (value === null || value === undefined) continue;
    sum += value * calls;
    weight += calls;
  }
  return weight > 0 ? sum / weight : null;
}

/** Losses of the last minute by reason, the most frequent first, with the nodes that had them. */
function losses(fresh) {
  const byReason = new Map();
  for (const node of fresh) {
    for (const { reason, lastMinute } of node.reasons) {
      if (!(lastMinute > 0)) continue;
      const entry = byReason.get(reason) ?? { reason, lastMinute: 0, nodes: [] };
      entry.lastMinute += lastMinute;
      entry.nodes.push(node.id);
      byReason.set(reason, entry);
    }
  }
  return [...byReason.values()].sort((a, b) => b.lastMinute - a.lastMinute || (a.reason < b.reason ? -1 : 1));
}

/** By name, not by rate: rows that change places every second cannot be read. */
function functions(nodes) {
  const byName = new Map();
  const entry = (name) => {
    if (!byName.has(name)) {
      byName.set(name, {
        name, kinds: new Set(), nodes: [], rate: null, calls: 0, errors: 0, coldStarts: 0, coldPlaces: [], p50s: [], p99: null, here: null,
      });
    }
    return byName.get(name);
  };
  for (const node of nodes.filter((one) => one.member)) {
    const reported = node.report?.functions ?? [];
    for (const one of reported) addReport(entry(one.name), node, one);
    for (const name of node.offers) {
      const known = entry(name);
      if (!known.nodes.some((place) => place.id === node.id)) {
        known.nodes.push({ id: node.id, usable: true, stale: true, replicas: null });
      }
    }
  }
  return [...byName.values()]
    .map((one) => ({ ...one, kind: [...one.kinds].sort().join(', '), p50: weighted(one.p50s) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function addReport(known, node, one) {
  if (one.kind) known.kinds.add(one.kind);
  known.nodes.push({ id: node.id, usable: one.usable !== false, stale: !node.fresh, replicas: one.replicas ?? null });
  if (node.self) known.here = one;
  if (!node.counted) return;
  known.rate = (known.rate ?? 0) + (one.rate ?? 0);
  known.calls += one.calls ?? 0;
  known.errors += one.errors ?? 0;
  if (one.coldStarts > 0) {
    known.coldStarts += one.coldStarts;
    known.coldPlaces.push({ id: node.id, count: one.coldStarts });
  }
  if (one.p50Millis !== null && one.p50Millis !== undefined) known.p50s.push([one.p50Millis, Math.max(one.rate ?? 0, 1e-6)]);
  if (one.p99Millis !== null && one.p99Millis !== undefined) known.p99 = Math.max(known.p99 ?? 0, one.p99Millis);
}
