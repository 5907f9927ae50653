import { secp256k1 } from '@noble/curves/secp256k1.js';

/** @param {Uint8Array} key @param {Uint8Array[]} digests @returns {Uint8Array | undefined} `r ‖ s` of the last signature */
export const sign = (key, digests) =>
  digests
    .map((digest) => secp256k1.sign(digest, key, { prehash: false, format: 'recovered' }))
    .at(-1)
    ?.slice(1);
