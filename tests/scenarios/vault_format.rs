//! An exported vault opens with Python and the password alone, as `docs/vault-format.md` promises.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use candor_keys::{Nfkd, Phrase, keyring::Keyring};
use candor_tests::{platform::TestPlatform, python};
use candor_vault::{KdfParams, KeyEncryptionKey, RecordId, Vault, copies};

const SALT: [u8; 16] = *b"sixteen bytes...";

/// The key of a password slot, as the worker derives it.
fn key_of(normal_password: &str) -> KeyEncryptionKey {
    let cost = KdfParams::DEFAULT;
    let params = Params::new(cost.memory_kib(), cost.passes(), cost.lanes(), Some(32)).unwrap();
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(normal_password.as_bytes(), &SALT, &mut key)
        .unwrap();
    KeyEncryptionKey::from_bytes(key)
}

fn make_vault(normal_password: &str) -> Vec<u8> {
    let entropy = &mut TestPlatform::default();
    let (mut vault, data_key) =
        Vault::create(&key_of(normal_password), KdfParams::DEFAULT, SALT, entropy).unwrap();
    let mut add = |name: u8, entropy_byte: u8, passphrase: &str| {
        let keyring =
            Keyring::new(&Phrase::from_entropy(&[entropy_byte; 16]).unwrap(), &Nfkd::of(passphrase, entropy));
        vault.seal(&data_key, RecordId([name; 16]), keyring.encode().expose(), entropy).unwrap();
    };
    add(0x11, 0x00, "TREZOR");
    add(0x22, 0x7f, "");
    vault.to_bytes()
}

#[test]
fn python_opens_an_exported_vault() {
    if !python::is_there() {
        println!("skipped, Python with argon2-cffi and cryptography not present");
        return;
    }
    let check = |contents: &[u8], password: &str| {
        let shown = python::open_vault(contents, password).unwrap();
        let lines: Vec<Vec<&str>> = shown.lines().map(|line| line.split(' ').collect()).collect();
        assert_eq!(lines.len(), 2, "{shown}");
        assert_eq!(lines[0][..3], ["11".repeat(16), "passphrase".into(), "00".repeat(16)]);
        // From the vectors of BIP-39.
        assert!(lines[0][3].starts_with("c55257c360c07c72029aebc1b53c05ed"), "{shown}");
        assert_eq!(lines[1][..3], ["22".repeat(16), "plain".into(), "7f".repeat(16)]);
        assert!(python::open_vault(contents, "wrong").is_err());
    };
    let password = "correct horse battery staple";
    let vault = make_vault(password);
    check(&vault, password);
    let copy = STANDARD.encode(copies::frame(41, &vault));
    check(copy.as_bytes(), password);
    // A recovery file: the newest good copy counts, whatever else is in it.
    let recovery = serde_json::json!({
        "candor": "recovery",
        "version": 1,
        "made": "2025-11-22T00:00:00.000Z",
        "local": {
            "accounts": "candor:accounts:1:00000000:{}",
            "vault.a": copy.replace('C', "D"),
            "vault.b": STANDARD.encode(copies::frame(40, b"CANDORVT and nothing behind it")),
            "theme": { "json": null },
        },
        "mirror": copy,
        "unread": [],
    });
    check(recovery.to_string().as_bytes(), password);
    // Passwords count in NFKC, however a keyboard writes them.
    check(&make_vault("five \u{e9}clairs"), "ﬁve e\u{301}clairs");
}

#[test]
fn the_page_shows_the_script_that_is_tested() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = std::fs::read_to_string(root.join("docs/vault-format.md")).unwrap();
    let script = std::fs::read_to_string(root.join("tests/vault/open_vault.py")).unwrap();
    assert!(page.contains(&format!("```python\n{script}```\n")));
}
