import { createPublicClient, createWalletClient, custom } from 'viem';

/**
 * What something that is watched brings first.
 * @param {(done: (value: number) => void) => () => void} watch says how to end it
 * @returns {Promise<number>}
 */
export const watched = (watch) =>
  new Promise((done) => {
    const end = watch((value) => {
      end();
      done(value);
    });
  });

/** @param {import('./raw.mjs').Detail} detail @returns {import('./raw.mjs').Client} */
export function viem({ provider }) {
  const transport = custom(provider, { retryCount: 0 });
  const wallet = createWalletClient({ transport });
  const reader = createPublicClient({ transport, pollingInterval: 100 });
  return {
    request: (method, params) => wallet.request(/** @type {any} */ ({ method, params })),
    connect: () => wallet.requestAddresses(),
    accounts: () => wallet.getAddresses(),
    chainId: () => wallet.getChainId(),
    blockNumber: () => reader.getBlockNumber({ cacheTime: 0 }),
    blockHash: async (number) => (await reader.getBlock({ blockNumber: BigInt(number) })).hash,
    balance: (address) => reader.getBalance({ address }),
    nonce: (address) => reader.getTransactionCount({ address }),
    code: (address) => reader.getCode({ address }),
    call: async (to, data) => (await reader.call({ to, data })).data,
    revert: (to, data) => reader.call({ to, data }),
    estimateGas: ({ from, to, value }) => reader.estimateGas({ account: from, to, value: BigInt(value) }),
    logs: async (address, fromBlock) => (await reader.getLogs({ address, fromBlock: BigInt(fromBlock) })).length,
    signMessage: (account, message) => wallet.signMessage({ account, message }),
    signTypedData: (account, data) => wallet.signTypedData({ account, ...data }),
    sendTransaction: (account, to, value) => wallet.sendTransaction({ account, to, value: BigInt(value), chain: null }),
    receipt: async (hash) => ((await reader.waitForTransactionReceipt({ hash })).status === 'success' ? 1 : 0),
    newBlock: () => watched((done) => reader.watchBlockNumber({ onBlockNumber: (number) => done(Number(number)) })),
    newLog: () => watched((done) => reader.watchEvent({ onLogs: ([log]) => done(Number(log?.blockNumber)) })),
    switchChain: (id) => wallet.switchChain({ id }),
  };
}
