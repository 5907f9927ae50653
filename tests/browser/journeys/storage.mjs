import assert from 'node:assert/strict';

import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { readCopies, writeCopies } from '../lib/storage.mjs';
import { until } from '../lib/until.mjs';

/** @typedef {import('../lib/context.mjs').Context} Context */

/** Ways to ruin a text. @type {Record<string, (good: string) => string | null>} */
const RUIN = {
  garbled: (good) => good.slice(0, good.length / 2) + [...good.slice(good.length / 2)].reverse().join(''),
  cut: (good) => good.slice(0, good.length / 3),
  gone: () => null,
};

/**
 * Ruins copies, as a cold start would find them.
 * @param {Context} context
 * @param {import('../lib/storage.mjs').Copies} copies
 */
async function coldStartWith({ wallet, driver }, copies) {
  const page = await wallet.open('#/home');
  await writeCopies(page, copies);
  await page.evaluate(() => /** @type {any} */ (globalThis).chrome.storage.session.clear());
  await page.close();
  await driver.killWorker();
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'any one copy of the vault ruined: the wallet opens as ever and heals it',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      for (const name of /** @type {const} */ (['a', 'b', 'mirror'])) {
        for (const [how, ruin] of Object.entries(RUIN)) {
          // One copy is written again at each start, so it may take one more until all are there.
          await coldStartWith(context, {});
          const page = await wallet.open('#/home');
          const good = await until(`a copy ${name}`, async () => {
            const now = await readCopies(page);
            return now[name] ? now : null;
          });
          await page.close();
          const ruined = ruin(/** @type {string} */ (good[name]));
          await coldStartWith(context, { [name]: ruined });
          const again = await wallet.home();
          assert.equal(await again.attr('account-address', 'data-address'), ANVIL_ACCOUNTS[0]);
          await until(`the copy ${name}, ${how}, to be healed`, async () => {
            const now = (await readCopies(again))[name];
            return now !== ruined && !!now;
          });
          await again.close();
        }
      }
    },
  },
  {
    name: 'both stored copies ruined: the mirror opens the wallet',
    run: async (context) => {
      await context.wallet.restore();
      await coldStartWith(context, { a: 'AAAA', b: 'AAAA' });
      const home = await context.wallet.home();
      assert.equal(await home.attr('account-address', 'data-address'), ANVIL_ACCOUNTS[0]);
    },
  },
  {
    name: 'all copies ruined: recovery, never welcome, and nothing is erased',
    run: async (context) => {
      const { wallet, driver } = context;
      await wallet.restore();
      const ruined = { a: 'Z2FyYmxlZA==', b: 'Z2FyYmxlZA==', mirror: 'Z2FyYmxlZA==' };
      await coldStartWith(context, ruined);
      for (const route of ['#/popup', '#/home', '#/welcome']) {
        const page = await wallet.open(route);
        await page.screen('recovery');
        await page.close();
      }
      await driver.killWorker();
      const page = await wallet.open('#/popup');
      await page.screen('recovery');
      assert.deepEqual(await readCopies(page), ruined, 'what is there stays there');
    },
  },
];
