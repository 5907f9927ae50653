// The third copy of the vault, in IndexedDB: another store of the browser, so that one defect does not reach all.
import { within } from './within.js';

const DATABASE = 'candor';
const STORE = 'vault';
const KEY = 'mirror';
/** As for the other copies: a prompt is to come within three seconds. */
const READ_MS = 1_500;
const WRITE_MS = 2_000;

/** Set when IndexedDB did not answer once: from then on nobody waits for it. */
let stuck = false;

/** Whether it was read: what could not be read may be the only good copy, and is not written over. */
let known = false;

/** @returns {Promise<unknown>} what is there; fails when it cannot be read in time */
export async function readMirror() {
  const frame = await inTime(READ_MS, transact('readonly', (store) => store.get(KEY)));
  known = true;
  return frame;
}

/** @param {string} frame @returns {Promise<void>} fails when it was not written in time, or never read */
export async function writeMirror(frame) {
  if (!known) throw new Error('The mirror was never read.');
  await inTime(WRITE_MS, transact('readwrite', (store) => store.put(frame, KEY)));
}

/** @template T @param {number} ms @param {Promise<T>} work @returns {Promise<T>} */
async function inTime(ms, work) {
  work.catch(() => {});
  if (stuck) throw new Error('IndexedDB did not answer before.');
  let settled = false;
  const done = () => void (settled = true);
  work.then(done, done);
  try {
    return await within(ms, work);
  } catch (error) {
    stuck = !settled;
    throw error;
  }
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>} the act's result, once its transaction is complete
 */
async function transact(mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      // Strict: on disk before it counts as written.
      const transaction = database.transaction(STORE, mode, { durability: 'strict' });
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('Another version of the database is open.'));
  });
}
