import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { HDKey } from '@scure/bip32';
import { mnemonicToSeedSync, mnemonicToSeedWebcrypto, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

/** @type {Uint8Array} */
let seedBytes;

/** @param {string} phrase */
export function seed(phrase) {
  if (!validateMnemonic(phrase, wordlist)) throw new Error('not a phrase');
  seedBytes = mnemonicToSeedSync(phrase);
}

/** With the browser's own PBKDF2. @param {string} phrase */
export async function seedByBrowser(phrase) {
  if (!validateMnemonic(phrase, wordlist)) throw new Error('not a phrase');
  seedBytes = await mnemonicToSeedWebcrypto(phrase);
}

/** The keys alone, without their addresses. @param {number} count */
export function keys(count) {
  const parent = HDKey.fromMasterSeed(seedBytes).derive("m/44'/60'/0'/0");
  return Array.from({ length: count }, (_, index) => parent.deriveChild(index));
}

/** @param {number} count */
export const keysOnly = (count) => void keys(count);

/** @param {number} count @returns {string} the addresses, one a line */
export const accounts = (count) => keys(count).map(address).join('\n');

/**
 * Compares so many accounts of each family with an address that is none of them, by the prefix that all three share.
 * @param {number} indices
 */
export function search(indices) {
  const coin = HDKey.fromMasterSeed(seedBytes).derive("m/44'/60'");
  const legacy = coin.derive("m/0'");
  const bip44 = legacy.deriveChild(0);
  for (let index = 0; index < indices; index += 1) {
    for (const key of [bip44.deriveChild(index), coin.derive(`m/${index}'/0/0`), legacy.deriveChild(index)]) {
      if (/^0x0{40}$/.test(address(key))) throw new Error('found');
    }
  }
}

/** @param {HDKey} key */
function address({ publicKey }) {
  if (!publicKey) throw new Error('no key');
  const point = secp256k1.Point.fromBytes(publicKey).toBytes(false);
  const digits = bytesToHex(keccak_256(point.subarray(1)).subarray(12));
  const checksum = bytesToHex(keccak_256(utf8ToBytes(digits)));
  return `0x${digits.replace(/./g, (digit, at) => (Number(`0x${checksum[at]}`) < 8 ? digit : digit.toUpperCase()))}`;
}
