// Argon2id as it ships.
// @ts-expect-error it is copied from the built extension
import { createInstance } from './wasm/kdf.js';

const kdf = createInstance();
await kdf.init({ module_or_path: fetch('wasm/kdf_bg.wasm') });

/** What its worker does while the password is being typed. @param {number} memoryKib */
export const prepare = (memoryKib) => kdf.prepare(memoryKib);

/** @param {string} password @param {Uint8Array} salt @param {number} memoryKib @param {number} passes @returns {Uint8Array} */
export const derive = (password, salt, memoryKib, passes) =>
  kdf.derive(new TextEncoder().encode(password), salt, memoryKib, passes, 1);
