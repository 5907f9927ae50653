import assert from 'node:assert/strict';
import { verifyMessage } from 'ethers';

import { until } from '../lib/until.mjs';

/**
 * What a page may do to its own world before it asks. Whatever comes of it: what is signed is what was shown.
 * @type {Record<string, () => unknown>}
 */
const TRICKS = {
  'methods of lists that fail': () => {
    for (const name of Object.getOwnPropertyNames(Array.prototype)) {
      if (name === 'length' || name === 'constructor') continue;
      Object.defineProperty(Array.prototype, name, {
        value: () => {
          throw new Error('replaced');
        },
      });
    }
  },
  'globals that fail': () => {
    const { TypeError, CustomEvent: Custom } = window;
    const { assign, defineProperty } = Object;
    const fail = function () {
      throw new TypeError('replaced');
    };
    for (const name of ['JSON', 'CustomEvent', 'Proxy', 'Map', 'BigInt', 'Error', 'setTimeout', 'dispatchEvent']) {
      assign(window, { [name]: fail });
    }
    assign(Object, { assign: fail, freeze: fail, keys: fail, entries: fail, create: fail });
    assign(Reflect, { apply: fail });
    assign(Array, { isArray: fail, from: fail });
    assign(Function.prototype, { call: fail, bind: fail });
    assign(EventTarget.prototype, { dispatchEvent: fail, addEventListener: fail });
    defineProperty(Custom.prototype, 'detail', { get: fail });
  },
  'another text by toJSON of every list': () => {
    /** @type {(this: unknown[]) => unknown} */
    const toJSON = function () {
      return ['another text', this[1]];
    };
    Object.assign(Array.prototype, { toJSON });
  },
  'another text by toJSON of every text': () => {
    /** @type {(this: string) => unknown} */
    const toJSON = function () {
      return this.startsWith('the') ? 'another text' : String(this);
    };
    Object.assign(String.prototype, { toJSON });
  },
  'every object has parameters': () => {
    Object.assign(Object.prototype, { params: ['another text', '0x'], method: 'eth_sendTransaction', id: 1 });
  },
  'another event than was made': () => {
    for (const target of [window, performance]) {
      const real = target.dispatchEvent;
      target.dispatchEvent = (event) => real.call(target, new CustomEvent(event.type, { detail: '{"id":1}' }));
    }
  },
};

/** Parameters that are another thing each time they are read, in the page. @type {Record<string, string>} */
const CHANGEABLE = {
  'a list whose text changes': `(() => {
    let reads = 0;
    const list = [, account];
    Object.defineProperty(list, 0, { enumerable: true, get: () => 'text ' + ++reads });
    return list;
  })()`,
  'a proxy of a list': `(() => {
    let reads = 0;
    return new Proxy(['', account], { get: (list, key) => (key === '0' ? 'text ' + ++reads : Reflect.get(list, key)) });
  })()`,
  'an object with toJSON': `(() => {
    let reads = 0;
    return { toJSON: () => ['text ' + ++reads, account] };
  })()`,
  'a text that is an object': `[{ toJSON: () => 'text', toString: () => 'another' }, account]`,
};

/** Arguments that cannot be sent. @type {Record<string, string>} */
const UNSENDABLE = {
  'a list in itself': '(() => { const list = []; list.push(list); return list; })()',
  'a BigInt': '[1n]',
  'a property that throws': '[{ get x() { throw new Error("no"); } }]',
  'a revoked proxy': '(() => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy; })()',
  'a proxy that throws': '[new Proxy({}, { ownKeys: () => { throw new Error("no"); } })]',
  '100,000 lists in each other': '(() => { let list = []; for (let n = 0; n < 1e5; n += 1) list = [list]; return list; })()',
  '2 MB of text': '["x".repeat(2e6)]',
  'a list of a million': 'Array(1e6).fill(0)',
};

