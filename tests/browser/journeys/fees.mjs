import assert from 'node:assert/strict';
import { parseGwei } from 'viem';

import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

const [ME, , YOU] = /** @type {[string, string, string]} */ (/** @type {unknown} */ (ANVIL_ACCOUNTS));

/**
 * Everything that the account in view has, on its way to another, up to the last look.
 * @param {import('../lib/page.mjs').Page} home
 */
async function everything(home) {
  await home.click('send-open');
  await home.screen('send');
  await home.fill('send-to', YOU);
  await until('the balance to be known', async () => {
    await home.click('send-max');
    return (await home.attr('send-max', 'aria-pressed')) === 'true';
  });
  await home.click('send-review');
  await home.screen('review');
  await home.waitFor('fee-speeds');
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a speed is chosen, values are typed, and exactly what was shown arrives',
    run: async ({ wallet, chain }) => {
      await wallet.restore();
      const home = await wallet.home();
      await wallet.selectNetwork(home, chain.chainId);
      await everything(home);
      assert.match(await home.text('fee'), /about|less than/);
      assert.match(await home.text('fee-wait'), /usually within/);
      await home.click('fee-speed', { 'data-value': 'fast' });
      await home.waitFor('fee-speed', { 'data-value': 'fast', 'aria-checked': 'true' });
      await home.click('fee-edit');
      await home.fill('fee-max', '1');
      await home.fill('fee-tip', '2');
      await home.click('fee-take');
      assert.match(await home.text('fee-error'), /tip/i);
      await home.fill('fee-max', '5');
      await home.click('fee-take');
      await home.waitFor('fee', { 'data-at-most-wei': String(21_000n * parseGwei('5')) });
      const most = BigInt((await home.attr('fee', 'data-at-most-wei')) ?? 0);
      const before = BigInt(await chain.rpc('eth_getBalance', [ME, 'latest']));
      await home.click('approve');
      await home.click('send-now');
      const sent = await until('the payment on chain', async () => {
        const block = await chain.rpc('eth_getBlockByNumber', ['latest', true]);
        return block.transactions.find((/** @type {any} */ it) => it.from.toLowerCase() === ME.toLowerCase());
      });
      assert.equal(BigInt(sent.value), before - most);
      assert.equal(BigInt(sent.maxFeePerGas), parseGwei('5'));
    },
  },
  {
    name: 'on a network with one price, everything leaves nothing',
    run: async (context) => {
      const { wallet } = context;
      await wallet.restore();
      const old = await context.otherChain(31338, 'berlin');
      const page = await wallet.open('#/add-network');
      await page.screen('add-network');
      await wallet.fillNetwork(page, { name: 'Old chain', url: old.url });
      const home = await wallet.home();
      await wallet.selectNetwork(home, old.chainId);
      await everything(home);
      await home.click('fee-edit');
      await home.waitFor('fee-max');
      assert.equal(await home.has('fee-tip'), false);
      await home.click('approve');
      await home.click('send-now');
      await until('the account to be emptied', async () => BigInt(await old.rpc('eth_getBalance', [YOU, 'latest'])) > 10n ** 22n);
      // Where nobody told us what a network is, a part of the work limit is left over.
      const left = BigInt(await old.rpc('eth_getBalance', [ME, 'latest']));
      assert.ok(left < 10n ** 16n, `${left} is left`);
    },
  },
];
