// Calls to nodes over WebSockets, and news of blocks: a fake socket outside.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';

import './support/modules.mjs';
import { holdTimers, installBrowser, quiet } from './support/browser.mjs';

const { Flights } = await import(new URL('../../extension/background/http.js', import.meta.url).href);

let browser;
let flights;
/** What came back of calls. */
let reported;

describe('a server at a WebSocket', () => {
  const URL = 'wss://node.example/ws';
  /** @type {FakeSocket[]} */
  let sockets;

  class FakeSocket {
    static OPEN = 1;
    readyState = 0;
    sent = [];
    closed = false;
    constructor(url) {
      if (url === 'wss://refused') throw new SyntaxError('No.');
      this.url = url;
      sockets.push(this);
    }
    send(text) {
      assert.equal(this.readyState, 1);
      this.sent.push(JSON.parse(text));
    }
    close() {
      this.closed = true;
    }
    opens() {
      this.readyState = 1;
      this.onopen();
    }
    says(message) {
      this.onmessage({ data: JSON.stringify(message) });
    }
  }

  beforeEach(() => {
    sockets = [];
    reported = [];
    browser = installBrowser();
    flights = new Flights((event) => reported.push(event));
    globalThis.WebSocket = /** @type {any} */ (FakeSocket);
  });
  // No timer of theirs is left.
  afterEach(() => sockets.forEach((socket) => socket.onclose?.({})));

  const call = (id) => ({ jsonrpc: '2.0', id, method: 'eth_blockNumber', params: [] });
  const flight = (id, more = {}) =>
    ({ do: 'http', flight: id, url: URL, body: JSON.stringify(call(id)), timeoutMs: 60_000, ...more });
  const follow = (tab, url = URL) => ({ do: 'follow', url, tab, frame: 0, body: `{"newBlock":${tab}}` });
  /** Runs these effects. */
  const act = async (...effects) => {
    for (const effect of effects) if (effect.do === 'http') flights.start(effect); else flights.follow(effect);
    await quiet();
  };
  const results = () => reported.map(({ http: { flight, result } }) => [flight, result]);
  const body = (message) => ({ body: { status: 200, text: JSON.stringify(message) } });
  const answer = (id) => ({ jsonrpc: '2.0', id, result: `0x${id}` });
  const block = (subscription) => ({ jsonrpc: '2.0', method: 'eth_subscription', params: { subscription, result: {} } });

  test('is connected to once, and its answers are matched by id', async () => {
    await act(flight(1), flight(2));
    assert.equal(sockets.length, 1);
    const [socket] = sockets;
    assert.deepEqual([socket.url, socket.sent], [URL, []]);
    socket.opens();
    await act(flight(3));
    assert.deepEqual(socket.sent, [call(1), call(2), call(3)]);
    const error = { jsonrpc: '2.0', id: 2, error: { code: -32000, message: 'no' } };
    for (const message of [answer(3), error, answer(99), block('0x1'), answer(1)]) socket.says(message);
    await quiet();
    assert.deepEqual(results(), [[3, body(answer(3))], [2, body(error)], [1, body(answer(1))]]);
    assert.deepEqual([sockets.length, socket.closed], [1, false]);
  });

  test('that fails fails its calls at once, and is connected to again for the next', async () => {
    const check = async (how, fail) => {
      reported.length = sockets.length = 0;
      await act(flight(1), flight(2));
      fail(sockets[0]);
      await quiet();
      assert.deepEqual(results(), [[1, 'failed'], [2, 'failed']], how);
      assert.ok(sockets[0].closed, how);
      await act(flight(3));
      assert.equal(sockets.length, 2, how);
      sockets[1].opens();
      sockets[1].says(answer(3));
      sockets[1].onclose({});
      await quiet();
      assert.deepEqual(results()[2], [3, body(answer(3))], how);
    };
    await check('refused', (socket) => socket.onerror({}));
    await check('closed', (socket) => (socket.opens(), socket.onclose({})));
    for (const data of ['hm', '[]', '5', 'null', '{"id":null,"error":{}}', new ArrayBuffer(4), ' '.repeat(2 ** 24 + 1)])
      await check('senseless', (socket) => (socket.opens(), socket.onmessage({ data })));
  });

  test('at an address that the browser refuses is failed', async () => {
    await act(flight(1, { url: 'wss://refused' }));
    assert.deepEqual(results(), [[1, 'failed']]);
  });

  test('late is failed; one that said nothing at all meanwhile is given up', async (t) => {
    const timers = holdTimers(t);
    await act(flight(1, { timeoutMs: 1000 }));
    timers.tick(1000);
    await quiet();
    assert.deepEqual([results(), sockets[0].closed], [[[1, 'failed']], true]);
    reported.length = 0;
    await act(flight(2, { timeoutMs: 1000 }), flight(3, { timeoutMs: 2000 }));
    sockets[1].opens();
    sockets[1].says(answer(99));
    timers.tick(1000);
    // What comes after that is nobody's.
    sockets[1].says(answer(2));
    sockets[1].says(answer(3));
    timers.tick(2000);
    await quiet();
    assert.deepEqual(results(), [[2, 'failed'], [3, body(answer(3))]]);
    assert.equal(sockets[1].closed, false);
  });

  test('is left after a while without calls', async (t) => {
    const timers = holdTimers(t);
    await act(flight(1));
    sockets[0].opens();
    timers.tick(20_000);
    assert.equal(sockets[0].closed, false, 'a call is under way');
    sockets[0].says(answer(1));
    timers.tick(20_000);
    assert.ok(sockets[0].closed);
  });

  test('is left with its instance', async () => {
    await act(flight(1), follow(3));
    flights.abort();
    await quiet();
    assert.deepEqual([sockets[0].closed, results()], [true, []]);
  });

  test('tells frames of its blocks, by one subscription, as long as they ask for it', async (t) => {
    const timers = holdTimers(t);
    let now = 0;
    t.mock.method(performance, 'now', () => now);
    const pushes = () => browser.log.splice(0).filter((entry) => entry.startsWith('push'));
    await act(follow(3), follow(4), follow(3));
    const [socket] = sockets;
    socket.opens();
    const subscribe = { jsonrpc: '2.0', id: 'heads', method: 'eth_subscribe', params: ['newHeads'] };
    assert.deepEqual(socket.sent, [subscribe]);
    socket.says(block('0x7'));
    socket.says({ jsonrpc: '2.0', id: 'heads', result: '0x7' });
    socket.says(block('0x8'));
    assert.deepEqual(pushes(), []);
    socket.says(block('0x7'));
    assert.deepEqual(pushes(), ['push 3/0 {"newBlock":3}', 'push 4/0 {"newBlock":4}']);
    now = 20_000;
    await act(follow(4));
    now = 31_000;
    socket.says(block('0x7'));
    assert.deepEqual(pushes(), ['push 4/0 {"newBlock":4}']);
    timers.tick(20_000);
    assert.equal(socket.closed, false);
    now = 60_000;
    socket.says(block('0x7'));
    assert.deepEqual([pushes(), socket.sent.at(-1).method, socket.sent.at(-1).params], [[], 'eth_unsubscribe', ['0x7']]);
    timers.tick(20_000);
    assert.ok(socket.closed);
  });

  test('that tells of ever more blocks is listened to once a second', async (t) => {
    const timers = holdTimers(t);
    let now = 0;
    t.mock.method(performance, 'now', () => now);
    await act(follow(3));
    const [socket] = sockets;
    socket.opens();
    socket.says({ jsonrpc: '2.0', id: 'heads', result: '0x7' });
    for (let n = 0; n < 100; n++) socket.says(block('0x7'));
    now = 999;
    socket.says(block('0x7'));
    const pushes = () => browser.log.filter((entry) => entry.startsWith('push')).length;
    assert.equal(pushes(), 1);
    now = 1_000;
    timers.tick(1_000);
    assert.equal(pushes(), 2, 'the last of them is not forgotten');
    timers.tick(1_000);
    assert.equal(pushes(), 2);
  });

  test('that refuses to tell of blocks is not asked again, nor kept open for it', async (t) => {
    const timers = holdTimers(t);
    await act(follow(3));
    const [socket] = sockets;
    socket.opens();
    socket.says({ jsonrpc: '2.0', id: 'heads', error: { code: -32601, message: 'no' } });
    await act(follow(3));
    assert.equal(socket.sent.length, 1);
    timers.tick(20_000);
    assert.ok(socket.closed);
  });

  test('that failed is not followed again at once', async (t) => {
    holdTimers(t);
    let now = 100_000;
    t.mock.method(performance, 'now', () => now);
    await act(follow(3));
    sockets[0].onclose({});
    await act(follow(3));
    assert.equal(sockets.length, 1);
    now += 30_000;
    await act(follow(3));
    assert.equal(sockets.length, 2);
  });
});
