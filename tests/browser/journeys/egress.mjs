import assert from 'node:assert/strict';

import { startRelay } from '../lib/relay.mjs';
import { ANVIL_PHRASE } from '../lib/services.mjs';
import { until } from '../lib/until.mjs';

const ACCOUNTS = 5;

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'from installing to locking only the chosen server is asked, never about two accounts at once, and the list says so',
    run: async (context) => {
      const { wallet, shared, driver, chain } = context;
      const relay = await startRelay(chain.url);
      context.endings.push(() => relay.stop());
      wallet.ownServer = relay.url;
      const before = shared.proxy.hosts().length;
      const elsewhere = () => shared.proxy.hosts().slice(before);

      const setup = await wallet.firstTab();
      await setup.click('welcome-restore');
      await wallet.choosePassword(setup);
      await setup.screen('restore');
      await wallet.typePhrase(setup, ANVIL_PHRASE);
      await setup.click('restore-submit');
      await wallet.takeFound(setup, 1);
      await setup.screen('networks');
      assert.deepEqual([...relay.asked, ...elsewhere()], [], 'nobody is asked before servers are chosen');
      await wallet.finishSetup(setup);
      await setup.close();

      const home = await wallet.home();
      const me = new Set([await home.attr('account-address', 'data-address')]);
      while (me.size < ACCOUNTS) {
        await home.click('account-menu');
        await home.click('account-add');
        const fresh = await until('another account', async () => {
          const address = await home.attr('account-address', 'data-address');
          return !me.has(address) && address;
        });
        me.add(fresh);
        await until('its balance to be asked for', () =>
          relay.asked.some(({ body }) => body.toLowerCase().includes(fresh.slice(2).toLowerCase())),
        );
      }
      await home.close();

      const sites = [shared.site.origin, shared.otherSite.origin].flatMap((origin) => [
        origin,
        origin.replace('localhost', '127.0.0.1'),
      ]);
      for (const origin of sites) {
        const dapp = await context.dapp('raw', origin);
        const n = await dapp.start('connect');
        await wallet.approveNext('connect', { origin });
        assert.equal((await dapp.value(n)).length, 1);
      }

      const ledger = await wallet.open('#/egress');
      await ledger.screen('egress');
      await ledger.waitFor('egress-row');
      assert.deepEqual([...new Set(await ledger.attrs('egress-row', 'data-host'))], [relay.host]);
      await ledger.close();
      await wallet.lock();

      assert.deepEqual(elsewhere(), [], 'nobody else was asked');
      const mine = [...me].map((address) => String(address).slice(2).toLowerCase());
      for (const { url, body } of relay.asked) {
        const text = (url + body).toLowerCase();
        assert.ok(mine.filter((address) => text.includes(address)).length < 2, `it holds two accounts: ${text}`);
      }
      assert.deepEqual(driver.log.filter((line) => line.startsWith('background error')), []);
    },
  },
];
