import assert from 'node:assert/strict';

import { servePages } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

/**
 * @typedef {import('../lib/context.mjs').Context} Context
 * @typedef {import('../lib/dapp.mjs').Dapp} Dapp
 */

const sign = (/** @type {string} */ text, /** @type {string} */ account) => ({
  method: 'personal_sign',
  params: [text, account],
});

/** What makes an extension go under an open page. @type {Record<string, (context: Context) => Promise<void>>} */
const ENDS = {
  removed: ({ driver }) => driver.uninstall(),
  'switched off': ({ driver }) => driver.disable(),
  updated: ({ driver }) => driver.update(),
};

/** @param {string} how @returns {import('../run.mjs').Journey} */
const ended = (how) => ({
  name: `the extension ${how} under an open page: what waits ends with 4900 by itself, and the page is told`,
  run: async (context) => {
    const { wallet } = context;
    await wallet.restore();
    const { dapp, account } = await context.connected('raw');
    const waiting = [await dapp.start('request', sign('first', account)), await dapp.start('request', sign('second', account))];
    await wallet.approval('message');
    await ENDS[how]?.(context);
    for (const n of waiting) assert.equal((await dapp.error(n)).code, 4900);
    assert.equal((await dapp.heard('disconnect')).value.code, 1011);
    assert.equal((await dapp.error(await dapp.start('request', { method: 'eth_chainId' }))).code, 4900);
    assert.equal((await dapp.events()).filter(({ name }) => name === 'disconnect').length, 1, 'it is told once');
    if (how !== 'updated') return;
    await dapp.reload();
    const again = await dapp.start('request', sign('third', account));
    const approval = await wallet.approval('message', { origin: dapp.origin });
    assert.match(approval.sentence, /third/, 'what ended is not asked again');
    assert.equal(await approval.page.count('queue-count'), 0);
    await approval.approve();
    assert.match(await dapp.value(again), /^0x/);
  },
});

/**
 * Leaves a page that the browser keeps.
 * @param {Context} context @param {Dapp} dapp
 * @returns {Promise<() => Promise<void>>} comes back to it
 */
async function leave({ shared }, dapp) {
  await dapp.page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(window, { kept: persisted }));
  });
  await dapp.page.goto(`${shared.otherSite.origin}/raw.html`);
  await dapp.ready();
  return async () => {
    await dapp.page.evaluate(() => history.back());
    await until('the page as it was', () => dapp.page.evaluate(() => /** @type {any} */ (window).kept));
  };
}

/** A page that has the browser prepare another, which asks for accounts and then tells its server so. */
const PREPARES = {
  '/first': `<script type="speculationrules">{"prerender":[{"urls":["/second"],"eagerness":"immediate"}]}</script>
    <a href="/second" data-testid="go">go</a>`,
  '/second': `<script type="module">
      ethereum.request({ method: 'eth_requestAccounts' }).then((accounts) => (window.accounts = accounts));
      if (document.prerendering) fetch('/asked');
    </script>`,
};

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  ended('removed'),
  ended('switched off'),
  ended('updated'),
  {
    name: 'a page kept while one is elsewhere: what waited ends with 4900, later requests work, events come',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      const waits = await dapp.start('request', sign('before', account));
      const { page } = await wallet.approval('message');
      const back = await leave(context, dapp);
      await until('the window to close', () => page.isClosed());
      await back();
      const error = await dapp.error(waits);
      assert.equal(error.code, 4900);
      assert.equal((await dapp.peek(waits)).settled, 1);
      assert.deepEqual(await dapp.request('eth_accounts'), [account]);
      const later = await dapp.start('request', sign('after', account));
      assert.match(await wallet.approveNext('message', { origin: dapp.origin }), /after/);
      assert.match(await dapp.value(later), /^0x/);
      await dapp.request('wallet_revokePermissions', [{ eth_accounts: {} }]);
      await dapp.heard('accountsChanged', (accounts) => accounts.length === 0);
      assert.ok(!(await dapp.events()).some(({ name }) => name === 'disconnect'));
    },
  },
  {
    name: 'what changed while a page was kept is told when it is shown again',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const { dapp } = await context.connected('raw');
      const back = await leave(context, dapp);
      const settings = await wallet.open('#/settings');
      await settings.click('sites-open');
      await settings.click('site-disconnect');
      await settings.waitForNone('site-row');
      await settings.close();
      await back();
      await dapp.heard('accountsChanged', (accounts) => accounts.length === 0);
      assert.deepEqual(await dapp.request('eth_accounts'), []);
    },
  },
  {
    name: 'loading a page anew cancels what it asked',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      await dapp.start('request', sign('before', account));
      const { page } = await wallet.approval('message');
      await dapp.reload();
      await until('the window to close', () => page.isClosed());
      await dapp.start('request', sign('after', account));
      const approval = await wallet.approval('message', { origin: dapp.origin });
      assert.match(approval.sentence, /after/);
      assert.equal(await approval.page.count('queue-count'), 0);
    },
  },
  {
    name: 'a page that writes itself anew keeps its wallet, finds it again, and cancels what it asked when it is left',
    run: async (context) => {
      const { wallet, shared } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      await dapp.page.evaluate(() => {
        document.open();
        document.write('<!doctype html><title>anew</title><p>anew</p>');
        document.close();
      });
      assert.deepEqual(await dapp.request('eth_accounts'), [account]);
      const announced = await dapp.page.evaluate(() => {
        /** @type {string[]} */
        const names = [];
        addEventListener('eip6963:announceProvider', (/** @type {any} */ event) => names.push(event.detail.info.name));
        dispatchEvent(new Event('eip6963:requestProvider'));
        return names;
      });
      assert.deepEqual(announced, ['Candor']);
      await dapp.start('request', sign('anew', account));
      const { page } = await wallet.approval('message', { origin: dapp.origin, says: /anew/ });
      await dapp.page.goto(`${shared.otherSite.origin}/raw.html`);
      await until('the window to close', () => page.isClosed());
    },
  },
  {
    name: 'a page that is only prepared asks nothing until it is shown',
    // Firefox prepares no pages.
    browsers: ['chromium'],
    run: async (context) => {
      const { wallet, driver } = context;
      await wallet.restore();
      const site = await servePages(PREPARES);
      context.endings.push(site.stop);
      const page = await driver.newPage(`${site.origin}/first`);
      await until('the page to ask while it is prepared', () => site.asked.includes('/asked'));
      // What is asked later is answered, and what was asked before is not even there.
      await page.evaluate(() => /** @type {any} */ (window).ethereum.request({ method: 'eth_blockNumber' }));
      assert.equal(await wallet.approvalPage(), undefined);
      await page.click('go');
      const approval = await wallet.approval('connect', { origin: site.origin });
      await approval.approve();
      await until('the accounts', () => page.evaluate(() => /** @type {any} */ (window).accounts?.length === 1));
    },
  },
];
