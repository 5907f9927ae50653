import { until } from './until.mjs';

/** It listens to a provider's events only if that calls itself MetaMask, which Candor does not: so it hears one that does. */
function actAsMetaMask() {
  const seen = new WeakSet();
  window.addEventListener(
    'eip6963:announceProvider',
    (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      if (seen.has(detail)) return;
      event.stopImmediatePropagation();
      const provider = new Proxy(detail.provider, {
        get: (target, key) => (key === 'isMetaMask' ? true : Reflect.get(target, key)),
      });
      const renamed = { info: detail.info, provider };
      seen.add(renamed);
      window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail: renamed }));
    },
    true,
  );
}

/** MetaMask's test dApp, pressed by the ids that its buttons have. */
export class TestDapp {
  /** @param {import('./page.mjs').Page} page @param {string} origin */
  constructor(page, origin) {
    this.page = page;
    this.origin = origin;
  }

  /**
   * Opens it and chooses Candor from its list of wallets.
   * @param {import('./browser.mjs').Driver} driver @param {string} origin
   */
  static async open(driver, origin) {
    const page = await driver.newPage();
    await page.inner.evaluateOnNewDocument(actAsMetaMask);
    await page.goto(`${origin}/`);
    await until('the test dApp to list Candor', () =>
      page.evaluate(() => {
        const buttons = [...document.querySelectorAll('#providers button')];
        const found = buttons.find((button) => /candor/i.test(button.textContent ?? ''));
        if (found instanceof HTMLElement) found.click();
        return /candor/i.test(document.querySelector('#activeProviderName')?.textContent ?? '');
      }),
    );
    return new TestDapp(page, origin);
  }

  /** @param {string} id of a button */
  press(id) {
    return this.page.press(`#${id}`);
  }

  /** @param {string} id of a field @param {string} text */
  fill(id, text) {
    return this.page.type(`#${id}`, text);
  }

  /** @param {string} id of a list to choose from @param {string} value */
  async choose(id, value) {
    await this.page.inner.select(`#${id}`, value);
  }

  /** What an element says, once it says something that fits. @param {string} id @param {(text: string) => boolean} [fits] */
  read(id, fits = Boolean) {
    return until(`#${id} of the test dApp`, async () => {
      const text = await this.page.evaluate((css) => document.querySelector(css)?.textContent?.trim() ?? '', `#${id}`);
      if (!fits(text)) throw new Error(`it says "${text}"`);
      return text;
    });
  }

  /** Presses Connect, agrees in the wallet, and returns the account. @param {import('./wallet.mjs').Wallet} wallet */
  async connect(wallet) {
    await this.press('connectButton');
    const sentence = await wallet.approveNext('connect', { origin: this.origin });
    return { sentence, account: await this.read('accounts', (text) => /^0x[0-9a-fA-F]{40}$/.test(text)) };
  }
}
