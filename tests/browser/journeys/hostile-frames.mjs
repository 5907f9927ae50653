import assert from 'node:assert/strict';

import { servePages } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

/** @typedef {import('../lib/context.mjs').Context} Context */

const ACCOUNTS = { method: 'eth_requestAccounts' };

/** Goes to and fro between two sites; on each it asks in its name, and leaves while that waits. */
const FLIP = `<script type="module">
  const [left, other] = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  const [account] = await ethereum.request({ method: 'eth_accounts' });
  ethereum.request({ method: 'personal_sign', params: ['I am ' + location.origin, account] }).then(
    (signature) => (window.signature = signature),
  );
  const next = [left - 1, location.origin];
  if (left) setTimeout(() => { location.href = other + '/flip#' + encodeURIComponent(JSON.stringify(next)); }, (left % 5) * 60);
</script>`;

const ASK = `<script>ethereum.request(${JSON.stringify(ACCOUNTS)})</script>`;

/** Addresses, and the origin that each really is. @type {[string, string][]} */
const LOOKALIKES = [
  ['http://SHOP.test/', 'http://shop.test'],
  ['http://sh\\u043ep.test/', 'http://xn--shp-ted.test'],
  ['http://shop.test@evil.test/', 'http://evil.test'],
  ['http://shop.test:80@evil.test:8080/', 'http://evil.test:8080'],
  ['http://shop.test.evil.test/', 'http://shop.test.evil.test'],
  ['http://shop.test\\u3002evil.test/', 'http://shop.test.evil.test'],
  ['http://shop.test%2eevil.test/', 'http://shop.test.evil.test'],
  ['http://shop.test./', 'http://shop.test.'],
  ['http://shop.test:8080/', 'http://shop.test:8080'],
  ['http://evil.test/shop.test/?https://shop.test#shop.test', 'http://evil.test'],
  [`http://${'shop-test-login-'.repeat(3)}a.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(50)}.evil.test/`, ''],
];

/** Whether the origin on the approval window is there in full. @param {import('../lib/page.mjs').Page} page */
const named = (page) =>
  page.evaluate(() => {
    const site = /** @type {HTMLElement} */ (document.querySelector('.who__site'));
    const { left, right, top, bottom } = site.getBoundingClientRect();
    const inside = left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
    return { text: site.innerText.trim(), whole: inside && site.scrollWidth <= site.clientWidth };
  });

/** Puts a frame into a page and waits until it has found the wallet. @param {import('../lib/page.mjs').Page} page @param {string} url @param {string} [style] */
async function embed(page, url, style = '') {
  const before = new Set(page.inner.frames());
  await page.evaluate(
    (src, css) => Object.assign(document.body.appendChild(document.createElement('iframe')), { src }).setAttribute('style', css ?? ''),
    url,
    style,
  );
  const frame = await until('the frame', () =>
    page.inner.frames().find((one) => !before.has(one) && one.url().startsWith(new URL(url).origin)),
  );
  await until('the frame to find the wallet', () => frame.evaluate(() => /** @type {any} */ (window).ready));
  return frame;
}

