//! What the background tells a surface, ready to be laid out. No view holds a secret.

use serde::{Deserialize, Serialize};

use crate::{fees::FeeTermsView, import::KeyringKind, recipient::LookAlikeView, ui::Kdf};

/// Where the wallet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// No wallet was ever made here.
    Fresh,
    /// There is one; it is locked.
    Locked,
    /// It is open.
    Unlocked,
    /// There is one, and no copy of it can be read.
    Damaged,
    /// There is one that a newer Candor wrote; this one leaves it alone.
    Newer,
}

/// How far setting up got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setup {
    /// The words have not been checked or put off yet.
    Phrase,
    /// Servers have not been chosen yet.
    Networks,
    /// Only the last page is left.
    Done,
    /// All done.
    Finished,
}

/// Answer to `Status`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusView {
    /// [`crate::VERSION`] of the background.
    pub version: u32,
    /// Where the wallet stands.
    pub stage: Stage,
    /// How far setting up got.
    pub setup: Setup,
    /// Whether the phrase was checked against paper.
    pub backed_up: bool,
    /// Whether a year has passed since the phrase was last checked against paper; told while unlocked only.
    pub check_due: bool,
    /// Whether something that is stored could not be read when the wallet started. It is kept, and what changes is
    /// written beside it.
    pub unread: bool,
    /// When a backup file was last made, in milliseconds since the epoch.
    pub backup_at: Option<u64>,
    /// How to derive the key that `Unlock` takes, once there is a wallet.
    pub kdf: Option<Kdf>,
    /// The passkeys that open it too.
    pub passkeys: Vec<PasskeyView>,
    /// When the next password can be tried, in milliseconds from now.
    pub retry_after_ms: u64,
    /// Hosts of sites that wait for an answer.
    pub waiting: Vec<String>,
    /// The chosen theme.
    pub theme: Theme,
}

/// A passkey that opens the wallet, as the browser has to be asked for it. None of this is secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyView {
    /// Names it in calls.
    pub slot: u32,
    /// The id of its credential, hexadecimal.
    pub credential: String,
    /// What its PRF is evaluated for, hexadecimal.
    pub salt: String,
}

/// Light, dark or as the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Preferences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// Minutes without use until the wallet locks; 0 = only when the browser closes.
    pub auto_lock_minutes: u32,
    /// Whether the wallet locks when the computer does, where the browser says so.
    pub lock_with_system: bool,
    /// The theme.
    pub theme: Theme,
    /// The code of the currency that sums are shown in.
    pub currency: String,
    /// Whether Candor is the wallet of pages that do not let one choose.
    pub preferred: bool,
    /// Whether the system is to tell of transactions that were decided.
    pub tells: bool,
    /// For how many seconds one's own payments can be taken back; 0 = they are sent at once.
    #[serde(default)]
    pub undo_seconds: u32,
    /// Whether what sites ask for can be taken back, too.
    #[serde(default)]
    pub undo_for_sites: bool,
    /// Whether the phrase was checked against paper.
    pub backed_up: bool,
    /// Version of the extension's core.
    pub core_version: String,
}

/// What is right and wrong about a phrase as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PhraseReportView {
    /// Each word in order.
    pub words: Vec<PhraseWordView>,
    /// Whether the count is one of 12, 15, 18, 21, 24.
    pub complete: bool,
    /// Whether the built-in check passes; absent while words are missing or unknown.
    pub checksum: Option<bool>,
    /// What is wrong, as title and text of an error; absent while there is nothing to say.
    pub problem: Option<ProblemView>,
}

/// One typed word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PhraseWordView {
    /// The word as understood.
    pub text: String,
    /// Whether it is in the list.
    pub known: bool,
    /// If not: the nearest ones, best first.
    pub nearest: Vec<String>,
}

/// Something that went wrong, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemView {
    /// What happened.
    pub title: String,
    /// Why, and what to do.
    pub text: String,
}