/** What nobody but inpage.js should say to content.js, and does not start anything. */
const FORGED = [
  '',
  'null',
  '[]',
  '{}',
  '"text"',
  '{"id":1}',
  '{"id":-1,"method":"eth_requestAccounts"}x',
  '{"id":"1","method":"eth_requestAccounts"}',
  '{"id":1e300,"method":"eth_requestAccounts"}',
  '{"id":1.5,"method":"eth_requestAccounts"}',
  '{"id":1,"method":["eth_requestAccounts"]}',
  '{"__proto__":{"id":1,"method":"eth_requestAccounts"}}',
  '{"gone":{"client":"x"}}',
  '{"request":{"client":"x","n":1,"method":"eth_requestAccounts"}}',
];

/**
 * Signs what a page asks by an expression, and returns what the window showed and for what the signature is.
 * @param {import('../lib/context.mjs').Context} context @param {import('../lib/dapp.mjs').Dapp} dapp
 */
async function signed({ wallet }, dapp) {
  const approval = await wallet.approval('message', { origin: dapp.origin });
  const sentence = approval.sentence;
  await approval.approve();
  const result = await until('the outcome', () => dapp.page.evaluate(() => /** @type {any} */ (window).outcome));
  return { shown: /“(.*)”/.exec(sentence)?.[1] ?? '', ...result };
}

