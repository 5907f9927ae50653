//! The backup file, as the page hands it over. Nothing is derived: what is read is checked to ask for no more work than
//! the bounds allow.
#![no_main]
#![allow(clippy::unwrap_used, reason = "what cannot be is what fuzzing looks for")]

use std::{collections::BTreeSet, sync::LazyLock};

use base64::{Engine, engine::general_purpose::STANDARD};
use candor_protocol::{ui, view::Stage};
use candor_tests::{
    Host,
    surface::{KEY, secret},
};
use candor_vault::Vault;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// A file of this version.
const SAMPLE: &str = include_str!("../corpus/backup/sample_v1");

/// The accounts in it.
static ADDRESSES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut host = Host::default();
    host.must(ui::RestoreBackup { text: SAMPLE.to_owned(), key: secret(KEY) });
    host.addresses().into_iter().collect()
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let mut host = Host::default();
    let inspected = host.call(ui::InspectBackup { text: text.to_owned() });
    let restored = host.call(ui::RestoreBackup { text: text.to_owned(), key: secret(KEY) });
    let Ok(view) = inspected else {
        assert!(restored.is_err());
        assert_eq!(host.stage(), Stage::Fresh);
        return;
    };
    assert!((8 << 10..=4 << 20).contains(&view.kdf.memory_kib));
    assert!((1..=100).contains(&view.kdf.passes) && (1..=64).contains(&view.kdf.lanes));

    let file: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    assert_eq!(file["candor"], "backup");
    let vault = STANDARD.decode(file["vault"].as_str().unwrap()).unwrap();
    assert_eq!(Vault::parse(&vault).unwrap().to_bytes(), vault);

    // Only what was sealed with the sample can come back: parts may be missing, none can be another.
    match restored {
        Ok(_) => assert!(host.addresses().iter().all(|address| ADDRESSES.contains(address))),
        Err(_) => assert_eq!(host.stage(), Stage::Fresh),
    }
});
