import assert from 'node:assert/strict';

import { until } from '../lib/until.mjs';

/** @typedef {import('../lib/dapp.mjs').Dapp} Dapp */

/** @param {string} text @param {string} account */
const sign = (text, account) => ({ method: 'personal_sign', params: [text, account] });

/** What the approval window shows now, and whether one could agree to it. @param {import('../lib/page.mjs').Page} page */
const seen = (page) =>
  page.evaluate(() => ({
    sentence: document.querySelector('[data-testid=sentence]')?.textContent ?? '',
    open: !document.querySelector('[data-testid=approve]')?.matches(':disabled'),
  }));

/**
 * Waits until the background has what a page asked before: it takes one question after the other, and this one is never
 * answered in the page.
 * @param {Dapp} dapp
 */
const arrived = (dapp) => dapp.request('wallet_getPermissions');

/**
 * Presses Approve twenty times in the very moment in which the window shows something else, and waits until it can be
 * pressed.
 * @param {import('../lib/page.mjs').Page} page @param {string} text of what comes @param {() => Promise<unknown>} change
 */
async function pressAtTheChange(page, text, change) {
  await page.evaluate((wanted) => {
    const look = () => {
      if (!document.querySelector('[data-testid=sentence]')?.textContent?.includes(wanted)) return;
      watcher.disconnect();
      for (let press = 0; press < 20; press += 1) {
        /** @type {HTMLElement | null} */ (document.querySelector('[data-testid=approve]'))?.click();
      }
      Object.assign(window, { pressed: true });
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  }, text);
  await change();
  await until('the presses', () => page.evaluate(() => /** @type {any} */ (window).pressed));
  await until('the button to be enabled', async () => {
    const now = await seen(page);
    return now.open && now.sentence.includes(text);
  });
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'five requests of a site are counted, and refused together; another site\'s stays',
    run: async (context) => {
      const { wallet, shared } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      const other = await context.dapp('raw', shared.otherSite.origin);
      /** @type {number[]} */
      const all = [];
      for (const text of ['one', 'two', 'three', 'four', 'five']) all.push(await dapp.start('request', sign(text, account)));
      await arrived(dapp);
      const foreign = await other.start('request', { method: 'eth_requestAccounts' });
      const first = await wallet.approval('message', { origin: dapp.origin });
      await until('all five to be counted', async () => /1 of 5/.test(await first.page.text('queue-count')));
      await first.approve();
      await until('the second of them', async () => /two/.test((await seen(first.page)).sentence));
      assert.match(await dapp.value(all[0] ?? 0), /^0x/);
      assert.match(await first.page.text('queue-count'), /of 4/);
      await first.page.click('reject-all');
      for (const n of all.slice(1)) assert.equal((await dapp.error(n)).code, 4001);
      assert.equal((await other.peek(foreign)).state, 'pending');
      await wallet.approveNext('connect', { origin: other.origin });
      assert.deepEqual(await other.value(foreign), [account]);
    },
  },
  {
    name: 'requests that wait keep the network and the account that their site had when it asked',
    run: async (context) => {
      const { wallet, shared } = context;
      await wallet.restore({ accounts: 2 });
      const { dapp, account } = await context.connected('raw');
      const second = await context.otherChain();
      const other = await context.dapp('raw', shared.otherSite.origin);
      const connecting = await other.start('request', { method: 'eth_requestAccounts' });
      const connect = await wallet.approval('connect', { origin: other.origin });
      await connect.page.waitFor('account-item');
      const accounts = await connect.page.attrs('account-item', 'data-address');
      await connect.page.click('account-item', { 'data-address': accounts[0] ?? '' });
      await connect.page.click('account-item', { 'data-address': accounts[1] ?? '' });
      await connect.approve();
      const [theirs] = await other.value(connecting);
      assert.notEqual(theirs, account);
      const chain = {
        chainId: '0x7a6a',
        chainName: 'Second chain',
        nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
        rpcUrls: [second.url],
      };
      const adding = await other.start('request', { method: 'wallet_addEthereumChain', params: [chain] });
      await wallet.approveNext('add-network');
      await other.value(adding);
      await other.heard('chainChanged', (id) => id === '0x7a6a');

      const here = await dapp.start('request', sign('here', account));
      const waits = await wallet.approval('message', { origin: dapp.origin });
      const there = await other.start('request', sign('there', theirs));
      await wallet.switchSiteNetwork(dapp.page, 0x7a6a);
      await dapp.heard('chainChanged', (id) => id === '0x7a6a');
      assert.equal(await dapp.request('eth_chainId'), '0x7a6a');
      const still = await wallet.approval('message', { origin: dapp.origin });
      assert.deepEqual([still.chainId, still.account?.toLowerCase()], [waits.chainId, account]);
      assert.equal(still.chainId, 31_337);
      await still.approve();
      await dapp.value(here);
      const last = await wallet.approval('message', { origin: other.origin });
      assert.deepEqual([last.chainId, last.account?.toLowerCase()], [31_338, theirs]);
      await last.approve();
      await other.value(there);
    },
  },
  {
    name: 'the popup is about the site below it, whichever window is in front',
    // Chromium closes a popup as soon as another window is in front.
    browsers: ['firefox'],
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      await dapp.start('request', sign('here', account));
      const waits = await wallet.approval('message', { origin: dapp.origin });
      const popup = await wallet.popup(dapp.page);
      await popup.waitFor('site-bar', { 'data-origin': dapp.origin });
      await waits.page.inner.bringToFront();
      const address = await popup.url();
      await popup.goto('about:blank');
      await popup.goto(address);
      await popup.waitFor('site-bar', { 'data-origin': dapp.origin });
    },
  },
  {
    name: 'presses that meant the request before do not agree to the next',
    run: async (context) => {
      const { wallet, shared } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      const other = await context.dapp('raw', shared.otherSite.origin);
      const one = await dapp.start('request', sign('one', account));
      const two = await dapp.start('request', sign('two', account));
      const { page } = await wallet.approval('message');
      await until('both to be counted', async () => /of 2/.test(await page.text('queue-count')));
      await until('the button to be enabled', async () => (await seen(page)).open);
      await pressAtTheChange(page, 'two', () => page.click('approve'));
      assert.match(await dapp.value(one), /^0x/);
      assert.equal((await dapp.peek(two)).state, 'pending');

      // The site takes its request back, and another's is there in its place.
      const foreign = await other.start('request', { method: 'eth_requestAccounts' });
      await arrived(other);
      await pressAtTheChange(page, new URL(other.origin).host, () => dapp.reload());
      assert.equal((await other.peek(foreign)).state, 'pending');
      await wallet.rejectNext('connect', { origin: other.origin });
      assert.equal((await other.error(foreign)).code, 4001);
    },
  },
  {
    name: 'asking again brings back a window that was put away',
    // Firefox without a screen puts no window away.
    browsers: ['chromium'],
    run: async (context) => {
      const { wallet, driver } = context;
      await wallet.restore();
      const dapp = await context.dapp('raw');
      await dapp.start('request', { method: 'eth_requestAccounts' });
      const { page } = await wallet.approval('connect');
      const state = () =>
        page.evaluate(async () => (await /** @type {any} */ (globalThis).chrome.windows.getCurrent()).state);
      await page.evaluate(async () => {
        const { windows } = /** @type {any} */ (globalThis).chrome;
        await windows.update((await windows.getCurrent()).id, { state: 'minimized' });
      });
      await until('the window to be put away', async () => (await state()) === 'minimized');
      await dapp.start('request', { method: 'eth_requestAccounts' });
      await until('the window to be back', async () => (await state()) === 'normal');
      const pages = (await driver.pages()).filter((one) => one.inner.url().includes('#/approval'));
      assert.equal(pages.length, 1);
    },
  },
];
