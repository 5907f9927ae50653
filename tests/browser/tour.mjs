import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { formatEther, hexToString, parseEther, recoverMessageAddress } from 'viem';

import { openBrowser } from './lib/browser.mjs';
import { HERE, OUT, distOf } from './lib/paths.mjs';
import { startProxy } from './lib/proxy.mjs';
import { ANVIL_ACCOUNTS, ANVIL_PHRASE, DEVELOPMENT_PORT, serveFolder, startChain } from './lib/services.mjs';
import { TestDapp } from './lib/test-dapp.mjs';
import { until } from './lib/until.mjs';
import { Wallet } from './lib/wallet.mjs';

const { values } = parseArgs({
  options: { headless: { type: 'boolean', default: false }, browser: { type: 'string', default: 'chromium' } },
});
const browser = /** @type {import('./lib/browser.mjs').BrowserName} */ (values.browser);
const pictures = path.join(OUT, 'tour');

/** The two chains and the dApp of the tour. */
async function startWorld() {
  const first = await startChain({ chainId: 31_337, port: DEVELOPMENT_PORT });
  const second = await startChain({ chainId: 31_338, port: DEVELOPMENT_PORT + 1 });
  const site = await serveFolder(path.join(HERE, 'node_modules/@metamask/test-dapp/dist'), 9011).catch(() =>
    serveFolder(path.join(HERE, 'node_modules/@metamask/test-dapp/dist')),
  );
  return { first, second, site };
}

/** Everything running and the browser open, for a person to try. */
async function show() {
  const { first, second, site } = await startWorld();
  const driver = await openBrowser({ browser, dist: distOf(browser), headless: false });
  await driver.newPage(`${site.origin}/`);
  console.log(`
Candor is loaded. In the browser:
  1. Restore a wallet in the tab that Candor opened, from this phrase for development; its accounts own play money:
       ${ANVIL_PHRASE}
  2. On the networks page choose your own server: ${first.url}
  3. On ${site.origin} press Connect, then sign and send with its buttons.

Running meanwhile:
  ${first.url}   chain ${first.chainId}, built into Candor as the local chain
  ${second.url}   chain ${second.chainId}, to add as a network of your own
  ${site.origin}   MetaMask's test dApp

Close the browser, or press Ctrl+C here, to end.`);
  await new Promise((closed) => driver.inner.once('disconnected', closed));
}

let taken = 0;

/** @param {import('./lib/page.mjs').Page} page @param {string} name */
async function picture(page, name) {
  taken += 1;
  await page.screenshot(path.join(pictures, `${String(taken).padStart(2, '0')}-${name}.png`));
}

/** @param {string} step @param {string} seen */
const report = (step, seen) => console.log(`ok    ${step}\n      ${seen}`);

