import assert from 'node:assert/strict';
import { privateKeyToAccount } from 'viem/accounts';

import { Checkpoints } from '../lib/checkpoints.mjs';
import { TYPED_DATA } from '../lib/samples.mjs';
import { ANVIL_ACCOUNTS, ANVIL_KEY, serveNetworks } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

/**
 * @typedef {Awaited<ReturnType<typeof Checkpoints.open>>} Context
 * @typedef {import('../lib/dapp.mjs').Dapp} Dapp
 */

const [ME, YOU] = /** @type {[string, string]} */ (ANVIL_ACCOUNTS.map((address) => address.toLowerCase()));
const SIGNER = privateKeyToAccount(ANVIL_KEY);
const hex = (/** @type {number} */ n) => `0x${n.toString(16)}`;

/**
 * How often each act is repeated, each time killed somewhere else: from the arrival of the request to what comes after
 * the answer. `CANDOR_KILLS=100` kills before everything that the background does.
 */
const RUNS = Number(process.env.CANDOR_KILLS ?? 20);

/**
 * What a site asks for again and again, by the number of the run.
 * @typedef {object} Act
 * @property {string} kind of its approval
 * @property {(n: number, node: string) => { method: string, params?: unknown[] }[]} asks each from a tab of its own
 * @property {(n: number) => unknown[] | Promise<unknown[]>} [answers] what each is answered; absent: a transaction's hash
 * @property {(n: number) => { name: string, value: unknown }[]} [events] that the site hears, by default none
 * @property {(n: number) => { id: number, name: string }} [network] that the prompt names in this run only
 * @property {(dapp: Dapp, answer: any) => Promise<string>} [hash] of the transaction, where it is not the answer
 * @property {number} [sends] how many transactions come of it
 * @property {(dapp: Dapp) => Promise<unknown>} [undo] brings back what was before the first run
 */

/** @type {Record<string, Act>} */
const ACTS = {
  connect: {
    kind: 'connect',
    asks: () => [{ method: 'eth_requestAccounts' }],
    answers: () => [[ME]],
    events: () => [{ name: 'accountsChanged', value: [ME] }],
    undo: async (dapp) => {
      const before = (await dapp.events()).length;
      await dapp.request('wallet_revokePermissions', [{ eth_accounts: {} }]);
      await until('the site to hear of it', async () => (await dapp.events()).length > before);
    },
  },
  'sign a message': {
    kind: 'message',
    asks: () => [{ method: 'personal_sign', params: ['0x6869', ME] }],
    answers: async () => [await SIGNER.signMessage({ message: 'hi' })],
  },
  'sign messages from two tabs': {
    kind: 'message',
    asks: () => ['0x6869', '0x686f'].map((text) => ({ method: 'personal_sign', params: [text, ME] })),
    answers: () => Promise.all(['hi', 'ho'].map((message) => SIGNER.signMessage({ message }))),
  },
  'sign typed data': {
    kind: 'typed-data',
    asks: () => [{ method: 'eth_signTypedData_v4', params: [ME, JSON.stringify(MAIL)] }],
    answers: async () => [await SIGNER.signTypedData(MAIL)],
  },
  send: {
    kind: 'transaction',
    asks: () => [{ method: 'eth_sendTransaction', params: [{ from: ME, to: YOU, value: '0x1' }] }],
    sends: 1,
  },
  'send calls': {
    kind: 'calls',
    asks: () => [
      {
        method: 'wallet_sendCalls',
        params: [
          { version: '2.0.0', chainId: hex(31_337), from: ME, atomicRequired: false, calls: [{ to: YOU, value: '0x1' }] },
        ],
      },
    ],
    sends: 1,
    hash: (dapp, { id }) =>
      until('the calls to be done', async () => {
        const { status, receipts } = /** @type {any} */ (await dapp.request('wallet_getCallsStatus', [id]));
        if (status !== 200) throw new Error(`their status is ${status}`);
        return receipts[0].transactionHash;
      }),
  },
  'add a network': {
    kind: 'add-network',
    asks: (n, node) => [
      {
        method: 'wallet_addEthereumChain',
        params: [
          {
            chainId: hex(NEW + n),
            chainName: `Network ${n}`,
            nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
            rpcUrls: [`${node}/${NEW + n}`],
          },
        ],
      },
    ],
    answers: () => [null],
    events: (n) => [{ name: 'chainChanged', value: hex(NEW + n) }],
    network: (n) => ({ id: NEW + n, name: `Network ${n}` }),
  },
  'switch the network': {
    kind: 'switch-network',
    asks: (n) => [{ method: 'wallet_switchEthereumChain', params: [{ chainId: hex(known(n).id) }] }],
    answers: () => [null],
    events: (n) => [{ name: 'chainChanged', value: hex(known(n).id) }],
    network: (n) => known(n),
  },
};

