import { differences, table } from '../document.mjs';
import { CALLS, REFUSED } from './calls.mjs';
import { CLIENTS, CLIENT_NAMES, versionOf } from './names.mjs';

/**
 * @typedef {import('../world.mjs').World} World
 * @typedef {import('../world.mjs').Outcome} Outcome
 * @typedef {import('./calls.mjs').Call} Call
 */

const NETWORK = { chainName: 'Second chain', nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 } };

const EXPLAINED =
  'Each call is written as dApps write it with that client (`tests/browser/conformance/clients`), not as a bare request, and all clients call at the same time. Equal requests join one prompt, others queue. Codes are what the error that the client throws carries, or the error inside it.';

/**
 * What a cell of the table says.
 * @param {Call} call @param {Outcome} outcome @param {World} world @param {keyof typeof CLIENTS} client @param {number} n
 */
async function judged(call, outcome, world, client, n) {
  const held = await Promise.resolve(call.holds(outcome, world, client, n)).catch((problem) => void problem);
  if (held) return 'ok';
  const { error, value } = outcome;
  return error ? `${error.code ?? 'no code'}: ${error.message.split('\n')[0]}` : `gives ${JSON.stringify(value)}`;
}

/** @param {World} world @param {Call} call @param {Outcome[]} outcomes in the order of the clients */
async function row(world, call, outcomes) {
  const judgements = CLIENT_NAMES.map((client, n) =>
    judged(call, /** @type {Outcome} */ (outcomes[n]), world, client, n),
  );
  const found = await Promise.all(judgements);
  const cells = found.map((said) => (said === 'ok' ? said : 'differs'));
  const notes = CLIENT_NAMES.flatMap((client, n) =>
    cells[n] === 'ok' ? [] : [`${call.says}, ${client}: ${found[n]}. ${call.why?.[client] ?? 'Nobody has said why.'}`],
  );
  return { cells: [call.says, call.expects, ...cells], notes };
}

/** Every call through every client, as a table. @param {World} world */
export async function clientsSection(world) {
  await world.connect();
  const { other, dapp, chain } = world;
  const add = { ...NETWORK, chainId: `0x${other.chainId.toString(16)}`, rpcUrls: [other.url] };
  await world.agreed('raw', 'request', 'wallet_addEthereumChain', [add]);
  await world.agreed('raw', 'switchChain', chain.chainId);
  await dapp.heard('chainChanged', (id) => Number(id) === chain.chainId);
  /** @type {Awaited<ReturnType<typeof row>>[]} */
  const rows = [];
  for (const call of CALLS) {
    const outcomes = await world.allAgreed(call.action, (client, n) => call.args?.(world, client, n) ?? []);
    rows.push(await row(world, call, outcomes));
  }
  const all = CLIENT_NAMES.map((client, n) =>
    world.ask(client, REFUSED.action, ...(REFUSED.args?.(world, client, n) ?? [])),
  );
  await world.wallet.rejectNext('message', { origin: dapp.origin });
  rows.push(await row(world, REFUSED, await Promise.all(all)));
  const clients = CLIENT_NAMES.map((name) => {
    const npm = CLIENTS[name];
    return npm ? `${npm} ${versionOf(npm)}` : '`window.ethereum` as it is';
  });
  const notes = rows.flatMap((one) => one.notes);
  return [
    `Clients: ${clients.join(', ')}.`,
    EXPLAINED,
    table(
      ['call', 'expected', ...CLIENT_NAMES],
      rows.map(({ cells }) => cells),
    ),
    differences(notes),
  ].join('\n\n');
}
