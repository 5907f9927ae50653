//! The envelope and the frames of its copies. Nothing is derived: what is read is checked to ask for no more work than
//! the bounds allow.
#![no_main]
#![allow(clippy::unwrap_used, reason = "what cannot be is what fuzzing looks for")]

use std::sync::LazyLock;

use candor_vault::{
    DataKey, KeyEncryptionKey, SlotKind, Vault,
    copies::{self, Choice, CopyId, CopyRead},
};
use libfuzzer_sys::fuzz_target;

/// The sample of version 1 and its data key.
static SAMPLE: LazyLock<(Vault, DataKey)> = LazyLock::new(|| {
    let vault = Vault::parse(include_bytes!("../corpus/vault/sample_v1")).unwrap();
    let (slot, _) = vault.password_slot().unwrap();
    let key = vault.open(slot, &password_key()).unwrap();
    (vault, key)
});

fuzz_target!(|bytes: &[u8]| {
    if let Ok(vault) = Vault::parse(bytes) {
        assert_eq!(vault.to_bytes(), bytes);
        assert!(vault.records().count() <= 1024);
        for slot in vault.slots() {
            if let SlotKind::Password(how) = slot.kind() {
                assert!((8 << 10..=4 << 20).contains(&how.params.memory_kib()));
                assert!((1..=100).contains(&how.params.passes()));
                assert!((1..=64).contains(&how.params.lanes()));
            }
        }
        unchanged(&vault);
    }
    framed(bytes);
});

/// What the sample's password still opens is what the sample holds.
fn unchanged(vault: &Vault) {
    let (sample, sample_key) = &*SAMPLE;
    for slot in vault.slots() {
        let Ok(key) = vault.open(slot.id(), &password_key()) else { continue };
        assert_eq!(key.expose(), sample_key.expose());
        for id in vault.records() {
            if let Ok(plain) = vault.unseal(&key, id) {
                assert_eq!(plain.expose(), sample.unseal(sample_key, id).unwrap().expose());
            }
        }
    }
}

/// A frame gives back what was framed, and what is taken from storage is exactly a frame.
fn framed(bytes: &[u8]) {
    let copy = |bytes: &[u8]| CopyRead::Bytes(bytes.to_vec());
    let framed = copies::frame(7, bytes);
    match copies::choose(&[
        (CopyId::A, copy(bytes)),
        (CopyId::B, copy(&framed)),
        (CopyId::Mirror, CopyRead::Absent),
    ]) {
        Choice::Found(found) if found.generation > 7 || found.vault != bytes => {
            assert_eq!(copies::frame(found.generation, &found.vault), bytes);
        }
        Choice::Found(found) => assert_eq!(found.vault, bytes),
        Choice::Newer { version } => assert!(version > 1),
        Choice::Nothing | Choice::Unreadable => panic!("a good copy is there"),
    }
}

/// What the sample's password derives to.
const fn password_key() -> KeyEncryptionKey {
    KeyEncryptionKey::from_bytes([0xaa; 32])
}
