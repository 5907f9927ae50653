'use strict';
/*
 * Relays between the page (inpage.js) and the background; decides nothing, believes nothing that the page says, and
 * answers by itself only what the background has just told this document.
 * Until the page's first request it is one event listener.
 *
 * A request stays open until its outcome comes. When the channel closes without one, the background was stopped, and
 * the very same message goes out again: the wallet core knows it by client and number and never acts on it twice.
 */
{
  /** Characters of one request, and of the name that inpage.js gives it. */
  const LIMIT = (1 << 20) + 64;
  /** Requests with the background at a time; the others wait here, in the page's own memory. */
  const ABROAD = 256;
  /** How long a channel must have lived for its end not to count as a failure. */
  const STEADY_MS = 5_000;
  /** Failures in a row until the page is told, and the longest pause between them. */
  const TRIES = 9;
  const PAUSE_MS = 5_000;

  /** For so long this script answers from what it was told last, lest a change that was not told be missed. */
  const KNOWN_FOR_MS = 5_000;

  /**
   * What a document knows of its own origin's state, whose changes it is told.
   * @type {Map<string, (state: Page.Hello) => unknown>}
   */
  const KNOWN = new Map(
    Object.entries({
      eth_chainId: ({ chainId }) => chainId,
      net_version: ({ chainId }) => `${BigInt(chainId)}`,
      eth_accounts: ({ accounts }) => accounts,
      eth_coinbase: ({ accounts }) => accounts[0] ?? null,
    }),
  );

  /** Methods after which the page should know its new state before it sees the result. */
  const CHANGES_STATE = /^(eth_requestAccounts$|wallet_)/;

  /**
   * @typedef {object} Entry
   * @property {number | null} id the page's name for it; null for what this script asks for itself
   * @property {number} n
   * @property {string} text the message, the same each time it is sent
   * @property {number} tries
   * @property {number} sentAt
   */

  /** @type {Map<number, Entry>} sent or waiting, by `n` */
  const open = new Map();
  /** @type {Entry[]} not sent yet */
  const waiting = [];
  /** @type {(number | null)[]} the page's names for what was waiting when the document was left */
  const cancelled = [];
  let abroad = 0;
  let counter = 0;
  /** Random name of this document; empty until its first request. */
  let client = '';
  /** @type {Page.Hello | null} the origin's state as it was told last, and when */
  let state = null;
  let toldAt = 0;
  let gone = false;

  const randomId = () =>
    // Not crypto.randomUUID(), which pages without TLS do not have.
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

  /** The extension was updated, switched off or removed under this page. */
  const orphaned = () => {
    try {
      return !chrome.runtime?.id;
    } catch {
      return true;
    }
  };

  /** @param {string} json what inpage.js is to know, as Page.FromContent */
  const tellPage = (json) => {
    dispatchEvent(new CustomEvent('candor:reply', { detail: json }));
  };

  /** @param {number | null} id @param {number} code @param {string} message */
  const refuse = (id, code, message) => {
    if (id !== null) tellPage(JSON.stringify({ id, outcome: { error: { code, message } } }));
  };

  const lose = () => {
    gone = true;
    open.clear();
    waiting.length = 0;
    tellPage('{"gone":true}');
  };

  const sendWaiting = () => {
    if (/** @type {any} */ (document).prerendering) return;
    while (abroad < ABROAD) {
      const entry = waiting.shift();
      if (!entry) return;
      abroad++;
      void transmit(entry);
    }
  };

  /** @param {Entry} entry sends it until its outcome comes, it is given up, or the document goes away */
  const transmit = async (entry) => {
    while (open.get(entry.n) === entry) {
      entry.sentAt = performance.now();
      /** @type {unknown} */
      let answer;
      try {
        answer = await chrome.runtime.sendMessage(entry.text);
      } catch {
        // The channel closed.
      }
      if (open.get(entry.n) !== entry) break;
      if (finish(entry, answer)) break;
      if (orphaned()) lose();
      else await pause(entry);
    }
    abroad--;
    sendWaiting();
  };

  /**
   * @param {Entry} entry
   * @param {unknown} answer JSON of a `ToRequest`; nothing when the channel closed
   * @returns {boolean} whether it holds the outcome
   */
  const finish = (entry, answer) => {
    const { hello, outcome } = typeof answer === 'string' ? JSON.parse(answer) : {};
    if (!outcome) return false;
    open.delete(entry.n);
    if (hello) learn(hello);
    // Node answers can be megabytes: the text goes on as it came.
    if (entry.id !== null) tellPage(`{"id":${entry.id},${/** @type {string} */ (answer).slice(1)}`);
    else if (hello) tellPage(JSON.stringify({ hello }));
    return true;
  };

  /** @param {Entry} entry the first repetition is immediate, for the background is stopped as a matter of course */
  const pause = async (entry) => {
    entry.tries = performance.now() - entry.sentAt > STEADY_MS ? 1 : entry.tries + 1;
    if (entry.tries > TRIES) {
      open.delete(entry.n);
      refuse(entry.id, 4900, 'Candor does not answer. Reload this page, or restart the browser.');
    } else if (entry.tries > 1) {
      const ms = Math.min(PAUSE_MS, 100 * 2 ** (entry.tries - 2));
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  };

  /** @param {Page.Hello} hello */
  const learn = (hello) => {
    state = hello;
    toldAt = performance.now();
  };

  /**
   * What this script can answer by itself; undefined where the background has to be asked.
   * @param {string} method @param {unknown} params
   */
  const known = (method, params) =>
    state && Array.isArray(params) && !params.length && performance.now() - toldAt < KNOWN_FOR_MS
      ? KNOWN.get(method)?.(state)
      : undefined;

  /** @param {number | null} id @param {string} method @param {unknown} params */
  const enqueue = (id, method, params) => {
    const n = ++counter;
    const hello = id === null || !state || KNOWN.has(method) || CHANGES_STATE.test(method);
    let text;
    try {
      text = JSON.stringify({ request: { client, n, method, params, hello } });
    } catch {
      return refuse(id, -32602, "'params' cannot be sent: it is nested too deeply.");
    }
    const entry = { id, n, text, tries: 0, sentAt: 0 };
    open.set(n, entry);
    waiting.push(entry);
    sendWaiting();
  };

  /** Learns the origin's state, and makes the background tell this document of changes. */
  const greet = () => {
    client = randomId();
    state = null;
    enqueue(null, 'eth_chainId', []);
  };

  const begin = () => {
    chrome.runtime.onMessage.addListener((text, sender) => {
      if (typeof text !== 'string' || sender.id !== chrome.runtime.id) return;
      const push = JSON.parse(text);
      if (push.client !== client || !push.hello) return;
      learn(push.hello);
      tellPage(JSON.stringify({ hello: push.hello }));
    });
    addEventListener('pagehide', leave);
    addEventListener('pageshow', (event) => event.persisted && comeBack());
    document.addEventListener('prerenderingchange', sendWaiting);
    greet();
  };

  const leave = () => {
    if (gone || !client) return;
    const farewell = JSON.stringify({ gone: { client } });
    client = '';
    for (const { id } of open.values()) cancelled.push(id);
    open.clear();
    waiting.length = 0;
    try {
      chrome.runtime.sendMessage(farewell).catch(() => {});
    } catch {
      // The extension is gone too.
    }
  };

  /** The document was kept and is shown again. */
  const comeBack = () => {
    if (gone || client) return;
    greet();
    for (const id of cancelled.splice(0)) refuse(id, 4900, 'The page was left before the answer came. Ask again.');
  };

  /** @param {string} text whatever the page made of it */
  const parseRequest = (text) => {
    try {
      const { id, method, params } = text.length > LIMIT ? null : JSON.parse(text);
      return Number.isSafeInteger(id) && typeof method === 'string' ? { id, method, params } : null;
    } catch {
      return null;
    }
  };

  addEventListener('candor:request', (event) => {
    const text = /** @type {CustomEvent} */ (event).detail;
    if (typeof text !== 'string') return;
    event.preventDefault();
    const request = parseRequest(text);
    if (!request) return;
    if (gone || orphaned()) return lose();
    if (!counter) begin();
    const { id, method, params } = request;
    if (!client) return cancelled.push(id);
    const result = known(method, params);
    if (result === undefined) enqueue(id, method, params);
    else tellPage(JSON.stringify({ id, outcome: { result } }));
  });
}
