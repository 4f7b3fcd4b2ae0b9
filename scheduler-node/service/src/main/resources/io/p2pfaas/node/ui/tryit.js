// The try-it pane: one call of one function, over HTTP or MQTT, and where its time went.

import { attr, byId, el, keyed, text } from './dom.js';
import { confirmed } from './confirm.js';
import { complaint, send } from './door.js';
import { bytes, millis } from './format.js';
import { makeParts, PARTS, partsLegend, updateParts } from './parts.js';
import { statusWords } from './words.js';

const SHOWN_CHARS = 64 * 1024;

let running = null;
let node = '';
const bar = makeParts();
const figures = el('dl', { class: 'figures' });

export function makeTryIt() {
  byId('try-parts').append(el('p', { class: 'legend parts-legend' }, ...partsLegend()), bar, figures);
  bar.classList.add('large');
  byId('try-form').addEventListener('submit', (event) => {
    event.preventDefault();
    call();
  });
  byId('try-cancel').addEventListener('click', () => running?.abort());
}

export function updateTryIt(view) {
  node = view.node;
  const names = view.functions.map((one) => one.name);
  keyed(byId('try-function'), names, (name) => name, (name) => el('option', { value: name }, name), () => {});
  attr(byId('try-send'), 'disabled', running !== null || names.length === 0);
  text(byId('try-hint'), names.length ? '' : 'There is no function to call.');
}

async function call() {
  if (running) return;
  const wanted = chosen();
  if (!wanted) return;
  const agreed = await confirmed({
    title: `Call ${wanted.name}?`,
    lines: [
      `${node} gets the call over ${wanted.over}, with ${bytes(new Blob([wanted.body]).size)} of body, and decides where it runs.`,
      'It is a real call: the function runs, and does what it does.',
    ],
    yes: 'Call it',
    kind: 'invoke',
  });
  if (agreed) await perform(wanted);
}

function chosen() {
  const name = byId('try-function').value;
  const mqtt = document.querySelector('input[name="way"]:checked').value === 'mqtt';
  const headers = new Headers();
  try {
    for (const line of byId('try-headers').value.split('\n').filter((one) => one.trim())) {
      const colon = line.indexOf(':');
      if (colon < 1) throw new TypeError('no colon');
      headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
    }
  } catch {
    // Said where the reader looks: beside the button.
    text(byId('try-hint'), 'Header fields are lines like "Content-Type: text/plain".');
    byId('try-headers').focus();
    return null;
  }
  const where = byId('try-where').value;
  if (where) headers.set(where, '1');
  text(byId('try-hint'), '');
  return {
    name,
    over: mqtt ? 'MQTT' : 'HTTP',
    path: `${mqtt ? '/ui/invoke/' : '/function/'}${encodeURIComponent(name)}`,
    headers,
    body: byId('try-body').value,
  };
}

async function perform(wanted) {
  running = new AbortController();
  byId('try-send').disabled = true;
  byId('try-cancel').hidden = false;
  byId('try-answer').hidden = false;
  attr(byId('try-answer'), 'data-tone', null);
  text(byId('try-status'), `${wanted.name} is called …`);
  const began = performance.now();
  try {
    const answer = await send(wanted.path, { headers: wanted.headers, body: wanted.body, signal: running.signal });
    const body = new Uint8Array(await answer.arrayBuffer());
    if (answer.type === 'opaqueredirect') throw new TypeError('a redirect, which browsers keep to themselves');
    show(answer, body, performance.now() - began);
  } catch (fault) {
    clear();
    attr(byId('try-answer'), 'data-tone', 'bad');
    const gaveUp = fault.name === 'AbortError';
    text(byId('try-status'), gaveUp ? 'Given up. The call may run on.' : `▲ No answer to show from ${node}: ${fault.message}.`);
  } finally {
    running = null;
    byId('try-send').disabled = false;
    byId('try-cancel').hidden = true;
  }
}

function clear() {
  byId('try-parts').hidden = true;
  text(byId('try-output'), '');
  byId('try-output').hidden = true;
  byId('try-fields').replaceChildren();
}

function show(answer, body, browserMillis) {
  clear();
  const good = answer.status < 400;
  attr(byId('try-answer'), 'data-tone', good ? 'good' : 'bad');
  const words = textOf(body);
  text(byId('try-status'), good
    ? `● ${answer.status} ${statusWords(answer.status)} in ${millis(browserMillis)}, ${bytes(body.length)}`
    : `▲ ${complaint(answer.status, words ?? '')}`);
  text(byId('try-output'), words === null ? `(${bytes(body.length)} that are no text)`
    : words.length > SHOWN_CHARS ? `${words.slice(0, SHOWN_CHARS)}\n… ${bytes(body.length)} in all` : words);
  byId('try-output').hidden = body.length === 0;
  byId('try-fields').replaceChildren(...[...answer.headers].map(([name, value]) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, value))));
  const timing = timingOf(answer.headers);
  byId('try-parts').hidden = timing === null;
  if (timing) showTiming(timing, browserMillis);
}

function textOf(body) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null; // shown as "no text"
  }
}

function showTiming(timing, browserMillis) {
  updateParts(bar, timing.parts, timing.total, timing.total);
  const entries = [
    ...PARTS.map(([name]) => [name, millis(timing.parts[name])]),
    ['node, in all', millis(timing.total)],
    ['browser, in all', millis(browserMillis)],
    ['path', timing.path.length ? timing.path.join(' → ') : node],
  ];
  figures.replaceChildren(...entries.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

/**
 * The parts of a call from its X-P2pfaas fields, in milliseconds; null if there are none. Lists name the origin first
 * and the node that ran it last. "Scheduling" is all that passed before the start or the last forward: waiting for a
 * slot and asking peers, so what was not spent on probes is the queue's.
 */
export function timingOf(headers) {
  const field = (name) => headers.get(`X-P2pfaas-${name}`);
  const totals = numbers(field('Timing-Total-Seconds-List'));
  if (!totals.length) return null;
  const scheduling = numbers(field('Timing-Scheduling-Seconds-List'));
  const probing = numbers(field('Timing-Probing-Seconds-List'));
  const total = totals[0];
  const there = totals.at(-1);
  const remote = totals.length > 1;
  const decided = (scheduling[0] ?? 0) + (remote ? (scheduling.at(-1) ?? 0) : 0);
  const asked = Math.min(decided, (probing[0] ?? 0) + (probing.length > 1 ? probing.at(-1) : 0));
  const own = numbers(field('Timing-Queue-Seconds-List'));
  const queue = own.length ? Math.min(decided, own.reduce((sum, one) => sum + one, 0)) : decided - asked;
  return {
    total,
    path: strings(field('Peers-List-Id')),
    parts: {
      decision: decided - queue,
      queue,
      forward: remote && there > 0 ? Math.max(0, total - (scheduling[0] ?? 0) - there) : 0,
      run: Number(field('Timing-Execution-Time-Seconds') ?? 0) * 1000,
    },
  };
}

function numbers(list) {
  const parsed = parse(list);
  return parsed.map(Number).filter(Number.isFinite).map((seconds) => seconds * 1000);
}

const strings = (list) => parse(list).map(String);

function parse(list) {
  try {
    const parsed = JSON.parse(list ?? '[]');
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return []; // a function may answer with fields of this name itself
  }
}
