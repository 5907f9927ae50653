/*
 * Takes pictures of every screen with a stand-in for the background, to look at them beside the design:
 *
 *   node tests/browser/preview.mjs OUT [--dist dist/chrome] [--filter 05] [--theme dark] [--text 200]
 *
 * It needs a built extension. The pages run under the extension's own policy, and whatever they print fails it.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';

import puppeteer from 'puppeteer-core';

import { selector } from './lib/page.mjs';
import { distOf, executableOf } from './lib/paths.mjs';
import { SCENES } from './preview/scenes.mjs';
import { ANSWERS } from './preview/views.mjs';

const SIZES = { popup: [360, 600], window: [400, 640], tab: [1200, 800] };
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.png': 'image/png' };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dist: { type: 'string', default: distOf('chromium') },
    filter: { type: 'string', default: '' },
    theme: { type: 'string' },
    text: { type: 'string', default: '100' },
    width: { type: 'string' },
  },
});
const out = positionals[0];
if (!out) {
  console.error('Say where the pictures go: node tests/browser/preview.mjs OUT');
  process.exit(2);
}
await mkdir(out, { recursive: true });

const manifest = JSON.parse(await readFile(path.join(values.dist, 'manifest.json'), 'utf8'));
const policy = manifest.content_security_policy.extension_pages;
const server = createServer(async ({ url = '/' }, response) => {
  if (url === '/favicon.ico') return void response.writeHead(204).end();
  const file = path.join(values.dist, path.normalize(new URL(url, 'http://preview').pathname));
  const type = TYPES[/** @type {keyof typeof TYPES} */ (path.extname(file))];
  try {
    const content = await readFile(file);
    response.writeHead(200, { 'content-type': type ?? 'text/plain', 'content-security-policy': policy }).end(content);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

/** Stands in for `chrome`, inside the page. @param {Record<string, unknown>} answers */
function pretend(answers) {
  const ask = (/** @type {string} */ text) => {
    const [name] = Object.keys(JSON.parse(text));
    const answer = answers[name];
    if (answer === undefined) console.error(`no canned answer to ${name}`);
    return Promise.resolve(JSON.stringify(answer));
  };
  const session = new Map();
  const chrome = {
    runtime: { sendMessage: ask, getURL: (/** @type {string} */ at) => `/${at}`, onMessage: { addListener() {} } },
    tabs: { create: async () => ({}), query: async () => [{ url: 'https://app.uniswap.org/swap' }] },
    storage: {
      session: {
        get: async (/** @type {string} */ key) => (session.has(key) ? { [key]: session.get(key) } : {}),
        set: async (/** @type {object} */ items) => Object.entries(items).forEach(([key, value]) => session.set(key, value)),
        remove: async (/** @type {string} */ key) => void session.delete(key),
      },
    },
  };
  Object.defineProperty(window, 'chrome', { value: chrome, configurable: true });
  window.close = () => {};
}

const browser = await puppeteer.launch({
  executablePath: executableOf('chromium'),
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--lang=en-US'],
});

/** @param {import('./preview/scenes.mjs').Scene} scene @param {string} theme @returns {Promise<string[]>} what it printed */
async function shoot(scene, theme) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const printed = [];
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && printed.push(message.text()));
  page.on('pageerror', (error) => printed.push(String(error)));
  const [width = 0, height = 0] = SIZES[scene.surface];
  await page.setViewport({ width: Number(values.width ?? width), height, deviceScaleFactor: 2 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  await page.evaluateOnNewDocument(pretend, { ...ANSWERS, ...scene.answers });
  await page.goto(`http://127.0.0.1:${port}/page.html${scene.route}`);
  try {
    await page.waitForSelector('[data-testid=screen] *', { timeout: 10_000 });
    if (values.text !== '100') {
      await page.evaluate((size) => document.documentElement.style.setProperty('font-size', `${size}%`), values.text);
    }
    for (const [action, id, ...rest] of scene.steps ?? []) {
      const attributes = /** @type {Record<string, string | number> | undefined} */ (rest.at(action === 'fill' ? 1 : 0));
      const element = await page.waitForSelector(selector(id, attributes), { timeout: 5_000 });
      if (!element) continue;
      if (action === 'fill') {
        await element.focus();
        await element.type(String(rest[0]));
      } else if (action === 'file') {
        await element.evaluate((node) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File(['{}'], 'candor-backup-2026-02-25.json'));
          /** @type {HTMLInputElement} */ (node).files = transfer.files;
          node.dispatchEvent(new Event('change', { bubbles: true }));
        });
      } else if (action === 'press') {
        await element.hover();
        await page.mouse.down();
      } else if (action === 'click') {
        await element.evaluate((node) => node instanceof HTMLElement && node.click());
      }
    }
    await page.waitForNetworkIdle({ idleTime: 400, timeout: 5_000 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (wide) printed.push('it scrolls sideways');
  } catch (error) {
    printed.push(String(error));
  }
  await page.screenshot({ path: /** @type {`${string}.png`} */ (path.join(out ?? '', `${scene.name}-${theme}.png`)) });
  await context.close();
  return printed;
}

let failed = false;
for (const scene of SCENES.filter(({ name }) => name.includes(values.filter))) {
  for (const theme of values.theme ? [values.theme] : ['light', 'dark']) {
    const printed = await shoot(scene, theme);
    failed ||= printed.length > 0;
    console.log(`${scene.name} ${theme}${printed.map((line) => `\n  ${line}`).join('')}`);
  }
}
await browser.close();
server.close();
process.exit(failed ? 1 : 0);
