// Subscriptions and filters: what content.js keeps of them, how often it asks, and what the page hears.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { openTab, outcome, plain, settle } from './support/tab.mjs';

const hello = { chainId: '0x1', accounts: [] };
const FIRST = 10;
const hash = (/** @type {number} */ number, fork = '') => `0x${fork}${number}`;
const head = (/** @type {number} */ number) => ({ number: `0x${number.toString(16)}`, hash: hash(number) });
const log = (/** @type {number} */ number, fork = '') => ({
  blockNumber: `0x${number.toString(16)}`,
  blockHash: hash(number, fork),
});
/** A watch that was told up to a block. */
const watch = (of = 'newHeads', number = FIRST, chain = 1) => ({ chain, of, blocks: [[FIRST, hash(FIRST)], [number, 'x']] });
const KINDS = { eth_newFilter: 'logs', eth_newBlockFilter: 'blocks', eth_newPendingTransactionFilter: 'newPendingTransactions' };

/** A tab whose page knows its state, and a background whose polls the test answers. */
async function open() {
  const tab = openTab();
  const { background, ethereum } = tab;
  background.answerAll(({ page, method, params, hello: wanted }) => {
    if (page !== 'request') return undefined;
    const of = method === 'eth_subscribe' ? params[0] : KINDS[method];
    const result = of ? [{ watch: watch(of), news: [] }] : method === 'eth_getLogs' ? params : hello.chainId;
    return { outcome: { result }, ...(wanted && { hello }) };
  });
  const request = (/** @type {string} */ method, /** @type {unknown[]} */ ...params) =>
    outcome(ethereum.request({ method, params }));
  const make = async (/** @type {string} */ method, /** @type {unknown[]} */ ...params) =>
    (await request(method, ...params)).result;
  await request('eth_chainId');
  const polls = () => background.received.filter(({ message }) => message.page === 'poll');
  /** Answers the newest poll. @param {unknown[]} told */
  const tell = async (...told) => {
    polls().at(-1)?.reply({ outcome: { result: told } });
    await settle();
  };
  return { ...tab, request, make, polls, tell, client: background.received[0].message.client };
}