/** How a request of a frame ends at once. @param {import('puppeteer-core').Frame} frame @param {object} args */
const outcome = (frame, args) =>
  frame.evaluate(
    (given) =>
      /** @type {any} */ (window).provider.request(given).then(
        (/** @type {any} */ value) => ({ value }),
        (/** @type {any} */ { code }) => ({ code }),
      ),
    args,
  );

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a page that leaves while it asks is never shown for where it went',
    run: async (context) => {
      const { wallet, driver } = context;
      await wallet.restore();
      const pages = { '/flip': FLIP, '/ask': ASK, '/': '' };
      const sites = [await servePages(pages), await servePages(pages)];
      const [one, two] = /** @type {[string, string]} */ (sites.map(({ origin }) => origin));
      for (const site of sites) {
        context.endings.push(site.stop);
        const page = await driver.newPage(`${site.origin}/`);
        await page.evaluate((args) => void (/** @type {any} */ (window).ethereum.request(args)), ACCOUNTS);
        await wallet.approveNext('connect', { origin: site.origin });
        await until('the approval window to close', async () => !(await wallet.approvalPage()));
      }
      /** @type {Set<string>} */
      const shown = new Set();
      const look = async () => {
        const page = await wallet.approvalPage();
        const now = await page
          ?.evaluate(() => {
            const request = /** @type {HTMLElement | null} */ (document.querySelector('[data-testid=approval]'));
            const text = document.querySelector('[data-testid=sentence]')?.textContent;
            return request && text ? `${request.dataset.origin} ${/“I am (.*)”/.exec(text)?.[1]}` : '';
          })
          .catch(() => '');
        if (now) shown.add(now);
      };
      for (const inFrame of [false, true]) {
        const start = `${one}/flip#${encodeURIComponent(JSON.stringify([12, two]))}`;
        const page = await driver.newPage(inFrame ? `${context.shared.site.origin}/raw.html` : start);
        if (inFrame) {
          const insert = (/** @type {string} */ url) =>
            page.evaluate((src) => {
              Object.assign(document.body.appendChild(document.createElement('iframe')), { src });
            }, url);
          // What they were granted as pages they do not have as frames.
          for (const { origin } of sites) {
            await insert(`${origin}/ask`);
            await wallet.approveNext('connect', { origin });
            await until('the approval window to close', async () => !(await wallet.approvalPage()));
          }
          await insert(start);
        }
        await until('the last page', async () => {
          await look();
          return page.inner.frames().some((frame) => frame.url().includes('/flip#%5B0'));
        });
        const approval = await wallet.approval('message', { origin: one });
        await until('only its request to be left', async () => (await approval.page.count('queue-count')) === 0);
        await look();
        if (inFrame) assert.equal(await approval.page.count('top-origin'), 1);
        await page.close();
        await until('the window to close', () => approval.page.isClosed());
      }
      for (const pair of shown) {
        const [origin, text] = pair.split(' ');
        assert.equal(text, origin, pair);
      }
      assert.ok(shown.size > 0);
    },
  },
  {
    name: 'what a frame asked ends when the frame is taken away',
    run: async (context) => {
      const { wallet, shared } = context;
      await wallet.restore();
      const dapp = await context.dapp('raw');
      const frame = await embed(dapp.page, `${shared.otherSite.origin}/raw.html`);
      await frame.evaluate((args) => /** @type {any} */ (window).start('request', args), ACCOUNTS);
      const { page } = await wallet.approval('connect', { origin: shared.otherSite.origin });
      await dapp.page.evaluate(() => document.querySelector('iframe')?.remove());
      await until('the window to close', () => page.isClosed());
    },
  },
  {
    name: 'a hidden frame of another site gets nothing of the page around it, and is named with it',
    run: async (context) => {
      const { wallet, shared } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      const styles = ['display: none', 'position: fixed; left: -9999px', 'width: 0; height: 0; opacity: 0'];
      for (const style of styles) {
        const frame = await embed(dapp.page, `${shared.otherSite.origin}/raw.html`, style);
        assert.deepEqual(await outcome(frame, { method: 'eth_accounts' }), { value: [] });
        const signing = { method: 'personal_sign', params: ['hidden', account] };
        assert.deepEqual(await outcome(frame, signing), { code: 4100 });
        await frame.evaluate((args) => /** @type {any} */ (window).start('request', args), ACCOUNTS);
        const approval = await wallet.approval('connect', { origin: shared.otherSite.origin });
        assert.match(await approval.page.text('top-origin'), new RegExp(new URL(dapp.origin).host));
        await dapp.page.evaluate(() => document.querySelector('iframe')?.remove());
        await until('the window to close', () => approval.page.isClosed());
      }
      assert.deepEqual(await dapp.request('eth_accounts'), [account]);
    },
  },
  {
    name: 'origins that look alike are shown as what they are, and share nothing',
    run: async (context) => {
      const { wallet, driver } = context;
      await wallet.restore();
      const page = await driver.newPage('http://shop.test/');
      const request = (/** @type {object} */ args) =>
        page.evaluate((given) => /** @type {any} */ (window).ethereum.request(given), args);
      const connected = request(ACCOUNTS);
      await wallet.approveNext('connect', { origin: 'http://shop.test' });
      assert.equal((await connected).length, 1);
      for (const [address, real] of LOOKALIKES) {
        const url = JSON.parse(`"${address}"`);
        const origin = real || new URL(url).origin;
        await page.goto(url).catch(() => {});
        await until(origin, () => page.evaluate((wanted) => location.origin === wanted, origin));
        if (origin === 'http://shop.test') continue;
        assert.deepEqual(await request({ method: 'eth_accounts' }), [], address);
        await page.evaluate((args) => void (/** @type {any} */ (window).ethereum.request(args)), ACCOUNTS);
        const approval = await wallet.approval('connect', { origin });
        assert.deepEqual(await named(approval.page), { text: origin, whole: true }, address);
        await page.goto('http://shop.test/');
        await until('the window to close', () => approval.page.isClosed());
      }
    },
  },
  {
    name: 'the wallet\'s own pages are nothing that a site could embed, open or cover',
    run: async (context) => {
      const { wallet, driver, shared } = context;
      await wallet.restore();
      const dapp = await context.dapp('raw');
      const n = await dapp.start('request', ACCOUNTS);
      const { page } = await wallet.approval('connect', { origin: dapp.origin });
      const own = driver.extensionUrl('page.html#/approval');
      for (const url of [own, driver.extensionUrl('page.html#/popup'), driver.extensionUrl('inpage.js')]) {
        const fetched = await dapp.page.evaluate((/** @type {string} */ address) => fetch(address).then(() => true, () => false), url);
        assert.equal(fetched, false, url);
        await dapp.page.evaluate((/** @type {string} */ src) => {
          Object.assign(document.body.appendChild(document.createElement('iframe')), { src });
        }, url);
      }
      await dapp.page.evaluate((/** @type {string} */ url) => {
        const button = document.body.appendChild(document.createElement('button'));
        button.dataset.testid = 'open';
        button.onclick = () => {
          for (const address of [url, 'about:blank']) open(address, '_blank', 'popup,width=400,height=640');
        };
      }, own);
      for (let round = 0; round < 5; round += 1) await dapp.page.click('open');
      const ours = async () => {
        const frames = (await driver.pages()).flatMap((one) => one.inner.frames());
        const found = await Promise.all(
          frames.map((frame) => frame.evaluate(() => !!document.querySelector('[data-testid=screen]')).catch(() => false)),
        );
        return found.filter(Boolean).length;
      };
      assert.equal(await ours(), 1, 'the approval window alone');
      assert.equal(await page.isClosed(), false);
      await (await wallet.approval('connect', { origin: dapp.origin })).approve();
      assert.equal((await dapp.value(n)).length, 1);
    },
  },
];
