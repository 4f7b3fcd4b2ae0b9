// The sentences that say what to do, and the one place where a screen reader is told what is new.

import { attr, byId, el, keyed, text } from './dom.js';
import { findings, LEVELS } from './findings.js';
import { clock, plural, wholeAge } from './format.js';

const SHOWN = 5;
const HOLD_MILLIS = 2500;

const firstSeen = new Map();
let told = null;
let pageVersion = null;
let all = false;

export function makeAdvice() {
  byId('more-findings').addEventListener('click', () => {
    all = !all;
    document.dispatchEvent(new Event('p2pfaas-render'));
  });
}

/** @returns the findings that are shown */
export function updateAdvice(view, now) {
  const found = view.stale ? [noNews(view)] : settled([...findings(view), ...oldPage(view)], now);
  const shown = found.length ? found : [wellBeing(view)];
  keyed(byId('findings'), all ? shown : shown.slice(0, SHOWN), (one) => one.key, makeItem, updateItem);
  const more = byId('more-findings');
  more.hidden = shown.length <= SHOWN;
  text(more, all ? 'Show fewer' : `${shown.length - SHOWN} more`);
  attr(more, 'aria-expanded', String(all));
  announce(found);
  return found;
}

/** What is to be looked at must last: a moment in which all slots are busy is no news. */
function settled(found, now) {
  const keys = new Set(found.map((one) => one.key));
  for (const key of firstSeen.keys()) {
    if (!keys.has(key)) firstSeen.delete(key);
  }
  return found.filter((one) => {
    if (!firstSeen.has(one.key)) firstSeen.set(one.key, now);
    return one.level !== 'look' || now - firstSeen.get(one.key) >= HOLD_MILLIS;
  });
}

/** The page came from the node as it was then. */
function oldPage({ node, nodes }) {
  const version = nodes.find((one) => one.self)?.version;
  pageVersion ??= version;
  return !version || version === pageVersion ? [] : [{
    level: 'note', key: 'reload', what: `${node} now has version ${version}.`, advice: `This page is of ${pageVersion}: reload it.`,
  }];
}

/** What else was wrong then may be right by now. */
function noNews({ node, sinceMillis }) {
  return {
    level: 'bad', key: 'no news', what: `No news from ${node} for ${wholeAge(sinceMillis)}.`,
    advice: 'It is gone, or this browser cannot reach it. Open the page of another node, and see whether this one runs.',
  };
}

function wellBeing({ totals }) {
  return { level: 'good', key: 'good', what: `Nothing to do: ${plural(totals.known, 'node')} ready, nothing lost in the last minute.`, advice: '' };
}

function makeItem() {
  return el('li', {}, el('span', { class: 'mark', 'aria-hidden': 'true' }), el('span', { class: 'spoken' }), el('b'), ' ', el('span', { class: 'do' }));
}

function updateItem(item, { level, what, advice }) {
  attr(item, 'data-level', level);
  text(item.children[0], LEVELS[level]?.mark ?? '●');
  text(item.children[1], LEVELS[level] ? `${LEVELS[level].words}: ` : '');
  text(item.children[2], what);
  text(item.children[3], advice);
}

/** Only what is new is announced, and not the seconds that go by in it. */
function announce(found) {
  const keys = new Map(found.map((one) => [one.key, one.what]));
  if (told !== null) {
    const fresh = [...keys].filter(([key]) => !told.has(key)).map(([, what]) => what);
    if (fresh.length) {
      text(byId('announce'), fresh.join(' '));
    } else if (told.size > 0 && keys.size === 0) {
      text(byId('announce'), `${clock(Date.now())}: nothing to do.`);
    }
  }
  told = keys;
}
