import assert from 'node:assert/strict';

import { ANVIL_PHRASE } from './services.mjs';
import { until } from './until.mjs';

/** Good enough for the wallet, and nowhere else in what the tests put into it. */
export const PASSWORD = 'correct horse battery staple 47';

/**
 * @typedef {import('./page.mjs').Page} Page
 * @typedef {import('./browser.mjs').Driver} Driver
 * @typedef {{ kind?: string, origin?: string, chainId?: string, account?: string, sentence: string }} Shown
 * @typedef {{ origin?: string, says?: RegExp }} Wanted whose request is waited for, and saying what
 */

/** What a person does in the wallet, by the test ids of `docs/test-ids.md`. */
export class Wallet {
  /** @param {Driver} driver @param {{ ownServer: string }} options the server that setting up names */
  constructor(driver, { ownServer }) {
    this.driver = driver;
    this.ownServer = ownServer;
  }

  /** Opens one of the wallet's pages in a tab. @param {string} route such as `#/home` */
  open(route) {
    return this.driver.newPage(this.driver.extensionUrl(`page.html${route}`));
  }

  /** The tab that the extension opens by itself when it is installed. */
  async firstTab() {
    const page = await this.driver.waitForPage((url) => url.includes('page.html#/welcome'));
    return page.screen('welcome');
  }

  /**
   * From a fresh profile to a wallet of its own.
   * @param {{ password?: string, words?: 12 | 24, quiz?: boolean, servers?: 'own' | 'public' }} [options]
   * @returns {Promise<string[]>} the words
   */
  async create({ password = PASSWORD, words = 12, quiz = true, servers = 'own' } = {}) {
    const page = await this.firstTab();
    await page.click('welcome-create');
    await this.choosePassword(page, password);
    const phrase = await this.readPhrase(page, words);
    await page.click('phrase-continue');
    await page.screen('quiz');
    if (quiz) await this.answerQuiz(page, phrase);
    else await page.click('quiz-later');
    await this.finishSetup(page, servers);
    await page.close();
    return phrase;
  }

  /** @param {Page} page @param {string} [password] */
  async choosePassword(page, password = PASSWORD) {
    await page.screen('password');
    await page.fill('password-input', password);
    await page.fill('password-confirm', password);
    await page.click('password-submit');
  }

  /** Shows the new words and reads them. @param {Page} page @param {12 | 24} words */
  async readPhrase(page, words) {
    await page.screen('phrase');
    if (words === 24) await page.click('phrase-length', { 'data-words': 24 });
    await page.click('phrase-reveal');
    return until(`${words} words`, async () => {
      const shown = (await page.texts('phrase-word')).map((text) => /[a-z]+$/.exec(text)?.[0] ?? '');
      return shown.length === words && shown.every(Boolean) && shown;
    });
  }

  /** @param {Page} page @param {string[]} phrase */
  async answerQuiz(page, phrase) {
    await page.waitFor('quiz-word');
    for (const index of await page.attrs('quiz-word', 'data-index')) {
      await page.fill('quiz-word', phrase[Number(index) - 1] ?? '', { 'data-index': index });
    }
    await page.click('quiz-submit');
  }

  /** @param {Page} page @param {'own' | 'public'} [servers] */
  async finishSetup(page, servers = 'own') {
    await page.screen('networks');
    if (servers === 'own') {
      await page.click('networks-own');
      await page.fill('networks-own-url', this.ownServer);
    } else {
      await page.click('networks-public');
    }
    await page.click('networks-submit');
    await page.screen('done');
    await page.click('onboarding-done');
    await until('setting up to be finished', async () => (await page.isClosed()) || (await page.shown()) !== 'done');
  }

  /**
   * From a fresh profile to the wallet of a phrase.
   * @param {{ phrase?: string, password?: string, passphrase?: string, accounts?: number,
   *   servers?: 'own' | 'public' }} [options] `accounts`: how many of those found are taken
   */
  async restore({ phrase = ANVIL_PHRASE, password = PASSWORD, passphrase, accounts = 1, servers = 'own' } = {}) {
    const page = await this.firstTab();
    await page.click('welcome-restore');
    await this.choosePassword(page, password);
    await page.screen('restore');
    await this.typePhrase(page, phrase);
    if (passphrase) {
      if (!(await page.has('restore-passphrase'))) await page.click('restore-passphrase-open');
      await page.fill('restore-passphrase', passphrase);
    }
    await page.click('restore-submit');
    await this.takeFound(page, accounts);
    await this.finishSetup(page, servers);
    await page.close();
  }

  /**
   * Types a phrase and waits until it was read, for the words that then appear move what is below them.
   * @param {Page} page @param {string} phrase
   */
  async typePhrase(page, phrase) {
    await page.fill('restore-phrase', phrase);
    await until('the words to be listed', () =>
      page.evaluate(() => document.querySelector('.words--live')?.getAttribute('data-count') !== '0'),
    );
  }

  /** @param {Page} page @param {number} accounts */
  async takeFound(page, accounts) {
    await page.screen('found');
    await page.waitFor('restore-found');
    const found = await page.attrs('restore-found', 'data-address');
    for (const address of found.slice(1, accounts)) await page.click('restore-found', { 'data-address': address });
    await page.click('restore-found-submit');
  }

  /** Unlocks on the unlock screen of a page, and waits for the answer. @param {Page} page @param {string} [password] */
  async unlock(page, password = PASSWORD) {
    await page.screen('unlock');
    await page.fill('unlock-password', password);
    await page.click('unlock-submit');
    await until('the wallet to open or to say why not', async () => {
      if ((await page.isClosed()) || (await page.shown()) !== 'unlock') return true;
      return !(await page.has('busy')) && (await page.has('error'));
    });
  }

