import assert from 'node:assert/strict';
import { verifyMessage } from 'viem';

import { Context } from '../lib/context.mjs';
import { catchFiles, caughtFile, chooseFile } from '../lib/files.mjs';
import { ANVIL_ACCOUNTS, ANVIL_PHRASE } from '../lib/services.mjs';
import { writeCopies } from '../lib/storage.mjs';
import { until } from '../lib/until.mjs';
import { PASSWORD } from '../lib/wallet.mjs';

/**
 * @typedef {import('../lib/page.mjs').Page} Page
 * @typedef {import('../lib/wallet.mjs').Wallet} Wallet
 * @typedef {import('../lib/files.mjs').Saved} Saved
 */

const OTHER_PASSWORD = 'plum kettle orbit sandal 52';
const WATCHED = '0x00000000219ab540356cBB839Cbe05303d7705Fa';
const ZOO = `${'zoo '.repeat(11)}wrong`;

/**
 * The page of a wallet of which no copy can be read any more.
 * @param {import('../lib/context.mjs').Context} context
 */
async function ruined({ wallet, driver }) {
  const page = await wallet.open('#/home');
  await writeCopies(page, { a: 'AAAA', b: 'AAAA', mirror: 'AAAA' });
  await page.evaluate(() => /** @type {any} */ (globalThis).chrome.storage.session.clear());
  await page.close();
  await driver.killWorker();
  const damaged = await wallet.open('#/home');
  await damaged.screen('recovery');
  return damaged;
}

/** Makes a backup file. @param {Wallet} wallet @param {string} [password] absent: the wallet's own @returns {Promise<Saved>} */
async function backedUp(wallet, password) {
  const page = await wallet.open('#/backup');
  await page.screen('backup');
  await catchFiles(page);
  if (password) {
    await page.click('backup-other');
    await page.fill('backup-file-password', password);
    await page.fill('backup-password-repeat', password);
  }
  await page.fill('backup-password', PASSWORD);
  await page.click('backup-make');
  await page.waitFor('backup-saved');
  const file = await caughtFile(page);
  assert.match(file.name, /^candor-backup-\d{4}-\d\d-\d\d\.json$/);
  assert.ok((await page.text('backup-saved')).includes(file.name));
  await page.close();
  return file;
}

/** @param {Page} page @param {Saved} file @param {string} password */
async function bringBack(page, file, password) {
  await page.screen('from-backup');
  await chooseFile(page, 'backup-file', file);
  await page.waitFor('backup-file-password');
  await page.fill('backup-file-password', password);
  await page.click('backup-restore');
}

/** Addresses and names of all accounts, in order. @param {Wallet} wallet */
async function accountsOf(wallet) {
  const page = await wallet.open('#/accounts');
  await page.screen('accounts');
  await page.waitFor('account-item');
  const addresses = await page.attrs('account-item', 'data-address');
  const names = await page.evaluate(() =>
    [...document.querySelectorAll('[data-testid=account-name]')].map((field) => /** @type {HTMLInputElement} */ (field).value),
  );
  await page.close();
  return addresses.map((address, n) => ({ address, name: names[n] }));
}

/** @param {Page} page @param {string} address @param {string} name */
async function rename(page, address, name) {
  await page.screen('accounts');
  await page.waitFor('account-item', { 'data-address': address });
  await page.set(`[data-testid=account-item][data-address="${address}"] [data-testid=account-name]`, name);
}

