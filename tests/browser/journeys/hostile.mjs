import assert from 'node:assert/strict';

import { pageHeap, workerHeap } from '../lib/heap.mjs';
import { TYPED_DATA } from '../lib/samples.mjs';
import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

/** @typedef {import('../lib/dapp.mjs').Dapp} Dapp */

const [ME, YOU] = ANVIL_ACCOUNTS;
const CHAIN = { chainName: 'X', nativeCurrency: { name: 'X', symbol: 'X', decimals: 18 }, rpcUrls: ['http://127.0.0.1:1'] };
const pay = (/** @type {object} */ fields) => ({
  method: 'eth_sendTransaction',
  params: [{ from: ME, to: YOU, value: '0x1', ...fields }],
});
const typed = (/** @type {object} */ fields) => ({
  method: 'eth_signTypedData_v4',
  params: [ME, JSON.stringify({ ...TYPED_DATA, ...fields })],
});

/** Malformed requests, and the word that the answer must contain. @type {[unknown, RegExp, number?][]} */
const MALFORMED = [
  [{ method: 'personal_sign', params: [] }, /message|param/i],
  [{ method: 'personal_sign', params: ['0x6869', '0x12'] }, /address|account/i],
  [{ method: 'personal_sign', params: [1, ME] }, /message/i],
  [{ method: 'eth_signTypedData_v4', params: [ME, '{'] }, /typed data|JSON/i],
  [{ method: 'eth_signTypedData_v4', params: [ME, '{}'] }, /types|domain|primaryType/i],
  [typed({ primaryType: 'Nothing' }), /primaryType|Nothing/],
  [typed({ types: { Mail: [{ name: 'x', type: 'Nope' }] } }), /type|Nope/],
  [{ method: 'eth_sendTransaction', params: [] }, /transaction|param/i],
  [{ method: 'eth_sendTransaction', params: ['0x'] }, /transaction|object/i],
  [pay({ to: '0x1234' }), /\bto\b/],
  [pay({ value: 'much' }), /value/],
  [pay({ gas: '-1' }), /gas/],
  [pay({ data: '0xzz' }), /data/],
  [pay({ gasPrice: '0x1', maxFeePerGas: '0x1' }), /gasPrice|maxFeePerGas/],
  [pay({ chainId: '0x1' }), /chainId/],
  [pay({ to: undefined }), /\bto\b|data/],
  [{ method: 'wallet_switchEthereumChain', params: [] }, /chainId|param/],
  [{ method: 'wallet_switchEthereumChain', params: [{ chainId: '0x01' }] }, /chainId/],
  [{ method: 'wallet_switchEthereumChain', params: [{ chainId: 1 }] }, /chainId/],
  [{ method: 'wallet_switchEthereumChain', params: [{ chainId: '0x1', extra: 1 }] }, /extra/],
  [{ method: 'wallet_switchEthereumChain', params: [{ chainId: '0x999999' }] }, /./, 4902],
  [{ method: 'wallet_addEthereumChain', params: [{ ...CHAIN, chainId: '0X7a6a' }] }, /chainId/],
  [{ method: 'wallet_addEthereumChain', params: [{ ...CHAIN, chainId: '0x7a6a', rpcUrls: [] }] }, /rpcUrls/],
  [{ method: 'wallet_addEthereumChain', params: [{ ...CHAIN, chainId: '0x7a6a', rpcUrls: ['ftp://x'] }] }, /rpcUrls/],
  [
    {
      method: 'wallet_addEthereumChain',
      params: [{ ...CHAIN, chainId: '0x7a6a', nativeCurrency: { name: 'X', symbol: 'X', decimals: 6 } }],
    },
    /decimals/,
  ],
  [{ method: 'wallet_requestPermissions', params: [{}] }, /permission|eth_accounts|param/i],
  [{ method: 'eth_sign', params: [ME, '0x00'] }, /personal_sign|eth_sign/, 4200],
  [{ method: 'wallet_nonsense' }, /wallet_nonsense|not/, 4200],
  [{ method: '' }, /method/, -32600],
  [{ method: 5 }, /method/, -32600],
  [{ method: 'eth_chainId', params: 'x' }, /params/, -32600],
  ['eth_chainId', /./, -32600],
];

/** How the prompts that a page asked for ended so far. @param {Dapp} dapp @returns {Promise<Record<string, number>>} */
const countsOf = (dapp) => dapp.page.evaluate(() => /** @type {any} */ (window).counts);

/**
 * Asks ten thousand times for a signature, and waits until all but those that a person has to answer have ended.
 * @param {Dapp} dapp @param {string} account
 */
