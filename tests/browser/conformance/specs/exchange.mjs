import coverage from '@open-rpc/test-coverage';

import { CLIENT_NAMES } from '../clients/names.mjs';
import { DESCRIBED, LAST, argumentsOf } from './arguments.mjs';

/**
 * @typedef {import('./arguments.mjs').Prepared} Prepared
 * @typedef {import('../clients/names.mjs').ClientName} ClientName
 * @typedef {import('../world.mjs').Outcome} Outcome
 * @typedef {{ method: string, client: ClientName, params: any, outcome: Outcome, problem?: string }} Exchange
 *   `problem`: what the description has against the result
 */

/** After these the site is not connected any more, and clients that notice ask nothing. */
const TAKES_BACK = /^wallet_revoke/;

/** The library's own reporters print. The one that makes web pages is large, so `package.json` leaves it out. */
const SILENT = { onBegin: () => {}, onTestBegin: () => {}, onTestEnd: () => {}, onEnd: () => {} };

/**
 * Asks every described method through every client. `@open-rpc/test-coverage` runs it: it has the calls made and the
 * results judged by the one rule here. Its own rules do not fit a wallet: they make up arguments, or take examples
 * about blocks that no chain here has.
 *
 * @param {Prepared} world
 * @param {import('./descriptions.mjs').Description} description
 * @returns {Promise<Exchange[]>}
 */
export async function exchanges(world, { document, problem }) {
  const order = (/** @type {any} */ { name }) => LAST.indexOf(name);
  const methods = [...document.methods].sort((one, other) => order(one) - order(other));
  /** @type {Exchange[]} */
  const all = [];
  /** @type {{ method?: string, outcomes: Outcome[] }} what all clients were told of the method that is asked now */
  let now = { outcomes: [] };
  const rule = {
    getTitle: () => 'A result is what the description says.',
    getCalls: (/** @type {unknown} */ _, /** @type {any} */ { name }) =>
      CLIENT_NAMES.map((client) => ({
        title: client,
        url: client,
        methodName: name,
        params: argumentsOf(DESCRIBED, name)(world, client),
        resultSchema: true,
      })),
    validateCall: (/** @type {any} */ call) => {
      const { methodName: method, url: client, params, result, error } = call;
      const outcome = error ? { error } : { value: result };
      all.push({ method, client, params, outcome, problem: error ? undefined : problem(method, result) });
      return call;
    },
  };
  const atOnce = (/** @type {(one: ClientName) => unknown[]} */ request) => world.allAgreed('request', request);
  const inTurn = async (/** @type {(one: ClientName) => unknown[]} */ request) => {
    /** @type {Outcome[]} */
    const outcomes = [];
    for (const one of CLIENT_NAMES) {
      await world.allAgreed('connect', () => []);
      outcomes.push((await world.agreed(one, 'request', ...request(one))).outcome);
    }
    return outcomes;
  };
  const transport = async (/** @type {string} */ client, /** @type {string} */ method) => {
    if (now.method !== method) {
      const given = argumentsOf(DESCRIBED, method);
      const request = (/** @type {ClientName} */ one) => [method, given(world, one)];
      now = { method, outcomes: await (TAKES_BACK.test(method) ? inTurn : atOnce)(request) };
    }
    const { value, error } = now.outcomes[CLIENT_NAMES.indexOf(/** @type {any} */ (client))] ?? {};
    return { result: value, error };
  };
  await coverage.default({
    openrpcDocument: { ...document, methods },
    transport,
    rules: [/** @type {any} */ (rule)],
    reporters: [/** @type {any} */ (SILENT)],
  });
  return all;
}
