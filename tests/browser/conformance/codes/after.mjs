import { isDeepStrictEqual } from 'node:util';

import { TYPED_DATA } from '../../lib/samples.mjs';
import { REVERT } from '../world.mjs';
import { ACCOUNT, HASH, SIGNATURE, asTheNode, code, exactly, result } from './expect.mjs';

/**
 * @typedef {import('./expect.mjs').Row} Row
 * @typedef {import('./expect.mjs').World} World
 */

const quantity = (/** @type {number} */ value) => `0x${value.toString(16)}`;
const MAIL = {
  ...TYPED_DATA,
  types: { EIP712Domain: [{ name: 'name', type: 'string' }], ...TYPED_DATA.types },
  domain: { name: TYPED_DATA.domain.name },
};

const TYPES = /** @type {Record<string, string>} */ ({ chainId: 'uint256', verifyingContract: 'address' });

/** The mail, for a domain of its own. @param {Record<string, unknown>} fields */
const domain = (fields) => ({
  ...MAIL,
  types: { ...MAIL.types, EIP712Domain: Object.keys(fields).map((name) => ({ name, type: TYPES[name] })) },
  domain: fields,
});

/** The subscription or filter that was made last. */
const last = { made: '' };

/** An id, after which something happens. @param {string} says @param {(world: World) => Promise<unknown>} then */
const made = (says, then) =>
  result(says, async (id, world) => {
    last.made = id;
    await then(world);
    return /^0x[1-9a-f][0-9a-f]*$/.test(id);
  });

/** @param {string} asks @param {(world: World) => unknown[]} params @param {Partial<Row>} rest @returns {Row} */
const sign = (asks, params, rest) => ({
  standard: 'EIP-191',
  asks: `\`personal_sign\`${asks}`,
  args: (world) => [{ method: 'personal_sign', params: params(world) }],
  expected: code(-32602),
  ...rest,
});

/** @param {string} asks @param {(world: World) => unknown[]} params @param {Partial<Row>} [rest] @returns {Row} */
const typed = (asks, params, rest) => ({
  standard: 'EIP-712',
  asks: `\`eth_signTypedData_v4\`${asks}`,
  args: (world) => [{ method: 'eth_signTypedData_v4', params: params(world) }],
  expected: code(-32602),
  ...rest,
});

/** @param {string} asks @param {object} fields @param {Partial<Row>} [rest] @returns {Row} */
const send = (asks, fields, rest) => ({
  standard: 'EIP-1474',
  asks: `\`eth_sendTransaction\`${asks}`,
  args: ({ me, you }) => [{ method: 'eth_sendTransaction', params: [{ from: me, to: you, value: '0x1', ...fields }] }],
  expected: code(-32602),
  ...rest,
});

/** @param {string} asks @param {unknown[]} params @param {Partial<Row>} [rest] @returns {Row} */
const switching = (asks, params, rest) => ({
  standard: 'EIP-3326',
  asks: `\`wallet_switchEthereumChain\`${asks}`,
  args: () => [{ method: 'wallet_switchEthereumChain', params }],
  expected: code(-32602),
  ...rest,
});

/** @param {string} asks @param {(world: World) => object} fields @param {Partial<Row>} [rest] @returns {Row} */
const adding = (asks, fields, rest) => ({
  standard: 'EIP-3085',
  asks: `\`wallet_addEthereumChain\`${asks}`,
  args: (world) => [
    {
      method: 'wallet_addEthereumChain',
      params: [
        {
          chainId: quantity(world.other.chainId),
          chainName: 'Second chain',
          nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
          rpcUrls: [world.other.url],
          ...fields(world),
        },
      ],
    },
  ],
  expected: code(-32602),
  ...rest,
});

const revert = (/** @type {World} */ { published }) => ({
  method: 'eth_call',
  params: [{ to: published.contract, data: REVERT }, 'latest'],
});
const nonsense = () => ({ method: 'eth_getBlockByNumber', params: ['nonsense', false] });

