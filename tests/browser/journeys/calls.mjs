import assert from 'node:assert/strict';

import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { publishToken } from '../lib/tokens.mjs';
import { until } from '../lib/until.mjs';

const [ME, YOU, THEM] = /** @type {[string, string, string]} */ (/** @type {unknown} */ (ANVIL_ACCOUNTS));
const word = (/** @type {string | bigint} */ value) => BigInt(value).toString(16).padStart(64, '0');

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'three calls of viem are one window, each sent once the one before it worked, and only then',
    run: async (context) => {
      const { wallet, chain, driver } = context;
      await wallet.restore();
      const token = await publishToken(chain, ME, { symbol: 'MOTH', decimals: 6, amount: 5_000_000n });
      const { dapp } = await context.connected('viem-dapp');
      const capabilities = await dapp.value(await dapp.start('capabilities', ME));
      assert.deepEqual(capabilities[chain.chainId], { atomic: { status: 'unsupported' } });

      const before = Number(await chain.rpc('eth_getTransactionCount', [ME, 'latest']));
      await chain.rpc('evm_setAutomine', [false]);
      const calls = [
        { to: token, data: `0x095ea7b3${word(YOU)}${word(1_000_000n)}` },
        { to: token, data: `0xa9059cbb${word(THEM)}${word(2_000_000n)}` },
        { to: YOU, value: '1000000000000000000' },
      ];
      const n = await dapp.start('sendCalls', ME, chain.chainId, calls);
      const approval = await wallet.approval('calls', { says: /^Do 3 things on Local chain, one after the other\.$/ });
      await until('its facts', () => approval.enabled());
      const { page } = approval;
      const steps = await page.evaluate(() =>
        [...document.querySelectorAll('[data-testid=step]')].map((step) => step.textContent ?? ''),
      );
      assert.equal(steps.length, 3);
      assert.match(steps[0] ?? '', /spend up to 1\sMOTH/);
      assert.match(steps[1] ?? '', /^Send 2\sMOTH to /);
      assert.match(steps[2] ?? '', /^Send 1\sETH to /);
      const amounts = await page.attrs('change-row', 'data-amount');
      assert.deepEqual(amounts, ['1', '2'], 'what leaves altogether');
      await approval.approve();
      const { id } = await dapp.value(n);

      const pool = async () => Number((await chain.rpc('txpool_status')).pending);
      await until('the first to wait for its block', async () => (await pool()) === 1);
      const waiting = await dapp.start('waitForCalls', id);
      // The worker may end: what was signed is on disk, and the page asks again.
      await driver.killWorker();
      await chain.rpc('evm_mine');
      await until('the second to be sent', async () => (await pool()) === 1);
      await chain.rpc('evm_mine');
      await until('the third to be sent', async () => (await pool()) === 1);
      await chain.rpc('evm_mine');
      const end = await dapp.value(waiting);
      assert.deepEqual(end, {
        status: 'success',
        statusCode: 200,
        atomic: false,
        worked: ['success', 'success', 'success'],
      });
      assert.equal(Number(await chain.rpc('eth_getTransactionCount', [ME, 'latest'])), before + 3);
      assert.equal(Number(await chain.rpc('eth_call', [{ to: token, data: `0x70a08231${word(THEM)}` }, 'latest'])), 2_000_000);

      await dapp.value(await dapp.start('showCalls', id));
      const activity = await driver.waitForPage((url) => url.endsWith('#/activity'));
      await until('the three to be listed', async () => (await activity.count('activity-row')) === 3);
    },
  },
  {
    name: 'what follows a call that failed is never sent, and a session asks on the networks that it was granted',
    run: async (context) => {
      const { wallet, chain } = context;
      await wallet.restore();
      const { dapp } = await context.connected('raw');
      const scope = `eip155:${chain.chainId}`;
      const session = await dapp.start('request', {
        method: 'wallet_createSession',
        params: { optionalScopes: { [scope]: {}, 'eip155:1': {} } },
      });
      assert.match(await wallet.approveNext('connect'), /and use 2 networks/);
      const { sessionScopes } = await dapp.value(session);
      assert.deepEqual(Object.keys(sessionScopes).sort(), ['eip155:1', scope].sort());
      assert.deepEqual(sessionScopes[scope].accounts, [`${scope}:${ME.toLowerCase()}`]);
      const asked = await dapp.start('request', {
        method: 'wallet_invokeMethod',
        params: { scope: 'eip155:1', request: { method: 'eth_chainId', params: [] } },
      });
      assert.equal(await dapp.value(asked), '0x1');

      // It works while it is tried, and not any more when its turn comes.
      const token = await publishToken(chain, ME, { symbol: 'MOTH', decimals: 6, amount: 1_000_000n });
      const before = Number(await chain.rpc('eth_getTransactionCount', [ME, 'latest']));
      await chain.rpc('evm_setAutomine', [false]);
      const calls = [
        { to: token, data: `0xa9059cbb${word(THEM)}${word(1_000_000n)}` },
        { to: YOU, value: '0xde0b6b3a7640000' },
      ];
      const chainId = `0x${chain.chainId.toString(16)}`;
      const asks = { version: '2.0.0', id: 'mine', chainId, from: ME, atomicRequired: false, calls };
      const sent = await dapp.start('request', { method: 'wallet_sendCalls', params: [asks] });
      await wallet.approveNext('calls');
      assert.deepEqual(await dapp.value(sent), { id: 'mine' });
      const status = async () => (await dapp.request('wallet_getCallsStatus', ['mine'])).status;
      assert.equal(await status(), 100);
      // PUSH1 0, PUSH1 0, REVERT.
      await chain.rpc('anvil_setCode', [token, '0x60006000fd']);
      await chain.rpc('evm_mine');
      await until('it to be over', async () => (await status()) === 500);
      await chain.rpc('evm_mine');
      assert.equal(Number(await chain.rpc('eth_getTransactionCount', [ME, 'pending'])), before + 1);
    },
  },
];
