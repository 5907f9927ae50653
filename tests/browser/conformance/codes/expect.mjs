import { isDeepStrictEqual } from 'node:util';

/**
 * @typedef {import('../world.mjs').World & { dying: import('../../lib/services.mjs').Site }} World with a server that
 *   can be stopped
 * @typedef {import('../world.mjs').Outcome} Outcome
 * @typedef {{ says: string, holds: (outcome: Outcome, world: World) => unknown }} Expected
 * @typedef {'agrees' | 'refuses' | 'closes' | 'revokes'} Person what a person does when asked; `revokes`: nothing, for
 *   the page itself gives its permission back
 *
 * @typedef {object} Row one request and what has to come of it
 * @property {string} standard where it says so
 * @property {string} asks the request, for the table
 * @property {string} [action] of the raw client; absent: `exactly`
 * @property {(world: World) => Promise<unknown>} [first] what is done before
 * @property {(world: World) => unknown[]} args
 * @property {Person} [person] absent: nobody must be asked
 * @property {Expected} expected
 * @property {string} [event] what the page has to hear then
 * @property {(value: any, world: World) => unknown} [heard] what that has to carry
 * @property {string} [why] why it is not as expected
 * @property {boolean} [stranger] asked by the page of another site, which is never connected
 */

/** Refused with a code, with a sentence. @param {number} wanted @returns {Expected} */
export const code = (wanted) => ({
  says: `code ${String(wanted).replace('-', '−')}`,
  holds: ({ error }) => error?.code === wanted && typeof error.message === 'string' && error.message.length > 5,
});

/** Exactly this result. @param {unknown} wanted @param {string} [says] @returns {Expected} */
export const exactly = (wanted, says = `\`${JSON.stringify(wanted)}\``) => ({
  says,
  holds: ({ value, error }) => !error && isDeepStrictEqual(value, wanted),
});

/** A result of a kind. @param {string} says @param {(value: any, world: World) => unknown} fits @returns {Expected} */
export const result = (says, fits) => ({ says, holds: ({ value, error }, world) => !error && fits(value, world) });

/** A text that fits a pattern. @param {string} says @param {RegExp} pattern */
export const text = (says, pattern) => result(says, (value) => typeof value === 'string' && pattern.test(value));

export const QUANTITY = text('a quantity', /^0x(0|[1-9a-f][0-9a-f]*)$/);
export const SIGNATURE = text('a signature of 65 bytes', /^0x[0-9a-f]{130}$/);
export const HASH = text('a hash', /^0x[0-9a-f]{64}$/);
export const ACCOUNT = result('the account alone, in lower case', (value, { me }) => isDeepStrictEqual(value, [me]));

/** What the node answers to the same. @param {string} says @param {(world: World) => any} request @returns {Expected} */
export const asTheNode = (says, request) => ({
  says,
  holds: async ({ value, error }, world) => {
    const { method, params } = request(world);
    const its = await world.node(method, params);
    if (!its.error) return !error && isDeepStrictEqual(value, its.value);
    const same = ['code', 'message', 'data'].every((key) =>
      isDeepStrictEqual(/** @type {any} */ (error)?.[key] ?? null, /** @type {any} */ (its.error)[key] ?? null),
    );
    return same;
  },
});
