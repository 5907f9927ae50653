import { findProvider, publish } from './harness.mjs';

const { provider, info } = findProvider();

/** The provider as it is, for what libraries would not let through. */
publish(provider, {
  info: () => ({ ...info, isEthereum: /** @type {any} */ (window).ethereum === provider }),
  connect: () => provider.request({ method: 'eth_requestAccounts' }),
  request: (args) => provider.request(args),
  flood: async (count) => {
    const many = Array.from({ length: count }, () => provider.request({ method: 'eth_chainId' }));
    const settled = await Promise.allSettled(many);
    return {
      answered: settled.filter((one) => one.status === 'fulfilled').length,
      refused: settled.filter((one) => one.status === 'rejected').length,
      codes: [...new Set(settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : [])))],
    };
  },
  // Counts how requests end that a person would have to answer; some may never.
  prompts: (count, account) => {
    const counts = /** @type {Record<string, number>} */ ({});
    Object.assign(window, { counts });
    const note = (/** @type {string | number} */ how) => (counts[how] = (counts[how] ?? 0) + 1);
    for (let n = 0; n < count; n += 1) {
      const args = { method: 'personal_sign', params: [`message ${n}`, account] };
      provider.request(args).then(() => note('signed'), (/** @type {any} */ { code }) => note(code));
    }
  },
  huge: (bytes) => provider.request({ method: 'personal_sign', params: ['x'.repeat(bytes), '0x0'] }),
  send: (...args) => provider.send(...args),
  enable: () => provider.enable(),
  sendAsync: (payload) =>
    new Promise((resolve) => provider.sendAsync(payload, (/** @type {unknown} */ error, /** @type {unknown} */ answer) => resolve({ error, answer }))),
});
