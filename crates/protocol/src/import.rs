//! Typed calls from the wallet's own pages to the worker that reads and writes what people keep on paper and in files:
//! phrases, SLIP-39 shares, private keys, key files.
//!
//! The worker is a WebAssembly instance of its own. It keeps nothing between calls and ends with the screen that needed
//! it, and all its memory with it. What it finds is a *keyring record*, the plaintext of one record of the vault in
//! hexadecimal (`docs/vault-format.md`), which the background seals.

use serde::{Deserialize, Serialize};

use crate::{
    calls::calls,
    ui::{SecretText, UiError},
    view::{FoundAccount, PhraseReportView, ProblemView},
};

calls! {
    /// A call with the type of its reply.
    trait ImportCall;
    /// Every call, as posted to the worker: `{"InspectPhrase":{…fields}}`.
    enum AnyImport;

    /// A new phrase of 12, 15, 18, 21 or 24 words from the platform's randomness, without a passphrase, in the list with
    /// this number: English, Japanese, Korean, Spanish, simplified Chinese, traditional Chinese, French, Italian, Czech,
    /// Portuguese, from 0.
    NewPhrase { words: u8, language: u8 } -> Keyring;
    /// What is wrong with a phrase as typed so far.
    InspectPhrase { text: SecretText } -> PhraseReportView;
    /// Reads a phrase. One whose checksum does not fit only if `unchecked`.
    ReadPhrase { text: SecretText, passphrase: SecretText, unchecked: bool } -> Keyring;
    /// Reads one private key, hexadecimal, with `0x` or without.
    ReadKey { text: SecretText } -> Keyring;
    /// What is known of a set of SLIP-39 shares as typed so far.
    InspectShares { shares: Vec<SecretText> } -> SharesReport;
    /// Restores the secret of a set of SLIP-39 shares. Empty texts are passed over; every other one must be usable.
    ReadShares { shares: Vec<SecretText>, passphrase: SecretText } -> Keyring;
    /// What a key file (Web3 Secret Storage, version 3) says before its password is known.
    InspectKeyFile { text: String } -> KeyFileReport;
    /// Opens a key file. Takes as long as its maker chose; ending the worker cancels it.
    ReadKeyFile { text: String, password: SecretText } -> Keyring;
    /// Accounts of a keyring: `count` (at most 100) from index `from` of a family. A single key has one, at `m`, which is
    /// index 0 of every family.
    ListAccounts { keyring: SecretText, family: Family, from: u32, count: u32 } -> Vec<FoundAccount>;
    /// The account at a path as a person writes it. A single key's is at `m`.
    AccountAt { keyring: SecretText, path: String } -> FoundAccount;
    /// Which account has this address, among those of all families with `count` (at most 2,000) indices from `from`, all
    /// below 10,000. The page goes on from there as long as the answer is nothing, and so can show how far it is, and
    /// stop.
    FindAddress { keyring: SecretText, address: String, from: u32, count: u32 } -> Option<FoundAccount>;
    /// The words of a keyring that has them.
    Words { keyring: SecretText } -> Vec<SecretText>;
    /// SLIP-39 shares of a keyring: per group, how many of how many are needed; and how many groups are. They hold what
    /// all keys are derived from: for a recovery phrase its 64-byte seed, passphrase included, in 59 words each, from
    /// which the accounts come back but not the phrase. A wallet restored from shares gives shares of 20 words and up.
    MakeShares { keyring: SecretText, passphrase: SecretText, groups_needed: u8, groups: Vec<ShareGroup> } -> Vec<Vec<SecretText>>;
}

/// A reply as posted back: `{"ok":…}` or `{"err":…}`.
pub type ImportReply<T> = crate::ui::Reply<T>;

/// Where wallets put the accounts of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// `m/44'/60'/0'/0/i`: nearly all wallets.
    Standard,
    /// `m/44'/60'/i'/0/0`: Ledger Live.
    LedgerLive,
    /// `m/44'/60'/0'/i`: old Ledger and MyEtherWallet.
    Legacy,
}

/// Where accounts come from, read and ready to be sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Keyring {
    /// The keyring record, hexadecimal.
    pub record: SecretText,
    /// Its kind.
    pub kind: KeyringKind,
    /// The first account: by it a person recognises a mistyped passphrase.
    pub first: FoundAccount,
}

/// What a keyring is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyringKind {
    /// A recovery phrase.
    Phrase,
    /// A single private key.
    Key,
    /// The secret of SLIP-39 shares.
    Shares,
}

/// One group of SLIP-39 shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareGroup {
    /// How many of its shares are needed.
    pub needed: u8,
    /// How many there are.
    pub shares: u8,
}

/// A set of shares as typed so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SharesReport {
    /// Each text in order, empty ones too.
    pub shares: Vec<ShareReport>,
    /// What is still needed, as a sentence; nothing if the set is complete or if no share could be read.
    pub missing: Option<String>,
    /// Whether the secret can be restored: there are enough shares, and nothing is wrong with any.
    pub complete: bool,
    /// How long restoring takes, in milliseconds on a computer of today; only for showing progress.
    pub about_ms: u32,
}

/// One typed share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShareReport {
    /// Each word in order.
    pub words: Vec<crate::view::PhraseWordView>,
    /// Whether a share can have so many words: as many as the others of its set, or 20, 33 or 59.
    pub complete: bool,
    /// What is wrong; absent if it can be used, and while there is nothing to say. Words may still be on their way, as
    /// for a phrase.
    pub problem: Option<ProblemView>,
    /// As in “share 2 of group 1”, or “share 2” where there is only one group; absent while it cannot be read.
    pub name: Option<String>,
}

/// What a key file says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyFileReport {
    /// The address that it claims to be for, EIP-55.
    pub address: Option<String>,
    /// How long opening it takes, in milliseconds on a computer of today; only for showing progress.
    pub about_ms: u32,
}

/// Why a call did not work.
pub type ImportError = UiError;