/** Watches an address on the screen of accounts. @param {Page} page @param {string} address */
async function watch(page, address) {
  await page.screen('accounts');
  await page.click('account-more');
  await page.click('account-watch');
  await page.fill('account-watch-address', address);
  await page.click('account-watch-submit');
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a backup file brings accounts and names into a fresh browser, where they sign; not without its password',
    run: async (context) => {
      const { wallet, chain } = context;
      await wallet.restore({ accounts: 2 });
      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      await home.waitFor('backup-banner');
      const accounts = await wallet.open('#/accounts');
      await rename(accounts, /** @type {string} */ (ANVIL_ACCOUNTS[1]), 'Savings');
      await watch(accounts, WATCHED);
      await accounts.waitFor('account-item', { 'data-address': WATCHED });
      await accounts.close();
      const before = await accountsOf(wallet);
      assert.deepEqual(
        before.map(({ address }) => address),
        [ANVIL_ACCOUNTS[0], ANVIL_ACCOUNTS[1], WATCHED],
      );
      assert.equal(before[1]?.name, 'Savings');

      const page = await wallet.open('#/backup');
      await page.fill('backup-password', 'not the password');
      await page.click('backup-make');
      assert.match(await page.text('error'), /not the password/);
      assert.ok(!(await page.has('backup-saved')));
      await page.close();
      const file = await backedUp(wallet);
      assert.ok(!file.text.toLowerCase().includes(WATCHED.slice(2, 20).toLowerCase()), 'it is sealed');
      await home.waitForNone('backup-banner');

      const other = await Context.open(context.browser, context.shared);
      context.endings.push(() => other.close());
      const fresh = await other.wallet.firstTab();
      await fresh.click('restore-backup');
      await chooseFile(fresh, 'backup-file', { name: 'photo.json', text: '{"a":1}' });
      assert.match(await fresh.text('error'), /not a backup file/);
      assert.ok(!(await fresh.has('backup-file-password')));
      await bringBack(fresh, file, 'not its password either');
      assert.match(await fresh.text('error'), /not the password of this file/);
      await fresh.fill('backup-file-password', PASSWORD);
      await fresh.click('backup-restore');
      assert.match(await fresh.text('backup-came'), /3 accounts came: .*Savings/);
      await fresh.click('continue');
      await fresh.screen('done');
      await fresh.click('onboarding-done');
      await fresh.screen('home');
      assert.deepEqual(await accountsOf(other.wallet), before);

      const select = await other.wallet.home();
      await select.click('account-menu');
      await select.click('account-item', { 'data-address': /** @type {string} */ (ANVIL_ACCOUNTS[0]) });
      const { dapp, account } = await other.connected('raw');
      assert.equal(account, ANVIL_ACCOUNTS[0]?.toLowerCase());
      const n = await dapp.start('request', { method: 'personal_sign', params: ['0x6869', account] });
      await other.wallet.approveNext('message');
      const address = /** @type {`0x${string}`} */ (account);
      assert.ok(await verifyMessage({ address, message: 'hi', signature: await dapp.value(n) }));
      await other.wallet.lock();
      await other.wallet.home();
    },
  },
  {
    name: 'a file under another password, beside an open wallet: what is new comes, nothing goes',
    run: async (context) => {
      await context.wallet.restore({ accounts: 2 });
      const file = await backedUp(context.wallet, OTHER_PASSWORD);
      const other = await Context.open(context.browser, context.shared);
      context.endings.push(() => other.close());
      await other.wallet.restore({ phrase: ZOO });
      const [own] = await accountsOf(other.wallet);
      const page = await other.wallet.open('#/from-backup');
      await bringBack(page, file, PASSWORD);
      assert.match(await page.text('error'), /not the password of this file/);
      await page.fill('backup-file-password', OTHER_PASSWORD);
      await page.click('backup-restore');
      assert.match(await page.text('backup-came'), /2 accounts came/);
      await page.click('continue');
      await page.screen('home');
      const all = await accountsOf(other.wallet);
      assert.deepEqual(all[0], own);
      assert.deepEqual(all.slice(1).map(({ address }) => address), ANVIL_ACCOUNTS.slice(0, 2));
      await page.goto(await page.url().then((url) => url.replace(/#.*/, '#/from-backup')));
      await bringBack(page, file, OTHER_PASSWORD);
      assert.match(await page.text('backup-came'), /No new account came\..*2 were here already/);
      await other.wallet.lock();
      await other.wallet.home();
    },
  },
  {
    name: 'home asks for the paper of the phrase that was made here, whatever other phrase is checked',
    run: async ({ wallet }) => {
      const made = await wallet.create({ quiz: false });
      const beside = await wallet.open('#/restore');
      await beside.screen('restore');
      await beside.click('restore-way', { 'data-way': 'phrase' });
      await wallet.typePhrase(beside, ZOO);
      await beside.click('restore-submit');
      await wallet.takeFound(beside, 1);
      await beside.screen('accounts');
      await beside.close();
      /** @param {string[]} words @param {(page: Page) => Promise<void>} choose */
      const check = async (words, choose) => {
        const page = await wallet.open('#/settings/phrase');
        await page.screen('show-phrase');
        await page.waitFor('keyring-choice');
        await choose(page);
        await page.fill('password-input', PASSWORD);
        await page.click('password-submit');
        await page.waitFor('phrase-reveal');
        if (await page.has('quiz-word')) await wallet.answerQuiz(page, words);
        await page.click('phrase-continue');
        await page.screen('home');
        await page.close();
      };
      const banner = async () => {
        const home = await wallet.home();
        const text = await home.text('backup-banner');
        await home.close();
        return text;
      };
      await check(ZOO.split(' '), async (page) => {
        const other = await page.evaluate(
          () => /** @type {HTMLOptionElement} */ (document.querySelector('[data-testid=keyring-choice] option:last-child')).value,
        );
        await page.set('[data-testid=keyring-choice]', other);
      });
      assert.match(await banner(), /not backed up/);
      // It is chosen first, for it is the one that has no copy.
      await check(made, async () => {});
      assert.match(await banner(), /No backup file yet/);
    },
  },
  {
    name: 'a wallet that cannot be read comes back from its phrase; what it was is kept aside',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore({ accounts: 2 });
      const before = await accountsOf(wallet);
      const damaged = await ruined(context);
      await damaged.click('recovery-restore');
      await wallet.choosePassword(damaged);
      await damaged.screen('restore');
      await wallet.typePhrase(damaged, ANVIL_PHRASE);
      await damaged.click('restore-submit');
      await wallet.takeFound(damaged, 2);
      await wallet.finishSetup(damaged);
      assert.deepEqual(await accountsOf(wallet), before);
      const home = await wallet.home();
      const kept = await home.evaluate(async () =>
        Object.keys(await /** @type {any} */ (globalThis).chrome.storage.local.get(null)).filter((key) => /kept/.test(key)),
      );
      assert.ok(kept.length > 0, 'what cannot be read is kept aside');
    },
  },
  {
    name: 'a wallet that cannot be read comes back from its file',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore({ accounts: 2 });
      const before = await accountsOf(wallet);
      const file = await backedUp(wallet);
      const damaged = await ruined(context);
      await damaged.click('recovery-backup');
      await bringBack(damaged, file, PASSWORD);
      assert.match(await damaged.text('backup-came'), /2 accounts came/);
      await damaged.click('continue');
      await damaged.screen('done');
      await damaged.click('onboarding-done');
      await damaged.screen('home');
      assert.deepEqual(await accountsOf(wallet), before);
    },
  },
  {
    name: 'after a change of password only the new one opens; a wrong one before changes nothing',
    run: async ({ wallet }) => {
      await wallet.restore();
      const page = await wallet.open('#/change-password');
      await page.screen('change-password');
      await page.fill('change-password-old', 'not the password');
      await page.fill('change-password-new', OTHER_PASSWORD);
      await page.fill('change-password-repeat', `${OTHER_PASSWORD}!`);
      await page.click('change-password-submit');
      assert.match(await page.text('error'), /not the same/);
      await page.fill('change-password-repeat', OTHER_PASSWORD);
      await page.click('change-password-submit');
      assert.match(await page.text('error'), /not the password/);
      await wallet.lock();
      await wallet.home();
      await page.screen('change-password');
      await page.fill('change-password-old', PASSWORD);
      await page.fill('change-password-new', OTHER_PASSWORD);
      await page.fill('change-password-repeat', OTHER_PASSWORD);
      await page.click('change-password-submit');
      assert.match(await page.text('change-password-done'), /backup files .* keep/i);
      await page.click('continue');
      await page.screen('home');
      await wallet.lock();
      await wallet.unlock(page, PASSWORD);
      assert.match(await page.text('error'), /not the password/);
      await wallet.unlock(page, OTHER_PASSWORD);
      await page.screen('home');
    },
  },
  {
    name: 'an address is watched, cannot send, and is forgotten again',
    run: async ({ wallet, chain }) => {
      await wallet.restore();
      const page = await wallet.open('#/accounts');
      await watch(page, '0x1234');
      assert.ok((await page.text('error')).length > 10, 'a wrong address is explained');
      await page.fill('account-watch-address', /** @type {string} */ (ANVIL_ACCOUNTS[0]));
      await page.click('account-watch-submit');
      await until('the known one to be told', async () => /already/.test(await page.text('error')));
      await page.fill('account-watch-address', WATCHED);
      await page.click('account-watch-submit');
      await page.waitFor('account-item', { 'data-address': WATCHED });
      await page.waitForNone('sheet');
      assert.equal(await page.count('account-forget'), 1);
      assert.equal(await page.text('account-mark'), 'only watched');
      await rename(page, WATCHED, 'The deposit');
      await until('the new name', async () => (await accountsOf(wallet)).some(({ name }) => name === 'The deposit'));

      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      await home.click('account-menu');
      await home.click('account-item', { 'data-address': WATCHED });
      assert.match(await home.text('send-not'), /Only watched/);
      assert.ok(!(await home.has('send-open')));
      await home.waitFor('receive-open');

      await page.click('account-forget');
      await page.waitForNone('account-item', { 'data-address': WATCHED });
      await home.waitFor('send-open');
      assert.equal(await home.attr('account-address', 'data-address'), ANVIL_ACCOUNTS[0]);
    },
  },
];
