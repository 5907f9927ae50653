// Lets Node load the extension's modules as they are: files of `extension/` are ES modules there without a
// package.json, and the wasm glue, which only a build makes, is whatever the test put into `globalThis.glue`.
import { register } from 'node:module';

const hooks = `
  const extension = ${JSON.stringify(new URL('../../../extension/', import.meta.url).href)};
  const glue = 'data:text/javascript,export const createInstance = () => globalThis.glue();';
  export async function resolve(specifier, context, next) {
    const { href } = new URL(specifier, context.parentURL?.startsWith('file:') ? context.parentURL : 'file:///');
    if (href.startsWith(extension + 'wasm/')) return { url: glue, format: 'module', shortCircuit: true };
    if (href.startsWith(extension)) return { url: href, format: 'module', shortCircuit: true };
    return next(specifier, context);
  }
`;
register('data:text/javascript,' + encodeURIComponent(hooks));