/** What a connected site gets. @type {Row[]} */
export const AFTER = [
  sign('', ({ me }) => ['0x6869', me], { person: 'agrees', expected: SIGNATURE }),
  sign(' with the account first', ({ me }) => [me, '0x6869'], { person: 'agrees', expected: SIGNATURE }),
  sign(' with an account that the site was not given', ({ you }) => ['0x6869', you], { expected: code(4100) }),
  sign(' without parameters', () => [], {}),
  sign(' with an account that is none', () => ['0x6869', '0x12'], {}),
  sign(' of over 200 KiB', ({ me }) => [`0x${'61'.repeat(200 * 1024 + 1)}`, me], {}),
  typed('', ({ me }) => [me, JSON.stringify(MAIL)], { person: 'agrees', expected: SIGNATURE }),
  typed(' with an account that the site was not given', ({ you }) => [you, JSON.stringify(MAIL)], {
    expected: code(4100),
  }),
  typed(' that is no JSON', ({ me }) => [me, '{']),
  typed(' without a primary type', ({ me }) => [me, JSON.stringify({ ...MAIL, primaryType: undefined })]),
  typed(' with an unknown type', ({ me }) => [
    me,
    JSON.stringify({ ...MAIL, types: { Mail: [{ name: 'x', type: 'Nope' }] } }),
  ]),
  typed(' of another network', ({ me }) => [me, JSON.stringify(domain({ chainId: 1 }))]),
  typed(' with the account itself as contract', ({ me }) => [me, JSON.stringify(domain({ verifyingContract: me }))]),
  typed(' with `__proto__` as a type', ({ me }) => [
    me,
    JSON.stringify(MAIL).replace('"Person":', '"__proto__":[],"Person":'),
  ]),
  send('', {}, { person: 'agrees', expected: HASH }),
  send(' from an account that the site was not given', { from: `0x${'12'.repeat(20)}` }, { expected: code(4100) }),
  send(' with both styles of fees', { gasPrice: '0x1', maxFeePerGas: '0x1' }, { standard: 'EIP-1559' }),
  send(' with a member that nobody knows', { moon: '0x1' }),
  send(' with an authorization list', { authorizationList: [] }, { standard: 'EIP-7702' }),
  send(' for another network', { chainId: '0x1' }, { standard: 'EIP-155' }),
  send(' to what is no address', { to: '0x1234' }),
  send(' of a value in decimals', { value: '10' }),
  send(' to nobody with nothing', { to: undefined, value: undefined }),
  send(' with `data` and another `input`', { data: '0x01', input: '0x02' }),
  send(' of an unknown type', { type: '0x7f' }, { standard: 'EIP-2718' }),
  switching(' to the same network', [{ chainId: '0x7a69' }], { expected: exactly(null) }),
  switching(' to one that the user does not have', [{ chainId: '0x999999' }], { expected: code(4902) }),
  switching(' without parameters', []),
  switching(' with leading zeros', [{ chainId: '0x01' }]),
  switching(' with a number', [{ chainId: 1 }]),
  switching(' with a member that nobody knows', [{ chainId: '0x1', moon: 1 }]),
  adding(' of the network in use', () => ({ chainId: '0x7a69' }), { expected: exactly(null) }),
  adding(' with leading zeros', () => ({ chainId: '0x07a6a' })),
  adding(' without servers', () => ({ rpcUrls: [] })),
  adding(' with a server over plain http elsewhere', () => ({ rpcUrls: ['http://example.com'] })),
  adding(' with a currency of 6 decimals', () => ({ nativeCurrency: { name: 'X', symbol: 'X', decimals: 6 } })),
  adding(' with a member that nobody knows', () => ({ moon: 1 })),
  adding('', () => ({}), {
    person: 'agrees',
    expected: exactly(null),
    event: 'chainChanged',
    heard: (value, { other }) => Number(value) === other.chainId,
  }),
  switching(' back', [{ chainId: '0x7a69' }], {
    person: 'agrees',
    expected: exactly(null),
    event: 'chainChanged',
    heard: (value) => value === '0x7a69',
  }),
  adding(' whose server is of another network', () => ({ chainId: '0x7a6b' }), {
    person: 'agrees',
    expected: code(-32602),
  }),
  adding(' whose server goes away later', ({ dying }) => ({ chainId: '0x7a6c', rpcUrls: [dying.origin] }), {
    person: 'agrees',
    expected: exactly(null),
    event: 'chainChanged',
    heard: (value) => value === '0x7a6c',
  }),
  {
    standard: 'EIP-1193',
    asks: '`eth_blockNumber` when it has gone',
    first: ({ dying }) => dying.stop(),
    args: () => [{ method: 'eth_blockNumber' }],
    expected: code(4900),
  },
  switching(' back to one that answers', [{ chainId: '0x7a69' }], {
    person: 'agrees',
    expected: exactly(null),
    event: 'chainChanged',
    heard: (value) => value === '0x7a69',
  }),
  {
    standard: 'EIP-1474',
    asks: '`eth_call` that the contract reverts',
    args: (world) => [revert(world)],
    expected: asTheNode('the node’s code, message and data', revert),
  },
  {
    standard: 'EIP-1474',
    asks: '`eth_getBlockByNumber` of nonsense',
    args: () => [nonsense()],
    expected: asTheNode('the node’s code, message and data', nonsense),
  },
  {
    standard: 'EIP-1474',
    asks: '`eth_getTransactionByHash` of nothing',
    args: () => [{ method: 'eth_getTransactionByHash', params: [`0x${'ab'.repeat(32)}`] }],
    expected: exactly(null),
  },
  {
    standard: 'EIP-191',
    asks: '`personal_ecRecover`',
    args: () => [{ method: 'personal_ecRecover', params: ['0x6869', `0x${'00'.repeat(65)}`] }],
    expected: code(-32602),
  },
  {
    standard: 'EIP-1193',
    asks: '`eth_subscribe` to nothing that there is',
    args: () => [{ method: 'eth_subscribe', params: ['newWorlds'] }],
    expected: code(-32602),
  },
  {
    standard: 'EIP-1193',
    asks: '`eth_subscribe` to new heads, and then a block',
    // A page that nobody sees is told once a minute.
    first: ({ dapp }) => dapp.page.inner.bringToFront(),
    args: () => [{ method: 'eth_subscribe', params: ['newHeads'] }],
    expected: made('an id', ({ chain }) => chain.rpc('anvil_mine', [])),
    event: 'message',
    heard: ({ type, data }) => type === 'eth_subscription' && data.subscription === last.made && data.result.hash,
  },
  {
    standard: 'EIP-1193',
    asks: '`eth_unsubscribe`',
    args: () => [{ method: 'eth_unsubscribe', params: [last.made] }],
    expected: exactly(true),
  },
  {
    standard: 'EIP-1193',
    asks: '`eth_unsubscribe` again',
    args: () => [{ method: 'eth_unsubscribe', params: [last.made] }],
    expected: exactly(false),
  },
  {
    standard: 'execution-apis',
    asks: '`eth_newBlockFilter`',
    args: () => [{ method: 'eth_newBlockFilter' }],
    expected: made('an id', ({ chain }) => chain.rpc('anvil_mine', [])),
  },
  {
    standard: 'execution-apis',
    asks: '`eth_getFilterChanges` after a block',
    args: () => [{ method: 'eth_getFilterChanges', params: [last.made] }],
    expected: {
      says: 'its hash',
      holds: async ({ value }, { chain }) =>
        isDeepStrictEqual(value, [(await chain.rpc('eth_getBlockByNumber', ['latest', false])).hash]),
    },
  },
  {
    standard: 'execution-apis',
    asks: '`eth_getFilterChanges` again',
    args: () => [{ method: 'eth_getFilterChanges', params: [last.made] }],
    expected: exactly([]),
  },
  {
    standard: 'execution-apis',
    asks: '`eth_uninstallFilter`',
    args: () => [{ method: 'eth_uninstallFilter', params: [last.made] }],
    expected: exactly(true),
  },
  {
    standard: 'execution-apis',
    asks: '`eth_getFilterChanges` of a filter that is gone',
    args: () => [{ method: 'eth_getFilterChanges', params: [last.made] }],
    expected: code(-32000),
  },
];

