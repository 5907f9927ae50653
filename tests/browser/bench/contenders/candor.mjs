// The wallet's own phrases and keys, built as its background is.
// @ts-expect-error it is made by `cargo xtask bench`
import { createInstance } from './wasm/speed.js';

const speed = createInstance();
await speed.init({ module_or_path: fetch('wasm/speed_bg.wasm') });

/** @type {any} */
let wallet;

/** @param {string} phrase */
export function seed(phrase) {
  wallet?.free();
  wallet = new speed.Wallet(phrase);
}

/** @param {number} count */
export const accounts = (count) => wallet.accounts(count);

/** @param {number} indices */
export const search = (indices) => wallet.search(indices);
