/*
 * What people and pages wait for in the wallet's own surfaces.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { until } from '../lib/until.mjs';
import { PASSWORD } from '../lib/wallet.mjs';
import { heading, median, record } from './report.mjs';

/** @typedef {import('../lib/context.mjs').Context} Context */

const ROUNDS = 15;

/** An extension whose page holds one field and nothing else: the floor that no wallet can get under. */
async function blankExtension() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'candor-blank-'));
  await writeFile(
    path.join(folder, 'manifest.json'),
    JSON.stringify({ manifest_version: 3, name: 'Blank', version: '1', background: { service_worker: 'worker.js' } }),
  );
  await writeFile(path.join(folder, 'worker.js'), 'chrome.runtime.onMessage.addListener(() => {});');
  await writeFile(path.join(folder, 'page.js'), 'document.querySelector("input").focus();');
  await writeFile(
    path.join(folder, 'page.html'),
    '<!doctype html><meta charset="utf-8"><input data-testid="unlock-password"><script type="module" src="page.js"></script>',
  );
  return folder;
}

/**
 * Milliseconds from the navigation's start until a field is there and can be typed into, by the page's own clock.
 * @param {import('../lib/page.mjs').Page} page @param {string} url
 */
async function usable(page, url) {
  await page.inner.goto('about:blank');
  await page.goto(url);
  return until('the field', () =>
    page.evaluate(() => performance.getEntriesByName('candor-usable')[0]?.startTime),
  );
}

/** Notes the moment at which the field appears, from the page's first moment on. */
const WATCH = () => {
  const look = () => {
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector('[data-testid=unlock-password]'));
    if (!field || field.disabled) return;
    performance.mark('candor-usable');
    watcher.disconnect();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, { childList: true, subtree: true, attributes: true });
};

/** @param {Context} context */
async function popupTimes({ driver }) {
  const blankFolder = await blankExtension();
  const blank = await driver.inner.installExtension(blankFolder);
  const page = await driver.newPage();
  await page.inner.evaluateOnNewDocument(WATCH);
  const addresses = /** @type {const} */ ({
    blank: `chrome-extension://${blank}/page.html`,
    warm: driver.extensionUrl('page.html#/popup'),
    cold: driver.extensionUrl('page.html#/popup'),
  });
  /** @type {Record<keyof typeof addresses, number[]>} */
  const times = { blank: [], warm: [], cold: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of /** @type {const} */ (['blank', 'warm', 'cold'])) {
      if (kind === 'cold') await driver.killWorker();
      times[kind].push(await usable(page, addresses[kind]));
    }
  }
  const floor = median(times.blank);
  record('blank extension page: field usable', floor, 'ms');
  record('popup, worker warm: unlock field usable', median(times.warm), 'ms', {
    most: 2 * floor,
    why: '2 × blank',
  });
  record('popup, worker cold: unlock field usable', median(times.cold), 'ms');
  await page.close();
  await rm(blankFolder, { recursive: true });
}

/**
 * Milliseconds from pressing Unlock until home is there, and until it shows an account; the wallet is locked again after.
 * @param {import('../lib/page.mjs').Page} page
 */
export async function unlockedAgain(page) {
  await page.screen('unlock');
  await page.fill('unlock-password', PASSWORD);
  const times = await page.evaluate(
    () =>
      new Promise((/** @type {(times: { home: number, account: number }) => void} */ resolve) => {
        const start = performance.now();
        /** @type {number | undefined} */
        let home;
        const look = () => {
          if (!document.querySelector('[data-testid=screen][data-screen=home]')) return;
          home ??= performance.now() - start;
          if (!document.querySelector('[data-testid=account-address]')) return;
          watcher.disconnect();
          resolve({ home, account: performance.now() - start });
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document, { childList: true, subtree: true, attributes: true });
        /** @type {HTMLElement | null} */ (document.querySelector('[data-testid=unlock-submit]'))?.click();
      }),
  );
  await page.click('lock');
  return times;
}

