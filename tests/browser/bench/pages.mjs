/*
 * What the extension costs pages that never ask for a wallet, and whether it is there in time for those that do.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { openBrowser } from '../lib/browser.mjs';
import { pageHeap } from '../lib/heap.mjs';
import { distOf } from '../lib/paths.mjs';
import { servePages } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';
import { heading, median, record } from './report.mjs';

/** @typedef {import('../lib/browser.mjs').Driver} Driver */

const LOADS = 1000;
/** Loads of a blank page in each browser, which take turns. */
const TURNS = 300;
const WARM_UP = 20;
/** Fresh tabs in each browser. */
const TABS = 50;

/** Looks for the wallet in its first script, and goes on to the next load until there were enough. */
const EARLY = `<script>
  let found = 0;
  addEventListener('eip6963:announceProvider', ({ detail }) => { if (detail.info.name === 'Candor') found += 1; });
  dispatchEvent(new Event('eip6963:requestProvider'));
  const [loads, early] = (sessionStorage.counts ?? '0 0').split(' ').map(Number);
  sessionStorage.counts = (loads + 1) + ' ' + (early + (found === 1 && typeof ethereum.request === 'function'));
  onload = () => { if (loads + 1 < ${LOADS}) location.replace('/early?' + loads); else window.done = true; };
</script>`;

/**
 * An extension that does nothing: with content scripts as ours are declared, or with none.
 * @param {boolean} scripts
 */
async function idleExtension(scripts) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'candor-idle-'));
  const everywhere = { matches: ['http://*/*', 'https://*/*'], run_at: 'document_start', all_frames: true };
  const manifest = {
    manifest_version: 3,
    name: 'Idle',
    version: '1',
    background: { service_worker: 'background.js' },
    host_permissions: everywhere.matches,
    ...(scripts && {
      content_scripts: [
        { js: ['inpage.js'], world: 'MAIN', ...everywhere },
        { js: ['content.js'], ...everywhere },
      ],
    }),
  };
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  for (const file of ['background.js', 'inpage.js', 'content.js']) await writeFile(path.join(folder, file), '');
  return folder;
}

/**
 * Milliseconds from the start of a navigation to the end of its load, by the page's own clock.
 * @param {import('../lib/page.mjs').Page} page @param {string} url
 */
async function loadTime(page, url) {
  await page.inner.goto(url, { waitUntil: 'load' });
  return until('the load to end', () =>
    page.evaluate(() => {
      const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
      return entry?.loadEventEnd;
    }),
  );
}

/** @typedef {'bare' | 'empty' | 'candor'} Kind */

/**
 * Times a load in each browser, in turns of which none is always first, and tells what scripts add to it: the median
 * of the differences within a turn, because the computer is not equally fast all the time.
 * @param {string} where @param {number} turns @param {(kind: Kind) => Promise<number>} load
 * @param {(floor: number) => import('./report.mjs').Goal} goal by what empty content scripts add
 */
async function addedTimes(where, turns, load, goal) {
  const kinds = /** @type {Kind[]} */ (['bare', 'empty', 'candor']);
  /** @type {Record<Kind, number>[]} */
  const times = [];
  for (let turn = -WARM_UP; turn < turns; turn += 1) {
    kinds.push(...kinds.splice(0, 1));
    const time = { bare: NaN, empty: NaN, candor: NaN };
    for (const kind of kinds) time[kind] = await load(kind);
    if (turn >= 0) times.push(time);
  }
  const added = (/** @type {Kind} */ kind) => median(times.map((time) => time[kind] - time.bare));
  const floor = added('empty');
  record(`blank page ${where}, without content scripts`, median(times.map(({ bare }) => bare)), 'ms');
  record('  empty content scripts add', floor, 'ms');
  record('  Candor adds', added('candor'), 'ms', goal(floor));
}

/**
 * Script time in milliseconds and heap in bytes of a blank page in a fresh tab.
 * @param {Driver} driver @param {string} url
 */
