import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { OUT } from '../lib/paths.mjs';
import { heading, record } from './report.mjs';

/** Prints what `cargo xtask bench` measured before it started the browser. */
export async function sizes() {
  heading('Sizes');
  /** @type {Record<string, number>} */
  const bytes = JSON.parse(await readFile(path.join(OUT, 'bench/sizes.json'), 'utf8'));
  const of = (/** @type {string} */ name) => bytes[name] ?? NaN;
  record('inpage.js and content.js', (of('inpage.js') + of('content.js')) / 1e3, 'kB', { most: 15 });
  record('all WebAssembly, but what few pages load', of('all wasm') / 1e6, 'MB', { most: 2.2 });
  record('background module', of('wasm/background_bg.wasm') / 1e6, 'MB', { most: 1.2 });
  record('package for the Chrome store', of('package zip') / 1e6, 'MB', { most: 1.5 });
}
