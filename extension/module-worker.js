/*
 * Holds one of the modules that are loaded on demand, for as long as a page of ours needs it: the page starts it, asks
 * it as often as it likes, and ends it with the screen, and with it goes all that was typed: nothing is kept between
 * calls. Ending it is also how a call that takes long is cancelled.
 */
import { createInstance as createImport } from './wasm/import.js';
import { createInstance as createScan } from './wasm/scan.js';
import { createInstance as createStrength } from './wasm/strength.js';

/** @typedef {{ id: number, call: string }} Asked a call as the module takes it */
/** @typedef {{ id: number, reply: string }} Answered */

/** Which module this worker is for; another name is a defect and fails at the first call. */
const MODULES = {
  import: () => withWasm(createImport(), 'import'),
  scan: () => withWasm(createScan(), 'scan'),
  strength: () => withWasm(createStrength(), 'strength'),
};
const name = /** @type {keyof typeof MODULES} */ (new URL(self.location.href).searchParams.get('module'));

/** What a defect of ours answers: whatever it was, it may hold what was typed, so that its own words stay here. */
const DEFECT = JSON.stringify({
  err: {
    code: 'internal',
    title: 'Something went wrong inside Candor.',
    text: 'Nothing was changed. Reload this page.',
    retryAfterMs: 0,
  },
});

/** @type {ReturnType<typeof MODULES[typeof name]> | null} */
let instance = MODULES[name]();

/**
 * @template {{ init(source: { module_or_path: Promise<Response> }): Promise<unknown>, call(json: string): string }} Glue
 * @param {Glue} glue @param {string} module
 */
async function withWasm(glue, module) {
  await glue.init({ module_or_path: fetch(new URL(`wasm/${module}_bg.wasm`, import.meta.url)) });
  return glue;
}

self.onmessage = async (/** @type {MessageEvent<Asked>} */ { data: { id, call } }) => {
  self.postMessage({ id, reply: await answer(call) });
};

/** @param {string} call @returns {Promise<string>} */
async function answer(call) {
  try {
    instance ??= MODULES[name]();
    return (await instance).call(call);
  } catch {
    // What failed halfway answers no more calls; the next one gets a new instance.
    instance = null;
    return DEFECT;
  }
}