/** Asks in the page, whose own helpers may not work any more. @param {import('../lib/dapp.mjs').Dapp} dapp @param {string} params */
const ask = (dapp, params) =>
  dapp.page.inner.evaluate(`
    window.outcome = null;
    provider.request({ method: 'personal_sign', params: ${params} }).then(
      (signature) => { window.outcome = { signature }; },
      (error) => { window.outcome = { code: error.code, message: error.message }; },
    );
    undefined`);

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'a page that changes its own world signs what was shown, or nothing',
    run: async (context) => {
      await context.wallet.restore();
      const { dapp, account } = await context.connected('raw');
      for (const [trick, play] of Object.entries(TRICKS)) {
        await dapp.reload();
        await dapp.page.evaluate((code) => void (0, eval)(`(${code})()`), play.toString());
        await ask(dapp, `['the text', '${account}']`);
        const first = await Promise.race([
          context.wallet.approval('message').then(() => 'asked'),
          until('an answer', () => dapp.page.evaluate(() => /** @type {any} */ (window).outcome && 'answered')),
        ]);
        if (first === 'answered') {
          const { code } = await dapp.page.evaluate(() => /** @type {any} */ (window).outcome);
          assert.ok(Number.isInteger(code), trick);
          continue;
        }
        const { shown, signature } = await signed(context, dapp);
        assert.equal(verifyMessage(shown, signature).toLowerCase(), account, `${trick}: ${shown}`);
      }
      await dapp.reload();
      assert.deepEqual(await dapp.request('eth_accounts'), [account]);
    },
  },
  {
    name: 'what changes while it is read is signed as it was shown',
    run: async (context) => {
      await context.wallet.restore();
      const { dapp, account } = await context.connected('raw');
      for (const [what, params] of Object.entries(CHANGEABLE)) {
        await ask(dapp, params.replaceAll('account', `'${account}'`));
        const { shown, signature } = await signed(context, dapp);
        assert.match(shown, /^text/, what);
        assert.equal(verifyMessage(shown, signature).toLowerCase(), account, what);
      }
    },
  },
  {
    name: 'what cannot be sent is refused with a code, and nothing is asked',
    run: async (context) => {
      await context.wallet.restore();
      const { dapp, account } = await context.connected('raw');
      for (const [what, params] of Object.entries(UNSENDABLE)) {
        await ask(dapp, params);
        const outcome = await until(what, () => dapp.page.evaluate(() => /** @type {any} */ (window).outcome));
        assert.ok([-32600, -32602].includes(outcome.code), `${what}: ${JSON.stringify(outcome)}`);
      }
      await dapp.request('wallet_getPermissions');
      assert.equal(await context.wallet.approvalPage(), undefined);
      assert.deepEqual(await dapp.request('eth_accounts'), [account]);
    },
  },
  {
    name: 'what a page or a frame makes up asks nothing in another name',
    run: async (context) => {
      const { wallet, shared } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      const send = (/** @type {string[]} */ texts) => {
        for (const detail of texts) performance.dispatchEvent(new CustomEvent('candor:request', { detail, cancelable: true }));
        for (const detail of [{ id: 1, method: 'eth_requestAccounts' }, 1, null, Symbol.iterator]) {
          performance.dispatchEvent(new CustomEvent('candor:request', { detail }));
        }
        performance.dispatchEvent(new Event('candor:request'));
      };
      // Nested deeper than any reader of JSON likes, past inpage.js, which would not send it.
      const deep = [200, 5_000, 100_000].map(
        (depth, n) => `{"id":${900 + n},"method":"eth_call","params":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      );
      const other = await context.dapp('raw', shared.otherSite.origin);
      for (const one of [dapp, other]) await one.page.evaluate(send, [...FORGED, ...deep]);

      // A frame of another site speaks to the page around it in every way that it has.
      await other.page.evaluate((url) => {
        document.body.appendChild(document.createElement('iframe')).src = url;
      }, `${dapp.origin}/raw.html`);
      const frame = await until('the frame', () =>
        other.page.inner.frames().find((one) => one.url().startsWith(dapp.origin)),
      );
      await until('the frame to find the wallet', () => frame.evaluate(() => /** @type {any} */ (window).ready));
      const said = await frame.evaluate(() => {
        const detail = '{"id":1,"method":"eth_requestAccounts"}';
        const ways = [
          () => parent.postMessage(JSON.parse(detail), '*'),
          () => parent.postMessage({ type: 'candor:request', detail }, '*'),
          () => parent.performance.dispatchEvent(new CustomEvent('candor:request', { detail })),
          () => /** @type {any} */ (parent).ethereum.request(JSON.parse(detail)),
          () => /** @type {any} */ (window).chrome.runtime.sendMessage(detail),
          () => /** @type {any} */ (window).browser.runtime.sendMessage(detail),
        ];
        return ways.map((way) => {
          try {
            way();
            return 'said';
          } catch {
            return 'refused';
          }
        });
      });
      assert.deepEqual(said, ['said', 'said', 'refused', 'refused', 'refused', 'refused']);
      assert.deepEqual(await other.request('wallet_getPermissions'), []);
      await dapp.request('wallet_getPermissions');
      assert.equal(await wallet.approvalPage(), undefined);

      // The same request under the same number, five times: one prompt, in the page's own name.
      await dapp.page.evaluate((from) => {
        const detail = JSON.stringify({ id: 77, method: 'personal_sign', params: ['replayed', from] });
        for (let n = 0; n < 5; n += 1) performance.dispatchEvent(new CustomEvent('candor:request', { detail, cancelable: true }));
      }, account);
      await dapp.request('wallet_getPermissions');
      const approval = await wallet.approval('message', { origin: dapp.origin });
      assert.equal(await approval.page.count('queue-count'), 0);
      await approval.reject();
      assert.deepEqual(await dapp.request('eth_accounts'), [account]);
    },
  },
  {
    name: 'a page that answers its own requests fools only itself',
    run: async (context) => {
      const { wallet, shared } = context;
      await wallet.restore();
      const { dapp, account } = await context.connected('raw');
      await dapp.page.evaluate(() => {
        performance.addEventListener('candor:request', (event) => {
          const { id } = JSON.parse(/** @type {CustomEvent} */ (event).detail);
          const told = { id, hello: { chainId: '0x1', accounts: ['0xfa15e'] }, outcome: { result: 'made up' } };
          performance.dispatchEvent(new CustomEvent('candor:reply', { detail: JSON.stringify(told) }));
        });
      });
      const n = await dapp.start('request', { method: 'personal_sign', params: ['for real', account] });
      assert.equal(await dapp.value(n), 'made up');
      const approval = await wallet.approval('message', { origin: dapp.origin });
      assert.match(approval.sentence, /for real/);
      await approval.approve();
      assert.equal((await dapp.peek(n)).settled, 1);
      const other = await context.dapp('raw', shared.otherSite.origin);
      assert.notEqual(await other.request('eth_chainId'), '0x1');
      const popup = await wallet.popup(dapp.page);
      await popup.waitFor('site-bar', { 'data-origin': dapp.origin });
      await popup.waitFor('site-network', { 'data-chain-id': 31_337 });
    },
  },
];
