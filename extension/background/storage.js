// Reading and writing what lasts. Every key is read on its own: one that cannot be read takes no other with it.
import { readMirror, writeMirror } from './vault-mirror.js';
import { within } from './within.js';

/** What is on disk is there twice. @param {string} key */
function withCopy(key) {
  return [key, `${key}.copy`];
}

/**
 * The keys that the wallet core writes, read even where the browser cannot list keys or lists them wrongly.
 * @type {Record<Host.Area, readonly string[]>}
 */
export const KEYS = {
  local: ['accounts', 'networks', 'sites', 'settings', 'guard', 'setup', 'transactions'].flatMap(withCopy),
  session: ['session', 'requests', 'clients', 'window', 'endpoints'],
};

/** The two alternating vault copies. @type {Record<Host.VaultCopy, string>} */
const VAULT_KEYS = { a: 'vault.a', b: 'vault.b' };

const READ_MS = 3_000;
const WRITE_MS = 10_000;

/** Keeps content scripts away from what is stored. The session area is closed to them from the start. */
export function restrictStorage() {
  chrome.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })?.catch(() => {});
}

/** @returns {Promise<Host.Stored>} everything there is, for a core that wakes */
export async function readStored() {
  const [local, session, vaultA, vaultB, vaultMirror] = await Promise.all([
    readArea('local'),
    readArea('session'),
    read('local', VAULT_KEYS.a),
    read('local', VAULT_KEYS.b),
    readMirror().then(asRead, () => /** @type {const} */ ('failed')),
  ]);
  const { runtime } = chrome;
  return { extensionId: runtime.id, baseUrl: runtime.getURL(''), local, session, vaultA, vaultB, vaultMirror };
}

/** @param {Host.Area} area @returns {Promise<Record<string, Host.Read>>} all keys but the vault copies */
async function readArea(area) {
  /** @type {Record<string, Host.Read>} */
  const found = {};
  /** @param {readonly string[]} keys */
  const readAll = (keys) =>
    Promise.all(keys.map(async (key) => void (found[key] = await read(area, key))));
  const known = new Set([...KEYS[area], ...Object.values(VAULT_KEYS)]);
  await Promise.all([
    readAll(KEYS[area]),
    listKeys(area).then((keys) => readAll(keys.filter((key) => !known.has(key)))),
  ]);
  return found;
}

/** @param {Host.Area} area @returns {Promise<string[]>} what the browser lists, if it can */
async function listKeys(area) {
  try {
    return (await within(READ_MS, chrome.storage[area].getKeys?.())) ?? [];
  } catch {
    return [];
  }
}

/** @param {Host.Area} area @param {string} key @returns {Promise<Host.Read>} */
async function read(area, key) {
  try {
    return asRead((await within(READ_MS, chrome.storage[area].get(key)))[key]);
  } catch {
    return 'failed';
  }
}

/** @param {unknown} value @returns {Host.Read} */
function asRead(value) {
  if (value === undefined) return 'absent';
  return typeof value === 'string' ? { text: value } : 'failed';
}

/** @param {Host.Store} effect @returns {Promise<void>} fails when the browser did not store it */
export function write({ area, key, value, copy }) {
  const storage = chrome.storage[area];
  if (value === null) return within(WRITE_MS, storage.remove(key));
  return within(WRITE_MS, storage.set(copy ? { [key]: value, [copy]: value } : { [key]: value }));
}

/** @param {Host.StoreVault} effect @returns {Promise<void>} fails when the copy was not stored; the mirror may fail */
export async function writeVault({ copy, frame }) {
  await within(WRITE_MS, chrome.storage.local.set({ [VAULT_KEYS[copy]]: frame }));
  await writeMirror(frame).catch(() => {});
}
