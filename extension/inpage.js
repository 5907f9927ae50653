'use strict';
/*
 * The wallet as a page sees it: EIP-1193, announced by EIP-6963. It runs among the page's scripts, so it holds no
 * secret and decides nothing: it queues requests and settles them with what content.js brings.
 *
 * It takes what it needs of the page's globals before the page can change them. Requests and replies are JSON in
 * events of `performance`, which the scripts of both worlds have, which no other site's frame can reach, and which
 * keeps its listeners when a page writes itself anew (document.open()). The page can send them too, and then fools
 * only itself.
 */
(() => {
  const { contentType } = document;
  if (contentType !== 'text/html' && contentType !== 'application/xhtml+xml') return;

  const LIMIT = 1 << 20;
  const LOST = 'Candor was updated or switched off. Reload this page.';

  const { apply } = Reflect;
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { assign, freeze } = Object;
  const { BigInt, CustomEvent, Error, Promise, Proxy } = window;
  const { addEventListener, dispatchEvent, performance, reportError, setTimeout } = window;
  const { get: detailOf } = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail') ?? {};

  /** @type {Page.Table<Page.Waiting>} */
  const pending = Object.create(null);
  /** @type {Page.Table<Page.Listener[]>} */
  const listeners = Object.create(null);
  // Begins anywhere, because Firefox may run this file again in a page where it already ran.
  let last = ((Math.random() * LIMIT) | 0) * LIMIT;
  let lost = false;
  let watching = false;
  /** @type {string | null} */
  let chainId = null;
  /** @type {string[]} */
  let accounts = [];

  const networkVersion = () => (chainId === null ? null : '' + BigInt(chainId));

  /** @type {Page.Failure} */
  const failure = (code, message, data) =>
    assign(new Error(message), data === undefined ? { code } : { code, data });

  /** @type {Page.Run} What the page's code throws is the page's. */
  const run = (code, value) => {
    try {
      apply(code, provider, [value]);
    } catch (error) {
      reportError(error);
    }
  };

  // Events

  /** @type {Page.Listen} */
  const listen = (event, heard, once) => {
    if (typeof heard !== 'function') throw failure(-32602, 'A listener must be a function.');
    const list = (listeners[event] ??= []);
    list[list.length] = { heard, once };
    return provider;
  };

  /** @type {Page.Forget} */
  const forget = (event, fits) => {
    const list = listeners[event] ?? [];
    let index = list.length - 1;
    while (index >= 0 && !fits(list[index])) index--;
    /** @type {Page.Listener[]} */
    const kept = (listeners[event] = []);
    for (let i = 0; i < list.length; i++) if (i !== index) kept[kept.length] = list[i];
    return provider;
  };

  /** @type {Page.Emit} */
  const emit = (event, value) => {
    const list = listeners[event] ?? [];
    for (let i = 0, count = list.length; i < count; i++) {
      const listener = list[i];
      if (listener.once) forget(event, (other) => other === listener);
      run(listener.heard, value);
    }
  };

  /** @type {Page.Learn} The first state is `connect`, not a change. */
  const learn = (now) => {
    const first = chainId === null;
    const otherChain = chainId !== now.chainId;
    const otherAccounts = stringify(accounts) !== stringify(now.accounts);
    chainId = now.chainId;
    accounts = now.accounts;
    if (first) return emit('connect', { chainId });
    if (otherChain) {
      emit('chainChanged', chainId);
      emit('networkChanged', networkVersion());
    }
    if (otherAccounts) emit('accountsChanged', parse(stringify(accounts)));
  };

  // Transport

  /** @type {Page.Settle} */
  const settle = (id, { error, result }) => {
    const waiting = pending[id];
    if (!waiting) return;
    delete pending[id];
    if (error) run(waiting.fail, failure(error.code, error.message, error.data));
    else run(waiting.done, result);
  };

  const lose = () => {
    if (lost) return;
    lost = true;
    chainId = null;
    accounts = [];
    for (const id in pending) settle(id, { error: { code: 4900, message: LOST } });
    emit('disconnect', failure(1011, LOST));
  };

  /** @type {Page.Tell} What a subscription brings: as EIP-1193 has it, then as it was before. */
  const tell = (params) => {
    const method = 'eth_subscription';
    emit('message', { type: method, data: params });
    emit('data', { jsonrpc: '2.0', method, params });
    emit('notification', params.result);
  };

  /** @type {Page.Deliver} content.js prevents the default; 2 s without that are the end. */
  const deliver = (text, tries) => {
    const event = new CustomEvent('candor:request', { detail: text, cancelable: true });
    if (!apply(dispatchEvent, performance, [event])) {
      if (!watching) setTimeout(watch, 1000);
      watching = true;
    } else if (!lost) {
      if (tries) setTimeout(deliver, 50, text, tries - 1);
      else lose();
    }
  };

  /**
   * Nobody is told when the extension goes: browsers take content.js its voice, or end it. So while something waits,
   * it is asked every second for the oldest of it, which only the script that took it knows.
   * @type {() => void}
   */
  const watch = () => {
    watching = false;
    for (const id in pending) return deliver('{"id":' + id + '}', 0);
  };

  performance.addEventListener('candor:reply', (event) => {
    /** @type {Page.FromContent} */
    const { id, hello, outcome, message, gone } = parse(apply(/** @type {Function} */ (detailOf), event, []));
    if (gone && (id === undefined || pending[id])) lose();
    if (hello && !lost) learn(hello);
    if (outcome) settle(/** @type {number} */ (id), outcome);
    if (message && !lost) tell(message);
  });

  // EIP-1193

  /** @type {Page.Json} Reads every property of the page's object once. */
  const json = (params) => {
    if (params === undefined) return '[]';
    let problem = 'it refers to itself, is nested too deeply or cannot be read.';
    let text;
    try {
      text = stringify(params, (_, value) => {
        if (typeof value === 'bigint') problem = 'it holds a BigInt. Write quantities as 0x text.';
        return value;
      });
    } catch {}
    if (text === undefined) throw failure(-32602, "'params' cannot be sent: " + problem);
    return text;
  };

  /** @type {Page.Read} */
  const read = (args) => {
    let method, params;
    try {
      if (typeof args === 'object' && !isArray(args)) ({ method, params } = args);
      else args = null;
    } catch {
      args = null;
    }
    if (!args) throw failure(-32600, 'Expected a single, non-array, object argument.');
    if (typeof method !== 'string' || !method) throw failure(-32600, "'method' must be a non-empty string.");
    if (params !== undefined && (typeof params !== 'object' || !params))
      throw failure(-32600, "'params' must be an object or array if provided.");
    return { method, params };
  };

  /** @type {Page.Ask} */
  const ask = (args, done, fail) => {
    let text;
    try {
      const { method, params } = read(args);
      text = ',"method":' + json(method) + ',"params":' + json(params) + '}';
      if (text.length > LIMIT) throw failure(-32602, 'Request too large: over 1 MiB.');
      if (lost) throw failure(4900, LOST);
    } catch (error) {
      return fail(error);
    }
    pending[++last] = { done, fail };
    deliver('{"id":' + last + text, 40);
  };

  /** @type {Page.Request} */
  const request = (args) => new Promise((done, fail) => ask(args, done, fail));

  // What there was before EIP-1193: JSON-RPC requests and responses

  /** @type {Page.Respond} */
  const respond = (payload, done) => {
    const { id, method, params } = payload ?? {};
    const response = { id, jsonrpc: '2.0' };
    ask(
      { method, params },
      (result) => done({ ...response, result }),
      (error) => done({ ...response, error }),
    );
  };

  /** @type {Page.SendAsync} */
  const sendAsync = (payload, done = () => {}) => {
    if (!isArray(payload)) return respond(payload, (response) => done(response.error ?? null, response));
    /** @type {unknown[]} */
    const responses = [];
    let open = payload.length;
    if (!open) done(null, responses);
    for (let i = 0; i < payload.length; i++)
      respond(payload[i], (response) => {
        responses[i] = response;
        if (!--open) done(null, responses);
      });
  };

  /** @type {Page.Send} */
  const send = (first, second) => {
    if (typeof second === 'function') return sendAsync(first, second);
    const payload = typeof first === 'string' ? { method: first, params: second } : first;
    return new Promise((done, fail) =>
      respond(payload, (response) => (response.error ? fail(response.error) : done(response))),
    );
  };

  /** @type {Page.On} */
  const on = (event, heard) => listen(event, heard, false);
  /** @type {Page.On} */
  const off = (event, heard) => forget(event, (listener) => listener.heard === heard);

  /** @type {Page.Provider} */
  const members = {
    isCandor: true,
    isConnected: () => !lost,
    get chainId() { return chainId; },
    get networkVersion() { return networkVersion(); },
    get selectedAddress() { return accounts[0] ?? null; },
    on,
    off,
    addListener: on,
    removeListener: off,
    once: (event, heard) => listen(event, heard, true),
    removeAllListeners: (event) => {
      for (const name in listeners) if (event === undefined || event === name) delete listeners[name];
      return provider;
    },
    request,
    enable: () => request({ method: 'eth_requestAccounts' }),
    send,
    sendAsync,
  };
  // Libraries try to delete members that they replace, and a failed deletion would throw at them.
  const provider = new Proxy(members, { deleteProperty: () => true });

  // EIP-6963

  // A name among the wallets of one page, and no secret: every page pays for what this takes.
  const random = (/** @type {string} */ pattern) => {
    let text = '';
    for (const digit of pattern) text += digit === 'x' ? ((Math.random() * 16) | 0).toString(16) : digit;
    return text;
  };
  const uuid = random('xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx');
  const icon =
    'data:image/svg+xml,' +
    encodeURIComponent(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#fbfaf7" d="M0 0h24v24H0z"/><path' +
        ' fill="none" stroke="#1d1b17" stroke-width="3" d="M15.32 6.25A7.5 7.5 0 1 0 14.25 18.5"/><circle cx="20.4"' +
        ' cy="18.2" r="2.3" fill="#1f4e8c"/></svg>',
    );
  const detail = freeze({ info: freeze({ uuid, name: 'Candor', icon, rdns: 'org.candor.wallet' }), provider });
  const announce = () => {
    apply(dispatchEvent, window, [new CustomEvent('eip6963:announceProvider', { detail })]);
  };
  const present = () => {
    apply(addEventListener, window, ['eip6963:requestProvider', announce]);
    announce();
  };
  present();
  // A page that writes itself anew takes the listeners off its window, and asks again who is there.
  new MutationObserver(present).observe(document, { childList: true });

  // Another wallet's window.ethereum stays, and another wallet may replace ours.
  try {
    const global = /** @type {any} */ (window);
    if (global.ethereum !== undefined) return;
    global.ethereum = provider;
    dispatchEvent(new CustomEvent('ethereum#initialized'));
  } catch {}
})();
