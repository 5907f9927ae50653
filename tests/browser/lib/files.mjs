import { until } from './until.mjs';

/**
 * @typedef {import('./page.mjs').Page} Page
 * @typedef {{ name: string, text: string }} Saved
 */

/** Keeps what this page offers as a file, instead of handing it to the browser. @param {Page} page */
export const catchFiles = (page) =>
  page.evaluate(() => {
    URL.createObjectURL = (blob) => {
      void /** @type {Blob} */ (blob).text().then((text) => Object.assign(window, { caughtText: text }));
      return 'blob:caught';
    };
    HTMLAnchorElement.prototype.click = function click() {
      Object.assign(window, { caughtName: this.download });
    };
  });

/** The file that this page offered. @param {Page} page @returns {Promise<Saved>} */
export const caughtFile = (page) =>
  until('a file', () =>
    page.evaluate(() => {
      const { caughtName: name, caughtText: text } = /** @type {any} */ (window);
      return name && text ? { name, text } : null;
    }),
  );

/** Chooses a file in the field with this test id. @param {Page} page @param {string} id @param {Saved} file */
export const chooseFile = (page, id, { name, text }) =>
  page.evaluate(
    (testid, given, content) => {
      const field = /** @type {HTMLInputElement} */ (document.querySelector(`[data-testid=${testid}]`));
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], given, { type: 'application/json' }));
      field.files = transfer.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    },
    id,
    name,
    text,
  );
