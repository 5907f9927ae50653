// inpage.js and content.js together, as a page sees them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { ALICE, BOB, openTab, outcome, plain, SEPOLIA, settle } from './support/tab.mjs';

const state = (chainId = SEPOLIA, accounts = []) => ({ chainId, accounts });
/** A background that gives every request this result and, when asked, this state. */
const answering = (result, hello = state()) => (message) =>
  message.page === 'request' ? { outcome: { result }, ...(message.hello && { hello }) } : undefined;

/** A tab whose page has learned its state. */
async function openReadyTab(hello = state()) {
  const tab = openTab();
  tab.background.answerAll(answering(null, hello));
  await tab.ethereum.request({ method: 'eth_chainId' });
  tab.background.answerAll(null);
  tab.background.received.length = 0;
  return tab;
}

describe('request', () => {
  test('reaches the background as given and settles with its outcome', async () => {
    const check = async (args, sent, answer, expected) => {
      const tab = openTab();
      const ended = outcome(tab.ethereum.request(args));
      const [request] = tab.background.requests();
      const { page, method, params } = request.message;
      assert.deepEqual({ page, method, params }, { page: 'request', ...sent });
      request.reply(answer);
      assert.deepEqual(await ended, expected);
    };
    const call = { method: 'eth_call', params: [{ to: ALICE }, 'latest'] };
    await check(call, call, { outcome: { result: '0x' } }, { result: '0x' });
    const bare = { method: 'eth_chainId' };
    await check(bare, { ...bare, params: [] }, { outcome: { result: null } }, { result: null });
    const object = { method: 'wallet_x', params: { a: [1, 'ü', null, { b: true }] } };
    await check(object, object, { outcome: { result: { status: [] } } }, { result: { status: [] } });
    const reverted = { code: 3, message: 'execution reverted', data: '0x08c379a0' };
    await check(call, call, { outcome: { error: reverted } }, { error: reverted });
  });

  test('refuses what is not a request, without sending anything', async () => {
    const check = async (script, code, words) => {
      const tab = openTab();
      const { error } = await outcome(tab.run(`ethereum.request(${script})`));
      assert.equal(error?.code, code, script);
      assert.match(error.message, words, script);
      assert.equal(tab.background.received.length, 0);
    };
    const shape = /single, non-array, object/;
    await check('', -32600, shape);
    await check('null', -32600, shape);
    await check('"eth_accounts"', -32600, shape);
    await check('[{ method: "eth_accounts" }]', -32600, shape);
    await check('{ get method() { throw 1 } }', -32600, shape);
    const revoked = '(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()';
    await check(revoked, -32600, shape);
    await check('{}', -32600, /'method'/);
    await check('{ method: "" }', -32600, /'method'/);
    await check('{ method: 1 }', -32600, /'method'/);
    await check('{ method: "a", params: null }', -32600, /'params'/);
    await check('{ method: "a", params: "b" }', -32600, /'params'/);
    await check('{ method: "a", params: 1n }', -32600, /'params'/);
    await check('{ method: "a", params: [{ value: 1n }] }', -32602, /BigInt/);
    await check('(() => { const a = []; a[0] = a; return { method: "a", params: a }; })()', -32602, /refers to itself/);
    await check('{ method: "a", params: { get b() { throw new Error("no") } } }', -32602, /cannot be read/);
    await check('{ method: "a", params: new Proxy([], { get() { throw null } }) }', -32602, /cannot be read/);
    await check('{ method: "a", params: { toJSON() {} } }', -32602, /cannot be sent/);
    const deep = '(() => { let a = []; for (let i = 0; i < 1e6; i++) a = [a]; return { method: "a", params: a }; })()';
    await check(deep, -32602, /nested too deeply/);
    await check('{ method: "a", params: ["x".repeat(2 ** 20)] }', -32602, /too large/);
    await check('{ method: "x".repeat(2 ** 20) }', -32602, /too large/);
  });

  test('is an Error with an integer code', async () => {
    const tab = openTab();
    assert.ok(await tab.run('ethereum.request().catch((e) => e instanceof Error && Number.isInteger(e.code))'));
  });

  test('reads each property of the page once', async () => {
    const tab = openTab();
    tab.background.answerAll(answering(null));
    const script = `(async () => {
      const reads = [];
      const spy = (name, object) =>
        new Proxy(object, { get: (o, key) => (reads.push(name + '.' + String(key)), o[key]) });
      await ethereum.request(spy('args', { method: 'a', params: spy('params', { x: 1 }) }));
      return reads.filter((read) => !read.endsWith('toJSON')).join();
    })()`;
    assert.equal(await tab.run(script), 'args.method,args.params,params.x');
  });

  test('settles out of order, each once', async () => {
    const tab = openTab();
    const [one, two] = [1, 2].map((param) => outcome(tab.ethereum.request({ method: 'eth_call', params: [param] })));
    const [first, second] = tab.background.requests();
    second.reply({ outcome: { result: 'two' } });
    assert.deepEqual(await two, { result: 'two' });
    first.reply({ outcome: { result: 'one' } });
    assert.deepEqual(await one, { result: 'one' });
  });

  test('works for methods taken off the provider', async () => {
    const tab = openTab();
    tab.background.answerAll(answering('0x1'));
    const { request } = tab.ethereum;
    assert.equal(await request({ method: 'eth_blockNumber' }), '0x1');
  });
});

