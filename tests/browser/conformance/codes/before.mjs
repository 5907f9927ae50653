import { ACCOUNT, QUANTITY, code, exactly, result, text } from './expect.mjs';

/** @typedef {import('./expect.mjs').Row} Row */

/** @param {string} method @param {unknown} [params] */
const ask = (method, params) => () => [params === undefined ? { method } : { method, params }];
/** @param {unknown} args */
const exact = (args) => () => [args];

/** @type {Row[]} */
const ASKED_AGAIN = [
  {
    standard: 'EIP-1193',
    asks: '`eth_requestAccounts`',
    args: ask('eth_requestAccounts'),
    person: 'refuses',
    expected: code(4001),
  },
  {
    standard: 'EIP-1193',
    asks: '`eth_requestAccounts`',
    args: ask('eth_requestAccounts'),
    person: 'closes',
    expected: code(4001),
  },
  {
    standard: 'EIP-2255',
    asks: '`wallet_requestPermissions`',
    args: ask('wallet_requestPermissions', [{ eth_accounts: {} }]),
    person: 'refuses',
    expected: code(4001),
  },
  {
    standard: 'Candor',
    asks: '`eth_requestAccounts` after three noes',
    args: ask('eth_requestAccounts'),
    expected: code(4100),
  },
];

/** Three noes, then a pause; by another site, because the pause lasts. */
const NOES = ASKED_AGAIN.map((row) => ({ ...row, stranger: true }));

/** @type {Row[]} */
const UNCONNECTED = [
  {
    standard: 'EIP-1193',
    asks: '`eth_accounts`',
    args: ask('eth_accounts'),
    expected: exactly([]),
    event: 'connect',
    heard: ({ chainId }) => chainId === '0x7a69',
  },
  { standard: 'EIP-695', asks: '`eth_chainId`', args: ask('eth_chainId'), expected: exactly('0x7a69') },
  { standard: 'execution-apis', asks: '`net_version`', args: ask('net_version'), expected: exactly('31337') },
  {
    standard: 'execution-apis',
    asks: '`web3_clientVersion`',
    args: ask('web3_clientVersion'),
    expected: text('`Candor/` and a version', /^Candor\/\d+\.\d+\.\d+/),
  },
  { standard: 'execution-apis', asks: '`eth_coinbase`', args: ask('eth_coinbase'), expected: exactly(null) },
  { standard: 'EIP-1474', asks: '`eth_blockNumber`', args: ask('eth_blockNumber'), expected: QUANTITY },
  { standard: 'EIP-2255', asks: '`wallet_getPermissions`', args: ask('wallet_getPermissions'), expected: exactly([]) },
  {
    standard: 'EIP-2255',
    asks: '`wallet_revokePermissions`',
    args: ask('wallet_revokePermissions', [{ eth_accounts: {} }]),
    expected: exactly(null),
  },
  {
    standard: 'EIP-1193',
    asks: '`personal_sign`',
    args: ({ me }) => [{ method: 'personal_sign', params: ['0x6869', me] }],
    expected: code(4100),
  },
  {
    standard: 'EIP-1193',
    asks: '`eth_sendTransaction`',
    args: ({ me, you }) => [{ method: 'eth_sendTransaction', params: [{ from: me, to: you }] }],
    expected: code(4100),
  },
];

/** What a site that is not connected sees. */
const STRANGERS = UNCONNECTED.map((row) => ({ ...row, asks: `${row.asks}, not connected` }));

/** Requests that are none. @type {Row[]} */
const MALFORMED = [
  { standard: 'EIP-1193', asks: '`request("eth_chainId")`', args: exact('eth_chainId'), expected: code(-32600) },
  { standard: 'EIP-1193', asks: '`request(null)`', args: exact(null), expected: code(-32600) },
  { standard: 'EIP-1193', asks: '`request([…])`', args: exact([{ method: 'eth_chainId' }]), expected: code(-32600) },
  { standard: 'EIP-1193', asks: '`request({})`', args: exact({}), expected: code(-32600) },
  { standard: 'EIP-1193', asks: 'a method that is empty', args: exact({ method: '' }), expected: code(-32600) },
  { standard: 'EIP-1193', asks: 'a method that is a number', args: exact({ method: 5 }), expected: code(-32600) },
  {
    standard: 'EIP-1193',
    asks: 'parameters that are text',
    args: exact({ method: 'eth_chainId', params: 'x' }),
    expected: code(-32600),
  },
  {
    standard: 'EIP-1193',
    asks: 'parameters that are null',
    args: exact({ method: 'eth_chainId', params: null }),
    expected: code(-32600),
  },
  { standard: 'EIP-1474', asks: 'a request of over 1 MiB', action: 'huge', args: () => [], expected: code(-32602) },
];

