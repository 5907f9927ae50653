/**
 * What every client here can do. Answers are as the client gives them, but hashes, addresses and quantities are in the
 * form that JSON-RPC has, so that all clients can be held to the same.
 *
 * @typedef {Record<string, (...args: any[]) => any>} Client `request(method, params)` hands a request through; the
 *   others are what people write with this client
 * @typedef {{ provider: any, info: { rdns: string, name: string } }} Detail what EIP-6963 announces
 */

const quantity = (/** @type {number} */ value) => `0x${value.toString(16)}`;

/** The provider as it is: EIP-1193. @param {any} provider @returns {Client} */
export function eip1193(provider) {
  const request = (/** @type {string} */ method, /** @type {unknown} */ params = undefined) =>
    provider.request(params === undefined ? { method } : { method, params });
  return {
    request,
    connect: () => request('eth_requestAccounts'),
    accounts: () => request('eth_accounts'),
    chainId: async () => Number(await request('eth_chainId')),
    blockNumber: async () => Number(await request('eth_blockNumber')),
    blockHash: async (number) => (await request('eth_getBlockByNumber', [quantity(number), false])).hash,
    balance: async (address) => BigInt(await request('eth_getBalance', [address, 'latest'])),
    nonce: async (address) => Number(await request('eth_getTransactionCount', [address, 'latest'])),
    code: (address) => request('eth_getCode', [address, 'latest']),
    call: (to, data) => request('eth_call', [{ to, data }, 'latest']),
    revert: (to, data) => request('eth_call', [{ to, data }, 'latest']),
    estimateGas: async (transaction) => BigInt(await request('eth_estimateGas', [transaction])),
    logs: async (address, fromBlock) =>
      (await request('eth_getLogs', [{ address, fromBlock: quantity(fromBlock), toBlock: 'latest' }])).length,
    signMessage: (account, text) => request('personal_sign', [utf8(text), account]),
    signTypedData: (account, data) => request('eth_signTypedData_v4', [account, JSON.stringify(data)]),
    sendTransaction: (from, to, value) => request('eth_sendTransaction', [{ from, to, value: quantity(value) }]),
    receipt: async (hash) => Number((await request('eth_getTransactionReceipt', [hash])).status),
    switchChain: (id) => request('wallet_switchEthereumChain', [{ chainId: quantity(id) }]),
    newBlock: async () => Number((await first('newHeads')).number),
    newLog: async () => Number((await first('logs', {})).blockNumber),
  };

  /** The first that a subscription brings. @param {any[]} params @returns {Promise<any>} */
  async function first(...params) {
    const id = await request('eth_subscribe', params);
    return new Promise((done) => {
      const heard = (/** @type {any} */ { type, data }) => {
        if (type !== 'eth_subscription' || data.subscription !== id) return;
        provider.removeListener('message', heard);
        done(request('eth_unsubscribe', [id]).then(() => data.result));
      };
      provider.on('message', heard);
    });
  }
}

const utf8 = (/** @type {string} */ text) =>
  `0x${[...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;

/** `window.ethereum`, for dApps that know no EIP-6963, with what was there before EIP-1193. @returns {Client} */
export function raw() {
  const { ethereum } = /** @type {any} */ (window);
  return {
    ...eip1193(ethereum),
    exactly: (args) => ethereum.request(args),
    huge: () => ethereum.request({ method: 'eth_call', params: [{ data: 'x'.repeat(1 << 20) }] }),
    enable: () => ethereum.enable(),
    send: (...args) => ethereum.send(...args),
    sendAsync: (payload) =>
      new Promise((done, fail) =>
        ethereum.sendAsync(payload, (/** @type {unknown} */ error, /** @type {unknown} */ answer) =>
          error ? fail(error) : done(answer),
        ),
      ),
    members: () => ({
      chainId: ethereum.chainId,
      connected: ethereum.isConnected(),
      networkVersion: ethereum.networkVersion,
      selectedAddress: ethereum.selectedAddress,
    }),
  };
}
