'use strict';
// Another wallet. `?ethereum=` in the page's address says how it defines window.ethereum, and `&late` that it does so
// right after Candor's first script at the earliest; without that it does nothing.
(() => {
  const { searchParams } = new URL(location.href);
  const way = searchParams.get('ethereum');
  if (!way) return;
  const provider = { isNeighbour: true, request: async () => 'neighbour' };
  const ways = /** @type {Record<string, () => unknown>} */ ({
    assigned: () => (/** @type {any} */ (window).ethereum = provider),
    writable: () => define({ value: provider, writable: true, configurable: true, enumerable: true }),
    readonly: () => define({ value: provider, writable: false, configurable: true, enumerable: true }),
    accessor: () => define({ get: () => provider, set: () => {}, configurable: true, enumerable: true }),
    fast: () => define({ value: provider, writable: false, configurable: false, enumerable: true }),
    fastAccessor: () => define({ get: () => provider, set: () => {}, configurable: false, enumerable: true }),
    announced: () => {},
  });
  /** @param {PropertyDescriptor} descriptor */
  const define = (descriptor) => Object.defineProperty(window, 'ethereum', descriptor);

  const take = () => {
    const first = !('ethereum' in window);
    let threw = null;
    try {
      ways[way]?.();
    } catch (error) {
      threw = String(error);
    }
    // What the tests read of it, without a name in the page that a loop over them would see.
    Object.defineProperty(window, 'neighbour', { value: { provider, first, threw } });
  };
  if (!searchParams.has('late') || 'ethereum' in window) take();
  else {
    window.addEventListener('eip6963:announceProvider', function hear(/** @type {any} */ { detail }) {
      if (detail.info.rdns !== 'org.candor.wallet') return;
      window.removeEventListener('eip6963:announceProvider', hear);
      queueMicrotask(take);
    });
  }

  const info = { uuid: '11111111-1111-4111-8111-111111111111', name: 'Neighbour', icon: 'data:,', rdns: 'example.neighbour' };
  const announce = () =>
    window.dispatchEvent(
      new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info: Object.freeze(info), provider }) }),
    );
  window.addEventListener('eip6963:requestProvider', announce);
  announce();
})();
