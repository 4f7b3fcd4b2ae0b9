// What the page may change on the node that serves it: policy, replicas, drain. Each asks first and says how it ended.

import { attr, byId, el, keyed, text } from './dom.js';
import { confirmed } from './confirm.js';
import { complaint, send } from './door.js';
import { clock, plural } from './format.js';
import { POLICIES } from './policies.js';

let view = null;

export function makeActions() {
  byId('policy-names').append(...POLICIES.map(([name]) => el('option', { value: name })));
  byId('policy-name').addEventListener('input', explainPolicy);
  byId('policy-name').addEventListener('change', suggestParameters);
  byId('token-form').addEventListener('submit', (event) => event.preventDefault());
  on('policy', changePolicy);
  on('scale', scale);
  on('drain', drain);
}

function on(name, act) {
  byId(`${name}-form`).addEventListener('submit', (event) => {
    event.preventDefault();
    if (view) act();
  });
}

export function updateActions(current) {
  view = current;
  const self = view.nodes.find((node) => node.self);
  text(byId('actions-node'), view.node);
  text(byId('token-hint'), view.changes === 'token'
    ? 'Needed for all that is below, and for calls if the node asks for it. It is kept in this field only, and goes with the page.'
    : 'Not needed from this machine. It is kept in this field only, and goes with the page.');
  text(byId('policy-now'), self?.report?.scheduler ? `now ${self.report.scheduler}` : '');
  const here = view.functions.filter((one) => one.here);
  keyed(byId('scale-function'), here, (one) => one.name, (one) => el('option', { value: one.name }), (option, one) => {
    text(option, one.here.replicas == null ? `${one.name}${one.here.kind ? ` (${one.here.kind})` : ''}` : `${one.name}, now ${one.here.replicas}`);
  });
  attr(byId('drain-form').querySelector('button'), 'disabled', self?.state === 'draining');
}

const policyNamed = (name) => POLICIES.find(([known]) => known === name.trim());

function explainPolicy() {
  const name = byId('policy-name').value;
  const known = policyNamed(name);
  text(byId('policy-hint'), known ? (known[2] ? `Parameters: ${known[2]}. What is left out has its default.` : 'It has no parameters.')
    : name ? 'None of the built-in ones; a plug-in of this name must be on the node.' : '');
}

function suggestParameters() {
  explainPolicy();
  const known = policyNamed(byId('policy-name').value);
  if (known) byId('policy-parameters').value = known[1];
}

async function changePolicy() {
  const name = byId('policy-name').value.trim();
  const parameters = byId('policy-parameters').value.split(',').map((one) => one.trim()).filter((one) => one !== '');
  const now = view.nodes.find((node) => node.self)?.report?.scheduler ?? 'what it has';
  const agreed = await confirmed({
    title: `Change the policy of ${view.node}?`,
    lines: [
      `From ${now} to ${name}(${parameters.join(', ')}).`,
      `It decides about new calls at ${view.node} from then on; calls that run go on. Other nodes keep theirs: a cluster should have one.`,
      'A node with a data folder keeps it over a restart.',
    ],
    yes: 'Change policy',
  });
  if (agreed) await perform('policy', '/configuration/scheduler', { name, parameters }, `${view.node} now decides with ${name}.`);
}

async function scale() {
  const name = byId('scale-function').value;
  const replicas = Number(byId('scale-replicas').value);
  const now = view.functions.find((one) => one.name === name)?.here?.replicas;
  const lines = [`${name} on ${view.node} goes ${now == null ? '' : `from ${now} `}to ${plural(replicas, 'replica')}. Other nodes keep theirs.`];
  if (replicas === 0) lines.push('Nothing of it runs then; the next call starts a replica and waits for it.');
  const agreed = await confirmed({ title: `Scale ${name}?`, lines, yes: `Scale to ${replicas}`, danger: replicas === 0 });
  if (agreed) {
    await perform('scale', `/system/scale-function/${encodeURIComponent(name)}`, { serviceName: name, replicas },
      `Accepted: ${name} goes to ${plural(replicas, 'replica')}.`);
  }
}

async function drain() {
  const agreed = await confirmed({
    title: `Drain ${view.node}?`,
    lines: [
      `${view.node} takes no new calls: its callers are told 503 and must go to another node, and peers no longer choose it.`,
      'What it has, it finishes. This page cannot take that back: to use the node again, start it again.',
    ],
    yes: `Drain ${view.node}`,
    danger: true,
  });
  if (agreed) await perform('drain', '/system/drain', undefined, `${view.node} is draining.`);
}

async function perform(name, path, document, success) {
  const result = byId(`${name}-result`);
  const button = byId(`${name}-form`).querySelector('button');
  attr(result, 'data-tone', null);
  text(result, '…');
  button.disabled = true;
  try {
    const answer = await send(path, document === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(document) });
    const body = await answer.text();
    attr(result, 'data-tone', answer.ok ? 'good' : 'bad');
    text(result, answer.ok ? `● ${clock(Date.now())} ${success}` : `▲ ${clock(Date.now())} Nothing changed: ${complaint(answer.status, body)}`);
    if (answer.status === 401 || answer.status === 403) byId('token').focus();
  } catch (fault) {
    attr(result, 'data-tone', 'bad');
    text(result, `▲ ${clock(Date.now())} No answer from ${view.node} (${fault.message}): look above whether it happened.`);
  } finally {
    button.disabled = false;
  }
}
