/** How long a condition may take to come true before the journey fails: far longer than on the slowest computer. */
export const PATIENCE_MS = 60_000;

/** Looking again at once would starve the browser on two cores; this is how often a condition is looked at. */
const PACE_MS = 20;

/** A condition that did not come true in time. */
export class NeverHappened extends Error {}

/**
 * Asks until the answer is neither `undefined`, `null` nor `false`, and returns it. An exception counts as "not yet",
 * since pages come, go and navigate while we look; the last one is part of the failure's message.
 *
 * @template T
 * @param {string} what what is waited for, to be read in a failure
 * @param {() => T | Promise<T>} ask
 * @param {number} [patience] milliseconds
 * @returns {Promise<NonNullable<Exclude<T, false>>>}
 */
export async function until(what, ask, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  let problem = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return /** @type {any} */ (answer);
      problem = '';
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > end) {
      throw new NeverHappened(`waited ${patience / 1000} s for ${what}${problem && `: ${problem}`}`);
    }
    await new Promise((next) => setTimeout(next, PACE_MS));
  }
}
