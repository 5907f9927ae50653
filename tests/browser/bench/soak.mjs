/*
 * Hours of use in minutes: many pages that read and listen, frames that come and go, another wallet beside ours; then
 * the same pages doing nothing.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { pageHeap, workerHeap } from '../lib/heap.mjs';
import { servePages } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';
import { bytesWritten, resident, storedBy, writtenTo } from './processes.mjs';
import { heading, record } from './report.mjs';

/** @typedef {import('../lib/context.mjs').Context} Context */

const TABS = 50;
/** Tabs whose heap is looked at; those of one site share processes anyway. */
const LOOKED_AT = 5;
/** The part of the time in which the pages are busy. */
const BUSY = 0.7;
/** The part of that which is warm-up. */
const WARM_UP = 0.25;
const LOOKS = 6;
const LOOK_AGAIN_MS = 250;
/** Chromium ends a worker that has nothing to do after 30 s. */
const ASLEEP_MS = 60_000;

/**
 * Finds our provider, whichever wallet has the page's global. A page that is to do the same without a wallet has one
 * that answers by itself.
 */
const FIND = `
  if (location.search.startsWith('?without')) window.wallet = { on() {}, request: async () => '0x1' };
  else addEventListener('eip6963:announceProvider', ({ detail }) => {
    if (detail.info.rdns === 'org.candor.wallet') window.wallet = detail.provider;
  });
  dispatchEvent(new Event('eip6963:requestProvider'));`;

/** Reads every two seconds, hears every event, and loads a hidden frame of another site anew every five. */
const PAGE = `<title>soak</title><iframe hidden></iframe><script type="module">${FIND}
  window.busy = true;
  window.answers = 0;
  for (const name of ['connect', 'disconnect', 'chainChanged', 'accountsChanged', 'message']) wallet.on(name, () => {});
  const frame = document.querySelector('iframe');
  const read = (method, params = []) => wallet.request({ method, params }).then(() => (window.answers += 1));
  setInterval(() => {
    if (!window.busy) return;
    for (const method of ['eth_chainId', 'eth_accounts', 'eth_blockNumber']) read(method);
    read('eth_getBalance', ['0x00000000219ab540356cBB839Cbe05303d7705Fa', 'latest']);
  }, 2000);
  setInterval(() => { if (window.busy) frame.src = location.hash.slice(1) + (location.search ? '/frame?without' : '/frame?') + Date.now(); }, 5000);
</script>`;

const FRAME = `<script type="module">${FIND}
  wallet.on('chainChanged', () => {});
  wallet.request({ method: 'eth_chainId' });
</script>`;

/** Another wallet, as small as one can be. */
const NEIGHBOUR = `{
  const provider = { isNeighbour: true, request: async () => [], on: () => provider, removeListener: () => provider };
  const info = { uuid: '6ba7b810-9dad-41d1-80b4-00c04fd430c8', name: 'Neighbour', icon: 'data:,', rdns: 'org.example' };
  const announce = () =>
    dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }));
  addEventListener('eip6963:requestProvider', announce);
  announce();
  try { window.ethereum ??= provider; } catch {}
}`;

/** Writes the other wallet into a folder. */
async function neighbour() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'candor-neighbour-'));
  const matches = ['http://*/*', 'https://*/*'];
  const script = { js: ['inpage.js'], world: 'MAIN', matches, run_at: 'document_start', all_frames: true };
  const manifest = {
    manifest_version: 3,
    name: 'Neighbour',
    version: '1',
    background: { service_worker: 'background.js' },
    content_scripts: [script],
  };
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'inpage.js'), NEIGHBOUR);
  await writeFile(path.join(folder, 'background.js'), '');
  return folder;
}

const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/**
 * How much a figure grows in ten minutes, in percent of what it was: the line that fits best.
 * @param {{ at: number, value: number }[]} samples `at` in milliseconds
 */
function growth(samples) {
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middle, level] = [mean(samples.map(({ at }) => at)), mean(samples.map(({ value }) => value))];
  const spread = mean(samples.map(({ at }) => (at - middle) ** 2));
  const slope = mean(samples.map(({ at, value }) => (at - middle) * (value - level))) / spread;
  const start = level + slope * ((samples[0]?.at ?? NaN) - middle);
  return (100 * slope * 600_000) / start;
}

/** Opens the pages, connected. @param {Context} context */
async function openPages({ driver, wallet, endings }) {
  const site = await servePages({ '/': PAGE });
  const other = await servePages({ '/frame': FRAME });
  endings.push(site.stop, other.stop);
  const url = `${site.origin}/#${other.origin}`;
  const pages = [await driver.newPage(url)];
  const connected = pages[0]?.evaluate(() =>
    /** @type {any} */ (window).wallet.request({ method: 'eth_requestAccounts' }),
  );
  await wallet.approveNext('connect', { origin: site.origin });
  await connected;
  while (pages.length < TABS) pages.push(await driver.newPage(url));
  /** @type {import('../lib/page.mjs').Page[]} */
  const without = [];
  while (without.length < LOOKED_AT) without.push(await driver.newPage(`${site.origin}/?without#${other.origin}`));
  return { pages, without };
}

