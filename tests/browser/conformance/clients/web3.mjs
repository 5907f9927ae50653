import { Web3 } from 'web3';

/** The first that a subscription brings. @param {any} subscription @returns {Promise<any>} */
const first = (subscription) =>
  new Promise((done, fail) => {
    subscription.on('error', fail);
    subscription.on('data', (/** @type {any} */ data) => subscription.unsubscribe().then(() => done(data), fail));
  });

/** @param {import('./raw.mjs').Detail} detail @returns {import('./raw.mjs').Client} */
export function web3({ provider }) {
  const web3 = new Web3(provider);
  web3.eth.transactionPollingInterval = 100;
  const request = (/** @type {string} */ method, /** @type {unknown} */ params = []) =>
    web3.requestManager.send(/** @type {any} */ ({ method, params }));
  return {
    request,
    connect: () => web3.eth.requestAccounts(),
    accounts: () => web3.eth.getAccounts(),
    chainId: async () => Number(await web3.eth.getChainId()),
    blockNumber: () => web3.eth.getBlockNumber(),
    blockHash: async (number) => (await web3.eth.getBlock(number)).hash,
    balance: (address) => web3.eth.getBalance(address),
    nonce: (address) => web3.eth.getTransactionCount(address),
    code: (address) => web3.eth.getCode(address),
    call: (to, data) => web3.eth.call({ to, data }),
    revert: (to, data) => web3.eth.call({ to, data }),
    estimateGas: (transaction) => web3.eth.estimateGas(transaction),
    logs: async (address, fromBlock) => (await web3.eth.getPastLogs({ address, fromBlock })).length,
    signMessage: (account, text) => web3.eth.personal.sign(text, account, ''),
    signTypedData: (account, data) => web3.eth.signTypedData(account, data),
    sendTransaction: async (from, to, value) => (await web3.eth.sendTransaction({ from, to, value })).transactionHash,
    receipt: async (hash) => Number((await web3.eth.getTransactionReceipt(hash)).status),
    newBlock: async () => Number((await first(await web3.eth.subscribe('newBlockHeaders'))).number),
    newLog: async () => Number((await first(await web3.eth.subscribe('logs', {}))).blockNumber),
    switchChain: (id) => request('wallet_switchEthereumChain', [{ chainId: web3.utils.toHex(id) }]),
  };
}
