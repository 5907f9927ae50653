import { readFileSync } from 'node:fs';

import { family, searchMemory } from './memory.mjs';
import { readEverything } from './storage.mjs';

/**
 * @typedef {import('./browser.mjs').Driver} Driver
 * @typedef {import('puppeteer-core').CDPSession} CDPSession
 */

/**
 * A secret as it may be written down.
 * @typedef {object} Needle
 * @property {string} name
 * @property {Buffer} bytes
 * @property {boolean} passed whether the wallet hands it over like this, as text, between pages, workers and background:
 *   browsers do not wipe what they passed on before they use the place again
 */

/**
 * Every way in which bytes are usually written down.
 * @param {string} name
 * @param {Uint8Array | string} secret
 * @param {{ passed?: boolean }} [options] whether the wallet passes it on as text
 * @returns {Needle[]}
 */
export function spellings(name, secret, { passed = false } = {}) {
  const raw = Buffer.from(secret);
  const hex = raw.toString('hex');
  const texts = [hex, hex.toUpperCase(), raw.toString('base64').replace(/=+$/, ''), raw.toString('base64url')];
  if (typeof secret === 'string') texts.push(secret);
  const forms = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]);
  return [
    { name, bytes: raw, passed: passed && typeof secret === 'string' },
    ...forms.map((bytes) => ({ name, bytes, passed })),
  ];
}

/**
 * Which secrets are in a haystack.
 * @param {string} where
 * @param {Buffer} haystack
 * @param {Needle[]} needles
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
 * What can be learned of a process; nothing if there is none any more.
 * @template T @param {() => T} look @returns {T | null}
 */
function ifAlive(look) {
  try {
    return look();
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) return null;
    throw error;
  }
}

/** What a process of Firefox is for. @param {number} pid */
function roleOf(pid) {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
  return words.includes('-contentproc') ? `${words.at(-1)}, ${pid}` : `main, ${pid}`;
}

/**
 * Searches everything of the extension that can be reached: stored data and documents in both browsers; in Chromium
 * also the heap and the WebAssembly memories of the worker and of every page; in Firefox, whose heap snapshots have no
 * texts in them, all the memory of all its processes as Linux shows it. That includes what nothing holds any more but
 * was not used again, so that what the wallet passes on as text is not looked for there. The secrets themselves never
 * enter the browser, or they would be found for that reason.
 *
 * @param {Driver} driver
 * @param {Needle[]} needles
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
  // Memory first: what the other searches read would be in it.
  if (driver.name === 'firefox') {
    await driver.collect();
    for (const pid of family(driver.inner.process()?.pid ?? 0)) {
      const searched = ifAlive(() => ({
        place: `memory of process ${roleOf(pid)}`,
        ...searchMemory(pid, needles.filter(({ passed }) => !passed)),
      }));
      // It ended meanwhile, and its memory with it.
      if (!searched) continue;
      const { place, found: there, bytes } = searched;
      places.push(`${place} (${bytes} bytes)`);
      found.push(...new Set(there.map(({ name }) => `${name} in ${place}`)));
    }
  }
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
