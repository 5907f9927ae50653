import assert from 'node:assert/strict';

import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

const [ME, YOU] = ANVIL_ACCOUNTS;

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'who asked for it is told by the system when a payment is done, and nobody else',
    run: async (context) => {
      const { wallet, driver } = context;
      await wallet.restore();
      const { dapp } = await context.connected('raw');
      const pay = async () => {
        const promised = await dapp.start('request', {
          method: 'eth_sendTransaction',
          params: [{ from: ME, to: YOU, value: '0xde0b6b3a7640000' }],
        });
        await wallet.approveNext('transaction');
        const hash = await dapp.value(promised);
        const page = await wallet.open(`#/transaction/${hash}`);
        await page.waitFor('transaction', { 'data-status': 'worked' });
        await page.close();
      };

      await driver.allowNotifications();
      await pay();
      assert.deepEqual(await driver.notifications(), [], 'nobody asked for it');

      const settings = await wallet.open('#/settings');
      await settings.click('setting-tells');
      await until('it to be on', () =>
        settings.evaluate(async () => {
          const answer = await /** @type {any} */ (globalThis).chrome.runtime.sendMessage('{"Settings":{}}');
          return JSON.parse(answer).ok.tells;
        }),
      );
      await settings.close();
      await pay();
      const told = await until('a notification', async () => (await driver.notifications())[0]);
      assert.match(told, /^It is done\. Send 1\sETH to/);
    },
  },
];
