/**
 * What every test dApp shares: it finds the wallet as EIP-6963 says, remembers each event, and runs named actions
 * whose outcome stays readable, so that a journey can start one, approve it in another window, and read it later.
 *
 * @typedef {{ state: 'pending' | 'done' | 'failed', settled: number, value?: unknown, error?: unknown }} Result
 */

/** Big integers travel as decimal text. @param {unknown} value */
const plain = (value) =>
  JSON.parse(JSON.stringify(value ?? null, (_, v) => (typeof v === 'bigint' ? v.toString() : v)));

/** The innermost error that carries a code: libraries wrap what the wallet said. @param {any} error */
function told(error) {
  let found = error;
  for (let at = error; at && typeof at === 'object'; at = at.cause ?? at.info?.error ?? at.error ?? at.innerError) {
    if (Number.isInteger(at.code)) found = at;
  }
  return plain({ code: found?.code, message: found?.message ?? String(error), data: found?.data });
}

/**
 * How an action ends, as plain data.
 * @param {() => unknown} action
 * @returns {Promise<{ value?: unknown, error?: { code?: number, message: string, data?: unknown } }>}
 */
export async function outcomeOf(action) {
  try {
    return { value: plain(await action()) };
  } catch (error) {
    return { error: told(error) };
  }
}

/** The wallet's provider by EIP-6963, or nothing. @param {string} name */
export function findProvider(name = 'Candor') {
  /** @type {any} */
  let found;
  const hear = (/** @type {any} */ event) => {
    if (event.detail.info.name === name) found = event.detail;
  };
  window.addEventListener('eip6963:announceProvider', hear);
  window.dispatchEvent(new Event('eip6963:requestProvider'));
  window.removeEventListener('eip6963:announceProvider', hear);
  return found;
}

/**
 * Publishes the actions as `window.start(name, …)`, outcomes as `window.results` and events as `window.events`.
 * @param {any} provider
 * @param {Record<string, (...args: any[]) => unknown>} actions
 */
export function publish(provider, actions) {
  const results = /** @type {Result[]} */ ([]);
  const events = /** @type {{ name: string, value: unknown }[]} */ ([]);
  for (const name of ['connect', 'disconnect', 'chainChanged', 'accountsChanged', 'message']) {
    provider.on(name, (/** @type {unknown} */ value) => events.push({ name, value: plain(value) }));
  }
  const list = document.body.appendChild(document.createElement('ol'));
  const start = (/** @type {string} */ name, /** @type {any[]} */ ...args) => {
    const result = /** @type {Result} */ ({ state: 'pending', settled: 0 });
    const row = list.appendChild(document.createElement('li'));
    const show = () => (row.textContent = `${name}: ${JSON.stringify(result)}`);
    results.push(result);
    show();
    Promise.resolve()
      .then(() => {
        const action = actions[name];
        if (!action) throw new Error(`this page has no action ${name}`);
        return action(...args);
      })
      .then(
        (value) => Object.assign(result, { state: 'done', settled: result.settled + 1, value: plain(value) }),
        (error) => Object.assign(result, { state: 'failed', settled: result.settled + 1, error: told(error) }),
      )
      .then(show);
    return results.length - 1;
  };
  Object.assign(window, { provider, start, results, events, ready: true });
}
