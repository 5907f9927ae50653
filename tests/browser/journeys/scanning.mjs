import assert from 'node:assert/strict';

import { until } from '../lib/until.mjs';

/** @typedef {import('../lib/page.mjs').Page} Page */

/** The code that this page shows, as a picture that somebody took of it. @param {Page} page @returns {Promise<string>} */
const picture = (page) =>
  page.evaluate(async () => {
    const drawing = /** @type {SVGElement} */ (document.querySelector('[data-testid=receive-code] svg'));
    const [, , size] = (drawing.getAttribute('viewBox') ?? '').split(' ').map(Number);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 640;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.fillStyle = 'white';
    context.fillRect(0, 0, 640, 640);
    context.fillStyle = 'black';
    context.setTransform(600 / Number(size), 0, 0, 600 / Number(size), 20, 20);
    context.fill(new Path2D(drawing.querySelector('path')?.getAttribute('d') ?? ''));
    return canvas.toDataURL('image/png');
  });

/** Chooses it on the sheet for codes. @param {Page} page @param {string} url of data */
const choose = (page, url) =>
  page.evaluate((data) => {
    const bytes = Uint8Array.from(atob(data.split(',')[1] ?? ''), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'code.png', { type: 'image/png' }));
    const field = /** @type {HTMLInputElement} */ (document.querySelector('[data-testid=scan-picture]'));
    field.files = transfer.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }, url);

/** @param {Page} page @param {string} id */
const value = (page, id) =>
  page.evaluate(
    (testid) => /** @type {HTMLInputElement | null} */ (document.querySelector(`[data-testid=${testid}]`))?.value ?? '',
    id,
  );

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a picture of the code that the receive screen shows fills in receiver and amount; other pictures are explained',
    run: async ({ wallet, chain }) => {
      await wallet.restore();
      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      await home.click('receive-open');
      await home.screen('receive');
      const address = (await home.attr('account-address', 'data-address')) ?? '';
      await home.fill('receive-amount', '0.25');
      await home.waitFor('receive-asked');
      const code = await picture(home);

      const tab = await wallet.home();
      await tab.click('send-open');
      await tab.screen('send');
      await tab.click('scan-open');
      await tab.waitFor('scan-picture');
      const blank = await tab.evaluate(() => document.createElement('canvas').toDataURL('image/png'));
      await choose(tab, blank);
      await until('the sheet to explain', async () => /no readable code/.test(await tab.text('error')));
      await choose(tab, code);
      await until('the receiver', async () => (await value(tab, 'send-to')) === address);
      assert.equal(await value(tab, 'send-amount'), '0.25');
      await tab.waitForNone('scan-picture');
    },
  },
];
