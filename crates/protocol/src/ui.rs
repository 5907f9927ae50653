//! Typed calls from the wallet's own pages to the background.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    calls::calls,
    contacts::ContactView,
    egress::EgressView,
    fees::FeeWish,
    history::HistoryView,
    names::NameView,
    portfolio::{CurrencyView, PortfolioView},
    servers::NetworkServersView,
    view::{
        AccountView, ActivityView, AddedView, ApprovalView, BackupView, BalanceView, FoundAccount,
        KeyringView, NetworksView, QueueView, SettingsView, SiteView, StatusView, Theme, TokenView,
    },
};

/// Bytes that open something, in hexadecimal. Never printed, wiped when dropped as far as a string can be.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretText(pub String);

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}

impl Drop for SecretText {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

/// How a password becomes a key: Argon2id, RFC 9106.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kdf {
    /// 16 bytes, hexadecimal.
    pub salt: String,
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

/// A password's derived key, with what it was derived by.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DerivedKey {
    /// The derivation.
    pub kdf: Kdf,
    /// 32 bytes, hexadecimal.
    pub key: SecretText,
}

/// Which servers the wallet may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServersChoice {
    /// The public ones of the built-in list.
    Public,
    /// Only the user's own; networks without one are not asked at all.
    Own {
        /// Address of the user's server; its `eth_chainId` says which network it is.
        url: String,
    },
}

