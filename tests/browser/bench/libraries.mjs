/*
 * What people wait for that is arithmetic, beside the JavaScript libraries that other wallets use. All contenders are
 * extensions' workers in the same browser, and take turns, so that what slows the computer slows each.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { OUT } from '../lib/paths.mjs';
import { ANVIL_PHRASE } from '../lib/services.mjs';
import { Laboratory, bytes } from './laboratory.mjs';
import { heading, median, record } from './report.mjs';

const ACCOUNTS = 100;
const SIGNATURES = 1_000;
const INDICES = 10_000;
/** So many indices the JavaScript libraries search; all of them would take minutes. */
const SAMPLE = 100;
const [MEMORY_KIB, PASSES] = [65_536, 3];

const KEY = bytes(createHash('sha256').update('a key').digest());
const DIGESTS = Array.from({ length: SIGNATURES }, (_, n) => bytes(createHash('sha256').update(`${n}`).digest()));

/**
 * @typedef {{ contender: string, job: string, args?: unknown[], before?: [string, ...unknown[]] }} Entry
 *   `before`: a job whose time is not counted
 */

/**
 * The median time of each entry over rounds in which they take turns.
 * @template {string} Name
 * @param {Laboratory} laboratory @param {Record<Name, Entry>} entries
 * @param {{ rounds: number, warm: number, fresh?: boolean }} how `warm`: rounds that do not count; `fresh`: each in a
 *   worker of its own
 * @returns {Promise<Record<Name, number>>}
 */
async function race(laboratory, entries, { rounds, warm, fresh = false }) {
  /** @type {[Name, Entry][]} */
  const list = /** @type {any} */ (Object.entries(entries));
  const times = new Map(list.map(([name]) => [name, /** @type {number[]} */ ([])]));
  const results = new Set();
  for (let round = -warm; round < rounds; round += 1) {
    for (const [name, { contender, job, args = [], before }] of list) {
      if (before) await laboratory.ask(name, contender, ...before);
      const { ms, result } = await laboratory.ask(name, contender, job, ...args);
      if (round >= 0) times.get(name)?.push(ms);
      if (result !== undefined) results.add(JSON.stringify(result));
      if (fresh) await laboratory.end(name);
    }
  }
  for (const [name] of list) await laboratory.end(name);
  assert.ok(results.size <= 1, `contenders disagree: ${[...results].join(' ').slice(0, 400)}`);
  return /** @type {any} */ (Object.fromEntries([...times].map(([name, all]) => [name, median(all)])));
}

/** @param {Laboratory} laboratory */
async function seeds(laboratory) {
  const times = await race(
    laboratory,
    {
      candor: { contender: 'candor', job: 'seed', args: [ANVIL_PHRASE] },
      scure: { contender: 'scure', job: 'seed', args: [ANVIL_PHRASE] },
      browser: { contender: 'scure', job: 'seedByBrowser', args: [ANVIL_PHRASE] },
    },
    { rounds: 15, warm: 5 },
  );
  record('phrase → seed: Candor', times.candor, 'ms');
  record('phrase → seed: @scure/bip39', times.scure, 'ms');
  record("phrase → seed: @scure/bip39 with the browser's own PBKDF2", times.browser, 'ms');
}

/** @param {Laboratory} laboratory */
async function derivation(laboratory) {
  /** @type {[string, ...unknown[]]} */
  const before = ['seed', ANVIL_PHRASE];
  const times = await race(
    laboratory,
    {
      candor: { contender: 'candor', job: 'accounts', args: [ACCOUNTS], before },
      scure: { contender: 'scure', job: 'accounts', args: [ACCOUNTS], before },
      keys: { contender: 'scure', job: 'keysOnly', args: [ACCOUNTS], before },
    },
    { rounds: 15, warm: 5 },
  );
  record(`${ACCOUNTS} accounts derived, addresses too: Candor`, times.candor, 'ms');
  record(`${ACCOUNTS} accounts derived, addresses too: @scure/bip32`, times.scure, 'ms');
  record(`${ACCOUNTS} accounts derived, keys alone: @scure/bip32`, times.keys, 'ms');
  // An account is its address: both work it out.
  record('  Candor against @scure/bip32', times.scure / times.candor, '×', { least: 2 });
}

