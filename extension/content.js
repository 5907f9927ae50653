'use strict';
/*
 * Relays between the page (inpage.js) and the background; decides nothing, believes nothing that the page says, and
 * answers by itself only what the background has just told this document. It keeps the document's subscriptions and
 * filters, which are nobody else's, and asks from time to time what is new of its subscriptions.
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

  /** The most subscriptions and filters of a document. Of filters, which pages forget, the longest unused makes room. */
  const MOST_SUBSCRIPTIONS = 32;
  const MOST_FILTERS = 256;
  /** Time between two questions for what is new; the longer one while nobody sees the page. */
  const POLL_MS = 4_000;
  const HIDDEN_POLL_MS = 60_000;
  /** The same where a server tells of blocks, for as long as it does; and the shortest one, however many come. */
  const TOLD_POLL_MS = 16_000;
  const LEAST_POLL_MS = 1_000;
  /** Events of a subscription or filter that may still be taken back. */
  const MOST_TOLD = 1_000;

  /**
   * @typedef {object} Entry
   * @property {number | null} id the page's name for it; null for what this script asks for itself
   * @property {number} n
   * @property {string} text the message, the same each time it is sent
   * @property {((outcome: Page.Outcome) => void) | undefined} done takes the outcome, if it is not for the page as it is
   * @property {number} tries
   * @property {number} sentAt
   */

  /**
   * @typedef {object} Watched a subscription or filter
   * @property {Page.Watch} watch how far it was told, as the background wants it back
   * @property {unknown} params as the page gave them
   * @property {any[]} told events that may still be taken back
   * @property {boolean} [asking]
   */

  /** @type {Map<string, Watched>} by the id that the page has */
  const subscriptions = new Map();
  /** @type {Map<string, Watched>} by the id that the page has, the one used last at the end */
  const filters = new Map();
  /** @type {Map<string, Map<string, Watched>>} by the methods that make them */
  const MAKES = new Map([
    ['eth_subscribe', subscriptions],
    ['eth_newFilter', filters],
    ['eth_newBlockFilter', filters],
    ['eth_newPendingTransactionFilter', filters],
  ]);
  /** The timer that counts, whether its question is under way, and when that was sent. */
  let timer = 0;
  let polling = false;
  let polledAt = 0;
  /** A server told of a block since. */
  let newBlock = false;

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
    performance.dispatchEvent(new CustomEvent('candor:reply', { detail: json }));
  };

  /** @param {number | null} id @param {number} code @param {string} message */
  const refuse = (id, code, message) => settle(id, { error: { code, message } });

  /** @param {number | null} id @param {Page.Outcome} outcome */
  const settle = (id, outcome) => {
    if (id !== null) tellPage(JSON.stringify({ id, outcome }));
  };

  const lose = () => {
    gone = true;
    open.clear();
    waiting.length = 0;
    subscriptions.clear();
    filters.clear();
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
    if (entry.id !== null && !entry.done) tellPage(`{"id":${entry.id},${/** @type {string} */ (answer).slice(1)}`);
    else if (hello) tellPage(JSON.stringify({ hello }));
    entry.done?.(outcome);
    return true;
  };

  /** @param {Entry} entry the first repetition is immediate, for the background is stopped as a matter of course */
  const pause = async (entry) => {
    entry.tries = performance.now() - entry.sentAt > STEADY_MS ? 1 : entry.tries + 1;
    if (entry.tries > TRIES) {
      open.delete(entry.n);
      const error = { code: 4900, message: 'Candor does not answer. Reload this page, or restart the browser.' };
      if (entry.done) entry.done({ error });
      else settle(entry.id, { error });
    } else if (entry.tries > 1) {
      const ms = Math.min(PAUSE_MS, 100 * 2 ** (entry.tries - 2));
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  };

  /** @param {Page.Hello} hello */
  const learn = (hello) => {
    state = hello;
    toldAt = performance.now();
    for (const list of [subscriptions, filters])
      for (const [name, { watch }] of list) if (watch.chain !== Number(hello.chainId)) list.delete(name);
  };

  /**
   * What this script can answer by itself; undefined where the background has to be asked.
   * @param {string} method @param {unknown} params
   */
  const known = (method, params) =>
    state && Array.isArray(params) && !params.length && performance.now() - toldAt < KNOWN_FOR_MS
      ? KNOWN.get(method)?.(state)
      : undefined;

  /** @param {number | null} id @param {string} method @param {unknown} params @param {Entry['done']} [done] */
  const enqueue = (id, method, params, done) => {
    const n = ++counter;
    const hello = id === null || !state || KNOWN.has(method) || CHANGES_STATE.test(method);
    let text;
    try {
      text = JSON.stringify({ request: { client, n, method, params, hello } });
    } catch {
      return refuse(id, -32602, "'params' cannot be sent: it is nested too deeply.");
    }
    post(id, n, text, done);
  };

  /** @param {number | null} id @param {number} n @param {string} text @param {Entry['done']} done */
  const post = (id, n, text, done) => {
    const entry = { id, n, text, done, tries: 0, sentAt: 0 };
    open.set(n, entry);
    waiting.push(entry);
    sendWaiting();
  };

  // Subscriptions and filters

  /** @param {number} id @param {string} method @param {unknown} params @param {Map<string, Watched>} list */
  const make = (id, method, params, list) =>
    enqueue(id, method, params, ({ error, result }) => {
      if (error) return settle(id, { error });
      if (list === subscriptions && list.size >= MOST_SUBSCRIPTIONS)
        return refuse(id, -32005, `This page has ${MOST_SUBSCRIPTIONS} subscriptions already. End one of them first.`);
      // A quantity without leading zeros, because some libraries turn it into a number and back.
      const name = '0x1' + randomId();
      list.set(name, { watch: /** @type {any} */ (result)[0].watch, params, told: [] });
      if (list.size > MOST_FILTERS) list.delete(/** @type {string} */ (list.keys().next().value));
      settle(id, { result: name });
      if (list === subscriptions && list.size === 1) pollLater();
    });

  /**
   * What the page asks about a subscription or filter that it has.
   * @param {number} id @param {string} method @param {unknown} params
   * @returns {boolean} whether it does, so that it is answered here
   */
  const askAbout = (id, method, params) => {
    const name = Array.isArray(params) ? params[0] : null;
    const list = method === 'eth_unsubscribe' ? subscriptions : filters;
    const watched = list.get(name);
    if (!watched) return false;
    switch (method) {
      case 'eth_unsubscribe':
      case 'eth_uninstallFilter':
        list.delete(name);
        settle(id, { result: true });
        return true;
      case 'eth_getFilterLogs':
        if (watched.watch.of === 'logs') enqueue(id, 'eth_getLogs', watched.params);
        return watched.watch.of === 'logs';
      case 'eth_getFilterChanges':
        list.delete(name);
        list.set(name, watched);
        changes(id, name, watched);
        return true;
    }
    return false;
  };

  /** @param {number} id @param {string} name @param {Watched} watched */
  const changes = (id, name, watched) => {
    // What is new goes to the question that is under way.
    if (watched.asking) return settle(id, { result: [] });
    watched.asking = true;
    ask(id, [watched], ({ error, result }) => {
      watched.asking = false;
      if (error) return settle(id, { error });
      const [told] = /** @type {Page.Told[]} */ (result);
      if (told) return settle(id, { result: hear(watched, told) });
      filters.delete(name);
      refuse(id, -32000, 'filter not found');
    });
  };

  /** @param {number | null} id @param {Watched[]} list @param {Entry['done']} done */
  const ask = (id, list, done) => {
    const watches = list.map(({ watch }) => watch);
    // With its name the document is told of new blocks.
    const poll = id === null && !document.hidden ? { client, watches } : { watches };
    post(id, ++counter, JSON.stringify({ poll }), done);
  };

  /** Events of blocks that were replaced come again, as `removed`. @param {Watched} watched @param {Page.Told} told */
  const hear = (watched, { watch, news, back }) => {
    const height = (/** @type {any} */ log) => Number(log.blockNumber);
    const stands = (/** @type {any} */ log) => back == null || height(log) <= back;
    const removed = watched.told.filter((log) => !stands(log)).map((log) => ({ ...log, removed: true }));
    watched.watch = watch;
    if (watch.of === 'logs')
      watched.told = [...watched.told.filter(stands), ...news]
        .filter((log) => height(log) >= watch.blocks[0][0])
        .slice(-MOST_TOLD);
    return [...removed, ...news];
  };

  const pollLater = (ms = POLL_MS) => {
    const own = ++timer;
    setTimeout(() => own === timer && poll(), document.hidden && ms ? HIDDEN_POLL_MS : ms);
  };

  /** A server told of a block, so there is something to ask for. */
  const hearOfBlock = () => {
    newBlock = true;
    if (!polling && !document.hidden) pollLater(Math.max(0, polledAt + LEAST_POLL_MS - performance.now()));
  };

  /** Asks what is new of all subscriptions at once: never twice at a time, and never without any. */
  const poll = () => {
    timer++;
    if (polling || !client || !subscriptions.size) return;
    polling = true;
    polledAt = performance.now();
    const told = newBlock;
    newBlock = false;
    const asked = [...subscriptions];
    ask(null, asked.map(([, watched]) => watched), ({ result }) => {
      polling = false;
      const news = /** @type {Page.Told[]} */ (result ?? []);
      // Before the page hears anything, it may make or end some.
      if (news.some((one) => one?.more)) pollLater(0);
      else if (newBlock && !document.hidden) hearOfBlock();
      else pollLater(told && result ? TOLD_POLL_MS : POLL_MS);
      asked.forEach(([name, watched], at) => {
        if (news[at]) deliver(name, watched, news[at]);
        else if (result) subscriptions.delete(name);
      });
    });
  };

  /** @param {string} subscription @param {Watched} watched @param {Page.Told} told */
  const deliver = (subscription, watched, told) => {
    for (const result of hear(watched, told))
      if (subscriptions.has(subscription)) tellPage(JSON.stringify({ message: { subscription, result } }));
  };

  /** Someone sees the page again. */
  const seen = () => {
    if (document.hidden || polling) return;
    const rest = polledAt + POLL_MS - performance.now();
    if (rest > 0) pollLater(rest);
    else poll();
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
      if (push.client !== client) return;
      if (push.newBlock) hearOfBlock();
      if (!push.hello) return;
      learn(push.hello);
      tellPage(JSON.stringify({ hello: push.hello }));
    });
    greet();
  };

  /** Each is there once, however often it is asked for: with each request, because document.open() takes them away. */
  const followPage = () => {
    addEventListener('pagehide', hidden);
    addEventListener('pageshow', shown);
    document.addEventListener('prerenderingchange', sendWaiting);
    document.addEventListener('visibilitychange', seen);
  };

  /** @param {Event} event one that the page made up says nothing */
  const hidden = ({ isTrusted }) => isTrusted && leave();
  /** @param {PageTransitionEvent} event */
  const shown = ({ isTrusted, persisted }) => isTrusted && persisted && comeBack();

  const leave = () => {
    if (gone || !client) return;
    const farewell = JSON.stringify({ gone: { client } });
    client = '';
    for (const { id } of open.values()) cancelled.push(id);
    open.clear();
    waiting.length = 0;
    polling = false;
    for (const watched of filters.values()) watched.asking = false;
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
    if (subscriptions.size) pollLater();
    for (const id of cancelled.splice(0)) refuse(id, 4900, 'The page was left before the answer came. Ask again.');
  };

  /** @param {number} id whether this script took it over and has not brought its outcome yet */
  const owes = (id) => {
    for (const entry of open.values()) if (entry.id === id) return true;
    return cancelled.includes(id);
  };

  /** @param {string} text whatever the page made of it; without a method it asks whether the request still waits */
  const parseRequest = (text) => {
    try {
      const { id, method, params } = text.length > LIMIT ? null : JSON.parse(text);
      return Number.isSafeInteger(id) && /^(string|undefined)$/.test(typeof method) ? { id, method, params } : null;
    } catch {
      return null;
    }
  };

  performance.addEventListener('candor:request', (event) => {
    const text = /** @type {CustomEvent} */ (event).detail;
    if (typeof text !== 'string') return;
    event.preventDefault();
    const request = parseRequest(text);
    if (!request) return;
    if (gone || orphaned()) return lose();
    const { id, method, params } = request;
    // Another script took it, and went with the extension that was here before this one.
    if (method === undefined) return owes(id) || tellPage(JSON.stringify({ id, gone: true }));
    if (!counter) begin();
    followPage();
    if (!client) return cancelled.push(id);
    const result = known(method, params);
    const list = MAKES.get(method);
    if (result !== undefined) settle(id, { result });
    else if (list) make(id, method, params, list);
    else if (!askAbout(id, method, params)) enqueue(id, method, params);
  });
}
