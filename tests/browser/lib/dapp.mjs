import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

import { BUNDLES, HERE } from './paths.mjs';
import { until } from './until.mjs';

/** The dApps of our own, each a page. */
export const DAPPS = /** @type {const} */ (['raw', 'viem-dapp', 'ethers-dapp', 'conformance', 'neighbour']);

/** Bundles every dApp page into one folder and returns it. */
export async function buildPages() {
  await mkdir(BUNDLES, { recursive: true });
  await build({
    entryPoints: DAPPS.map((name) => path.join(HERE, 'pages', `${name}.mjs`)),
    outdir: BUNDLES,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  for (const name of DAPPS) {
    const html = `<!doctype html><meta charset="utf-8"><title>${name}</title><body><h1>${name}</h1>
<script type="module" src="${name}.js"></script></body>`;
    await writeFile(path.join(BUNDLES, `${name}.html`), html);
  }
  return BUNDLES;
}

/**
 * @typedef {{ state: 'pending' | 'done' | 'failed', settled: number, value?: any,
 *   error?: { code?: number, message: string, data?: any } }} Result
 */

/** An open dApp page of ours. */
export class Dapp {
  /** @param {import('./page.mjs').Page} page @param {string} origin */
  constructor(page, origin) {
    this.page = page;
    this.origin = origin;
  }

  /**
   * Opens one and waits until it has found the wallet.
   * @param {import('./browser.mjs').Driver} driver
   * @param {string} origin
   * @param {typeof DAPPS[number]} name
   */
  static async open(driver, origin, name) {
    const page = await driver.newPage(`${origin}/${name}.html`);
    const dapp = new Dapp(page, origin);
    await dapp.ready();
    return dapp;
  }

  async ready() {
    await until(`the dApp ${this.page.last()} to find the wallet`, () =>
      this.page.evaluate(() => /** @type {any} */ (window).ready),
    );
  }

  async reload() {
    await this.page.goto(await this.page.url());
    await this.ready();
  }

  /**
   * Starts an action and returns its number at once.
   * @param {string} name @param {unknown[]} args @returns {Promise<number>}
   */
  start(name, ...args) {
    return this.page.evaluate(
      (action, ...given) => /** @type {any} */ (window).start(action, ...given),
      /** @type {any} */ (name),
      .../** @type {any[]} */ (args),
    );
  }

  /** How an action stands now. @param {number} n @returns {Promise<Result>} */
  peek(n) {
    return this.page.evaluate((at) => /** @type {any} */ (window).results[at], n);
  }

  /** How an action ended. @param {number} n @param {number} [patience] @returns {Promise<Result>} */
  settled(n, patience) {
    return until(
      `action ${n} of ${this.page.last()} to settle`,
      async () => {
        const result = await this.peek(n);
        return result.state !== 'pending' && result;
      },
      patience,
    );
  }

  /** The value that an action gave; fails with its error. @param {number} n @param {number} [patience] */
  async value(n, patience) {
    const result = await this.settled(n, patience);
    if (result.state === 'failed') throw new Error(`the dApp was told: ${JSON.stringify(result.error)}`);
    return result.value;
  }

  /** The error that an action gave; fails if it worked. @param {number} n @returns {Promise<NonNullable<Result['error']>>} */
  async error(n) {
    const result = await this.settled(n);
    if (result.state !== 'failed' || !result.error) throw new Error(`it worked: ${JSON.stringify(result.value)}`);
    return result.error;
  }

  /** Runs an action that needs nobody's consent. @param {string} name @param {unknown[]} args */
  async do(name, ...args) {
    return this.value(await this.start(name, ...args));
  }

  /** One raw request, without consent. @param {string} method @param {unknown} [params] */
  request(method, params) {
    return this.page.evaluate(
      (args) => /** @type {any} */ (window).provider.request(args),
      /** @type {any} */ ({ method, ...(params === undefined ? {} : { params }) }),
    );
  }

  /** Events heard so far. @returns {Promise<{ name: string, value: any }[]>} */
  events() {
    return this.page.evaluate(() => /** @type {any} */ (window).events);
  }

  /** Waits for an event. @param {string} name @param {(value: any) => boolean} [wanted] */
  async heard(name, wanted = () => true) {
    return until(`the event ${name}`, async () =>
      (await this.events()).find((event) => event.name === name && wanted(event.value)),
    );
  }
}
