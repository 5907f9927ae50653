import assert from 'node:assert/strict';

import { Context } from '../lib/context.mjs';
import { Control, KEY, addressesOf, tampered } from '../lib/control.mjs';
import { ANVIL_PHRASE } from '../lib/services.mjs';
import { readCopies, writeCopies } from '../lib/storage.mjs';
import { until } from '../lib/until.mjs';

/** So soon after opening there is a prompt. */
const PROMPT_MS = 3_000;

/** Where the test says how reads of which keys are to go wrong; the wallet does not know it. */
const SHIM = 'test.shim';

const ADDRESSES = addressesOf(ANVIL_PHRASE, 3);

/** Lets reads of keys fail or hang, as the test says. Runs in the background before anything else. */
function misread() {
  const { local } = /** @type {any} */ (globalThis).chrome.storage;
  const get = local.get.bind(local);
  /** @param {unknown} key @returns {Promise<void>} */
  const suffer = async (key) => {
    const { 'test.shim': told } = await get('test.shim');
    const manner = typeof key === 'string' ? told?.[key] : undefined;
    if (!manner) return;
    if (manner === 'rejects') throw new Error('for a test');
    await new Promise((resolve) => setTimeout(resolve, 30_000));
  };
  local.get = async (/** @type {unknown} */ key) => {
    await suffer(key);
    return get(key);
  };
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (name, version) {
    /** @type {any} */
    const request = {};
    suffer('mirror').then(
      () => {
        const real = open.call(this, name, version);
        real.onupgradeneeded = () => {
          request.result = real.result;
          request.onupgradeneeded?.();
        };
        real.onsuccess = () => {
          request.result = real.result;
          request.onsuccess?.();
        };
        real.onerror = () => request.onerror?.();
      },
      (error) => {
        request.error = error;
        request.onerror?.();
      },
    );
    return request;
  };
}

/** What can be wrong with what is stored under a key. @type {Record<string, (text: string) => string | null>} */
const DAMAGE = {
  deleted: () => null,
  truncated: (text) => text.slice(0, text.length / 2),
  flipped: (text) => {
    const middle = Math.floor(text.length / 2);
    return text.slice(0, middle) + (text[middle] === 'A' ? 'B' : 'A') + text.slice(middle + 1);
  },
};

/** What can be wrong with a key: what is stored under it, or the reading of it. */
const WRONGS = [...Object.keys(DAMAGE), 'rejects', 'hangs'];

/**
 * Everything that a finished wallet keeps on disk, each key with its text.
 * @param {Control} control
 */
async function snapshot(control) {
  const local = /** @type {Record<string, string>} */ (await control.local());
  const { mirror } = await readCopies(control.page);
  assert.ok(mirror, 'the mirror is there');
  return { local, mirror };
}

/**
 * Every group of keys that hold the same: one of them must stay as it is. Only the ledger of requests goes on being
 * written when a wallet opens; see `askedIn`.
 * @param {Record<string, string>} local
 */
function copiesIn(local) {
  const records = Object.keys(local).filter((key) => `${key}.copy` in local && key !== 'egress');
  return records.map((key) => [key, `${key}.copy`]);
}

