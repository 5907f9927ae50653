import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { OUT } from '../lib/paths.mjs';

/**
 * @typedef {{ most: number, why?: string } | { least: number, why?: string }} Goal `why`: what the number comes from
 * @typedef {{ what: string, value: number, unit: string, goal?: string, kept?: boolean }} Figure
 */

/** @type {Figure[]} */
const figures = [];

/** @param {number} value */
const short = (value) => (value < 1 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0));

/**
 * Prints one row, with its goal and whether it is kept if it has one.
 * @param {string} what @param {number} value @param {string} unit @param {Goal} [goal]
 */
export function record(what, value, unit, goal) {
  /** @type {Figure} */
  const figure = { what, value: Number(value.toPrecision(4)), unit };
  if (goal) {
    const [sign, bound] = 'most' in goal ? ['≤', goal.most] : ['≥', goal.least];
    figure.goal = `${sign} ${short(bound)}${goal.why ? ` (${goal.why})` : ''}`;
    figure.kept = sign === '≤' ? value <= bound : value >= bound;
  }
  figures.push(figure);
  const mark = { true: 'kept', false: 'MISSED', undefined: '' }[String(figure.kept)];
  console.log(`${what.padEnd(66)} ${short(value).padStart(8)} ${unit.padEnd(4)} ${mark?.padEnd(6)} ${figure.goal ?? ''}`);
}

/** @param {string} title */
export const heading = (title) => console.log(`\n${title}`);

/** Says how many goals were kept, and leaves all rows as JSON behind. @param {string} [name] of the file */
export async function conclude(name = 'main') {
  const goals = figures.filter(({ kept }) => kept !== undefined);
  console.log(`\n${goals.filter(({ kept }) => kept).length} of ${goals.length} goals kept`);
  const folder = path.join(OUT, 'bench');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
}

/** @param {number[]} values */
export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
