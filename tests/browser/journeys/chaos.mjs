import assert from 'node:assert/strict';
import { parseEther } from 'viem';

import { startChaos } from '../lib/chaos.mjs';
import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

/** @typedef {import('../lib/chaos.mjs').Manner} Manner */

const [ME, YOU] = /** @type {[string, string]} */ (/** @type {unknown} */ (ANVIL_ACCOUNTS));
const CHAIN = 31_338;

/**
 * How the list of servers calls the bad one in each kind of trouble.
 * @type {[Manner, string][]}
 */
const TROUBLES = [
  ['slow', 'answers'],
  ['other', 'other-network'],
  ['errors', 'silent'],
  ['garbage', 'silent'],
  ['half', 'silent'],
  ['silent', 'silent'],
];

/**
 * A wallet and a site on a network of two servers, of which the first can be made bad.
 * @param {import('../lib/context.mjs').Context} context
 */
async function onTwoServers(context) {
  const { wallet } = context;
  await wallet.restore();
  const { dapp } = await context.connected('raw');
  const good = await context.otherChain(CHAIN);
  const bad = await startChaos(good, context.chain);
  context.endings.push(() => bad.stop());
  const network = {
    chainId: `0x${CHAIN.toString(16)}`,
    chainName: 'Second chain',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: [bad.origin, good.url],
  };
  const adding = await dapp.start('request', { method: 'wallet_addEthereumChain', params: [network] });
  await wallet.approveNext('add-network');
  await dapp.value(adding);
  if (Number(await dapp.request('eth_chainId')) !== CHAIN) {
    const chosen = { method: 'wallet_switchEthereumChain', params: [{ chainId: network.chainId }] };
    const switching = await dapp.start('request', chosen);
    await wallet.approveNext('switch-network');
    await dapp.value(switching);
  }
  return { dapp, good, bad };
}

/** Everything that was learnt of servers is gone then, so the first is asked first again. */
const forget = (/** @type {import('../lib/context.mjs').Context} */ { driver }) =>
  until('the background to be ended', () => driver.killWorker());

/** What the wallet's main screen says the account has, as digits. @param {import('../lib/page.mjs').Page} home */
const balance = async (home) => Number((await home.text('balance-total')).replace(/[^0-9.]/g, ''));

/** What the account has, in whole coins, cut where the wallet cuts. @param {import('../lib/services.mjs').Chain} chain */
const truth = async (chain) => Number(BigInt(await chain.rpc('eth_getBalance', [ME, 'latest'])) / 10n ** 14n) / 10_000;

/**
 * A payment that a site asks for reaches the chain under the right number.
 * @param {import('../lib/context.mjs').Context} context
 * @param {Awaited<ReturnType<typeof onTwoServers>>} network
 * @param {string} manner
 */
async function pays({ wallet }, { dapp, good }, manner) {
  const nonce = await good.rpc('eth_getTransactionCount', [ME, 'latest']);
  const transaction = { from: ME, to: YOU, value: `0x${parseEther('1').toString(16)}` };
  const n = await dapp.start('request', { method: 'eth_sendTransaction', params: [transaction] });
  await wallet.approveNext('transaction');
  const hash = await dapp.value(n);
  const receipt = await until(`${manner}: the payment`, () => good.rpc('eth_getTransactionReceipt', [hash]));
  assert.equal(receipt.status, '0x1', manner);
  assert.equal((await good.rpc('eth_getTransactionByHash', [hash])).nonce, nonce, manner);
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'with a first server that is bad in any way, money is right, payments arrive, and it is said what is wrong',
    run: async (context) => {
      const { wallet } = context;
      const network = await onTwoServers(context);
      const { good, bad } = network;
      for (const [manner, state] of TROUBLES) {
        await bad.be(manner);
        await forget(context);
        const before = bad.asked();
        const home = await wallet.home();
        await wallet.selectNetwork(home, CHAIN);
        const has = await truth(good);
        await until(`${manner}: the balance`, async () => Math.abs((await balance(home)) - has) < 0.001);
        await pays(context, network, manner);
        assert.ok(bad.asked() > before, `${manner}: it was asked`);
        await home.goto(context.driver.extensionUrl(`page.html#/servers/${CHAIN}`));
        await home.screen('servers');
        await home.click('servers-check');
        await home.waitFor('server-item', { 'data-host': new URL(bad.origin).host, 'data-state': state });
        await home.waitFor('server-item', { 'data-host': new URL(good.url).host, 'data-state': 'answers' });
        await home.close();
      }
    },
  },
  {
    name: 'a server that stands still changes neither number nor amount, and is said to contradict the other',
    run: async (context) => {
      const { wallet } = context;
      const network = await onTwoServers(context);
      await network.bad.be('stale');
      await pays(context, network, 'before');
      // The server that stands still knows nothing of that payment; two in a row need the number of the other.
      await forget(context);
      await pays(context, network, 'stale');
      const page = await wallet.open(`#/servers/${CHAIN}`);
      await page.screen('servers');
      await until('the difference to be said', async () => /do not agree/.test(await page.text('server-trouble')));
      const trouble = await page.text('server-trouble');
      for (const url of [network.bad.origin, network.good.url]) assert.ok(trouble.includes(new URL(url).host), trouble);
    },
  },
];
