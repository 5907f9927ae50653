import { BrowserProvider } from 'ethers';

import { findProvider, publish } from './harness.mjs';

const { provider } = findProvider();
const ethers = new BrowserProvider(provider, 'any');

/** A dApp as people write them with ethers. */
publish(provider, {
  connect: () => ethers.send('eth_requestAccounts', []),
  accounts: () => ethers.send('eth_accounts', []),
  chainId: async () => Number((await ethers.getNetwork()).chainId),
  balance: (address) => ethers.getBalance(address),
  signMessage: async (account, message) => (await ethers.getSigner(account)).signMessage(message),
  signTypedData: async (account, { domain, types, message }) => {
    const { EIP712Domain: _, ...own } = types;
    return (await ethers.getSigner(account)).signTypedData(domain, own, message);
  },
  sendTransaction: async (account, { value, ...rest }) => {
    const signer = await ethers.getSigner(account);
    return (await signer.sendTransaction({ ...rest, value: value && BigInt(value) })).hash;
  },
  waitForReceipt: async (hash) => (await ethers.waitForTransaction(hash))?.toJSON(),
  switchChain: (id) => ethers.send('wallet_switchEthereumChain', [{ chainId: `0x${id.toString(16)}` }]),
  addChain: ({ id, name, url, symbol = 'ETH' }) =>
    ethers.send('wallet_addEthereumChain', [
      {
        chainId: `0x${id.toString(16)}`,
        chainName: name,
        nativeCurrency: { name: symbol, symbol, decimals: 18 },
        rpcUrls: [url],
      },
    ]),
});