describe('a subscription', () => {
  test('has an id before its first message, and brings it by three events', async () => {
    const { clock, heard, make, polls, tell } = await open();
    const events = heard('message', 'data', 'notification');
    const id = await make('eth_subscribe', 'newHeads');
    assert.match(id, /^0x1[0-9a-f]{32}$/);
    assert.deepEqual(events, []);
    await clock.advance(4_000);
    assert.deepEqual(polls().map(({ message }) => message.watches), [[watch()]]);
    await tell({ watch: watch('newHeads', 12), news: [head(11), head(12)] });
    const params = (/** @type {unknown} */ result) => ({ subscription: id, result });
    assert.deepEqual(
      events,
      [11, 12].flatMap((number) => [
        ['message', { type: 'eth_subscription', data: params(head(number)) }],
        ['data', { jsonrpc: '2.0', method: 'eth_subscription', params: params(head(number)) }],
        ['notification', head(number)],
      ]),
    );
    await clock.advance(4_000);
    assert.deepEqual(polls()[1].message.watches, [watch('newHeads', 12)]);
  });

  test('is asked about together with all others, again only when that was answered', async () => {
    const { clock, make, polls, tell } = await open();
    await make('eth_subscribe', 'newHeads');
    await clock.advance(3_000);
    await make('eth_subscribe', 'logs', {});
    await clock.advance(1_000);
    assert.deepEqual(polls().map(({ message }) => message.watches.map(({ of }) => of)), [['newHeads', 'logs']]);
    await clock.advance(60_000);
    assert.equal(polls().length, 1);
    await tell({ watch: watch(), news: [] }, { watch: watch('logs'), news: [] });
    await clock.advance(3_999);
    assert.equal(polls().length, 1);
    await clock.advance(1);
    assert.equal(polls().length, 2);
  });

  test('is asked about at once while there is more', async () => {
    const { clock, make, polls, tell } = await open();
    await make('eth_subscribe', 'newHeads');
    await clock.advance(4_000);
    await tell({ watch: watch(), news: [head(11)], more: true });
    await clock.advance(0);
    assert.equal(polls().length, 2);
  });

  test('loses nothing when the background ends: the very same poll goes out again', async () => {
    const { clock, heard, make, polls, tell } = await open();
    const events = heard('message');
    await make('eth_subscribe', 'newHeads');
    await clock.advance(4_000);
    const [first] = polls();
    first.close();
    await clock.advance(200);
    assert.equal(polls().at(-1)?.text, first.text);
    assert.equal(polls().length, 2);
    await tell({ watch: watch('newHeads', 11), news: [head(11)] });
    first.reply({ outcome: { result: [{ watch: watch('newHeads', 11), news: [head(11)] }] } });
    await settle();
    assert.equal(events.length, 1);
    // An error leaves it where it was.
    await clock.advance(4_000);
    polls().at(-1)?.reply({ outcome: { error: { code: 4900, message: 'No server.' } } });
    await clock.advance(4_000);
    assert.deepEqual(polls().at(-1)?.message.watches, [watch('newHeads', 11)]);
  });

  test('ends with eth_unsubscribe, from which moment nothing is told or asked', async () => {
    const { clock, heard, make, polls, request, tell } = await open();
    const events = heard('message');
    const id = await make('eth_subscribe', 'newHeads');
    await clock.advance(4_000);
    assert.deepEqual(await request('eth_unsubscribe', id), { result: true });
    await tell({ watch: watch(), news: [head(11)] });
    await clock.advance(60_000);
    assert.deepEqual([events, polls().length], [[], 1]);
    // What it does not have is the background's to answer.
    assert.deepEqual(await request('eth_unsubscribe', id), { result: '0x1' });
  });

  test('can be ended by whoever hears it, in the middle', async () => {
    const { clock, ethereum, heard, make, tell } = await open();
    const id = await make('eth_subscribe', 'newHeads');
    const events = heard('message');
    ethereum.once('message', () => void ethereum.request({ method: 'eth_unsubscribe', params: [id] }));
    await clock.advance(4_000);
    await tell({ watch: watch(), news: [head(11), head(12)] });
    assert.equal(events.length, 1);
  });

  test('ends when the network becomes another one', async () => {
    const check = async (/** @type {(tab: any) => unknown} */ change) => {
      const tab = await open();
      const events = tab.heard('message');
      await tab.make('eth_subscribe', 'newHeads');
      await tab.clock.advance(4_000);
      await change(tab);
      await tab.clock.advance(60_000);
      assert.deepEqual([events, tab.polls().length], [[], 1]);
    };
    await check(async ({ background, client, tell }) => {
      background.push({ client, hello: { chainId: '0xa', accounts: [] } });
      await tell({ watch: watch(), news: [head(11)] });
    });
    await check(({ tell }) => tell(null));
  });

  test('is one of at most 32', async () => {
    const { make, request } = await open();
    for (let n = 0; n < 32; n++) assert.match(await make('eth_subscribe', 'newHeads'), /^0x/);
    assert.equal((await request('eth_subscribe', 'newHeads')).error.code, -32005);
  });

  test('that is refused is none', async () => {
    const { background, clock, polls, request } = await open();
    const error = { code: -32602, message: 'No.' };
    background.answerAll(() => ({ outcome: { error } }));
    assert.deepEqual(await request('eth_subscribe', 'x'), { error });
    await clock.advance(60_000);
    assert.equal(polls().length, 0);
  });
});

describe('how often is asked', () => {
  test('once a minute while nobody sees the page, and when somebody does again', async () => {
    const { clock, make, polls, show, tell } = await open();
    await make('eth_subscribe', 'newHeads');
    await clock.advance(4_000);
    show(false);
    await tell({ watch: watch(), news: [] });
    await clock.advance(59_999);
    assert.equal(polls().length, 1);
    await clock.advance(1);
    assert.equal(polls().length, 2);
    await tell({ watch: watch(), news: [] });
    await clock.advance(10_000);
    show(true);
    assert.equal(polls().length, 3);
    await tell({ watch: watch(), news: [] });
    await clock.advance(4_000);
    assert.equal(polls().length, 4);
    await clock.advance(120_000);
    assert.equal(polls().length, 4, 'the timer of before is void');
  });

  test('an answer that came while nobody saw the page does not put off the next question', async () => {
    const { clock, make, polls, show, tell } = await open();
    await make('eth_subscribe', 'newHeads');
    await clock.advance(4_000);
    show(false);
    await tell({ watch: watch(), news: [] });
    await clock.advance(1_000);
    show(true);
    await clock.advance(2_999);
    assert.equal(polls().length, 1);
    await clock.advance(1);
    assert.equal(polls().length, 2);
  });

  test('a page cannot hurry it', async () => {
    const { clock, fire, make, polls, request, show, tell } = await open();
    await make('eth_subscribe', 'newHeads');
    await clock.advance(4_000);
    await tell({ watch: watch(), news: [] });
    for (let n = 0; n < 100; n++) {
      show(true);
      fire('pagehide', { persisted: true });
      fire('pageshow', { persisted: true });
      await request('eth_unsubscribe', await make('eth_subscribe', 'newHeads'));
      await clock.advance(30);
    }
    assert.equal(polls().length, 1);
  });

  test('never without subscriptions, nor while the page is kept for going back', async () => {
    const { clock, fire, heard, make, polls, tell } = await open();
    await make('eth_newBlockFilter');
    await clock.advance(600_000);
    assert.equal(polls().length, 0);
    const events = heard('message');
    await make('eth_subscribe', 'newHeads');
    await clock.advance(4_000);
    fire('pagehide', { persisted: true });
    await clock.advance(600_000);
    assert.equal(polls().length, 1);
    fire('pageshow', { persisted: true });
    await clock.advance(4_000);
    assert.deepEqual(polls().at(-1)?.message.watches, [watch()], 'it goes on where it was');
    await tell({ watch: watch('newHeads', 11), news: [head(11)] });
    assert.equal(events.length, 1);
  });

  test('an extension that is gone ends it, and says so', async () => {
    const { background, clock, heard, make, polls } = await open();
    const events = heard('disconnect');
    await make('eth_subscribe', 'newHeads');
    background.die();
    await clock.advance(600_000);
    assert.deepEqual([events.length, polls().length], [1, 0]);
  });
});

