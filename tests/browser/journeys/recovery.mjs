import assert from 'node:assert/strict';

import { Context } from '../lib/context.mjs';
import { Control, KEY, addressesOf, tampered } from '../lib/control.mjs';
import { catchFiles, caughtFile } from '../lib/files.mjs';
import { ANVIL_PHRASE } from '../lib/services.mjs';
import { readCopies } from '../lib/storage.mjs';
import { until } from '../lib/until.mjs';
import { PASSWORD } from '../lib/wallet.mjs';

const ADDRESSES = addressesOf(ANVIL_PHRASE, 2);

/**
 * The file that the page in view saves; everything that is stored is in it.
 * @param {import('../lib/page.mjs').Page} page
 */
async function savedBy(page) {
  await catchFiles(page);
  await page.click('recovery-save');
  const { name, text } = await caughtFile(page);
  assert.match(name, /^candor-recovery-\d{4}-\d\d-\d\d\.json$/);
  const file = JSON.parse(text);
  const stored = await page.evaluate(() => /** @type {any} */ (globalThis).chrome.storage.local.get(null));
  assert.deepEqual(Object.keys(file.local).sort(), Object.keys(stored).sort());
  for (const [key, value] of Object.entries(stored)) {
    assert.deepEqual(file.local[key], typeof value === 'string' ? value : { json: value }, key);
  }
  assert.equal(file.mirror, (await readCopies(page)).mirror);
  assert.deepEqual(file.unread, []);
  return file;
}

/** The core panics over any stored network, as a defect of ours would. Runs in the background before anything else. */
function panicOverNetworks() {
  const wake = JSON.stringify;
  JSON.stringify = /** @type {any} */ (
    (/** @type {any} */ value, /** @type {any[]} */ ...rest) => {
      if (value?.local?.networks?.text) throw new WebAssembly.RuntimeError('for a test');
      return wake(value, ...rest);
    }
  );
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a page that breaks forgets what was typed and leads to what matters; all that is stored can be saved there',
    run: async ({ wallet }) => {
      await wallet.restore({ accounts: 2 });
      await wallet.lock();
      const page = await wallet.open('#/popup');
      await page.screen('unlock');
      await page.fill('unlock-password', PASSWORD);
      const field = await page.inner.$('[data-testid=unlock-password]');
      await page.evaluate(() => {
        dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('for a test') }));
      });
      await page.screen('error');
      assert.equal(await field?.evaluate((input) => /** @type {HTMLInputElement} */ (input).value), '');
      await savedBy(page);
      await page.click('essentials');
      await page.screen('recovery');
      await until('the addresses', async () => (await page.count('recovery-account')) === 2);
      assert.deepEqual(await page.attrs('recovery-account', 'data-address'), ADDRESSES);
      const file = await savedBy(page);
      assert.ok(file.local['vault.a'] && file.local['accounts.copy'], 'vault and records are in it');
      assert.ok(!JSON.stringify(file).includes('junk'), 'the phrase is not');
    },
  },
  {
    name: 'a core that panics over a record of the second stage is woken without it: unlock, addresses and export work',
    run: async ({ browser, shared, endings }) => {
      const { dist, remove } = await tampered(browser, panicOverNetworks);
      endings.push(remove);
      const context = await Context.open(browser, shared, { dist });
      endings.push(() => context.close());
      const control = await Control.open(context.driver);
      await control.make({ phrase: ANVIL_PHRASE, accounts: ADDRESSES.length });
      const { networks } = await control.local();
      await control.forget();
      assert.ok(await context.driver.killWorker(), 'it was running');
      assert.equal((await control.call('Status')).stage, 'locked');
      await control.call('Unlock', { key: KEY });
      assert.deepEqual((await control.accounts()).map(({ address }) => address), ADDRESSES);
      const [{ id }] = await control.call('Keyrings');
      assert.match(await control.call('RevealKeyring', { keyring: id, key: KEY }), /^434b4559/);
      assert.equal((await control.local()).networks, networks, 'what it fell over is still there');
    },
  },
];