/** Whom the ledger says that the wallet asked, and what for. @param {Control} control @returns {Promise<string[]>} */
async function askedIn(control) {
  /** @type {{ rows: { host: string, what: string }[] }} */
  const { rows } = await control.call('EgressLog');
  return rows.map(({ host, what }) => `${host}: ${what}`);
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'whatever happens to what is stored, there is a prompt in time, the password opens, nothing readable goes',
    alone: true,
    run: async ({ browser, shared, endings }) => {
      const { dist, remove } = await tampered(browser, misread);
      endings.push(remove);
      const { driver, close } = await opened(browser, shared, dist);
      endings.push(close);
      const control = await Control.open(driver);
      await control.make({ phrase: ANVIL_PHRASE, accounts: ADDRESSES.length });
      // Every record, and all copies of the vault. The ledger is written when the wallet locks.
      const asked = await askedIn(control);
      await control.call('Lock');
      await control.call('Unlock', { key: KEY.replace('5', '6') }).catch(() => {});
      await control.call('Unlock', { key: KEY });
      for (const [call, fields] of /** @type {const} */ ([
        ['SetTheme', { theme: 'dark' }],
        ['SetSiteNetwork', { origin: 'https://a.example', chainId: 10 }],
        ['SetTheme', { theme: 'system' }],
      ])) {
        await control.call(call, fields);
      }
      await control.changePassword(KEY, KEY);
      const good = await snapshot(control);
      for (const key of ['accounts', 'networks', 'sites', 'settings', 'setup', 'guard', 'vault.a', 'vault.b']) {
        assert.ok(key in good.local, `${key} is stored: ${Object.keys(good.local)}`);
      }
      const page = await driver.newPage();

      /** Opens a wallet of which some keys went wrong, each in its way. @param {Record<string, string>} wrongs */
      const opens = async (wrongs) => {
        const what = Object.entries(wrongs).map((wrong) => wrong.join(' ')).join(', ');
        /** @type {Record<string, unknown>} */
        const local = { ...good.local };
        /** @type {Record<string, string>} */
        const shim = {};
        let mirror = /** @type {string | null} */ (good.mirror);
        for (const [key, wrong] of Object.entries(wrongs)) {
          const damage = DAMAGE[wrong];
          if (!damage) shim[key] = wrong;
          else if (key === 'mirror') mirror = damage(good.mirror);
          else local[key] = damage(/** @type {string} */ (good.local[key]));
          if (local[key] === null) delete local[key];
        }
        await control.setLocal({ ...local, [SHIM]: shim });
        await writeCopies(control.page, { mirror });
        await control.forget();
        await driver.killWorker();
        await page.goto('about:blank');
        await page.goto(driver.extensionUrl('page.html#/home'));
        const first = await until(`${what}: a prompt`, async () => (await page.shown()) || null, PROMPT_MS);
        assert.ok(['unlock', 'recovery'].includes(first), `${what}: it shows ${first}`);
        await control.call('Unlock', { key: KEY });
        await until(`${what}: the wallet to open`, async () => (await page.shown()) === 'home');
        assert.deepEqual((await control.accounts()).map(({ address }) => address), ADDRESSES, what);
        const left = /** @type {Record<string, string>} */ (await control.local());
        for (const copies of copiesIn(good.local)) {
          assert.ok(copies.some((copy) => left[copy] === good.local[copy]), `${what}: ${copies} are gone`);
        }
        const stillThere = await askedIn(control);
        assert.deepEqual(asked.filter((row) => !stillThere.includes(row)), [], `${what}: rows of the ledger are gone`);
        const { mirror: kept } = await readCopies(control.page);
        const vaults = [left['vault.a'] === good.local['vault.a'], left['vault.b'] === good.local['vault.b']];
        assert.ok(vaults.includes(true) && (vaults[1] || kept === good.mirror), `${what}: the newest vault is gone`);
      };

      const vaults = ['vault.a', 'vault.b', 'mirror'];
      for (const key of vaults) {
        for (const wrong of WRONGS) await opens({ [key]: wrong });
      }
      // The records are read each on its own: all go wrong at once, each in another way, and in every way in turn.
      const records = Object.keys(good.local).filter((key) => !vaults.includes(key));
      for (const keys of [records.filter((key) => !key.endsWith('.copy')), records.filter((key) => key.endsWith('.copy'))]) {
        for (const turn of WRONGS.keys()) {
          await opens(Object.fromEntries(keys.map((key, at) => [key, WRONGS[(at + turn) % WRONGS.length] ?? ''])));
        }
      }
    },
  },
];

/** @param {import('../lib/browser.mjs').BrowserName} browser @param {import('../lib/context.mjs').Shared} shared @param {string} dist */
async function opened(browser, shared, dist) {
  const context = await Context.open(browser, shared, { dist });
  return { driver: context.driver, close: () => context.close() };
}
