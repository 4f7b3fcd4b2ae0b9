// What is wrong, and what to do about it, in sentences. From a view to a list; the gravest first.

import { count, list, millis, percent, plural, wholeAge } from './format.js';
import { reasonAdvice, reasonWords } from './words.js';

/** Levels of findings, with the mark and the word that say them besides the colour. */
export const LEVELS = {
  bad: { mark: '▲', words: 'act', rank: 0 },
  look: { mark: '◆', words: 'look', rank: 1 },
  note: { mark: '■', words: 'note', rank: 2 },
};

const SLOW_BROKER_MILLIS = 100;
const SLOTS_THAT_MATTER = 2;

/** Findings: `key` stays the same while a finding lasts, `what` and `advice` may change. */
export function findings(view) {
  const found = [];
  const add = (level, key, what, advice) => found.push({ level, key, what, advice });
  brokerLink(view, add);
  membership(view, add);
  losses(view, add);
  capacity(view, add);
  knowledge(view, add);
  deployment(view, add);
  differences(view, add);
  return found.sort((a, b) => LEVELS[a.level].rank - LEVELS[b.level].rank);
}

const ids = (nodes) => nodes.map((node) => node.id);

function brokerLink({ link, node }, add) {
  if (!link.up) {
    add('bad', 'link', `Broker link of ${node} is down: calls run only here.`,
      `See that ${link.broker || 'the broker'} runs and can be reached from here.`);
  } else if (link.roundTripMillis > SLOW_BROKER_MILLIS) {
    add('look', 'slow-broker', `The broker takes ${millis(link.roundTripMillis)} to answer.`,
      'Forwarding costs that much twice. Above 250 ms BrokerMatch keeps calls here.');
  }
}

function membership({ nodes, link, root }, add) {
  for (const node of nodes) {
    if (node.state === 'left') {
      add('note', `left ${node.id}`, `${node.id} has left, as it was told to.`,
        'Nothing is to be done; it leaves this list within a minute.');
    } else if (node.state === 'lost') {
      add('bad', `lost ${node.id}`, `${node.id} is gone without saying goodbye.`,
        'Its calls go elsewhere. Start it again; if it stays away, it leaves this list within a minute.');
    } else if (node.state === 'silent' && link.up) {
      const since = node.sampleAge ?? node.reportAge;
      add('bad', `silent ${node.id}`, `${node.id} is silent${since === null ? '' : ` for ${wholeAge(since)}`}.`,
        'It gets no forwards meanwhile. See that its process runs, is not paused, and reaches the broker.');
    } else if (node.state === 'draining') {
      const left = node.sample ? node.sample.running + node.sample.queued : null;
      add('note', `draining ${node.id}`, `${node.id} is draining${left ? `: ${plural(left, 'call')} left` : ''}.`,
        'It takes no new calls, and may be stopped when none is left.');
    } else if (node.report === null) {
      add('look', `mute ${node.id}`, `${node.id} sends no report.`,
        `Its figures are missing here. Its version is ${node.version || 'not known'}: bring it to that of the others.`);
    } else if (node.report.ready === false) {
      add('bad', `unready ${node.id}`, `${node.id} is not ready.`, 'It is starting, or its /readyz and its log say why.');
    }
  }
  if (nodes.filter((node) => node.member).length === 1 && link.up) {
    add('note', 'alone', 'This node is alone.',
      `Others join by themselves when they have the same broker and the root "${root}".`);
  }
}

function losses({ totals }, add) {
  for (const { reason, lastMinute, nodes } of totals.losses) {
    const grave = reason !== 'deliberate' && reason !== 'caller_left';
    const where = nodes.length > 3 ? `${nodes.length} nodes` : list(nodes);
    add(grave ? 'bad' : 'note', `loss ${reason}`,
      `${plural(lastMinute, 'call')} lost in the last minute at ${where}: ${reasonWords(reason)}.`,
      `${sentence(reasonAdvice(reason))}`);
  }
}

