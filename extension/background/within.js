// Deadlines for promises of the browser that may never settle.

/** The deadline passed. */
export class TimeUp extends Error {}

/**
 * @template T
 * @param {number} ms
 * @param {T | Promise<T>} promise
 * @returns {Promise<T>} what it gives, or a failure when it takes longer
 */
export function within(ms, promise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimeUp(`No answer within ${ms} ms.`)), ms);
    Promise.resolve(promise)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