async function footprint(driver, url) {
  const page = await driver.newPage();
  const session = await page.inner.createCDPSession();
  await session.send('Performance.enable');
  const scripts = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN);
  };
  const before = await scripts();
  await page.inner.goto(url, { waitUntil: 'load' });
  const script = (await scripts()) - before;
  const { objects, buffers } = await pageHeap(page);
  await page.close();
  return { script, heap: objects + buffers };
}

/** @param {Driver} driver @param {string} origin */
async function earlyLoads(driver, origin) {
  const page = await driver.newPage(`${origin}/early`);
  await until('all loads', () => page.evaluate(() => /** @type {any} */ (window).done), 300_000);
  const early = await page.evaluate(() => Number(sessionStorage.counts.split(' ')[1]));
  record(`loads that have the provider before their first script, of ${LOADS}`, early, '', { least: LOADS });
  await page.close();
}

/** What a page that waits is told when the extension goes. @param {Driver} driver @param {string} origin */
async function farewellTime(driver, origin) {
  const page = await driver.newPage(`${origin}/blank`);
  await page.evaluate(() => {
    const w = /** @type {any} */ (window);
    w.ethereum.request({ method: 'eth_requestAccounts' }).catch(() => (w.ended = Date.now()));
  });
  await driver.waitForPage((url) => url.includes('#/approval'));
  await driver.uninstall();
  const gone = Date.now();
  const end = await until('the request to end', () => page.evaluate(() => /** @type {any} */ (window).ended));
  record('extension removed → what waits is refused', Math.max(0, end - gone), 'ms', { most: 2000 });
}

export async function pageTimes() {
  heading('Pages that ask for nothing');
  const site = await servePages({ '/early': EARLY, '/blank': '<title>blank</title>' });
  const folders = { bare: await idleExtension(false), empty: await idleExtension(true) };
  const open = (/** @type {string} */ dist) => openBrowser({ browser: 'chromium', dist });
  const drivers = {
    bare: await open(folders.bare),
    empty: await open(folders.empty),
    candor: await open(distOf('chromium')),
  };
  try {
    await earlyLoads(drivers.candor, site.origin);

    const url = `${site.origin}/blank`;
    const tabs = { bare: await drivers.bare.newPage(), empty: await drivers.empty.newPage(), candor: await drivers.candor.newPage() };
    const inTab = (/** @type {Kind} */ kind) => loadTime(tabs[kind], url);
    await addedTimes('in the same tab', TURNS, inTab, (floor) => ({ most: 1.5 * floor, why: '1.5 × empty' }));
    const inFreshTab = async (/** @type {Kind} */ kind) => {
      const page = await drivers[kind].newPage();
      const time = await loadTime(page, url);
      await page.close();
      return time;
    };
    await addedTimes('in a fresh tab', TABS, inFreshTab, () => ({ most: 5 }));

    /** @type {Record<'bare' | 'candor', number[]>} */
    const script = { bare: [], candor: [] };
    /** @type {Record<'bare' | 'candor', number[]>} */
    const heap = { bare: [], candor: [] };
    for (let tab = 0; tab < TABS; tab += 1) {
      for (const kind of /** @type {const} */ (['bare', 'candor'])) {
        const found = await footprint(drivers[kind], url);
        script[kind].push(found.script);
        heap[kind].push(found.heap);
      }
    }
    record('  script time that Candor adds', median(script.candor) - median(script.bare), 'ms', { most: 2 });
    record('  heap that Candor adds', (median(heap.candor) - median(heap.bare)) / 2 ** 20, 'MiB', { most: 0.3 });
    await farewellTime(drivers.candor, site.origin);
  } finally {
    for (const driver of Object.values(drivers)) await driver.close();
    for (const folder of Object.values(folders)) await rm(folder, { recursive: true });
    await site.stop();
  }
}