/** @param {Laboratory} laboratory */
async function signing(laboratory) {
  const first = await race(
    laboratory,
    {
      candor: { contender: 'candor-sign', job: 'sign', args: [KEY, DIGESTS.slice(0, 1)] },
      whole: { contender: 'candor-whole', job: 'sign', args: [KEY, DIGESTS.slice(0, 1)] },
      noble: { contender: 'noble', job: 'sign', args: [KEY, DIGESTS.slice(0, 1)] },
    },
    { rounds: 21, warm: 3, fresh: true },
  );
  record('first signature in a fresh worker, loading included: Candor', first.candor, 'ms');
  record('first signature in a fresh worker, loading included: @noble/curves', first.noble, 'ms');
  record('  Candor against @noble/curves', first.noble / first.candor, '×', { least: 3 });
  record("  with all of the background's module loaded before", first.whole, 'ms');
  const sustained = await race(
    laboratory,
    {
      candor: { contender: 'candor-sign', job: 'sign', args: [KEY, DIGESTS] },
      noble: { contender: 'noble', job: 'sign', args: [KEY, DIGESTS] },
    },
    { rounds: 9, warm: 2 },
  );
  record(`${SIGNATURES} signatures: Candor`, sustained.candor, 'ms', { most: sustained.noble, why: '@noble/curves' });
  record(`${SIGNATURES} signatures: @noble/curves`, sustained.noble, 'ms');
}

/** @param {Laboratory} laboratory */
async function search(laboratory) {
  /** @type {[string, ...unknown[]]} */
  const before = ['seed', ANVIL_PHRASE];
  const times = await race(
    laboratory,
    { candor: { contender: 'candor', job: 'search', args: [INDICES], before } },
    { rounds: 3, warm: 0 },
  );
  const scure = await race(
    laboratory,
    { scure: { contender: 'scure', job: 'search', args: [SAMPLE], before } },
    { rounds: 3, warm: 2 },
  );
  record(`address searched in ${INDICES} indices of three families: Candor`, times.candor / 1_000, 's');
  record(`  the same by @scure/bip32, from ${SAMPLE} indices`, ((scure.scure / 1_000) * INDICES) / SAMPLE, 's');
}

/** Milliseconds of the same Argon2id without a browser. */
async function native() {
  const program = path.join(OUT, 'release/examples/native');
  if (!existsSync(program)) throw new Error(`${program} is missing: use \`cargo xtask bench\`, which builds it`);
  const { stdout } = await promisify(execFile)(program, [String(MEMORY_KIB), String(PASSES)]);
  return Number(stdout);
}

/** @param {Laboratory} laboratory */
async function passwords(laboratory) {
  const args = ['correct horse battery staple', bytes(new Uint8Array(16).fill(7)), MEMORY_KIB, PASSES];
  /** @type {[string, number]} */
  const before = ['prepare', MEMORY_KIB];
  const [inBrowser, alone] = [/** @type {Record<string, number>[]} */ ([]), /** @type {number[]} */ ([])];
  for (let round = 0; round < 9; round += 1) {
    inBrowser.push(
      await race(
        laboratory,
        {
          candor: { contender: 'candor-kdf', job: 'derive', args, before },
          other: { contender: 'hash-wasm', job: 'derive', args, before },
        },
        { rounds: 1, warm: 0, fresh: true },
      ),
    );
    alone.push(await native());
  }
  const [candor, other] = ['candor', 'other'].map((name) => median(inBrowser.map((times) => times[name] ?? NaN)));
  if (!candor || !other) throw new Error('nothing was measured');
  record('Argon2id, 64 MiB × 3, in a worker started while typing: Candor', candor, 'ms');
  record('Argon2id, 64 MiB × 3, in a worker started while typing: hash-wasm', other, 'ms');
  record('Argon2id, 64 MiB × 3, without a browser, one thread', median(alone), 'ms');
  record('  Candor against hash-wasm', other / candor, '×', { least: 1.5 });
  record('  Candor against the same without a browser', candor / median(alone), '×', { most: 1.6 });
}

/** @param {import('../lib/browser.mjs').Driver} driver */
export async function libraryTimes(driver) {
  heading('Beside JavaScript libraries, in the same browser');
  const laboratory = await Laboratory.open(driver);
  try {
    await seeds(laboratory);
    await derivation(laboratory);
    await signing(laboratory);
    await search(laboratory);
    await passwords(laboratory);
  } finally {
    await laboratory.close();
  }
}
