import assert from 'node:assert/strict';
import { parseEther } from 'viem';

import { catchFiles, caughtFile } from '../lib/files.mjs';
import { ANVIL_ACCOUNTS, ANVIL_PHRASE } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';
import { PASSWORD } from '../lib/wallet.mjs';

const [ME, , YOU] = /** @type {[string, string, string]} */ (/** @type {unknown} */ (ANVIL_ACCOUNTS));

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'sending the native coin from the wallet itself',
    run: async ({ wallet, chain }) => {
      await wallet.restore();
      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      const before = BigInt(await chain.rpc('eth_getBalance', [YOU, 'latest']));
      await home.click('send-open');
      await home.screen('send');
      await home.fill('send-to', YOU);
      await home.fill('send-amount', '1.5');
      await home.click('send-review');
      await home.screen('review');
      assert.match(await home.text('sentence'), /1\.5 ETH/);
      await home.waitFor('fee');
      await home.click('approve');
      await until('the payment on chain', async () =>
        BigInt(await chain.rpc('eth_getBalance', [YOU, 'latest'])) - before === parseEther('1.5'),
      );
      const again = await wallet.home();
      await again.click('activity-open');
      await again.screen('activity');
      await again.waitFor('activity-row', { 'data-status': 'worked' });
      const tab = await wallet.open('#/activity');
      await catchFiles(tab);
      await tab.click('activity-save');
      const { name, text } = await caughtFile(tab);
      assert.match(name, /^candor-activity-0x[\da-fA-F]{4}-[\d-]+\.csv$/);
      const [head, line, rest] = text.split('\r\n');
      assert.match(head ?? '', /^"Time \(UTC\)","State","What",/);
      assert.ok(line?.includes(`"1500000000000000000","${YOU}"`), line);
      assert.equal(rest, '');
    },
  },
  {
    name: 'a wrong receiver or amount is explained and goes nowhere; "max" leaves nothing but the fee',
    run: async ({ wallet, chain }) => {
      await wallet.restore();
      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      await home.click('send-open');
      await home.fill('send-to', YOU.toLowerCase().replace('0x3', '0x3G').slice(0, 42));
      await home.fill('send-amount', '1');
      await until('the wrong address to be explained', async () => {
        if (!(await home.has('error'))) await home.click('send-review');
        return (await home.text('error')).length > 10;
      });
      assert.equal(await home.shown(), 'send');
      await home.fill('send-to', YOU);
      await home.fill('send-amount', '999999');
      await until('the missing money to be explained', async () => {
        if (!(await home.has('error'))) await home.click('send-review');
        return (await home.text('error')).length > 10;
      });
      await home.click('send-max');
      await home.click('send-review');
      await home.screen('review');
      await home.click('approve');
      await until('the account to be emptied', async () =>
        BigInt(await chain.rpc('eth_getBalance', [ME, 'latest'])) < parseEther('0.01'),
      );
    },
  },
  {
    name: 'a network of one\'s own: a dead server is refused, a live one is added and used',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const other = await context.otherChain();
      const page = await wallet.open('#/add-network');
      await page.screen('add-network');
      await page.fill('network-name', 'Second chain');
      await page.fill('network-url', 'http://127.0.0.1:9');
      await page.fill('network-symbol', 'ETH');
      await page.click('network-submit');
      await page.text('error');
      await wallet.fillNetwork(page, { name: 'Second chain', url: other.url });
      const home = await wallet.home();
      await wallet.selectNetwork(home, other.chainId);
      await until('its balance', async () => /10,?000/.test(await home.text('balance-total')));
    },
  },
  {
    name: 'settings: the theme is kept, the phrase needs the password, a site is disconnected',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const { dapp } = await context.connected('raw');
      const page = await wallet.open('#/settings');
      await page.screen('settings');
      await page.press('[data-testid=theme] [data-value=dark]');
      await until('the dark theme', () => page.evaluate(() => document.documentElement.dataset.theme === 'dark'));
      await page.close();
      const again = await wallet.open('#/settings');
      await again.screen('settings');
      await until('the dark theme', () => again.evaluate(() => document.documentElement.dataset.theme === 'dark'));
      await again.click('sites-open');
      await again.screen('sites');
      await again.waitFor('site-row', { 'data-origin': dapp.origin });
      await again.click('site-disconnect');
      await dapp.heard('accountsChanged', (accounts) => accounts.length === 0);
      assert.deepEqual(await dapp.request('eth_accounts'), []);

      const show = await wallet.open('#/settings/phrase');
      await show.fill('password-input', 'not the password');
      await show.click('password-submit');
      await show.text('error');
      assert.equal(await show.count('phrase-word'), 0);
      await show.fill('password-input', PASSWORD);
      await show.click('password-submit');
      await show.waitFor('phrase-reveal');
      if (!(await show.texts('phrase-word')).some((text) => /[a-z]/.test(text))) await show.click('phrase-reveal');
      await until('the words', async () => {
        const words = (await show.texts('phrase-word')).map((text) => /[a-z]+$/.exec(text)?.[0]);
        return words.join(' ') === ANVIL_PHRASE;
      });
    },
  },
  {
    name: 'the popup: the site\'s bar shows who may see what, and disconnects',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const { dapp } = await context.connected('raw');
      const popup = await wallet.popup(dapp.page);
      await popup.waitFor('site-bar', { 'data-origin': dapp.origin });
      await popup.click('site-disconnect');
      await dapp.heard('accountsChanged', (accounts) => accounts.length === 0);
    },
  },
];