/**
 * The background's heap without what it is just working on, which is half of it: the least of some looks.
 * @param {Context['driver']} driver
 */
async function settledHeap(driver) {
  let least = Infinity;
  for (let look = 0; look < LOOKS; look += 1) {
    least = Math.min(least, (await workerHeap(driver)).objects);
    await pause(LOOK_AGAIN_MS);
  }
  return least;
}

/** @param {import('../lib/page.mjs').Page[]} pages */
async function heapsOf(pages) {
  let heaps = 0;
  for (const page of pages.slice(0, LOOKED_AT)) heaps += (await pageHeap(page)).objects;
  return heaps;
}

/**
 * Samples while the pages are busy.
 * @param {Context} context @param {Awaited<ReturnType<typeof openPages>>} all @param {number} ms
 */
async function busy({ driver }, { pages, without }, ms) {
  const root = driver.inner.process()?.pid ?? NaN;
  /** @type {Record<'worker' | 'pages' | 'without' | 'browser', { at: number, value: number }[]>} */
  const samples = { worker: [], pages: [], without: [], browser: [] };
  const start = performance.now();
  const every = Math.min(30_000, ms / 40);
  for (let next = every; performance.now() - start < ms; next += every) {
    await pause(Math.max(0, start + next - performance.now()));
    const at = performance.now() - start;
    samples.worker.push({ at, value: await settledHeap(driver) });
    samples.pages.push({ at, value: await heapsOf(pages) });
    samples.without.push({ at, value: await heapsOf(without) });
    samples.browser.push({ at, value: await resident(root) });
  }
  const answers = await Promise.all(pages.map((page) => page.evaluate(() => /** @type {any} */ (window).answers)));
  record('answers to the pages', answers.reduce((sum, count) => sum + count, 0), '');
  record('answers to the page that got the fewest', Math.min(...answers), '', { least: 1 });
  const warm = (/** @type {keyof typeof samples} */ name) => samples[name].filter(({ at }) => at > ms * WARM_UP);
  // The browser keeps something of every frame that a page loads, wallet or not.
  const own = growth(warm('without'));
  for (const [what, name, goal] of /** @type {const} */ ([
    ['heap of the background', 'worker', { most: 1 }],
    [`heap of ${LOOKED_AT} pages that do the same without a wallet`, 'without', undefined],
    [`heap of ${LOOKED_AT} pages`, 'pages', { most: Math.max(0, own) + 1, why: 'without a wallet + 1' }],
    ['memory of the whole browser', 'browser', undefined],
  ])) {
    record(`${what}, after warm-up`, (warm(name)[0]?.value ?? NaN) / 2 ** 20, 'MiB');
    record('  growth in 10 minutes', growth(warm(name)), '%', goal);
  }
}

/**
 * The same pages, which read no more.
 * @param {Context} context @param {import('../lib/page.mjs').Page[]} pages @param {number} ms
 */
async function idle({ driver }, pages, ms) {
  for (const page of pages) await page.evaluate(() => void Object.assign(window, { busy: false }));
  const own = driver.extensionUrl('');
  const workers = () =>
    driver.inner.targets().filter((target) => target.type() === 'service_worker' && target.url().startsWith(own));
  // Who debugs a worker keeps it awake.
  for (const target of workers()) await (await target.worker())?.client.detach();
  const start = performance.now();
  await until('the background to sleep', () => workers().length === 0, ASLEEP_MS);
  record('pages idle → background asleep', (performance.now() - start) / 1000, 's', { most: 35 });

  let woken = 0;
  driver.inner.on('targetcreated', (target) => {
    if (target.type() === 'service_worker' && target.url().startsWith(own)) woken += 1;
  });
  const root = driver.inner.process()?.pid ?? NaN;
  const id = new URL(own).host;
  const [stored, written] = [await storedBy(driver.profile, id), await writtenTo(root)];
  await pause(ms);
  record('bytes that Candor stored while idle', bytesWritten(stored, await storedBy(driver.profile, id)), 'B', { most: 0 });
  record('  bytes that the browser wrote, for whatever reason', (await writtenTo(root)) - written, 'B');
  record('  times that the background woke', woken, '', { most: 0 });
}

/** @param {Context} context a wallet of one account, unlocked @param {number} minutes */
export async function soak(context, minutes) {
  const { driver } = context;
  const folder = await neighbour();
  context.endings.push(() => rm(folder, { recursive: true }));
  await driver.inner.installExtension(folder);
  heading(`${TABS} tabs, ${minutes} min`);
  const { pages, without } = await openPages(context);
  const id = new URL(driver.extensionUrl('')).host;
  const before = await storedBy(driver.profile, id);
  await busy(context, { pages, without }, minutes * 60_000 * BUSY);
  record('bytes that Candor stored meanwhile', bytesWritten(before, await storedBy(driver.profile, id)), 'B');
  await idle(context, [...pages, ...without], minutes * 60_000 * (1 - BUSY));
}
