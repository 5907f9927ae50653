'use strict';
/*
 * Makes Candor the page's `window.ethereum`, beside whatever other wallet. It runs only where the user chose that
 * (background/page-scripts.js), before or after inpage.js and other wallets, and tells ours by EIP-6963's name.
 *
 * Whoever else announces that name here can only be another extension, which has the page in its hands anyway: the
 * page's own scripts come later. What another wallet made non-configurable stays, and so does its announcement.
 */
(() => {
  if (!/^(text\/html|application\/xhtml\+xml)$/.test(document.contentType)) return;

  const NAME = 'eip6963:announceProvider';
  const { defineProperty } = Reflect;

  /** @param {any} event */
  const hear = ({ detail }) => {
    try {
      if (detail.info.rdns !== 'org.candor.wallet') return;
      removeEventListener(NAME, hear);
      const { provider } = detail;
      const ours = { get: () => provider, set: () => {}, configurable: true, enumerable: true };
      defineProperty(window, 'ethereum', ours);
      // Again after the wallets that run later, when the page's first element comes: still before its scripts.
      new MutationObserver((_, observer) => {
        observer.disconnect();
        defineProperty(window, 'ethereum', ours);
      }).observe(document, { childList: true, subtree: true });
    } catch {}
  };
  addEventListener(NAME, hear);
  dispatchEvent(new Event('eip6963:requestProvider'));
})();