describe('news of a block that came by itself', () => {
  /** A subscription whose first poll was answered. */
  const told = async () => {
    const tab = await open();
    await tab.make('eth_subscribe', 'newHeads');
    await tab.clock.advance(4_000);
    await tab.tell({ watch: watch(), news: [] });
    const { background, client, clock, polls, tell } = tab;
    return {
      ...tab,
      block: () => background.push({ client, newBlock: true }),
      /** How long after now the next poll goes out, which is then answered. */
      async next(limit = 70_000) {
        const before = polls().length;
        const start = clock.now();
        while (polls().length === before && clock.now() - start < limit) await clock.advance(500);
        await tell({ watch: watch(), news: [] });
        return clock.now() - start;
      },
    };
  };

  test('has it asked for at once, and makes the next question wait longer, once', async () => {
    const { block, clock, next, polls } = await told();
    await clock.advance(2_000);
    block();
    await clock.advance(0);
    assert.equal(polls().length, 2);
    await next(0);
    assert.equal(await next(), 16_000);
    assert.equal(await next(), 4_000, 'no more news: the server may be gone');
    block();
    await next(1_000);
    assert.equal(await next(), 16_000);
  });

  test('is wanted by a document that somebody sees, for its subscriptions only', async () => {
    const { client, clock, make, polls, request, show, tell } = await told();
    assert.equal(polls()[0].message.client, client);
    show(false);
    await clock.advance(4_000);
    assert.equal(polls()[1].message.client, undefined);
    await tell({ watch: watch(), news: [] });
    void request('eth_getFilterChanges', await make('eth_newBlockFilter'));
    await settle();
    assert.equal(polls().at(-1)?.message.client, undefined);
  });

  test('asks once a second at most, however many blocks there are', async () => {
    const { block, clock, polls, tell } = await told();
    const start = polls().length;
    for (let n = 0; n < 40; n++) {
      block();
      await clock.advance(250);
      await tell({ watch: watch(), news: [] });
    }
    assert.equal(polls().length - start, 10);
  });

  test('that comes while a question is under way has it asked again', async () => {
    const { block, clock, polls, tell } = await told();
    await clock.advance(1_000);
    block();
    await clock.advance(0);
    block();
    block();
    await clock.advance(10_000);
    assert.equal(polls().length, 2);
    await tell({ watch: watch(), news: [] });
    await clock.advance(0);
    assert.equal(polls().length, 3);
  });

  test('changes nothing for another document, a hidden one, and one without subscriptions', async () => {
    const { background, block, clock, next, polls, show, tell } = await told();
    background.push({ client: 'another', newBlock: true });
    assert.equal(await next(), 4_000);
    // Hidden in the middle of a question during which there was a block.
    block();
    await clock.advance(1_000);
    block();
    show(false);
    block();
    await tell({ watch: watch(), news: [] });
    assert.equal(await next(), 60_000);
    const none = await open();
    none.background.push({ client: none.client, newBlock: true });
    await none.clock.advance(600_000);
    assert.equal(none.polls().length, 0);
  });
});

