import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { Context } from '../lib/context.mjs';
import { BUNDLES, HERE } from '../lib/paths.mjs';
import { serveDocuments } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

/** The other wallet, and the ways in which it defines `window.ethereum`. */
const NEIGHBOUR = path.join(HERE, 'neighbour');
const LOOSE = ['assigned', 'writable', 'readonly', 'accessor'];
const FAST = ['fast', 'fastAccessor'];

/** Chromium runs extensions in the order of their ids, which follow from these: `aaaa…` and `pppp…`. */
const FIRST_KEY = 'bmVpZ2hib3VyIDQ2OTc=';
const LAST_KEY = 'bmVpZ2hib3VyIDMxMDAw';

/** @param {Context} context @param {string} key */
async function installNeighbour(context, key) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'candor-neighbour-'));
  context.endings.push(() => rm(folder, { recursive: true }));
  await cp(NEIGHBOUR, folder, { recursive: true });
  const manifest = path.join(folder, 'manifest.json');
  await writeFile(manifest, JSON.stringify({ ...JSON.parse(await readFile(manifest, 'utf8')), key }));
  await context.driver.inner.installExtension(folder);
}

/** The page's own names, and what runs before everything else in it. */
const MINE = ['mine', 'errors', 'before', 'look', 'differences', 'ready', 'neighbour'];
const FIRST = `var mine = ${JSON.stringify(MINE)}, errors = [], before = window.ethereum;
before = before === undefined ? 'nobody' : before.isNeighbour ? 'neighbour' : before.isCandor ? 'candor' : 'somebody';
addEventListener('error', (event) => errors.push(String(event.message)));`;

/** Opens the page that looks around. @param {Context} context @param {(look: Look) => Promise<void>} act */
async function looking(context, act) {
  const script = { type: 'text/javascript', body: await readFile(path.join(BUNDLES, 'neighbour.js')) };
  const html = `<!doctype html><html><head><script>${FIRST}</script></head><body><script type="module" src="/neighbour.js"></script></body></html>`;
  const site = await serveDocuments({ '/': { body: html }, '/neighbour.js': script, '/favicon.ico': { body: '' } });
  context.endings.push(() => site.stop());
  const own = await context.driver.newPage(context.driver.extensionUrl('page.html#/welcome'));
  await own.screen('welcome');
  await act(new Look(context, site.origin, own));
  await quiet(context);
}

/** Nobody wrote to a console, and nothing was thrown anywhere. @param {Context} context */
async function quiet({ driver }) {
  assert.deepEqual(driver.log, []);
  // What Firefox notes for itself when a page is closed that has just said good-bye.
  const noted = await driver.backgroundErrors();
  assert.deepEqual(noted.filter((line) => !/context unloaded|terminated by timeout/.test(line)), []);
}

class Look {
  /** @param {Context} context @param {string} origin @param {import('../lib/page.mjs').Page} own one of the wallet's pages */
  constructor(context, origin, own) {
    this.context = context;
    this.origin = origin;
    this.own = own;
  }

  /** What the page sees whose other wallet does this. @param {string} way @param {string} [origin] */
  async at(way, origin = this.origin) {
    const page = await this.context.driver.newPage(`${origin}/?ethereum=${way}`);
    await until('the page to be ready', () => page.evaluate(() => /** @type {any} */ (window).ready));
    const seen = await page.evaluate(() => /** @type {any} */ (window).look());
    await page.close();
    return seen;
  }

  /** Who is `window.ethereum` there, for the page's first script and later. @param {string} way @param {string} [origin] */
  async owner(way, origin) {
    const seen = await this.at(way, origin);
    assert.equal(seen.before, seen.owner, `${way}: it does not change while the page runs`);
    return seen.owner;
  }

  /**
   * Makes a choice as the wallet's pages do, and waits until the browser has its scripts.
   * @param {string} call @param {Record<string, unknown>} fields @param {string[]} scripts their names afterwards
   */
  async choose(call, fields, scripts) {
    await this.own.evaluate((text) => /** @type {any} */ (globalThis).chrome.runtime.sendMessage(text), JSON.stringify({ [call]: fields }));
    await this.scripts(scripts);
  }

  /** @param {string[]} wanted */
  async scripts(wanted) {
    await until(`the scripts ${wanted}`, async () => {
      const there = await this.own.evaluate(() => /** @type {any} */ (globalThis).chrome.scripting.getRegisteredContentScripts());
      return JSON.stringify(there.map((/** @type {any} */ { id }) => id).sort()) === JSON.stringify(wanted);
    });
  }

  /** @param {boolean} on @param {string[]} [scripts] */
  everywhere(on, scripts = on ? ['claim'] : []) {
    return this.choose('SetPreferred', { on }, scripts);
  }

