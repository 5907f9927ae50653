import { closeSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs';

/** So much is looked at in one go. */
const PIECE = 1 << 24;

/** @typedef {import('./secrets.mjs').Needle} Needle */

/**
 * A process with everything that it started, as Linux knows them.
 * @param {number} root @returns {number[]}
 */
export function family(root) {
  const started = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // Behind the name of the program, which may hold anything: its state, then who started it.
        return [{ pid: Number(name), by: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
  const found = [root];
  for (const one of found) found.push(...started.filter(({ by }) => by === one).map(({ pid }) => pid));
  return found;
}

/**
 * Which secrets are anywhere in a process's memory: JavaScript, WebAssembly, and whatever the browser itself keeps or
 * has given back to its allocator without wiping it. Only memory that can be written to is looked at, which is where
 * anything gets to while a program runs.
 * @param {number} pid
 * @param {Needle[]} needles
 * @returns {{ found: Needle[], bytes: number }}
 */
export function searchMemory(pid, needles) {
  const look = finder(needles);
  const longest = Math.max(...needles.map(({ bytes }) => bytes.length));
  /** @type {Set<Needle>} */
  const found = new Set();
  let bytes = 0;
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    const buffer = Buffer.alloc(PIECE);
    for (const { start, end } of writable(pid)) {
      for (let at = start; at < end; at += PIECE - longest) {
        try {
          const read = readSync(memory, buffer, 0, Math.min(PIECE, end - at), at);
          bytes += read;
          for (const needle of look(buffer.subarray(0, read))) found.add(needle);
        } catch {
          // A part that was given back meanwhile, or that belongs to a device.
        }
      }
    }
  } finally {
    closeSync(memory);
  }
  return { found: [...found], bytes };
}

/** @param {number} pid @returns {{ start: number, end: number }[]} the parts of its memory that it can write to */
function writable(pid) {
  const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, start = '', end = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
    return start ? [{ start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) }] : [];
  });
}

/**
 * Looks for many texts at once: a table of their first two bytes says at which places it is worth comparing.
 * @param {Needle[]} needles
 * @returns {(haystack: Buffer) => Set<Needle>}
 */
function finder(needles) {
  /** @type {Map<number, Needle[]>} */
  const byStart = new Map();
  const starts = new Uint8Array(1 << 16);
  for (const needle of needles) {
    const start = needle.bytes.readUInt16BE(0);
    starts[start] = 1;
    byStart.set(start, [...(byStart.get(start) ?? []), needle]);
  }
  return (haystack) => {
    /** @type {Set<Needle>} */
    const found = new Set();
    let start = haystack[0] ?? 0;
    for (let at = 1; at < haystack.length; at += 1) {
      start = ((start << 8) | /** @type {number} */ (haystack[at])) & 0xffff;
      if (starts[start] === 0) continue;
      for (const needle of byStart.get(start) ?? []) {
        const from = at - 1;
        if (haystack[from + 4] !== needle.bytes[4] || haystack[from + 2] !== needle.bytes[2]) continue;
        if (needle.bytes.equals(haystack.subarray(from, from + needle.bytes.length))) found.add(needle);
      }
    }
    return found;
  };
}
