import assert from 'node:assert/strict';
import { entropyToMnemonic } from '@scure/bip39';
import { wordlist as japanese } from '@scure/bip39/wordlists/japanese.js';
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js';
import { validateMnemonic } from '@scure/bip39';
import { HDNodeWallet, Mnemonic, Wallet as Key } from 'ethers';
import { verifyMessage } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';

import { Context } from '../lib/context.mjs';
import { chooseFile } from '../lib/files.mjs';
import { ANVIL_ACCOUNTS, ANVIL_PHRASE } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';
import { PASSWORD } from '../lib/wallet.mjs';

/**
 * @typedef {import('../lib/page.mjs').Page} Page
 * @typedef {import('../lib/wallet.mjs').Wallet} Wallet
 */

const OTHER_KEY = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690e';
const FILE_KEY = new Key(`0x${'42'.repeat(32)}`);
const FILE_PASSWORD = 'a file of old';
const WATCHED = '0x00000000219ab540356cBB839Cbe05303d7705Fa';

/** The account at a path of a phrase. @param {string} phrase @param {string} path */
const at = (phrase, path) => HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(phrase), path).address;

/** The same of a phrase whose language ethers does not know. @param {string} phrase @param {string} path */
const accountAt = (phrase, path) =>
  mnemonicToAccount(phrase, { path: /** @type {any} */ (path) }).address;

/** The restore screen of a fresh wallet, at one of its ways. @param {Wallet} wallet @param {string} way */
async function freshAt(wallet, way) {
  const page = await wallet.firstTab();
  await page.click('welcome-restore');
  await wallet.choosePassword(page, PASSWORD);
  await page.screen('restore');
  await page.click('restore-way', { 'data-way': way });
  return page;
}

/** The same beside an open wallet. @param {Wallet} wallet @param {string} way */
async function besideAt(wallet, way) {
  const page = await wallet.open('#/restore');
  await page.screen('restore');
  await page.click('restore-way', { 'data-way': way });
  return page;
}

/** Takes what was found beside an open wallet. @param {Page} page @param {string} address */
async function add(page, address) {
  await page.screen('found');
  await page.waitFor('restore-found', { 'data-address': address });
  await page.click('restore-found-submit');
  await page.screen('accounts');
  await page.waitFor('account-item', { 'data-address': address });
  await page.close();
}

