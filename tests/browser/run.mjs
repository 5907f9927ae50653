import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { Context, startShared } from './lib/context.mjs';
import { buildPages } from './lib/dapp.mjs';
import { FAILURES, HERE } from './lib/paths.mjs';

/**
 * @typedef {object} Journey
 * @property {string} name what holds, as a sentence
 * @property {import('./lib/browser.mjs').BrowserName[]} [browsers] absent: both
 * @property {(context: Context) => Promise<void>} run
 */

const { values } = parseArgs({ options: { only: { type: 'string' }, filter: { type: 'string' } } });
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

const shared = await startShared(await buildPages());
let passed = 0;
/** @type {string[]} */
const failed = [];
for (const browser of browsers) {
  for (const journey of await journeys()) {
    if (journey.browsers && !journey.browsers.includes(browser)) continue;
    const start = Date.now();
    /** @type {Context | undefined} */
    let context;
    try {
      context = await Context.open(browser, shared);
      await journey.run(context);
      passed += 1;
      console.log(`ok    ${browser}  ${journey.file}: ${journey.name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed.push(`${browser}  ${journey.file}: ${journey.name}`);
      const message = (error instanceof Error ? error.message : String(error)).replace(/\n/g, '\n      ');
      console.log(`FAIL  ${browser}  ${journey.file}: ${journey.name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
      console.log(`      ${message}`);
      const slug = `${browser}-${journey.file}-${journey.name}`.replace(/[^a-z0-9]+/gi, '-').slice(0, 80);
      if (context) console.log(`      see ${await keep(context, slug, error).catch((e) => `nothing: ${e}`)}`);
    } finally {
      await context?.close();
    }
  }
}
await shared.stop();
for (const name of failed) console.log(`failed: ${name}`);
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
