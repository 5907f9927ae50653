import { BrowserProvider } from 'ethers';

/** @param {import('./raw.mjs').Detail} detail @returns {import('./raw.mjs').Client} */
export function ethers({ provider }) {
  const reader = new BrowserProvider(provider, 'any');
  return {
    request: (method, params) => reader.send(method, params ?? []),
    connect: () => reader.send('eth_requestAccounts', []),
    accounts: async () => (await reader.listAccounts()).map(({ address }) => address),
    chainId: async () => Number((await reader.getNetwork()).chainId),
    blockNumber: () => reader.getBlockNumber(),
    blockHash: async (number) => (await reader.getBlock(number))?.hash,
    balance: (address) => reader.getBalance(address),
    nonce: (address) => reader.getTransactionCount(address),
    code: (address) => reader.getCode(address),
    call: (to, data) => reader.call({ to, data }),
    revert: (to, data) => reader.call({ to, data }),
    estimateGas: (transaction) => reader.estimateGas(transaction),
    logs: async (address, fromBlock) => (await reader.getLogs({ address, fromBlock })).length,
    signMessage: async (account, text) => (await reader.getSigner(account)).signMessage(text),
    signTypedData: async (account, { domain, types, message }) => {
      const { EIP712Domain: _, ...own } = types;
      return (await reader.getSigner(account)).signTypedData(domain, own, message);
    },
    sendTransaction: async (account, to, value) =>
      (await (await reader.getSigner(account)).sendTransaction({ to, value: BigInt(value) })).hash,
    receipt: async (hash) => (await reader.waitForTransaction(hash))?.status,
    newBlock: () => new Promise((done) => void reader.once('block', done)),
    newLog: () => new Promise((done) => void reader.once({ topics: [] }, ({ blockNumber }) => done(blockNumber))),
    switchChain: (id) => reader.send('wallet_switchEthereumChain', [{ chainId: `0x${id.toString(16)}` }]),
  };
}
