import { readFile } from 'node:fs/promises';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

import { Page } from './page.mjs';
import { executableOf } from './paths.mjs';
import { until } from './until.mjs';

/** The extension's host, fixed beforehand so that its pages' addresses are known. */
const HOST = '7a1f0c52-3f0d-4c0e-9f4e-2f8f6f1f9a11';

/**
 * Firefox by WebDriver BiDi. Extension pages need system access, and the browser reports no end of their navigation;
 * so the driver asks the page itself where it is. The same access lets it end the background as Firefox itself does
 * when it has been idle.
 *
 * @param {{ dist: string, headless: boolean, profile: string, proxyPort?: number, args: string[] }} options
 * @returns {Promise<import('./browser.mjs').Launched>}
 */
export async function openFirefox({ dist, headless, profile, proxyPort, args }) {
  const manifest = JSON.parse(await readFile(path.join(dist, 'manifest.json'), 'utf8'));
  /** @type {string} */
  const id = manifest.browser_specific_settings.gecko.id;
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: executableOf('firefox'),
    headless,
    userDataDir: profile,
    defaultViewport: null,
    protocolTimeout: 60_000,
    args: ['-remote-allow-system-access', ...args],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [id]: HOST }),
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      'intl.locale.requested': 'en-US',
      // Whoever asks for a permission while something is pressed is given it, as if the person had said yes.
      'extensions.webextOptionalPermissionPrompts': false,
      ...(proxyPort && {
        'network.proxy.type': 1,
        'network.proxy.http': '127.0.0.1',
        'network.proxy.http_port': proxyPort,
        'network.proxy.ssl': '127.0.0.1',
        'network.proxy.ssl_port': proxyPort,
      }),
    },
  });
  await browser.installExtension(dist);
  const base = `moz-extension://${HOST}/`;
  /** @type {{ send: (method: string, params: unknown) => Promise<any> }} */
  const connection = /** @type {any} */ (browser).connection;

  /**
   * Runs a function in the browser's own window, where everything is allowed.
   * @param {(...args: string[]) => unknown} fn
   * @param {string[]} given
   */
  const privileged = async (fn, ...given) => {
    const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const { result } = await connection.send('script.callFunction', {
      functionDeclaration: fn.toString(),
      arguments: given.map((value) => ({ type: 'string', value })),
      target: { context: tree.result.contexts[0].context },
      awaitPromise: true,
    });
    if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
    return result.result.value;
  };

  /** @type {string[]} */
  const log = [];
  /** @type {WeakMap<import('puppeteer-core').Page, Page>} */
  const known = new WeakMap();
  /** @param {import('puppeteer-core').Page} inner @param {boolean} [trustedInput] */
  const wrap = (inner, trustedInput = true) => {
    const before = known.get(inner);
    if (before) return before;
    inner.on('console', (message) => log.push(`${inner.url()} ${message.type()}: ${message.text()}`));
    inner.on('pageerror', (error) => log.push(`${inner.url()} error: ${error}`));
    const page = new Page(inner, { trustedInput, navigate, insert: (p, text) => p.keyboard.type(text) });
    known.set(inner, page);
    return page;
  };

  /** @param {import('puppeteer-core').Page} inner @param {string} url */
  const navigate = async (inner, url) => {
    if (!url.startsWith(base)) return void (await inner.goto(url, { waitUntil: 'domcontentloaded' }));
    const context = /** @type {any} */ (inner.mainFrame())._id;
    await connection.send('browsingContext.navigate', { context, url, wait: 'none' });
    await until(`${url} to load`, () =>
      inner.evaluate((start) => location.href.startsWith(start) && document.readyState !== 'loading', base),
    );
  };

  /** @type {Page | undefined} */
  let listening;
  const pages = async () => (await browser.pages()).filter((page) => !page.isClosed()).map((page) => wrap(page));

  /** @type {import('./browser.mjs').Launched} */
  const driver = {
    name: 'firefox',
    inner: browser,
    profile,
    log,
    extensionUrl: (file) => base + file,
    pages,
    newPage: async (url) => {
      const page = wrap(await browser.newPage());
      return url ? page.goto(url) : page;
    },
    // The real popup is a panel that WebDriver BiDi cannot reach. The same page in a tab behind the site's is asked
    // for the active tab just as the popup would be, and gets the same answer.
    openPopup: async (site) => {
      if (!site) return (await driver.newPage()).goto(`${base}page.html#/popup`);
      await site.inner.bringToFront();
      const over = /** @type {any} */ (site.inner.mainFrame())._id;
      const made = await connection.send('browsingContext.create', {
        type: 'tab',
        background: true,
        referenceContext: over,
      });
      const inner = (await browser.pages()).find((page) => /** @type {any} */ (page.mainFrame())._id === made.result.context);
      if (!inner) throw new Error('the tab of the popup is not there');
      return wrap(inner, false).goto(`${base}page.html#/popup`);
    },
    // The browser is asked, not every page: one that is just moving to another process may never answer.
    findPage: async (wanted) => {
      const { result } = await connection.send('browsingContext.getTree', { maxDepth: 0 });
      const there = result.contexts.find((/** @type {{ url: string }} */ { url }) => wanted(url));
      return there && (await pages()).find((page) => /** @type {any} */ (page.inner.mainFrame())._id === there.context);
    },
    waitForPage: (wanted, patience) => until('a page', () => driver.findPage(wanted), patience),
    // A page that lost it may wake the next one before anybody can look: what counts is that one ended.
    killWorker: () =>
      privileged(async (extensionId) => {
        // @ts-ignore: a global of the browser's own window
        const { extension } = WebExtensionPolicy.getByID(extensionId);
        let ended = false;
        const note = () => {
          ended = true;
        };
        extension.on('shutdown-background-script', note);
        // An event that comes while it is being ended keeps it.
        while (!ended && extension.backgroundState !== 'stopped') {
          await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
          await new Promise((next) => setTimeout(next, 0));
        }
        extension.off('shutdown-background-script', note);
        return ended;
      }, id),
    uninstall: () => browser.uninstallExtension(id),
    disable: async () => {
      await privileged(async (extensionId) => {
        // @ts-ignore: a global of the browser's own window
        const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
        await (await AddonManager.getAddonByID(extensionId)).disable();
      }, id);
    },
    update: async () => void (await browser.installExtension(dist)),
    // The new clock is a function of this page, so the page stays open.
    shiftClock: async (ms) => {
      const page = await driver.newPage(`${base}page.html#/home`);
      await page.evaluate(async (by) => {
        const background = await /** @type {any} */ (globalThis).browser.runtime.getBackgroundPage();
        background.Date.now = () => Date.now() + by;
      }, ms);
    },
    // Without a display there is nothing that could show them: in the background, a constructor of this page writes them
    // down instead, so the page stays open.
    allowNotifications: async () => {
      await privileged(() => {
        // @ts-ignore: a global of the browser's own window
        Services.prefs.setIntPref('permissions.default.desktop-notification', 1);
      });
      listening = await driver.newPage(`${base}page.html#/home`);
      await listening.evaluate(async () => {
        /** @type {string[]} */
        const told = [];
        class Told {
          static permission = 'granted';
          /** @param {string} title @param {{ body: string }} options */
          constructor(title, { body }) {
            told.push(`${title} ${body}`);
          }
        }
        const background = await /** @type {any} */ (globalThis).browser.runtime.getBackgroundPage();
        background.Notification = Told;
        Object.assign(globalThis, { told });
      });
    },
    // The presses of tests are not a person's, without which Firefox lets no page at the clipboard.
    allowClipboard: async () => {
      await privileged(() => {
        // @ts-ignore: a global of the browser's own window
        Services.prefs.setBoolPref('dom.events.testing.asyncClipboard', true);
      });
    },
    notifications: async () => (await listening?.evaluate(() => /** @type {any} */ (globalThis).told)) ?? [],
    // What “Minimize memory usage” of about:memory does; then every process answers, so all of them have done it.
    collect: async () => {
      await privileged(async () => {
        // @ts-ignore: globals of the browser's own window
        const { Cc, Ci, Services } = globalThis;
        Services.obs.notifyObservers(null, 'child-mmu-request');
        const manager = Cc['@mozilla.org/memory-reporter-manager;1'].getService(Ci.nsIMemoryReporterManager);
        await new Promise((done) => manager.minimizeMemoryUsage(done));
        await new Promise((done) => manager.getReports(() => {}, null, done, null, false));
      });
    },
    backgroundErrors: async () =>
      JSON.parse(
        await privileged((start) => {
          // @ts-ignore: a global of the browser's own window
          const all = Services.console.getMessageArray();
          return JSON.stringify(all.map(String).filter((/** @type {string} */ text) => text.includes(start)));
        }, base),
      ),
    allowPrivate: async () => {
      await privileged(async (extensionId) => {
        // @ts-ignore: a global of the browser's own window
        const load = (/** @type {string} */ name) => ChromeUtils.importESModule(`resource://gre/modules/${name}.sys.mjs`);
        const permissions = ['internal:privateBrowsingAllowed'];
        await load('ExtensionPermissions').ExtensionPermissions.add(extensionId, { permissions, origins: [] });
        await (await load('AddonManager').AddonManager.getAddonByID(extensionId)).reload();
      }, id);
    },
    close: async () => {
      await browser.close();
    },
  };
  return driver;
}
