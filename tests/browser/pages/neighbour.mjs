import { createStore } from 'mipd';

/** What a page of a second wallet's day sees: who can be found, who is `window.ethereum`, and what went wrong. */
const store = createStore();
const w = /** @type {any} */ (window);
/** @returns {any} */
const ours = () => store.findProvider({ rdns: 'org.candor.wallet' })?.provider;

w.look = async () => {
  const { ethereum } = w;
  const owner = [
    ['candor', ours()],
    ['neighbour', w.neighbour?.provider],
  ].find(([, provider]) => ethereum !== undefined && ethereum === provider);
  const ask = async (/** @type {any} */ provider) => {
    try {
      return await provider.request({ method: 'eth_chainId' });
    } catch (error) {
      return String(/** @type {any} */ (error).message);
    }
  };
  return {
    found: store.getProviders().map(({ info }) => info.rdns).sort(),
    owner: owner?.[0] ?? typeof ethereum,
    before: w.before,
    answers: [await ask(ours()), w.neighbour ? await ask(w.neighbour.provider) : null],
    isMetaMask: ours()?.isMetaMask ?? null,
    first: w.neighbour?.first ?? null,
    threw: w.neighbour?.threw ?? null,
    errors: w.errors,
  };
};

/** What a page would notice of its world: how its globals differ from those of a frame that no extension is in. */
w.differences = () => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const other = /** @type {any} */ (frame.contentWindow);
  const describe = (/** @type {any} */ object) =>
    Object.fromEntries(
      Reflect.ownKeys(object).map((key) => {
        const { value, get, set, ...flags } = /** @type {PropertyDescriptor} */ (
          Reflect.getOwnPropertyDescriptor(object, key)
        );
        const text = [value, get, set].map((one) => (typeof one === 'function' ? `${one.name} ${one}` : typeof one));
        return [String(key), JSON.stringify([text, flags])];
      }),
    );
  const different = /** @type {string[]} */ ([]);
  const compare = (/** @type {string} */ name, /** @type {any} */ mine, /** @type {any} */ theirs) => {
    const [one, two] = [describe(mine), describe(theirs)];
    for (const key of new Set([...Object.keys(one), ...Object.keys(two)])) {
      if (one[key] !== two[key]) different.push(`${name}.${key}`);
    }
  };
  const roots = ['Object', 'Function', 'Array', 'Promise', 'Proxy', 'Reflect', 'JSON', 'Event', 'CustomEvent', 'EventTarget'];
  roots.push('Window', 'Document', 'Node', 'Element', 'HTMLElement', 'Error', 'Map', 'Set', 'Symbol', 'String', 'BigInt');
  roots.push('XMLHttpRequest', 'MutationObserver', 'Storage', 'History', 'Location', 'Navigator', 'Crypto', 'MessagePort');
  for (const root of roots) {
    compare(root, w[root], other[root]);
    if (w[root].prototype) compare(`${root}.prototype`, w[root].prototype, other[root].prototype);
  }
  const names = Object.getOwnPropertyNames(other);
  const own = Object.getOwnPropertyNames(w).filter((name) => !names.includes(name) && !w.mine.includes(name));
  const keys = Object.keys(w).filter((name) => !Object.keys(other).includes(name) && !w.mine.includes(name));
  frame.remove();
  // Numbers are the page's frames.
  return { different, own: own.filter((name) => Number.isNaN(Number(name))), keys: keys.filter((name) => Number.isNaN(Number(name))) };
};
w.ready = true;
