/*
 * Reads and writes what people keep on paper and in files: phrases, shares, private keys, key files. A page of ours
 * starts it, asks it as often as it likes, and ends it with the screen, and with it goes all that was typed: nothing is
 * kept between calls. Ending it is also how a call that takes long is cancelled.
 */
import { createInstance } from './wasm/import.js';

/** @typedef {{ id: number, call: string }} Asked a call of crates/protocol/src/import.rs, as JSON */
/** @typedef {{ id: number, reply: string }} Answered */

/** What a defect of ours answers: whatever it was, it may hold what was typed, so that its own words stay here. */
const DEFECT = JSON.stringify({
  err: {
    code: 'internal',
    title: 'Something went wrong inside Candor.',
    text: 'Nothing was changed. Reload this page.',
    retryAfterMs: 0,
  },
});

/** @type {ReturnType<typeof start> | null} */
let instance = start();

async function start() {
  const glue = createInstance();
  await glue.init({ module_or_path: fetch(new URL('wasm/import_bg.wasm', import.meta.url)) });
  return glue;
}

self.onmessage = async (/** @type {MessageEvent<Asked>} */ { data: { id, call } }) => {
  self.postMessage({ id, reply: await answer(call) });
};

/** @param {string} call @returns {Promise<string>} */
async function answer(call) {
  try {
    instance ??= start();
    return (await instance).call(call);
  } catch {
    // What failed halfway answers no more calls; the next one gets a new instance.
    instance = null;
    return DEFECT;
  }
}
