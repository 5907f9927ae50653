import { until } from '../lib/until.mjs';
import { Approval } from '../lib/wallet.mjs';

/**
 * @typedef {import('../lib/wallet.mjs').Wallet} Wallet
 * @typedef {import('../lib/wallet.mjs').Shown} Shown
 * @typedef {{ kind: string, sentence: string, problem: string, risk: boolean }} Asked what a person was shown: agreed to,
 *   or refused where the wallet says that it cannot be done; `risk`: whether it says that it is dangerous
 */

/**
 * What the wallet asks a person now, if there is something to answer.
 * @param {Wallet} wallet
 */
async function questionNow(wallet) {
  const page = await wallet.approvalPage();
  /** @type {Shown & { problem: string, ready: boolean, risk: boolean } | null | undefined} */
  const shown = await page?.evaluate(() => {
    const of = (/** @type {string} */ id) => document.querySelector(`[data-testid=${id}]`);
    const text = (/** @type {string} */ id) => (of(id)?.textContent ?? '').replace(/\s+/g, ' ').trim();
    const element = of('approval');
    if (!(element instanceof HTMLElement) || !text('sentence')) return null;
    const open = of('reject')?.matches(':enabled') === true;
    const ready = open && (!!of('understood') || of('approve')?.matches(':enabled') === true);
    const risk = !!document.querySelector('[data-testid=risk][data-level=high]');
    return { ...element.dataset, sentence: text('sentence'), problem: text('error'), ready, risk };
  });
  if (!page || !shown || (!shown.ready && !shown.problem)) return null;
  const { problem, risk } = shown;
  return { approval: new Approval(page, shown), problem, risk };
}

/**
 * Agrees, and waits until the window has taken that; the next request may be on it already. Where the button wants to
 * be held, it is pressed twice as assistive technology does, which takes as long as nothing.
 * @param {Approval} approval
 */
async function agree({ page }) {
  const held = await page.has('understood');
  if (held) await page.click('understood');
  await until('the button to be enabled', () => pressable(page));
  await page.evaluate(() => {
    Object.assign(window, { taken: false });
    const everything = { attributes: true, characterData: true, childList: true, subtree: true };
    new MutationObserver(() => Object.assign(window, { taken: true })).observe(document.body, everything);
  });
  if (held) {
    await page.evaluate(() => {
      const button = /** @type {HTMLElement | null} */ (document.querySelector('[data-testid=approve]'));
      button?.click();
      button?.click();
    });
  } else {
    await page.click('approve');
  }
  await until('the window to take the press', async () => {
    if (await page.isClosed()) return true;
    return page.evaluate(() => /** @type {any} */ (window).taken);
  });
}

/** @param {import('../lib/page.mjs').Page} page @returns {Promise<boolean>} */
const pressable = (page) =>
  page.evaluate(() => document.querySelector('[data-testid=approve]')?.matches(':enabled') === true);

/**
 * Agrees to whatever the wallet asks until something has happened; says no only where the wallet cannot do it.
 * @param {Wallet} wallet
 * @param {string} what what has to happen, to be read in a failure
 * @param {() => boolean | Promise<boolean>} happened
 * @returns {Promise<Asked[]>} what was shown, in order
 */
export async function agreeUntil(wallet, what, happened) {
  /** @type {Asked[]} */
  const asked = [];
  await until(what, async () => {
    if (await happened()) return true;
    const question = await questionNow(wallet);
    if (!question) return false;
    const { approval, problem, risk } = question;
    if (problem) await approval.reject();
    else await agree(approval);
    asked.push({ kind: approval.kind ?? '', sentence: approval.sentence, problem, risk });
    return happened();
  });
  return asked;
}

/**
 * Waits for a promise, and agrees to whatever the wallet asks until it has settled.
 * @template T
 * @param {Wallet} wallet @param {string} what @param {Promise<T>} promise must not reject
 */
export async function agreeing(wallet, what, promise) {
  let settled = false;
  const end = promise.finally(() => (settled = true));
  end.catch(() => {});
  const asked = await agreeUntil(wallet, what, () => settled);
  return { asked, outcome: await end };
}
