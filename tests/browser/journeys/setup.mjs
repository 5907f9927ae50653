import assert from 'node:assert/strict';
import { Mnemonic } from 'ethers';
import { mnemonicToAccount } from 'viem/accounts';

import { ANVIL_ACCOUNTS, ANVIL_PHRASE } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';
import { PASSWORD } from '../lib/wallet.mjs';

/** @typedef {import('../lib/context.mjs').Context} Context */

/** The restore screen, with a password chosen. @param {Context} context */
async function atRestore({ wallet }) {
  const page = await wallet.firstTab();
  await page.click('welcome-restore');
  await wallet.choosePassword(page, PASSWORD);
  return page.screen('restore');
}

/** @param {12 | 24} words @returns {import('../run.mjs').Journey} */
const create = (words) => ({
  name: `a new wallet of ${words} words, checked by the quiz, has the account of those words`,
  run: async ({ wallet }) => {
    const phrase = await wallet.create({ words });
    assert.ok(Mnemonic.isValidMnemonic(phrase.join(' ')), 'the words form a valid phrase');
    const home = await wallet.home();
    const expected = mnemonicToAccount(phrase.join(' ')).address;
    assert.equal(await home.attr('account-address', 'data-address'), expected);
  },
});

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  create(12),
  create(24),
  {
    name: 'a wrong quiz answer is refused, "later" is accepted, the words are hidden until asked for',
    run: async ({ wallet }) => {
      const page = await wallet.firstTab();
      await page.click('welcome-create');
      await wallet.choosePassword(page, PASSWORD);
      await page.screen('phrase');
      const hidden = await page.texts('phrase-word');
      assert.ok(!hidden.some((text) => /[a-z]{3,}/.test(text)), `hidden words are not in the page: ${hidden}`);
      const phrase = await wallet.readPhrase(page, 12);
      await page.click('phrase-continue');
      await page.screen('quiz');
      await wallet.answerQuiz(page, phrase.map(() => 'zebra'));
      await page.text('error');
      assert.equal(await page.shown(), 'quiz');
      await page.click('quiz-later');
      await wallet.finishSetup(page);
      assert.equal(await (await wallet.home()).attr('account-address', 'data-address'), mnemonicToAccount(phrase.join(' ')).address);
    },
  },
  {
    name: 'closing the tab while setting up continues where it was, with the same words',
    run: async ({ wallet, driver }) => {
      const page = await wallet.firstTab();
      await page.click('welcome-create');
      await wallet.choosePassword(page, PASSWORD);
      const phrase = await wallet.readPhrase(page, 12);
      await page.close();
      await driver.killWorker();
      const again = await wallet.open('#/welcome');
      assert.deepEqual(await wallet.readPhrase(again, 12), phrase);
      await again.click('phrase-continue');
      await wallet.answerQuiz(await again.screen('quiz'), phrase);
      await wallet.finishSetup(again);
    },
  },
  {
    name: 'restoring the well-known development phrase gives the funded accounts',
    run: async ({ wallet, chain }) => {
      await wallet.restore({ accounts: 3 });
      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      assert.equal(await home.attr('account-address', 'data-address'), ANVIL_ACCOUNTS[0]);
      await until('the balance', async () => /10,?000/.test(await home.text('balance-total')));
      await home.click('account-menu');
      await home.waitFor('account-item');
      assert.deepEqual(await home.attrs('account-item', 'data-address'), ANVIL_ACCOUNTS.slice(0, 3));
      await home.click('account-add');
      await home.waitFor('account-address', { 'data-address': ANVIL_ACCOUNTS[3] ?? '' });
    },
  },
  {
    name: 'a phrase is understood as people type it',
    run: async (context) => {
      const page = await atRestore(context);
      const messy = ANVIL_PHRASE.split(' ').map((word, n) => `${n + 1}. ${n % 2 ? word.toUpperCase() : word} \n `);
      await context.wallet.typePhrase(page, messy.join(''));
      await page.click('restore-submit');
      await page.screen('found');
      await page.waitFor('restore-found', { 'data-address': ANVIL_ACCOUNTS[0] ?? '', 'data-path': "m/44'/60'/0'/0/0" });
    },
  },
  {
    name: 'an unknown word is named with the nearest ones, a broken check is explained',
    run: async (context) => {
      const page = await atRestore(context);
      await page.fill('restore-phrase', ANVIL_PHRASE.replace('junk', 'junc'));
      await until('the unknown word to be explained', async () => {
        const text = await page.text('error');
        return text.includes('junc') && (await page.text('screen')).includes('junk');
      });
      await page.press('[data-testid=restore-offer]');
      await page.waitFor('restore-fits');
      assert.equal(
        await page.evaluate(() => /** @type {HTMLTextAreaElement} */ (document.querySelector('#restore-phrase')).value),
        ANVIL_PHRASE,
      );
      await page.fill('restore-phrase', ANVIL_PHRASE.replace('junk', 'test'));
      await until('the check to be explained', async () => {
        const text = await page.text('error');
        return !text.includes('junc') && text.length > 20;
      });
    },
  },
  {
    name: 'a passphrase leads to other accounts',
    run: async ({ wallet }) => {
      await wallet.restore({ passphrase: 'tëst' });
      const expected = mnemonicToAccount(ANVIL_PHRASE, { passphrase: 'tëst' }).address;
      assert.equal(await (await wallet.home()).attr('account-address', 'data-address'), expected);
    },
  },
  {
    name: 'nothing leaves the computer before servers are chosen',
    run: async ({ wallet, shared, driver, chain }) => {
      const before = shared.proxy.hosts().length;
      const page = await wallet.firstTab();
      await page.click('welcome-restore');
      await wallet.choosePassword(page, PASSWORD);
      await page.screen('restore');
      await wallet.typePhrase(page, ANVIL_PHRASE);
      await page.click('restore-submit');
      await wallet.takeFound(page, 1);
      await page.screen('networks');
      await driver.killWorker();
      assert.deepEqual(shared.proxy.hosts().slice(before), []);
      await page.goto(driver.extensionUrl('page.html#/networks'));
      await wallet.finishSetup(page, 'public');
      const home = await wallet.home();
      await wallet.selectNetwork(home, 1);
      // The same recording must see something once it is allowed, or it proves nothing.
      await until('a public server to be asked', () => shared.proxy.hosts().length > before);
      await wallet.selectNetwork(home, chain.chainId);
    },
  },
];