/** Ids of the networks that are added: this, and those after it. */
const NEW = 710_000;

/** A network that the wallet has by itself, and another than the run before. @param {number} n */
const known = (n) => (n % 2 ? { id: 10, name: 'OP Mainnet' } : { id: 1, name: 'Ethereum' });

/** The mail of EIP-712, on the network that the site is on. */
const MAIL = { ...TYPED_DATA, domain: { ...TYPED_DATA.domain, chainId: 31_337 } };

/**
 * Sees the approval window as a person does: what it says, and its button pressed as soon as it can be.
 * @param {import('../lib/page.mjs').Page} page
 */
const seeAndPress = (page) =>
  page.evaluate(() => {
    const of = (/** @type {string} */ id) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-testid=${id}]`));
    const button = of('approve');
    const shown = of('approval');
    const sentence = (of('sentence')?.textContent ?? '').replace(/\s+/g, ' ').trim();
    const { kind, origin, chainId, account } = shown?.dataset ?? {};
    const tick = of('understood');
    if (tick && !tick.matches(':has(:checked), :checked, [aria-checked=true]')) tick.click();
    else if (sentence && button?.matches(':enabled:not([aria-busy=true], [aria-disabled=true])')) {
      button.click();
      // Where it wants to be held, two presses do, as of assistive technology.
      if (tick) button.click();
    }
    return {
      screen: of('screen')?.dataset.screen,
      said: shown && sentence ? { kind, origin, chainId, account, sentence } : null,
      text: `${document.visibilityState}: ${document.body.innerText.replace(/\s+/g, ' ')}`,
    };
  });

/** An act, repeated in one browser. */
class Repeated {
  /** Transactions so far. */
  sent = 0;
  /** What the approval window showed last, for a failure. */
  seen = '';

  /** @param {Context} context @param {Act} act @param {Dapp[]} tabs @param {string} node serves every network by its id */
  constructor(context, act, tabs, node) {
    this.context = context;
    this.act = act;
    this.tabs = tabs;
    this.node = node;
  }

  /**
   * Once, from the request until nothing is left of it.
   * @param {number} n of the run
   * @param {(number | string)[]} stops see `Checkpoints.watch`
   * @returns {Promise<{ passed: number, said: string[] }>} at how many acts it could be stopped; what was shown
   */
  async once(n, stops) {
    const { context, act, tabs } = this;
    const { wallet, checkpoints } = context;
    const [dapp] = /** @type {[Dapp]} */ (tabs);
    if (n > 0) await act.undo?.(dapp);
    const heard = await Promise.all(tabs.map(async (tab) => (await tab.events()).length));
    checkpoints.watch(stops);
    const asked = act.asks(n, this.node);
    const started = await Promise.all(tabs.map((tab, at) => tab.start('request', asked[at])));
    const results = () => Promise.all(tabs.map((tab, at) => tab.peek(started[at] ?? -1)));
    /** @type {Set<string>} */
    const said = new Set();
    await until('the requests to settle', async () => {
      if ((await results()).every(({ state }) => state !== 'pending')) return true;
      const page = await wallet.approvalPage();
      if (!page) {
        this.seen = 'no window';
        return false;
      }
      const saw = await seeAndPress(page);
      this.seen = saw.text;
      if (saw.said) said.add(this.common(n, saw.said));
      if (saw.screen === 'unlock') throw new Error('the wallet asks for the password');
      return false;
    });
    await until('the window to close', async () => !(await wallet.approvalPage()));
    // Answered in turn: what the requests made the wallet do is done then.
    const permissions = /** @type {unknown[]} */ (await dapp.request('wallet_getPermissions'));
    assert.ok(permissions.length > 0, 'the site keeps its permission');
    await checkpoints.settled();
    await this.check(n, await results(), heard);
    return { passed: checkpoints.passed.length, said: [...said].sort() };
  }

  /**
   * What a prompt says, without what is of this run only.
   * @param {number} n
   * @param {NonNullable<Awaited<ReturnType<typeof seeAndPress>>['said']>} said
   */
  common(n, said) {
    const network = this.act.network?.(n);
    if (!network) return JSON.stringify(said);
    assert.equal(Number(said.chainId), network.id, 'the network that the prompt is about');
    return JSON.stringify({ ...said, chainId: 'its id', sentence: said.sentence.replace(network.name, 'its name') });
  }

  /** @param {number} n @param {import('../lib/dapp.mjs').Result[]} results @param {number[]} heard */
  async check(n, results, heard) {
    const { context, act, tabs } = this;
    const answers = await act.answers?.(n);
    for (const [at, result] of results.entries()) {
      assert.equal(result.state, 'done', JSON.stringify(result.error));
      assert.equal(result.settled, 1, 'it settles once');
      if (answers) assert.deepEqual(result.value, answers[at]);
    }
    for (const [at, tab] of tabs.entries()) {
      assert.deepEqual((await tab.events()).slice(heard[at]), act.events?.(n) ?? [], 'events that the site hears');
    }
    this.sent += act.sends ?? 0;
    const onChain = async () => Number(await context.chain.rpc('eth_getTransactionCount', [ME, 'latest']));
    // The answer may come first.
    await until('it on chain', async () => (await onChain()) >= this.sent);
    assert.equal(await onChain(), this.sent, 'sent once');
    if (!act.sends || answers) return;
    const [dapp] = /** @type {[Dapp]} */ (tabs);
    const answer = results[0]?.value;
    const hash = act.hash ? await act.hash(dapp, answer) : answer;
    const { from } = await context.chain.rpc('eth_getTransactionReceipt', [hash]);
    assert.equal(from, ME, 'what is on chain is what the site was told');
  }
}

/**
 * @param {string} name
 * @param {Act} act
 * @returns {import('../run.mjs').Journey}
 */
const killed = (name, act) => ({
  name: `${name}: the worker killed at any moment loses nothing and repeats nothing`,
  open: Checkpoints.open,
  run: async (given) => {
    const context = /** @type {Context} */ (given);
    const { wallet, driver, checkpoints, endings } = context;
    await wallet.restore();
    const first = act.kind === 'connect' ? await context.dapp('raw') : (await context.connected('raw')).dapp;
    const tabs = [first];
    while (tabs.length < act.asks(0, '').length) tabs.push(await context.dapp('raw'));
    for (const tab of tabs) await tab.request('eth_chainId');
    const networks = await serveNetworks();
    endings.push(networks.stop);
    const repeated = new Repeated(context, act, tabs, networks.origin);

    const { passed, said } = await repeated.once(0, []);
    assert.ok(said.length > 0 && said.every((text) => JSON.parse(text).kind === act.kind), `what it asks: ${said}`);
    const acts = checkpoints.passed;
    const pressed = 1 + acts.indexOf('hear Approve');
    let kills = 0;
    for (let run = 1; run <= RUNS; run += 1) {
      const stop = 1 + Math.floor(((run - 1) * passed) / RUNS);
      // Every third time, what came back is killed, too: when it hears of the press, or of the next request.
      const stops = run % 3 === 0 ? [stop, pressed < stop ? 'hear wallet_getPermissions' : 'hear Approve'] : [stop];
      try {
        const again = await repeated.once(run, stops);
        assert.deepEqual(again.said, said, 'the prompt says the same');
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        const where = `run ${run}, to be killed before “${acts[stop - 1]}”, killed before “${checkpoints.killed.join('” and “')}”`;
        const open = await Promise.all((await driver.pages()).map((page) => page.url().catch(String)));
        throw new Error(`${where}: ${message}\nit did: ${checkpoints.passed.join(', ')}\nthe window showed: ${repeated.seen}\nopen: ${open.join(', ')}`, { cause: error });
      }
      kills += checkpoints.killed.length;
    }
    assert.ok(kills >= RUNS, `killed ${kills} times`);
    assert.ok(await driver.killWorker(), 'a worker was running');
    await repeated.once(RUNS + 1, []);
  },
});

/** @type {import('../run.mjs').Journey[]} */
export const journeys = Object.entries(ACTS).map(([name, act]) => killed(name, act));
