import { recoverMessageAddress, recoverTypedDataAddress } from 'viem';

import { TYPED_DATA } from '../../lib/samples.mjs';
import { REVERT } from '../world.mjs';

/**
 * @typedef {import('../world.mjs').World} World
 * @typedef {import('../world.mjs').Outcome} Outcome
 * @typedef {import('./names.mjs').ClientName} ClientName
 *
 * @typedef {object} Call what dApps do, once through every client
 * @property {string} action of the client
 * @property {string} says what is done, for the table
 * @property {string} expects what has to come back, for the table
 * @property {(world: World, client: ClientName, n: number) => any[]} [args] `n` counts the clients
 * @property {(outcome: Outcome, world: World, client: ClientName, n: number) => unknown} holds
 * @property {Partial<Record<ClientName, string>>} [why] why a client is not as expected
 */

const same = (/** @type {unknown} */ one, /** @type {unknown} */ other) =>
  String(one).toLowerCase() === String(other).toLowerCase();
const quantity = (/** @type {number} */ value) => `0x${value.toString(16)}`;
const amount = (/** @type {number} */ n) => 1000 + n;
const message = (/** @type {ClientName} */ client) => `Hello from ${client}`;
const MAIL = {
  ...TYPED_DATA,
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
    ],
    ...TYPED_DATA.types,
  },
  domain: { ...TYPED_DATA.domain, chainId: 31_337 },
};

/** A hash that `sendTransaction` gave to a client. @type {Partial<Record<ClientName, string>>} */
const sent = {};

/** In this order, for later ones need what earlier ones did. @type {Call[]} */
export const CALLS = [
  {
    action: 'connect',
    says: 'connect',
    expects: 'the account',
    holds: ({ value }, { me }) => same(value, me),
  },
  { action: 'accounts', says: 'accounts', expects: 'the account', holds: ({ value }, { me }) => same(value, me) },
  { action: 'chainId', says: 'chain id', expects: '31337', holds: ({ value }) => value === 31_337 },
  {
    action: 'blockNumber',
    says: 'number of the last block',
    expects: 'what the node says',
    holds: async ({ value }, { chain }) => Number(value) === Number(await chain.rpc('eth_blockNumber')),
  },
  {
    action: 'blockHash',
    says: 'a block by its number',
    expects: 'its hash',
    args: ({ published }) => [published.number],
    holds: ({ value }, { published }) => same(value, published.block),
  },
  {
    action: 'balance',
    says: 'balance',
    expects: 'what the node says',
    args: ({ you }) => [you],
    holds: async ({ value }, { chain, you }) =>
      BigInt(value) === BigInt(await chain.rpc('eth_getBalance', [you, 'latest'])),
  },
  {
    action: 'nonce',
    says: 'number of transactions sent',
    expects: 'what the node says',
    args: ({ me }) => [me],
    holds: async ({ value }, { chain, me }) =>
      Number(value) === Number(await chain.rpc('eth_getTransactionCount', [me, 'latest'])),
  },
  {
    action: 'code',
    says: 'code of a contract',
    expects: 'what the node says',
    args: ({ published }) => [published.contract],
    holds: async ({ value }, { chain, published }) =>
      same(value, await chain.rpc('eth_getCode', [published.contract, 'latest'])),
  },
  {
    action: 'call',
    says: 'call of a contract',
    expects: '42',
    args: ({ published }) => [published.contract, '0x'],
    holds: ({ value }) => BigInt(value) === 42n,
  },
  {
    action: 'revert',
    says: 'call that the contract reverts',
    expects: 'code 3 with the contract’s reason as data',
    args: ({ published }) => [published.contract, REVERT],
    holds: ({ error }) => error?.code === 3 && same(error.data, REVERT),
  },
  {
    action: 'estimateGas',
    says: 'gas of a payment',
    expects: '21000',
    args: ({ me, you }) => [{ from: me, to: you, value: '0x1' }],
    holds: ({ value }) => Number(value) === 21_000,
  },
  {
    action: 'logs',
    says: 'logs of a contract',
    expects: 'the one there is',
    args: ({ published }) => [published.contract, published.number],
    holds: ({ value }) => value === 1,
  },
  {
    action: 'signMessage',
    says: 'sign a message, approved',
    expects: 'a signature of the account',
    args: ({ me }, client) => [me, message(client)],
    holds: async ({ value: signature }, { me }, client) =>
      same(await recoverMessageAddress({ message: message(client), signature }), me),
  },
  {
    action: 'signTypedData',
    says: 'sign typed data, approved',
    expects: 'a signature of the account',
    args: ({ me }) => [me, MAIL],
    holds: async ({ value: signature }, { me }) =>
      same(await recoverTypedDataAddress(/** @type {any} */ ({ ...MAIL, signature })), me),
  },
  {
    action: 'sendTransaction',
    says: 'send a payment, approved',
    expects: 'its hash, and it is on the chain',
    args: ({ me, you }, _, n) => [me, you, amount(n)],
    holds: async ({ value }, { chain }, client, n) => {
      sent[client] = value;
      return same((await chain.rpc('eth_getTransactionByHash', [value]))?.value, quantity(amount(n)));
    },
  },
  {
    action: 'receipt',
    says: 'receipt of that payment',
    expects: 'success',
    args: (_, client) => [sent[client]],
    holds: ({ value }) => value === 1,
  },
  {
    action: 'switchChain',
    says: 'switch to another network, approved',
    expects: 'no error',
    args: ({ other }) => [other.chainId],
    holds: ({ error }) => !error,
  },
  {
    action: 'chainId',
    says: 'chain id afterwards',
    expects: '31338',
    holds: ({ value }, { other }) => value === other.chainId,
    why: { ethers: 'ethers answers with the network that it knew before, once; it asks and learns at the same time.' },
  },
  {
    action: 'switchChain',
    says: 'switch back, approved',
    expects: 'no error',
    args: ({ chain }) => [chain.chainId],
    holds: ({ error }) => !error,
  },
  {
    action: 'request',
    says: 'switch to a network that the user does not have',
    expects: 'code 4902',
    args: () => ['wallet_switchEthereumChain', [{ chainId: '0x999999' }]],
    holds: ({ error }) => error?.code === 4902,
  },
  {
    action: 'request',
    says: 'a method that nobody has',
    expects: 'code 4200',
    args: () => ['candor_nothing', []],
    holds: ({ error }) => error?.code === 4200,
  },
  {
    action: 'request',
    says: 'a transaction with both styles of fees',
    expects: 'code −32602',
    args: ({ me, you }) => [
      'eth_sendTransaction',
      [{ from: me, to: you, value: '0x1', gasPrice: '0x3b9aca00', maxFeePerGas: '0x3b9aca00' }],
    ],
    holds: ({ error }) => error?.code === -32602,
  },
];

/** Refused where the others are approved. @type {Call} */
export const REFUSED = {
  action: 'signMessage',
  says: 'sign a message, refused',
  expects: 'code 4001',
  args: ({ me }) => [me, 'No, thank you'],
  holds: ({ error }) => error?.code === 4001,
};
