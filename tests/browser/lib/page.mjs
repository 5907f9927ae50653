import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { until } from './until.mjs';

/**
 * The selector of a test id, narrowed by attributes: `selector('account-item', { 'data-address': '0x…' })`.
 * @param {string} id
 * @param {Record<string, string | number>} [attributes]
 */
export const selector = (id, attributes = {}) =>
  [['data-testid', id], ...Object.entries(attributes)]
    .map(([name, value]) => `[${name}=${JSON.stringify(String(value))}]`)
    .join('');

/**
 * @typedef {Record<string, string | number>} Attributes
 * @typedef {import('puppeteer-core').Page} PuppeteerPage
 */

/**
 * Fails while something still moves what is to be pressed: a press is where it was, not where it is.
 * @param {string} css
 */
async function standsStill(css) {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const element = document.querySelector(css);
  if (!element) throw new Error('it is not there');
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  const before = element.getBoundingClientRect();
  await frame();
  await frame();
  const after = element.getBoundingClientRect();
  if (before.x !== after.x || before.y !== after.y) throw new Error('it moves');
}

/** One open page, the same in both browsers. Elements are named by their test id; nothing is waited for by time. */
export class Page {
  /**
   * @param {PuppeteerPage} inner
   * @param {{
   *   navigate: (inner: PuppeteerPage, url: string) => Promise<void>,
   *   insert: (inner: PuppeteerPage, text: string) => Promise<void>,
   *   trustedInput: boolean,
   * }} how `trustedInput`: whether the browser can press keys and buttons in this page. It cannot in a page that
   *   is not in front; there the page's own events have to do.
   */
  constructor(inner, how) {
    this.inner = inner;
    this.how = how;
  }

  /** Where the page is, as it says itself. */
  url() {
    return this.evaluate(() => location.href);
  }

  /** @param {string} url */
  async goto(url) {
    await this.how.navigate(this.inner, url);
    return this;
  }

  /**
   * Runs a function in the page.
   * @template A, R
   * @param {(...args: A[]) => R | Promise<R>} fn
   * @param {A[]} args
   * @returns {Promise<Awaited<R>>}
   */
  evaluate(fn, ...args) {
    return /** @type {any} */ (this.inner.evaluate(/** @type {any} */ (fn), ...args));
  }

  /** @param {string} id @param {Attributes} [attributes] */
  byTestId(id, attributes) {
    return this.inner.$(selector(id, attributes));
  }

  /** @param {string} id @param {Attributes} [attributes] @returns {Promise<number>} how many there are */
  count(id, attributes) {
    return this.evaluate((css) => document.querySelectorAll(css).length, selector(id, attributes));
  }

  /** @param {string} id @param {Attributes} [attributes] @returns {Promise<boolean>} whether there is one now */
  async has(id, attributes) {
    return (await this.count(id, attributes)) > 0;
  }

  /** @param {string} id @param {Attributes} [attributes] @param {number} [patience] */
  async waitFor(id, attributes, patience) {
    await until(`${selector(id, attributes)} on ${this.last()}`, () => this.has(id, attributes), patience);
    return this;
  }

  /** @param {string} id @param {Attributes} [attributes] */
  async waitForNone(id, attributes) {
    await until(`no ${selector(id, attributes)} on ${this.last()}`, async () => !(await this.has(id, attributes)));
  }

  /**
   * Waits for a screen of the wallet.
   * @param {string} name value of `data-screen`
   * @param {number} [patience]
   */
  async screen(name, patience) {
    await until(
      `the screen ${name}`,
      async () => {
        const [now, error] = await this.evaluate(() => [
          document.querySelector('[data-testid=screen]')?.getAttribute('data-screen') ?? 'none',
          document.querySelector('[data-testid=error]')?.textContent ?? '',
        ]);
        if (now === name) return true;
        throw new Error(`it shows ${now}${error && `, which says: ${error}`}`);
      },
      patience,
    );
    return this;
  }

  /** @returns {Promise<string>} the wallet's screen that is shown now */
  shown() {
    return this.evaluate(
      () => document.querySelector('[data-testid=screen]')?.getAttribute('data-screen') ?? '',
    );
  }

  /**
   * The visible text, white space joined; waits for the element.
   * @param {string} id @param {Attributes} [attributes] @returns {Promise<string>}
   */
  async text(id, attributes) {
    await this.waitFor(id, attributes);
    return this.evaluate(
      (css) => (document.querySelector(css)?.textContent ?? '').replace(/\s+/g, ' ').trim(),
      selector(id, attributes),
    );
  }

  /**
   * An attribute of the first element; waits for it.
   * @param {string} id @param {string} name @param {Attributes} [attributes] @returns {Promise<string | null>}
   */
  async attr(id, name, attributes) {
    await this.waitFor(id, attributes);
    return this.evaluate(
      (css, attribute) => document.querySelector(css)?.getAttribute(attribute) ?? null,
      selector(id, attributes),
      name,
    );
  }

