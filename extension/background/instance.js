// The WebAssembly instance of the wallet core: compiled once, instantiated as often as needed.
import { createInstance } from '../wasm/background.js';
import { readStored, withheld } from './storage.js';

/** @type {Promise<WebAssembly.Module> | null} */
let compiled = null;

/** @returns {Promise<WebAssembly.Module>} */
function compile() {
  compiled ??= load().catch((error) => {
    compiled = null;
    throw error;
  });
  return compiled;
}

async function load() {
  const url = chrome.runtime.getURL('wasm/background_bg.wasm');
  try {
    return await WebAssembly.compileStreaming(fetch(url));
  } catch {
    // A browser that serves extension files without their type.
    return WebAssembly.compile(await (await fetch(url)).arrayBuffer());
  }
}

/**
 * @param {number} stage how much of what is stored is left out, as of `withheld`
 * @returns {Promise<Host.Instance>} a core that starts from what is stored
 */
export async function wakeCore(stage) {
  const glue = createInstance();
  const [exports, stored] = await Promise.all([
    compile().then((module) => glue.init({ module_or_path: module })),
    readStored(),
  ]);
  // Garbage collection may take its time; what the core knew goes at once.
  const wipe = () => void new Uint8Array(exports.memory.buffer).fill(0);
  try {
    const core = glue.Background.wake(JSON.stringify(withheld(stored, stage)), Date.now());
    const discard = () => {
      try {
        core.free();
      } catch {
        // A core that panicked is beyond its own clean-up.
      }
      wipe();
    };
    return { core, discard };
  } catch (error) {
    wipe();
    throw error;
  }
}