/// An account that a phrase gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundAccount {
    /// Position in its family.
    pub index: u32,
    /// EIP-55.
    pub address: String,
    /// BIP-32 path.
    pub path: String,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// EIP-55.
    pub address: String,
    /// The user's name for it.
    pub name: String,
    /// BIP-32 path; `m` for a single key, empty for a watched address.
    pub path: String,
    /// Where its key is.
    pub kind: AccountKind,
    /// The keyring that it is from; empty for a watched address.
    pub keyring: String,
    /// Whether it is the one in view.
    pub selected: bool,
}

/// Where the key of an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountKind {
    /// It follows from a phrase or from shares.
    Derived,
    /// It was added alone.
    Key,
    /// Nowhere: the address is only watched.
    Watched,
    /// It was here, and this browser lost it; adding its phrase or key again brings it back.
    Lost,
}

/// A phrase, a set of shares, or a single key of the wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyringView {
    /// Names it in calls.
    pub id: String,
    /// What it is.
    pub kind: KeyringKind,
    /// Whether a passphrase belongs to its words.
    pub has_passphrase: bool,
    /// Whether its words were made here and never checked against paper.
    pub unchecked: bool,
    /// Its accounts in the wallet.
    pub accounts: Vec<AccountView>,
}

/// What a backup file says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupView {
    /// How its password becomes its key.
    pub kdf: Kdf,
}

/// What adding came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedView {
    /// New in the wallet; the first is in view now.
    pub added: Vec<AccountView>,
    /// There already.
    pub known: Vec<AccountView>,
    /// Networks that came out of a backup file, with the hosts of their servers.
    pub networks: Vec<String>,
    /// Servers in a backup file for networks that are known here, which were not taken; named as [`Self::networks`].
    pub left_out: Vec<String>,
    /// Hosts of the sites that may see accounts because a backup file says so.
    pub sites: Vec<String>,
    /// Tokens and collectibles that are shown because a backup file says so.
    pub tokens: Vec<String>,
    /// Contacts that came out of a backup file, with their addresses.
    #[serde(default)]
    pub contacts: Vec<String>,
}

/// A network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkView {
    /// EIP-155.
    pub chain_id: u64,
    /// Name.
    pub name: String,
    /// The native coin's symbol.
    pub symbol: String,
    /// The native coin's decimals.
    pub decimals: u8,
    /// Explorer's address, if known.
    pub explorer: Option<String>,
    /// Coins there are worth nothing.
    pub testnet: bool,
    /// A chain for development on this computer.
    pub development: bool,
    /// Added by the user or a site, not from the built-in list.
    pub custom: bool,
    /// Hosts that are asked, in order; empty if the user's choice of servers leaves none.
    pub servers: Vec<String>,
}

/// All networks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworksView {
    /// In the order to show.
    pub networks: Vec<NetworkView>,
    /// The one in view.
    pub current: u64,
}

/// A token or collectible that the user wants to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenView {
    /// Names it in calls, with its network.
    pub id: String,
    /// Its contract, EIP-55.
    pub address: String,
    /// How it is called.
    pub name: String,
}

/// A balance of the native coin, or of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BalanceView {
    /// Exact integer of the smallest unit, decimal.
    pub wei: String,
    /// For columns, rounded down, with unit: `0.418 ETH`.
    pub text: String,
    /// Exact decimal with unit.
    pub exact: String,
    /// Symbol.
    pub symbol: String,
}

/// What a site may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SiteView {
    /// The origin.
    pub origin: String,
    /// Without the scheme.
    pub host: String,
    /// Whether it may see any account.
    pub connected: bool,
    /// The accounts it may see, the one in use first.
    pub accounts: Vec<AccountView>,
    /// The network that it uses.
    pub chain_id: u64,
    /// When it was connected, milliseconds since the epoch.
    pub since_ms: Option<u64>,
    /// How many of its requests were agreed to.
    pub times_used: u32,
    /// When one was agreed to last, milliseconds since the epoch.
    pub last_used_ms: Option<u64>,
    /// Names of the networks that it may use, the one in use first.
    pub networks: Vec<String>,
    /// How long it still has to wait before it may ask again, in milliseconds: a person said no three times in a row.
    pub paused_ms: u64,
    /// Whether Candor is its wallet although it does not let one choose; nothing where that is as everywhere.
    pub preferred: Option<bool>,
    /// Whether Candor passes for MetaMask there.
    pub as_metamask: bool,
}