  /**
   * An attribute of every element, in order.
   * @param {string} id @param {string} name @returns {Promise<string[]>}
   */
  attrs(id, name) {
    return this.evaluate(
      (css, attribute) => [...document.querySelectorAll(css)].map((e) => e.getAttribute(attribute) ?? ''),
      selector(id),
      name,
    );
  }

  /** Text of every element, in order. @param {string} id @returns {Promise<string[]>} */
  texts(id) {
    return this.evaluate(
      (css) => [...document.querySelectorAll(css)].map((e) => (e.textContent ?? '').replace(/\s+/g, ' ').trim()),
      selector(id),
    );
  }

  /**
   * Presses what carries the test id, once it is there and enabled.
   * @param {string} id @param {Attributes} [attributes]
   */
  click(id, attributes) {
    return this.press(selector(id, attributes));
  }

  /**
   * Presses the first element that a selector finds, once it can be pressed.
   * @param {string} css
   */
  async press(css) {
    await until(`${css} on ${this.last()} to be pressable`, () =>
      this.evaluate((given) => {
        const element = document.querySelector(given);
        if (!element) throw new Error('it is not there');
        if (element.matches(':disabled, [aria-disabled=true]')) throw new Error('it is disabled');
        // A button whose last press is still being worked on takes no other.
        if (element.matches('[aria-busy=true]')) throw new Error('it is busy');
        return true;
      }, css),
    );
    if (!this.how.trustedInput) {
      await this.evaluate((given) => /** @type {HTMLElement} */ (document.querySelector(given)).click(), css);
      return;
    }
    await until(`${css} on ${this.last()} to be pressed`, async () => {
      if (await this.isClosed()) return true;
      await this.toFront();
      await this.evaluate(standsStill, css);
      await this.inner.click(css);
      return true;
    });
  }

  /**
   * Holds the pointer down on what carries the test id until something has happened.
   * @param {string} id @param {() => Promise<boolean>} happened
   */
  async hold(id, happened) {
    const element = await until(`${id} on ${this.last()}`, () => this.byTestId(id));
    await element.scrollIntoView();
    const box = await element.boundingBox();
    if (!box) throw new Error(`${id} is not visible`);
    await this.inner.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.inner.mouse.down();
    await until(`holding ${id} to act`, happened);
    if (!(await this.isClosed())) await this.inner.mouse.up().catch(() => {});
  }

  /**
   * Types into a field, replacing what is there.
   * @param {string} id @param {string} text @param {Attributes} [attributes]
   */
  fill(id, text, attributes) {
    return this.type(selector(id, attributes), text);
  }

  /**
   * Types into the first field that a selector finds, replacing what is there.
   * @param {string} css @param {string} text
   */
  async type(css, text) {
    await until(`${css} on ${this.last()}`, () => this.evaluate((given) => !!document.querySelector(given), css));
    if (!this.how.trustedInput) return this.set(css, text);
    await this.toFront();
    const full = await this.evaluate((given) => {
      const field = /** @type {HTMLInputElement} */ (document.querySelector(given));
      field.focus();
      field.select();
      if (document.activeElement !== field) throw new Error(`${given} cannot be typed into`);
      return field.value !== '';
    }, css);
    if (full) await this.inner.keyboard.press('Delete');
    if (text) await this.how.insert(this.inner, text);
  }

  /** @param {string} css @param {string} text sets a field's value as a password manager does */
  async set(css, text) {
    await this.evaluate(
      (given, value) => {
        const field = /** @type {HTMLInputElement} */ (document.querySelector(given));
        const kind = [HTMLTextAreaElement, HTMLSelectElement].find((one) => field instanceof one) ?? HTMLInputElement;
        field.focus();
        Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, value);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      },
      css,
      text,
    );
  }

  /** A tab behind another draws nothing, and browsers press buttons only in what is drawn. */
  async toFront() {
    if (await this.evaluate(() => document.hidden)) await this.inner.bringToFront();
  }

  /** @param {string} file */
  async screenshot(file) {
    if (this.how.trustedInput) await this.toFront();
    await mkdir(path.dirname(file), { recursive: true });
    await this.inner.screenshot({ path: /** @type {any} */ (file) });
  }

  /**
   * Whether its window is gone. Asked of the page itself, because Firefox does not report a window that closed itself.
   * @returns {Promise<boolean>}
   */
  async isClosed() {
    if (this.inner.isClosed()) return true;
    try {
      await this.inner.evaluate(() => true);
      return false;
    } catch (error) {
      return /no such frame|not found|closed|detached/i.test(String(error));
    }
  }

  async close() {
    if (!(await this.isClosed())) await this.inner.close().catch(() => {});
  }

  /** A name for messages, without asking a page that may be gone. */
  last() {
    return this.inner.url().replace(/^.*\/(?=page\.html)/, '');
  }
}
