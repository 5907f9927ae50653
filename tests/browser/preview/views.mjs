/*
 * Canned views for looking at screens without a background: what each call of crates/protocol answers in a story with
 * three accounts. All addresses are invented; the words are BIP-39's own example and hold nothing.
 */

import { mnemonicToEntropy, mnemonicToSeedSync } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { PORTFOLIO } from './portfolio.mjs';

const ETHEREUM = {
  chainId: 1,
  name: 'Ethereum',
  symbol: 'ETH',
  decimals: 18,
  explorer: 'https://etherscan.io',
  testnet: false,
  development: false,
  custom: false,
  servers: ['ethereum-rpc.publicnode.com', 'eth.drpc.org'],
};
const BASE = { ...ETHEREUM, chainId: 8453, name: 'Base', explorer: 'https://basescan.org', servers: ['base.drpc.org'] };
const POLYGON = { ...ETHEREUM, chainId: 137, name: 'Polygon', symbol: 'POL', servers: ['polygon.drpc.org'] };
const SEPOLIA = { ...ETHEREUM, chainId: 11155111, name: 'Sepolia', testnet: true, servers: ['sepolia.drpc.org'] };
const LOCAL = { ...ETHEREUM, chainId: 31337, name: 'Local chain', development: true, servers: ['localhost:8545'] };

const EVERYDAY = account(0, 'Everyday', '0x7C3e5A0b9d41f28C6e17B3A4D05f92c86B1e91Ab', true);
const SAVINGS = account(1, 'Savings', '0x41d9c2e86A035bF71C94E7d8b20f6a53C7E40f6d', false);
const SHOP = account(2, 'Shop', '0xB20F83a1c7594de6302a91fb48Cd75e06138ae94', false);

/** @param {number} index @param {string} name @param {string} address @param {boolean} selected */
function account(index, name, address, selected) {
  return { address, name, path: `m/44'/60'/0'/0/${index}`, kind: 'derived', keyring: '01', selected };
}

export const WORDS = 'legal winner thank year wave sausage worth useful legal winner thank yellow'.split(' ');
export const LONG = `${'letter advice cage absurd amount doctor acoustic avoid '.repeat(3).trim().split(' ').slice(0, 23).join(' ')} bless`.split(' ');

/** The keyring record of a phrase without a passphrase, as `docs/vault-format.md` has it. @param {string[]} words */
export function recordOf(words) {
  const phrase = words.join(' ');
  const entropy = Buffer.from(mnemonicToEntropy(phrase, wordlist));
  const head = Buffer.from([...Buffer.from('CKEY'), 0, 1, 1, 0, 0, entropy.length]);
  return Buffer.concat([head, entropy, Buffer.from(mnemonicToSeedSync(phrase))]).toString('hex');
}

export const STATUS = {
  version: 1,
  stage: 'unlocked',
  setup: 'finished',
  backedUp: true,
  checkDue: false,
  unread: false,
  backupAt: 1_772_000_000_000,
  kdf: { salt: '00112233445566778899aabbccddeeff', memoryKib: 1024, passes: 1, lanes: 1 },
  passkeys: [],
  retryAfterMs: 0,
  waiting: [],
  theme: 'system',
};

const HASH = `0x${'5c50'.repeat(16)}`;
const MARIA = '0x5f8a1c07e2b94d36a1F0c58E7739Bd24E60C41d2';

/** @param {string} name @param {string} text @param {string} [exact] @param {string} [tone] */
const slot = (name, text, exact = text, tone = 'plain') => ({ name, text, exact, tone });

const SEND = {
  key: 'send-native',
  pattern: 'Send {amount} to {recipient} on {network}.',
  slots: [
    slot('amount', '0.25 ETH', '250000000000000000'),
    slot('recipient', '0x5f8a…41d2', MARIA),
    slot('network', 'Base', '8453'),
  ],
};
const UNLIMITED = {
  key: 'approve-unlimited',
  pattern: 'Let {spender} spend {amount} on {network}, {until}.',
  slots: [
    slot('spender', '0xe94c…27C1', '0xe94c0F7b21d85A36CE8012f4d7a96B50834f27C1', 'risk'),
    slot('amount', 'any amount of your USDC', '2^256 − 1', 'risk'),
    slot('network', 'Base', '8453'),
    slot('until', 'forever', 'It does not end by itself.', 'risk'),
  ],
};

