import { argon2id } from 'hash-wasm';

/** @param {string} password @param {Uint8Array} salt @param {number} memoryKib @param {number} passes */
export const derive = (password, salt, memoryKib, passes) =>
  argon2id({
    password,
    salt,
    memorySize: memoryKib,
    iterations: passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  });

/** It takes no memory ahead, but its code can be loaded and used before. */
export async function prepare() {
  await derive('password', new Uint8Array(16), 1_024, 1);
}
