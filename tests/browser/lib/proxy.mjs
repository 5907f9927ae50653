import http from 'node:http';

/**
 * Everything that does not go to this computer ends here and gets no answer, so that no journey depends on the
 * internet, and what the wallet would have asked is known. Only names under `.test`, which nobody has, are a page.
 *
 * @returns {Promise<{ port: number, hosts: () => string[], stop: () => Promise<void> }>}
 */
export async function startProxy() {
  /** @type {string[]} */
  const asked = [];
  const server = http.createServer((request, response) => {
    const { host, hostname } = new URL(request.url ?? '', 'http://unknown');
    asked.push(host);
    if (/\.test\.?$/.test(hostname)) {
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>test</title>');
    }
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.on('error', () => {});
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    port,
    // The browsers' own makers are asked now and then whatever the settings; that is not the wallet's doing.
    hosts: () => asked.filter((host) => !/(^|\.)(mozilla\.(org|com|net)|firefox\.com|google(apis)?\.com|gstatic\.com|gvt1\.com)(:|$)/.test(host)),
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
