// Writes networks.json anew from the npm package `viem` (names, coins, explorers) and the endpoints chosen below,
// and says what changed in it. Run by hand, in a folder where `npm install viem` was done:
//
//   node /path/to/refresh.mjs           rewrite networks.json
//   node /path/to/refresh.mjs --check   only compare; exit status 1 if it would change
//
// It asks nobody but the package: whether an endpoint still answers is for the one who runs it to try.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const file = new URL('networks.json', import.meta.url);
const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const chains = await import(pathToFileURL(require.resolve('viem/chains')).href).then((m) => m.default ?? m);

/** The name in `viem/chains`, how fees work there, endpoints of independent operators (the preferred one first),
 * and what to say differently. Every endpoint was published as open to anyone without a key: by the network's
 * own documentation or in the endpoint lists of chainid.network and DefiLlama's chainlist. */
const chosen = [
  ['mainnet', 'none', ['https://ethereum-rpc.publicnode.com', 'https://eth.drpc.org', 'https://1rpc.io/eth', 'https://ethereum.reth.rs/rpc', 'https://rpc.mevblocker.io']],
  ['base', 'op-stack', ['https://mainnet.base.org', 'https://base-rpc.publicnode.com', 'https://base.drpc.org', 'https://1rpc.io/base']],
  ['arbitrum', 'arbitrum', ['https://arb1.arbitrum.io/rpc', 'https://arbitrum-one-rpc.publicnode.com', 'https://arbitrum.drpc.org', 'https://1rpc.io/arb']],
  ['optimism', 'op-stack', ['https://mainnet.optimism.io', 'https://optimism-rpc.publicnode.com', 'https://optimism.drpc.org', 'https://1rpc.io/op']],
  ['polygon', 'none', ['https://polygon-bor-rpc.publicnode.com', 'https://polygon.drpc.org', 'https://1rpc.io/matic', 'https://polygon.gateway.tenderly.co']],
  ['bsc', 'none', ['https://bsc-dataseed.bnbchain.org', 'https://bsc-rpc.publicnode.com', 'https://bsc.drpc.org', 'https://1rpc.io/bnb']],
  ['avalanche', 'none', ['https://api.avax.network/ext/bc/C/rpc', 'https://avalanche-c-chain-rpc.publicnode.com', 'https://avalanche.drpc.org', 'https://1rpc.io/avax/c']],
  ['gnosis', 'none', ['https://rpc.gnosischain.com', 'https://gnosis-rpc.publicnode.com', 'https://gnosis.drpc.org', 'https://1rpc.io/gnosis'], { coin: { name: 'xDAI', symbol: 'xDAI', decimals: 18 } }],
  ['linea', 'other', ['https://rpc.linea.build', 'https://linea-rpc.publicnode.com', 'https://linea.drpc.org', 'https://1rpc.io/linea'], { name: 'Linea', coin: { name: 'Ether', symbol: 'ETH', decimals: 18 } }],
  ['scroll', 'other', ['https://rpc.scroll.io', 'https://scroll-rpc.publicnode.com', 'https://scroll.drpc.org', 'https://1rpc.io/scroll']],
  ['zksync', 'other', ['https://mainnet.era.zksync.io', 'https://zksync.drpc.org', 'https://1rpc.io/zksync2-era']],
  ['unichain', 'op-stack', ['https://mainnet.unichain.org', 'https://unichain-rpc.publicnode.com', 'https://unichain.drpc.org']],
  ['celo', 'op-stack', ['https://forno.celo.org', 'https://celo.drpc.org', 'https://celo-json-rpc.stakely.io']],
  ['blast', 'op-stack', ['https://rpc.blast.io', 'https://blast-rpc.publicnode.com', 'https://blast.drpc.org']],
  ['sepolia', 'none', ['https://ethereum-sepolia-rpc.publicnode.com', 'https://sepolia.drpc.org', 'https://1rpc.io/sepolia']],
  ['baseSepolia', 'op-stack', ['https://sepolia.base.org', 'https://base-sepolia-rpc.publicnode.com', 'https://base-sepolia.drpc.org']],
  ['hoodi', 'none', ['https://rpc.hoodi.ethpandaops.io', 'https://ethereum-hoodi-rpc.publicnode.com', 'https://hoodi.drpc.org']],
  ['foundry', 'none', ['http://127.0.0.1:8545'], { name: 'Local chain' }],
  ['localhost', 'none', ['http://127.0.0.1:8545'], { name: 'Local chain 1337' }],
];

const networks = chosen.map(([key, layer2, endpoints, changed = {}]) => {
  const chain = chains[key];
  if (!chain) throw new Error(`viem has no chain "${key}" any more`);
  const { name, symbol, decimals } = chain.nativeCurrency;
  if (decimals !== 18) throw new Error(`${key}: a coin with ${decimals} decimals`);
  const development = endpoints.every((url) => url.startsWith('http://127.0.0.1'));
  const operators = new Set(endpoints.map((url) => new URL(url).hostname.split('.').slice(-2).join('.')));
  if (operators.size !== endpoints.length) throw new Error(`${key}: two endpoints of one operator`);
  if (!development && endpoints.some((url) => !url.startsWith('https://'))) throw new Error(`${key}: not https`);
  return {
    chainId: chain.id,
    name: chain.name,
    coin: { name, symbol, decimals },
    endpoints,
    explorer: chain.blockExplorers?.default.url.replace(/\/$/, ''),
    layer2,
    testnet: chain.testnet || undefined,
    development: development || undefined,
    ...changed,
  };
});

const text = `${JSON.stringify({ version: 1, networks }, null, 2)}\n`;
const before = readFileSync(file, 'utf8');
const old = new Map(JSON.parse(before).networks.map((n) => [n.chainId, JSON.stringify(n)]));
for (const n of networks) {
  const was = old.get(n.chainId);
  if (was !== JSON.stringify(n)) console.log(`${was ? 'changed' : 'added'}: ${n.chainId} ${n.name}`);
  old.delete(n.chainId);
}
for (const id of old.keys()) console.log(`removed: ${id}`);

if (process.argv.includes('--check')) {
  process.exitCode = text === before ? 0 : 1;
} else {
  writeFileSync(file, text);
}