/** The main job, step by step, each checked against the chain. @param {import('./lib/browser.mjs').Driver} driver @param {Awaited<ReturnType<typeof startWorld>>} world */
async function drive(driver, { first, second, site }) {
  const wallet = new Wallet(driver, { ownServer: first.url });

  const setup = await wallet.firstTab();
  await picture(setup, 'welcome');
  await setup.click('welcome-create');
  await setup.screen('password');
  await picture(setup, 'password');
  await wallet.choosePassword(setup);
  await setup.screen('phrase');
  await picture(setup, 'phrase');
  const phrase = await wallet.readPhrase(setup, 12);
  await setup.click('phrase-continue');
  await setup.screen('quiz');
  await wallet.answerQuiz(setup, phrase);
  await setup.screen('networks');
  await picture(setup, 'networks');
  await wallet.finishSetup(setup);
  await setup.close();
  const home = await wallet.home();
  await wallet.selectNetwork(home, first.chainId);
  const account = /** @type {`0x${string}`} */ (await home.attr('account-address', 'data-address'));
  report('Create a wallet', `12 words, checked; the first account is ${account}`);

  await first.rpc('eth_sendTransaction', [
    { from: ANVIL_ACCOUNTS[0], to: account, value: `0x${parseEther('10').toString(16)}` },
  ]);
  await second.rpc('anvil_setBalance', [account, `0x${parseEther('7').toString(16)}`]);
  await home.close();
  const funded = await wallet.home();
  await until('10 ETH on home', async () => /\b10(\.0+)? ETH/.test(await funded.text('balance-total')));
  await picture(funded, 'home');
  report('Receive 10 ETH', `home shows ${await funded.text('balance-total')}`);
  await funded.close();

  const dapp = await TestDapp.open(driver, site.origin);
  await dapp.press('connectButton');
  const connecting = await wallet.approval('connect', { origin: site.origin });
  await picture(connecting.page, 'connect');
  await connecting.approve();
  await dapp.read('accounts', (text) => text.toLowerCase() === account.toLowerCase());
  const chainId = await dapp.read('chainId', (text) => Number(text) === first.chainId);
  report('Connect the dApp', `"${connecting.sentence}" The page sees ${account} on chain ${Number(chainId)}`);

  await dapp.press('personalSign');
  const message = await wallet.approval('message');
  await picture(message.page, 'message');
  await message.approve();
  const signature = /** @type {`0x${string}`} */ (await dapp.read('personalSignResult', (text) => /^0x/.test(text)));
  const said = hexToString(`0x${Buffer.from('Example `personal_sign` message').toString('hex')}`);
  assert.equal(await recoverMessageAddress({ message: said, signature }), account);
  report('Sign a message', `"${message.sentence}" The signature recovers to ${account}`);

  await dapp.press('signTypedDataV4');
  const typed = await wallet.approval('typed-data');
  await picture(typed.page, 'typed-data');
  await typed.approve();
  await dapp.read('signTypedDataV4Result', (text) => /^0x/.test(text));
  await dapp.press('signTypedDataV4Verify');
  assert.equal(await dapp.read('signTypedDataV4VerifyResult'), account.toLowerCase());
  report('Sign typed data', `"${typed.sentence}" The dApp's own check gives ${account}`);

  const to = '0x0c54FcCd2e384b4BB6f2E405Bf5Cbc15a017AaFb';
  await dapp.choose('typeInput', '0x2');
  await dapp.fill('toInput', to);
  await dapp.fill('amountInput', `0x${parseEther('0.25').toString(16)}`);
  await dapp.fill('maxFeeInput', '0x2540be400');
  await dapp.fill('maxPriorityFeeInput', '0x3b9aca00');
  await dapp.fill('dataInput', '0x');
  await dapp.press('submitForm');
  const payment = await wallet.approval('transaction');
  await payment.page.waitFor('fee');
  await picture(payment.page, 'transaction');
  await payment.approve();
  await until('the payment on chain', async () =>
    BigInt(await first.rpc('eth_getBalance', [to, 'latest'])) === parseEther('0.25'),
  );
  const left = formatEther(BigInt(await first.rpc('eth_getBalance', [account, 'latest'])));
  report('Send a transaction', `"${payment.sentence}" On chain the receiver has 0.25 ETH and the sender ${left} ETH`);

  const adding = await wallet.open('#/add-network');
  await wallet.fillNetwork(adding, { name: 'Second chain', url: second.url });
  await adding.close();
  const popup = await wallet.popup(dapp.page);
  await popup.waitFor('site-bar', { 'data-origin': site.origin });
  await picture(popup, 'popup');
  await popup.close();
  await wallet.switchSiteNetwork(dapp.page, second.chainId);
  await dapp.read('chainId', (text) => Number(text) === second.chainId);
  await dapp.press('sendEIP1559Button');
  const there = await wallet.approval('transaction');
  assert.equal(there.chainId, second.chainId);
  await there.approve();
  await until('it on the second chain', async () =>
    Number(await second.rpc('eth_getTransactionCount', [account, 'latest'])) === 1,
  );
  assert.equal(Number(await first.rpc('eth_getTransactionCount', [account, 'latest'])), 1);
  report('Switch chain from the popup', `the page moved to chain ${second.chainId}, and the next payment landed there`);

  const activity = await wallet.open('#/activity');
  await activity.screen('activity');
  await activity.waitFor('activity-row');
  await picture(activity, 'activity');
}

if (values.headless) {
  await rm(pictures, { recursive: true, force: true });
  const proxy = await startProxy();
  const world = await startWorld();
  const driver = await openBrowser({ browser, dist: distOf(browser), proxyPort: proxy.port });
  let held = true;
  try {
    await drive(driver, world);
    console.log(`Every step held. Pictures are in ${path.relative(process.cwd(), pictures)}.`);
  } catch (error) {
    held = false;
    console.error(`FAIL  ${error instanceof Error ? error.message : error}`);
    for (const page of await driver.pages()) {
      await picture(page, 'failure').catch(() => console.error(`no picture of ${page.last()}`));
    }
    console.error(driver.log.filter((line) => line.startsWith(driver.extensionUrl(''))).join('\n'));
  }
  await driver.close();
  process.exit(held ? 0 : 1);
} else {
  await show();
  process.exit(0);
}
