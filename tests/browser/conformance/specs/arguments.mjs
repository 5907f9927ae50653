import { mnemonicToAccount } from 'viem/accounts';

import { TYPED_DATA } from '../../lib/samples.mjs';
import { ANVIL_PHRASE } from '../../lib/services.mjs';
import { CLIENT_NAMES } from '../clients/names.mjs';

/**
 * @typedef {import('../world.mjs').World} World
 * @typedef {import('../clients/names.mjs').ClientName} ClientName
 * @typedef {(world: Prepared, client: ClientName) => unknown[]} Arguments
 * @typedef {World & { raw: Record<ClientName, string>, filters: Record<ClientName, string> }} Prepared a world in
 *   which every client has a signed transaction and a filter of its own
 */

const NONE = () => [];
const HASH = `0x${'ab'.repeat(32)}`;
const quantity = (/** @type {number} */ value) => `0x${value.toString(16)}`;
/** @type {Arguments} */
const blockHash = ({ published }) => [published.block];
/** @type {Arguments} */
const blockNumber = ({ published }) => [quantity(published.number)];
/** @type {Arguments} */
const contract = ({ published }) => [published.contract, 'latest'];
/** @type {Arguments} */
const transaction = ({ published }) => [published.transaction];
/** @type {Arguments} */
const payment = ({ me, you }) => [{ from: me, to: you, value: '0x1' }];
/** @type {Arguments} */
export const logs = ({ published }) => [{ fromBlock: '0x0', toBlock: 'latest', address: published.contract }];
/** @type {Arguments} */
const filter = ({ filters }, client) => [filters[client]];

/** What each described method is asked with. @type {Record<string, Arguments>} */
export const DESCRIBED = {
  eth_accounts: NONE,
  eth_blockNumber: NONE,
  eth_call: ({ published }) => [{ to: published.contract }, 'latest'],
  eth_chainId: NONE,
  eth_coinbase: NONE,
  eth_decrypt: ({ me }) => ['0x7b7d', me],
  eth_estimateGas: payment,
  eth_feeHistory: () => ['0x1', 'latest', [50]],
  eth_gasPrice: NONE,
  eth_getBalance: ({ me }) => [me, 'latest'],
  eth_getBlockByHash: ({ published }) => [published.block, false],
  eth_getBlockByNumber: ({ published }) => [quantity(published.number), false],
  eth_getBlockTransactionCountByHash: blockHash,
  eth_getBlockTransactionCountByNumber: blockNumber,
  eth_getCode: contract,
  eth_getEncryptionPublicKey: ({ me }) => [me],
  eth_getFilterChanges: filter,
  eth_getFilterLogs: filter,
  eth_getLogs: logs,
  eth_getProof: ({ published }) => [published.contract, [`0x${'00'.repeat(32)}`], 'latest'],
  eth_getStorageAt: ({ published }) => [published.contract, '0x0', 'latest'],
  eth_getTransactionByBlockHashAndIndex: ({ published }) => [published.block, '0x0'],
  eth_getTransactionByBlockNumberAndIndex: ({ published }) => [quantity(published.number), '0x0'],
  eth_getTransactionByHash: transaction,
  eth_getTransactionCount: ({ me }) => [me, 'latest'],
  eth_getTransactionReceipt: transaction,
  eth_getUncleCountByBlockHash: blockHash,
  eth_getUncleCountByBlockNumber: blockNumber,
  eth_newBlockFilter: NONE,
  eth_newFilter: logs,
  eth_newPendingTransactionFilter: NONE,
  eth_requestAccounts: NONE,
  eth_sendRawTransaction: ({ raw }, client) => [raw[client]],
  eth_sendTransaction: payment,
  eth_signTypedData_v4: ({ me }) => [
    me,
    {
      ...TYPED_DATA,
      types: { EIP712Domain: [{ name: 'name', type: 'string' }], ...TYPED_DATA.types },
      domain: { name: TYPED_DATA.domain.name },
    },
  ],
  eth_subscribe: () => ['newHeads'],
  eth_syncing: NONE,
  eth_uninstallFilter: filter,
  eth_unsubscribe: () => ['0x1'],
  personal_sign: ({ me }) => ['0x48656c6c6f', me],
  wallet_addEthereumChain: ({ other }) => [
    {
      chainId: quantity(other.chainId),
      chainName: 'Second chain',
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: [other.url],
    },
  ],
  wallet_createSession: () => [{}, { 'eip155:31337': { methods: ['eth_accounts'], notifications: [], accounts: [] } }],
  wallet_getCallsStatus: () => [HASH],
  wallet_getCapabilities: ({ me }) => [me],
  wallet_getGrantedExecutionPermissions: NONE,
  wallet_getPermissions: NONE,
  wallet_getSession: NONE,
  wallet_getSupportedExecutionPermissions: NONE,
  wallet_invokeMethod: () => ['eip155:31337', { method: 'eth_chainId', params: [] }],
  wallet_registerOnboarding: NONE,
  wallet_requestExecutionPermissions: () => [[]],
  wallet_requestPermissions: () => [{ eth_accounts: {} }],
  wallet_revokePermissions: () => [{ eth_accounts: {} }],
  wallet_revokeSession: NONE,
  wallet_scanQRCode: () => ['.*'],
  wallet_sendCalls: ({ me, you }) => [
    { version: '2.0.0', from: me, chainId: '0x7a69', atomicRequired: false, calls: [{ to: you, value: '0x1' }] },
  ],
  wallet_switchEthereumChain: ({ chain }) => [{ chainId: quantity(chain.chainId) }],
  wallet_watchAsset: ({ published }) =>
    /** @type {any} */ ({ type: 'ERC20', options: { address: published.token, symbol: 'FOO', decimals: 18 } }),
  web3_clientVersion: NONE,
};