describe('state and events', () => {
  test('nothing is known, listened to or sent before the first request', () => {
    const tab = openTab();
    assert.deepEqual(
      [tab.ethereum.chainId, tab.ethereum.networkVersion, tab.ethereum.selectedAddress, tab.ethereum.isConnected()],
      [null, null, null, true],
    );
    assert.equal(tab.background.received.length, 0);
    assert.equal(tab.background.listeners.length, 0);
    assert.equal(tab.counts.listeners, 3, 'requestProvider, reply, request');
  });

  test('connect comes once, then only what is different', async () => {
    const tab = openTab();
    const log = tab.heard('connect', 'chainChanged', 'networkChanged', 'accountsChanged', 'disconnect');
    tab.background.answerAll(answering(null));
    await tab.ethereum.request({ method: 'eth_accounts' });
    assert.deepEqual(log.splice(0), [['connect', { chainId: SEPOLIA }]]);
    assert.deepEqual([tab.ethereum.chainId, tab.ethereum.networkVersion], [SEPOLIA, '11155111']);

    const { client } = tab.background.received[0].message;
    const check = (hello, expected) => {
      tab.background.push({ client, hello });
      assert.deepEqual(log.splice(0), expected);
    };
    check(state(), []);
    check(state(SEPOLIA, [ALICE]), [['accountsChanged', [ALICE]]]);
    assert.equal(tab.ethereum.selectedAddress, ALICE);
    check(state(SEPOLIA, [ALICE]), []);
    check(state(SEPOLIA, [BOB, ALICE]), [['accountsChanged', [BOB, ALICE]]]);
    check(state('0x1', [BOB, ALICE]), [['chainChanged', '0x1'], ['networkChanged', '1']]);
    check(state('0x1', []), [['accountsChanged', []]]);
    assert.equal(tab.ethereum.selectedAddress, null);
  });

  test('a permitted origin gets no accountsChanged when it first learns its accounts', async () => {
    const tab = openTab();
    const log = tab.heard('connect', 'accountsChanged');
    tab.background.answerAll(answering([ALICE], state(SEPOLIA, [ALICE])));
    await tab.ethereum.request({ method: 'eth_requestAccounts' });
    assert.deepEqual(log, [['connect', { chainId: SEPOLIA }]]);
  });

  test('a new state is known before the promise of the request that made it settles', async () => {
    const tab = await openReadyTab();
    const log = tab.heard('chainChanged');
    const switched = tab.ethereum.request({ method: 'wallet_switchEthereumChain', params: [{ chainId: '0x1' }] });
    const [{ message, reply }] = tab.background.received;
    assert.equal(message.hello, true);
    reply({ outcome: { result: null }, hello: state('0x1') });
    await switched.then(() => log.push('settled'));
    assert.deepEqual(log, [['chainChanged', '0x1'], 'settled']);
  });

  test('state of another document or sender is not taken', async () => {
    const tab = await openReadyTab();
    const log = tab.heard('chainChanged');
    const client = await ownClient(tab);
    tab.background.push({ client: 'other', hello: state('0x1') });
    tab.background.push({ client, hello: state('0x1') }, { id: 'another extension' });
    assert.deepEqual(log, []);
    tab.background.push({ client, hello: state('0x1') });
    assert.deepEqual(log, [['chainChanged', '0x1']]);
  });

  test('listeners: once, off, twice, all, and those that throw', async () => {
    const tab = await openReadyTab();
    const { ethereum } = tab;
    const client = await ownClient(tab);
    const log = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => () => log.push(name));
    let chain = 1;
    const emitted = () => {
      tab.background.push({ client, hello: state(`0x${(++chain).toString(16)}`) });
      return log.splice(0).join('');
    };
    assert.equal(ethereum.on('chainChanged', a).once('chainChanged', b).addListener('chainChanged', a), ethereum);
    assert.equal(emitted(), 'aba');
    assert.equal(emitted(), 'aa');
    ethereum.removeListener('chainChanged', a).off('chainChanged', c);
    assert.equal(emitted(), 'a');
    ethereum.on('chainChanged', () => {
      throw new Error('mine');
    });
    ethereum.on('chainChanged', c);
    assert.equal(emitted(), 'ac');
    assert.deepEqual(tab.reported.map(({ message }) => message), ['mine']);
    const late = () => ethereum.on('chainChanged', b);
    ethereum.removeAllListeners('chainChanged').on('chainChanged', late);
    assert.equal(emitted(), '', 'a listener added meanwhile is not called yet');
    assert.equal(emitted(), 'b');
    ethereum.removeAllListeners();
    assert.equal(emitted(), '');
    assert.throws(() => ethereum.on('connect', null), { code: -32602 });
    ethereum.on('__proto__', a).on('constructor', a);
    assert.equal(emitted(), '');
  });

  test('accountsChanged gives away a copy', async () => {
    const tab = await openReadyTab();
    tab.ethereum.on('accountsChanged', (accounts) => accounts.splice(0, 1, 'forged'));
    tab.background.push({ client: await ownClient(tab), hello: state(SEPOLIA, [ALICE]) });
    assert.equal(tab.ethereum.selectedAddress, ALICE);
  });
});

