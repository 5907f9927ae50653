'use strict';
/*
 * Lets a site that knows no other wallet take Candor for MetaMask. It runs only on sites where the user chose that
 * (background/page-scripts.js), before or after inpage.js, and tells ours by EIP-6963's name.
 *
 * A page can say the same of our provider by itself: what an object in its own world claims to be deceives nobody else.
 */
(() => {
  if (!/^(text\/html|application\/xhtml\+xml)$/.test(document.contentType)) return;

  const NAME = 'eip6963:announceProvider';

  /** @param {any} event */
  const hear = ({ detail }) => {
    try {
      if (detail.info.rdns !== 'org.candor.wallet') return;
      removeEventListener(NAME, hear);
      detail.provider.isMetaMask = true;
    } catch {}
  };
  addEventListener(NAME, hear);
  dispatchEvent(new Event('eip6963:requestProvider'));
})();
