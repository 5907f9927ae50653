// The wallet's own signatures, built as its background is.
// @ts-expect-error it is made by `cargo xtask bench`
import { createInstance } from './wasm/speed-sign.js';

const speed = createInstance();
await speed.init({ module_or_path: fetch('wasm/speed-sign_bg.wasm') });

/** @param {Uint8Array} key @param {Uint8Array[]} digests @returns {Uint8Array | undefined} `r ‖ s` of the last signature */
export const sign = (key, digests) =>
  digests
    .map((digest) => speed.sign(key, digest))
    .at(-1)
    ?.slice(0, 64);
