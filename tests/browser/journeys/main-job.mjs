import assert from 'node:assert/strict';
import { recoverTransactionAddress, verifyMessage, verifyTypedData } from 'viem';

import { TYPED_DATA } from '../lib/samples.mjs';
import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

/**
 * @param {'viem-dapp' | 'ethers-dapp'} name
 * @returns {import('../run.mjs').Journey}
 */
const mainJob = (name) => ({
  name: `${name}: connect, sign a message and typed data, send, switch chain from the dApp and from the popup`,
  run: async (context) => {
    const { wallet, chain } = context;
    await wallet.restore();
    const dapp = await context.dapp(name);
    const site = { origin: dapp.origin };
    assert.deepEqual(await dapp.do('accounts'), [], 'a stranger sees no account');

    const connect = await dapp.start('connect');
    const connecting = await wallet.approveNext('connect', site);
    assert.match(connecting, /localhost/);
    const accounts = /** @type {string[]} */ (await dapp.value(connect));
    assert.equal(accounts[0]?.toLowerCase(), ANVIL_ACCOUNTS[0]?.toLowerCase());
    const account = /** @type {`0x${string}`} */ (ANVIL_ACCOUNTS[0]);
    assert.equal(await dapp.do('chainId'), chain.chainId);

    const message = 'I agree to the rules.';
    const signing = await dapp.start('signMessage', account, message);
    const words = await wallet.approval('message', site);
    assert.equal(words.account?.toLowerCase(), account.toLowerCase());
    assert.match(`${words.sentence} ${await words.page.text('approval')}`, /I agree to the rules\./);
    await words.approve();
    assert.ok(await verifyMessage({ address: account, message, signature: await dapp.value(signing) }));

    const typed = { ...TYPED_DATA, domain: { ...TYPED_DATA.domain, chainId: chain.chainId } };
    const typing = await dapp.start('signTypedData', account, typed);
    await wallet.approveNext('typed-data', site);
    const signature = await dapp.value(typing);
    assert.ok(await verifyTypedData({ ...typed, address: account, signature }), 'the typed signature verifies');

    const to = /** @type {string} */ (ANVIL_ACCOUNTS[4]);
    const before = BigInt(await chain.rpc('eth_getBalance', [to, 'latest']));
    const sending = await dapp.start('sendTransaction', account, { to, value: '250000000000000000' });
    const payment = await wallet.approval('transaction', site);
    assert.match(payment.sentence, /0\.25 ETH/);
    assert.equal(payment.chainId, chain.chainId);
    await payment.page.waitFor('fee');
    await payment.approve();
    const hash = await dapp.value(sending);
    await dapp.do('waitForReceipt', hash);
    const mined = await chain.rpc('eth_getTransactionByHash', [hash]);
    assert.equal(mined.from, account.toLowerCase());
    assert.equal(BigInt(await chain.rpc('eth_getBalance', [to, 'latest'])) - before, 250_000_000_000_000_000n);
    const raw = await chain.rpc('eth_getRawTransactionByHash', [hash]).catch(() => null);
    if (raw) assert.equal(await recoverTransactionAddress({ serializedTransaction: raw }), account);

    const other = await context.otherChain();
    const adding = await dapp.start('addChain', { id: other.chainId, name: 'Second chain', url: other.url });
    assert.match(await wallet.approveNext('add-network', site), /Second chain/);
    await dapp.value(adding);
    const switching = await dapp.start('switchChain', other.chainId);
    const already = await dapp.request('eth_chainId') === `0x${other.chainId.toString(16)}`;
    if (!already) await wallet.approveNext('switch-network', site);
    await dapp.value(switching);
    await dapp.heard('chainChanged', (id) => Number(id) === other.chainId);
    assert.equal(Number(await dapp.request('eth_chainId')), other.chainId);
    await until('the library to see it', async () => (await dapp.do('chainId')) === other.chainId);
    const there = await dapp.start('sendTransaction', account, { to, value: '1' });
    const second = await wallet.approval('transaction', site);
    assert.equal(second.chainId, other.chainId);
    await second.approve();
    const receipt = await dapp.value(there);
    assert.ok(await until('it on the second chain', () => other.rpc('eth_getTransactionReceipt', [receipt])));

    await wallet.switchSiteNetwork(dapp.page, chain.chainId);
    await dapp.heard('chainChanged', (id) => Number(id) === chain.chainId);
    assert.equal(Number(await dapp.request('eth_chainId')), chain.chainId);
    await until('the library to see it', async () => (await dapp.do('chainId')) === chain.chainId);
  },
});

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [mainJob('viem-dapp'), mainJob('ethers-dapp')];
