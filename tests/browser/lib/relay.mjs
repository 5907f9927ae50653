import http from 'node:http';

/**
 * @typedef {'well' | 'wrong chain' | 'errors' | 'garbage' | 'half answers' | 'hangs'} Mood how a relay answers
 * @typedef {{ url: string, body: string }} Asked one request, as it came
 */

/**
 * A server in front of a node, which keeps what it was asked and spoils answers as it is told.
 * @param {string} node
 */
export async function startRelay(node) {
  /** @type {Asked[]} */
  const asked = [];
  const state = { mood: /** @type {Mood} */ ('well') };
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ url: request.url ?? '', body });
    const { mood } = state;
    if (mood === 'hangs') return;
    if (mood === 'errors') return void response.writeHead(503).end('overloaded');
    if (mood === 'garbage') return void response.writeHead(200).end('<!doctype html><p>Sign in to this wireless network');
    const answer = await fetch(node, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const text = await answer.text();
    if (mood === 'half answers') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
      response.write(text.slice(0, text.length / 2), () => response.destroy());
      return;
    }
    const { id, method } = JSON.parse(body);
    const lie = mood === 'wrong chain' && method === 'eth_chainId';
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(lie ? JSON.stringify({ jsonrpc: '2.0', id, result: '0x539' }) : text);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    asked,
    state,
    stop: () =>
      new Promise((done) => {
        server.close(() => done(undefined));
        server.closeAllConnections();
      }),
  };
}