/// How loud something is; see the design guide's colour law.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// A check passed, or money came in.
    Good,
    /// Read this first.
    Care,
    /// This can cost you.
    Risk,
}

/// One plain sentence: a whole template with named slots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceView {
    /// Names the template for translation.
    pub key: String,
    /// The English template, slots in braces: `Send {amount} to {recipient} on {network}.`
    pub pattern: String,
    /// The slots.
    pub slots: Vec<SlotView>,
}

/// A variable part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotView {
    /// As in the pattern.
    pub name: String,
    /// As shown.
    pub text: String,
    /// How loud.
    pub tone: Tone,
    /// The full address, the exact integer, …: what pressing it shows.
    pub exact: String,
}

/// A remark beside a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteView {
    /// Id of the rule that found it.
    pub rule: String,
    /// How loud.
    pub tone: Tone,
    /// The fact.
    pub what: String,
    /// The reason and what to do.
    pub why: String,
}

/// A row under Details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactView {
    /// What it is.
    pub label: String,
    /// Its value, exact.
    pub value: String,
    /// Set in monospace, wraps anywhere.
    pub mono: bool,
}

/// What kind of request waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestKind {
    /// See accounts.
    Connect,
    /// Add a network.
    AddNetwork,
    /// Use another network.
    SwitchNetwork,
    /// Show a token or collectible.
    WatchAsset,
    /// EIP-191 text or bytes.
    Message,
    /// ERC-4361.
    SignIn,
    /// EIP-712.
    TypedData,
    /// The key with which others can write to an account.
    EncryptionKey,
    /// The text of an encrypted message; [`ApprovalView::words`] has it, to be shown when it is asked for.
    Decrypt,
    /// A transaction.
    Transaction,
    /// Several transactions at once (EIP-5792).
    Calls,
}

/// Whether a request can be agreed to yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadyView {
    /// Fee, work limit or number in line are still being asked for. The sentence already holds.
    Preparing,
    /// Everything that gets signed is fixed and shown.
    Ready,
    /// It cannot be prepared; `Retry` tries again.
    Failed {
        /// In words.
        problem: ProblemView,
        /// Whether a person may go on all the same.
        #[serde(default)]
        passable: bool,
    },
    /// Agreed to and signed; not sent before this moment, and can be taken back until then.
    #[serde(rename_all = "camelCase")]
    Undoable {
        /// Transaction hash; of several, that of the first.
        hash: String,
        /// When it is sent, milliseconds since the epoch.
        until_ms: u64,
    },
    /// Agreed to; being carried out.
    Sending,
}

