import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

import { HERE, OUT, distOf } from '../lib/paths.mjs';

const CONTENDERS = ['candor', 'candor-sign', 'candor-whole', 'candor-kdf', 'hash-wasm', 'noble', 'scure'];

/** The policy that extensions with WebAssembly have. */
const POLICY = "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'";

/** The glue of a module, which is bundled as the code of other libraries is. @type {import('esbuild').Plugin} */
const glue = {
  name: 'glue',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/wasm\// }, ({ path: file }) => ({ path: path.join(wasmOf(file), path.basename(file)) }));
  },
};

/** Where a module was built. @param {string} file */
const wasmOf = (file) => (file.includes('speed') ? path.join(OUT, 'bench/wasm') : path.join(distOf('chromium'), 'wasm'));

/**
 * An extension with every contender, bundled as an extension that ships would be.
 * @returns {Promise<string>} its folder
 */
async function assemble() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'candor-laboratory-'));
  const at = (/** @type {string} */ name) => path.join(HERE, 'bench', name);
  await build({
    entryPoints: CONTENDERS.map((name) => at(`contenders/${name}.mjs`)),
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    external: ['./candor-sign.js'],
    plugins: [glue],
  });
  await mkdir(path.join(folder, 'wasm'));
  for (const from of [path.join(distOf('chromium'), 'wasm'), path.join(OUT, 'bench/wasm')]) {
    await cp(from, path.join(folder, 'wasm'), { recursive: true });
  }
  await cp(at('worker.mjs'), path.join(folder, 'worker.js'));
  const manifest = {
    manifest_version: 3,
    name: 'Laboratory',
    version: '1',
    content_security_policy: { extension_pages: POLICY },
  };
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'page.html'), '<!doctype html><meta charset="utf-8"><title>Laboratory</title>');
  return folder;
}

/** A page of an extension that can start contenders, each in a worker. */
export class Laboratory {
  /** @param {import('../lib/page.mjs').Page} page @param {string} folder */
  constructor(page, folder) {
    this.page = page;
    this.folder = folder;
  }

  /** @param {import('../lib/browser.mjs').Driver} driver */
  static async open(driver) {
    const folder = await assemble();
    const id = await driver.inner.installExtension(folder);
    const page = await driver.newPage(`chrome-extension://${id}/page.html`);
    await page.evaluate(() => {
      const { workers } = Object.assign(window, { workers: /** @type {Map<string, Worker>} */ (new Map()) });
      const ask = (/** @type {string} */ name, /** @type {{ contender: string, job: string, args: any[] }} */ question) =>
        new Promise((resolve, reject) => {
          const worker = workers.get(name) ?? new Worker('worker.js', { type: 'module' });
          workers.set(name, worker);
          worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.postMessage(question);
        });
      const end = (/** @type {string} */ name) => {
        workers.get(name)?.terminate();
        workers.delete(name);
      };
      Object.assign(window, { ask, end });
    });
    return new Laboratory(page, folder);
  }

  /**
   * Runs a job in the worker of a name, which is started if there is none.
   * @param {string} worker @param {string} contender @param {string} job @param {unknown[]} args
   * @returns {Promise<{ ms: number, result: unknown }>} bytes of the result as an array of numbers
   */
  ask(worker, contender, job, ...args) {
    return this.page.evaluate(
      async (/** @type {any} */ name, /** @type {any} */ question) => {
        const bytes = (/** @type {any} */ value) =>
          typeof value === 'string' && /^bytes:/.test(value)
            ? Uint8Array.from(value.slice(6).match(/../g) ?? [], (pair) => parseInt(pair, 16))
            : value;
        const args = question.args.map((/** @type {any} */ arg) => (Array.isArray(arg) ? arg.map(bytes) : bytes(arg)));
        const { ms, result } = await /** @type {any} */ (window).ask(name, { ...question, args });
        return { ms, result: result instanceof Uint8Array ? Array.from(result) : result };
      },
      worker,
      /** @type {any} */ ({ contender, job, args }),
    );
  }

  /** Ends a worker, and with it all that it had loaded and compiled. @param {string} worker */
  end(worker) {
    return this.page.evaluate((name) => /** @type {any} */ (window).end(name), worker);
  }

  async close() {
    await this.page.close();
    await rm(this.folder, { recursive: true });
  }
}

/** Bytes, as {@link Laboratory.ask} takes them. @param {Uint8Array} bytes */
export const bytes = (bytes) => `bytes:${Buffer.from(bytes).toString('hex')}`;