  /** The wallet's main screen, unlocked if need be, in a tab. */
  async home() {
    const page = await this.open('#/home');
    const shown = await until('home or unlock', async () => {
      const now = await page.shown();
      return ['home', 'unlock'].includes(now) && now;
    });
    if (shown === 'unlock') await this.unlock(page);
    return page.screen('home');
  }

  async lock() {
    const page = await this.home();
    await page.click('lock');
    await page.screen('unlock');
    await page.close();
  }

  /**
   * The approval window, once it shows a request of this kind and says what is wanted: the sentence becomes richer as
   * facts come in, such as the symbol of a token.
   * @param {string} kind @param {Wanted} [wanted]
   */
  async approval(kind, { origin, says } = {}) {
    const { page, shown } = await until(`a request of kind ${kind}`, async () => {
      // Looked for anew each time, because the window of the request before may be about to close.
      const page = await this.approvalPage();
      if (!page) throw new Error('no approval window is open');
      if ((await page.shown()) === 'unlock') await this.unlock(page);
      /** @type {Shown | null} */
      const shown = await page.evaluate(() => {
        const of = (/** @type {string} */ id) => document.querySelector(`[data-testid=${id}]`);
        const element = of('approval');
        return element instanceof HTMLElement
          ? { ...element.dataset, sentence: (of('sentence')?.textContent ?? '').replace(/\s+/g, ' ').trim() }
          : null;
      });
      if (shown && shown.kind !== kind) throw new Error(`it shows ${shown.kind}`);
      if (shown && origin && shown.origin !== origin) throw new Error(`it shows a request of ${shown.origin}`);
      if (shown && says && !says.test(shown.sentence)) throw new Error(`it says “${shown.sentence}”, not ${says}`);
      return shown?.sentence ? { page, shown } : null;
    });
    return new Approval(page, shown);
  }

  /** The approval window, if one is open. */
  approvalPage() {
    return this.driver.findPage((url) => url.includes('page.html#/approval'));
  }

  /** Agrees to the next request of a kind and returns its sentence. @param {string} kind @param {Wanted} [wanted] */
  async approveNext(kind, wanted) {
    const approval = await this.approval(kind, wanted);
    await approval.approve();
    return approval.sentence;
  }

  /** Refuses the next request of a kind. @param {string} kind @param {Wanted} [wanted] */
  async rejectNext(kind, wanted) {
    const approval = await this.approval(kind, wanted);
    await approval.reject();
    return approval.sentence;
  }

  /** Opens the toolbar popup over a dApp. @param {Page} [site] */
  async popup(site) {
    const page = await this.driver.openPopup(site);
    await until('the popup to show something', () => page.shown());
    return page;
  }

  /** Chooses another network for a site in the popup over it. @param {Page} site @param {number} chainId */
  async switchSiteNetwork(site, chainId) {
    const popup = await this.popup(site);
    await popup.screen('home');
    const origin = new URL(await site.url()).origin;
    await popup.waitFor('site-bar', { 'data-origin': origin });
    await popup.click('site-network');
    await popup.click('network-item', { 'data-chain-id': chainId });
    await popup.waitFor('site-network', { 'data-chain-id': chainId });
    await popup.close();
  }

  /** The network in view on home, as a number. @param {Page} home */
  async currentNetwork(home) {
    return Number(await home.attr('network-current', 'data-chain-id'));
  }

  /** Adds a network on the screen for that. @param {Page} page @param {{ name: string, url: string }} network */
  async fillNetwork(page, { name, url }) {
    await page.screen('add-network');
    await page.fill('network-name', name);
    await page.fill('network-url', url);
    await page.fill('network-symbol', 'ETH');
    await page.click('network-submit');
    await until('the network to be added', async () => (await page.shown()) !== 'add-network');
  }

  /** Ids of all networks that the wallet knows. */
  async networks() {
    const home = await this.home();
    await home.click('network-menu');
    await home.waitFor('network-item');
    const ids = (await home.attrs('network-item', 'data-chain-id')).map(Number);
    await home.close();
    return ids;
  }

  /** Brings another network into view. @param {Page} home @param {number} chainId */
  async selectNetwork(home, chainId) {
    if ((await this.currentNetwork(home)) === chainId) return;
    await home.click('network-menu');
    await home.click('network-item', { 'data-chain-id': chainId });
    await home.waitFor('network-current', { 'data-chain-id': chainId });
  }
}

/** A request on the approval window. */
export class Approval {
  /** @param {Page} page @param {Shown} shown */
  constructor(page, shown) {
    this.page = page;
    this.sentence = shown.sentence;
    this.kind = shown.kind;
    this.origin = shown.origin;
    this.chainId = Number(shown.chainId);
    this.account = shown.account;
  }

  /** Presses the button that agrees, and no more. */
  press() {
    return this.page.click('approve');
  }

  /**
   * Agrees, with a tick and a hold where that is asked for, and waits until the window has closed or shows something
   * new.
   */
  async approve() {
    if (await this.page.has('understood')) {
      await this.page.click('understood');
      await until('the button to be enabled', () => this.enabled());
      await this.page.hold('approve', async () => (await this.page.isClosed()) || !(await this.enabled()));
    } else {
      await this.press();
    }
    await this.answered();
  }

  async reject() {
    await this.page.click('reject');
    await this.answered();
  }

  /** Whether the button that agrees can be pressed. @returns {Promise<boolean>} */
  enabled() {
    return this.page.evaluate(() => {
      const button = document.querySelector('[data-testid=approve]');
      return !!button && !button.matches(':disabled');
    });
  }

  answered() {
    return until('the window to close or to show what is next', async () => {
      if (await this.page.isClosed()) return true;
      return !(await this.page.has('approval')) || (await this.enabled());
    });
  }
}
