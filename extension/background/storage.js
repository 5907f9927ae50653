// Reading and writing what lasts. Every key is read on its own: one that cannot be read takes no other with it.
import { readMirror, writeMirror } from './vault-mirror.js';
import { within } from './within.js';

/** What is on disk is there twice; what cannot be read has a third place for what changes. @param {string} key */
function places(key) {
  return [key, `${key}.copy`, `${key}.meanwhile`];
}

/**
 * The keys that the wallet core writes, read even where the browser cannot list keys or lists them wrongly.
 * @type {Record<Host.Area, readonly string[]>}
 */
export const KEYS = {
  local: [
    'accounts',
    'networks',
    'sites',
    'settings',
    'guard',
    'setup',
    'transactions',
    'tokens',
    'contacts',
    'portfolio',
    'history',
    'egress',
  ].flatMap(places),
  session: ['session', 'requests', 'clients', 'window', 'egress-lately'],
};

/** The two alternating vault copies. @type {Record<Host.VaultCopy, string>} */
export const VAULT_KEYS = { a: 'vault.a', b: 'vault.b' };

/** Short enough that a storage that hangs does not keep anyone waiting for more than three seconds. */
const READ_MS = 1_500;
const WRITE_MS = 10_000;

/** Keeps content scripts away from what is stored. The session area is closed to them from the start. */
export function restrictStorage() {
  chrome.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })?.catch(() => {});
}

/** Copies of the vault that the browser did not hand over: each may be the only good one, or the newest. */
const unread = new Set(/** @type {Host.VaultCopy[]} */ ([]));

/** @param {Host.VaultCopy} copy @returns {Promise<Host.Read>} */
async function readCopy(copy) {
  const found = await read('local', VAULT_KEYS[copy]);
  if (found === 'failed') unread.add(copy);
  else unread.delete(copy);
  return found;
}

/** @returns {Promise<Host.Stored>} everything there is, for a core that wakes */
export async function readStored() {
  const [local, session, vaultA, vaultB, vaultMirror] = await Promise.all([
    readArea('local'),
    readArea('session'),
    readCopy('a'),
    readCopy('b'),
    readMirror().then(asRead, () => /** @type {const} */ ('failed')),
  ]);
  const { runtime } = chrome;
  return { extensionId: runtime.id, baseUrl: runtime.getURL(''), local, session, vaultA, vaultB, vaultMirror };
}

/** What the wallet has to start from, by stage: everything, then only what guards the keys, then the vault alone. */
const FIRST_STAGE = [null, ['accounts', 'setup', 'settings', 'guard', 'session'], ['session']];

/**
 * What is stored as if the browser had not handed over a part of it, which is then neither used nor written over.
 * @param {Host.Stored} stored @param {number} stage @returns {Host.Stored}
 */
export function withheld(stored, stage) {
  const first = FIRST_STAGE[stage];
  if (!first) return stored;
  /** @param {string} key */
  const left = (key) => first.includes(key.replace(/\.\w+$/, '')) || (stage === 1 && key.endsWith('.meanwhile'));
  /** @param {Record<string, Host.Read>} reads @returns {Record<string, Host.Read>} */
  const only = (reads) =>
    Object.fromEntries(Object.entries(reads).map(([key, read]) => [key, left(key) ? read : 'failed']));
  return { ...stored, local: only(stored.local), session: only(stored.session) };
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

/**
 * The core chose the copy by what it read. One that it could not read is asked for once more and kept aside: nothing
 * that can be read is written over unseen.
 * @param {Host.StoreVault} effect @returns {Promise<void>} fails when the copy was not stored; the mirror may fail
 */
export async function writeVault({ copy, frame }) {
  const key = VAULT_KEYS[copy];
  const before = unread.has(copy) ? await readCopy(copy) : 'absent';
  if (typeof before === 'object') {
    await within(WRITE_MS, chrome.storage.local.set({ [`${key}.kept.${Date.now().toString(16)}`]: before.text }));
  }
  await within(WRITE_MS, chrome.storage.local.set({ [key]: frame }));
  unread.delete(copy);
  await writeMirror(frame).catch(() => {});
}
