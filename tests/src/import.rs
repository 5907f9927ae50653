//! What the import worker does for the wallet's own pages, in the words of the core.

use candor_keys::{DerivationPath, Nfkd, Phrase, keyring::Keyring};
use candor_protocol::ui::{CreateWallet, DerivedKey, RestoreWallet, SecretText};

use crate::{platform::TestPlatform, surface::secret};

/// The record of a phrase with its passphrase.
#[must_use]
pub fn record_of(phrase: &str, passphrase: &str) -> SecretText {
    let platform = TestPlatform::default();
    let phrase = Phrase::parse(&Nfkd::of(phrase, &platform)).expect("the phrase is good");
    let keyring = Keyring::new(&phrase, &Nfkd::of(passphrase, &platform));
    secret(&hex::encode(keyring.encode().expose()))
}

/// The record of a phrase of so many words. The same number gives the same phrase.
#[must_use]
pub fn drawn(words: u8, number: u8) -> SecretText {
    let entropy = vec![number; usize::from(words) / 3 * 4];
    let phrase = Phrase::from_entropy(&entropy).expect("the length is one of the five");
    record_of(&phrase.words().collect::<Vec<_>>().join(" "), "")
}

/// The words of a record, with spaces between.
#[must_use]
pub fn words_of(record: &SecretText) -> String {
    let bytes = hex::decode(&record.0).expect("a record is hexadecimal");
    let keyring = Keyring::decode(&bytes).expect("a record is a keyring");
    keyring.phrase().expect("it is a phrase").words().collect::<Vec<_>>().join(" ")
}

/// The paths of these accounts, as most wallets number them.
#[must_use]
pub fn paths(indices: &[u32]) -> Vec<String> {
    indices.iter().map(|index| DerivationPath::ethereum(*index).to_string()).collect()
}

/// Making a wallet of a new phrase.
#[must_use]
pub fn create(password: DerivedKey, words: u8) -> CreateWallet {
    CreateWallet { password, record: drawn(words, 1) }
}

/// Making a wallet of a phrase that was typed.
#[must_use]
pub fn restore(password: DerivedKey, phrase: &str, passphrase: &str, indices: &[u32]) -> RestoreWallet {
    RestoreWallet { password, record: record_of(phrase, passphrase), paths: paths(indices) }
}
