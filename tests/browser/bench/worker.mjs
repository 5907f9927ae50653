/*
 * Runs one contender in a context of its own. Loading it is part of the first job's time and of no other, because a
 * module that is there is not imported again.
 */
/** @typedef {{ contender: string, job: string, args: unknown[] }} Question */

self.onmessage = async (/** @type {MessageEvent<Question>} */ { data: { contender, job, args } }) => {
  try {
    const started = performance.now();
    const library = await import(`./${contender}.js`);
    const result = await library[job](...args);
    self.postMessage({ ms: performance.now() - started, result });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
