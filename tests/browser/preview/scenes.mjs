import { MANY, NOTHING, PRICELESS, UNKNOWN } from './portfolio.mjs';
import { DAMAGED, LONG, LYING_ASSET, NOBODY_ASKED, NO_BACKUP, NO_TOKEN, REQUESTS, SILENT_SERVERS, TOKENS, UNDOABLE, UNREACHABLE, WARNED_CALLS, WATCHING, WORDS, WRONG_FILE_PASSWORD, recordOf, status, waiting } from './views.mjs';

/**
 * @typedef {['click' | 'press' | 'file' | 'wait', string, Record<string, string | number>?] | ['fill', string, string, Record<string, string | number>?]} Step
 * @typedef {object} Scene
 * @property {string} name of its picture
 * @property {string} route
 * @property {'popup' | 'window' | 'tab'} surface
 * @property {object} [answers] instead of the usual ones
 * @property {Step[]} [steps] before the picture is taken
 */

const FRESH = status({ stage: 'fresh', kdf: undefined });
const LOCKED = status({ stage: 'locked' });
const PASSWORD = 'plum kettle orbit sandal';

/** @type {Step[]} */
const chosen = [['fill', 'password-input', PASSWORD], ['fill', 'password-confirm', PASSWORD], ['click', 'password-submit']];
/** @type {Step[]} */
const typed = [...chosen, ['fill', 'restore-phrase', WORDS.join(' ')]];

/** @type {Step[]} */
const again = [['fill', 'password-input', PASSWORD], ['click', 'password-submit']];
/** The first of SLIP-39's published examples; it holds nothing. */
const SHARE = 'duckling enlarge academic academic agency result length solution fridge kidney coal piece deal husband erode duke ajar critical decision keyboard';

/** @type {Step[]} */
const fromFile = [['file', 'backup-file'], ['fill', 'backup-file-password', PASSWORD], ['click', 'backup-restore']];