/** @param {Context} context */
async function unlockTimes({ wallet }) {
  const times = [];
  const page = await wallet.open('#/popup');
  for (let round = 0; round < ROUNDS; round += 1) times.push((await unlockedAgain(page)).home);
  await page.close();
  record('Unlock pressed → home (Argon2id included)', median(times), 'ms', { most: 430 });
}

/** @param {Context} context */
async function wakeTimes({ wallet, driver }) {
  const times = [];
  const page = await wallet.open('#/popup');
  await page.screen('unlock');
  for (let round = 0; round < ROUNDS; round += 1) {
    await driver.killWorker();
    times.push(
      await page.evaluate(async () => {
        const start = performance.now();
        await /** @type {any} */ (globalThis).chrome.runtime.sendMessage(JSON.stringify({ Status: {} }));
        return performance.now() - start;
      }),
    );
  }
  record('worker wake → first answer', median(times), 'ms', { most: 150 });
}

/** @param {Context} context */
async function providerTimes(context) {
  const dapp = await context.dapp('raw');
  await dapp.request('eth_chainId');
  const [sequential, together] = /** @type {[number, number]} */ (
    await dapp.page.evaluate(async () => {
      const { provider } = /** @type {any} */ (window);
      const ask = () => provider.request({ method: 'eth_chainId' });
      const middle = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
      const each = [];
      for (let n = 0; n < 300; n += 1) {
        const start = performance.now();
        await ask();
        each.push(performance.now() - start);
      }
      const many = [];
      for (let round = 0; round < 15; round += 1) {
        const start = performance.now();
        await Promise.all(Array.from({ length: 200 }, ask));
        many.push(performance.now() - start);
      }
      return [middle(each), middle(many)];
    })
  );
  record('eth_chainId, one after the other, each', sequential, 'ms', { most: 0.5 });
  record('200 eth_chainId at once', together, 'ms', { most: 40 });
  await forwardedTimes(context, dapp);
}

/**
 * What goes to a node, beside the same without the wallet; both take turns.
 * @param {Context} context @param {import('../lib/dapp.mjs').Dapp} dapp
 */
async function forwardedTimes({ chain }, dapp) {
  const times = await dapp.page.evaluate(async (url) => {
    const { provider } = /** @type {any} */ (window);
    const question = { method: 'eth_getBalance', params: ['0x00000000219ab540356cBB839Cbe05303d7705Fa', 'latest'] };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, ...question });
    const headers = { 'content-type': 'application/json' };
    /** @type {Record<string, () => Promise<unknown>>} */
    const ways = {
      wallet: () => provider.request(question),
      direct: async () => (await fetch(url, { method: 'POST', body, headers })).json(),
    };
    const times = { wallet: /** @type {number[]} */ ([]), direct: /** @type {number[]} */ ([]) };
    const many = { wallet: /** @type {number[]} */ ([]), direct: /** @type {number[]} */ ([]) };
    const measure = async (/** @type {number[]} */ into, /** @type {() => Promise<unknown>} */ act) => {
      const start = performance.now();
      await act();
      into.push(performance.now() - start);
    };
    for (let round = 0; round < 115; round += 1) {
      for (const way of /** @type {const} */ (['wallet', 'direct'])) {
        const ask = ways[way] ?? (async () => {});
        await measure(times[way], ask);
        if (round < 15) await measure(many[way], () => Promise.all(Array.from({ length: 200 }, ask)));
      }
    }
    const middle = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
    return {
      wallet: middle(times.wallet),
      direct: middle(times.direct),
      walletMany: middle(many.wallet),
      directMany: middle(many.direct),
    };
  }, chain.url);
  record('eth_getBalance through the wallet', times.wallet, 'ms', { most: times.direct + 2, why: 'direct + 2' });
  record('  the same without it', times.direct, 'ms');
  const times200 = { most: times.directMany * 1.5, why: '1.5 × direct' };
  record('200 eth_getBalance at once through the wallet', times.walletMany, 'ms', times200);
  record('  the same without it', times.directMany, 'ms');
}

/** @param {Context} context a wallet of one account, locked */
export async function surfaceTimes(context) {
  heading('The popup and the provider');
  await popupTimes(context);
  await wakeTimes(context);
  await unlockTimes(context);
  await providerTimes(context);
}