/** The words on the screen, shown for this. @param {Page} page @param {number} count */
async function shownWords(page, count) {
  await page.waitFor('phrase-word', { 'data-index': count });
  await page.click('phrase-reveal');
  const read = () =>
    page.evaluate(() => [...document.querySelectorAll('[data-testid=phrase-word] .words__w')].map((word) => word.textContent ?? ''));
  return until(`${count} words`, async () => {
    const words = await read();
    return words.length === count && words;
  });
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a new wallet of fifteen Japanese words has the account of those words',
    run: async ({ wallet }) => {
      const page = await wallet.firstTab();
      await page.click('welcome-create');
      await wallet.choosePassword(page, PASSWORD);
      await page.screen('phrase');
      await page.waitFor('phrase-word', { 'data-index': 12 });
      await page.click('phrase-length', { 'data-words': 15 });
      await page.set('[data-testid=phrase-language]', '1');
      const words = await shownWords(page, 15);
      const phrase = words.join(' ');
      assert.ok(validateMnemonic(phrase.normalize('NFKD'), japanese), phrase);
      await page.click('phrase-continue');
      await page.screen('quiz');
      // As keyboards give them, which is not how the list has them.
      await wallet.answerQuiz(page, words.map((word) => word.normalize('NFC')));
      await wallet.finishSetup(page);
      const home = await wallet.home();
      assert.equal(await home.attr('account-address', 'data-address'), mnemonicToAccount(phrase.normalize('NFKD')).address);
    },
  },
  {
    name: 'a Spanish phrase is read; one whose check does not pass only after a plain warning',
    run: async ({ wallet }) => {
      const page = await freshAt(wallet, 'phrase');
      const phrase = entropyToMnemonic(new Uint8Array(16).fill(7), spanish);
      await wallet.typePhrase(page, phrase.normalize('NFC'));
      await page.waitFor('restore-fits');
      const bad = `${'test '.repeat(11)}test`;
      await page.fill('restore-phrase', bad);
      await page.waitFor('restore-unchecked');
      await page.click('restore-submit');
      await until('the problem', async () => /do not fit together/.test(await page.text('error')));
      assert.equal(await page.shown(), 'restore');
      await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('[data-testid=restore-unchecked]')).click());
      await page.click('restore-submit');
      await page.screen('found');
      // What the standard derives from these words, whatever their check says.
      await page.waitFor('restore-found', { 'data-address': mnemonicToAccount(bad).address });
      await wallet.takeFound(page, 1);
      await wallet.finishSetup(page);
    },
  },
  {
    name: 'a second phrase, a key, a key file and a watched address come beside the first account, and all sign',
    run: async (context) => {
      const { wallet, chain } = context;
      await wallet.restore();
      const phrase = await besideAt(wallet, 'phrase');
      const second = `${'zoo '.repeat(11)}wrong`;
      await wallet.typePhrase(phrase, second);
      await phrase.click('restore-submit');
      const fromPhrase = mnemonicToAccount(second).address;
      await add(phrase, fromPhrase);

      const key = await besideAt(wallet, 'key');
      await key.fill('restore-key', '0x12');
      await key.click('restore-submit');
      assert.match(await key.text('error'), /64/);
      await key.fill('restore-key', OTHER_KEY);
      await key.click('restore-submit');
      const fromKey = new Key(OTHER_KEY).address;
      await add(key, fromKey);

      const file = await besideAt(wallet, 'file');
      const text = await FILE_KEY.encrypt(FILE_PASSWORD, undefined);
      await chooseFile(file, 'restore-keystore', { name: 'UTC--2020.json', text });
      await file.fill('restore-keystore-password', 'wrong');
      await file.click('restore-submit');
      await until('the wrong password to be said', async () => (await file.has('error')) && !(await file.has('progress')));
      assert.equal(await file.shown(), 'restore');
      await file.fill('restore-keystore-password', FILE_PASSWORD);
      await file.click('restore-submit');
      await add(file, FILE_KEY.address);

      const again = await besideAt(wallet, 'phrase');
      await wallet.typePhrase(again, ANVIL_PHRASE);
      await again.click('restore-submit');
      await again.screen('found');
      await again.click('restore-found-submit');
      await again.screen('accounts');
      assert.match(await again.text('toast'), /was here already/, 'a duplicate is recognised and named');

      await again.click('account-more');
      await again.click('account-watch');
      await again.fill('account-watch-address', WATCHED);
      await again.click('account-watch-submit');
      await again.waitFor('account-item', { 'data-address': WATCHED });
      await again.close();

      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      const dapp = await context.dapp('viem-dapp');
      const n = await dapp.start('connect');
      const approval = await wallet.approval('connect', { origin: dapp.origin });
      const offered = await approval.page.attrs('account-item', 'data-address');
      assert.deepEqual(offered, [ANVIL_ACCOUNTS[0], fromPhrase, fromKey, FILE_KEY.address], 'who can sign is offered');
      for (const address of offered) {
        const ticked = await approval.page.evaluate(
          (wanted) => !!document.querySelector(`[data-testid=account-item][data-address="${wanted}"] :checked`),
          address,
        );
        if (!ticked) await approval.page.click('account-item', { 'data-address': address });
      }
      await approval.approve();
      await dapp.value(n);
      for (const address of offered) {
        const signing = await dapp.start('signMessage', address, `I am ${address}`);
        await wallet.approveNext('message', { origin: dapp.origin });
        const signature = await dapp.value(signing);
        assert.ok(await verifyMessage({ address: /** @type {any} */ (address), message: `I am ${address}`, signature }), address);
      }
    },
  },
  {
    name: 'opening a slow key file is stopped, and nothing came of it',
    run: async ({ wallet }) => {
      const page = await freshAt(wallet, 'file');
      // A minute and more of scrypt, as careful people choose it.
      const text = JSON.stringify({
        version: 3,
        id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
        address: '008aeeda4d805471df9b2a5b0f38a0c3bcba786b',
        crypto: {
          cipher: 'aes-128-ctr',
          cipherparams: { iv: '83dbcc02d8ccb40e466191a123791e0e' },
          ciphertext: 'd172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c',
          kdf: 'scrypt',
          kdfparams: { dklen: 32, n: 262144, r: 8, p: 64, salt: 'ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19' },
          mac: '2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097',
        },
      });
      await chooseFile(page, 'restore-keystore', { name: 'UTC--slow.json', text });
      await page.fill('restore-keystore-password', 'testpassword');
      await page.click('restore-submit');
      assert.match(await page.text('progress'), /made that slow/);
      await page.click('progress-stop');
      await page.waitForNone('progress');
      assert.ok(!(await page.has('error')), 'what a person stops is no failure');
      assert.equal(await page.shown(), 'restore');
      const quick = await FILE_KEY.encrypt(FILE_PASSWORD, undefined);
      await chooseFile(page, 'restore-keystore', { name: 'UTC--2020.json', text: quick });
      await page.fill('restore-keystore-password', FILE_PASSWORD);
      await page.click('restore-submit');
      await page.screen('found');
      await page.waitFor('restore-found', { 'data-address': FILE_KEY.address });
    },
  },
  {
    name: 'shares are made of a wallet, and some of them bring its accounts into a fresh browser',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const page = await wallet.open('#/settings/shares');
      await page.screen('shares');
      await page.fill('password-input', 'not the password');
      await page.click('password-submit');
      assert.match(await page.text('error'), /not the password/);
      await page.fill('password-input', PASSWORD);
      await page.click('password-submit');
      /** @type {string[]} */
      const shares = [];
      for (let n = 1; n <= 3; n += 1) {
        await until(`share ${n}`, async () => (await page.text('screen')).includes(`Share ${n} of 3`));
        assert.deepEqual(await page.evaluate(() => document.querySelectorAll('.words__w').length), 0, 'hidden at first');
        shares.push((await shownWords(page, 59)).join(' '));
        await page.click('shares-next');
      }
      await page.screen('home');
      assert.equal(new Set(shares).size, 3);

      const other = await Context.open(context.browser, context.shared);
      context.endings.push(() => other.close());
      const fresh = await freshAt(other.wallet, 'shares');
      await fresh.fill('restore-shares', shares[2] ?? '');
      await until('the first to be read', async () => /share 3/.test(await fresh.text('restore-shares-read')));
      await fresh.click('restore-submit');
      await until('what is missing', async () => /share/i.test(await fresh.text('error')));
      await fresh.fill('restore-shares', `${shares[2]}\n\n${shares[0]}`);
      await until('both to be read', async () => /enough/.test(await fresh.text('restore-shares-read')));
      await fresh.click('restore-submit');
      await fresh.screen('found');
      await fresh.waitFor('restore-found', { 'data-address': ANVIL_ACCOUNTS[0] ?? '' });
      await other.wallet.takeFound(fresh, 1);
      await other.wallet.finishSetup(fresh);
    },
  },
  {
    name: 'a private key is shown for the password only, hidden until asked for, and copied',
    run: async ({ wallet }) => {
      await wallet.restore();
      const page = await wallet.open(`#/key/${ANVIL_ACCOUNTS[0]}`);
      await page.screen('show-key');
      await page.fill('password-input', 'not the password');
      await page.click('password-submit');
      assert.match(await page.text('error'), /not the password/);
      await page.fill('password-input', PASSWORD);
      await page.click('password-submit');
      assert.doesNotMatch(await page.text('key-text'), /0x|[0-9a-f]{8}/, 'hidden at first');
      await page.click('key-reveal');
      const key = await until('the key', async () => /0x[0-9a-f]{64}/.exec(await page.text('key-text'))?.[0]);
      assert.equal(new Key(key).address, ANVIL_ACCOUNTS[0]);
      await page.evaluate(() =>
        Object.assign(window, {
          timers: [],
          setTimeout: (/** @type {() => void} */ run, /** @type {number} */ ms) => {
            /** @type {any} */ (window).timers.push({ run, ms });
            return 0;
          },
          copied: /** @type {string[]} */ ([]),
        }),
      );
      await page.evaluate(() => {
        navigator.clipboard.writeText = async (text) => void /** @type {any} */ (window).copied.push(text);
      });
      await page.click('key-copy');
      const copied = () => page.evaluate(() => /** @type {any} */ (window).copied);
      assert.deepEqual(await copied(), [key]);
      const minute = await page.evaluate(() => {
        const timer = /** @type {any} */ (window).timers.find((/** @type {{ ms: number }} */ { ms }) => ms === 60_000);
        timer?.run();
        return !!timer;
      });
      assert.ok(minute, 'after a minute something is done');
      assert.deepEqual(await copied(), [key, ''], 'the clipboard is emptied');
    },
  },
  {
    name: 'restoring finds every account that was used: indices 0, 3 and 7 of three families, with what they have',
    run: async ({ wallet, chain }) => {
      const phrase = entropyToMnemonic(new Uint8Array(16).fill(9), spanish);
      const paths = [0, 3, 7].flatMap((n) => [`m/44'/60'/0'/0/${n}`, `m/44'/60'/${n}'/0/0`, `m/44'/60'/0'/${n}`]);
      const addresses = [...new Set(paths.map((path) => accountAt(phrase, path)))];
      assert.equal(addresses.length, 8, 'the first of Ledger Live is the first of most wallets');
      for (const address of addresses) await chain.rpc('anvil_setBalance', [address, '0xde0b6b3a7640000']);

      const page = await freshAt(wallet, 'phrase');
      await wallet.typePhrase(page, phrase);
      await page.click('restore-submit');
      await wallet.takeFound(page, 1);
      await page.screen('networks');
      await page.click('networks-own');
      await page.fill('networks-own-url', wallet.ownServer);
      await page.click('networks-submit');
      await page.screen('done');
      await page.click('account-find');
      await page.screen('found');
      await page.click('found-look-open');
      await page.click('found-look');
      await until('the end of the search', async () => /8 accounts were used/.test(await page.text('found-looked')), 60_000);
      const found = await page.evaluate(() =>
        [...document.querySelectorAll('[data-testid=restore-found]')]
          .filter((row) => row.querySelector('[data-testid=found-has]'))
          .map((row) => row.getAttribute('data-address')),
      );
      assert.deepEqual([...found].sort(), [...addresses].sort());
      assert.match(await page.text('found-has'), /^1 ETH/);
      await page.click('restore-found-submit');
      await page.screen('accounts');
      await until('all of them', async () => (await page.count('account-item')) === 8);
      assert.deepEqual((await page.attrs('account-item', 'data-address')).sort(), [...addresses].sort());
    },
  },
  {
    name: 'an address is found offline among all families, the search can be stopped, and a path of its own is taken',
    run: async ({ wallet, shared }) => {
      const page = await freshAt(wallet, 'phrase');
      await wallet.typePhrase(page, ANVIL_PHRASE);
      await page.click('restore-submit');
      await page.screen('found');
      const before = shared.proxy.hosts().length;
      await page.click('found-find-open');
      await page.fill('found-find-address', WATCHED);
      await page.click('found-find');
      await page.click('progress-stop');
      await page.waitForNone('progress');
      assert.equal(await page.text('found-said'), '', 'a search that was stopped says nothing of what it did not see');
      const wanted = at(ANVIL_PHRASE, "m/44'/60'/0'/321");
      await page.fill('found-find-address', wanted);
      await page.click('found-find');
      await page.waitFor('restore-found', { 'data-address': wanted, 'data-path': "m/44'/60'/0'/321" }, 60_000);
      await page.click('found-path-open');
      await page.fill('found-path', 'somewhere');
      await page.click('found-path-show');
      assert.match(await page.text('error'), /m\//);
      const own = "m/44'/1'/0'/0/5";
      await page.fill('found-path', own);
      await page.click('found-path-show');
      await page.waitFor('restore-found', { 'data-address': at(ANVIL_PHRASE, own), 'data-path': own });
      assert.deepEqual(shared.proxy.hosts().slice(before), [], 'nobody was asked');
      await page.click('restore-found-submit');
      await wallet.finishSetup(page);
      const accounts = await wallet.open('#/accounts');
      await accounts.waitFor('account-item', { 'data-address': wanted });
      assert.equal(await accounts.count('account-item'), 3);
    },
  },
];
