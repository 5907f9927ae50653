import assert from 'node:assert/strict';

import { Control, tampered } from '../lib/control.mjs';
import { Context } from '../lib/context.mjs';
import { serveDocuments } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

/** The shortest document that viewers of PDF take for one. */
const PDF = Buffer.from(`%PDF-1.1
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
trailer<</Root 1 0 R>>
%%EOF`);

/** What a frame finds of us and gets from us, told to the page around it. */
const TELL = `(async () => {
  const found = 'ethereum' in window;
  const outcome = found && (await ethereum.request({ method: 'eth_requestAccounts' }).then(
    (value) => ({ value }),
    ({ code, message }) => ({ code, message }),
  ));
  parent.postMessage({ name: NAME, found, outcome }, '*');
})();`;
const told = (/** @type {string} */ name) => `<script>${TELL.replace('NAME', `'${name}'`)}</script>`;
const html = (/** @type {string} */ body, /** @type {Record<string, string>} */ headers = {}) => ({
  headers,
  body: `<!doctype html><html><head><title>x</title></head><body>${body}</body></html>`,
});

const DOCUMENTS = {
  '/favicon.ico': { type: 'image/x-icon', body: '' },
  '/a.pdf': { type: 'application/pdf', body: PDF },
  '/a.xml': { type: 'application/xml', body: '<a xmlns="urn:a"><b/></a>' },
  '/a.svg': { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>' },
  '/a.json': { type: 'application/json', body: '{"a":1}' },
  '/a.txt': { type: 'text/plain', body: 'a' },
  '/locked.html': html('locked', { 'content-security-policy': "default-src 'none'" }),
  '/opaque.html': html('opaque', { 'content-security-policy': 'sandbox allow-scripts' }),
  '/inner.html': html(told('sandboxed')),
  '/frames.html': html(`
<script>addEventListener('message', ({ data }) => (window.told ??= []).push(data));</script>
<iframe sandbox="allow-scripts" src="/inner.html"></iframe>
<iframe sandbox="allow-scripts" srcdoc="${told('srcdoc, sandboxed').replaceAll('"', '&quot;')}"></iframe>
<iframe srcdoc="${told('srcdoc').replaceAll('"', '&quot;')}"></iframe>
<iframe src="data:text/html,${encodeURIComponent(told('data'))}"></iframe>
<iframe id="blank" src="about:blank"></iframe>`),
};

/** Where we are not: documents that are no pages. */
const NO_PAGES = ['/a.pdf', '/a.xml', '/a.svg', '/a.json', '/a.txt'];

/** A request without an origin of its own. @param {any} outcome @param {string} where */
function denied(outcome, where) {
  assert.equal(outcome?.code, 4100, `${where}: ${JSON.stringify(outcome)}`);
  assert.match(outcome.message, /no web address of its own/, where);
}

/** Counts what pages send, in the background. */
function count() {
  let heard = 0;
  const { runtime } = /** @type {any} */ (globalThis).chrome;
  runtime.onConnect.addListener(() => void heard++);
  runtime.onMessage.addListener((/** @type {any} */ text, /** @type {any} */ sender, /** @type {any} */ respond) => {
    if (text === 'heard') respond(heard);
    else if (!sender.url?.startsWith(runtime.getURL(''))) heard++;
    return false;
  });
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'pages that ask for nothing send nothing, and what is no page has no wallet in it',
    run: async ({ browser, shared }) => {
      const { dist, remove } = await tampered(browser, count);
      const site = await serveDocuments(DOCUMENTS);
      const context = await Context.open(browser, shared, { dist });
      try {
        const { driver } = context;
        const { page: own } = await Control.open(driver);
        const heard = () => own.evaluate(() => /** @type {any} */ (globalThis).chrome.runtime.sendMessage('heard'));
        const look = async (/** @type {string} */ name, /** @type {boolean} */ wanted) => {
          const page = await driver.newPage(`${site.origin}${name}`);
          const found = await page.evaluate(() => 'ethereum' in window);
          assert.equal(found, wanted, name);
          return page;
        };
        for (const name of NO_PAGES) await (await look(name, false)).close();
        await (await look('/locked.html', true)).close();
        assert.equal(await heard(), 0, 'nobody asked for anything');
        const locked = await look('/locked.html', true);
        const chain = await locked.evaluate(() => /** @type {any} */ (window).ethereum.request({ method: 'eth_chainId' }));
        assert.equal(chain, '0x1', 'a page that may load nothing can ask');
        assert.ok((await heard()) > 0);
        // Firefox says of its own request for an icon that the locked page forbids it.
        assert.deepEqual(driver.log.filter((line) => !line.includes('favicon')), []);
      } finally {
        await context.close();
        await site.stop();
        await remove();
      }
    },
  },
  {
    name: 'frames without an origin of their own are denied with the reason, or have no wallet at all',
    run: async (context) => {
      const { driver, wallet } = context;
      const site = await serveDocuments(DOCUMENTS);
      context.endings.push(() => site.stop());
      await wallet.restore();

      const opaque = await driver.newPage(`${site.origin}/opaque.html`);
      denied(
        await opaque.evaluate(() =>
          /** @type {any} */ (window).ethereum
            .request({ method: 'eth_requestAccounts' })
            .catch((/** @type {any} */ { code, message }) => ({ code, message })),
        ),
        'a sandboxed page',
      );

      const page = await driver.newPage(`${site.origin}/frames.html`);
      const names = ['data', 'sandboxed', 'srcdoc', 'srcdoc, sandboxed'];
      const seen = await until('every frame to tell', async () => {
        const all = await page.evaluate(() => /** @type {any} */ (window).told ?? []);
        return all.length === names.length && new Map(all.map((/** @type {any} */ one) => [one.name, one]));
      });
      assert.deepEqual([...seen.keys()].sort(), names);
      for (const name of ['data', 'srcdoc', 'srcdoc, sandboxed']) assert.equal(seen.get(name).found, false, name);
      denied(seen.get('sandboxed').outcome, 'a sandboxed frame');
      const blank = await page.evaluate(
        () => 'ethereum' in /** @type {any} */ (document.getElementById('blank')).contentWindow,
      );
      assert.equal(blank, false, 'about:blank');
      assert.equal(await wallet.approvalPage(), undefined, 'nothing was shown');
      assert.deepEqual(driver.log.filter((line) => !line.includes('page.html')), []);
    },
  },
];
