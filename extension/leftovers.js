/*
 * Everything that the browser still hands over of what Candor stored, as one file (docs/vault-format.md). It needs no
 * WebAssembly and no background, so that it works where nothing else does. Whatever is secret in it is sealed.
 */
import { KEYS, VAULT_KEYS } from './background/storage.js';
import { readMirror } from './background/vault-mirror.js';
import { within } from './background/within.js';

const MS = 5_000;

/**
 * A value as the file has it: text as it is, bytes as base64, anything else as JSON.
 * @param {unknown} value
 */
function written(value) {
  if (typeof value === 'string') return value;
  if (value instanceof ArrayBuffer) return { base64: base64(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value)) {
    return { base64: base64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
  }
  return { json: value ?? null };
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** @returns {Promise<string[]>} the keys that there are or may be */
async function keys() {
  const known = [...KEYS.local, ...Object.values(VAULT_KEYS)];
  const { local } = chrome.storage;
  const listed = await within(MS, local.getKeys?.() ?? local.get(null).then(Object.keys)).catch(() => []);
  return [...new Set([...known, ...listed])];
}

/** @returns {Promise<string>} the file's text */
async function collect() {
  /** @type {Record<string, unknown>} */
  const local = {};
  /** @type {string[]} */
  const unread = [];
  const read = async (/** @type {string} */ key) => {
    try {
      const { [key]: value } = await within(MS, chrome.storage.local.get(key));
      if (value !== undefined) local[key] = written(value);
    } catch {
      unread.push(key);
    }
  };
  /** @type {unknown} */
  let mirror;
  await Promise.all([
    keys().then((all) => Promise.all(all.map(read))),
    readMirror().then(
      (value) => (mirror = value === undefined ? undefined : written(value)),
      () => unread.push('mirror'),
    ),
  ]);
  return JSON.stringify({ candor: 'recovery', version: 1, made: new Date().toISOString(), local, mirror, unread });
}

/** Offers the file as a download. @returns {Promise<void>} */
export async function save() {
  const text = await collect();
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `candor-recovery-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  // The click has handed the blob to the download by the time the next task runs.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
