import { mkdtempSync, rmSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { openChromium } from './chromium.mjs';
import { openFirefox } from './firefox.mjs';

/**
 * @typedef {'chromium' | 'firefox'} BrowserName
 * @typedef {import('./page.mjs').Page} Page
 */

/**
 * @typedef {object} Launched a browser with the extension loaded
 * @property {BrowserName} name
 * @property {(path: string) => string} extensionUrl address of one of the extension's own files
 * @property {(url?: string) => Promise<Page>} newPage opens a tab in front
 * @property {(site?: Page) => Promise<Page>} openPopup opens the toolbar popup over a tab
 * @property {() => Promise<Page[]>} pages everything open
 * @property {(wanted: (url: string) => boolean) => Promise<Page | undefined>} findPage the first page at such an
 *   address, if there is one now
 * @property {(wanted: (url: string) => boolean, patience?: number) => Promise<Page>} waitForPage the first page at
 *   such an address, once there is one
 * @property {() => Promise<boolean>} killWorker ends the background without warning; false if it was not running
 * @property {() => Promise<void>} uninstall takes the extension away under what is open
 * @property {() => Promise<void>} disable switches it off under what is open
 * @property {() => Promise<void>} update puts the same extension in its own place, as an update does
 * @property {(ms: number) => Promise<void>} shiftClock moves the background's clock forward
 * @property {() => Promise<void>} allowNotifications as a person allows every page to show notifications
 * @property {() => Promise<void>} allowClipboard as a person lets the wallet read and write the clipboard
 * @property {() => Promise<string[]>} notifications of the wallet that were shown, title and text
 * @property {() => Promise<void>} collect frees what nothing holds any more, in every process, where the browser lets us
 * @property {() => Promise<void>} allowPrivate lets the extension be in private windows, where the browser lets us
 * @property {string[]} log what pages and the background printed
 * @property {() => Promise<string[]>} backgroundErrors errors that only the browser itself has seen
 * @property {import('puppeteer-core').Browser} inner
 * @property {string} profile
 * @property {() => Promise<void>} close
 */

/** @typedef {Launched & { reopen: () => Promise<Driver> }} Driver a browser that can be closed and opened again */

/**
 * Opens a browser with the extension loaded, on a profile of its own unless one is given.
 *
 * @param {object} options
 * @param {BrowserName} options.browser
 * @param {string} options.dist folder of the unpacked extension
 * @param {boolean} [options.headless] default true
 * @param {string} [options.profile] kept when the browser closes
 * @param {string} [options.template] what a profile of its own starts as
 * @param {number} [options.proxyPort] all traffic but that to this computer goes there
 * @param {string[]} [options.args] more switches
 * @returns {Promise<Driver>}
 */
export async function openBrowser({ browser, dist, headless = true, profile, template, proxyPort, args = [] }) {
  const folder = profile ?? mkdtempSync(path.join(os.tmpdir(), `candor-${browser}-`));
  const discard = () => rmSync(folder, { recursive: true, force: true });
  if (!profile) process.once('exit', discard);
  if (template && !profile) await cp(template, folder, { recursive: true });
  /** @returns {Promise<Driver>} */
  const open = async () => {
    const launch = browser === 'chromium' ? openChromium : openFirefox;
    const launched = await launch({ dist, headless, profile: folder, proxyPort, args });
    const { close: quit } = launched;
    const reopen = async () => {
      await quit();
      return open();
    };
    const close = async () => {
      await quit();
      if (profile) return;
      process.off('exit', discard);
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    };
    /** @type {Driver} */
    const driver = Object.assign(launched, { reopen, close });
    return driver;
  };
  return open();
}