calls! {
    /// A call with the type of its reply.
    trait Call;
    /// Every call, as sent: `{"Unlock":{…fields}}`. Tagged from outside, because the decoder for a tag inside is
    /// three times as large.
    enum AnyCall;

    /// What state the wallet is in: the first call of every surface.
    Status {} -> StatusView;
    /// A person pressed a key or the pointer in a surface: the time until locking starts again. Nothing else does that,
    /// so that no page can keep the wallet open.
    Used {} -> ();
    /// Does not ask for another year whether the phrase is still there.
    PutOffCheck {} -> ();
    /// A fresh salt and the parameters for deriving a new password's key.
    NewKdf {} -> Kdf;
    /// What deriving the password's key should cost from now on, after a page saw how long it takes on this machine, in
    /// milliseconds; nothing if it is right as it is.
    RaisedKdf { took_ms: u32 } -> Option<Kdf>;
    /// Wraps the data key under the same password at a higher cost, never at a lower one. A key that does not open is
    /// not counted as a wrong password: nobody typed it.
    RaiseCost { key: SecretText, password: DerivedKey } -> ();
    /// Makes a new wallet of a phrase that the import worker drew, unlocked.
    CreateWallet { password: DerivedKey, record: SecretText } -> ();
    /// The record of the new wallet's phrase; only while it is being set up and its copy was not checked yet.
    NewKeyring {} -> SecretText;
    /// Replaces the new wallet's phrase by another; only as long as `NewKeyring` works.
    RenewKeyring { record: SecretText } -> ();
    /// The paper copy of a keyring's words was checked (quiz passed); without a name, of the one that is being set up.
    ConfirmBackup { keyring: Option<String> } -> ();
    /// Makes a wallet of a keyring that the import worker read, with the accounts at these paths, unlocked.
    RestoreWallet { password: DerivedKey, record: SecretText, paths: Vec<String> } -> ();
    /// The user's choice of servers. Nothing leaves the computer before it.
    ChooseServers { choice: ServersChoice } -> ();
    /// The last step of setting up was seen.
    FinishSetup {} -> ();
    /// Opens the wallet with a key derived from the password by the `kdf` that `Status` names.
    Unlock { key: SecretText } -> ();
    /// Locks at once.
    Lock {} -> ();
    /// All accounts.
    Accounts {} -> Vec<AccountView>;
    /// Shows this account.
    SelectAccount { address: String } -> ();
    /// The next account of the phrase.
    AddAccount {} -> AccountView;
    /// Adds accounts of a phrase, of shares or of a single key that the import worker read.
    AddKeyring { record: SecretText, paths: Vec<String> } -> AddedView;
    /// Adds accounts of a keyring that is there, by their paths.
    AddAccounts { keyring: String, paths: Vec<String> } -> AddedView;
    /// The accounts at these paths of a keyring that is there, without asking anyone.
    DeriveAccounts { keyring: String, paths: Vec<String> } -> Vec<FoundAccount>;
    /// Which account of a keyring that is there has this address: compares the families that wallets use, `count` (at
    /// most 200) indices from `from`, all below 10,000. Nobody is asked.
    FindAccount { keyring: String, address: String, from: u32, count: u32 } -> Option<FoundAccount>;
    /// How many transactions an account has sent on a network, asked now: whether it was ever used there.
    TransactionCount { address: String, chain_id: u64 } -> u64;
    /// All phrases, shares and keys.
    Keyrings {} -> Vec<KeyringView>;
    /// The record of a keyring, after the password was given again: for showing, sharing and exporting it.
    RevealKeyring { keyring: String, key: SecretText } -> SecretText;
    /// The private key of one account, after the password was given again: `0x` and 64 digits.
    RevealKey { address: String, key: SecretText } -> SecretText;
    /// Adds an address to look at, without its key.
    WatchAccount { address: String } -> AccountView;
    /// Takes a watched address off the list.
    ForgetWatched { address: String } -> ();
    /// Everything as the text of a backup file, after the password was given again, sealed under that password or
    /// another.
    MakeBackup { key: SecretText, password: DerivedKey } -> SecretText;
    /// The backup file was handed to the browser.
    BackupSaved {} -> ();
    /// What a backup file says before its password is known.
    InspectBackup { text: String } -> BackupView;
    /// Brings back everything of a backup file, as the whole wallet or beside what is there.
    RestoreBackup { text: String, key: SecretText } -> AddedView;
    /// Seals everything under another password.
    ChangePassword { key: SecretText, password: DerivedKey } -> ();
    /// Lets a passkey open the wallet beside the password: the id of its credential and the salt that it was asked
    /// with, hexadecimal, and what its PRF gave for that.
    AddPasskey { key: SecretText, credential: String, salt: String, secret: SecretText } -> ();
    /// From now on this passkey does not open the wallet.
    RemovePasskey { slot: u32 } -> ();
    /// Opens the wallet with what a passkey's PRF gave.
    UnlockWithPasskey { slot: u32, secret: SecretText } -> ();
    /// Gives an account another name.
    RenameAccount { address: String, name: String } -> ();
    /// All networks, and which is in view.
    Networks {} -> NetworksView;
    /// How the servers of a network are, from what is known already: nobody is asked.
    NetworkServers { chain_id: u64 } -> NetworkServersView;
    /// Asks all servers of a network which one they serve. What they say is in [`NetworkServers`] when `Notice::Servers`
    /// comes.
    CheckServers { chain_id: u64 } -> ();
    /// Everyone whom the wallet ever asked for something.
    EgressLog {} -> EgressView;
    /// Forgets that.
    ClearEgress {} -> ();
    /// Shows this network.
    SelectNetwork { chain_id: u64 } -> ();
    /// Adds a network of one's own; its server is asked for its number first.
    AddNetwork { name: String, url: String, symbol: String } -> u64;
    /// Takes away a network that the user added.
    RemoveNetwork { chain_id: u64 } -> ();
    /// The balance of an account on a network, asked now: of the native coin, or of one of [`Tokens`] by its id.
    Balance { address: String, chain_id: u64, token: Option<String> } -> BalanceView;
    /// What the account in view has over all networks in use, from what is remembered; at most so many assets. What is
    /// no longer fresh is asked for, and a notice says when more is known.
    Portfolio { address: String, most: u32 } -> PortfolioView;
    /// What came to the account in view and left it without the wallet, at most so many; `further` also looks at older
    /// blocks. What is known comes at once; what is no longer fresh is asked for.
    History { address: String, most: u32, further: bool } -> HistoryView;
    /// The currencies that sums can be shown in.
    Currencies {} -> Vec<CurrencyView>;
    /// Shows sums in another currency, named by its code.
    SetCurrency { code: String } -> ();
    /// The tokens and collectibles that are shown on a network.
    Tokens { chain_id: u64 } -> Vec<TokenView>;
    /// Shows one of them no more.
    ForgetToken { chain_id: u64, token: String } -> ();
    /// The contacts, by name.
    Contacts {} -> Vec<ContactView>;
    /// Saves a contact, or renames the one with this address. Unless `sure`, one that could be taken for somebody else
    /// is not saved, and the reply says why.
    SaveContact { address: String, name: String, sure: bool } -> Option<String>;
    /// Removes a contact.
    ForgetContact { address: String } -> ();
    /// The address behind a name, from Ethereum; and from a name's own server, if this is the host that the user agreed
    /// to.
    LookUpName { name: String, host: Option<String> } -> NameView;
    /// What a site may see; also of sites that were never connected.
    Site { origin: String } -> SiteView;
    /// All connected sites.
    Sites {} -> Vec<SiteView>;
    /// The network that a site uses.
    SetSiteNetwork { origin: String, chain_id: u64 } -> ();
    /// The accounts that a connected site may see, the one in use first.
    SetSiteAccounts { origin: String, accounts: Vec<String> } -> ();
    /// Takes back a site's permission; its waiting requests are rejected.
    DisconnectSite { origin: String } -> ();
    /// Whether Candor is the wallet of pages that do not let one choose; from their next load on.
    SetPreferred { on: bool } -> ();
    /// The same for one site, which may differ from all others, and whether Candor passes for MetaMask there.
    SetSitePreferred { origin: String, preferred: Option<bool>, as_metamask: bool } -> ();
    /// Prepares a payment of the native coin; the reply names the request to review.
    PrepareSend { from: String, chain_id: u64, to: String, amount: String, max: bool } -> u64;
    /// Prepares a payment in a token that is known or listed on a network; the reply names the request to review.
    PrepareSendToken { from: String, chain_id: u64, token: String, to: String, amount: String, max: bool } -> u64;
    /// Asks a contract what token it is, to show it in an account's list; the reply names the request to review.
    PrepareAddToken { account: String, chain_id: u64, token: String } -> u64;
    /// What waits for an answer, oldest first.
    Queue {} -> QueueView;
    /// One waiting request.
    Approval { id: u64 } -> ApprovalView;
    /// Agrees to exactly what was shown. `accounts` is for connecting only.
    Approve { id: u64, fingerprint: String, accounts: Vec<String> } -> ();
    /// Says no.
    Reject { id: u64 } -> ();
    /// Says no to everything that whoever asked for this waits for.
    RejectAll { id: u64 } -> ();
    /// Tries again to prepare a request whose preparation failed.
    Retry { id: u64 } -> ();
    /// What a waiting transaction should cost; refused with a reason where that cannot be.
    SetFee { id: u64, wish: FeeWish } -> ();
    /// Prepares a transaction although trying it out failed: its number, fee and work limit are fixed all the same, and
    /// what is shown warns.
    GoOnAnyway { id: u64 } -> ();
    /// Forgets what was agreed to and did not leave yet, as [`crate::view::ReadyView::Undoable`] says.
    TakeBack { hash: String } -> ();
    /// Sends it at once instead.
    SendNow { hash: String } -> ();
    /// For how many seconds one's own payments can be taken back (0, 5, 10 or 30), and whether what sites ask for can,
    /// too.
    SetUndo { seconds: u32, sites: bool } -> ();
    /// What was sent from an account, newest first.
    Activity { address: String } -> Vec<ActivityView>;
    /// Does something about a transaction that waits; names the request to review, if there is something to sign.
    Help { hash: String, remedy: crate::life::Remedy } -> Option<u64>;
    /// Preferences.
    Settings {} -> SettingsView;
    /// Minutes without use until the wallet locks; 0 = only when the browser closes.
    SetAutoLock { minutes: u32 } -> ();
    /// Whether the wallet locks when the computer does.
    SetLockWithSystem { on: bool } -> ();
    /// Whether the system tells of transactions that were decided.
    SetTells { on: bool } -> ();
    /// Light, dark or as the system.
    SetTheme { theme: Theme } -> ();
    /// Starts over from a phrase or a file although the stored wallet cannot be read; the unreadable copies are kept aside.
    SetAsideDamaged {} -> ();
}