  /** @param {string} origin @param {boolean | null} preferred @param {boolean} asMetamask @param {string[]} scripts */
  site(origin, preferred, asMetamask, scripts) {
    return this.choose('SetSitePreferred', { origin, preferred, asMetamask }, scripts);
  }
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'beside another wallet, before and after us, both are found, nothing breaks, and the choice decides',
    run: async ({ browser, shared }) => {
      const orders = new Set();
      for (const key of browser === 'chromium' ? [FIRST_KEY, LAST_KEY] : [FIRST_KEY]) {
        const context = await Context.open(browser, shared);
        try {
          await installNeighbour(context, key);
          await looking(context, async (look) => {
            const check = async (/** @type {string} */ way, /** @type {string} */ owner) => {
              for (const late of ['', '&late']) {
                const { first, ...seen } = await look.at(way + late);
                orders.add(first);
                assert.deepEqual(
                  seen,
                  {
                    found: ['example.neighbour', 'org.candor.wallet'],
                    owner,
                    before: owner,
                    answers: ['0x1', 'neighbour'],
                    isMetaMask: null,
                    threw: null,
                    errors: [],
                  },
                  `${way}${late}, which came ${first ? 'before' : 'after'} us`,
                );
              }
            };
            for (const way of [...LOOSE, ...FAST]) await check(way, 'neighbour');
            await check('announced', 'candor');
            await look.everywhere(true);
            for (const way of LOOSE) await check(way, 'candor');
            for (const way of FAST) await check(way, 'neighbour');
            await check('announced', 'candor');
          });
        } finally {
          await context.close();
        }
      }
      // Firefox runs whichever script it has loaded first; nobody can make it choose.
      if (browser === 'chromium') assert.deepEqual([...orders].sort(), [false, true], 'both orders were there');
    },
  },
  {
    name: 'one site can differ from all others, and only where it was chosen is our provider taken for MetaMask',
    run: async (context) => {
      await installNeighbour(context, FIRST_KEY);
      await looking(context, async (look) => {
        // Firefox does not tell the ports of a host apart here; another name of this computer is another host.
        const other = look.origin.replace('localhost', '127.0.0.1');
        const check = async (/** @type {string} */ here, /** @type {string} */ there) =>
          // Every process of the browser learns by itself which scripts there are.
          until(`${here} here and ${there} there`, async () => {
            const seen = [await look.owner('assigned'), await look.owner('assigned', other)];
            return JSON.stringify(seen) === JSON.stringify([here, there]);
          });
        await look.site(look.origin, true, false, ['claim']);
        await check('candor', 'neighbour');
        await look.site(look.origin, false, false, []);
        await look.everywhere(true);
        await until('the site to be left out', async () => (await look.owner('assigned')) === 'neighbour');
        await check('neighbour', 'candor');
        await look.site(look.origin, null, true, ['as-metamask', 'claim']);
        await check('candor', 'candor');
        assert.deepEqual([(await look.at('assigned')).isMetaMask, (await look.at('assigned', other)).isMetaMask], [true, null]);
        await look.everywhere(false, ['as-metamask']);
        await check('neighbour', 'neighbour');
        assert.equal((await look.at('')).isMetaMask, true, 'also without another wallet');
        await look.site(look.origin, null, false, []);
        assert.equal((await look.at('')).isMetaMask, null);
      });
    },
  },
  {
    name: 'a page sees one more name than without us, and everything else as it was',
    run: (context) =>
      looking(context, async (look) => {
        const check = async () => {
          const page = await context.driver.newPage(look.origin);
          await until('the page to be ready', () => page.evaluate(() => /** @type {any} */ (window).ready));
          const seen = await page.evaluate(() => /** @type {any} */ (window).differences());
          assert.deepEqual(seen, { different: [], own: ['ethereum'], keys: ['ethereum'] });
          await page.close();
        };
        await check();
        await look.everywhere(true);
        await look.site(look.origin, null, true, ['as-metamask', 'claim']);
        await check();
      }),
  },
  {
    name: 'the choice is made in the settings and at the site, outlives connection and background',
    run: async (context) => {
      const { wallet, shared } = context;
      await wallet.restore();
      const { dapp } = await context.connected('raw');
      const claimed = async () => {
        await dapp.reload();
        return dapp.page.evaluate(() => !!Object.getOwnPropertyDescriptor(window, 'ethereum')?.get);
      };
      assert.equal(await claimed(), false);

      let popup = await wallet.popup(dapp.page);
      await popup.click('site-accounts');
      await popup.click('site-wallet-open');
      await popup.click('site-preferred-yes');
      await until('the site to have it', claimed);
      assert.ok(await popup.has('sheet'), 'what one is choosing in stays open');
      await popup.close();

      popup = await wallet.popup(dapp.page);
      await popup.click('site-disconnect');
      await popup.waitFor('site-accounts', { 'data-connected': 'false' });
      await popup.click('site-accounts');
      await popup.click('site-wallet-open');
      await popup.click('site-metamask-open');
      await popup.click('site-metamask');
      await until('the site to take us for MetaMask', async () => {
        await dapp.reload();
        return dapp.page.evaluate(() => /** @type {any} */ (window).provider.isMetaMask);
      });
      assert.equal(await claimed(), true, 'and it still has it');
      await popup.close();

      const settings = await wallet.popup();
      await settings.click('settings-open');
      await settings.click('setting-preferred');
      const other = await context.dapp('raw', shared.otherSite.origin);
      await until('another site to have it too', async () => {
        await other.reload();
        return other.page.evaluate(() => !!Object.getOwnPropertyDescriptor(window, 'ethereum')?.get);
      });
      await settings.close();

      await context.driver.killWorker();
      assert.deepEqual(await dapp.request('eth_accounts'), []);
      assert.equal(await claimed(), true);
    },
  },
];
