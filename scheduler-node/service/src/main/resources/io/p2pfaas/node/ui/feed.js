// Where the boards come from: server-sent events, and asking every two seconds while those do not come.

const POLL_MILLIS = 2000;
const SILENCE_MILLIS = 5000;
const RETRY_MILLIS = 10000;

/** Hands each board to `onBoard`, and to `onWay` how they come now: "live", "polling", "asleep",
 * "waking" or "none". */
export class Feed {
  #onBoard;
  #onWay;
  #stream = null;
  #watch = null;
  #lastEvent = 0;
  #nextStream = 0;
  #asking = false;

  constructor(onBoard, onWay) {
    this.#onBoard = onBoard;
    this.#onWay = onWay;
  }

  /** A page that nobody sees has no stream: the node has nothing to do for it. */
  start() {
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#sleep() : this.#wake()));
    if (document.hidden) {
      this.#onWay('asleep');
    } else {
      this.#wake();
    }
  }

  #wake() {
    if (this.#watch !== null) return;
    this.#onWay('waking');
    this.#openStream();
    this.#ask();
    this.#watch = setInterval(() => this.#look(), POLL_MILLIS);
  }

  #sleep() {
    clearInterval(this.#watch);
    this.#watch = null;
    this.#closeStream();
    this.#onWay('asleep');
  }

  #openStream() {
    this.#lastEvent = performance.now();
    this.#nextStream = this.#lastEvent + RETRY_MILLIS;
    if (!('EventSource' in window)) return;
    const stream = new EventSource('/ui/events');
    this.#stream = stream;
    stream.addEventListener('board', (event) => {
      if (stream !== this.#stream) return;
      this.#lastEvent = performance.now();
      this.#take(event.data, 'live');
    });
    stream.addEventListener('error', () => {
      if (stream !== this.#stream) return;
      this.#closeStream();
      this.#ask();
    });
  }

  #closeStream() {
    this.#stream?.close();
    this.#stream = null;
  }

  #look() {
    const now = performance.now();
    if (this.#stream && now - this.#lastEvent > SILENCE_MILLIS) this.#closeStream();
    if (!this.#stream && now >= this.#nextStream) this.#openStream();
    if (!this.#stream || now - this.#lastEvent > POLL_MILLIS) this.#ask();
  }

  async #ask() {
    if (this.#asking) return;
    this.#asking = true;
    try {
      const answer = await fetch('/ui/board', {
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(SILENCE_MILLIS),
      });
      if (!answer.ok) throw new Error(`/ui/board answered ${answer.status}`);
      const body = await answer.text();
      if (this.#watch !== null) this.#take(body, this.#stream && this.#streamIsYoung() ? 'live' : 'polling');
    } catch {
      // Said on the page itself: the board gets older, and `onWay` says that nothing comes.
      if (this.#watch !== null) this.#onWay('none');
    } finally {
      this.#asking = false;
    }
  }

  #streamIsYoung() {
    return performance.now() - this.#lastEvent <= POLL_MILLIS;
  }

  #take(json, way) {
    let board;
    try {
      board = JSON.parse(json);
    } catch {
      this.#onWay('none');
      return;
    }
    this.#onWay(way);
    this.#onBoard(board);
  }
}
