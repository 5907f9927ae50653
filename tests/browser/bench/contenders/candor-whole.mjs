// As `candor-sign`, after all of the background's module was loaded: more than its signature ever waits for.
// @ts-expect-error it is copied from the built extension
import { createInstance } from './wasm/background.js';

await createInstance().init({ module_or_path: fetch('wasm/background_bg.wasm') });
// @ts-expect-error beside this one, by its name once bundled
const { sign } = await import('./candor-sign.js');

export { sign };
