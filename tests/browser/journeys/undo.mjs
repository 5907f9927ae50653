import assert from 'node:assert/strict';

import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

const [ME, , YOU] = /** @type {[string, string, string]} */ (/** @type {unknown} */ (ANVIL_ACCOUNTS));

/** @param {import('../lib/page.mjs').Page} home @param {string} amount */
async function pay(home, amount) {
  await home.click('send-open');
  await home.screen('send');
  await home.fill('send-to', YOU);
  await home.fill('send-amount', amount);
  await home.click('send-review');
  await home.screen('review');
  await home.click('approve');
  await home.waitFor('undo');
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a payment is taken back, and the next one is sent by itself after its countdown',
    run: async ({ wallet, chain }) => {
      await wallet.restore();
      const count = async () => Number(await chain.rpc('eth_getTransactionCount', [ME, 'latest']));
      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      await pay(home, '1');
      assert.match(await home.text('undo'), /Sending in \d+.s/);
      await home.click('undo-send');
      await home.screen('activity');
      await home.waitFor('empty');
      assert.equal(await count(), 0);

      const again = await wallet.home();
      await pay(again, '2');
      const other = await wallet.home();
      await other.waitFor('undo');
      await until('the payment on chain', async () => (await count()) === 1);
      assert.equal(BigInt(await chain.rpc('eth_getBalance', [YOU, 'latest'])), 10_002n * 10n ** 18n);
      await other.waitForNone('undo');
    },
  },
];
