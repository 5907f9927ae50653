import assert from 'node:assert/strict';

/** What a program puts there that is after payments: it begins and ends like the address that was copied. */
const theirs = (/** @type {string} */ address) => `${address.slice(0, 6)}${'7'.repeat(32)}${address.slice(38)}`;

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'an address that is replaced on the clipboard is noticed, and one that is not is said to be there',
    run: async ({ driver, wallet }) => {
      await driver.allowClipboard();
      await wallet.restore();
      const home = await wallet.home();
      await home.click('receive-open');
      await home.screen('receive');
      const address = (await home.attr('account-address', 'data-address')) ?? '';
      assert.equal(await home.has('copied-same'), false);
      await home.click('address-copy');
      await home.waitFor('copied-same');
      assert.equal(await home.evaluate(() => navigator.clipboard.readText()), address);

      // What is written in this page ends up as something else, as by a program that waits for addresses.
      await home.evaluate((other) => {
        const write = navigator.clipboard.writeText.bind(navigator.clipboard);
        navigator.clipboard.writeText = () => write(other);
      }, theirs(address));
      await home.click('address-copy');
      await home.waitFor('copied-changed', { 'data-address': address });
      assert.match(await home.text('copied-changed'), /Another address is on the clipboard now/);
      await home.click('sheet-close');
      await home.waitForNone('copied-changed');
      assert.equal(await home.has('copied-same'), false);
    },
  },
  {
    name: 'where the browser does not show the clipboard, pasting what was copied compares it',
    browsers: ['chromium'],
    run: async ({ wallet }) => {
      await wallet.restore();
      const home = await wallet.home();
      await home.click('receive-open');
      await home.screen('receive');
      const address = (await home.attr('account-address', 'data-address')) ?? '';
      await home.click('address-copy');
      await home.fill('copied-paste', theirs(address));
      await home.waitFor('copied-changed', { 'data-address': address });
      await home.click('sheet-close');
      await home.fill('copied-paste', address);
      await home.waitFor('copied-same');
    },
  },
];
