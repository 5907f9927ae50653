import { createStore } from 'mipd';

import { eip1193 } from './raw.mjs';

/** mipd finds the wallet by EIP-6963 and leaves the rest to the dApp. @param {import('./raw.mjs').Detail} detail */
export function mipd({ info }) {
  const found = createStore().findProvider({ rdns: info.rdns });
  if (!found) throw new Error('mipd does not find the wallet');
  return eip1193(found.provider);
}
