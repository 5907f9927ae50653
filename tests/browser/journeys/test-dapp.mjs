import assert from 'node:assert/strict';
import { recoverMessageAddress } from 'viem';

import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { TestDapp } from '../lib/test-dapp.mjs';
import { until } from '../lib/until.mjs';

/** @param {import('../lib/context.mjs').Context} context */
async function connected({ wallet, driver, shared, chain }) {
  await wallet.restore();
  const dapp = await TestDapp.open(driver, shared.testDapp.origin);
  const { account } = await dapp.connect(wallet);
  assert.equal(account.toLowerCase(), ANVIL_ACCOUNTS[0]?.toLowerCase());
  await dapp.read('chainId', (text) => Number(text) === chain.chainId);
  return dapp;
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'connect, personal sign, and typed data that the test dApp itself checks',
    run: async (context) => {
      const { wallet } = context;
      const dapp = await connected(context);
      const me = ANVIL_ACCOUNTS[0]?.toLowerCase();
      const isHex = (/** @type {string} */ text) => text.startsWith('0x');

      await dapp.press('personalSign');
      await wallet.approveNext('message');
      const signature = /** @type {`0x${string}`} */ (await dapp.read('personalSignResult', isHex));
      // Not by the dApp's own check, which needs the node method personal_ecRecover.
      const message = 'Example `personal_sign` message';
      assert.equal((await recoverMessageAddress({ message, signature })).toLowerCase(), me);

      await dapp.press('signTypedDataV4');
      await wallet.approveNext('typed-data');
      await dapp.read('signTypedDataV4Result', isHex);
      await dapp.press('signTypedDataV4Verify');
      assert.equal(await dapp.read('signTypedDataV4VerifyResult'), me);
    },
  },
  {
    name: 'legacy and EIP-1559 payments, a deployed token, its transfer and approval',
    run: async (context) => {
      const { wallet, chain } = context;
      const dapp = await connected(context);
      const nonce = async () =>
        Number(await chain.rpc('eth_getTransactionCount', [ANVIL_ACCOUNTS[0], 'latest']));
      let sent = await nonce();
      /** @param {string} button @param {RegExp} sentence */
      const act = async (button, sentence) => {
        await dapp.press(button);
        await wallet.approveNext('transaction', { says: sentence });
        sent += 1;
        await until(`${button} on chain`, async () => (await nonce()) === sent);
      };
      await act('sendButton', /^Send 0 ETH /);
      await act('sendEIP1559Button', /^Send 0 ETH /);
      await act('createToken', /contract/i);
      await dapp.read('erc20TokenAddresses', (text) => text.includes('0x'));
      await act('transferTokens', /^Send 1\.5 TST /);
      await act('approveTokens', /spend .*TST/);
      await act('deployButton', /contract/i);
      await dapp.read('contractStatus', (text) => /deployed/i.test(text));
      await act('depositButton', /./);
    },
  },
];
