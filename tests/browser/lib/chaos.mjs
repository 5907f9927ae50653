import http from 'node:http';

import { listen, rpc } from './services.mjs';

/**
 * What a server can be like. `other`: all it says is of another network. `stale`: it stands still at the block where
 * it was when it became so. `half`: an answer that breaks off. `silent`: it takes everything and says nothing.
 * @typedef {'well' | 'slow' | 'other' | 'stale' | 'errors' | 'garbage' | 'half' | 'silent'} Manner
 */

/** How long a slow server takes: longer than the wallet waits before it asks another as well, and still an answer. */
const SLOW_MS = 4_000;

/** Where in its parameters a question names the block it is about. @type {Record<string, number>} */
const BLOCK_AT = { eth_getBalance: 1, eth_getTransactionCount: 1, eth_getCode: 1, eth_call: 1, eth_getBlockByNumber: 0 };

/**
 * A server in front of two chains that can be made bad in every way that servers are.
 * @param {import('./services.mjs').Chain} chain the one that it is for
 * @param {import('./services.mjs').Chain} other the one that it comes to be of
 */
export async function startChaos(chain, other) {
  /** @type {Manner} */
  let manner = 'well';
  let height = '0x0';
  let asked = 0;

  /** What a node says that stands still. @param {string} method @param {any[]} params */
  const stale = (method, params) => {
    if (method === 'eth_blockNumber') return height;
    if (method === 'eth_getTransactionReceipt') return null;
    const at = BLOCK_AT[method];
    const frozen = at === undefined ? params : params.with(at, height);
    return rpc(chain.url, method, frozen);
  };

  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked += 1;
    const { id, method, params } = JSON.parse(body);
    /** @param {unknown} answer */
    const say = (answer) => JSON.stringify({ jsonrpc: '2.0', id, .../** @type {object} */ (answer) });
    const send = (/** @type {string} */ text) => response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    const result = async (/** @type {() => unknown} */ of) => {
      const answer = await Promise.resolve(of()).then(
        (value) => ({ result: value }),
        (/** @type {Error} */ error) => ({ error: { code: -32000, message: error.message } }),
      );
      send(say(answer));
    };
    switch (manner) {
      case 'slow':
        setTimeout(() => void result(() => rpc(chain.url, method, params)), SLOW_MS).unref();
        return;
      case 'other':
        return result(() => rpc(other.url, method, params));
      case 'stale':
        return result(() => stale(method, params));
      case 'errors':
        return void send(say({ error: { code: -32603, message: 'Internal error' } }));
      case 'garbage':
        return void send('<html>502 Bad Gateway \u0000\ud83d</html>');
      case 'half':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '4096' });
        response.write('{"jsonrpc":"2.0","id":', () => request.socket.destroy());
        return;
      case 'silent':
        return;
      default:
        return result(() => rpc(chain.url, method, params));
    }
  });
  const site = await listen(server, 0);
  return {
    ...site,
    /** How often it was asked. */
    asked: () => asked,
    /** @param {Manner} next */
    be: async (next) => {
      height = await chain.rpc('eth_blockNumber');
      manner = next;
    },
  };
}
