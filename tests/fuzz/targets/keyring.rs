//! The plaintext of a vault's record. Whoever made a backup file wrote it.
#![no_main]
#![allow(clippy::unwrap_used, reason = "what cannot be is what fuzzing looks for")]

use candor_keys::keyring::{Keyring, Kind};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(keyring) = Keyring::decode(bytes) else { return };
    assert_eq!(keyring.encode().expose(), bytes);
    assert!(bytes.len() <= 10 + 64 + 64);
    assert!(keyring.kind() == Kind::Phrase || (keyring.phrase().is_none() && !keyring.has_passphrase()));
    assert_eq!(keyring.to_be_shared().is_none(), keyring.kind() == Kind::Key);
    if let Some(phrase) = keyring.phrase() {
        assert!([12, 15, 18, 21, 24].contains(&phrase.words().count()));
    }
});
