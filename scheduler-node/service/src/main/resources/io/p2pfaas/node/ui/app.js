// The dashboard: takes boards, shows them, and says when they do not come.

import { makeActions, updateActions } from './actions.js';
import { makeAdvice, updateAdvice } from './advice.js';
import { makeCalls, updateEvents, updateSlow } from './calls.js';
import { Charts } from './charts.js';
import { attr, byId, text } from './dom.js';
import { Feed } from './feed.js';
import { clock, wholeAge } from './format.js';
import { updateFunctions } from './functions.js';
import { Histories } from './history.js';
import { makeMatrix, updateMatrix } from './matrix.js';
import { lateMillis, view } from './model.js';
import { updateNodes } from './nodes.js';
import { makeTheme } from './theme.js';
import { makeTryIt, updateTryIt } from './tryit.js';
import { makeVitals, updateVitals } from './vitals.js';

const TICK_MILLIS = 500;
/** Boards come once a second; only when they do not, ages are counted on here. */
const RENDER_MILLIS = 1400;
const WAYS = {
  live: ['●', 'live'],
  polling: ['◐', 'live, asked for every 2 s'],
  asleep: ['○', 'paused while nobody looks'],
  waking: ['○', 'catching up'],
  none: ['○', 'no answer'],
};

const histories = new Histories();
let board = null;
let boardAt = 0;
let arrivedAt = 0;
let renderedAt = 0;
let way = 'waking';
let charts = null;

function start() {
  makeTheme();
  makeVitals();
  makeAdvice();
  makeCalls();
  makeMatrix();
  makeTryIt();
  makeActions();
  charts = new Charts(histories);
  document.addEventListener('p2pfaas-render', render);
  setInterval(() => {
    if (!resting() && performance.now() - renderedAt >= RENDER_MILLIS) render();
  }, TICK_MILLIS);
  scrollByKeys();
  new Feed(onBoard, onWay).start();
}

/** A box is a stop of the tab key only while there is something to scroll in it. */
function scrollByKeys() {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const box = target.closest('.scroll');
      attr(box, 'tabindex', box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight ? 0 : null);
    }
  });
  for (const box of document.querySelectorAll('.scroll')) {
    observer.observe(box);
    observer.observe(box.firstElementChild);
  }
}

function onBoard(news) {
  const first = board === null;
  board = news;
  boardAt = Date.now();
  arrivedAt = performance.now();
  histories.take(news, arrivedAt);
  if (first) {
    for (const section of document.querySelectorAll('[data-live]')) section.hidden = false;
    for (const section of document.querySelectorAll('[data-first]')) section.hidden = true;
  }
  render();
}

/** What is old turns grey everywhere at once. */
function onWay(next) {
  way = next;
  const before = document.body.hasAttribute('data-stale');
  showWay();
  if (document.body.hasAttribute('data-stale') !== before) render();
}

/** A page that comes back into sight is old, and will not be in a moment: greyed, but no reason for an alarm. */
const resting = () => way === 'asleep' || way === 'waking';

/** The greater of both clocks: one stands still while the machine sleeps, the other may be set back. */
const since = () => Math.max(performance.now() - arrivedAt, Date.now() - boardAt);

function render() {
  renderedAt = performance.now();
  showWay();
  if (!board) return;
  try {
    show();
  } catch (fault) {
    // A page that stops half-way would show old figures as new ones.
    console.error(fault);
    document.body.setAttribute('data-stale', '');
    byId('old').hidden = false;
    text(byId('old'), `This page cannot show what ${board.node} sends (${fault.message}). Reload it: the node may have a new version.`);
  }
}

function show() {
  const current = { ...view(board, since()), boardAt };
  updateVitals(current);
  const found = updateAdvice(current, renderedAt);
  updateNodes(current);
  charts.update(current, renderedAt);
  updateMatrix(current);
  updateFunctions(current);
  updateSlow(current);
  updateEvents(current);
  updateTryIt(current);
  updateActions(current);
  text(byId('root'), current.root);
  text(byId('self'), current.node);
  const grave = found.filter((one) => one.level === 'bad').length;
  const title = `${grave ? `▲${grave} ` : ''}${current.totals.ready}/${current.totals.known} · ${current.node} · ${current.root}`;
  if (document.title !== title) document.title = title;
}

function showWay() {
  const stale = board !== null && since() > lateMillis(board);
  const shown = stale && !resting() ? 'none' : way;
  const [mark, words] = WAYS[shown];
  attr(byId('way'), 'data-way', shown);
  text(byId('way-mark'), mark);
  text(byId('way-words'), stale && shown === 'none' ? `no news for ${wholeAge(since())}` : words);
  attr(document.body, 'data-stale', stale);
  const old = byId('old');
  old.hidden = !stale || resting();
  if (stale) text(old, `${board.node} has not been heard since ${clock(boardAt)}, ${wholeAge(since())} ago. All below is how it was then.`);
}

start();