/** @type {Scene[]} */
export const SCENES = [
  { name: '01-welcome', route: '#/welcome', surface: 'tab', answers: FRESH },
  { name: '01-popup', route: '#/popup', surface: 'popup', answers: status({ setup: 'networks' }) },
  {
    name: '02-password',
    route: '#/password/create',
    surface: 'tab',
    answers: FRESH,
    steps: [['fill', 'password-input', PASSWORD], ['fill', 'password-confirm', PASSWORD]],
  },
  {
    name: '02-password-bad',
    route: '#/password/create',
    surface: 'tab',
    answers: FRESH,
    steps: [['fill', 'password-input', 'password1'], ['click', 'password-submit']],
  },
  { name: '03-phrase-hidden', route: '#/phrase', surface: 'tab', answers: status({ setup: 'phrase' }) },
  {
    name: '03-phrase-shown',
    route: '#/phrase',
    surface: 'tab',
    answers: status({ setup: 'phrase' }),
    steps: [['click', 'phrase-reveal']],
  },
  {
    name: '03-phrase-24',
    route: '#/phrase',
    surface: 'tab',
    answers: { ...status({ setup: 'phrase' }), NewKeyring: { ok: recordOf(LONG) } },
    steps: [['press', 'phrase-hold']],
  },
  { name: '04-quiz', route: '#/quiz', surface: 'tab', answers: status({ setup: 'phrase' }) },
  {
    name: '04-quiz-wrong',
    route: '#/quiz',
    surface: 'tab',
    answers: status({ setup: 'phrase' }),
    steps: [
      ['fill', 'quiz-word', 'useful', { 'data-index': 1 }],
      ['fill', 'quiz-word', 'anchor', { 'data-index': 2 }],
      ['fill', 'quiz-word', 'breeze', { 'data-index': 3 }],
      ['click', 'quiz-submit'],
    ],
  },
  { name: '05-restore', route: '#/password/restore', surface: 'tab', answers: FRESH, steps: typed },
  {
    name: '05-restore-unknown',
    route: '#/password/restore',
    surface: 'tab',
    answers: FRESH,
    steps: [...chosen, ['fill', 'restore-phrase', WORDS.join(' ').replace('wave', 'lantrn')], ['click', 'restore-passphrase-open']],
  },
  { name: '05-restore-unchecked', route: '#/restore', surface: 'tab', steps: [['fill', 'restore-phrase', `${'test '.repeat(11)}test`], ['click', 'restore-unchecked']] },
  { name: '05-restore-passphrase', route: '#/restore', surface: 'tab', steps: [['fill', 'restore-phrase', WORDS.join(' ')], ['click', 'restore-passphrase-open'], ['fill', 'restore-passphrase', 'blue'], ['wait', 'restore-first']] },
  { name: '05-restore-shares', route: '#/restore', surface: 'tab', steps: [['click', 'restore-way', { 'data-way': 'shares' }], ['fill', 'restore-shares', SHARE]] },
  { name: '05-restore-key', route: '#/restore', surface: 'tab', steps: [['click', 'restore-way', { 'data-way': 'key' }], ['fill', 'restore-key', '0x12'], ['click', 'restore-submit']] },
  { name: '05-restore-file', route: '#/restore', surface: 'tab', steps: [['click', 'restore-way', { 'data-way': 'file' }]] },
  { name: '05-found-more', route: '#/found/0a', surface: 'tab', steps: [['click', 'found-look-open'], ['click', 'found-find-open'], ['click', 'found-path-open']] },
  { name: '05-found-looked', route: '#/found/0a', surface: 'tab', steps: [['click', 'found-look-open'], ['click', 'found-look'], ['wait', 'found-has']] },
  { name: '05-found', route: '#/password/restore', surface: 'tab', answers: FRESH, steps: [...typed, ['click', 'restore-submit']] },
  {
    name: '05-networks',
    route: '#/networks',
    surface: 'tab',
    answers: status({ setup: 'networks' }),
    steps: [['click', 'networks-own']],
  },
  { name: '05-done', route: '#/done', surface: 'tab', answers: status({ setup: 'done' }) },
  { name: '06-unlock', route: '#/popup', surface: 'popup', answers: status({ stage: 'locked', waiting: ['app.uniswap.org'] }) },
  {
    name: '06-unlock-wrong',
    route: '#/popup',
    surface: 'popup',
    answers: LOCKED,
    steps: [['fill', 'unlock-password', 'not it at all'], ['click', 'unlock-submit']],
  },
  { name: '06-unlock-forgot', route: '#/popup', surface: 'popup', answers: LOCKED, steps: [['click', 'unlock-forgot']] },
  { name: '06-unlock-tab', route: '#/home', surface: 'tab', answers: LOCKED },
  { name: '41-recovery', route: '#/popup', surface: 'popup', answers: DAMAGED },
  { name: '41-recovery-tab', route: '#/home', surface: 'tab', answers: DAMAGED },
  { name: '07-home', route: '#/popup', surface: 'popup' },
  { name: '07-home-tab', route: '#/home', surface: 'tab' },
  { name: '07-home-unread', route: '#/popup', surface: 'popup', answers: status({ unread: true }) },
  { name: '07-home-accounts', route: '#/popup', surface: 'popup', steps: [['click', 'account-menu']] },
  { name: '07-home-networks', route: '#/popup', surface: 'popup', steps: [['click', 'network-menu']] },
  { name: '07-home-site', route: '#/popup', surface: 'popup', steps: [['click', 'site-accounts']] },
  { name: '07-home-unreachable', route: '#/popup', surface: 'popup', answers: { Balance: UNREACHABLE } },
  { name: '07-home-unfolded', route: '#/popup', surface: 'popup', answers: PRICELESS, steps: [['click', 'asset-open']] },
  { name: '07-home-priceless', route: '#/popup', surface: 'popup', answers: PRICELESS },
  { name: '07-home-sources', route: '#/popup', surface: 'popup', steps: [['click', 'portfolio-total']] },
  { name: '07-home-nothing', route: '#/popup', surface: 'popup', answers: NOTHING },
  { name: '07-home-many', route: '#/popup', surface: 'popup', answers: MANY },
  { name: '07-home-unknown', route: '#/popup', surface: 'popup', answers: UNKNOWN },
  { name: '07-home-tokens', route: '#/popup', surface: 'popup', answers: TOKENS },
  { name: '07-home-tokens-unreachable', route: '#/popup', surface: 'popup', answers: { ...TOKENS, Balance: UNREACHABLE } },
  { name: '07-home-not-backed-up', route: '#/popup', surface: 'popup', answers: status({ backedUp: false }) },
  { name: '08-send', route: '#/popup', surface: 'popup', steps: [['click', 'send-open']] },
  {
    name: '09-send-filled',
    route: '#/popup',
    surface: 'popup',
    steps: [
      ['click', 'send-open'],
      ['fill', 'send-to', '0x5f8a1c07e2b94d36a1F0c58E7739Bd24E60C41d2'],
      ['fill', 'send-amount', '0.25'],
    ],
  },
  { name: '10-approval-send', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.send) },
  { name: '10-approval-details', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.send), steps: [['click', 'details-open']] },
  {
    name: '10-approval-preparing',
    route: '#/approval',
    surface: 'window',
    answers: waiting({ ...REQUESTS.send, ready: 'preparing', fee: null }),
  },
  { name: '10-approval-fee-fast', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.fast) },
  { name: '10-approval-fee-legacy', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.legacy), steps: [['click', 'fee-edit']] },
  { name: '10-approval-fee-op-stack', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.opStack) },
  { name: '10-approval-fee-experts', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.send), steps: [['click', 'fee-edit']] },
  { name: '10-approval-fee-dear', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.dearFee) },
  { name: '10-approval-fee-failing', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.failing) },
  { name: '10-approval-fee-wishes', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.wishes) },
  { name: '10-review-undo', route: '#/review/7', surface: 'popup', answers: waiting({ ...REQUESTS.own, ready: UNDOABLE }) },
  { name: '10-review', route: '#/review/7', surface: 'popup', answers: waiting(REQUESTS.own) },
  { name: '10-review-look-alike', route: '#/review/7', surface: 'popup', answers: waiting(REQUESTS.lookAlike) },
  {
    name: '10-review-look-alike-typed',
    route: '#/review/7',
    surface: 'popup',
    answers: waiting(REQUESTS.lookAlike),
    steps: [['fill', 'risk-word', 'different']],
  },
  { name: '11-approval-risk', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.risky) },
  { name: '11-approval-calls', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.calls) },
  { name: '11-approval-calls-warned', route: '#/approval', surface: 'window', answers: waiting(WARNED_CALLS) },
  { name: '12-approval-message', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.message) },
  { name: '12-approval-decrypt', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.decrypt) },
  {
    name: '12-approval-decrypt-shown',
    route: '#/approval',
    surface: 'window',
    answers: waiting(REQUESTS.decrypt),
    steps: [['click', 'message-show']],
  },
  { name: '12-approval-typed-data', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.oldTypedData) },
  { name: '13-approval-connect', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.connect) },
  { name: '33-approval-asset', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.asset) },
  { name: '33-approval-asset-details', route: '#/approval', surface: 'window', answers: waiting(REQUESTS.asset), steps: [['click', 'details-open']] },
  { name: '33-approval-asset-preparing', route: '#/approval', surface: 'window', answers: waiting({ ...REQUESTS.asset, ready: 'preparing' }) },
  { name: '33-approval-asset-lie', route: '#/approval', surface: 'window', answers: waiting(LYING_ASSET) },
  { name: '33-approval-asset-none', route: '#/approval', surface: 'window', answers: waiting({ ...REQUESTS.asset, ready: NO_TOKEN }) },
  { name: '13-approval-locked', route: '#/approval', surface: 'window', answers: LOCKED },
  { name: '14-add-network', route: '#/add-network', surface: 'tab' },
  { name: '14-add-token', route: '#/add-token', surface: 'tab' },
  { name: '14-networks', route: '#/networks-list', surface: 'tab' },
  { name: '14-servers', route: '#/servers/8453', surface: 'tab' },
  { name: '14-servers-silent', route: '#/servers/8453', surface: 'tab', answers: SILENT_SERVERS },
  { name: '08-send-unreachable', route: '#/send', surface: 'popup', answers: SILENT_SERVERS },
  { name: '08-send-name', route: '#/send', surface: 'popup', steps: [['fill', 'send-to', 'maria.eth']] },
  { name: '08-send-name-found', route: '#/send', surface: 'popup', steps: [['fill', 'send-to', 'maria.eth'], ['click', 'name-look-up']] },
  { name: '18-contacts', route: '#/contacts', surface: 'tab' },
  { name: '18-egress', route: '#/egress', surface: 'tab' },
  { name: '18-egress-empty', route: '#/egress', surface: 'tab', answers: NOBODY_ASKED },
  { name: '15-activity', route: '#/popup', surface: 'popup', steps: [['click', 'activity-open']] },
  { name: '15-activity-hidden', route: '#/activity', surface: 'tab', steps: [['click', 'moves-hidden']] },
  { name: '17-sites', route: '#/sites', surface: 'tab' },
  { name: '18-settings', route: '#/popup', surface: 'popup', steps: [['click', 'settings-open']] },
  { name: '18-show-phrase', route: '#/settings/phrase', surface: 'tab' },
  { name: '18-show-phrase-shown', route: '#/settings/phrase', surface: 'tab', steps: [...again, ['click', 'phrase-reveal']] },
  { name: '18-shares', route: '#/settings/shares', surface: 'tab' },
  { name: '18-shares-shown', route: '#/settings/shares', surface: 'tab', steps: [...again, ['click', 'phrase-reveal']] },
  { name: '18-show-key', route: '#/key/0x7C3e5A0b9d41f28C6e17B3A4D05f92c86B1e91Ab', surface: 'tab', steps: [...again, ['click', 'key-reveal']] },
  { name: '07-accounts', route: '#/accounts', surface: 'tab' },
  { name: '07-accounts-watched', route: '#/accounts', surface: 'tab', answers: WATCHING },
  { name: '07-accounts-watch', route: '#/accounts', surface: 'tab', steps: [['click', 'account-more'], ['click', 'account-watch']] },
  { name: '07-accounts-more', route: '#/accounts', surface: 'popup', steps: [['click', 'account-more']] },
  {
    name: '07-accounts-watch-wrong',
    route: '#/accounts',
    surface: 'tab',
    steps: [['click', 'account-watch'], ['fill', 'account-watch-address', '0x1234'], ['click', 'account-watch-submit']],
  },
  { name: '07-home-watched', route: '#/popup', surface: 'popup', answers: WATCHING },
  { name: '07-home-watched-sheet', route: '#/popup', surface: 'popup', answers: WATCHING, steps: [['click', 'account-menu']] },
  { name: '07-home-no-file', route: '#/popup', surface: 'popup', answers: status({ backupAt: null }) },
  { name: '18-settings-no-file', route: '#/settings', surface: 'tab', answers: status({ backupAt: null }) },
  { name: '25-backup', route: '#/backup', surface: 'tab' },
  {
    name: '25-backup-other',
    route: '#/backup',
    surface: 'tab',
    steps: [['click', 'backup-other'], ['fill', 'backup-password', 'password1'], ['click', 'backup-make']],
  },
  { name: '25-backup-saved', route: '#/backup', surface: 'tab', steps: [['fill', 'backup-password', PASSWORD], ['click', 'backup-make'], ['wait', 'backup-saved']] },
  { name: '25-from-backup', route: '#/from-backup', surface: 'tab', answers: FRESH },
  { name: '25-from-backup-none', route: '#/from-backup', surface: 'tab', answers: { ...FRESH, InspectBackup: NO_BACKUP }, steps: [['file', 'backup-file']] },
  { name: '25-from-backup-wrong', route: '#/from-backup', surface: 'tab', answers: { RestoreBackup: WRONG_FILE_PASSWORD }, steps: [...fromFile, ['wait', 'error']] },
  { name: '25-from-backup-came', route: '#/from-backup', surface: 'tab', steps: [...fromFile, ['wait', 'backup-came']] },
  { name: '25-change-password', route: '#/change-password', surface: 'tab', steps: [['fill', 'change-password-new', PASSWORD]] },
  {
    name: '25-change-password-done',
    route: '#/change-password',
    surface: 'tab',
    steps: [
      ['fill', 'change-password-old', PASSWORD],
      ['fill', 'change-password-new', PASSWORD],
      ['fill', 'change-password-repeat', PASSWORD],
      ['click', 'change-password-submit'],
      ['wait', 'change-password-done'],
    ],
  },
  { name: '21-receive', route: '#/popup', surface: 'popup', steps: [['click', 'receive-open']] },
];
