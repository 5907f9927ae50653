import { spawn } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';

import { HERE } from './paths.mjs';
import { until } from './until.mjs';

/** The phrase whose accounts every development chain funds. */
export const ANVIL_PHRASE = 'test test test test test test test test test test test junk';

/** Its first accounts. */
export const ANVIL_ACCOUNTS = [
  '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
  '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
  '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
  '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65',
];

/** The first one's private key. */
export const ANVIL_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

/** Where the wallet looks for its built-in development network. */
export const DEVELOPMENT_PORT = 8545;

/** @type {Set<() => void>} what must not outlive this process */
const leftovers = new Set();
process.on('exit', () => leftovers.forEach((end) => end()));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => process.exit(130));
}

/** @type {Set<number>} given out before: journeys go on beside one another, and who got one may not listen yet */
const given = new Set();

/**
 * @param {number} port 0 for any free one
 * @returns {Promise<number>} a port that was free a moment ago, and that nobody else here was given
 */
export async function freePort(port = 0) {
  const found = await new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const address = /** @type {net.AddressInfo} */ (probe.address());
      probe.close(() => resolve(address.port));
    });
  });
  if (port === 0 && given.has(found)) return freePort();
  given.add(found);
  return found;
}

/**
 * One JSON-RPC call to a node.
 * @param {string} url
 * @param {string} method
 * @param {unknown[]} [params]
 * @returns {Promise<any>}
 */
export async function rpc(url, method, params = []) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = await response.json();
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}

/**
 * @typedef {object} Chain a running local chain
 * @property {number} chainId
 * @property {number} port
 * @property {string} url
 * @property {(method: string, params?: unknown[]) => Promise<any>} rpc
 * @property {() => Promise<void>} stop
 */

/**
 * Starts anvil and waits until it answers.
 * @param {{ chainId: number, port?: number, hardfork?: string }} options `port` 0 or absent: any free one; without a
 *   hardfork, the newest rules
 * @returns {Promise<Chain>}
 */
export async function startChain({ chainId, port = 0, hardfork }) {
  const binary = path.join(HERE, 'node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil');
  if (!existsSync(binary)) throw new Error('anvil is not installed: run `npm ci` in tests/browser');
  const chosen = await freePort(port).catch(() => {
    throw new Error(
      `port ${port} is in use, and the wallet's built-in development network is there: ` +
        'stop the program that listens on it and try again',
    );
  });
  const rules = hardfork === undefined ? [] : ['--hardfork', hardfork];
  const child = spawn(binary, ['--chain-id', String(chainId), '--port', String(chosen), '--silent', ...rules], {
    stdio: 'ignore',
  });
  const end = () => void child.kill('SIGKILL');
  leftovers.add(end);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${chosen}`;
  await until(`anvil on port ${chosen}`, async () => {
    if (child.exitCode !== null) throw new Error(`it ended with status ${child.exitCode}`);
    return Number(await rpc(url, 'eth_chainId')) === chainId;
  });
  return {
    chainId,
    port: chosen,
    url,
    rpc: (method, params) => rpc(url, method, params),
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
      leftovers.delete(end);
    },
  };
}

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
});

/**
 * @typedef {object} Site a local web server
 * @property {string} origin
 * @property {() => Promise<void>} stop
 */

/**
 * Serves a folder on `http://localhost`.
 * @param {string} folder
 * @param {number} [port]
 * @returns {Promise<Site>}
 */
export async function serveFolder(folder, port = 0) {
  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = path.join(folder, path.normalize(pathname === '/' ? '/index.html' : decodeURIComponent(pathname)));
    const found = file.startsWith(folder) && (await stat(file).catch(() => null))?.isFile();
    if (!found) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  return listen(server, port);
}

/**
 * Serves pages that a journey writes itself, on `http://localhost` and on every name that leads to this computer.
 * @param {Record<string, string>} pages HTML by path
 * @returns {Promise<Site & { asked: string[] }>} `asked`: every path that was asked for, there or not
 */
export async function servePages(pages) {
  /** @type {string[]} */
  const asked = [];
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname);
    const page = pages[pathname];
    if (page === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html>${page}`);
  });
  return { ...(await listen(server, 0)), asked };
}

/**
 * Serves these documents by their paths, whatever their query, each with its type and headers.
 * @param {Record<string, { type?: string, headers?: Record<string, string>, body: string | Buffer }>} documents
 * @returns {Promise<Site>}
 */
export async function serveDocuments(documents) {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const found = documents[pathname];
    if (!found) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': found.type ?? 'text/html; charset=utf-8', ...found.headers });
    response.end(found.body);
  });
  return listen(server, 0);
}

/**
 * A node that answers as it is told, for lying, dead and slow servers.
 * @param {(method: string, params: any[]) => unknown} answer returns the result; throwing drops the connection
 * @returns {Promise<Site & { asked: string[] }>}
 */
export async function serveNode(answer) {
  /** @type {string[]} */
  const asked = [];
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.method !== 'POST') return void response.writeHead(405).end();
    const { id, method, params } = JSON.parse(body);
    asked.push(method);
    try {
      const result = await answer(method, params);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
    } catch {
      request.socket.destroy();
    }
  });
  return { ...(await listen(server, 0)), asked };
}

/**
 * Nodes of every network, of which each knows no more than its chain id: `<origin>/10` is that of network 10.
 * @returns {Promise<Site>}
 */
export async function serveNetworks() {
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { id, method } = JSON.parse(body || '{}');
    const answer =
      method === 'eth_chainId'
        ? { result: `0x${Number(request.url?.slice(1)).toString(16)}` }
        : { error: { code: -32601, message: 'This node knows its chain id, and no more.' } };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
  });
  return listen(server, 0);
}

/**
 * @param {http.Server} server
 * @param {number} port
 * @returns {Promise<Site>}
 */
export function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: chosen } = /** @type {net.AddressInfo} */ (server.address());
      resolve({
        origin: `http://localhost:${chosen}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
