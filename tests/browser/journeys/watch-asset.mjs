import assert from 'node:assert/strict';

import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { publishCollection, publishToken } from '../lib/tokens.mjs';
import { until } from '../lib/until.mjs';

const [ME, YOU] = /** @type {[string, string]} */ (/** @type {unknown} */ (ANVIL_ACCOUNTS));

/** @param {string} type @param {object} options */
const asset = (type, options) => ({ method: 'wallet_watchAsset', params: { type, options } });

/**
 * Waits until home says how much of a token there is.
 * @param {import('../lib/page.mjs').Page} home @param {string} symbol @param {RegExp} amount
 */
const has = (home, symbol, amount) =>
  until(`${amount} of ${symbol}`, async () => amount.test(await home.text('asset-row', { 'data-symbol': symbol })));

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a site has a token and a collectible shown on home, by what their contracts say; a lie is said, a no is a no',
    run: async (context) => {
      const { wallet, chain, driver } = context;
      await wallet.restore();
      const moth = await publishToken(chain, ME, { symbol: 'MOTH', decimals: 6, amount: 1_500n });
      const prints = await publishCollection(chain, ME);
      const { dapp } = await context.connected('raw');

      const added = await dapp.start('request', asset('ERC20', { address: moth, symbol: 'MOTH', decimals: 6 }));
      await wallet.approveNext('watch-asset', { origin: dapp.origin, says: /^Show MOTH in your wallet on / });
      assert.equal(await dapp.value(added), true);
      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      await has(home, 'MOTH', /1,500\sMOTH/);

      const lie = await dapp.start('request', asset('ERC20', { address: moth, symbol: 'BUG', decimals: '18' }));
      const shown = await wallet.approval('watch-asset', { says: /^Show MOTH / });
      await shown.page.waitFor('risk', { 'data-rule': 'other-name' });
      await shown.page.waitFor('risk', { 'data-rule': 'other-decimals' });
      await shown.reject();
      assert.equal((await dapp.error(lie)).code, 4001);

      const one = await dapp.start('request', asset('ERC721', { address: prints, tokenId: '1' }));
      await wallet.approveNext('watch-asset', { says: /^Show No\.\s1 of “.+” in your wallet on / });
      assert.equal(await dapp.value(one), true);
      await until('the collectible to be listed', async () => (await home.count('asset-row')) === 3);
      const name = (await home.attrs('asset-row', 'data-symbol'))[2] ?? '';
      await has(home, name, /[^t] ?yours$/);

      const none = await dapp.start('request', asset('ERC20', { address: YOU, symbol: 'YOU', decimals: 18 }));
      const cannot = await wallet.approval('watch-asset');
      await until('the reason', async () => (await cannot.page.text('error')).includes('no token'));
      assert.equal(await cannot.enabled(), false);
      await cannot.page.click('reject');
      assert.equal((await dapp.error(none)).code, -32602);

      // The list outlives the worker, and what is taken off it is gone.
      await driver.killWorker();
      const again = await wallet.home();
      await has(again, 'MOTH', /1,500\sMOTH/);
      await again.press('[data-symbol=MOTH] [data-testid=token-remove]');
      await again.waitForNone('asset-row', { 'data-symbol': 'MOTH' });
      assert.equal(await again.count('asset-row'), 2);
    },
  },
  {
    name: 'a token is added by its address; what is none, or is there already, is said',
    run: async (context) => {
      const { wallet, chain, driver } = context;
      await wallet.restore();
      const moth = await publishToken(chain, ME, { symbol: 'MOTH', decimals: 6, amount: 1_500n });
      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      await home.click('token-add');
      const page = await driver.waitForPage((url) => url.endsWith('#/add-token'));
      await page.screen('add-token');
      await page.fill('token-address', moth.slice(0, -1));
      await page.click('token-submit');
      await until('the reason', async () => (await page.text('error')).includes('not an address'));
      await page.fill('token-address', moth);
      await page.click('token-submit');
      await page.screen('review');
      await until('what it says', async () => /^Show MOTH in your wallet on /.test(await page.text('sentence')));
      await page.click('approve');
      await page.screen('home');
      await has(page, 'MOTH', /1,500\sMOTH/);

      await page.click('token-add');
      const again = await driver.waitForPage((url) => url.endsWith('#/add-token'));
      await again.fill('token-address', moth);
      await again.click('token-submit');
      await until('the reason', async () => (await again.text('error')).includes('already'));
      await again.fill('token-address', YOU);
      await again.click('token-submit');
      await again.screen('review');
      await until('the reason', async () => (await again.text('error')).includes('no token'));
    },
  },
];
