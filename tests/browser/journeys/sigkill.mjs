import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { openBrowser } from '../lib/browser.mjs';
import { Control, addressesOf, tampered } from '../lib/control.mjs';
import { ANVIL_PHRASE } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

/** How often the browser is killed; `CANDOR_KILLS=50` is the full number (docs/contributing.md). */
const KILLS = Number(process.env.CANDOR_KILLS ?? 6);

const ADDRESSES = addressesOf(ANVIL_PHRASE, 3);

/** The n-th password's key: every change of password is one to the next. @param {number} n */
const keyOf = (n) => n.toString(16).padStart(2, '0').repeat(32);

/** Numbers below a bound, the same in every run. @param {number} seed */
function numbers(seed) {
  let state = seed;
  // Numerical Recipes' generator; its upper bits are good enough to choose moments.
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Ends the browser and everything it started, at once. @param {import('../lib/browser.mjs').Driver} driver */
async function kill(driver) {
  const child = driver.inner.process();
  assert.ok(child?.pid, 'the browser is a process of its own');
  const gone = new Promise((resolve) => child.once('exit', resolve));
  // It leads a process group, in which all of its processes are.
  process.kill(-child.pid, 'SIGKILL');
  await gone;
}

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: `the browser killed ${KILLS} times while it writes: locked, the password opens, what was confirmed is there`,
    run: async ({ browser, endings }) => {
      const { dist, remove } = await tampered(browser);
      const profile = await mkdtemp(path.join(os.tmpdir(), `candor-${browser}-`));
      endings.push(remove, () => rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));
      const open = async () => {
        const driver = await openBrowser({ browser, dist, profile });
        return { driver, control: await Control.open(driver) };
      };
      let { driver, control } = await open();
      endings.push(() => driver.close());
      await control.make({ phrase: ANVIL_PHRASE, accounts: ADDRESSES.length, key: keyOf(0) });

      const choose = numbers(3);
      // What was confirmed, and what was on its way when the browser was killed.
      let [name, named] = ['Account 1', 'Account 1'];
      let [key, keyed] = [0, 0];
      for (let round = 1; round <= KILLS; round += 1) {
        for (let left = choose(6); left >= 0; left -= 1) {
          const last = left === 0;
          /** @type {Promise<unknown>} */
          let write;
          if (choose(3) === 0) {
            keyed = key + 1;
            write = control.changePassword(keyOf(key), keyOf(keyed));
            if (!last) await write;
            if (!last) key = keyed;
          } else {
            named = `Round ${round}.${left}`;
            write = control.call('RenameAccount', { address: ADDRESSES[0], name: named });
            if (!last) await write;
            if (!last) name = named;
          }
          // The last one is still under way when the browser goes.
          if (last) write.catch(() => {});
        }
        // Up to some milliseconds into it, in turns of the event loop.
        for (let turns = choose(12); turns > 0; turns -= 1) await new Promise((next) => setImmediate(next));
        await kill(driver);

        ({ driver, control } = await open());
        const { stage } = await control.call('Status');
        assert.equal(stage, 'locked', `round ${round}`);
        const keys = [...new Set([key, keyed])];
        const opens = await Promise.all(
          keys.map((n) => control.call('Unlock', { key: keyOf(n) }).then(() => true, () => false)),
        );
        assert.equal(opens.filter(Boolean).length, 1, `round ${round}: exactly one of the passwords ${keys} opens`);
        key = keyed = /** @type {number} */ (keys[opens.indexOf(true)]);
        const accounts = await until('the accounts', () => control.accounts());
        assert.deepEqual(accounts.map(({ address }) => address), ADDRESSES, `round ${round}`);
        assert.ok([name, named].includes(accounts[0]?.name ?? ''), `round ${round}: ${accounts[0]?.name}, not ${name}`);
        name = named = accounts[0]?.name ?? '';
      }
    },
  },
];
