import assert from 'node:assert/strict';

import { CLIENT_NAMES } from '../conformance/clients/names.mjs';
import { World, publish } from '../conformance/world.mjs';
import { until } from '../lib/until.mjs';

/** @typedef {import('../lib/context.mjs').Context} Context */

/**
 * A page that was never connected, and what its subscriptions brought.
 * @param {Context} context @param {string} [server] address of the only server
 */
async function watching(context, server) {
  const { wallet, chain } = context;
  if (server) wallet.ownServer = server;
  await wallet.restore();
  const dapp = await context.dapp('raw');
  assert.equal(Number(await dapp.request('eth_chainId')), chain.chainId);
  const told = async (/** @type {string} */ id) => {
    const messages = (await dapp.events()).filter(({ name, value }) => name === 'message' && value.data.subscription === id);
    assert.ok(messages.every(({ value }) => value.type === 'eth_subscription'));
    return messages.map(({ value }) => value.data.result);
  };
  /** Waits until the newest block was told. @param {string} id */
  const upToDate = async (id) => {
    const newest = Number(await chain.rpc('eth_blockNumber'));
    await until(`block ${newest} to be told`, async () => Number((await told(id)).at(-1)?.number) === newest, 60_000);
    return newest;
  };
  return { dapp, told, upToDate };
}

const numbers = (/** @type {any[]} */ heads) => heads.map(({ number }) => Number(number));
const between = (/** @type {number} */ from, /** @type {number} */ to) =>
  Array.from({ length: to - from }, (_, n) => from + 1 + n);

/**
 * Waits for as many events as there were, each of which has to be there once and in its place.
 * @param {() => Promise<any[]>} told @param {{ transaction: string }[]} published
 */
