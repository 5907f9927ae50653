import { readFileSync } from 'node:fs';
import path from 'node:path';
import { encodeDeployData, encodeFunctionData } from 'viem';

import { HERE } from './paths.mjs';
import { until } from './until.mjs';

/** The contracts that MetaMask's test dApp deploys: real ones, built on OpenZeppelin's. */
const CONTRACTS = JSON.parse(
  readFileSync(path.join(HERE, 'node_modules/@metamask/test-dapp/dist/constants.json'), 'utf8'),
);

/** @typedef {import('./services.mjs').Chain} Chain */

/**
 * Publishes a token of the ERC-20 kind; all of it belongs to who publishes it.
 * @param {Chain} chain @param {string} from
 * @param {{ symbol: string, decimals: number, amount: bigint }} token `amount`: whole tokens
 * @returns {Promise<string>} its address
 */
export function publishToken(chain, from, { symbol, decimals, amount }) {
  const args = [amount, `The ${symbol}`, decimals, symbol];
  return publish(chain, from, encodeDeployData({ abi: CONTRACTS.hstAbi, bytecode: CONTRACTS.hstBytecode, args }));
}

/**
 * Publishes a collection of the ERC-721 kind with one collectible, number 1, of who publishes it.
 * @param {Chain} chain @param {string} from
 * @returns {Promise<string>} its address
 */
export async function publishCollection(chain, from) {
  const address = await publish(chain, from, CONTRACTS.nftsBytecode);
  const data = encodeFunctionData({ abi: CONTRACTS.nftsAbi, functionName: 'mintNFTs', args: [1n] });
  await included(chain, await chain.rpc('eth_sendTransaction', [{ from, to: address, data }]));
  return address;
}

/** @param {Chain} chain @param {string} from @param {string} data */
async function publish(chain, from, data) {
  const { contractAddress } = await included(chain, await chain.rpc('eth_sendTransaction', [{ from, data }]));
  return contractAddress;
}

/** @param {Chain} chain @param {string} hash */
async function included(chain, hash) {
  const receipt = await until('a transaction to be included', () => chain.rpc('eth_getTransactionReceipt', [hash]));
  if (receipt.status !== '0x1') throw new Error(`${hash} did not work`);
  return receipt;
}
