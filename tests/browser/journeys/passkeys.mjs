import assert from 'node:assert/strict';

import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';
import { PASSWORD } from '../lib/wallet.mjs';

/** @typedef {import('../lib/page.mjs').Page} Page */

/**
 * An authenticator of this computer, as Chromium simulates them.
 * @param {Page} page @param {boolean} hasPrf
 */
async function authenticator(page, hasPrf) {
  const session = await page.inner.createCDPSession();
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf,
      automaticPresenceSimulation: true,
    },
  });
  return () => session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
}

/** @param {Page} page @param {string} route */
const turnTo = (page, route) => page.evaluate((hash) => void (location.hash = hash), route);

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a passkey opens the wallet beside the password, until it is taken off; one without PRF is refused',
    // Only Chromium simulates authenticators; for Firefox see the next journey.
    browsers: ['chromium'],
    run: async ({ wallet }) => {
      await wallet.restore();
      const page = await wallet.open('#/settings');
      await page.click('passkeys-open');
      await page.screen('passkeys');
      const remove = await authenticator(page, false);
      await page.fill('password-input', PASSWORD);
      await page.click('passkey-add');
      assert.match(await page.text('error'), /cannot hold a key/);
      assert.equal(await page.count('passkey'), 0);
      await remove();

      await authenticator(page, true);
      await page.fill('password-input', 'not the password');
      await page.click('passkey-add');
      await until('the wrong password to be said', async () => /not the password/.test(await page.text('error')));
      assert.equal(await page.count('passkey'), 0);
      await page.fill('password-input', PASSWORD);
      await page.click('passkey-add');
      await page.waitFor('passkey');

      await wallet.lock();
      await page.screen('unlock');
      await page.click('unlock-passkey');
      await page.screen('passkeys');
      await turnTo(page, '#/home');
      await page.screen('home');
      assert.equal(await page.attr('account-address', 'data-address'), ANVIL_ACCOUNTS[0]);

      await turnTo(page, '#/passkeys');
      await page.click('passkey-remove');
      await page.waitForNone('passkey');
      await page.close();
      await wallet.lock();
      const locked = await wallet.open('#/home');
      await locked.screen('unlock');
      await locked.waitFor('unlock-password');
      assert.ok(!(await locked.has('unlock-passkey')));
      await wallet.unlock(locked);
      await locked.screen('home');
    },
  },
  {
    name: 'where the browser has no passkeys for extensions, none are offered',
    browsers: ['firefox'],
    run: async ({ wallet }) => {
      await wallet.restore();
      const page = await wallet.open('#/settings');
      await page.waitFor('change-password-open');
      await page.waitFor('version');
      const offered = await page.has('passkeys-open');
      const has = await page.evaluate(async () => {
        const ask = /** @type {any} */ (globalThis).PublicKeyCredential?.getClientCapabilities;
        return ask ? (await ask.call(PublicKeyCredential))['extension:prf'] === true : false;
      });
      assert.equal(offered, has, 'offered only where the browser says that it has them');
    },
  },
  {
    name: 'the keys for locking lock from every page of the wallet',
    run: async ({ wallet }) => {
      await wallet.restore();
      for (const name of ['home', 'settings', 'accounts']) {
        const page = await wallet.open(`#/${name}`);
        await page.screen(name);
        await page.evaluate(() =>
          window.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyL', key: 'L', altKey: true, shiftKey: true })),
        );
        await wallet.unlock(page);
        await page.screen(name);
        await page.close();
      }
    },
  },
];