function capacity({ nodes }, add) {
  const working = nodes.filter((node) => !node.sampleStale && node.state === 'online' && node.sample.slots > 0);
  const full = working.filter((node) => node.sample.running >= node.sample.slots);
  const waiting = working.reduce((sum, node) => sum + node.sample.queued, 0);
  if (working.length && full.length === working.length) {
    const slots = working.reduce((sum, node) => sum + node.sample.slots, 0);
    add('look', 'full', `All ${count(slots)} slots are busy and ${plural(waiting, 'call')} ${waiting === 1 ? 'waits' : 'wait'}.`,
      'More load than this will wait or be rejected: add slots or nodes.');
    return;
  }
  const idle = working.filter((node) => node.sample.running <= node.sample.slots / 2 && node.sample.slots >= SLOTS_THAT_MATTER);
  const jammed = full.filter((node) => node.sample.queued > 0);
  if (jammed.length && idle.length) {
    add('look', 'uneven', `Calls wait at ${list(ids(jammed))} while ${list(ids(idle))} ${idle.length === 1 ? 'has' : 'have'} free slots.`,
      `Policy there: ${list([...new Set(jammed.map((node) => node.report?.scheduler ?? 'not known'))])}. Another may share better.`);
  }
}

function knowledge({ nodes, staleMillis }, add) {
  const states = new Map(nodes.map((node) => [node.id, node.state]));
  const suspects = new Map();
  const deaf = [];
  for (const node of nodes) {
    if (!node.fresh) continue;
    const peers = (node.report.peers ?? []).filter((peer) => states.get(peer.id) === 'online');
    for (const peer of peers) {
      if (peer.suspect) suspects.set(peer.id, [...(suspects.get(peer.id) ?? []), node.id]);
    }
    const old = peers.filter((peer) => peer.sampleAgeMillis !== null && peer.sampleAgeMillis > 2 * staleMillis);
    if (old.length) deaf.push([node.id, old.map((peer) => peer.id)]);
    const missing = nodes.filter(
      (other) => other !== node && other.state === 'online' && !(node.report.peers ?? []).some((peer) => peer.id === other.id),
    );
    if (missing.length) {
      add('look', `blind ${node.id}`, `${node.id} does not know ${list(ids(missing))}.`,
        'See that it may read the presence topics at the broker (ACL), and that the root is the same.');
    }
  }
  for (const [peer, by] of suspects) {
    add('look', `suspect ${peer}`, `${peer} did not answer ${list(by)} in time.`,
      'It is passed over until it is heard again. Look at its load and its broker link.');
  }
  for (const [node, peers] of deaf) {
    add('look', `deaf ${node}`, `What ${node} knows of ${list(peers)} is old.`,
      'It decides on old figures. See that it may read the load topics at the broker (ACL), and that it is not overloaded.');
  }
}

function deployment({ functions, nodes }, add) {
  for (const one of functions) {
    const broken = one.nodes.filter((place) => !place.usable && !place.stale).map((place) => place.id);
    if (broken.length) {
      add('look', `unusable ${one.name}`, `${one.name} cannot be used on ${list(broken)}.`,
        'Calls go to other nodes that have it. Look at the container engine or the address of the function there.');
    }
    if (one.errors > 0 && one.calls > 20 && one.errors / one.calls > 0.05) {
      add('look', `errors ${one.name}`, `${one.name} fails in ${percent(one.errors / one.calls)} of its calls since the start.`,
        'Look at its log.');
    }
  }
  const fewest = nodes.filter((node) => node.state === 'online');
  if (fewest.length > 1 && functions.length === 0) {
    add('note', 'nothing', 'No function is deployed.', 'Deploy one with faas-cli, or --function when a node starts.');
  }
}

function differences({ nodes }, add) {
  const byKey = new Map();
  for (const node of nodes) {
    for (const { key, value, usual } of node.differences) {
      const entry = byKey.get(key) ?? { usual, others: [] };
      entry.others.push(`${node.id} has ${value ?? 'none'}`);
      byKey.set(key, entry);
    }
  }
  const version = byKey.get('version') ?? versionsOf(nodes);
  byKey.delete('version');
  if (version) {
    add('look', 'versions', `Versions differ: ${list(version.others)}, the others ${version.usual ?? 'none'}.`,
      'Bring all nodes to one version.');
  }
  const keys = [...byKey.keys()];
  if (keys.length === 1) {
    const { usual, others } = byKey.get(keys[0]);
    add('look', 'settings', `${keys[0]} differs: ${list(others)}, the others ${usual ?? 'none'}.`,
      'If that is not meant so, set it alike.');
  } else if (keys.length > 1) {
    add('look', 'settings', `Settings differ: ${list(keys)}.`, 'The node table says where. If that is not meant so, set them alike.');
  }
}

/** From the presences, for nodes that send no settings. */
function versionsOf(nodes) {
  const known = nodes.filter((node) => node.version && !node.gone);
  const usual = (known.find((node) => node.self) ?? known[0])?.version;
  const others = known.filter((node) => node.version !== usual);
  return others.length ? { usual, others: others.map((node) => `${node.id} has ${node.version}`) } : null;
}

const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
