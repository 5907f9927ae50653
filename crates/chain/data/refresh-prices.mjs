// Writes assets.json anew from the npm package `@bgd-labs/aave-address-book`, and says what changed in it. Run by
// hand, in a folder where `npm install @bgd-labs/aave-address-book` was done:
//
//   node /path/to/refresh-prices.mjs           rewrite assets.json
//   node /path/to/refresh-prices.mjs --check   only compare; exit status 1 if it would change
//
// It asks nobody but the package. Which feeds, and how old their answers may be, is chosen below.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = new URL('assets.json', import.meta.url);
const sources = join(process.cwd(), 'node_modules/@bgd-labs/aave-address-book/src');

/** The package's file of each network that feeds are read on. */
const books = { 1: 'ChainlinkEthereum.sol', 137: 'ChainlinkPolygon.sol', 42161: 'ChainlinkArbitrum.sol' };
const HOUR = 3600;
const DAY = 24 * HOUR;

/** What is priced, its feed's name in the package, the network of the feed, and its heartbeat in seconds as Chainlink
 * publishes it: a feed that is older by more than a little says nothing. */
const assets = [
  ['ETH', 'ETH__USD', 1, HOUR],
  ['BTC', 'BTC__USD', 1, HOUR],
  ['USDC', 'USDC__USD', 1, DAY],
  ['USDT', 'USDT__USD', 1, DAY],
  ['DAI', 'DAI__USD', 1, HOUR],
  ['stETH', 'STETH__USD', 1, HOUR],
  ['LINK', 'LINK__USD', 1, HOUR],
  ['AAVE', 'AAVE__USD', 1, HOUR],
  ['UNI', 'UNI__USD', 1, HOUR],
  ['POL', 'POL__USD', 42161, DAY],
  ['BNB', 'BNB__USD', 1, DAY],
  ['AVAX', 'AVAX__USD', 1, DAY],
  ['ARB', 'ARB__USD', 1, DAY],
];

/** Currencies: code, name, digits after the point, the feed of one unit in dollars, the network of the feed. Exchanges
 * of currencies close at weekends, and their feeds with them. */
const currencies = [
  ['USD', 'US dollar', 2],
  ['EUR', 'Euro', 2, 'EUR__USD', 1],
  ['GBP', 'Pound sterling', 2, 'GBP__USD', 1],
  ['JPY', 'Japanese yen', 0, 'JPY__USD', 1],
  ['CNY', 'Chinese yuan', 2, 'CNY__USD', 1],
  ['CHF', 'Swiss franc', 2, 'CHF__USD', 1],
  ['AUD', 'Australian dollar', 2, 'AUD__USD', 1],
  ['CAD', 'Canadian dollar', 2, 'CAD__USD', 1],
  ['NZD', 'New Zealand dollar', 2, 'NZD__USD', 1],
  ['SGD', 'Singapore dollar', 2, 'SGD__USD', 1],
  ['KRW', 'South Korean won', 0, 'KRW__USD', 1],
  ['IDR', 'Indonesian rupiah', 0, 'IDR__USD', 1],
  ['PHP', 'Philippine peso', 2, 'PHP__USD', 1],
  ['TRY', 'Turkish lira', 2, 'TRY__USD', 1],
  ['BRL', 'Brazilian real', 2, 'BRL__USD', 137],
  ['INR', 'Indian rupee', 2, 'INR__USD', 137],
  ['MXN', 'Mexican peso', 2, 'MXN__USD', 137],
  ['SEK', 'Swedish krona', 2, 'SEK__USD', 137],
  ['ETH', 'Ether', 6, 'ETH__USD', 1],
  ['BTC', 'Bitcoin', 8, 'BTC__USD', 1],
];

/** The address that the package's file of a network gives a name. */
function feed(chainId, name) {
  const text = readFileSync(join(sources, books[chainId]), 'utf8');
  const found = text.match(new RegExp(`constant ${name} =\\s*(0x[0-9a-fA-F]{40});`));
  if (!found) throw new Error(`no feed ${name} on network ${chainId} any more`);
  return found[1];
}

const text = `${JSON.stringify(
  {
    version: 1,
    assets: assets.map(([symbol, name, chainId, heartbeat]) => ({ symbol, pair: name.replace('__', '/'), chainId, feed: feed(chainId, name), heartbeat })),
    currencies: currencies.map(([code, name, digits, pair, chainId]) => ({
      code,
      name,
      digits,
      ...(pair && {
        pair: pair.replace('__', '/'),
        chainId,
        feed: feed(chainId, pair),
        heartbeat: code === 'ETH' || code === 'BTC' ? HOUR : DAY,
      }),
    })),
  },
  null,
  2,
)}\n`;
const before = (() => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
})();
const lines = new Set(before.split('\n'));
for (const line of text.split('\n')) if (!lines.has(line)) console.log(`new: ${line.trim()}`);
if (process.argv.includes('--check')) process.exitCode = text === before ? 0 : 1;
else writeFileSync(file, text);
