//! What is inside a backup file, read as `docs/vault-format.md` says.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use candor_vault::{KeyEncryptionKey, Vault};
use serde_json::Value;

/// The plaintext of each record by its name; `key` is what the password derives to, hexadecimal.
#[must_use]
pub fn opened(text: &str, key: &str) -> BTreeMap<String, Vec<u8>> {
    let file: Value = serde_json::from_str(text).expect("JSON");
    let bytes = STANDARD.decode(file["vault"].as_str().expect("a vault")).expect("base64");
    let vault = Vault::parse(&bytes).expect("a vault");
    let mut kek = [0; 32];
    hex::decode_to_slice(key, &mut kek).expect("a key");
    let (slot, _) = vault.password_slot().expect("a password");
    let data_key = vault.open(slot, &KeyEncryptionKey::from_bytes(kek)).expect("the right key");
    let records = vault
        .records()
        .map(|id| (hex::encode(id.0), vault.unseal(&data_key, id).expect("a good record").expose().clone()));
    records.collect()
}
