import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

import { executableOf } from './paths.mjs';

/** @type {Promise<string> | undefined} */
let firefox;

/**
 * A folder to copy as the profile of a browser that was never opened with the wallet. Firefox spends more than a second
 * on the first start of an empty profile: making its databases and compiling its own interface. Opened once and closed,
 * a profile has that behind it, and nothing else in it. Chromium is as quick without.
 *
 * @param {import('./browser.mjs').BrowserName} browser
 * @returns {Promise<string | undefined>}
 */
export async function profileTemplate(browser) {
  if (browser === 'firefox') return (firefox ??= openedOnce());
  return undefined;
}

async function openedOnce() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'candor-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const opened = await puppeteer.launch({
    browser: 'firefox',
    executablePath: executableOf('firefox'),
    userDataDir: folder,
  });
  await opened.close();
  // The mark of a browser that uses it, which is none of the copy's.
  await Promise.all(['lock', '.parentlock'].map((name) => rm(path.join(folder, name), { force: true })));
  return folder;
}
