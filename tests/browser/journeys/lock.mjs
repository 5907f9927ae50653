import assert from 'node:assert/strict';

import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a wrong password says so and changes nothing; after five there is a growing delay',
    run: async ({ wallet }) => {
      await wallet.restore();
      await wallet.lock();
      const page = await wallet.open('#/popup');
      await wallet.unlock(page, 'not the password');
      const first = await page.text('error');
      assert.match(first, /password/i);
      assert.equal(await page.shown(), 'unlock');
      for (let n = 1; n < 5; n += 1) {
        await page.fill('unlock-password', `still wrong ${n}`);
        await page.click('unlock-submit');
        await until('an answer', async () => !(await page.has('busy')) && (await page.has('error')));
      }
      await page.fill('unlock-password', 'wrong again');
      await until('the delay to be said', async () => /second|minute/i.test(await page.text('error')));
    },
  },
  {
    name: 'locking hides nothing from a connected site and tells it nothing; signing opens unlock and goes on',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      const before = (await dapp.events()).length;
      await wallet.lock();
      assert.deepEqual(await dapp.request('eth_accounts'), [account]);
      assert.equal((await dapp.events()).length, before, 'no event on lock');
      const n = await dapp.start('request', { method: 'personal_sign', params: ['0x6869', account] });
      const page = await context.driver.waitForPage((url) => url.includes('#/approval'));
      await page.screen('unlock');
      await wallet.unlock(page);
      await wallet.approveNext('message');
      assert.match(await dapp.value(n), /^0x[0-9a-f]{130}$/);
      assert.equal((await dapp.events()).length, before, 'no event on unlock');
    },
  },
  {
    name: 'the wallet locks by itself when its time is over, even if nothing woke it',
    run: async ({ wallet, driver }) => {
      await wallet.restore();
      const home = await wallet.home();
      await home.close();
      await driver.shiftClock(16 * 60_000);
      const page = await wallet.open('#/popup');
      await page.screen('unlock');
      await wallet.unlock(page);
      await page.screen('home');
    },
  },
  {
    name: 'closing the browser locks the wallet; the same profile opens it again with the password',
    run: async (context) => {
      await context.wallet.restore();
      await context.reopen();
      const page = await context.wallet.open('#/popup');
      await page.screen('unlock');
      await context.wallet.unlock(page);
      await page.screen('home');
      assert.equal(await page.attr('account-address', 'data-address'), ANVIL_ACCOUNTS[0]);
    },
  },
];
