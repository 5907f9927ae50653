/**
 * The stored copies of the vault: absent names are left alone when writing, `null` removes.
 * @typedef {{ a?: string | null, b?: string | null, mirror?: string | null }} Copies
 * @typedef {import('./page.mjs').Page} Page
 */

/** Reads the vault's copies. @param {Page} page one of the wallet's pages @returns {Promise<Copies>} */
export function readCopies(page) {
  return page.evaluate(async () => {
    const local = await /** @type {any} */ (globalThis).chrome.storage.local.get(['vault.a', 'vault.b']);
    const mirror = await new Promise((resolve, reject) => {
      const open = indexedDB.open('candor');
      open.onerror = () => reject(open.error);
      open.onsuccess = () => {
        const database = open.result;
        const get = database.transaction('vault').objectStore('vault').get('mirror');
        get.onerror = () => reject(get.error);
        get.onsuccess = () => {
          database.close();
          resolve(get.result);
        };
      };
    });
    return { a: local['vault.a'], b: local['vault.b'], mirror };
  });
}

/** Overwrites copies of the vault. @param {Page} page one of the wallet's pages @param {Copies} copies */
export function writeCopies(page, copies) {
  return page.evaluate(async (/** @type {Copies} */ given) => {
    const { local } = /** @type {any} */ (globalThis).chrome.storage;
    for (const name of /** @type {const} */ (['a', 'b'])) {
      if (given[name] === null) await local.remove(`vault.${name}`);
      else if (given[name] !== undefined) await local.set({ [`vault.${name}`]: given[name] });
    }
    if (given.mirror === undefined) return;
    await new Promise((resolve, reject) => {
      const open = indexedDB.open('candor');
      open.onerror = () => reject(open.error);
      open.onsuccess = () => {
        const database = open.result;
        const change = database.transaction('vault', 'readwrite');
        const store = change.objectStore('vault');
        if (given.mirror === null) store.delete('mirror');
        else store.put(given.mirror, 'mirror');
        change.onerror = () => reject(change.error);
        change.oncomplete = () => {
          database.close();
          resolve(undefined);
        };
      };
    });
  }, copies);
}

/** Everything that the extension has stored, as text. @param {Page} page @returns {Promise<Record<string, string>>} */
export function readEverything(page) {
  return page.evaluate(async () => {
    const { storage } = /** @type {any} */ (globalThis).chrome;
    /** @type {Record<string, string>} */
    const found = {
      'storage.local': JSON.stringify(await storage.local.get(null)),
      'storage.session': JSON.stringify(await storage.session.get(null)),
      localStorage: JSON.stringify({ ...localStorage }),
      sessionStorage: JSON.stringify({ ...sessionStorage }),
    };
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue;
      /** @type {IDBDatabase} */
      const database = await new Promise((resolve, reject) => {
        const open = indexedDB.open(name);
        open.onerror = () => reject(open.error);
        open.onsuccess = () => resolve(open.result);
      });
      for (const store of database.objectStoreNames) {
        const all = await new Promise((resolve, reject) => {
          const get = database.transaction(store).objectStore(store).getAll();
          get.onerror = () => reject(get.error);
          get.onsuccess = () => resolve(get.result);
        });
        found[`indexedDB ${name}/${store}`] = JSON.stringify(all);
      }
      database.close();
    }
    return found;
  });
}