/** What no wallet should do for a page, and what nobody knows. @type {Row[]} */
const REFUSED = [
  'candor_nothing',
  'eth_sign',
  'eth_signTransaction',
  'debug_traceTransaction',
  'admin_peers',
  'personal_importRawKey',
  'anvil_setBalance',
].map((method) => ({ standard: 'EIP-1193', asks: `\`${method}\``, args: ask(method, []), expected: code(4200) }));

/** What EIP-2255 has against a request. @type {Row[]} */
const PERMISSIONS = [
  {
    standard: 'EIP-2255',
    asks: '`wallet_requestPermissions` of nothing',
    args: ask('wallet_requestPermissions', [{}]),
    expected: code(-32602),
  },
  {
    standard: 'EIP-2255',
    asks: '`wallet_requestPermissions` of what nobody knows',
    args: ask('wallet_requestPermissions', [{ moon: {} }]),
    expected: code(-32602),
  },
  {
    standard: 'EIP-2255',
    asks: '`wallet_requestPermissions` without parameters',
    args: ask('wallet_requestPermissions', []),
    expected: code(-32602),
  },
];

/** Connecting, and what there was before EIP-1193. @type {Row[]} */
const CONNECTING = [
  {
    standard: 'EIP-1102',
    asks: '`eth_requestAccounts`',
    args: ask('eth_requestAccounts'),
    person: 'agrees',
    expected: ACCOUNT,
    event: 'accountsChanged',
    heard: ([first], { me }) => first === me,
  },
  { standard: 'EIP-1102', asks: '`eth_requestAccounts` again', args: ask('eth_requestAccounts'), expected: ACCOUNT },
  { standard: 'EIP-1193', asks: '`eth_accounts`', args: ask('eth_accounts'), expected: ACCOUNT },
  {
    standard: 'execution-apis',
    asks: '`eth_coinbase`',
    args: ask('eth_coinbase'),
    expected: result('the account', (value, { me }) => value === me),
  },
  {
    standard: 'EIP-2255',
    asks: '`wallet_getPermissions`',
    args: ask('wallet_getPermissions'),
    expected: result('`eth_accounts` for this origin, with the accounts as caveat', (all, { me, dapp }) => {
      const granted = all.find((/** @type {any} */ one) => one.parentCapability === 'eth_accounts');
      const caveat = granted?.caveats.find((/** @type {any} */ one) => one.type === 'restrictReturnedAccounts');
      return granted?.invoker === dapp.origin && String(caveat?.value) === me;
    }),
  },
  { standard: 'before EIP-1193', asks: '`enable()`', action: 'enable', args: () => [], expected: ACCOUNT },
  {
    standard: 'before EIP-1193',
    asks: '`send("eth_chainId")`',
    action: 'send',
    args: () => ['eth_chainId', []],
    expected: result('a JSON-RPC response', ({ jsonrpc, result: inner }) => jsonrpc === '2.0' && inner === '0x7a69'),
  },
  {
    standard: 'before EIP-1193',
    asks: '`sendAsync({ id: 7, … })`',
    action: 'sendAsync',
    args: () => [{ jsonrpc: '2.0', id: 7, method: 'eth_chainId', params: [] }],
    expected: result('a JSON-RPC response with that id', ({ id, result: inner }) => id === 7 && inner === '0x7a69'),
  },
  {
    standard: 'before EIP-1193',
    asks: '`chainId`, `networkVersion`, `selectedAddress`, `isConnected()`',
    action: 'members',
    args: () => [],
    expected: result(
      'what they are',
      ({ chainId, networkVersion, selectedAddress, connected }, { me }) =>
        chainId === '0x7a69' && networkVersion === '31337' && selectedAddress === me && connected === true,
    ),
  },
];

/** Everything up to and with connecting. */
export const BEFORE = [...NOES, ...STRANGERS, ...MALFORMED, ...REFUSED, ...PERMISSIONS, ...CONNECTING];
