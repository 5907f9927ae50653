import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { HDNodeWallet, Mnemonic } from 'ethers';

import { distOf } from './paths.mjs';

/** A page of the extension that shows nothing and asks nothing by itself. */
const BLANK = 'blank.html';

/**
 * A copy of the extension with a page that does nothing, and with more code before the background's own. The shipped
 * files stay as they are.
 * @param {import('./browser.mjs').BrowserName} browser
 * @template {unknown[]} A
 * @param {(...given: A) => void} [before] runs in the background first; nothing outside of it is there
 * @param {A} given what it is given, as JSON
 * @returns {Promise<{ dist: string, remove: () => Promise<void> }>}
 */
export async function tampered(browser, before, ...given) {
  const dist = await mkdtemp(path.join(os.tmpdir(), 'candor-dist-'));
  await cp(distOf(browser), dist, { recursive: true });
  await writeFile(path.join(dist, BLANK), '<!doctype html><title>blank</title>');
  if (before) {
    const file = path.join(dist, 'background.js');
    await writeFile(file, `(${before})(${given.map((one) => JSON.stringify(one))});\n${await readFile(file, 'utf8')}`);
  }
  return { dist, remove: () => rm(dist, { recursive: true, force: true }) };
}

/** What any password derives to here; the wallet core takes the word of its own pages for it. */
export const KEY = '55'.repeat(32);

/**
 * A keyring's record (docs/vault-format.md) of an English phrase.
 * @param {string} phrase
 */
export function recordOf(phrase) {
  const mnemonic = Mnemonic.fromPhrase(phrase);
  const entropy = Buffer.from(mnemonic.entropy.slice(2), 'hex');
  const head = Buffer.from([...Buffer.from('CKEY'), 0, 1, 1, 0, 0, entropy.length]);
  return Buffer.concat([head, entropy, Buffer.from(mnemonic.computeSeed().slice(2), 'hex')]).toString('hex');
}

/** Where the n-th account is. @param {number} n */
const pathOf = (n) => `m/44'/60'/0'/0/${n}`;

/** The first addresses of a phrase. @param {string} phrase @param {number} count */
export function addressesOf(phrase, count) {
  const seed = Mnemonic.fromPhrase(phrase).computeSeed();
  return Array.from({ length: count }, (_, n) => HDNodeWallet.fromSeed(seed).derivePath(pathOf(n)).address);
}

/** The wallet by its messages alone, from a page that does nothing else: as its own pages speak to it, but faster. */
export class Control {
  /** @param {import('./page.mjs').Page} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {import('./browser.mjs').Driver} driver of a {@link tampered} extension */
  static async open(driver) {
    return new Control(await driver.newPage(driver.extensionUrl(BLANK)));
  }

  /**
   * Asks the background.
   * @param {string} name of a call in crates/protocol/src/ui.rs
   * @param {Record<string, unknown>} [fields]
   * @returns {Promise<any>} its reply; fails with what the background refuses
   */
  async call(name, fields = {}) {
    const answer = await this.page.evaluate(
      (text) => /** @type {any} */ (globalThis).chrome.runtime.sendMessage(text),
      JSON.stringify({ [name]: fields }),
    );
    const reply = JSON.parse(answer ?? '{}');
    if (!('ok' in reply)) throw new Error(`${name}: ${JSON.stringify(reply.err ?? 'no answer')}`);
    return reply.ok;
  }

  /**
   * Makes the wallet of a phrase.
   * @param {{ phrase: string, accounts: number, key?: string }} options
   */
  async make({ phrase, accounts, key = KEY }) {
    const kdf = await this.call('NewKdf');
    const paths = Array.from({ length: accounts }, (_, n) => pathOf(n));
    await this.call('RestoreWallet', { password: { kdf, key }, record: recordOf(phrase), paths });
    await this.call('ChooseServers', { choice: 'public' });
    await this.call('FinishSetup');
  }

  /** Another password. @param {string} key @param {string} next */
  async changePassword(key, next) {
    const kdf = await this.call('NewKdf');
    await this.call('ChangePassword', { key, password: { kdf, key: next } });
  }

  /** @returns {Promise<{ address: string, name: string }[]>} */
  accounts() {
    return this.call('Accounts');
  }

  /** All of storage.local. @returns {Promise<Record<string, unknown>>} */
  local() {
    return this.page.evaluate(() => /** @type {any} */ (globalThis).chrome.storage.local.get(null));
  }

  /** Makes storage.local exactly this. @param {Record<string, unknown>} items */
  setLocal(items) {
    return this.page.evaluate(async (/** @type {Record<string, unknown>} */ given) => {
      const { local } = /** @type {any} */ (globalThis).chrome.storage;
      const there = Object.keys(await local.get(null));
      await local.set(given);
      await local.remove(there.filter((key) => !(key in given)));
    }, items);
  }

  /** As after the browser was closed: nothing in memory, no hint for the next page. */
  forget() {
    return this.page.evaluate(async () => {
      await /** @type {any} */ (globalThis).chrome.storage.session.clear();
      localStorage.clear();
    });
  }
}
