import assert from 'node:assert/strict';
import { createSiweMessage } from 'viem/siwe';

import { TYPED_DATA } from '../lib/samples.mjs';
import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

const [ME, OTHER] = /** @type {[string, string]} */ (/** @type {unknown} */ (ANVIL_ACCOUNTS));

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'five repeated connects join one prompt and all resolve alike',
    run: async (context) => {
      const { wallet, driver } = context;
      await wallet.restore();
      const dapp = await context.dapp('raw');
      const all = [];
      for (let n = 0; n < 5; n += 1) all.push(await dapp.start('request', { method: 'eth_requestAccounts' }));
      const approval = await wallet.approval('connect');
      all.push(await dapp.start('request', { method: 'eth_requestAccounts' }));
      const windows = (await driver.pages()).filter((page) => page.inner.url().includes('#/approval'));
      assert.ok(windows.length <= 1, 'one window');
      await approval.press();
      for (const n of all) assert.deepEqual(await dapp.value(n), [ME.toLowerCase()]);
      await until('the window to close', () => approval.page.isClosed());
    },
  },
  {
    name: 'closing the window refuses with 4001, and the next request opens it again',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const dapp = await context.dapp('raw');
      const first = await dapp.start('request', { method: 'eth_requestAccounts' });
      await (await wallet.approval('connect')).page.close();
      assert.equal((await dapp.error(first)).code, 4001);
      const second = await dapp.start('request', { method: 'eth_requestAccounts' });
      await wallet.rejectNext('connect');
      assert.equal((await dapp.error(second)).code, 4001);
      const third = await dapp.start('request', { method: 'eth_requestAccounts' });
      await wallet.approveNext('connect');
      assert.deepEqual(await dapp.value(third), [ME.toLowerCase()]);
    },
  },
  {
    name: 'leaving the page cancels its request and closes the window',
    run: async (context) => {
      await context.wallet.restore();
      const dapp = await context.dapp('raw');
      await dapp.start('request', { method: 'eth_requestAccounts' });
      const approval = await context.wallet.approval('connect');
      await dapp.page.goto(`${context.shared.otherSite.origin}/raw.html`);
      await until('the window to close', () => approval.page.isClosed());
    },
  },
  {
    name: 'requests of one site queue; requests of another never share its screen',
    run: async (context) => {
      const { wallet, shared } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      const other = await context.dapp('raw', shared.otherSite.origin);
      const ask = (/** @type {string} */ text) => ({
        method: 'personal_sign',
        params: [`0x${Buffer.from(text).toString('hex')}`, account],
      });
      const one = await dapp.start('request', ask('first'));
      const two = await dapp.start('request', ask('second'));
      const foreign = await other.start('request', { method: 'eth_requestAccounts' });
      const first = await wallet.approval('message', { origin: dapp.origin });
      assert.match(await first.page.text('approval'), /first/);
      assert.doesNotMatch(await first.page.text('screen'), new RegExp(new URL(other.origin).host));
      await first.approve();
      await dapp.value(one);
      await until('the second', async () => /second/.test(await first.page.text('approval')));
      await (await wallet.approval('message', { origin: dapp.origin })).approve();
      await dapp.value(two);
      await wallet.rejectNext('connect', { origin: other.origin });
      assert.equal((await other.error(foreign)).code, 4001);
    },
  },
  {
    name: 'a site sees its own chain, accounts and events, and none on reload',
    run: async (context) => {
      const { wallet, shared, driver } = context;
      await wallet.restore({ accounts: 2 });
      const { dapp } = await context.connected('raw');
      const other = await context.dapp('raw', shared.otherSite.origin);
      assert.deepEqual(await other.request('eth_accounts'), []);
      const chainOfOther = await other.request('eth_chainId');
      const other1 = await context.otherChain();
      const adding = await dapp.start('request', {
        method: 'wallet_addEthereumChain',
        params: [
          {
            chainId: '0x7a6a',
            chainName: 'Second chain',
            nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
            rpcUrls: [other1.url],
          },
        ],
      });
      await wallet.approveNext('add-network');
      assert.equal(await dapp.value(adding), null);
      if ((await dapp.request('eth_chainId')) !== '0x7a6a') {
        const switching = await dapp.start('request', {
          method: 'wallet_switchEthereumChain',
          params: [{ chainId: '0x7a6a' }],
        });
        await wallet.approveNext('switch-network');
        assert.equal(await dapp.value(switching), null);
      }
      await dapp.heard('chainChanged', (id) => id === '0x7a6a');
      assert.equal(await other.request('eth_chainId'), chainOfOther, 'another site stays where it was');
      assert.ok(!(await other.events()).some((event) => event.name === 'chainChanged'));
      await dapp.reload();
      assert.equal(await dapp.request('eth_chainId'), '0x7a6a');
      await driver.killWorker();
      assert.equal(await dapp.request('eth_chainId'), '0x7a6a');
      const unwanted = (await dapp.events()).filter((event) => /Changed/.test(event.name));
      assert.deepEqual(unwanted, [], 'neither a reload nor a dead worker is a change');
    },
  },
  {
    name: 'permissions can be asked for, read and given back',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const dapp = await context.dapp('raw');
      assert.deepEqual(await dapp.request('wallet_getPermissions'), []);
      const n = await dapp.start('request', { method: 'wallet_requestPermissions', params: [{ eth_accounts: {} }] });
      await wallet.approveNext('connect');
      const [granted] = /** @type {any[]} */ (await dapp.value(n));
      assert.equal(granted.parentCapability, 'eth_accounts');
      await dapp.request('wallet_revokePermissions', [{ eth_accounts: {} }]);
      await dapp.heard('accountsChanged', (accounts) => accounts.length === 0);
      assert.deepEqual(await dapp.request('eth_accounts'), []);
    },
  },
  {
    name: 'the provider is found by EIP-6963 and as window.ethereum, and serves the old calls',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const dapp = await context.dapp('raw');
      const info = await dapp.do('info');
      assert.equal(info.isEthereum, true);
      assert.match(info.icon, /^data:image\//);
      assert.match(info.uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
      const enable = await dapp.start('enable');
      await wallet.approveNext('connect');
      assert.deepEqual(await dapp.value(enable), [ME.toLowerCase()]);
      assert.equal((await dapp.do('sendAsync', { jsonrpc: '2.0', id: 7, method: 'eth_chainId' })).answer.id, 7);
      assert.match(await dapp.do('send', 'eth_chainId').then((r) => r.result ?? r), /^0x/);
      assert.match(await dapp.request('web3_clientVersion'), /candor/i);
      assert.match(await dapp.request('net_version'), /^\d+$/);
      assert.equal((await dapp.request('eth_coinbase'))?.toLowerCase(), ME.toLowerCase());
      assert.match(await dapp.request('eth_blockNumber'), /^0x/);
    },
  },
  {
    name: 'a dApp of web3.js gives personal_sign a password: it is ignored',
    run: async (context) => {
      await context.wallet.restore();
      const { dapp, account } = await context.connected('raw');
      const n = await dapp.start('request', { method: 'personal_sign', params: ['0x6869', account, ''] });
      await context.wallet.approveNext('message');
      assert.match(await dapp.value(n), /^0x[0-9a-f]{130}$/);
    },
  },
  {
    name: 'accounts that a site was not given cannot be used by it',
    run: async (context) => {
      await context.wallet.restore({ accounts: 2 });
      const { dapp } = await context.connected('raw');
      const requests = [
        { method: 'personal_sign', params: ['0x6869', OTHER] },
        { method: 'eth_signTypedData_v4', params: [OTHER, JSON.stringify(TYPED_DATA)] },
        { method: 'eth_sendTransaction', params: [{ from: OTHER, to: ME, value: '0x1' }] },
      ];
      for (const request of requests) {
        assert.equal((await dapp.error(await dapp.start('request', request))).code, 4100, request.method);
      }
    },
  },
  {
    name: 'a sign-in of this site is said to be one; one for another site is a high risk',
    run: async (context) => {
      const { wallet, chain } = context;
      await wallet.restore();
      const { dapp } = await context.connected('viem-dapp');
      const here = new URL(dapp.origin);
      const fields = {
        address: /** @type {`0x${string}`} */ (ME),
        chainId: chain.chainId,
        nonce: 'candortest01',
        version: /** @type {const} */ ('1'),
      };
      const own = createSiweMessage({ ...fields, domain: here.host, scheme: 'http', uri: here.href });
      const good = await dapp.start('signMessage', ME, own);
      const asked = await wallet.approval('sign-in', { origin: dapp.origin });
      assert.match(asked.sentence, /^Sign in to localhost:\d+ as /);
      assert.equal(await asked.page.count('risk', { 'data-level': 'high' }), 0);
      await asked.approve();
      assert.match(await dapp.value(good), /^0x/);

      const foreign = createSiweMessage({ ...fields, domain: 'bank.example', uri: 'https://bank.example/' });
      const bad = await dapp.start('signMessage', ME, foreign);
      const page = await until('the request', () => wallet.approvalPage());
      await page.waitFor('risk', { 'data-level': 'high' });
      await page.click('reject');
      assert.equal((await dapp.error(bad)).code, 4001);
    },
  },
  {
    name: 'twenty fast presses of Approve send once',
    run: async (context) => {
      await context.wallet.restore();
      const { dapp, account } = await context.connected('raw');
      const n = await dapp.start('request', {
        method: 'eth_sendTransaction',
        params: [{ from: account, to: OTHER, value: '0x1' }],
      });
      const approval = await context.wallet.approval('transaction');
      await until('the button to be enabled', () => approval.enabled());
      await approval.page.evaluate(() => {
        const button = /** @type {HTMLElement | null} */ (document.querySelector('[data-testid=approve]'));
        for (let press = 0; press < 20; press += 1) button?.click();
      });
      const hash = await dapp.value(n);
      await until('the receipt', () => context.chain.rpc('eth_getTransactionReceipt', [hash]));
      assert.equal(Number(await context.chain.rpc('eth_getTransactionCount', [account, 'latest'])), 1);
    },
  },
  {
    name: 'a frame of another site asks in its own name, and the page around it is named too',
    run: async (context) => {
      const { wallet, driver, shared } = context;
      await wallet.restore();
      const page = await driver.newPage(`${shared.otherSite.origin}/raw.html`);
      await page.evaluate((url) => {
        document.body.appendChild(document.createElement('iframe')).src = url;
      }, `${shared.site.origin}/raw.html`);
      const frame = await until('the frame', () =>
        page.inner.frames().find((one) => one.url().startsWith(shared.site.origin)),
      );
      await until('the frame to find the wallet', () => frame.evaluate(() => /** @type {any} */ (window).ready));
      await frame.evaluate(() => /** @type {any} */ (window).start('request', { method: 'eth_requestAccounts' }));
      const approval = await wallet.approval('connect', { origin: shared.site.origin });
      assert.match(await approval.page.text('top-origin'), new RegExp(new URL(shared.otherSite.origin).host));
      await approval.approve();
      await until('the frame to have its account', () =>
        frame.evaluate(() => /** @type {any} */ (window).results[0].state === 'done'),
      );
      const outer = await page.evaluate(() => /** @type {any} */ (window).provider.request({ method: 'eth_accounts' }));
      assert.deepEqual(outer, [], 'the page around it was given nothing');
    },
  },
];
