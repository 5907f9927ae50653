// Calls to nodes over WebSockets, one for each server that is shared by all of them, and news of blocks. A socket is
// opened when it is needed and never again by itself: what needed it fails, and the core asks somebody else.
import { push } from './push.js';

/** Bytes of an answer, whichever way it comes. */
export const LIMIT = 16 * 1024 * 1024;

/** How long a socket stays open with nothing to do, and a frame is told without asking again. */
const IDLE_MS = 20_000;
const FOLLOW_MS = 30_000;
/** How long a server that failed is not followed. */
const SHUN_MS = 30_000;
/** The shortest time between two words of new blocks, however many a server tells of. */
const TELL_MS = 1_000;

/** The id of the call that asks to be told of blocks; the core's are numbers. */
const HEADS = 'heads';

/** @typedef {(result: Host.HttpResult) => void} Done */

export class Sockets {
  /** @type {Map<string, Connection>} by address */
  #open = new Map();
  /** @type {Map<string, number>} when each failed last */
  #failed = new Map();

  /**
   * @param {string} url @param {number} id of the call in `body` @param {string} body @param {AbortSignal} signal
   * @returns {Promise<Host.HttpResult>}
   */
  ask(url, id, body, signal) {
    return new Promise((done) => {
      const connection = this.#to(url);
      if (connection) connection.ask(id, body, signal, done);
      else done('failed');
    });
  }

  /** @param {Host.Follow} effect */
  follow(effect) {
    if (performance.now() - (this.#failed.get(effect.url) ?? -SHUN_MS) < SHUN_MS) return;
    this.#to(effect.url)?.follow(effect);
  }

  /** Ends all of them. */
  close() {
    for (const connection of this.#open.values()) connection.end();
  }

  /** @param {string} url @returns {Connection | undefined} nothing where the browser refuses the address */
  #to(url) {
    const there = this.#open.get(url);
    if (there) return there;
    try {
      const connection = new Connection(url, (failed) => {
        this.#open.delete(url);
        if (failed) this.#failed.set(url, performance.now());
      });
      this.#open.set(url, connection);
      return connection;
    } catch {
      return undefined;
    }
  }
}

class Connection {
  #socket;
  #ended;
  /** @type {Map<number, Done>} calls without an answer */
  #waiting = new Map();
  /** @type {string[]} what is sent once it is open */
  #unsent = [];
  /** How many messages came. */
  #heard = 0;
  /** @type {Map<string, { effect: Host.Follow, at: number }>} whom to tell of blocks, by frame, and since when */
  #followers = new Map();
  /** The server was asked to tell of blocks. */
  #asked = false;
  /** @type {unknown} the server's name for that; nothing before it gave one */
  #subscription;
  /** The server tells of no blocks. */
  #refused = false;
  #toldAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #tellTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {string} url @param {(failed: boolean) => void} ended */
  constructor(url, ended) {
    this.#ended = ended;
    this.#socket = new WebSocket(url);
    this.#socket.onopen = () => {
      for (const text of this.#unsent.splice(0)) this.#socket.send(text);
    };
    this.#socket.onmessage = ({ data }) => this.#hear(data);
    this.#socket.onclose = this.#socket.onerror = () => this.end(true);
    this.#rest();
  }

  /** @param {number} id @param {string} body @param {AbortSignal} signal @param {Done} done */
  ask(id, body, signal, done) {
    const before = this.#heard;
    this.#waiting.set(id, done);
    signal.addEventListener('abort', () => {
      if (!this.#settle(id, 'failed')) return;
      // Not a word since: the way there is broken, and the browser may not notice for minutes.
      if (this.#heard === before) this.end(true);
    });
    this.#send(body);
  }

  /** @param {Host.Follow} effect */
  follow(effect) {
    if (this.#refused) return;
    this.#followers.set(`${effect.tab}/${effect.frame}`, { effect, at: performance.now() });
    if (!this.#asked) this.#send(call(HEADS, 'eth_subscribe', 'newHeads'));
    this.#asked = true;
  }

  /** Closes it; what waits fails at once. */
  end(failed = false) {
    clearTimeout(this.#timer);
    clearTimeout(this.#tellTimer);
    const { onclose } = this.#socket;
    if (!onclose) return;
    this.#socket.onclose = this.#socket.onerror = this.#socket.onmessage = this.#socket.onopen = null;
    this.#socket.close();
    this.#ended(failed);
    for (const id of [...this.#waiting.keys()]) this.#settle(id, 'failed');
  }

  /** @param {string} text */
  #send(text) {
    this.#rest();
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
    else this.#unsent.push(text);
  }

  /** @param {unknown} data a message of the server */
  #hear(data) {
    this.#heard += 1;
    const message = typeof data === 'string' && data.length <= LIMIT ? parse(data) : null;
    const { id, method, params, result } = message ?? {};
    if (method === 'eth_subscription') {
      if (this.#subscription !== undefined && params?.subscription === this.#subscription) this.#tellSoon();
    } else if (id === HEADS) this.#subscribed(result);
    // An answer to nobody: nothing that comes can be told apart any more. One that is late is known by its number.
    else if (typeof id !== 'number') this.end(true);
    else this.#settle(id, { body: { status: 200, text: /** @type {string} */ (data) } });
  }

  /** @param {unknown} subscription the server's name for it; nothing if it refused */
  #subscribed(subscription) {
    this.#subscription = subscription;
    this.#refused = typeof subscription !== 'string';
    if (this.#refused) this.#followers.clear();
  }

  /** There is a new block. */
  #tellSoon() {
    const wait = this.#toldAt + TELL_MS - performance.now();
    if (wait <= 0) this.#tell();
    else this.#tellTimer ??= setTimeout(() => this.#tell(), wait);
  }

  #tell() {
    clearTimeout(this.#tellTimer);
    this.#tellTimer = undefined;
    this.#toldAt = performance.now();
    this.#forget();
    for (const { effect } of this.#followers.values()) push(effect);
    if (this.#followers.size) return;
    this.#send(call(0, 'eth_unsubscribe', this.#subscription));
    this.#asked = false;
    this.#subscription = undefined;
  }

  /** Those who did not ask again are told no more. */
  #forget() {
    const now = performance.now();
    for (const [frame, { at }] of this.#followers) if (now - at > FOLLOW_MS) this.#followers.delete(frame);
  }

  /** @param {number} id @param {Host.HttpResult} result @returns {boolean} whether it still waited */
  #settle(id, result) {
    const done = this.#waiting.get(id);
    this.#waiting.delete(id);
    done?.(result);
    return done !== undefined;
  }

  /** Ends it after a while in which nobody needed it. */
  #rest() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#forget();
      if (this.#waiting.size || this.#followers.size) this.#rest();
      else this.end();
    }, IDLE_MS);
  }
}

/** @param {string | number} id @param {string} method @param {unknown} param */
function call(id, method, param) {
  return JSON.stringify({ jsonrpc: '2.0', id, method, params: [param] });
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
