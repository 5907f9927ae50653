import http from 'node:http';

import { Context } from './context.mjs';
import { tampered } from './control.mjs';

/**
 * Runs in the background before its own code: says each thing that it is about to do, and does it when it is told to
 * go on. So the background can be stopped between any two of its acts, each time at the same one.
 * @param {number} port where somebody listens
 */
function reporting(port) {
  const { chrome, fetch } = /** @type {any} */ (globalThis);
  const pass = (/** @type {string} */ act) =>
    fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: act }).then(
      () => {},
      () => {},
    );
  /** @param {any} object @param {string} name @param {(...given: any[]) => string} act */
  const before = (object, name, act) => {
    const real = object[name].bind(object);
    object[name] = async (/** @type {any[]} */ ...given) => {
      await pass(act(...given));
      return real(...given);
    };
  };
  for (const area of ['local', 'session']) {
    before(chrome.storage[area], 'set', (items) => `store ${area} ${Object.keys(items)}`);
    before(chrome.storage[area], 'remove', (keys) => `remove ${area} ${keys}`);
  }
  before(chrome.windows, 'create', () => 'open the window');
  before(chrome.windows, 'update', () => 'bring the window to the front');
  before(chrome.windows, 'remove', () => 'close the window');
  before(chrome.tabs, 'sendMessage', () => 'tell a page its state');
  before(chrome.runtime, 'sendMessage', () => 'tell the wallet’s pages');

  let arrived = Promise.resolve();
  const listen = chrome.runtime.onMessage.addListener.bind(chrome.runtime.onMessage);
  chrome.runtime.onMessage.addListener = (/** @type {Function} */ hear) =>
    listen((/** @type {string} */ text, /** @type {any} */ sender, /** @type {Function} */ respond) => {
      // Some browsers change it later.
      const then = { ...sender, tab: sender.tab && { ...sender.tab } };
      const name = /"method":"(\w+)"/.exec(text)?.[1] ?? /^\{"(\w+)/.exec(text)?.[1];
      const answer = (/** @type {unknown} */ body) => void pass(`answer ${name}`).then(() => respond(body));
      arrived = arrived.then(() => pass(`hear ${name}`)).then(() => void hear(text, then, answer));
      return true;
    });

  globalThis.fetch = async (input, init) => {
    const name = /"method":"(\w+)"/.exec(String(init?.body ?? ''))?.[1];
    if (!name) return fetch(input, init);
    await pass(`ask the node ${name}`);
    const response = await fetch(input, init);
    await pass(`hear the node’s ${name}`);
    return response;
  };
}

/** Where the background reports what it is about to do, and is killed instead when that was planned. */
export class Checkpoints {
  /** @type {string[]} what it was about to do since `watch`, in order */
  passed = [];
  /** @type {string[]} where it was killed since `watch` */
  killed = [];
  /** @type {(number | string)[]} */
  #stops = [];
  #frozen = Promise.resolve();
  /** @type {unknown} why it could not be killed */
  #problem = null;
  /** @type {() => Promise<unknown>} */
  #kill = async () => {};
  #server = http.createServer(async (request, response) => {
    let act = '';
    for await (const chunk of request) act += chunk;
    this.#report(act);
    // Nothing goes on while it is being killed: what dies has done nothing since.
    await this.#frozen;
    response.writeHead(204, { 'access-control-allow-origin': '*' }).end();
  });

  /** @param {string} act */
  #report(act) {
    this.passed.push(act);
    if (![this.passed.length, act].includes(this.#stops[0] ?? '')) return;
    this.#stops.shift();
    this.killed.push(act);
    this.#frozen = this.#frozen.then(this.#kill).then(
      () => {},
      (error) => void (this.#problem = error),
    );
  }

  /**
   * Begins to count.
   * @param {(number | string)[]} stops instead of which acts it is killed, one after the other: by number, the first
   *   being 1, or by name
   */
  watch(stops) {
    this.passed = [];
    this.killed = [];
    this.#stops = [...stops];
  }

  /** Until what was killed is gone. Fails when it could not be killed. */
  async settled() {
    await this.#frozen;
    if (this.#problem) throw this.#problem;
  }

  /**
   * A browser whose background reports to checkpoints.
   * @param {import('./browser.mjs').BrowserName} browser @param {import('./context.mjs').Shared} shared
   */
  static async open(browser, shared) {
    const checkpoints = new Checkpoints();
    const server = checkpoints.#server;
    await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const { dist, remove } = await tampered(browser, reporting, port);
    const context = await Context.open(browser, shared, { dist });
    checkpoints.#kill = () => context.driver.killWorker();
    const stop = async () => {
      server.close();
      server.closeAllConnections();
    };
    context.endings.unshift(remove, stop);
    return Object.assign(context, { checkpoints });
  }
}
