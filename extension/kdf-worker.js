/*
 * Turns a password into a key with Argon2id (RFC 9106). A worker does one job and ends, so that the memory that
 * Argon2id fills, and what the password left in it, goes at once; the password never reaches the background.
 */
import { createInstance } from './wasm/kdf.js';

/** @typedef {{ memoryKib: number }} Ahead what the job will need, told while the password is still being typed */
/** @typedef {{ password: string, salt: string, memoryKib: number, passes: number, lanes: number }} Job */

const glue = createInstance();
const ready = glue.init({ module_or_path: fetch(new URL('wasm/kdf_bg.wasm', import.meta.url)) });

self.onmessage = async (/** @type {MessageEvent<Job | Ahead>} */ { data }) => {
  if (!('password' in data)) return void (await prepare(data.memoryKib));
  self.onmessage = null;
  try {
    const { memory } = await ready;
    const started = performance.now();
    const key = derive(data);
    self.postMessage({ key, ms: Math.round(performance.now() - started) });
    // After the answer, which somebody waits for; often the page has ended this worker, and so its memory, by now.
    new Uint8Array(memory.buffer).fill(0);
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
  self.close();
};

/** Takes the memory ahead. Where that fails, the job says so. @param {number} memoryKib */
async function prepare(memoryKib) {
  try {
    await ready;
    glue.prepare(memoryKib);
  } catch {
    // Nothing was promised yet.
  }
}

/** @param {Job} job @returns {string} the key in hexadecimal */
function derive({ password, salt, memoryKib, passes, lanes }) {
  // NFKC, so that the same password typed on another keyboard gives the same bytes.
  const bytes = new TextEncoder().encode(password.normalize('NFKC'));
  try {
    const key = glue.derive(bytes, fromHex(salt), memoryKib, passes, lanes);
    const hex = toHex(key);
    key.fill(0);
    return hex;
  } finally {
    bytes.fill(0);
  }
}

/** @param {string} text */
function fromHex(text) {
  if (!/^([0-9a-f]{2})*$/i.test(text)) throw new Error('The salt is not hexadecimal.');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** @param {Uint8Array} bytes */
function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
