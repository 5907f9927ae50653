import { ethers } from './ethers.mjs';
import { mipd } from './mipd.mjs';
import { raw } from './raw.mjs';
import { viem } from './viem.mjs';
import { wagmi } from './wagmi.mjs';
import { web3 } from './web3.mjs';

/** Every client by the name that the tables give it; each is made when it is first used. */
export const clients = { raw, viem, ethers, wagmi, web3, mipd };
