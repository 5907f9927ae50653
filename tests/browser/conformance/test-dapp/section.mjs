import { TestDapp } from '../../lib/test-dapp.mjs';
import { ANVIL_ACCOUNTS } from '../../lib/services.mjs';
import { until } from '../../lib/until.mjs';
import { versionOf } from '../clients/names.mjs';
import { agreeUntil } from '../consent.mjs';
import { table } from '../document.mjs';
import { BUTTONS } from './buttons.mjs';

/**
 * @typedef {import('../../lib/context.mjs').Context} Context
 * @typedef {import('../../lib/test-dapp.mjs').Asked} Request
 * @typedef {import('../consent.mjs').Asked} Shown
 * @typedef {import('./buttons.mjs').Button} Button
 * @typedef {{ found: string, shown: string, refused?: boolean }} Result
 */

const EXPLAINED = `Every button by its id, pressed in the order of the page but for the one that takes the permission back; whatever the wallet asks is agreed to. \`shown\` is the kind of request that the wallet's window shows, and whether it says that the risk is high. Malformed requests are to be refused before a window opens; malicious ones are to be shown, for whether they are is the user's to say. The test dApp is told that Candor is MetaMask, because it hears events of nothing else. Its sign-in messages name network 1, where the site uses another: hence their risk.

What \`found\` says:

- works: the wallet answered, and where the page checks the answer, it found it right.
- page alone: pressed, and asks the wallet nothing.
- refused: with this code and sentence.
- not offered: refused with code 4200.
- differs: none of these, with the reason.
- left: not pressed, with the reason.`;

/** A pause after three noes would tell nothing of the next button. */
const PAUSE_MS = 61_000;

/** What every button does, as a table. @param {Context} context */
export async function testDappSection(context) {
  await context.wallet.restore();
  const dapp = await TestDapp.open(context.driver, context.shared.testDapp.origin);
  const labels = await dapp.page.evaluate(() =>
    [...document.querySelectorAll('button')].map((one) => [one.id, (one.textContent ?? '').trim()]),
  );
  const unknown = labels.flatMap(([id, label]) => (BUTTONS[id || label || ''] ? [] : [id || label]));
  if (unknown.length) throw new Error(`nobody has said what these buttons do: ${unknown.join(', ')}`);
  /** @type {Map<string, Result>} */
  const results = new Map();
  for (const [name, button] of Object.entries(BUTTONS)) {
    const result = await press(context, dapp, name, button, results);
    results.set(name, result);
    if (result.refused) await context.driver.shiftClock(PAUSE_MS);
  }
  const rows = [...results].map(([name, { found, shown }]) => [
    labels.some(([id]) => id === name) ? `\`${name}\`` : name,
    BUTTONS[name]?.method ? `\`${BUTTONS[name]?.method}\`` : '',
    shown,
    found.startsWith('differs') ? `${found}. ${BUTTONS[name]?.why ?? 'Nobody has said why.'}` : found,
  ]);
  const count = (/** @type {string} */ what) => rows.filter(([, , , found = '']) => found.startsWith(what)).length;
  const figures = ['works', 'page alone', 'refused', 'not offered', 'differs', 'left'].map(
    (what) => `${count(what)} ${what}`,
  );
  return [
    `\`@metamask/test-dapp\` ${versionOf('@metamask/test-dapp')}: ${rows.length} buttons; ${figures.join(', ')}.`,
    EXPLAINED,
    table(['button', 'asks', 'shown', 'found'], rows),
  ].join('\n\n');
}

/**
 * Presses a button and waits for what comes of it.
 * @param {Context} context @param {TestDapp} dapp @param {string} name @param {Button} button
 * @param {Map<string, Result>} results of the buttons before
 * @returns {Promise<Result>}
 */
async function press({ wallet }, dapp, name, { method, times = 1, fill = {}, needs, shows, left }, results) {
  if (left) return { found: `left: ${left}`, shown: '' };
  if (needs && !results.get(needs)?.found.startsWith('works')) {
    return { found: `left: needs “${needs}”`, shown: '' };
  }
  const [me = '', you = ''] = ANVIL_ACCOUNTS;
  for (const [id, value] of Object.entries(fill)) {
    const token = value === 'token' ? await dapp.read('erc20TokenAddresses') : '';
    /** @type {Record<string, string | undefined>} */
    const meant = { me, you, token: token.split(',')[0] };
    await dapp.page.set(`#${id}`, meant[value] ?? value);
    // The page looks at some fields when a key is let go.
    await dapp.page.evaluate((css) => void document.querySelector(css)?.dispatchEvent(new Event('keyup')), `#${id}`);
  }
  const before = (await dapp.asked()).length;
  await until(`the button ${name} to be enabled`, () => dapp.pressById(name));
  const since = async () => (await dapp.asked()).slice(before).filter((one) => one.method === method);
  /** @type {Shown[]} */
  const shown = !method
    ? []
    : await agreeUntil(wallet, `${times} ${method} of ${name} to settle`, async () => {
        const requests = await since();
        return requests.length >= times && requests.every(({ state }) => state !== 'pending');
      });
  if (shows && !(await dapp.says(shows)).includes(me.toLowerCase())) {
    return { found: 'differs: the page does not find our account in the signature', shown: '' };
  }
  if (!method) return { found: shows || needs ? 'works' : 'page alone', shown: '' };
  const refusals = (await since()).filter(({ state }) => state === 'refused');
  return {
    found: told(refusals),
    shown: [...new Set(shown.map(({ kind, risk }) => `${kind}${risk ? ', high risk' : ''}`))].join('; '),
    refused: shown.some(({ problem }) => problem),
  };
}

/** @param {Request[]} refusals */
function told(refusals) {
  const [first] = refusals;
  if (!first) return 'works';
  if (first.code === 4200) return `not offered: ${first.message}`;
  return `refused: ${String(first.code).replace('-', '−')}, ${first.message}`;
}
