import assert from 'node:assert/strict';

import { ANVIL_ACCOUNTS } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';
import { Approval } from '../lib/wallet.mjs';

/** @typedef {import('../lib/context.mjs').Context} Context */

const [ME, , , , YOU] = ANVIL_ACCOUNTS;

/** What is asked: the request, the kind of its approval, and how many transactions it makes. */
const ACTS = {
  connect: { kind: 'connect', args: { method: 'eth_requestAccounts' }, sends: 0 },
  sign: { kind: 'message', args: { method: 'personal_sign', params: ['0x6869', ME] }, sends: 0 },
  send: {
    kind: 'transaction',
    args: { method: 'eth_sendTransaction', params: [{ from: ME, to: YOU, value: '0x1' }] },
    sends: 1,
  },
};

/** When the worker is killed. */
const MOMENTS = /** @type {const} */ (['on arrival', 'while the prompt is open', 'right after the approval']);

/**
 * Presses Approve until the request is settled: a press that the dying worker did not hear leaves the prompt open.
 * @param {Context} context @param {import('../lib/dapp.mjs').Dapp} dapp @param {number} n
 */
const settle = ({ wallet }, dapp, n) =>
  until('the request to settle', async () => {
    if ((await dapp.peek(n)).state !== 'pending') return true;
    const page = await wallet.approvalPage();
    if (page) {
      const approval = new Approval(page, { sentence: '' });
      if (await approval.enabled()) await approval.press();
    }
    return false;
  });

/**
 * @param {keyof typeof ACTS} act
 * @returns {import('../run.mjs').Journey}
 */
const killed = (act) => ({
  name: `${act}: the worker killed at any moment loses nothing and repeats nothing`,
  run: async (context) => {
    const { wallet, driver, chain } = context;
    await wallet.restore();
    const { kind, args, sends } = ACTS[act];
    const dapp = act === 'connect' ? await context.dapp('raw') : (await context.connected('raw')).dapp;
    let sent = 0;
    for (const moment of MOMENTS) {
      if (act === 'connect') await dapp.request('wallet_revokePermissions', [{ eth_accounts: {} }]).catch(() => {});
      const events = (await dapp.events()).length;
      const n = await dapp.start('request', args);
      if (moment === 'on arrival') assert.ok(await driver.killWorker(), 'a worker was running');
      const approval = await wallet.approval(kind);
      const { sentence } = approval;
      if (moment === 'while the prompt is open') {
        assert.ok(await driver.killWorker(), 'a worker was running');
        assert.equal((await wallet.approval(kind)).sentence, sentence, 'the prompt says the same');
      }
      await approval.press();
      if (moment === 'right after the approval') await driver.killWorker();
      await settle(context, dapp, n);
      const result = await dapp.peek(n);
      assert.equal(result.state, 'done', `${moment}: ${JSON.stringify(result.error)}`);
      assert.equal(result.settled, 1, moment);
      sent += sends;
      if (act === 'send') {
        const receipt = await until('the receipt', () => chain.rpc('eth_getTransactionReceipt', [result.value]));
        assert.equal(receipt.from, ME?.toLowerCase());
      } else if (act === 'sign') {
        assert.equal((await dapp.events()).length, events, 'the death of a worker is no event for a site');
      }
      assert.equal(Number(await chain.rpc('eth_getTransactionCount', [ME, 'latest'])), sent, `${moment}: sent once`);
    }
  },
});

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [killed('connect'), killed('sign'), killed('send')];
