import { Dapp } from '../lib/dapp.mjs';
import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { publishToken } from '../lib/tokens.mjs';
import { until } from '../lib/until.mjs';
import { CLIENT_NAMES } from './clients/names.mjs';
import { agreeing } from './consent.mjs';

const [ME, YOU, DEPLOYER] = /** @type {[string, string, string]} */ (ANVIL_ACCOUNTS.map((one) => one.toLowerCase()));

/**
 * A contract that logs once when it is published, answers 42 to a call without data, and reverts every other call with
 * the call's own data.
 */
const RUNTIME = '36600e57602a60005260206000f35b366000600037366000fd';
const CREATION = `0x60006000a06019601160003960196000f3${RUNTIME}`;

/** `Error("no")`, as Solidity writes a reason. */
export const REVERT = `0x08c379a0${'20'.padStart(64, '0')}${'02'.padStart(64, '0')}${'6e6f'.padEnd(64, '0')}`;

/**
 * @typedef {{ value?: any, error?: { code?: number, message: string, data?: any } }} Outcome how a call ended
 * @typedef {import('./clients/names.mjs').ClientName} ClientName
 */

/** A chain on which something happened already, a wallet, and a page with every client. */
export class World {
  /**
   * @param {import('../lib/context.mjs').Context} context
   * @param {Dapp} dapp
   * @param {import('../lib/services.mjs').Chain} other
   * @param {{ contract: string, token: string, transaction: string, block: string, number: number }} published
   */
  constructor(context, dapp, other, published) {
    this.context = context;
    this.chain = context.chain;
    this.wallet = context.wallet;
    this.dapp = dapp;
    this.other = other;
    this.published = published;
    this.me = ME;
    this.you = YOU;
  }

  /** Opens all of it. @param {import('../lib/context.mjs').Context} context */
  static async open(context) {
    const [other] = await Promise.all([context.otherChain(), context.wallet.restore()]);
    const contract = await publish(context.chain);
    const token = await publishToken(context.chain, DEPLOYER, { symbol: 'FOO', decimals: 18, amount: 1n });
    const published = { ...contract, token };
    const dapp = await context.dapp('conformance');
    await dapp.page.evaluate((networks) => /** @type {any} */ (window).know(networks), {
      [context.chain.chainId]: context.chain.url,
      [other.chainId]: other.url,
    });
    return new World(context, dapp, other, published);
  }

  /**
   * How a client's action ends. Where the wallet asks a person, somebody else has to answer.
   * @param {ClientName} client @param {string} action @param {any[]} args @returns {Promise<Outcome>}
   */
  ask(client, action, ...args) {
    const outcome = this.dapp.page.evaluate(
      (...given) => /** @type {any} */ (window).outcome(...given),
      .../** @type {any[]} */ ([client, action, ...args]),
    );
    // Whoever waits for it hears of it; if nobody does, because a prompt went wrong first, that is what to report.
    outcome.catch(() => {});
    return outcome;
  }

  /**
   * As `ask`, with somebody who agrees to everything.
   * @param {ClientName} client @param {string} action @param {any[]} args
   */
  agreed(client, action, ...args) {
    return agreeing(this.wallet, `${action} of ${client} to settle`, this.ask(client, action, ...args));
  }

  /**
   * As `agreed`, for every client at the same time.
   * @param {string} action @param {(client: ClientName, n: number) => any[]} args
   */
  async allAgreed(action, args) {
    const all = Promise.all(CLIENT_NAMES.map((client, n) => this.ask(client, action, ...args(client, n))));
    return (await agreeing(this.wallet, `${action} of every client to settle`, all)).outcome;
  }

  /** Lets the site see the account and waits until the page was told. */
  async connect() {
    await this.agreed('raw', 'connect');
    await this.dapp.heard('accountsChanged', (accounts) => accounts.length === 1);
  }

  /** What the node itself answers. @param {string} method @param {any} params @returns {Promise<Outcome>} */
  async node(method, params) {
    const response = await fetch(this.chain.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { result, error } = await response.json();
    return error ? { error } : { value: result };
  }
}

/** Puts the contract there, which logs once. @param {import('../lib/services.mjs').Chain} chain */
export async function publish(chain) {
  const transaction = await chain.rpc('eth_sendTransaction', [{ from: DEPLOYER, data: CREATION }]);
  const receipt = await until('the contract', () => chain.rpc('eth_getTransactionReceipt', [transaction]));
  return {
    transaction,
    contract: receipt.contractAddress,
    block: receipt.blockHash,
    number: Number(receipt.blockNumber),
  };
}
