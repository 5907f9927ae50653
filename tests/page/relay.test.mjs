// content.js: what happens between a request and its outcome when the background, the page or the extension goes away.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { openTab, outcome, SEPOLIA, settle } from './support/tab.mjs';

const hello = { chainId: SEPOLIA, accounts: [] };
const DONE = { outcome: { result: 'done' } };

/** A tab with one request under way, and the ways in which its channel can end. */
async function openWaitingTab() {
  const tab = openTab();
  const ended = outcome(tab.ethereum.request({ method: 'eth_sendTransaction', params: [{}] }));
  await settle();
  tab.background.greetings()[0].reply({ outcome: { result: SEPOLIA }, hello });
  await settle();
  return { ...tab, ended };
}

describe('a channel that ends without an outcome', () => {
  test('has the very same message sent again, at once', async () => {
    const check = async (end) => {
      const { background, ended } = await openWaitingTab();
      end(background.requests()[0]);
      await settle();
      const [first, second] = background.requests();
      assert.equal(second?.text, first.text);
      second.reply(DONE);
      assert.deepEqual(await ended, { result: 'done' });
      assert.equal(background.requests().length, 2);
    };
    await check((request) => request.close());
    await check((request) => request.vanish());
    await check((request) => request.reply('{}'));
    await check((request) => request.reply({ hello }));
  });

  test('is tried with growing pauses, then given up with 4900', async () => {
    const { background, clock, ended } = await openWaitingTab();
    const pauses = [];
    for (let seen = 0, last = clock.now(); ; ) {
      const requests = background.requests();
      if (requests.length === seen) break;
      for (const request of requests.slice(seen)) {
        pauses.push(clock.now() - last);
        last = clock.now();
        request.close();
      }
      seen = requests.length;
      await settle();
      for (let waited = 0; waited < 6_000 && background.requests().length === seen; waited += 100)
        await clock.advance(100);
    }
    assert.deepEqual(pauses, [0, 0, 100, 200, 400, 800, 1600, 3200, 5000, 5000]);
    assert.equal((await ended).error.code, 4900);
  });

  test('is no failure when it lived long: a person may take hours', async () => {
    const { background, clock, ended } = await openWaitingTab();
    for (let stop = 0; stop < 30; stop++) {
      await clock.advance(30_000);
      assert.equal(background.requests().length, stop + 1);
      background.requests()[stop].close();
      await settle();
    }
    background.requests()[30].reply(DONE);
    assert.deepEqual(await ended, { result: 'done' });
  });
});

describe('an extension that is updated or switched off', () => {
  test('rejects what waits and what comes with 4900, and says disconnect once', async () => {
    const { background, ended, ethereum, heard, run } = await openWaitingTab();
    const log = heard('disconnect', 'connect');
    run(`globalThis.codes = []; ethereum.on('disconnect', (error) => codes.push(error.code, ethereum.isConnected()))`);
    background.die();
    background.requests()[0].close();
    assert.equal((await ended).error.code, 4900);
    assert.equal((await outcome(ethereum.request({ method: 'eth_accounts' }))).error.code, 4900);
    assert.deepEqual([log.length, run('codes.join()')], [1, '1011,false']);
    assert.deepEqual([ethereum.chainId, ethereum.selectedAddress], [null, null]);
  });

  test('is noticed by the next request, too', async () => {
    const tab = openTab();
    tab.background.die();
    assert.equal((await outcome(tab.ethereum.request({ method: 'eth_accounts' }))).error.code, 4900);
  });

  test('is noticed when its content script is gone altogether', async () => {
    const tab = openTab({ content: false });
    const ended = outcome(tab.ethereum.request({ method: 'eth_accounts' }));
    await tab.clock.advance(3_000);
    assert.equal((await ended).error.code, 4900);
  });

  test('is noticed while something waits, whatever the browser leaves of its content script', async () => {
    const check = async (how, end) => {
      const tab = await openWaitingTab();
      const log = tab.heard('disconnect');
      end(tab);
      await tab.clock.advance(1_000);
      assert.equal((await tab.ended).error?.code, 4900, how);
      assert.equal(log.length, 1, how);
    };
    await check('all of it', ({ background }) => background.die());
    await check('nothing', ({ endContent }) => endContent());
    await check('another one in its place', ({ endContent, injectContent }) => {
      endContent();
      injectContent();
    });
  });

  test('a request may wait as long as it takes', async () => {
    const { background, clock, ended } = await openWaitingTab();
    await clock.advance(60_000);
    background.requests()[0].reply(DONE);
    assert.deepEqual(await ended, { result: 'done' });
    assert.equal(background.received.length, 2, 'the background is not asked for it');
  });

  test('a content script that comes late is waited for', async () => {
    const tab = openTab({ content: false });
    tab.background.answerAll(() => DONE);
    const ended = outcome(tab.ethereum.request({ method: 'eth_accounts' }));
    await tab.clock.advance(500);
    tab.injectContent();
    await tab.clock.advance(100);
    assert.deepEqual(await ended, { result: 'done' });
    assert.equal(tab.background.requests().length, 1);
  });
});

