import path from 'node:path';

import { openBrowser } from './browser.mjs';
import { Dapp } from './dapp.mjs';
import { HERE, distOf } from './paths.mjs';
import { profileTemplate } from './profiles.mjs';
import { startProxy } from './proxy.mjs';
import { serveFolder, startChain } from './services.mjs';
import { Wallet } from './wallet.mjs';

/** What all journeys of a lane share: nothing here holds state of a wallet. */
export async function startShared(/** @type {string} */ bundles) {
  const [proxy, site, otherSite, testDapp] = await Promise.all([
    startProxy(),
    serveFolder(bundles),
    serveFolder(bundles),
    serveFolder(path.join(HERE, 'node_modules/@metamask/test-dapp/dist')),
  ]);
  const stop = () => Promise.all([proxy, site, otherSite, testDapp].map((one) => one.stop()));
  return { proxy, site, otherSite, testDapp, stop };
}

/** @typedef {Awaited<ReturnType<typeof startShared>>} Shared */

/** What one journey works with: a fresh browser profile, a fresh chain, a wallet not yet made. */
export class Context {
  /**
   * @param {Shared} shared
   * @param {import('./services.mjs').Chain} chain a server of the wallet's built-in development network
   * @param {import('./browser.mjs').Driver} driver
   */
  constructor(shared, chain, driver) {
    this.shared = shared;
    this.chain = chain;
    this.driver = driver;
    this.browser = driver.name;
    this.wallet = new Wallet(driver, { ownServer: chain.url });
    /** @type {(() => Promise<unknown>)[]} */
    this.endings = [() => chain.stop(), () => this.driver.close()];
  }

  /**
   * @param {import('./browser.mjs').BrowserName} browser
   * @param {Shared} shared
   * @param {{ headless?: boolean, args?: string[], profile?: string, proxied?: boolean, dist?: string }} [options]
   */
  static async open(browser, shared, { proxied = true, ...options } = {}) {
    const chain = await startChain({ chainId: 31_337 });
    const proxyPort = proxied ? shared.proxy.port : undefined;
    try {
      const template = await profileTemplate(browser);
      const driver = await openBrowser({ browser, dist: distOf(browser), template, proxyPort, ...options });
      return new Context(shared, chain, driver);
    } catch (error) {
      await chain.stop();
      throw error;
    }
  }

  /** Another local chain. @param {number} [chainId] */
  async otherChain(chainId = 31338, hardfork = /** @type {string | undefined} */ (undefined)) {
    const chain = await startChain({ chainId, hardfork });
    this.endings.push(() => chain.stop());
    return chain;
  }

  /** One of our dApps. @param {typeof import('./dapp.mjs').DAPPS[number]} name @param {string} [origin] */
  dapp(name, origin = this.shared.site.origin) {
    return Dapp.open(this.driver, origin, name);
  }

  /** A dApp that may already see the wallet's first account. @param {typeof import('./dapp.mjs').DAPPS[number]} name */
  async connected(name) {
    const dapp = await this.dapp(name);
    const n = await dapp.start('connect');
    await this.wallet.approveNext('connect', { origin: dapp.origin });
    const [account] = await dapp.value(n);
    return { dapp, account };
  }

  /** Closes the browser and opens it again on the same profile. */
  async reopen() {
    this.driver = await this.driver.reopen();
    this.wallet.driver = this.driver;
  }

  async close() {
    for (const end of this.endings.reverse()) await end().catch(() => {});
    this.endings = [];
  }
}