describe('events of blocks that were replaced', () => {
  test('come again as removed, once, and only those that were told', async () => {
    const { clock, heard, make, tell } = await open();
    await make('eth_subscribe', 'logs', {});
    const events = heard('notification');
    const round = async (/** @type {unknown} */ told) => {
      await clock.advance(4_000);
      await tell(told);
      return events.splice(0).map(([, value]) => value);
    };
    assert.equal((await round({ watch: watch('logs', 12), news: [log(11), log(12)] })).length, 2);
    assert.deepEqual(await round({ watch: watch('logs', 13), news: [log(12, 'f'), log(13)], back: 11 }), [
      { ...log(12), removed: true },
      log(12, 'f'),
      log(13),
    ]);
    assert.deepEqual(await round({ watch: watch('logs', 11), news: [], back: 11 }), [
      { ...log(12, 'f'), removed: true },
      { ...log(13), removed: true },
    ]);
    assert.deepEqual(await round({ watch: watch('logs', 10), news: [], back: null }), []);
    assert.deepEqual(await round({ watch: watch('logs', 10), news: [], back: 10 }), [{ ...log(11), removed: true }]);
  });
});

describe('a filter', () => {
  test('tells what is new when it is asked', async () => {
    const check = async (/** @type {string} */ method, /** @type {unknown[]} */ params, /** @type {unknown[]} */ news) => {
      const { make, polls, request, tell } = await open();
      const id = await make(method, ...params);
      const changes = request('eth_getFilterChanges', id);
      const joined = request('eth_getFilterChanges', id);
      await settle();
      assert.equal(polls().length, 1, method);
      await tell({ watch: watch(KINDS[method], 12), news });
      assert.deepEqual([await changes, await joined], [{ result: news }, { result: [] }], method);
      const later = request('eth_getFilterChanges', id);
      await settle();
      assert.deepEqual(polls()[1].message.watches, [watch(KINDS[method], 12)], method);
      await tell({ watch: watch(KINDS[method], 12), news: [] });
      assert.deepEqual(await later, { result: [] }, method);
      assert.deepEqual(await request('eth_uninstallFilter', id), { result: true }, method);
      assert.deepEqual(await request('eth_uninstallFilter', id), { result: '0x1' }, 'now the background answers');
    };
    await check('eth_newFilter', [{}], [log(11)]);
    await check('eth_newBlockFilter', [], [hash(11)]);
    await check('eth_newPendingTransactionFilter', [], ['0xab']);
  });

  test('gives all its events as eth_getLogs does', async () => {
    const { background, make, request } = await open();
    const filter = { fromBlock: '0x0', address: '0xa' };
    const id = await make('eth_newFilter', filter);
    assert.deepEqual(await request('eth_getFilterLogs', id), { result: [filter] });
    assert.equal(background.requests().at(-1)?.message.method, 'eth_getLogs');
    // A filter of blocks has none, as the background says.
    await request('eth_getFilterLogs', await make('eth_newBlockFilter'));
    assert.equal(background.requests().at(-1)?.message.method, 'eth_getFilterLogs');
  });

  test('that failed is where it was', async () => {
    const { make, polls, request } = await open();
    const id = await make('eth_newFilter', {});
    const error = { code: 4900, message: 'No server.' };
    const failed = request('eth_getFilterChanges', id);
    await settle();
    polls()[0].reply({ outcome: { error } });
    assert.deepEqual(await failed, { error });
    void request('eth_getFilterChanges', id);
    await settle();
    assert.deepEqual(polls()[1].message.watches, [watch('logs')]);
  });

  test('of another network is none', async () => {
    const { make, request, polls, tell } = await open();
    const id = await make('eth_newFilter', {});
    const changes = request('eth_getFilterChanges', id);
    await settle();
    await tell(null);
    assert.deepEqual(await changes, { error: { code: -32000, message: 'filter not found' } });
    await request('eth_getFilterChanges', id);
    assert.equal(polls().length, 1);
  });

  test('can be asked again after the page was left with a question open', async () => {
    const { fire, make, request, polls, tell } = await open();
    const id = await make('eth_newFilter', {});
    const left = request('eth_getFilterChanges', id);
    await settle();
    fire('pagehide', { persisted: true });
    fire('pageshow', { persisted: true });
    assert.equal((await left).error.code, 4900);
    const changes = request('eth_getFilterChanges', id);
    await settle();
    await tell({ watch: watch('logs', 11), news: [log(11)] });
    assert.deepEqual([plain(await changes), polls().length], [{ result: [log(11)] }, 2]);
  });

  test('makes room when there are too many: the one that was asked for longest ago goes', async () => {
    const { make, request, tell } = await open();
    const first = await make('eth_newFilter', {});
    const second = await make('eth_newFilter', {});
    const kept = request('eth_getFilterChanges', first);
    await settle();
    await tell({ watch: watch('logs'), news: [] });
    assert.deepEqual(await kept, { result: [] });
    for (let n = 2; n < 257; n++) await make('eth_newFilter', {});
    assert.deepEqual(await request('eth_uninstallFilter', second), { result: '0x1' });
    assert.deepEqual(await request('eth_uninstallFilter', first), { result: true });
  });
});
