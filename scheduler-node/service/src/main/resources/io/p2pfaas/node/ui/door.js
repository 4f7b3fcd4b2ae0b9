// How the page speaks to the node when it changes something: with the token, if there is one.

import { byId } from './dom.js';
import { statusWords } from './words.js';

/**
 * The token lives in its field only: it is not stored, and gone with the page. Nodes keep it from functions in this header
 * field, whether they know it or not; "user:password" has no such field, so calls of functions go without.
 */
function authorize(path, headers) {
  const secret = byId('token').value.trim();
  if (!secret) return;
  if (!secret.includes(':')) {
    headers.set('X-P2pfaas-Token', secret);
  } else if (!path.startsWith('/function/')) {
    headers.set('Authorization', `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(secret)))}`);
  }
}

/** No cookies and no password prompt of the browser: 401 is told on the page. */
export function send(path, { headers = {}, body, signal }) {
  const fields = new Headers(headers);
  authorize(path, fields);
  return fetch(path, {
    method: 'POST',
    headers: fields,
    body,
    signal,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'manual',
  });
}

/** What an answer that is no success says, in words: the node's own message if it has one. */
export function complaint(status, body) {
  const said = messageIn(body);
  const advice = status === 401 || status === 403 ? ' Put a token that may do this into the field under Actions.' : '';
  return `${statusWords(status)} (${status})${said ? `: ${said}` : ''}.${advice}`;
}

function messageIn(body) {
  try {
    const parsed = JSON.parse(body);
    return typeof parsed?.message === 'string' ? parsed.message.slice(0, 500) : '';
  } catch {
    // No JSON: the beginning of the text is the message.
    return body.trim().slice(0, 300);
  }
}
