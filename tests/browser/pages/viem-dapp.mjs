import { createPublicClient, createWalletClient, custom, defineChain } from 'viem';

import { findProvider, publish } from './harness.mjs';

const { provider } = findProvider();
const transport = custom(provider, { retryCount: 0 });
const wallet = createWalletClient({ transport });
const reader = createPublicClient({ transport });

/** A dApp as people write them with viem. */
publish(provider, {
  connect: () => wallet.requestAddresses(),
  accounts: () => wallet.getAddresses(),
  chainId: () => wallet.getChainId(),
  balance: (address) => reader.getBalance({ address }),
  signMessage: (account, message) => wallet.signMessage({ account, message }),
  signTypedData: (account, data) => wallet.signTypedData({ account, ...data }),
  sendTransaction: (account, { value, ...rest }) =>
    wallet.sendTransaction({ account, chain: null, ...rest, value: value && BigInt(value) }),
  waitForReceipt: (hash) => reader.waitForTransactionReceipt({ hash, pollingInterval: 100 }),
  switchChain: (id) => wallet.switchChain({ id }),
  capabilities: (account) => wallet.getCapabilities({ account }),
  sendCalls: (account, id, calls) =>
    wallet.sendCalls({
      account,
      chain: defineChain({ id, name: '', nativeCurrency: { name: '', symbol: '', decimals: 18 }, rpcUrls: { default: { http: [] } } }),
      calls: calls.map((/** @type {any} */ { value, ...rest }) => ({ ...rest, value: value && BigInt(value) })),
    }),
  waitForCalls: async (id) => {
    const { status, statusCode, atomic, receipts } = await wallet.waitForCallsStatus({ id, pollingInterval: 100 });
    return { status, statusCode, atomic, worked: receipts?.map((receipt) => receipt.status) };
  },
  showCalls: (id) => wallet.showCallsStatus({ id }),
  addChain: ({ id, name, url, symbol = 'ETH' }) =>
    wallet.addChain({
      chain: defineChain({
        id,
        name,
        nativeCurrency: { name: symbol, symbol, decimals: 18 },
        rpcUrls: { default: { http: [url] } },
      }),
    }),
});
