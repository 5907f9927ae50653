import assert from 'node:assert/strict';
import { verifyMessage } from 'viem';

import { ANVIL_ACCOUNTS, rpc, serveNode } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';
import { Approval } from '../lib/wallet.mjs';

const [ME, YOU] = ANVIL_ACCOUNTS;

/** @param {number} id @param {string[]} rpcUrls */
const add = (id, rpcUrls) => ({
  method: 'wallet_addEthereumChain',
  params: [
    {
      chainId: `0x${id.toString(16)}`,
      chainName: 'Second chain',
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls,
    },
  ],
});

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'with every server dead the wallet opens, shows addresses, signs messages and says what is unreachable',
    run: async (context) => {
      const { wallet, chain } = context;
      await wallet.restore();
      const { dapp } = await context.connected('raw');
      await wallet.lock();
      await chain.stop();
      const home = await wallet.home();
      assert.equal(await home.attr('account-address', 'data-address'), ME);
      await until('the outage to be said', async () => /reach|answer/i.test(await home.text('error')));
      const n = await dapp.start('request', { method: 'personal_sign', params: ['0x6869', ME] });
      await wallet.approveNext('message');
      const signature = await dapp.value(n);
      assert.ok(await verifyMessage({ address: /** @type {`0x${string}`} */ (ME), message: 'hi', signature }));
      const read = await dapp.error(await dapp.start('request', { method: 'eth_blockNumber' }));
      assert.ok(Number.isInteger(read.code), JSON.stringify(read));
    },
  },
  {
    name: 'a dead server is passed over for the next one',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const { dapp } = await context.connected('raw');
      const other = await context.otherChain();
      const node = await serveNode((method, params) => rpc(other.url, method, params));
      const n = await dapp.start('request', add(other.chainId, [node.origin, other.url]));
      await wallet.approveNext('add-network');
      await dapp.value(n);
      if ((await dapp.request('eth_chainId')) !== '0x7a6a') {
        const s = await dapp.start('request', { method: 'wallet_switchEthereumChain', params: [{ chainId: '0x7a6a' }] });
        await wallet.approveNext('switch-network');
        await dapp.value(s);
      }
      assert.match(String(await dapp.request('eth_blockNumber')), /^0x/);
      await node.stop();
      assert.match(String(await dapp.request('eth_blockNumber')), /^0x/, 'the second server answers');
      const sending = await dapp.start('request', {
        method: 'eth_sendTransaction',
        params: [{ from: ME, to: YOU, value: '0x1' }],
      });
      await wallet.approveNext('transaction');
      const hash = await dapp.value(sending);
      assert.ok(await until('the payment', () => other.rpc('eth_getTransactionReceipt', [hash])));
    },
  },
  {
    name: 'a server that serves another chain than it is said to is refused',
    run: async (context) => {
      const { wallet, chain } = context;
      await wallet.restore();
      const { dapp } = await context.connected('raw');
      const n = await dapp.start('request', add(31_338, [chain.url]));
      const outcome = await until('a refusal or a prompt that cannot be approved', async () => {
        const result = await dapp.peek(n);
        if (result.state !== 'pending') return result;
        const page = await wallet.approvalPage();
        if (page && (await page.has('error'))) {
          await page.click('reject');
          return false;
        }
        const approval = page && new Approval(page, { sentence: '' });
        if (approval && (await approval.enabled())) await approval.press();
        return false;
      });
      assert.equal(outcome.state, 'failed');
      assert.ok(!(await wallet.networks()).includes(31_338), 'it was not added');
    },
  },
];
