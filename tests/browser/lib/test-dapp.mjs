import { until } from './until.mjs';

/**
 * @typedef {object} Asked a request that the test dApp made
 * @property {string} method
 * @property {'pending' | 'answered' | 'refused'} state
 * @property {number} [code] of a refusal
 * @property {string} [message] of a refusal
 */

/**
 * It listens to a provider's events only if that calls itself MetaMask, which Candor does not: so it hears one that
 * does. What it asks of it is kept in `window.asked`, for many buttons show nothing of what came back.
 */
function actAsMetaMask() {
  const seen = new WeakSet();
  /** @type {Asked[]} */
  const asked = [];
  Object.assign(window, { asked });
  window.addEventListener(
    'eip6963:announceProvider',
    (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      if (seen.has(detail)) return;
      event.stopImmediatePropagation();
      const note = (/** @type {any} */ given) => {
        /** @type {Asked} */
        const one = { method: String(given?.method), state: 'pending' };
        asked.push(one);
        const end = (/** @type {any} */ error) =>
          Object.assign(
            one,
            error ? { state: 'refused', code: error.code, message: error.message } : { state: 'answered' },
          );
        return end;
      };
      const request = (/** @type {any} */ given) => {
        const end = note(given);
        const answer = detail.provider.request(given);
        answer.then(() => end(undefined), end);
        return answer;
      };
      const sendAsync = (/** @type {any} */ given, /** @type {any} */ done) => {
        const ends = [given].flat().map(note);
        detail.provider.sendAsync(given, (/** @type {any} */ error, /** @type {any} */ answer) => {
          ends.forEach((end, n) => end([answer].flat()[n]?.error));
          done?.(error, answer);
        });
      };
      const overrides = /** @type {Record<PropertyKey, unknown>} */ ({ isMetaMask: true, request, sendAsync });
      const provider = new Proxy(detail.provider, {
        get: (target, key) => overrides[key] ?? Reflect.get(target, key),
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

  /** What it has asked the wallet so far. @returns {Promise<Asked[]>} */
  asked() {
    return this.page.evaluate(() => /** @type {any} */ (window).asked);
  }

  /**
   * Presses a button as a script does, once it is enabled: also one that a page hides.
   * @param {string} name its id, or what it says
   * @returns {Promise<boolean>}
   */
  pressById(name) {
    return this.page.evaluate((wanted) => {
      const named = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === wanted);
      const button = document.getElementById(wanted) ?? named;
      if (!button) throw new Error('it is not there');
      if (button.matches(':disabled')) throw new Error('it is disabled');
      button.click();
      return true;
    }, name);
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

  /** What an element says once the page has done what it was about to do, in lower case. @param {string} id */
  says(id) {
    return this.page.evaluate(async (wanted) => {
      await new Promise((turn) => setTimeout(turn));
      return document.getElementById(wanted)?.textContent?.trim().toLowerCase() ?? '';
    }, id);
  }

  /** Presses Connect, agrees in the wallet, and returns the account. @param {import('./wallet.mjs').Wallet} wallet */
  async connect(wallet) {
    await this.press('connectButton');
    const sentence = await wallet.approveNext('connect', { origin: this.origin });
    return { sentence, account: await this.read('accounts', (text) => /^0x[0-9a-fA-F]{40}$/.test(text)) };
  }
}