/** The name that content.js gave the document. */
async function ownClient(tab) {
  void tab.ethereum.request({ method: 'eth_blockNumber' });
  await settle();
  const { message } = tab.background.received.pop();
  return message.client;
}

describe('before EIP-1193', () => {
  test('send, sendAsync and enable', async () => {
    const tab = openTab();
    tab.background.answerAll((message) =>
      message.method === 'bad'
        ? { outcome: { error: { code: 4200, message: 'No.' } } }
        : { outcome: { result: [message.method, message.params] } },
    );
    const { ethereum } = tab;
    const sentAsync = (payload) =>
      new Promise((resolve) =>
        ethereum.sendAsync(payload, (error, response) => resolve(plain([error?.code ?? null, response]))),
      );
    const one = { jsonrpc: '2.0', result: ['m', [1]] };

    assert.deepEqual(plain(await ethereum.send('m', [1])), one);
    assert.deepEqual(plain(await ethereum.send('m')), { ...one, result: ['m', []] });
    assert.deepEqual(plain(await ethereum.send({ id: 7, method: 'm', params: [1] })), { id: 7, ...one });
    assert.equal((await outcome(ethereum.send('bad'))).error.code, 4200);
    assert.equal((await outcome(ethereum.send(''))).error.code, -32600);
    assert.equal((await outcome(ethereum.send())).error.code, -32600);
    const called = new Promise((resolve) =>
      ethereum.send({ id: 8, method: 'm', params: [1] }, (...args) => resolve(plain(args))),
    );
    assert.deepEqual(await called, [null, { id: 8, ...one }]);
    assert.deepEqual(await sentAsync({ id: 9, method: 'm', params: [1] }), [null, { id: 9, ...one }]);
    const [code, failed] = await sentAsync({ id: 10, method: 'bad' });
    assert.deepEqual([code, failed.id, failed.error.code], [4200, 10, 4200]);
    const batch = [{ id: 1, method: 'm', params: [1] }, null, { id: 2, method: 'm', params: [1] }];
    const [none, responses] = await sentAsync(batch);
    assert.deepEqual([none, responses[0], responses[2]], [null, { id: 1, ...one }, { id: 2, ...one }]);
    assert.equal(responses[1].error.code, -32600);
    assert.deepEqual(await sentAsync([]), [null, []]);
    ethereum.sendAsync(batch);
    assert.deepEqual(plain(await ethereum.send('m')), { ...one, result: ['m', []] }, 'nobody has to listen');
    assert.deepEqual(plain(await ethereum.enable()), ['eth_requestAccounts', []]);
  });

  test('a callback that throws is the page\'s own error', async () => {
    const tab = openTab();
    tab.background.answerAll(answering(1));
    tab.ethereum.sendAsync({ id: 1, method: 'm' }, () => {
      throw new Error('mine');
    });
    assert.equal(await tab.ethereum.request({ method: 'm' }), 1);
    assert.deepEqual(tab.reported.map(({ message }) => message), ['mine']);
  });
});

