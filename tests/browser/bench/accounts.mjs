/*
 * A wallet of many accounts beside a wallet of one.
 */
import { Context } from '../lib/context.mjs';
import { heading, median, record } from './report.mjs';
import { unlockedAgain } from './surfaces.mjs';

const MANY = 500;
/** So many one call may add. */
const EACH = 100;
const ROUNDS = 15;

/**
 * A call of the wallet's own pages, as they make it.
 * @param {import('../lib/page.mjs').Page} page @param {Record<string, unknown>} call @returns {Promise<any>}
 */
async function call(page, call) {
  const text = await page.evaluate(
    (message) => /** @type {any} */ (globalThis).chrome.runtime.sendMessage(message),
    JSON.stringify(call),
  );
  const reply = JSON.parse(text);
  if (!('ok' in reply)) throw new Error(`${JSON.stringify(call).slice(0, 200)} was answered ${text}`);
  return reply.ok;
}

/** Adds accounts until the wallet has many. @param {Context} context */
async function addMany({ wallet }) {
  const page = await wallet.home();
  const [keyring] = await call(page, { Keyrings: {} });
  const paths = Array.from({ length: MANY }, (_, index) => `m/44'/60'/0'/0/${index}`);
  const started = performance.now();
  for (let from = 0; from < MANY; from += EACH) {
    await call(page, { AddAccounts: { keyring: keyring.id, paths: paths.slice(from, from + EACH) } });
  }
  record(`${MANY - 1} accounts added`, performance.now() - started, 'ms');
  const { length } = await call(page, { Accounts: {} });
  if (length !== MANY) throw new Error(`there are ${length} accounts`);
  await page.click('lock');
  await page.screen('unlock');
  await page.close();
}

/**
 * Milliseconds from a press, or from a page's start if nothing is pressed, until so many accounts are on the screen.
 * @param {import('../lib/page.mjs').Page} page @param {number} count @param {string} [press] a test id
 */
const listed = (page, count, press) =>
  page.evaluate(
    (/** @type {any} */ wanted, /** @type {any} */ pressed) =>
      new Promise((/** @type {(ms: number) => void} */ resolve) => {
        const start = pressed ? performance.now() : 0;
        const look = () => {
          if (document.querySelectorAll('[data-testid=account-item]').length < wanted) return;
          watcher.disconnect();
          // Behind the frame that shows them.
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document, { childList: true, subtree: true });
        /** @type {HTMLElement | null} */ (document.querySelector(`[data-testid=${pressed}]`))?.click();
        look();
      }),
    /** @type {any} */ (count),
    /** @type {any} */ (press),
  );

/** @param {Context} context @param {number} count */
async function listTimes({ wallet }, count) {
  const home = await wallet.home();
  const [sheet, screen] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let round = 0; round < ROUNDS; round += 1) {
    const popup = await wallet.open('#/popup');
    await popup.waitFor('account-menu');
    sheet.push(await listed(popup, count, 'account-menu'));
    await popup.close();
    const page = await wallet.open('#/accounts');
    screen.push(await listed(page, count));
    await page.close();
  }
  await home.click('lock');
  await home.screen('unlock');
  await home.close();
  return { sheet: median(sheet), screen: median(screen) };
}

/** @param {Context} one a wallet of one account, locked @param {import('../lib/context.mjs').Shared} shared */
export async function accountTimes(one, shared) {
  heading(`A wallet of ${MANY} accounts`);
  const many = await Context.open('chromium', shared);
  try {
    await many.wallet.restore();
    await addMany(many);
    const pages = [await one.wallet.open('#/popup'), await many.wallet.open('#/popup')];
    /** @type {number[][]} */
    const times = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [at, page] of pages.entries()) times[at]?.push((await unlockedAgain(page)).account);
    }
    for (const page of pages) await page.close();
    const [ofOne, ofMany] = times.map(median);
    if (!ofOne || !ofMany) throw new Error('nothing was measured');
    record('Unlock pressed → home with its account, of 1 account', ofOne, 'ms');
    record(`Unlock pressed → home with its account, of ${MANY} accounts`, ofMany, 'ms', {
      most: ofOne + 50,
      why: '1 account + 50',
    });
    const few = await listTimes(one, 1);
    const all = await listTimes(many, MANY);
    record(`account menu pressed → ${MANY} accounts listed`, all.sheet, 'ms');
    record('account menu pressed → 1 account listed', few.sheet, 'ms');
    record(`screen “Accounts” opened → ${MANY} accounts listed`, all.screen, 'ms');
    record('screen “Accounts” opened → 1 account listed', few.screen, 'ms');
  } finally {
    await many.close();
  }
}
