import { readEverything } from './storage.mjs';

/**
 * @typedef {import('./browser.mjs').Driver} Driver
 * @typedef {import('puppeteer-core').CDPSession} CDPSession
 */

/**
 * Every way in which bytes are usually written down.
 * @param {string} name
 * @param {Uint8Array | string} secret
 * @returns {{ name: string, bytes: Buffer }[]}
 */
export function spellings(name, secret) {
  const raw = Buffer.from(secret);
  const hex = raw.toString('hex');
  const texts = [hex, hex.toUpperCase(), raw.toString('base64').replace(/=+$/, ''), raw.toString('base64url')];
  if (typeof secret === 'string') texts.push(secret);
  const forms = [raw, ...texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')])];
  return forms.map((bytes) => ({ name, bytes }));
}

/**
 * Which secrets are in a haystack.
 * @param {string} where
 * @param {Buffer} haystack
 * @param {{ name: string, bytes: Buffer }[]} needles
 * @returns {string[]}
 */
const search = (where, haystack, needles) => [
  ...new Set(needles.filter(({ bytes }) => haystack.includes(bytes)).map(({ name }) => `${name} in ${where}`)),
];

/** @param {CDPSession} session @returns {Promise<Buffer>} the JavaScript heap, after a collection */
async function heap(session) {
  /** @type {string[]} */
  const chunks = [];
  const collect = (/** @type {{ chunk: string }} */ { chunk }) => chunks.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', collect);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', collect);
  return Buffer.from(chunks.join(''));
}

/** @param {CDPSession} session @returns {Promise<Buffer[]>} every WebAssembly memory and array buffer that is alive */
async function memories(session) {
  await session.send('Runtime.enable');
  const found = [];
  for (const kind of ['WebAssembly.Memory', 'ArrayBuffer']) {
    const prototype = await session.send('Runtime.evaluate', { expression: `${kind}.prototype` });
    const { objects } = await session.send('Runtime.queryObjects', {
      prototypeObjectId: prototype.result.objectId ?? '',
    });
    /** @param {Function} fn @param {number[]} given */
    const call = async (fn, ...given) => {
      const answer = await session.send('Runtime.callFunctionOn', {
        objectId: objects.objectId,
        functionDeclaration: fn.toString(),
        arguments: given.map((value) => ({ value })),
        returnByValue: true,
      });
      if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
      return answer.result.value;
    };
    /** @type {number[]} */
    const sizes = await call(
      /** @this {any[]} */
      function () {
        return this.map((one) => (one.buffer ?? one).byteLength);
      },
    );
    for (const [n, size] of sizes.entries()) {
      const parts = [];
      for (let at = 0; at < size; at += 1 << 20) {
        const part = await call(
          /** @this {any[]} @param {number} index @param {number} start */
          function (index, start) {
            const bytes = new Uint8Array(this[index].buffer ?? this[index]).subarray(start, start + (1 << 20));
            let text = '';
            for (let i = 0; i < bytes.length; i += 1 << 13) {
              text += String.fromCharCode(...bytes.subarray(i, i + (1 << 13)));
            }
            return btoa(text);
          },
          n,
          at,
        );
        parts.push(Buffer.from(part, 'base64'));
      }
      found.push(Buffer.concat(parts));
    }
  }
  return found;
}

/**
 * Searches everything of the extension that can be reached: stored data and documents in both browsers, and in
 * Chromium also the heap and the WebAssembly memories of the worker and of every page. The secrets themselves never
 * enter the browser, or they would be found for that reason.
 *
 * @param {Driver} driver
 * @param {{ name: string, bytes: Buffer }[]} needles
 * @returns {Promise<{ found: string[], places: string[] }>}
 */
export async function searchEverywhere(driver, needles) {
  const found = [];
  const places = [];
  const pages = [];
  for (const page of await driver.pages()) if ((await page.url().catch(() => '')).startsWith(driver.extensionUrl(''))) pages.push(page);

  const sessions = [];
  if (driver.name === 'chromium') {
    for (const target of driver.inner.targets()) {
      if (!target.url().startsWith(driver.extensionUrl(''))) continue;
      if (!['page', 'service_worker'].includes(target.type())) continue;
      sessions.push({ where: target.url(), session: await target.createCDPSession() });
    }
  }
  // Heaps first: what the other searches read would be in them.
  for (const { where, session } of sessions) {
    const place = `heap of ${where}`;
    places.push(place);
    found.push(...search(place, await heap(session), needles));
  }
  for (const { where, session } of sessions) {
    for (const [n, memory] of (await memories(session)).entries()) {
      const place = `memory ${n} (${memory.length} bytes) of ${where}`;
      places.push(place);
      found.push(...search(place, memory, needles));
    }
    await session.detach();
  }
  for (const page of pages) {
    const shown = await page.evaluate(() => {
      const fields = [...document.querySelectorAll('input, textarea')].map((field) => /** @type {any} */ (field).value);
      return `${location.href} ${document.documentElement.outerHTML} ${JSON.stringify(fields)}`;
    });
    places.push(`document ${page.last()}`);
    found.push(...search(`document ${page.last()}`, Buffer.from(shown), needles));
  }
  const [page] = pages;
  if (!page) throw new Error('a page of the wallet must be open to read its storage');
  for (const [place, text] of Object.entries(await readEverything(page))) {
    places.push(place);
    found.push(...search(place, Buffer.from(text), needles));
  }
  found.push(...search('console', Buffer.from(driver.log.join('\n')), needles));
  return { found, places };
}