const SITE = {
  origin: 'https://app.uniswap.org',
  host: 'app.uniswap.org',
  connected: true,
  accounts: [EVERYDAY],
  chainId: 8453,
  sinceMs: 1_772_000_000_000,
  timesUsed: 14,
  lastUsedMs: 1_795_000_000_000,
  networks: ['Base', 'Ethereum', 'Polygon'],
  pausedMs: 0,
  preferred: null,
  asMetamask: false,
};

/** @param {string} chosen @param {object} [more] */
const terms = (chosen, more = {}) => ({
  chosen,
  wait: 'usually within 5\u00a0seconds',
  speeds: [
    { speed: 'slow', about: '0.000019\u00a0ETH', wait: 'usually within 30\u00a0seconds' },
    { speed: 'normal', about: '0.000021\u00a0ETH', wait: 'usually within 5\u00a0seconds' },
    { speed: 'fast', about: '0.000024\u00a0ETH', wait: 'usually within 5\u00a0seconds' },
  ],
  asked: [],
  canReset: false,
  fields: { maxFee: '1.6', tip: '0.1', gasLimit: '21000', nonce: '87' },
  publishing: null,
  worth: null,
  ...more,
});

/** What a waiting request looks like when nothing is said otherwise. */
const REQUEST = {
  id: 7,
  kind: 'transaction',
  origin: SITE.origin,
  topOrigin: null,
  site: SITE,
  network: BASE,
  account: EVERYDAY,
  sentence: SEND,
  tone: 'plain',
  verb: 'Send',
  refusal: 'Reject',
  notes: [{ rule: 'first-recipient', tone: 'care', what: 'You never paid this address.', why: 'Compare it with what you were given.' }],
  facts: [
    { label: 'To', value: MARIA, mono: true },
    { label: 'Work limit', value: '21,000', mono: false },
    { label: 'Number in line', value: '87', mono: false },
    { label: 'Data', value: `0x${'00'.repeat(80)}`, mono: true },
  ],
  words: null,
  fee: { about: '0.000021 ETH', atMost: '0.000034 ETH', atMostWei: '34000000000000', total: '0.250034 ETH', terms: terms('normal') },
  changes: [{ out: true, symbol: 'ETH', amount: '0.25' }],
  choices: [],
  ready: 'ready',
  fingerprint: HASH,
  position: 1,
  count: 1,
};

/** Agreed to, with a time to take it back that no preview outlives. */
export const UNDOABLE = { undoable: { hash: HASH, untilMs: Date.now() + 10_000 } };

