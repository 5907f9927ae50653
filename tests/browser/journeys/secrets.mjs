import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { HDNodeWallet, Mnemonic } from 'ethers';

import { searchEverywhere, spellings } from '../lib/secrets.mjs';
import { readCopies } from '../lib/storage.mjs';
import { until } from '../lib/until.mjs';
import { keysOf } from '../lib/vault.mjs';
import { PASSWORD } from '../lib/wallet.mjs';

/** Everything that a phrase stands for. @param {Mnemonic} mnemonic */
function needlesOf(mnemonic) {
  const seed = Buffer.from(mnemonic.computeSeed().slice(2), 'hex');
  const root = HDNodeWallet.fromSeed(seed);
  const keys = [0, 1].map((n) => {
    const { privateKey } = root.derivePath(`m/44'/60'/0'/0/${n}`);
    return spellings(`private key ${n}`, Buffer.from(privateKey.slice(2), 'hex'));
  });
  return [
    spellings('phrase', mnemonic.phrase, { passed: true }),
    // Part of the phrase is as bad: three words in a row are no accident.
    spellings('words of the phrase', mnemonic.phrase.split(' ').slice(3, 6).join(' '), { passed: true }),
    spellings('entropy', Buffer.from(mnemonic.entropy.slice(2), 'hex'), { passed: true }),
    spellings('seed', seed, { passed: true }),
    spellings('root key', Buffer.from(root.privateKey.slice(2), 'hex')),
    ...keys,
    spellings('password', PASSWORD),
  ].flat();
}

/** @param {import('../lib/context.mjs').Context} context */
async function useEverything(context) {
  const mnemonic = Mnemonic.fromEntropy(randomBytes(16));
  await context.wallet.restore({ phrase: mnemonic.phrase, accounts: 2 });
  const { dapp, account } = await context.connected('raw');
  await context.chain.rpc('anvil_setBalance', [account, '0xde0b6b3a7640000']);
  for (const [request, kind] of /** @type {const} */ ([
    [{ method: 'personal_sign', params: ['0x6869', account] }, 'message'],
    [{ method: 'eth_sendTransaction', params: [{ from: account, to: account, value: '0x1' }] }, 'transaction'],
  ])) {
    const n = await dapp.start('request', request);
    await context.wallet.approveNext(kind);
    await dapp.value(n);
  }
  return mnemonic;
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'after locking, no phrase, entropy, seed, key or password is anywhere; a planted secret is found',
    run: async (context) => {
      const { wallet, driver } = context;
      const mnemonic = await useEverything(context);
      const home = await wallet.home();
      const { a } = await readCopies(home);
      // Not read from the browser while it is unlocked: a secret that a test handles there is found for that reason.
      const { slotKey, dataKey } = await keysOf(/** @type {string} */ (a), PASSWORD);
      const needles = [
        ...needlesOf(mnemonic),
        ...spellings('slot key', slotKey, { passed: true }),
        ...spellings('data key', dataKey, { passed: true }),
      ];
      await home.click('lock');
      await home.screen('unlock');
      const { found, places } = await searchEverywhere(driver, needles);
      assert.deepEqual(found, [], `searched ${places.length} places`);

      const secret = randomBytes(24).toString('hex');
      const planted = spellings('planted', secret);
      await home.evaluate(async (text) => {
        const global = /** @type {any} */ (globalThis);
        await global.chrome.storage.local.set({ planted: text });
        document.body.setAttribute('data-planted', text);
        global.planted = new WebAssembly.Memory({ initial: 1 });
        new Uint8Array(global.planted.buffer).set(new TextEncoder().encode(text), 4096);
      }, secret);
      const seen = (await searchEverywhere(driver, planted)).found;
      const expected = ['storage.local', 'document'];
      expected.push(...(driver.name === 'chromium' ? ['heap of', 'memory'] : ['memory of process']));
      for (const place of expected) {
        assert.ok(seen.some((line) => line.includes(` in ${place}`)), `the planted secret is found in ${place}: ${seen}`);
      }
    },
  },
  {
    name: 'while it is unlocked, neither phrase nor key nor password is in stored data or documents',
    run: async (context) => {
      const mnemonic = await useEverything(context);
      const home = await context.wallet.home();
      await until('the balance', () => home.has('balance-total'));
      const { found } = await searchEverywhere(context.driver, needlesOf(mnemonic));
      const stored = found.filter((line) => !/ in (heap|memory)/.test(line));
      assert.deepEqual(stored, []);
    },
  },
];