async function allHeard(told, published) {
  const logs = await until('all events', async () => {
    const all = await told();
    return all.length >= published.length && all;
  });
  assert.deepEqual(
    logs.map(({ transactionHash }) => transactionHash),
    published.map(({ transaction }) => transaction),
  );
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'blocks and events reach a subscriber once each, whenever the worker is killed',
    run: async (context) => {
      const { chain, driver } = context;
      const { dapp, told, upToDate } = await watching(context);
      const start = Number(await chain.rpc('eth_blockNumber'));
      const heads = await dapp.request('eth_subscribe', ['newHeads']);
      const events = await dapp.request('eth_subscribe', ['logs', {}]);
      assert.match(heads, /^0x[1-9a-f]/);
      assert.deepEqual(await told(heads), []);
      const published = [];
      await chain.rpc('anvil_mine', ['0x2']);
      published.push(await publish(chain));
      await upToDate(heads);
      for (let round = 0; round < 3; round += 1) {
        await driver.killWorker();
        published.push(await publish(chain));
        await chain.rpc('anvil_mine', ['0x3']);
        await upToDate(heads);
      }
      // A block comes while the wallet is locked, and its worker was just stopped.
      await context.wallet.lock();
      await driver.killWorker();
      published.push(await publish(chain));
      const end = await upToDate(heads);
      assert.deepEqual(numbers(await told(heads)), between(start, end));
      const [first] = await told(heads);
      const { transactions: _, uncles: __, withdrawals: ___, size: ____, ...header } = await chain.rpc(
        'eth_getBlockByNumber',
        [first.number, false],
      );
      assert.deepEqual(first, header);
      await allHeard(() => told(events), published);

      assert.equal(await dapp.request('eth_unsubscribe', [heads]), true);
      assert.equal(await dapp.request('eth_unsubscribe', [heads]), false);
      const count = (await told(heads)).length;
      const again = await dapp.request('eth_subscribe', ['newHeads']);
      await chain.rpc('anvil_mine', ['0x1']);
      await upToDate(again);
      assert.equal((await told(heads)).length, count, 'nothing after it was ended');
    },
  },
  {
    name: 'a server at a WebSocket serves everything, also after the worker and with it the connection ended',
    run: async (context) => {
      const { chain, driver, wallet } = context;
      const { dapp, told, upToDate } = await watching(context, chain.url.replace('http', 'ws'));
      const start = Number(await chain.rpc('eth_blockNumber'));
      const heads = await dapp.request('eth_subscribe', ['newHeads']);
      const events = await dapp.request('eth_subscribe', ['logs', {}]);
      const published = [];
      for (let round = 0; round < 4; round += 1) {
        // From the second on also after the worker, and with it the connection, ended.
        if (round) await driver.killWorker();
        published.push(await publish(chain));
        await chain.rpc('anvil_mine', ['0x2']);
        await upToDate(heads);
      }
      const end = await upToDate(heads);
      assert.deepEqual(numbers(await told(heads)), between(start, end));
      await allHeard(() => told(events), published);
      await wallet.lock();
      await chain.rpc('anvil_mine', ['0x1']);
      await upToDate(heads);
    },
  },
  {
    name: 'events of a block that was replaced are taken back',
    run: async (context) => {
      const { chain } = context;
      const { dapp, told } = await watching(context);
      const events = await dapp.request('eth_subscribe', ['logs', {}]);
      const published = await publish(chain);
      const told1 = await until('the event', async () => {
        const all = await told(events);
        return all.length === 1 && all;
      });
      assert.equal(told1[0].transactionHash, published.transaction);
      await chain.rpc('anvil_reorg', [1, []]);
      await chain.rpc('anvil_mine', ['0x1']);
      const all = await until('the event to be taken back', async () => {
        const all = await told(events);
        return all.length >= 2 && all;
      });
      assert.deepEqual(all[1], { ...told1[0], removed: true });
    },
  },
  {
    name: 'a subscription ends with its network, and with its page',
    run: async (context) => {
      const { chain, wallet } = context;
      const { dapp, told, upToDate } = await watching(context);
      const other = await context.otherChain();
      const heads = await dapp.request('eth_subscribe', ['newHeads']);
      const filter = await dapp.request('eth_newBlockFilter');
      await chain.rpc('anvil_mine', ['0x1']);
      await upToDate(heads);
      const add = await dapp.start('request', {
        method: 'wallet_addEthereumChain',
        params: [
          {
            chainId: `0x${other.chainId.toString(16)}`,
            chainName: 'Second chain',
            nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
            rpcUrls: [other.url],
          },
        ],
      });
      await wallet.approveNext('add-network');
      await dapp.value(add);
      await dapp.heard('chainChanged', (id) => Number(id) === other.chainId);
      const count = (await told(heads)).length;
      assert.equal(await dapp.request('eth_unsubscribe', [heads]), false);
      assert.equal(
        await dapp.page.evaluate(
          (id) =>
            /** @type {any} */ (window).provider
              .request({ method: 'eth_getFilterChanges', params: [id] })
              .catch((/** @type {any} */ { code }) => code),
          filter,
        ),
        -32_000,
      );
      const there = await dapp.request('eth_subscribe', ['newHeads']);
      await chain.rpc('anvil_mine', ['0x2']);
      await other.rpc('anvil_mine', ['0x2']);
      await until('the other network’s blocks', async () => (await told(there)).length === 2);
      assert.equal((await told(heads)).length, count);
      await dapp.reload();
      const anew = await dapp.request('eth_subscribe', ['newHeads']);
      await other.rpc('anvil_mine', ['0x1']);
      await until('the new document’s block', async () => (await told(anew)).length === 1);
      assert.equal((await dapp.events()).filter(({ name }) => name === 'message').length, 1);
    },
  },
  {
    name: 'filters tell what came since, whatever became of the worker',
    run: async (context) => {
      const { chain, driver } = context;
      const { dapp } = await watching(context);
      const changes = (/** @type {string} */ id) => dapp.request('eth_getFilterChanges', [id]);
      const blocks = await dapp.request('eth_newBlockFilter');
      const events = await dapp.request('eth_newFilter', [{ fromBlock: '0x0' }]);
      const waiting = await dapp.request('eth_newPendingTransactionFilter');
      const before = await publish(chain);
      await driver.killWorker();
      assert.deepEqual(await changes(blocks), [before.block]);
      assert.deepEqual(await changes(waiting), [before.transaction]);
      await driver.killWorker();
      assert.deepEqual((await changes(events)).map((/** @type {any} */ log) => log.transactionHash), [before.transaction]);
      for (const id of [blocks, waiting, events]) assert.deepEqual(await changes(id), []);
      const all = await dapp.request('eth_getFilterLogs', [events]);
      assert.deepEqual(all, await chain.rpc('eth_getLogs', [{ fromBlock: '0x0' }]));
      assert.equal(await dapp.request('eth_uninstallFilter', [events]), true);
    },
  },
  {
    name: 'every client hears of blocks and events in its own way',
    run: async (context) => {
      const world = await World.open(context);
      await world.connect();
      await world.allAgreed('connect', () => []);
      for (const action of ['newBlock', 'newLog']) {
        const first = Number(await context.chain.rpc('eth_blockNumber'));
        /** @type {Record<string, unknown>} */
        const heard = {};
        for (const client of CLIENT_NAMES) void world.ask(client, action).then((outcome) => (heard[client] = outcome));
        // Until all heard something: none says when it began to listen.
        await until(
          `${action} in every client`,
          async () => {
            await publish(context.chain);
            return Object.keys(heard).length === CLIENT_NAMES.length;
          },
          60_000,
        );
        const newest = Number(await context.chain.rpc('eth_blockNumber'));
        for (const client of CLIENT_NAMES) {
          const { value, error } = /** @type {any} */ (heard[client]);
          assert.ok(!error && value >= first && value <= newest, `${action}, ${client}: ${JSON.stringify(heard[client])}`);
        }
      }
    },
  },
];
