// How the page speaks to the node when it changes something: with the token, if there is one.

import { byId } from './dom.js';
import { statusWords } from './words.js';

/** The token lives in its field only: it is not stored, and gone with the page. "user:password" works as well. */
export function authorization() {
  const secret = byId('token').value.trim();
  if (!secret) return {};
  if (!secret.includes(':')) return { Authorization: `Bearer ${secret}` };
  const bytes = new TextEncoder().encode(secret);
  return { Authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}

/** No cookies and no password prompt of the browser: 401 is told on the page. */
export function send(path, { headers = {}, body, signal }) {
  return fetch(path, {
    method: 'POST',
    headers: { ...authorization(), ...headers },
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
  const advice = status === 401 || status === 403 ? ' Put the token of an administrator into its field.' : '';
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