/** Requests by what they are for. */
export const REQUESTS = {
  send: REQUEST,
  fast: { ...REQUEST, fee: { ...REQUEST.fee, about: '0.000024 ETH', terms: terms('fast', { canReset: true }) } },
  legacy: {
    ...REQUEST,
    fee: { ...REQUEST.fee, terms: terms('normal', { fields: { maxFee: '1', tip: null, gasLimit: '21000', nonce: '87' } }) },
  },
  opStack: {
    ...REQUEST,
    fee: {
      ...REQUEST.fee,
      terms: terms('normal', {
        publishing: '0.000009\u00a0ETH',
        worth: { about: '$0.04', atMost: '$0.07' },
      }),
    },
  },
  dearFee: {
    ...REQUEST,
    notes: [
      {
        rule: 'fee-out-of-proportion',
        tone: 'care',
        what: 'The fee is more than what you send.',
        why: 'You would pay about 0.000021\u00a0ETH to send 0.00001\u00a0ETH.',
      },
    ],
  },
  failing: {
    ...REQUEST,
    fee: null,
    ready: {
      failed: {
        problem: {
          title: 'This would not work.',
          text: 'The contract says: “Transfer amount exceeds balance”. Sending it would only use up the fee.',
        },
        passable: true,
      },
    },
  },
  wishes: {
    ...REQUEST,
    fee: {
      ...REQUEST.fee,
      terms: terms('normal', {
        chosen: null,
        asked: [
          { label: 'Price per unit', asked: '30\u00a0gwei', usual: '21\u00a0gwei', taken: true },
          { label: 'Work limit', asked: '300,000', usual: '252,000', taken: true },
          { label: 'Number in line', asked: '3', usual: '87', taken: false },
        ],
      }),
    },
  },
  own: { ...REQUEST, origin: null, site: null, refusal: 'Back' },
  lookAlike: {
    ...REQUEST,
    origin: null,
    site: null,
    refusal: 'Back',
    tone: 'risk',
    word: 'different',
    lookAlike: { receiver: '0x5F8a93d0B41e7C6528fA0DE94B17C3508ad541d2', known: '0x5f8a1c07e2b94d36a1F0c58E7739Bd24E60C41d2', name: 'Maria', differing: 31 },
    notes: [{
      rule: 'look-alike',
      tone: 'risk',
      what: 'This is not Maria’s address. It only looks like it.',
      why: '31 of 40 characters differ. Such addresses are made to be copied by mistake from what came in. Use the one that you know.',
    }],
  },
  risky: {
    ...REQUEST,
    origin: 'https://claim-basedrop.xyz',
    site: { ...SITE, origin: 'https://claim-basedrop.xyz', host: 'claim-basedrop.xyz', timesUsed: 0, sinceMs: null },
    sentence: UNLIMITED,
    tone: 'risk',
    verb: 'Let it spend',
    notes: [
      { rule: 'unlimited', tone: 'risk', what: 'It could take all your USDC.', why: 'Today’s and all that arrives later.' },
      { rule: 'unknown-contract', tone: 'risk', what: 'We do not know this contract.', why: 'Reject if you did not expect it.' },
    ],
    changes: [],
    count: 2,
  },
  connect: {
    ...REQUEST,
    kind: 'connect',
    account: null,
    site: { ...SITE, connected: false, accounts: [], timesUsed: 0, sinceMs: null },
    sentence: {
      key: 'connect',
      pattern: 'Let {site} see {accounts}.',
      slots: [slot('site', 'app.uniswap.org', SITE.origin), slot('accounts', '1 account')],
    },
    verb: 'Connect',
    refusal: 'Don’t connect',
    notes: [],
    facts: [],
    fee: null,
    changes: [],
    choices: [EVERYDAY, SAVINGS, SHOP],
  },
  calls: {
    ...REQUEST,
    kind: 'calls',
    sentence: {
      key: 'calls',
      pattern: 'Do {count} on {network}, one after the other.',
      slots: [slot('count', '3 things', 'Let Uniswap spend …', 'care'), slot('network', 'Base', '8453')],
    },
    steps: [
      {
        key: 'approve-limited',
        pattern: 'Let {spender} spend up to {amount} on {network}, {until}.',
        slots: [slot('spender', '0x66a9…a8Af', MARIA), slot('amount', '500 USDC'), slot('network', 'Base'), slot('until', 'until used up')],
      },
      {
        key: 'unknown-call',
        pattern: 'Run {function} of {contract} on {network}.',
        slots: [slot('function', 'a function we do not know', '0x3593564c', 'care'), slot('contract', '0x66a9…a8Af'), slot('network', 'Base')],
      },
      SEND,
    ],
    tone: 'care',
    verb: 'Do all',
    notes: [{ rule: 'unknown-contract', tone: 'care', what: 'Step 2: We do not know 0x66a9…a8Af.', why: 'We cannot say what it will do. Agree only if you trust who asks.' }],
  },
  message: {
    ...REQUEST,
    kind: 'message',
    sentence: {
      key: 'message',
      pattern: 'Sign this note for {site}: {text}',
      slots: [slot('site', 'snapshot.org'), slot('text', '“I agree to the rules.”')],
    },
    verb: 'Sign',
    notes: [],
    words: 'I agree to the rules.',
    fee: null,
    changes: [],
  },
  asset: {
    ...REQUEST,
    kind: 'watch-asset',
    sentence: {
      key: 'watch-asset',
      pattern: 'Show {asset} in your wallet on {network}.',
      slots: [slot('asset', 'USDC', '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'), slot('network', 'Base', 'number 8453')],
    },
    verb: 'Add',
    refusal: 'Don’t add',
    notes: [],
    facts: [
      { label: 'Token', value: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', mono: true },
      { label: 'Token name', value: 'USDC, from the list in Candor', mono: false },
      { label: 'Decimals', value: '6', mono: false },
    ],
    fee: null,
    changes: [],
  },
  decrypt: {
    ...REQUEST,
    kind: 'decrypt',
    sentence: {
      key: 'decrypt',
      pattern: 'Let {site} read a message that was encrypted for {account}.',
      slots: [slot('site', 'snapshot.org'), slot('account', 'Everyday')],
    },
    tone: 'care',
    verb: 'Let it read',
    notes: [{ rule: 'decrypt', tone: 'care', what: 'The site will know what the message says.', why: 'Read it first. Let the site read it only if it may know all of it.' }],
    words: 'We meet at nine, at the old harbour.',
    facts: [],
    fee: null,
    changes: [],
  },
  oldTypedData: {
    ...REQUEST,
    kind: 'typed-data',
    sentence: {
      key: 'unexplained',
      pattern: 'Sign a message we {problem} for {site}.',
      slots: [slot('problem', 'cannot explain', HASH), slot('site', 'game.xyz')],
    },
    tone: 'risk',
    verb: 'Sign anyway',
    notes: [
      {
        rule: 'old-typed-data',
        tone: 'risk',
        what: 'This old kind of signature names neither site nor network.',
        why: 'Whoever has it can use it elsewhere: on another site, on any network. Reject it unless you know what it is for and trust who asks.',
      },
    ],
    facts: [
      { label: 'Kind', value: 'Typed data of the first version, without a domain', mono: false },
      { label: 'string Message', value: 'Hi, Alice!', mono: false },
      { label: 'uint32 A number', value: '1337', mono: false },
    ],
    words: null,
    fee: null,
    changes: [],
  },
};

const FAILED = (/** @type {string} */ code, /** @type {string} */ title, /** @type {string} */ text, retryAfterMs = 0) => ({
  err: { code, title, text, retryAfterMs },
});

/** @param {string} what @param {boolean} page @param {number} count */
const asked = (what, page, count) => ({ host: 'mainnet.base.org', what, page, firstMs: Date.now() - 3_600_000, lastMs: Date.now() - 60_000, count, sent: count * 120, received: count * 3_400 });
const EGRESS = {
  rows: [asked('What an account has and how often it was used', false, 31), asked('What is new on the network', true, 1_204), asked('Passing on what you signed', false, 1)],
  count: 1_236,
  sent: 148_320,
  received: 4_202_400,
};

/** Answers to every call, unless a scene says otherwise. */
export const ANSWERS = {
  Status: { ok: STATUS },
  NewKdf: { ok: STATUS.kdf },
  CreateWallet: { ok: null },
  NewKeyring: { ok: recordOf(WORDS) },
  RenewKeyring: { ok: null },
  ConfirmBackup: { ok: null },
  RestoreWallet: { ok: null },
  ChooseServers: { ok: null },
  FinishSetup: { ok: null },
  Unlock: FAILED('wrong-password', 'That is not the password for this computer.', 'Check capital letters.'),
  Lock: { ok: null },
  Used: { ok: null },
  Keyrings: { ok: [{ id: '0a', kind: 'phrase', hasPassphrase: true, unchecked: false, accounts: [EVERYDAY, SAVINGS, SHOP] }] },
  RevealKeyring: { ok: recordOf(LONG) },
  DeriveAccounts: { ok: [EVERYDAY, SAVINGS, SHOP].map(({ address, path }, index) => ({ index, address, path })) },
  TransactionCount: { ok: 3 },
  Accounts: { ok: [EVERYDAY, SAVINGS, SHOP] },
  Networks: { ok: { networks: [ETHEREUM, BASE, POLYGON, SEPOLIA, LOCAL], current: 8453 } },
  NetworkServers: { ok: { chainId: 8453, name: 'Base', servers: [{ host: 'mainnet.base.org', state: { answers: { tookMs: 180 } } }, { host: 'base.drpc.org', state: 'unknown' }], trouble: null } },
  CheckServers: { ok: null },
  LookUpName: { ok: { found: { name: 'maria.eth', address: '0x1A2b3C4d5E6f708192a3B4c5D6e7F8091A2B3C4d', confirmed: true, mutual: false } } },
  Contacts: { ok: [{ address: '0x1A2b3C4d5E6f708192a3B4c5D6e7F8091A2B3C4d', name: 'Maria' }] },
  SaveContact: { ok: null },
  ForgetContact: { ok: null },
  EgressLog: { ok: EGRESS },
  ClearEgress: { ok: null },
  Balance: {
    ok: { wei: '418000000000000000', text: '0.418 ETH', exact: '0.418000000000000000 ETH', symbol: 'ETH' },
  },
  Tokens: { ok: [] },
  ...PORTFOLIO,
  Currencies: { ok: [{ code: 'USD', name: 'US dollar' }, { code: 'EUR', name: 'Euro' }] },
  SetCurrency: { ok: null },
  ForgetToken: { ok: null },
  Site: { ok: SITE },
  Sites: { ok: [SITE, { ...SITE, origin: 'https://app.aave.com', host: 'app.aave.com', timesUsed: 1 }] },
  Queue: { ok: { requests: [] } },
  Approval: { ok: REQUEST },
  Approve: { ok: null },
  Reject: { ok: null },
  Activity: {
    ok: [
      { hash: HASH, sentence: SEND, status: 'sent', network: BASE, origin: null, atMs: 1_772_600_000_000, feePaid: null },
      { hash: `${HASH.slice(0, -1)}1`, sentence: SEND, status: 'worked', network: BASE, origin: null, atMs: 1_772_500_000_000, feePaid: '0.000021 ETH' },
      { hash: `${HASH.slice(0, -1)}2`, sentence: SEND, status: 'reverted', network: BASE, origin: SITE.origin, atMs: 1_772_400_000_000, feePaid: '0.00003 ETH' },
    ],
  },
  History: {
    ok: {
      moves: [
        { incoming: true, text: '250\u00a0USDC', units: '250000000', other: SHOP.address, name: 'Maria', own: false, network: BASE, atMs: 1_772_550_000_000, hash: `${HASH.slice(0, -1)}3` },
        { incoming: false, text: '2\u00a0DAI', units: '2000000000000000000', other: SAVINGS.address, name: null, own: false, network: BASE, atMs: 1_772_410_000_000, hash: `${HASH.slice(0, -1)}4` },
        { incoming: true, text: '0.5\u00a0WETH', units: '500000000000000000', other: SAVINGS.address, name: null, own: true, network: BASE, atMs: null, hash: HASH },
      ],
      more: 12,
      hidden: [
        { why: { is: 'unknown-token' }, incoming: true, network: 'Base', atMs: 1_772_400_000_000 },
        { why: { is: 'unknown-token' }, incoming: true, network: 'Base', atMs: 1_772_300_000_000 },
        { why: { is: 'look-alike', of: 'Maria' }, incoming: true, network: 'Ethereum', atMs: null },
      ],
      looked: [
        { network: 'Ethereum', sinceMs: 1_770_000_000_000, whole: false },
        { network: 'Base', sinceMs: 1_772_000_000_000, whole: false },
      ],
      troubles: ['Gnosis'],
      asking: false,
    },
  },
  Settings: { ok: { undoSeconds: 10, undoForSites: false, tells: false, autoLockMinutes: 15, lockWithSystem: true, theme: 'system', currency: 'USD', preferred: false, backedUp: true, coreVersion: '0.1.0' } },
  SetAsideDamaged: { ok: null },
  MakeBackup: { ok: '{}' },
  BackupSaved: { ok: null },
  InspectBackup: { ok: { kdf: STATUS.kdf } },
  RestoreBackup: { ok: { added: [EVERYDAY, SAVINGS], known: [SHOP], networks: [], left_out: [], sites: ['app.uniswap.org'], tokens: ['USDC'] } },
  ChangePassword: { ok: null },
  WatchAccount: FAILED('invalid', 'This is not an address.', 'An address is 0x and 40 more characters.'),
};

/** @param {Partial<typeof STATUS>} changes */
export const status = (changes) => ({ Status: { ok: { ...STATUS, ...changes } } });

/** The story with an address that is only watched, in view, and one whose key is missing. */
export const WATCHING = {
  Accounts: {
    ok: [
      { ...EVERYDAY, selected: false },
      { ...SAVINGS, kind: 'lost' },
      { ...SHOP, name: 'The deposit', kind: 'watched', path: '', keyring: '', selected: true },
    ],
  },
};

/** What is said of a contract that is no token. */
export const NO_TOKEN = {
  failed: {
    problem: { title: 'There is no token at this address.', text: 'The site is wrong, or means another network. Nothing was added.' },
  },
};

/** Calls whose later steps warn as well. */
export const WARNED_CALLS = {
  ...REQUESTS.calls,
  notes: [
    ...[1, 2, 3].map((step) => ({
      rule: 'unknown-contract',
      tone: 'care',
      what: `Step ${step}: We do not know 0x66a9…a8Af.`,
      why: 'We cannot say what it will do. Agree only if you trust who asks.',
    })),
    {
      rule: 'unknown-spender',
      tone: 'care',
      what: 'Step 4: We do not know who may spend it.',
      why: 'It can take what you allow at any time, without asking again.',
    },
  ],
};

/** A token that is not what its site says. */
export const LYING_ASSET = {
  ...REQUESTS.asset,
  origin: 'https://claim-basedrop.xyz',
  sentence: {
    ...REQUESTS.asset.sentence,
    slots: [slot('asset', 'U5DC (not the known USDC)', MARIA, 'care'), slot('network', 'Base', 'number 8453')],
  },
  tone: 'risk',
  notes: [
    {
      rule: 'imitation-token',
      tone: 'risk',
      what: 'This is not the known USDC.',
      why: 'Only its name is the same, and anyone can give a token any name. Don’t add it unless someone you trust gave you its address.',
    },
    {
      rule: 'other-decimals',
      tone: 'care',
      what: 'The site is wrong about this token.',
      why: 'It says that the token divides into 6 decimals, but it divides into 18. The list counts right. Do not trust amounts that the site shows.',
    },
  ],
};

const token = (/** @type {string} */ name, /** @type {string} */ address, number = '') => ({ id: `${address}${number && `/${number}`}`, address, name });

/** The story with tokens and collectibles on home. */
export const TOKENS = {
  Tokens: {
    ok: [
      token('USDC', '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'),
      token('U5DC (not the known USDC)', MARIA),
      token('No.\u00a012 of “Lisbon Prints”', '0xB20F83a1c7594de6302a91fb48Cd75e06138ae94', '12'),
      token('No.\u00a0123456…0123 of 0x41d9…0f6d', '0x41d9c2e86A035bF71C94E7d8b20f6a53C7E40f6d', '1234567890123'),
    ],
  },
};

export const NO_BACKUP = FAILED('invalid', 'This is not a backup file of Candor, or it is damaged.', 'Choose the file whose name begins with “candor-backup”. Nothing was changed.');
export const WRONG_FILE_PASSWORD = FAILED('wrong-password', 'That is not the password of this file.', 'It is the one you chose when you made the file. Nothing was changed.');

/** @param {object} request */
export const waiting = (request) => ({
  Queue: { ok: { requests: [{ id: 7, kind: 'transaction', origin: SITE.origin }] } },
  Approval: { ok: request },
});

export const UNREACHABLE = FAILED('unreachable', 'We cannot reach Base right now.', 'None of its servers answers. Your money is not affected.');
export const DAMAGED = status({ stage: 'damaged', kdf: undefined });

/** A network none of whose servers is of use. */
export const SILENT_SERVERS = {
  NetworkServers: {
    ok: {
      chainId: 8453,
      name: 'Base',
      servers: [{ host: 'mainnet.base.org', state: 'silent' }, { host: 'base.drpc.org', state: 'other-network' }],
      trouble: {
        title: "We can't reach Base right now.",
        text: 'None of its servers answers. Your money is not affected. Check that you are online; Candor goes on trying, and you can add a server.',
      },
    },
  },
};
export const NOBODY_ASKED = { EgressLog: { ok: { rows: [], count: 0, sent: 0, received: 0 } } };