/** What methods are asked with that are forwarded, and that no description here has. @type {Record<string, Arguments>} */
export const UNDESCRIBED = {
  eth_blobBaseFee: NONE,
  eth_capabilities: NONE,
  eth_config: NONE,
  eth_createAccessList: ({ me, published }) => [{ from: me, to: published.contract }, 'latest'],
  eth_getAccount: contract,
  eth_getAccountInfo: contract,
  eth_getBlockAccessList: blockNumber,
  eth_getBlockReceipts: blockNumber,
  eth_getHeaderByHash: blockHash,
  eth_getHeaderByNumber: blockNumber,
  eth_getRawTransactionByHash: transaction,
  eth_getStorageValues: ({ published }) => [{ [published.contract]: [`0x${'00'.repeat(32)}`] }, 'latest'],
  eth_getUncleByBlockHashAndIndex: ({ published }) => [published.block, '0x0'],
  eth_getUncleByBlockNumberAndIndex: ({ published }) => [quantity(published.number), '0x0'],
  eth_maxPriorityFeePerGas: NONE,
  eth_protocolVersion: NONE,
  // Refused by every node, for its signature is none: a good one could be sent only once.
  eth_sendRawTransactionSync: () => ['0x02'],
  eth_simulateV1: ({ published }) => [{ blockStateCalls: [{ calls: [{ to: published.contract }] }] }, 'latest'],
  net_listening: NONE,
  net_peerCount: NONE,
  web3_sha3: () => ['0x68656c6c6f'],
};

/** @param {Record<string, Arguments>} table @param {string} method @returns {Arguments} */
export function argumentsOf(table, method) {
  const found = table[method];
  if (!found) throw new Error(`nobody has said what to ask ${method} with, in conformance/specs/arguments.mjs`);
  return found;
}

/** These change what the others see, so they come last, in this order. */
export const LAST = [
  'eth_sendRawTransaction',
  'eth_sendTransaction',
  'eth_uninstallFilter',
  'wallet_addEthereumChain',
  'wallet_switchEthereumChain',
  'wallet_requestPermissions',
  'wallet_revokePermissions',
  'wallet_revokeSession',
];

/** Gives every client what only it may use up. @param {World} world @returns {Promise<Prepared>} */
export async function prepared(world) {
  const { chain, you, published } = world;
  const account = mnemonicToAccount(ANVIL_PHRASE, { addressIndex: 4 });
  const entries = await Promise.all(
    CLIENT_NAMES.map(async (client, nonce) => {
      const fees = { gas: 21_000n, maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 1n };
      const to = /** @type {`0x${string}`} */ (you);
      const raw = await account.signTransaction({
        chainId: chain.chainId,
        nonce,
        to,
        value: 1n,
        type: 'eip1559',
        ...fees,
      });
      const filter = { fromBlock: '0x0', address: published.contract };
      const { value: own } = await world.ask(client, 'request', 'eth_newFilter', [filter]);
      return { client, raw, own };
    }),
  );
  return Object.assign(world, {
    raw: /** @type {Record<ClientName, string>} */ (
      Object.fromEntries(entries.map(({ client, raw }) => [client, raw]))
    ),
    filters: /** @type {Record<ClientName, string>} */ (
      Object.fromEntries(entries.map(({ client, own }) => [client, own]))
    ),
  });
}
