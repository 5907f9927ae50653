import { createDecipheriv } from 'node:crypto';
import { argon2id } from 'hash-wasm';

/**
 * The two keys between a password and a vault, by docs/vault-format.md, outside of the browser that is searched for
 * them.
 * @param {string} copy of the vault, as storage.local has it
 * @param {string} password
 * @returns {Promise<{ slotKey: Buffer, dataKey: Buffer }>}
 */
export async function keysOf(copy, password) {
  const vault = Buffer.from(copy, 'base64').subarray(26, -32);
  const header = vault.subarray(0, 26);
  // The first slot is the password's: 7 bytes of its own header, the cost, the salt, the nonce, the sealed key.
  const slot = vault.subarray(55);
  const slotKey = Buffer.from(
    await argon2id({
      password: password.normalize('NFKC'),
      salt: slot.subarray(19, 35),
      memorySize: slot.readUInt32BE(7),
      iterations: slot.readUInt32BE(11),
      parallelism: slot.readUInt32BE(15),
      hashLength: 32,
      outputType: 'binary',
    }),
  );
  const opening = createDecipheriv('aes-256-gcm', slotKey, slot.subarray(35, 47));
  opening.setAAD(Buffer.concat([header, slot.subarray(0, 35)]));
  opening.setAuthTag(slot.subarray(79, 95));
  return { slotKey, dataKey: Buffer.concat([opening.update(slot.subarray(47, 79)), opening.final()]) };
}
