import { serveNode } from '../../lib/services.mjs';
import { until } from '../../lib/until.mjs';
import { agreeing } from '../consent.mjs';
import { differences, table } from '../document.mjs';
import { World } from '../world.mjs';
import { AFTER, ENDING, OPTIONAL } from './after.mjs';
import { BEFORE } from './before.mjs';

/**
 * @typedef {import('./expect.mjs').Row} Row
 * @typedef {import('./expect.mjs').World} Served
 * @typedef {import('../world.mjs').Outcome} Outcome
 */

const NOT_OFFERED = 'not offered (4200)';
const ALL = [...BEFORE, ...AFTER, ...OPTIONAL, ...ENDING];

const EXPLAINED =
  'On the provider as it is, in this order. `person` is what is done in the wallet’s window; where nothing stands, no window may open. `event` is what the page has to hear, and at the end it must have heard nothing else.';

/** What a person does about the one prompt. @param {Served} world @param {Row} row @param {Promise<Outcome>} asking */
async function answered(world, row, asking) {
  if (row.person === 'refuses') await world.wallet.rejectNext('connect');
  if (row.person === 'closes') await (await world.wallet.approval('connect')).page.close();
  if (row.person === 'revokes') {
    await world.wallet.approval('message');
    await world.ask('raw', 'request', 'wallet_revokePermissions', [{ eth_accounts: {} }]);
  }
  const { asked, outcome } = await agreeing(world.wallet, `${row.asks} to settle`, asking);
  return { outcome, prompts: asked.map(({ kind }) => kind) };
}

/** The one check: asks, answers the prompt, and says `ok` or what came instead. @param {Served} world @param {Row} row */
async function check(world, row) {
  await row.first?.(world);
  const before = (await world.dapp.events()).length;
  const asking = world.ask('raw', row.action ?? 'exactly', ...row.args(world));
  const { outcome, prompts } = await answered(world, row, asking);
  const { error, value } = outcome;
  if (row.person !== 'agrees' && prompts.length) return `asks a person: ${prompts.join(', ')}`;
  if (error?.code === 4200 && !row.expected.says.includes('4200')) return NOT_OFFERED;
  if (!(await row.expected.holds(outcome, world))) {
    return error ? `${error.code ?? 'no code'}: ${error.message}` : `\`${JSON.stringify(value)}\``;
  }
  if (row.event) {
    const heard = await until(`the event ${row.event}`, async () => (await world.dapp.events())[before]);
    if (heard.name !== row.event || !row.heard?.(heard.value, world)) return `hears ${JSON.stringify(heard)}`;
  }
  return 'ok';
}

/** What is said of a row that is not as expected. @param {Row} row @param {string} found */
const note = ({ asks, why }, found) => `${asks}: ${found.replace(/\.$/, '')}. ${why ?? 'Nobody has said why.'}`;

/** Every code and event, as a table. @param {World} world */
export async function codesSection(world) {
  const { context } = world;
  const dying = await serveNode((method) => (method === 'eth_chainId' ? '0x7a6c' : '0x1'));
  context.endings.push(() => dying.stop());
  const served = Object.assign(world, { dying });
  const dapp = await context.dapp('conformance', context.shared.otherSite.origin);
  const stranger = Object.assign(new World(context, dapp, world.other, world.published), { dying });
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  const notes = [];
  for (const row of ALL) {
    const found = await check(row.stranger ? stranger : served, row);
    rows.push([row.standard, row.asks, row.person ?? '', row.expected.says, row.event ?? '', found]);
    if (found !== 'ok' && found !== NOT_OFFERED) notes.push(note(row, found));
  }
  const expected = ALL.flatMap(({ event }) => event ?? []);
  const heard = (await world.dapp.events()).map(({ name }) => name);
  if (heard.join() !== expected.join()) notes.push(`Events: the page heard ${heard.join(', ')}.`);
  const count = (/** @type {string} */ what) => rows.filter((row) => row.at(-1) === what).length;
  return [
    EXPLAINED,
    `${rows.length} rows: ${count('ok')} \`ok\`, ${count(NOT_OFFERED)} not offered, ${notes.length} differing.`,
    table(['standard', 'request', 'person', 'expected', 'event', 'found'], rows),
    differences(notes),
  ].join('\n\n');
}
