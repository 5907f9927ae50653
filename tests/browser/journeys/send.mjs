import assert from 'node:assert/strict';
import { parseEther } from 'viem';

import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

const [, , YOU] = /** @type {[string, string, string]} */ (/** @type {unknown} */ (ANVIL_ACCOUNTS));
/** Begins and ends like the one that is paid. */
const POISON = `${YOU.slice(0, 6)}${'1'.repeat(32)}${YOU.slice(38)}`.toLowerCase();

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a receiver that looks like one who was paid is shown beside it, and takes a word and a hold',
    run: async ({ wallet, chain }) => {
      await wallet.restore();
      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      const has = async (/** @type {string} */ address) => BigInt(await chain.rpc('eth_getBalance', [address, 'latest']));
      const before = await has(YOU);
      await home.click('send-open');
      await home.screen('send');
      // A payment link fills in both.
      await home.fill('send-to', `ethereum:${YOU}@${chain.chainId}?value=1e18`);
      await home.click('send-review');
      await home.screen('review');
      await home.waitFor('risk', { 'data-rule': 'first-time' });
      await home.waitFor('fee');
      await home.click('approve');
      await until('the payment on chain', async () => (await has(YOU)) - before === parseEther('1'));

      const again = await wallet.home();
      await again.click('send-open');
      await again.screen('send');
      await again.fill('send-to', POISON);
      await again.fill('send-amount', '2');
      await again.click('send-review');
      await again.screen('review');
      await again.waitFor('look-alike', { 'data-known': YOU });
      await again.waitFor('fee');
      const enabled = async () => (await again.attr('approve', 'disabled')) === null;
      assert.equal(await enabled(), false);
      await again.fill('risk-word', 'different');
      await until('the button to be enabled', enabled);
      await again.hold('approve', async () => (await again.shown()) !== 'review');
      await until('the second payment on chain', async () => (await has(POISON)) === parseEther('2'));
    },
  },
];
