import Ajv from 'ajv/dist/2019.js';
import { createRequire } from 'node:module';

/** @typedef {import('@open-rpc/meta-schema').OpenrpcDocument} OpenrpcDocument */

/** @type {{ MetaMaskOpenRPCDocument: OpenrpcDocument, MultiChainOpenRPCDocument: OpenrpcDocument }} */
const specs = createRequire(import.meta.url)('@metamask/api-specs');

/** Of alternatives, the one that fitted furthest is the one that was meant. @param {import('ajv').ErrorObject} error */
const closeness = ({ instancePath, keyword }) =>
  2 * instancePath.split('/').length + (['type', 'oneOf', 'anyOf'].includes(keyword) ? 0 : 1);

/** @typedef {typeof DESCRIPTIONS[number]} Description */

/**
 * Descriptions of methods, each with a way to ask whether a result is one that the method may give. What MetaMask
 * describes holds the methods of ethereum/execution-apis that it offers, with that description's own schemas.
 */
export const DESCRIPTIONS = [specs.MetaMaskOpenRPCDocument, specs.MultiChainOpenRPCDocument].map((document) => {
  const ajv = new Ajv.default({ strict: false, validateSchema: false, logger: false });
  ajv.addSchema(/** @type {any} */ (document), 'description');
  // Methods without a result are what a wallet tells a page.
  const methods = document.methods.filter((method) => 'result' in method);
  return {
    document: { ...document, methods: /** @type {typeof document.methods} */ (methods) },
    /** What is wrong with a result; nothing if it is valid. @param {string} method @param {unknown} result */
    problem: (method, result) => {
      const n = document.methods.findIndex((one) => 'name' in one && one.name === method);
      const fits = ajv.compile({ $ref: `description#/methods/${n}/result/schema` });
      if (fits(result)) return undefined;
      const [first] = (fits.errors ?? []).sort((one, other) => closeness(other) - closeness(one));
      return first && `${ajv.errorsText([first], { dataVar: 'result' })} (${Object.values(first.params).join(', ')})`;
    },
  };
});