describe('announcement', () => {
  const collect = `
    const announced = [];
    addEventListener('eip6963:announceProvider', ({ detail }) => announced.push(detail));
  `;
  test('EIP-6963: once by itself, again on request, frozen, one uuid', () => {
    const tab = openTab({ before: collect });
    tab.run(`dispatchEvent(new Event('eip6963:requestProvider'))`);
    const [first, again] = tab.run('announced');
    assert.equal(first, again);
    assert.ok(Object.isFrozen(first) && Object.isFrozen(first.info));
    const { uuid, name, icon, rdns } = first.info;
    assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual([name, rdns], ['Candor', 'org.candor.wallet']);
    assert.match(icon, /^data:image\/svg\+xml,%3Csvg/);
    assert.equal(first.provider, tab.ethereum);
    assert.notEqual(openTab({ before: collect }).run('announced[0].info.uuid'), uuid);
  });

  test('window.ethereum is ours only if nobody else was there', () => {
    const check = (before, expected) => {
      const tab = openTab({ before: collect + before });
      const script = '(() => { try { return ethereum?.isCandor ?? String(ethereum); } catch { return "throws"; } })()';
      assert.equal(tab.run(script), expected, before);
      assert.equal(tab.run('announced.length'), 1, before);
    };
    check('', true);
    check('globalThis.ethereum = { toString: () => "theirs" }', 'theirs');
    check('Object.defineProperty(window, "ethereum", { value: { toString: () => "fixed" } })', 'fixed');
    check('Object.defineProperty(window, "ethereum", { value: undefined })', 'undefined');
    check('Object.defineProperty(window, "ethereum", { get: () => undefined })', 'undefined');
    check('Object.defineProperty(window, "ethereum", { get() { throw 1; } })', 'throws');
  });

  test('ethereum#initialized comes with ours, and another wallet may take its place', () => {
    const listen = `let told = 0; addEventListener('ethereum#initialized', () => told++);`;
    assert.equal(openTab({ before: listen }).run('told'), 1);
    assert.equal(openTab({ before: `${listen} globalThis.ethereum = {};` }).run('told'), 0);
    assert.equal(openTab().run('window.ethereum = 5; window.ethereum'), 5);
  });

  test('deleting members does not throw and does nothing; adding works; MetaMask is not claimed', () => {
    const tab = openTab();
    const script = `'use strict'; delete ethereum.request; ethereum.autoRefreshOnNetworkChange = false;
      [typeof ethereum.request, ethereum.autoRefreshOnNetworkChange, 'isMetaMask' in ethereum].join()`;
    assert.equal(tab.run(script), 'function,false,false');
  });

  test('documents that are not HTML get nothing', () => {
    const check = (contentType, there) =>
      assert.equal(openTab({ contentType, before: collect }).run('announced.length'), there ? 1 : 0, contentType);
    check('text/html', true);
    check('application/xhtml+xml', true);
    const others = ['application/xml', 'text/xml', 'image/svg+xml', 'application/pdf', 'text/plain'];
    for (const other of others) check(other, false);
  });
});

