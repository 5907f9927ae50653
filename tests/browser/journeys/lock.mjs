import assert from 'node:assert/strict';

import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';
import { PASSWORD } from '../lib/wallet.mjs';

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a wrong password says so and changes nothing; after five there is a growing delay',
    run: async ({ wallet }) => {
      await wallet.restore();
      await wallet.lock();
      const page = await wallet.open('#/popup');
      await wallet.unlock(page, 'not the password');
      assert.match(await page.text('error'), /password/i);
      assert.equal(await page.shown(), 'unlock');
      const delay = async () => Number(/again in (\d+) s/.exec(await page.text('error'))?.[1] ?? 0);
      const tryAgain = async () => {
        await page.fill('unlock-password', 'still not the password');
        await page.click('unlock-submit');
        await until('an answer', async () => !(await page.has('busy')) && (await page.has('error')));
      };
      for (let tries = 2; tries < 5; tries += 1) {
        await tryAgain();
        assert.equal(await delay(), 0, `try ${tries} is free`);
      }
      await tryAgain();
      const first = await delay();
      assert.ok(first > 0, 'the fifth costs time');
      await tryAgain();
      assert.ok((await delay()) > first, 'and the sixth more');
      await wallet.unlock(page);
      await page.screen('home');
    },
  },
  {
    name: 'locking hides nothing from a connected site and tells it nothing; signing opens unlock and goes on',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      const before = (await dapp.events()).length;
      await wallet.lock();
      assert.deepEqual(await dapp.request('eth_accounts'), [account]);
      assert.equal((await dapp.events()).length, before, 'no event on lock');
      const n = await dapp.start('request', { method: 'personal_sign', params: ['0x6869', account] });
      const page = await context.driver.waitForPage((url) => url.includes('#/approval'));
      await page.screen('unlock');
      await wallet.unlock(page);
      await wallet.approveNext('message');
      assert.match(await dapp.value(n), /^0x[0-9a-f]{130}$/);
      assert.equal((await dapp.events()).length, before, 'no event on unlock');
    },
  },
  {
    name: 'what is typed and sent before the application is there opens the wallet; its early field looks the same',
    run: async ({ wallet }) => {
      await wallet.restore();
      await wallet.lock();
      const page = await wallet.open('#/popup');
      await page.screen('unlock');
      const [early, later] = await page.evaluate(() => {
        /** @param {Element | null | undefined} from */
        const skeleton = (from) => {
          if (!from) return '';
          const clone = /** @type {Element} */ (from.cloneNode(true));
          for (const group of clone.querySelectorAll('svg > g')) group.replaceWith(...group.childNodes);
          const tags = [clone, ...clone.querySelectorAll('*')].map((node) => {
            const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`).sort().join(' ');
            const own = [...node.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
            return `${node.tagName} ${attributes} ${own.map((text) => text.textContent?.trim()).join('')}`;
          });
          return tags.join('\n');
        };
        const template = /** @type {HTMLTemplateElement | null} */ (document.querySelector('template#unlock'));
        return [
          skeleton(template?.content.firstElementChild),
          skeleton(document.querySelector('[data-screen=unlock] > main')),
        ];
      });
      assert.equal(early, later);

      // Typing faster than the application loads: from the page that opens it, in every turn of the event loop.
      await page.evaluate((/** @type {string} */ password) => {
        const type = () => {
          const popup = open('page.html#/popup', 'quick');
          Object.assign(globalThis, { popup });
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            const field = /** @type {HTMLInputElement | null} */ (popup?.document.querySelector('#early input') ?? null);
            if (!field) return port2.postMessage('');
            field.value = password;
            field.form?.requestSubmit();
          };
          port2.postMessage('');
        };
        // Firefox lets a page open another only while a person presses something.
        addEventListener('click', type, { once: true });
      }, PASSWORD);
      await page.click('unlock-forgot');
      // Firefox's driver loses sight of a page that a page opened; the opener does not.
      await until('home', () =>
        page.evaluate(() => {
          const { document } = /** @type {any} */ (globalThis).popup ?? {};
          return !!document?.querySelector('[data-screen=home]') && !document.querySelector('#early');
        }),
      );
    },
  },
  {
    name: 'the wallet locks by itself when its time is over, even if nothing woke it',
    run: async ({ wallet, driver }) => {
      await wallet.restore();
      const home = await wallet.home();
      await home.close();
      await driver.shiftClock(16 * 60_000);
      const page = await wallet.open('#/popup');
      await page.screen('unlock');
      await wallet.unlock(page);
      await page.screen('home');
    },
  },
  {
    name: 'closing the browser locks the wallet; the same profile opens it again with the password',
    run: async (context) => {
      await context.wallet.restore();
      await context.reopen();
      const page = await context.wallet.open('#/popup');
      await page.screen('unlock');
      await context.wallet.unlock(page);
      await page.screen('home');
      assert.equal(await page.attr('account-address', 'data-address'), ANVIL_ACCOUNTS[0]);
    },
  },
];
