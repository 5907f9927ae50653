/*
 * What Linux says of the browser's processes, and of the files of its profile.
 */
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

import { family } from '../lib/memory.mjs';

/**
 * A number of every process of a browser, added up; those that ended meanwhile count nothing.
 * @param {number} root @param {string} file of `/proc/<pid>` @param {RegExp} line
 */
async function sum(root, file, line) {
  const texts = await Promise.all(family(root).map((pid) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')));
  return texts.reduce((total, text) => total + Number(line.exec(text)?.[1] ?? 0), 0);
}

/** Bytes of memory, those that processes share counted once. @param {number} root */
export const resident = async (root) => 1024 * (await sum(root, 'smaps_rollup', /^Pss:\s+(\d+)/m));

/** Bytes that were given to the disk so far. @param {number} root */
export const writtenTo = (root) => sum(root, 'io', /^write_bytes: (\d+)/m);

/**
 * The files in a profile that hold what an extension stores.
 * @param {string} profile @param {string} id @returns {Promise<Map<string, { size: number, at: number }>>}
 */
export async function storedBy(profile, id) {
  const names = await readdir(profile, { recursive: true });
  const found = await Promise.all(
    names
      .filter((name) => name.includes(id))
      .map(async (name) => {
        const info = await stat(path.join(profile, name)).catch(() => null);
        return info?.isFile() ? /** @type {const} */ ([[name, { size: info.size, at: info.mtimeMs }]]) : [];
      }),
  );
  return new Map(found.flat());
}

/**
 * At least how many bytes were written between two looks: a file that was touched counts for one.
 * @param {Map<string, { size: number, at: number }>} before @param {Map<string, { size: number, at: number }>} after
 */
export function bytesWritten(before, after) {
  let bytes = 0;
  for (const [name, { size, at }] of after) {
    const was = before.get(name);
    if (was?.at !== at) bytes += Math.max(1, size - (was?.size ?? 0));
  }
  return bytes;
}