describe('hostile page', () => {
  test('prototypes and globals changed afterwards change nothing', async () => {
    const tab = openTab();
    tab.background.answerAll(answering({ a: [1] }, state(SEPOLIA, [ALICE])));
    tab.run(`
      const evil = () => { throw new Error('evil'); };
      JSON.parse = JSON.stringify = Reflect.apply = Array.isArray = Object.assign = Object.create = evil;
      for (const p of [Array.prototype, Function.prototype, String.prototype, Map.prototype])
        for (const k of Object.getOwnPropertyNames(p))
          if (k !== 'constructor') try { p[k] = evil; } catch {}
      Array.prototype[Symbol.iterator] = evil;
      Promise.prototype.then = evil;
      globalThis.CustomEvent = globalThis.dispatchEvent = globalThis.setTimeout = globalThis.Proxy = evil;
      globalThis.Promise = globalThis.Error = globalThis.BigInt = globalThis.reportError = evil;
    `);
    const promise = tab.ethereum.request({ method: 'm', params: [1] });
    const result = await new Promise((resolve, reject) => Promise.prototype.then.call(promise, resolve, reject));
    assert.deepEqual(plain(result), { a: [1] });
    assert.equal(tab.ethereum.selectedAddress, ALICE);
    const refused = tab.ethereum.request(1);
    const error = await new Promise((resolve, reject) => Promise.prototype.then.call(refused, reject, resolve));
    assert.equal(error.code, -32600);
  });

  test('forged events reach the background only as requests of this page, or not at all', async () => {
    const tab = await openReadyTab();
    const forge = (detail) => tab.forge('candor:request', { detail });
    for (const junk of [undefined, 1, {}, '', '{', 'null', '1', '[]']) forge(junk);
    for (const request of ['{"id":"1","method":"a"}', '{"id":1}', '{"id":1.5,"method":"a"}']) forge(request);
    forge(JSON.stringify({ id: 1, method: 'a', params: ['x'.repeat(2 ** 20 + 64)] }));
    await settle();
    assert.equal(tab.background.received.length, 0);

    const wanted = { client: 'forged', n: 1, hello: true, origin: 'https://bank.example', page: 'gone', sender: {} };
    forge(JSON.stringify({ id: 1, method: 'eth_call', params: [], ...wanted }));
    const { message } = tab.background.received.pop();
    assert.deepEqual(Object.keys(message), ['page', 'client', 'n', 'method', 'params', 'hello']);
    assert.equal(message.page, 'request');
    assert.match(message.client, /^[0-9a-f]{32}$/);
    assert.ok(message.n > 1);
    assert.equal(message.hello, false);
  });

  test('forged replies settle at most the page\'s own promise', async () => {
    const tab = await openReadyTab();
    const pending = tab.ethereum.request({ method: 'eth_call' });
    const { id } = JSON.parse(await new Promise((resolve) => {
      tab.events.addEventListener('candor:request', ({ detail }) => resolve(detail), { once: true });
      void tab.ethereum.request({ method: 'eth_call' });
    }));
    const detail = JSON.stringify({ id: id - 1, outcome: { result: 'forged' } });
    tab.events.dispatchEvent(new CustomEvent('candor:reply', { detail }));
    assert.equal(await pending, 'forged');
    tab.background.received[0].reply({ outcome: { result: 'real' } });
    await settle();
    assert.equal(await pending, 'forged', 'a promise settles once');
  });

  test('a flood waits in the page, not in the background', async () => {
    const tab = await openReadyTab();
    const numbers = Array.from({ length: 1000 }, (_, i) => i);
    const all = Promise.all(numbers.map((i) => tab.ethereum.request({ method: 'm', params: [i] })));
    await settle();
    assert.equal(tab.background.received.length, 256);
    tab.background.answerAll((message) => ({ outcome: { result: message.params[0] } }));
    for (const entry of [...tab.background.received]) entry.reply({ outcome: { result: entry.message.params[0] } });
    assert.deepEqual(plain(await all), numbers);
  });
});
