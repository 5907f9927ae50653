import assert from 'node:assert/strict';

import { Dapp } from '../lib/dapp.mjs';
import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

const [ME] = /** @type {[string]} */ (/** @type {unknown} */ (ANVIL_ACCOUNTS));

const ORIGINS = ['http://*/*', 'https://*/*'];

/**
 * Takes the extension off web pages, as people can: in Firefox it is theirs to give, in Chromium to take back.
 * @param {import('../lib/browser.mjs').Driver} driver
 */
async function takeAway(driver) {
  const page = await driver.newPage(driver.extensionUrl('page.html#/home'));
  if (driver.name === 'firefox') {
    await page.evaluate((origins) => /** @type {any} */ (globalThis).chrome.permissions.remove({ origins }), ORIGINS);
  } else {
    await hostAccess(driver, 'ON_CLICK');
  }
  await page.close();
}

/** Chromium's own page for extensions. @param {import('../lib/browser.mjs').Driver} driver @param {string} hostAccess */
async function hostAccess(driver, hostAccess) {
  const page = await driver.newPage('chrome://extensions/');
  await page.evaluate(
    (extensionId, given) =>
      /** @type {any} */ (globalThis).chrome.developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess: given }),
    new URL(driver.extensionUrl('')).host,
    hostAccess,
  );
  await page.close();
}

/** Whether a page finds us. @param {import('../lib/context.mjs').Context} context */
async function isFound({ driver, shared }) {
  const page = await driver.newPage(`${shared.site.origin}/raw.html`);
  const found = await page.evaluate(() => 'ethereum' in window);
  await page.close();
  return found;
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'where the browser keeps us off web pages, setting up and home say so, and a press ends it',
    run: async (context) => {
      const { wallet, driver } = context;
      const first = await wallet.firstTab();
      await takeAway(driver);
      await until('pages to be without us', async () => !(await isFound(context)));
      await first.click('welcome-create');
      await wallet.choosePassword(first);
      await wallet.readPhrase(first, 12);
      await first.click('phrase-continue');
      await first.click('quiz-later');
      await first.screen('networks');
      await first.click('networks-public');
      await first.click('networks-submit');
      await first.screen('done');
      await first.waitFor('access-banner');
      assert.match(await first.text('access-banner'), /Sites cannot find Candor.*web pages/);
      await first.click('onboarding-done');
      await first.screen('home');
      await first.waitFor('access-banner');
      const popup = await wallet.popup();
      await popup.waitFor('access-banner');
      if (context.browser === 'firefox') {
        await popup.click('access-ask');
        await popup.waitForNone('access-banner');
      } else {
        // Chromium asks in a window of its own, which nothing can press; the person says yes elsewhere.
        await hostAccess(driver, 'ON_ALL_SITES');
      }
      const again = await wallet.popup();
      await again.waitFor('asset-row');
      await again.waitForNone('access-banner');
      await until('a page to find us', () => isFound(context));
    },
  },
  {
    name: 'a request from a container is like any other: its window opens, and it is answered',
    browsers: ['firefox'],
    run: (context) =>
      answers(context, async (url) => {
        const container = await context.driver.inner.createBrowserContext();
        await (await container.newPage()).goto(url);
      }),
  },
  {
    // Chromium does not start an extension again that a debugger installed and this permission reloads.
    name: 'a request from a private window is like any other, once the person lets us be there',
    browsers: ['firefox'],
    run: (context) =>
      answers(context, async (url) => {
        await context.driver.allowPrivate();
        const page = await context.wallet.open('#/home');
        await page.screen('unlock');
        await page.evaluate(
          (address) => /** @type {any} */ (globalThis).chrome.windows.create({ incognito: true, url: address }),
          url,
        );
        await page.close();
      }),
  },
];

/**
 * Connects a page that is opened in another way than the others, and lets it sign.
 * @param {import('../lib/context.mjs').Context} context @param {(url: string) => Promise<void>} open
 */
async function answers({ driver, shared, wallet }, open) {
  await wallet.restore();
  const { origin } = shared.site;
  const url = `${origin}/raw.html?elsewhere`;
  await open(url);
  const dapp = new Dapp(await driver.waitForPage((there) => there === url), origin);
  await dapp.ready();
  const connecting = await dapp.start('connect');
  await wallet.approveNext('connect', { origin });
  assert.deepEqual(await dapp.value(connecting), [ME.toLowerCase()]);
  const signing = await dapp.start('request', { method: 'personal_sign', params: ['0x6869', ME] });
  await wallet.approveNext('message', { origin });
  assert.match(await dapp.value(signing), /^0x[0-9a-f]{130}$/);
}
