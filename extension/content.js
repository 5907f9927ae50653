'use strict';
/*
 * Relays between the page (inpage.js) and the background; decides nothing and believes nothing that the page says.
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
  let heard = false;
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
    if (hello) heard = true;
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

  /** @param {number | null} id @param {string} method @param {unknown} params */
  const enqueue = (id, method, params) => {
    const n = ++counter;
    const hello = id === null || !heard || CHANGES_STATE.test(method);
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
    heard = false;
    enqueue(null, 'eth_chainId', []);
  };

  const begin = () => {
    chrome.runtime.onMessage.addListener((text, sender) => {
      if (typeof text !== 'string' || sender.id !== chrome.runtime.id) return;
      const push = JSON.parse(text);
      if (push.client !== client || !push.hello) return;
      heard = true;
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
    if (client) enqueue(request.id, request.method, request.params);
    else cancelled.push(request.id);
  });
}