/// A reply as sent: `{"ok":…}` or `{"err":…}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reply<T> {
    /// It worked.
    Ok(T),
    /// It did not.
    Err(UiError),
}

/// Why a call did not work, in words for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UiError {
    /// For the surface to decide what to offer.
    pub code: UiErrorCode,
    /// What happened.
    pub title: String,
    /// Why, and what to do.
    pub text: String,
    /// For [`UiErrorCode::WrongPassword`] and [`UiErrorCode::TooSoon`]: when the next try is possible, in
    /// milliseconds from now.
    #[serde(default)]
    pub retry_after_ms: u64,
}

/// Kinds of failure that a surface treats differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UiErrorCode {
    /// The password is not the right one.
    WrongPassword,
    /// Too many wrong passwords: wait.
    TooSoon,
    /// The wallet is locked.
    Locked,
    /// There is no wallet, or there is one already.
    WrongStage,
    /// The stored wallet cannot be read.
    Damaged,
    /// What was typed is not valid; `text` says why.
    Invalid,
    /// The request is gone: answered, cancelled or replaced.
    Gone,
    /// What was shown is not what would be signed now; show it again.
    Changed,
    /// No server of the network answers.
    Unreachable,
    /// The server refused; `text` has its reason.
    Refused,
    /// The browser could not store it.
    Storage,
    /// A defect of ours.
    Internal,
}
