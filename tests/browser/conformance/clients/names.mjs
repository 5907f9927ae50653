import { readFileSync } from 'node:fs';
import path from 'node:path';

import { HERE } from '../../lib/paths.mjs';

/** The clients, in the order of the tables' columns, each with the npm package that it is; raw is none. */
export const CLIENTS = /** @type {const} */ ({
  raw: undefined,
  viem: 'viem',
  ethers: 'ethers',
  wagmi: '@wagmi/core',
  web3: 'web3',
  mipd: 'mipd',
});

/** @typedef {keyof typeof CLIENTS} ClientName */

/** Their names. */
export const CLIENT_NAMES = /** @type {ClientName[]} */ (Object.keys(CLIENTS));

/** The version that is installed of an npm package of ours. @param {string} name @returns {string} */
export const versionOf = (name) =>
  JSON.parse(readFileSync(path.join(HERE, 'node_modules', name, 'package.json'), 'utf8')).version;
