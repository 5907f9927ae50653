import puppeteer from 'puppeteer-core';

import { Page } from './page.mjs';
import { executableOf } from './paths.mjs';
import { until } from './until.mjs';

/**
 * @param {{ dist: string, headless: boolean, profile: string, proxyPort?: number, args: string[] }} options
 * @returns {Promise<import('./browser.mjs').Launched>}
 */
export async function openChromium({ dist, headless, profile, proxyPort, args }) {
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: executableOf('chromium'),
    headless,
    pipe: true,
    enableExtensions: true,
    userDataDir: profile,
    defaultViewport: null,
    protocolTimeout: 60_000,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--lang=en-US',
      ...(headless ? ['--screen-info={1600x1200}'] : []),
      ...(proxyPort ? [`--proxy-server=http://127.0.0.1:${proxyPort}`] : []),
      ...args,
    ],
  });
  const id = await browser.installExtension(dist);
  const base = `chrome-extension://${id}/`;

  /** @type {string[]} */
  const log = [];
  /** @type {WeakMap<import('puppeteer-core').Page, Page>} */
  const known = new WeakMap();
  /** @param {import('puppeteer-core').Page} inner */
  const wrap = (inner) => {
    const before = known.get(inner);
    if (before) return before;
    inner.on('console', (message) => log.push(`${inner.url()} ${message.type()}: ${message.text()}`));
    inner.on('pageerror', (error) => log.push(`${inner.url()} error: ${error}`));
    const page = new Page(inner, {
      trustedInput: true,
      insert: (p, text) => p.keyboard.sendCharacter(text),
      navigate: async (p, url) => void (await p.goto(url, { waitUntil: 'domcontentloaded' })),
    });
    known.set(inner, page);
    return page;
  };

  const isWorker = (/** @type {import('puppeteer-core').Target} */ target) =>
    target.type() === 'service_worker' && target.url().startsWith(base);
  browser.on('targetcreated', async (target) => {
    if (target.type() === 'page') {
      const page = await target.page().catch(() => null);
      if (page) wrap(page);
    }
    if (!isWorker(target)) return;
    const worker = await target.worker().catch(() => null);
    worker?.on('console', (message) => log.push(`background ${message.type()}: ${message.text()}`));
    worker?.on('error', (/** @type {Error} */ error) => log.push(`background error: ${error.message}`));
  });

  const pages = async () => (await browser.pages()).filter((page) => !page.isClosed()).map(wrap);

  /** @type {import('./browser.mjs').Launched} */
  const driver = {
    name: 'chromium',
    inner: browser,
    profile,
    log,
    extensionUrl: (path) => base + path,
    pages,
    newPage: async (url) => {
      const page = wrap(await browser.newPage());
      return url ? page.goto(url) : page;
    },
    openPopup: async (site) => {
      const address = `${base}page.html#/popup`;
      for (const page of await pages()) if (page.inner.url().startsWith(address)) await page.close();
      const over = site ?? (await driver.newPage());
      await over.inner.bringToFront();
      const before = new Set(browser.targets());
      const extension = (await browser.extensions()).get(id);
      await extension?.triggerAction(over.inner);
      const target = await browser.waitForTarget((t) => !before.has(t) && t.url().startsWith(`${base}page.html`));
      const inner = await target.asPage();
      await inner.evaluate(() => document.readyState);
      return wrap(inner);
    },
    findPage: async (wanted) => (await pages()).find((page) => wanted(page.inner.url())),
    waitForPage: (wanted, patience) => until('a page', () => driver.findPage(wanted), patience),
    killWorker: async () => {
      const target = browser.targets().find(isWorker);
      if (!target) return false;
      await stopWorker(browser, target);
      return true;
    },
    uninstall: () => browser.uninstallExtension(id),
    disable: async () => {
      const page = await driver.newPage('chrome://extensions/');
      await page.evaluate((own) => /** @type {any} */ (globalThis).chrome.management.setEnabled(own, false), id);
      await page.close();
    },
    update: async () => void (await browser.installExtension(dist)),
    shiftClock: async (ms) => {
      const worker = await (await browser.waitForTarget(isWorker)).worker();
      await worker?.evaluate((by) => {
        const real = Date.now;
        Date.now = () => real.call(Date) + by;
      }, ms);
    },
    allowNotifications: async () => {
      const session = await browser.target().createCDPSession();
      await session.send('Browser.setPermission', { permission: { name: 'notifications' }, setting: 'granted' });
    },
    allowClipboard: async () => {
      const session = await browser.target().createCDPSession();
      for (const name of ['clipboard-read', 'clipboard-write']) {
        const origin = base.slice(0, -1);
        await session.send('Browser.setPermission', { origin, permission: { name }, setting: 'granted' });
      }
    },
    notifications: async () => {
      const worker = await (await browser.waitForTarget(isWorker)).worker();
      const shown = await worker?.evaluate(async () => {
        const { registration } = /** @type {any} */ (globalThis);
        return (await registration.getNotifications()).map((/** @type {Notification} */ one) => `${one.title} ${one.body}`);
      });
      return shown ?? [];
    },
    // A heap snapshot collects by itself.
    collect: async () => {},
    backgroundErrors: async () => [],
    // Chromium does not start an extension again that a debugger installed and this switch unloaded.
    allowPrivate: async () => {
      throw new Error('Chromium cannot');
    },
    close: async () => {
      await browser.close();
    },
  };
  if (headless) await widen(browser);
  // The first turn of the worker registers its listeners; a page that opens earlier finds nobody.
  await browser.waitForTarget(isWorker);
  return driver;
}

/**
 * Stops an extension's service worker, once: one that comes back right away, because somebody asks it something, lives.
 * It may have the same target then, so whether it stopped is known only from the browser's list of workers.
 * @param {import('puppeteer-core').Browser} browser
 * @param {import('puppeteer-core').Target} target
 */
async function stopWorker(browser, target) {
  const [page] = await browser.pages();
  const session = await page?.createCDPSession();
  if (!session) throw new Error('no page is open');
  let stopped = false;
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    stopped ||= versions.some(({ scriptURL, runningStatus }) => scriptURL === target.url() && runningStatus === 'stopped');
  });
  try {
    await session.send('ServiceWorker.enable');
    const worker = await target.worker();
    // A worker that comes back while somebody is attached to the one before waits for a debugger, for ever.
    await worker?.client.detach().catch(() => {});
    // One that is just starting survives the first attempt.
    await until('the worker to stop', async () => {
      if (!stopped) await session.send('Target.closeTarget', { targetId: /** @type {any} */ (target)._targetId });
      return until('it to stop', () => stopped, 5_000);
    });
  } finally {
    await session.detach().catch(() => {});
  }
}

/**
 * Makes the first window as large as people's are. A switch could do that too, but it would size every later window.
 * @param {import('puppeteer-core').Browser} browser
 */
async function widen(browser) {
  const [page] = await browser.pages();
  const session = await page?.createCDPSession();
  if (!session) return;
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds: { width: 1200, height: 900 } });
  await session.detach();
}