/// One waiting request, with everything its screen shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalView {
    /// Id.
    pub id: u64,
    /// Kind.
    pub kind: RequestKind,
    /// Who asks; absent for what the user started in the wallet.
    pub origin: Option<String>,
    /// The page that embeds the asking frame, if it is another origin.
    pub top_origin: Option<String>,
    /// What the wallet knows of that site.
    pub site: Option<SiteView>,
    /// The network it is for.
    pub network: NetworkView,
    /// The account it is for; absent while connecting.
    pub account: Option<AccountView>,
    /// The request, complete and exact.
    pub sentence: SentenceView,
    /// What it comes to, one after the other, if that is more than one thing.
    #[serde(default)]
    pub steps: Vec<SentenceView>,
    /// How loud the whole is; `Risk` takes a tick and a hold.
    pub tone: Tone,
    /// Label of the button that agrees.
    pub verb: String,
    /// Label of the button that refuses.
    pub refusal: String,
    /// Remarks, worst first.
    pub notes: Vec<NoteView>,
    /// The word to be typed before agreeing, where a remark takes more than a tick.
    #[serde(default)]
    pub word: Option<String>,
    /// Whom the receiver is mistaken for.
    #[serde(default)]
    pub look_alike: Option<LookAlikeView>,
    /// Rows under Details.
    pub facts: Vec<FactView>,
    /// The message's own text, to be shown in full.
    pub words: Option<String>,
    /// The fee, for transactions.
    pub fee: Option<FeeView>,
    /// Exact changes that the bytes themselves state (not simulated): native value and known token transfers.
    pub changes: Vec<ChangeView>,
    /// Accounts to choose from, for connecting: those ticked first are `selected`.
    pub choices: Vec<AccountView>,
    /// Whether it can be agreed to.
    pub ready: ReadyView,
    /// Hash of exactly what would be signed or granted; `Approve` must name it.
    pub fingerprint: String,
    /// Position among this site's waiting requests, from 1.
    pub position: u32,
    /// How many wait from this site.
    pub count: u32,
}

/// A fee in the network's coin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FeeView {
    /// Expected, rounded up, with unit.
    pub about: String,
    /// The hard cap from the signed fields, rounded up, with unit.
    pub at_most: String,
    /// Exact cap in the smallest unit, decimal.
    pub at_most_wei: String,
    /// Value plus fee cap, rounded up, with unit.
    pub total: String,
    /// How it comes about, and what can be chosen.
    #[serde(default)]
    pub terms: FeeTermsView,
}

/// One exact change of a balance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    /// Whether it leaves the account.
    pub out: bool,
    /// Symbol.
    pub symbol: String,
    /// Exact decimal.
    pub amount: String,
}

/// What waits, in one line each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    /// Oldest first, one site after the other, never mixed.
    pub requests: Vec<QueuedView>,
}

/// A waiting request in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuedView {
    /// Id.
    pub id: u64,
    /// Kind.
    pub kind: RequestKind,
    /// Who asks; absent for the user's own.
    pub origin: Option<String>,
}

/// State of something sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TxStatus {
    /// Signed; no server has taken it yet.
    Signed,
    /// Signed; it is sent once it cannot be taken back any more.
    Undoable,
    /// Signed; it is sent once the one before it worked.
    Held,
    /// A server took it; waiting.
    Sent,
    /// Done.
    Worked,
    /// Included, but did not happen.
    Reverted,
    /// Another took its place.
    Replaced,
    /// The same one for a higher fee took its place.
    SpedUp,
    /// It was cancelled before it happened.
    Cancelled,
    /// Servers refused it; nothing came of it.
    Refused,
}

/// Something that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActivityView {
    /// Transaction hash.
    pub hash: String,
    /// The sentence that was agreed to.
    pub sentence: SentenceView,
    /// State.
    pub status: TxStatus,
    /// Network.
    pub network: NetworkView,
    /// Site, if a site asked for it.
    pub origin: Option<String>,
    /// When it was signed, milliseconds since the epoch.
    pub at_ms: u64,
    /// Until when it can be taken back, milliseconds since the epoch; absent once it cannot.
    #[serde(default)]
    pub undo_until_ms: Option<u64>,
    /// Fee actually paid, with unit, once known.
    pub fee_paid: Option<String>,
    /// The same in wei, exact, as a decimal integer.
    #[serde(default)]
    pub fee_wei: Option<String>,
    /// Why servers refused it, in their words.
    pub reason: Option<String>,
    /// Its number in line.
    #[serde(default)]
    pub nonce: u64,
    /// An earlier number that nothing has, so that it waits.
    #[serde(default)]
    pub missing: Option<u64>,
    /// What can be done about it.
    #[serde(default)]
    pub remedies: Vec<crate::life::Remedy>,
}
