import { clientsSection } from '../conformance/clients/section.mjs';
import { codesSection } from '../conformance/codes/section.mjs';
import { publish } from '../conformance/document.mjs';
import { specsSection } from '../conformance/specs/section.mjs';
import { testDappSection } from '../conformance/test-dapp/section.mjs';
import { World } from '../conformance/world.mjs';

/** @type {import('../run.mjs').Journey[]} */
export const journeys = [
  {
    name: 'what dApps do, through every client, is as published',
    run: async (context) => publish('Clients', await clientsSection(await World.open(context))),
  },
  {
    name: 'every described method, through every client, is as published',
    run: async (context) => publish('Methods', await specsSection(await World.open(context))),
  },
  {
    name: 'codes and events are as published',
    run: async (context) => publish('Codes and events', await codesSection(await World.open(context))),
  },
  {
    name: 'every button of MetaMask’s test dApp does as published',
    run: async (context) => publish('MetaMask’s test dApp', await testDappSection(context)),
  },
];
