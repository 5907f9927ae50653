//! What a backup holds beside the keyrings, by somebody who knows the password: each line is the key, the version and
//! the JSON of a record.
#![no_main]
#![allow(clippy::unwrap_used, reason = "what cannot be is what fuzzing looks for")]

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use candor_keys::{PrivateKey, keyring::Keyring};
use candor_primitives::keccak256;
use candor_protocol::{
    ui::{self, DerivedKey},
    view::{Setup, Stage},
};
use candor_tests::{
    Host,
    platform::TestPlatform,
    surface::{KEY, secret},
};
use candor_vault::{KdfParams, KeyEncryptionKey, RecordId, Vault};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// [`KEY`].
const KEY_BYTES: [u8; 32] = [0x55; 32];

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let mut first = Host::default();
    if first.call(ui::RestoreBackup { text: file(text), key: secret(KEY) }).is_err() {
        assert_eq!(first.stage(), Stage::Fresh);
        return;
    }
    let there = belongings(&mut first);

    // It is a wallet: it can be closed, opened and saved, and the copy is the same.
    first.restart_browser();
    first.must(ui::Unlock { key: secret(KEY) });
    assert_eq!(belongings(&mut first), there);
    let kdf = first.must(ui::NewKdf {});
    let saved =
        first.must(ui::MakeBackup { key: secret(KEY), password: DerivedKey { kdf, key: secret(KEY) } });
    let mut second = Host::default();
    second.must(ui::RestoreBackup { text: saved.0.clone(), key: secret(KEY) });
    assert_eq!(belongings(&mut second), there);
});

/// All that a person would miss.
fn belongings(host: &mut Host) -> Vec<Value> {
    let mut all = vec![
        json!(host.must(ui::Accounts {})),
        json!(host.must(ui::Keyrings {})),
        json!(host.must(ui::Settings {})),
        json!(host.must(ui::Sites {})),
        json!(host.must(ui::Tokens { chain_id: 1 })),
    ];
    if host.must(ui::Status {}).setup == Setup::Done {
        all.push(json!(host.must(ui::Networks {})));
    }
    all
}

/// A backup file with one key and these records.
fn file(lines: &str) -> String {
    let records: BTreeMap<&str, String> = lines
        .lines()
        .filter_map(|line| {
            let (key, rest) = line.split_once(':')?;
            let (version, json) = rest.split_once(':')?;
            let sum = keccak256(json).to_string();
            Some((key, format!("candor:{key}:{version}:{}:{json}", sum.get(2..10)?)))
        })
        .collect();
    let entropy = &mut TestPlatform::default();
    let (mut vault, key) =
        Vault::create(&KeyEncryptionKey::from_bytes(KEY_BYTES), KdfParams::DEFAULT, [5; 16], entropy)
            .unwrap();
    let keyring = Keyring::from_key(PrivateKey::from_bytes(&[0x11; 32]).unwrap());
    vault.seal(&key, RecordId([1; 16]), keyring.encode().expose(), entropy).unwrap();
    vault.seal(&key, RecordId([0; 16]), &serde_json::to_vec(&records).unwrap(), entropy).unwrap();
    json!({ "candor": "backup", "version": 1, "vault": STANDARD.encode(vault.to_bytes()) }).to_string()
}
