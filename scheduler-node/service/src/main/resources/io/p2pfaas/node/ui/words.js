// What the node's short names mean, in words, and what helps.

/** Reasons why a call was not done: what happened, and what to do about it. */
const REASONS = {
  no_slot: ['no free slot', 'add slots or nodes, or give the nodes a queue'],
  queue_full: ['queue full', 'add slots or nodes, or let callers come slower'],
  no_taker: ['no node had room', 'add slots or nodes, or deploy the function on more of them'],
  too_many_calls: ['too many calls in flight', 'raise call.max-in-flight, or let callers come slower'],
  too_many_hops: ['handed on too often', 'look at the policies: calls go round'],
  link_down: ['broker away, and only peers have the function', 'bring the broker back, or deploy the function here'],
  draining: ['the node is leaving', 'wait, or point callers to another node'],
  deliberate: ['rejected on purpose', 'the caller or the policy asked for it'],
  unknown_function: ['no node has the function', 'deploy it, or correct its name at the caller'],
  peer_silent: ['a peer did not answer in time', 'look at the peer and its broker link'],
  peer_lost: ['its node died', 'start it again; name the function idempotent if it may run twice'],
  function_unreachable: ['function unreachable', 'look at its address, container or program'],
  function_broken: ['function broken', 'look at the log of the function'],
  answer_too_large: ['answer too large', 'raise http.max-body, or answer less'],
  node_stopped: ['node stopped', 'raise stop-grace if that is too short'],
  expired_queued: ['timed out in the queue', 'add slots or nodes, shorten the queue, or raise call.timeout'],
  expired_running: ['timed out while running', 'look why the function is slow, or raise call.timeout'],
  expired_away: ['timed out at a peer', 'look at the peer and the broker'],
  booking_lapsed: ['a slot was kept and the body did not come', 'look at the link between the nodes'],
  caller_left: ['the caller went away', 'look at the timeout of the caller'],
  rate_limited: ['above the limit of its caller', 'raise http.rate, or let the caller come slower'],
};

export const reasonWords = (reason) => REASONS[reason]?.[0] ?? String(reason).replaceAll('_', ' ');
export const reasonAdvice = (reason) => REASONS[reason]?.[1] ?? 'look at the log of the node';

/** Each state has a mark of its own: nothing here is told by colour alone. */
export const STATES = {
  online: { mark: '●', words: 'online' },
  draining: { mark: '◐', words: 'draining' },
  silent: { mark: '○', words: 'silent' },
  lost: { mark: '✕', words: 'lost' },
  left: { mark: '→', words: 'left' },
};

export const stateOf = (state) => STATES[state] ?? { mark: '?', words: String(state) };

/** What an HTTP status of the node means for someone who pressed a button. */
export function statusWords(status) {
  return {
    400: 'what was sent is not allowed',
    401: 'the node wants a token',
    403: 'not with this token, or not from this machine',
    404: 'the node does not know that',
    408: 'the request did not come in time',
    413: 'what was sent is too large',
    429: 'too many calls, above the limit',
    500: 'no room, or an error of the function',
    502: 'the function or its node failed',
    503: 'the node takes nothing now',
    504: 'time was up',
  }[status] ?? (status < 300 ? 'done' : status < 400 ? 'redirected' : 'refused');
}
