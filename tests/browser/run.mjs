import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { Context, startShared } from './lib/context.mjs';
import { buildPages } from './lib/dapp.mjs';
import { FAILURES, HERE } from './lib/paths.mjs';

/**
 * @typedef {object} Journey
 * @property {string} name what holds, as a sentence
 * @property {import('./lib/browser.mjs').BrowserName[]} [browsers] absent: both
 * @property {boolean} [alone] nothing else may run meanwhile, because it is about what a person waits for
 * @property {(browser: import('./lib/browser.mjs').BrowserName, shared: import('./lib/context.mjs').Shared) =>
 *   Promise<Context>} [open] absent: the extension as it ships, in a browser of its own
 * @property {(context: Context) => Promise<void>} run given what `open` gave
 */

const { values } = parseArgs({
  options: { only: { type: 'string' }, filter: { type: 'string' }, lanes: { type: 'string' } },
});
/** Journeys at a time; more than four are no faster, whatever the computer. */
const LANES = Math.max(1, Number(values.lanes ?? Math.min(4, os.availableParallelism())));
const browsers = /** @type {import('./lib/browser.mjs').BrowserName[]} */ (
  ['chromium', 'firefox'].filter((name) => !values.only || values.only === name)
);
if (!browsers.length) {
  console.error(`--only takes chromium or firefox, not ${values.only}`);
  process.exit(2);
}

/** Every journey whose file or name contains the filter. @returns {Promise<(Journey & { file: string })[]>} */
async function journeys() {
  const files = (await readdir(path.join(HERE, 'journeys'))).filter((file) => file.endsWith('.mjs')).sort();
  const all = await Promise.all(
    files.map(async (file) => {
      /** @type {{ journeys: Journey[] }} */
      const module = await import(path.join(HERE, 'journeys', file));
      return module.journeys.map((journey) => ({ ...journey, file: path.basename(file, '.mjs') }));
    }),
  );
  const wanted = values.filter?.toLowerCase() ?? '';
  return all.flat().filter(({ file, name }) => `${file}: ${name}`.toLowerCase().includes(wanted));
}

/**
 * What helps to understand a failure: pictures of all pages and everything that was printed.
 * @param {Context} context @param {string} name @param {unknown} error
 */
async function keep(context, name, error) {
  const folder = path.join(FAILURES, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const pages = await context.driver.pages();
  const shots = await Promise.allSettled(
    pages.map((page, n) => page.screenshot(path.join(folder, `${String(n + 1).padStart(2, '0')}.png`))),
  );
  const text = [
    error instanceof Error ? error.stack : String(error),
    '',
    ...pages.map((page, n) => `${n + 1} ${page.inner.url()} ${shots[n]?.status === 'rejected' ? '(no picture)' : ''}`),
    '',
    ...context.driver.log,
    ...(await context.driver.backgroundErrors().catch(() => [])),
  ];
  await writeFile(path.join(folder, 'log.txt'), text.join('\n'));
  return path.relative(process.cwd(), folder);
}

let passed = 0;
/** @type {string[]} */
const failed = [];

/**
 * Runs one journey in a browser of its own.
 * @param {import('./lib/browser.mjs').BrowserName} browser
 * @param {Journey & { file: string }} journey
 * @param {import('./lib/context.mjs').Shared} shared
 */
async function take(browser, journey, shared) {
  const start = Date.now();
  const line = () => `${browser}  ${journey.file}: ${journey.name} (${((Date.now() - start) / 1000).toFixed(1)} s)`;
  /** @type {Context | undefined} */
  let context;
  try {
    context = await (journey.open ?? Context.open)(browser, shared);
    await journey.run(context);
    passed += 1;
    console.log(`ok    ${line()}`);
  } catch (error) {
    failed.push(`${browser}  ${journey.file}: ${journey.name}`);
    const message = (error instanceof Error ? error.message : String(error)).replace(/\n/g, '\n      ');
    const slug = `${browser}-${journey.file}-${journey.name}`.replace(/[^a-z0-9]+/gi, '-').slice(0, 80);
    const kept = context && `\n      see ${await keep(context, slug, error).catch((e) => `nothing: ${e}`)}`;
    console.log(`FAIL  ${line()}\n      ${message}${kept ?? ''}`);
  } finally {
    await context?.close();
  }
}

const bundles = await buildPages();
/** A journey waits most of its time, and has browser, chain and profile for itself: as many as processors go on at once. */
const lanes = await Promise.all([startShared(bundles), ...Array.from({ length: LANES - 1 }, () => startShared(bundles))]);
for (const browser of browsers) {
  const all = (await journeys()).filter((journey) => journey.browsers?.includes(browser) ?? true);
  const waiting = all.filter(({ alone }) => !alone);
  await Promise.all(
    lanes.map(async (shared) => {
      for (let next; (next = waiting.shift()); ) await take(browser, next, shared);
    }),
  );
  for (const journey of all.filter(({ alone }) => alone)) await take(browser, journey, lanes[0]);
}
await Promise.all(lanes.map((shared) => shared.stop()));
for (const name of failed) console.log(`failed: ${name}`);
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
