import {
  connect,
  createConfig,
  getConnection,
  getBalance,
  getBlock,
  getBlockNumber,
  getBytecode,
  getChainId,
  getConnectorClient,
  getPublicClient,
  getTransactionCount,
  call,
  estimateGas,
  injected,
  sendTransaction,
  signMessage,
  signTypedData,
  switchChain,
  unstable_connector,
  waitForTransactionReceipt,
  watchBlockNumber,
} from '@wagmi/core';
import { defineChain } from 'viem';

import { watched } from './viem.mjs';

const chain = (/** @type {number} */ id, /** @type {string} */ url) =>
  defineChain({
    id,
    name: `Chain ${id}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });

/**
 * wagmi core with the injected connector that it makes for every wallet of EIP-6963. It reads through it, too.
 * @param {import('./raw.mjs').Detail} detail
 * @param {Record<number, string>} networks chain ids, each with a server
 * @returns {import('./raw.mjs').Client}
 */
export function wagmi({ info }, networks) {
  const chains = Object.entries(networks).map(([id, url]) => chain(Number(id), url));
  const config = createConfig({
    chains: /** @type {any} */ (chains),
    transports: Object.fromEntries(chains.map(({ id }) => [id, unstable_connector(injected, { retryCount: 0 })])),
    storage: null,
    pollingInterval: 100,
  });
  const connector = () => {
    const found = config.connectors.find(({ name }) => name === info.name);
    if (!found) throw new Error('wagmi does not find the wallet');
    return found;
  };
  const chainId = () => /** @type {any} */ (getChainId(config));
  return {
    request: async (method, params) =>
      (await getConnectorClient(config)).request(/** @type {any} */ ({ method, params }), { retryCount: 0 }),
    connect: async () => (await connect(config, { connector: connector() })).accounts,
    accounts: () => getConnection(config).addresses,
    chainId,
    blockNumber: () => getBlockNumber(config, { cacheTime: 0 }),
    blockHash: async (number) => (await getBlock(config, { blockNumber: BigInt(number) })).hash,
    balance: async (address) => (await getBalance(config, { address })).value,
    nonce: (address) => getTransactionCount(config, { address }),
    code: (address) => getBytecode(config, { address }),
    call: async (to, data) => (await call(config, { to, data })).data,
    revert: (to, data) => call(config, { to, data }),
    estimateGas: ({ from, to, value }) => estimateGas(config, { account: from, to, value: BigInt(value) }),
    logs: async (address, fromBlock) =>
      (await getPublicClient(config)?.getLogs({ address, fromBlock: BigInt(fromBlock) }))?.length,
    signMessage: (account, message) => signMessage(config, { account, message }),
    signTypedData: (account, data) => signTypedData(config, { account, ...data }),
    sendTransaction: (account, to, value) => sendTransaction(config, { account, to, value: BigInt(value) }),
    receipt: async (hash) => ((await waitForTransactionReceipt(config, { hash })).status === 'success' ? 1 : 0),
    newBlock: () =>
      watched((done) => watchBlockNumber(config, { onBlockNumber: (number) => done(Number(number)) })),
    newLog: () =>
      watched((done) => {
        const reader = /** @type {NonNullable<ReturnType<typeof getPublicClient>>} */ (getPublicClient(config));
        return reader.watchEvent({ onLogs: (/** @type {any[]} */ [log]) => done(Number(log.blockNumber)) });
      }),
    switchChain: async (id) => void (await switchChain(config, { chainId: /** @type {any} */ (id) })),
  };
}