describe('a page that is left', () => {
  test('says so once, and only if it ever asked', async () => {
    const silent = openTab();
    silent.fire('pagehide');
    assert.equal(silent.background.received.length, 0);

    const { background, fire } = await openWaitingTab();
    const { client } = background.requests()[0].message;
    fire('pagehide');
    fire('pagehide');
    const farewells = background.received.filter(({ message }) => message.page === 'gone');
    assert.deepEqual(farewells.map(({ text }) => text), [JSON.stringify({ gone: { client } })]);
  });

  test('is not taken for one because it says so itself', async () => {
    const { background, forge } = await openWaitingTab();
    for (const type of ['pagehide', 'pageshow']) forge(type, { persisted: true });
    assert.deepEqual(background.received.filter(({ message }) => message.page === 'gone'), []);
    assert.equal(background.greetings().length, 1);
  });

  test('sends nothing again when its channels are closed', async () => {
    const { background, clock, fire } = await openWaitingTab();
    fire('pagehide');
    background.requests()[0].close();
    await clock.advance(60_000);
    assert.equal(background.requests().filter(({ message }) => message.page === 'request').length, 1);
  });

  test('comes back as another client, with its old requests cancelled and its state asked anew', async () => {
    const { background, clock, ended, ethereum, fire, heard } = await openWaitingTab();
    const log = heard('connect', 'chainChanged');
    const before = background.requests()[0].message.client;
    fire('pagehide', { persisted: true });
    const meanwhile = outcome(ethereum.request({ method: 'eth_accounts' }));
    background.requests()[0].close();
    await clock.advance(1_000);
    fire('pageshow', { persisted: true });
    assert.equal((await ended).error.code, 4900);
    assert.equal((await meanwhile).error.code, 4900);
    const greeting = background.greetings().at(-1);
    assert.notEqual(greeting.message.client, before);
    greeting.reply({ outcome: { result: '0x1' }, hello: { chainId: '0x1', accounts: [] } });
    await settle();
    assert.deepEqual(log, [['chainChanged', '0x1']]);

    background.push({ client: before, hello });
    assert.deepEqual(log.length, 1, 'what is meant for the former client is not taken');
    const again = outcome(ethereum.request({ method: 'eth_call' }));
    await settle();
    background.requests().at(-1).reply(DONE);
    assert.deepEqual(await again, { result: 'done' });
  });
});

test('a prerendered page asks when it is shown', async () => {
  const tab = openTab({ prerendering: true });
  tab.background.answerAll(() => DONE);
  const ended = outcome(tab.ethereum.request({ method: 'eth_requestAccounts' }));
  await tab.clock.advance(5_000);
  assert.equal(tab.background.received.length, 0);
  tab.activate();
  assert.deepEqual(await ended, { result: 'done' });
});

describe('what a document was told of its origin', () => {
  const told = { chainId: '0x2105', accounts: ['0xab', '0xcd'] };
  const ask = (/** @type {any} */ tab, /** @type {string} */ method, /** @type {unknown} */ params) =>
    outcome(tab.ethereum.request({ method, params }));
  const openTold = async () => {
    const tab = openTab();
    tab.background.answerAll((message) => ({ ...DONE, ...(message.hello && { hello: told }) }));
    await tab.ethereum.request({ method: 'eth_call' });
    return { ...tab, asked: () => tab.background.requests().length };
  };

  test('is answered without asking, for a while', async () => {
    const tab = await openTold();
    const before = tab.asked();
    for (const params of [undefined, []]) {
      assert.deepEqual(await ask(tab, 'eth_chainId', params), { result: '0x2105' });
      assert.deepEqual(await ask(tab, 'net_version', params), { result: '8453' });
      assert.deepEqual(await ask(tab, 'eth_accounts', params), { result: told.accounts });
      assert.deepEqual(await ask(tab, 'eth_coinbase', params), { result: '0xab' });
    }
    assert.equal(tab.asked(), before);
    await tab.clock.advance(5_000);
    assert.deepEqual(await ask(tab, 'eth_chainId', []), { result: 'done' });
    assert.equal(tab.asked(), before + 1);
  });

  test('is judged by the background where something is asked with it, or something else', async () => {
    const tab = await openTold();
    for (const [method, params] of /** @type {[string, unknown][]} */ ([
      ['eth_chainId', [1]],
      ['eth_accounts', {}],
      ['constructor', []],
      ['eth_blockNumber', []],
    ]))
      assert.deepEqual(await ask(tab, method, params), { result: 'done' }, method);
  });

  test('is what a change made of it, before its event and before the result of what changed it', async () => {
    const tab = await openTold();
    const { background, ethereum } = tab;
    ethereum.on('chainChanged', async (/** @type {string} */ chainId) => {
      assert.equal(await ethereum.request({ method: 'eth_chainId' }), chainId);
    });
    const { client } = background.received[0].message;
    background.push({ client, hello: { ...told, chainId: '0x1' } });
    assert.deepEqual(await ask(tab, 'eth_chainId', []), { result: '0x1' });
    await ethereum.request({ method: 'wallet_switchEthereumChain' });
    assert.deepEqual(await ask(tab, 'eth_chainId', []), { result: '0x2105' });
  });

  test('is asked again after the document was left', async () => {
    const tab = await openTold();
    tab.fire('pagehide', { persisted: true });
    const before = tab.asked();
    tab.fire('pageshow', { persisted: true });
    await ask(tab, 'eth_accounts', []);
    assert.ok(tab.asked() > before);
  });
});

test('the state is asked for once, and again with methods that change it', async () => {
  const tab = openTab();
  tab.background.answerAll((message) => ({ ...DONE, ...(message.hello && { hello }) }));
  for (const method of ['eth_accounts', 'eth_call', 'eth_requestAccounts', 'wallet_addEthereumChain'])
    await tab.ethereum.request({ method });
  const asked = tab.background.received.map(({ message }) => [message.method, message.hello]);
  assert.deepEqual(asked, [
    ['eth_chainId', true],
    ['eth_accounts', true],
    ['eth_call', false],
    ['eth_requestAccounts', true],
    ['wallet_addEthereumChain', true],
  ]);
});