async function flooded(dapp, account) {
  await dapp.do('prompts', 10_000, account);
  return until(
    'the refusals',
    async () => {
      const counts = await countsOf(dapp);
      return counts['-32005'] === 9_980 && counts;
    },
    120_000,
  );
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a malformed request is answered with a code and a sentence that names the field',
    run: async (context) => {
      await context.wallet.restore();
      const { dapp } = await context.connected('raw');
      const wrong = [];
      for (const [request, words, code = -32602] of MALFORMED) {
        const result = await dapp.settled(await dapp.start('request', request));
        const { code: given, message = '' } = result.error ?? {};
        if (given !== code || !words.test(message)) {
          wrong.push(`${JSON.stringify(request)} wants ${code} ${words}, got ${given} ${message} ${JSON.stringify(result.value) ?? ''}`);
        }
      }
      assert.deepEqual(wrong, []);
    },
  },
  {
    name: 'errors of the node reach the page with code, message and data unchanged',
    run: async (context) => {
      await context.wallet.restore();
      const { dapp } = await context.connected('raw');
      // Init code that reverts with 4 bytes: PUSH4 deadbeef, PUSH1 0, MSTORE, PUSH1 4, PUSH1 28, REVERT.
      const call = [{ from: ME, data: '0x63deadbeef6000526004601cfd' }, 'latest'];
      const direct = await fetch(context.chain.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_call', params: call }),
      }).then((response) => response.json());
      const error = await dapp.error(await dapp.start('request', { method: 'eth_call', params: call }));
      assert.deepEqual(error, direct.error);
    },
  },
  {
    name: 'ten thousand requests at once are answered or refused, and the wallet stays usable',
    run: async (context) => {
      await context.wallet.restore();
      const { dapp } = await context.connected('raw');
      const outcome = await dapp.value(await dapp.start('flood', 10_000), 120_000);
      assert.equal(outcome.answered + outcome.refused, 10_000);
      const home = await context.wallet.home();
      assert.equal(await home.attr('account-address', 'data-address'), ME);
      assert.match(await dapp.request('eth_blockNumber'), /^0x/);
    },
  },
  {
    name: 'ten thousand prompts of one page are twenty, and are answered at once',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      const counts = await flooded(dapp, account);
      assert.deepEqual(counts, { '-32005': 9_980 });
      const approval = await wallet.approval('message', { origin: dapp.origin });
      await until('twenty to be counted', async () => /of 20/.test(await approval.page.text('queue-count')));
      await approval.page.click('reject-all');
      await until('the last twenty', async () => (await countsOf(dapp))['4001'] === 20);
      await until('the window to close', () => approval.page.isClosed());
      const home = await wallet.home();
      assert.equal(await home.attr('account-address', 'data-address'), ME);
      assert.match(await dapp.request('eth_blockNumber'), /^0x/);
    },
  },
  {
    name: 'memory comes back after ten thousand prompts and as many reads',
    // Firefox does not say what one extension holds.
    browsers: ['chromium'],
    run: async (context) => {
      await context.wallet.restore();
      const { dapp, account } = await context.connected('raw');
      const round = async () => {
        await dapp.value(await dapp.start('flood', 10_000), 120_000);
        await flooded(dapp, account);
        await dapp.reload();
        await until('the window to close', async () => !(await context.wallet.approvalPage()));
        await dapp.request('eth_blockNumber');
        return { worker: await workerHeap(context.driver), page: await pageHeap(dapp.page) };
      };
      // The first rounds bring what stays: compiled code, the wallet's own records.
      await round();
      const before = await round();
      const after = await round();
      for (const where of /** @type {const} */ (['worker', 'page'])) {
        const [was, is] = [before[where].objects, after[where].objects];
        // Twenty thousand requests that stayed would be megabytes; what the engine compiles meanwhile is less than half of one.
        assert.ok(is < was + 500_000, `${where}: ${was} bytes before, ${is} after`);
      }
    },
  },
  {
    name: 'a message of 64 MB is refused, and the wallet stays usable',
    run: async (context) => {
      await context.wallet.restore();
      const { dapp } = await context.connected('raw');
      const result = await dapp.settled(await dapp.start('huge', 64 * 1024 * 1024), 120_000);
      assert.equal(result.state, 'failed');
      assert.ok(Number.isInteger(result.error?.code), JSON.stringify(result.error));
      const home = await context.wallet.home();
      assert.equal(await home.attr('account-address', 'data-address'), ME);
    },
  },
];
