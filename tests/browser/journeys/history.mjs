import assert from 'node:assert/strict';
import { encodeFunctionData, erc20Abi, parseUnits } from 'viem';

import { catchFiles, caughtFile } from '../lib/files.mjs';
import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { publishToken } from '../lib/tokens.mjs';
import { until } from '../lib/until.mjs';

const [ME, YOU] = /** @type {[`0x${string}`, `0x${string}`]} */ (/** @type {unknown} */ (ANVIL_ACCOUNTS));

/** @param {import('../lib/page.mjs').Page} page @param {string} id @param {RegExp} says */
const row = (page, id, says) =>
  until(`${says} in ${id}`, async () => (await page.texts(id)).some((text) => says.test(text)));

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'what came is listed with whom it came from, what nobody asked for is only counted, and the table has all of it',
    run: async (context) => {
      const { wallet, chain, driver } = context;
      await wallet.restore();
      const moth = await publishToken(chain, YOU, { symbol: 'MOTH', decimals: 6, amount: 1_500n });
      const spam = await publishToken(chain, YOU, { symbol: 'visit-evil.test', decimals: 6, amount: 1_500n });
      for (const [token, amount] of /** @type {const} */ ([[moth, '25.5'], [spam, '1000']])) {
        const args = /** @type {const} */ ([ME, parseUnits(amount, 6)]);
        const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args });
        const hash = await chain.rpc('eth_sendTransaction', [{ from: YOU, to: token, data }]);
        await until('it to be included', () => chain.rpc('eth_getTransactionReceipt', [hash]));
      }

      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      const page = await wallet.open('#/activity');
      await page.screen('activity');
      await until('both to be hidden', async () => (await page.text('moves-hidden')).startsWith('2 hidden'));
      await page.click('moves-hidden');
      await row(page, 'move-hidden', /^2 of tokens that you did not ask for/);
      assert.equal(await page.count('move-row'), 0);
      const shown = () => page.evaluate(() => document.documentElement.outerHTML.toLowerCase());
      assert.ok(!(await shown()).includes('evil'), 'nothing that it calls itself');

      await home.click('token-add');
      const form = await driver.waitForPage((url) => url.endsWith('#/add-token'));
      await form.screen('add-token');
      await form.fill('token-address', moth);
      await form.click('token-submit');
      await form.screen('review');
      await form.click('approve');
      await form.screen('home');
      await row(page, 'move-row', /Received 25\.5\sMOTH/);
      await until('one to be hidden', async () => (await page.text('moves-hidden')).startsWith('1 hidden'));
      await page.waitFor('moves-looked');
      assert.ok(!(await shown()).includes(YOU.slice(2).toLowerCase()), 'no address to copy');

      await catchFiles(page);
      await page.click('activity-save');
      const { text } = await caughtFile(page);
      assert.match(text, /"Received 25\.5\sMOTH","25\.5\sMOTH","25500000","0x/);

      await driver.killWorker();
      await page.close();
      const again = await wallet.open('#/activity');
      await row(again, 'move-row', /Received 25\.5\sMOTH/);
    },
  },
];