/** What is more than the provider's own standards. @type {Row[]} */
export const OPTIONAL = [
  {
    method: 'wallet_watchAsset',
    standard: 'EIP-747',
    params: (/** @type {World} */ { published }) => ({
      type: 'ERC20',
      options: { address: published.token, symbol: 'FOO', decimals: 18 },
    }),
    expected: exactly(true),
  },
  {
    method: 'wallet_getCapabilities',
    standard: 'EIP-5792',
    params: (/** @type {World} */ { me }) => [me],
    expected: result('capabilities by network', (all) => typeof all === 'object'),
  },
  {
    method: 'wallet_sendCalls',
    standard: 'EIP-5792',
    params: (/** @type {World} */ { me, you }) => [
      { version: '2.0.0', from: me, chainId: '0x7a69', atomicRequired: false, calls: [{ to: you, value: '0x1' }] },
    ],
    expected: result('an id', ({ id }) => typeof id === 'string'),
  },
  {
    method: 'wallet_getCallsStatus',
    standard: 'EIP-5792',
    params: () => [`0x${'ab'.repeat(32)}`],
    expected: code(5730),
  },
  {
    method: 'wallet_showCallsStatus',
    standard: 'EIP-5792',
    params: () => [`0x${'ab'.repeat(32)}`],
    expected: code(5730),
  },
  {
    method: 'wallet_createSession',
    standard: 'CAIP-25',
    params: () => ({ optionalScopes: { 'eip155:31337': { methods: [], notifications: [] } } }),
    expected: result('scopes', ({ sessionScopes }) => typeof sessionScopes === 'object'),
  },
  {
    method: 'wallet_getSession',
    standard: 'CAIP-312',
    params: () => [],
    expected: result('scopes', ({ sessionScopes }) => typeof sessionScopes === 'object'),
  },
  {
    method: 'wallet_invokeMethod',
    standard: 'CAIP-27',
    params: () => ({ scope: 'eip155:31337', request: { method: 'eth_chainId', params: [] } }),
    expected: exactly('0x7a69'),
  },
  {
    method: 'wallet_revokeSession',
    standard: 'CAIP-285',
    params: () => [],
    expected: exactly(true),
    event: 'accountsChanged',
    heard: (/** @type {unknown[]} */ accounts) => accounts.length === 0,
  },
].map(({ method, params, ...row }) => ({
  ...row,
  asks: `\`${method}\``,
  args: (world) => [{ method, params: params(world) }],
  person: 'agrees',
}));

/** Taking it back. @type {Row[]} */
export const ENDING = [
  {
    standard: 'EIP-1102',
    asks: '`eth_requestAccounts` after that',
    args: () => [{ method: 'eth_requestAccounts' }],
    person: 'agrees',
    expected: ACCOUNT,
    event: 'accountsChanged',
    heard: ([first], { me }) => first === me,
  },
  sign(' that waits when the permission is taken back', ({ me }) => ['0x77616974', me], {
    standard: 'EIP-2255',
    person: 'revokes',
    expected: code(4001),
    event: 'accountsChanged',
    heard: (accounts) => accounts.length === 0,
  }),
  {
    standard: 'EIP-2255',
    asks: '`wallet_revokePermissions` again',
    args: () => [{ method: 'wallet_revokePermissions', params: [{ eth_accounts: {} }] }],
    expected: exactly(null),
  },
  {
    standard: 'EIP-1193',
    asks: '`eth_accounts` afterwards',
    args: () => [{ method: 'eth_accounts' }],
    expected: exactly([]),
  },
  sign(' afterwards', ({ me }) => ['0x6869', me], { standard: 'EIP-1193', expected: code(4100) }),
];
