import { isDeepStrictEqual } from 'node:util';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { ROOT } from '../../lib/paths.mjs';
import { CLIENT_NAMES, versionOf } from '../clients/names.mjs';
import { differences, table } from '../document.mjs';
import { DESCRIBED, UNDESCRIBED, argumentsOf, logs, prepared } from './arguments.mjs';
import { DESCRIPTIONS } from './descriptions.mjs';
import { exchanges } from './exchange.mjs';
import { REASONS } from './reasons.mjs';

/**
 * @typedef {import('../world.mjs').World} World
 * @typedef {import('../world.mjs').Outcome} Outcome
 * @typedef {import('./exchange.mjs').Exchange} Exchange
 * @typedef {import('./arguments.mjs').Prepared} Prepared
 */

const EXPLAINED = `What each cell says:

- \`valid\`: the result is what the description's schema allows.
- \`as the node\`: the schema does not allow it, and the node gives exactly this when it is asked directly.
- \`4200\` or another code: refused with that code, and the sentence in the last column.
- \`differs\`: none of these; below the table is why.`;

const BEYOND = `Methods that Candor forwards and that no description here has: ethereum/execution-apis has most of them, but no npm package has its description. Here the answer through Candor is compared with the node's own: \`same\` result, or the \`same\` error with code and data. Nodes other than anvil offer more of them.`;

/** Every method through every client, as tables. @param {World} world */
export async function specsSection(world) {
  await world.connect();
  await world.allAgreed('connect', () => []);
  const ready = await prepared(world);
  const beyond = await undescribed(ready);
  /** @type {Exchange[]} */
  const all = [];
  for (const description of DESCRIPTIONS) {
    // Each in its own way, for some do not ask before; again after the description that ends with taking it back.
    await world.allAgreed('connect', () => []);
    all.push(...(await exchanges(ready, description)));
  }
  const cells = await Promise.all(all.map((one) => cell(ready, one)));
  /** @type {string[]} */
  const notes = [];
  const rows = Object.keys(DESCRIBED)
    .sort()
    .map((method) => {
      const own = CLIENT_NAMES.map((client) => all.findIndex((one) => one.method === method && one.client === client));
      const said = own.map((n) => cells[n] ?? 'not asked');
      const differing = own.filter((n) => all[n]?.problem).map((n) => all[n]?.problem ?? '');
      for (const what of new Set(differing))
        notes.push(`\`${method}\`: ${what}. ${REASONS[method] ?? 'Nobody has said why.'}`);
      const sentences = new Set(own.map((n) => all[n]?.outcome.error?.message.split('\n')[0]).filter(Boolean));
      return [`\`${method}\``, ...said, [...sentences][0] ?? ''];
    });
  const count = (/** @type {string} */ what) => cells.filter((one) => one === what).length;
  const figures = [...new Set(cells)].sort().map((what) => `${count(what)} \`${what}\``);
  return [
    `Every method of \`@metamask/api-specs\` ${versionOf('@metamask/api-specs')}, which has MetaMask's own methods, its multichain methods (CAIP-25) and, with their own schemas, those of ethereum/execution-apis that MetaMask offers; asked through every client of the section before, as a bare request, by \`@open-rpc/test-coverage\` ${versionOf('@open-rpc/test-coverage')} with a rule of our own.`,
    EXPLAINED,
    `${cells.length} answers: ${figures.join(', ')}.`,
    table(['method', ...CLIENT_NAMES, 'reason given'], rows),
    differences(notes),
    BEYOND,
    table(['method', ...CLIENT_NAMES, 'anvil'], beyond),
  ].join('\n\n');
}

/**
 * What the node gives. Filters are the wallet's own, but what they find is what the node has, and nothing where nothing
 * happened.
 * @param {Prepared} world @param {Exchange} exchange
 */
async function itsOwn(world, { method, client, params }) {
  if (method === 'eth_getFilterLogs') return world.node('eth_getLogs', logs(world, client));
  if (method !== 'eth_getFilterChanges') return world.node(method, params);
  return world.node(method, [(await world.node('eth_newBlockFilter', [])).value]);
}

/** @param {Prepared} world @param {Exchange} exchange */
async function cell(world, exchange) {
  const { outcome, problem } = exchange;
  if (outcome.error) return String(outcome.error.code ?? 'no code');
  if (!problem) return 'valid';
  const { value } = await itsOwn(world, exchange);
  return isDeepStrictEqual(value, outcome.value) ? 'as the node' : 'differs';
}

/** The methods that `docs/provider.md` says are forwarded. */
async function forwarded() {
  const text = await readFile(path.join(ROOT, 'docs/provider.md'), 'utf8');
  const section = text.split('## Forwarded to a node')[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/`([a-z0-9]+_\w+)`/g)].map(([, name = '']) => name);
}

/** @param {Prepared} world */
async function undescribed(world) {
  const methods = (await forwarded()).filter((method) => !DESCRIBED[method]).sort();
  return Promise.all(
    methods.map(async (method) => {
      const given = argumentsOf(UNDESCRIBED, method);
      const cells = await Promise.all(
        CLIENT_NAMES.map(async (client) => {
          const params = given(world, client);
          const [mine, its] = await Promise.all([
            world.ask(client, 'request', method, params),
            world.node(method, params),
          ]);
          return { same: alike(mine, its), its };
        }),
      );
      const error = cells[0]?.its.error;
      return [
        `\`${method}\``,
        ...cells.map(({ same }) => (same ? 'same' : 'differs')),
        error ? `${error.code}` : 'a result',
      ];
    }),
  );
}

/** Whether both ended alike; libraries have words of their own for an error. @param {Outcome} mine @param {Outcome} its */
const alike = (mine, its) =>
  its.error
    ? mine.error?.code === its.error.code && isDeepStrictEqual(mine.error?.data ?? null, its.error.data ?? null)
    : isDeepStrictEqual(mine.value, its.value);
