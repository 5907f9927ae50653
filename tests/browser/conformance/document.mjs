import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { ACCEPT, OUT, ROOT } from '../lib/paths.mjs';
import { INTRODUCTION } from './introduction.mjs';

const PUBLISHED = path.join(ROOT, 'docs/conformance.md');
const WRITTEN = path.join(OUT, 'conformance.md');

/** The page's sections in their order; each is written by one journey. */
export const SECTIONS = /** @type {const} */ (['Clients', 'Methods', 'Codes and events', 'MetaMask’s test dApp']);

/** @typedef {typeof SECTIONS[number]} Section */

/** @type {Map<string, string>} what the journeys of this run wrote so far */
const written = new Map();

/** The page's parts by their headings; what is before the first is the introduction. @param {string} text */
function parts(text) {
  const [introduction = '', ...sections] = text.split(/^## /m);
  const named = sections.map(
    (section) =>
      /** @type {[string, string]} */ ([
        section.slice(0, section.indexOf('\n')),
        section.slice(section.indexOf('\n')).trim(),
      ]),
  );
  return { introduction: introduction.trim(), sections: new Map(named) };
}

/**
 * Lines that only one of two texts has, marked as `diff` does.
 * @param {string} before @param {string} after
 */
function changes(before, after) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
}

/**
 * Writes a section of the page into the output folder, and fails if the page in the repository says something else.
 * @param {Section} section @param {string} body Markdown without the section's heading
 */
export async function publish(section, body) {
  written.set(section, body.trim());
  const text = await readFile(PUBLISHED, 'utf8').catch(() => '');
  const before = parts(text);
  const all = SECTIONS.map((name) => `## ${name}\n\n${written.get(name) ?? before.sections.get(name) ?? ''}`.trim());
  const page = `${INTRODUCTION.trim()}\n\n${all.join('\n\n')}\n`;
  const file = ACCEPT ? PUBLISHED : WRITTEN;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, page);
  if (ACCEPT) return;
  const old = `${before.introduction}\n${before.sections.get(section) ?? ''}`;
  const now = `${INTRODUCTION.trim()}\n${body.trim()}`;
  const order = [...before.sections.keys()].join() === SECTIONS.join();
  if (old === now && order) return;
  throw new Error(
    `docs/conformance.md is not what this run found under “${section}” ` +
      `(${WRITTEN}; CANDOR_ACCEPT=conformance takes it over):\n${changes(old, now).join('\n') || 'the order is another'}`,
  );
}

/**
 * A table in Markdown.
 * @param {string[]} head @param {string[][]} rows
 */
export function table(head, rows) {
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim()).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** What stands below a table: every cell that is not as it should be, with the reason. @param {string[]} notes */
export const differences = (notes) =>
  notes.length ? `Where it differs:\n\n${notes.map((note) => `- ${note}`).join('\n')}` : 'Nothing differs.';
