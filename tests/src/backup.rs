//! What is inside a backup file, read as `docs/vault-format.md` says.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use candor_protocol::host::Read;
use candor_vault::{DataKey, KeyEncryptionKey, RecordId, Vault};
use serde_json::{Value, json};

use crate::platform::TestPlatform;

/// The plaintext of each record by its name; `key` is what the password derives to, hexadecimal.
#[must_use]
pub fn opened(text: &str, key: &str) -> BTreeMap<String, Vec<u8>> {
    let (vault, data_key) = open(text, key);
    let records = vault
        .records()
        .map(|id| (hex::encode(id.0), vault.unseal(&data_key, id).expect("a good record").expose().clone()));
    records.collect()
}

/// The same file with another state, small enough for one record.
#[must_use]
pub fn with_state(text: &str, key: &str, change: impl Fn(&mut Value)) -> String {
    let (mut vault, data_key) = open(text, key);
    let id = RecordId([0; 16]);
    let state = vault.unseal(&data_key, id).expect("the state");
    let mut state: Value = serde_json::from_slice(state.expose()).expect("JSON");
    change(&mut state);
    vault.remove(id);
    let state = state.to_string();
    vault.seal(&data_key, id, state.as_bytes(), &mut TestPlatform::default()).expect("room for it");
    json!({ "candor": "backup", "version": 1, "vault": STANDARD.encode(vault.to_bytes()) }).to_string()
}

fn open(text: &str, key: &str) -> (Vault, DataKey) {
    let file: Value = serde_json::from_str(text).expect("JSON");
    let bytes = STANDARD.decode(file["vault"].as_str().expect("a vault")).expect("base64");
    let vault = Vault::parse(&bytes).expect("a vault");
    let mut kek = [0; 32];
    hex::decode_to_slice(key, &mut kek).expect("a key");
    let (slot, _) = vault.password_slot().expect("a password");
    let data_key = vault.open(slot, &KeyEncryptionKey::from_bytes(kek)).expect("the right key");
    (vault, data_key)
}

/// The id of the vault inside a file.
#[must_use]
pub fn vault_id(text: &str) -> Vec<u8> {
    let file: Value = serde_json::from_str(text).expect("JSON");
    let bytes = STANDARD.decode(file["vault"].as_str().expect("a vault")).expect("base64");
    bytes.get(10..26).expect("a header").to_vec()
}

/// The id of the vault inside a stored copy.
#[must_use]
pub fn stored_id(copy: &Read) -> Vec<u8> {
    let bytes = STANDARD.decode(copy.text().expect("a text")).expect("base64");
    bytes.get(36..52).expect("a header behind the frame").to_vec()
}
