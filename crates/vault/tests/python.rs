//! An exported vault opens with Python and the password alone, as `docs/vault-format.md` promises.
#![expect(clippy::unwrap_used, reason = "all of it is a test, its helpers too")]

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use candor_keys::{Nfkd, Phrase, keyring::Keyring};
use candor_primitives::{Entropy, Unicode};
use candor_vault::{KdfParams, KeyEncryptionKey, RecordId, Vault, copies};
use zeroize::Zeroizing;

const SALT: [u8; 16] = *b"sixteen bytes...";

/// The same bytes in each run; the vault is thrown away.
struct Fixed(u8);

impl Entropy for Fixed {
    fn fill(&mut self, buffer: &mut [u8]) {
        for byte in buffer {
            self.0 = self.0.wrapping_mul(5).wrapping_add(17);
            *byte = self.0;
        }
    }
}

/// The passphrases here are their own normal form.
struct Ascii;

impl Unicode for Ascii {
    fn nfkd(&self, text: &str) -> Zeroizing<String> {
        Zeroizing::new(text.to_owned())
    }
}

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
    let entropy = &mut Fixed(1);
    let (mut vault, data_key) =
        Vault::create(&key_of(normal_password), KdfParams::DEFAULT, SALT, entropy).unwrap();
    let mut add = |name: u8, entropy_byte: u8, passphrase: &str| {
        let keyring =
            Keyring::new(&Phrase::from_entropy(&[entropy_byte; 16]).unwrap(), &Nfkd::of(passphrase, &Ascii));
        vault.seal(&data_key, RecordId([name; 16]), keyring.encode().expose(), entropy).unwrap();
    };
    add(0x11, 0x00, "TREZOR");
    add(0x22, 0x7f, "");
    vault.to_bytes()
}

fn has_python() -> bool {
    let check = Command::new("python3").args(["-c", "import argon2.low_level, cryptography"]).output();
    check.is_ok_and(|output| output.status.success())
}

fn run_script(file: &Path, password: &str) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vault/open_vault.py");
    let mut python = Command::new("python3")
        .arg(script)
        .arg(file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Taken, so that it is closed and the script sees the end of its input.
    writeln!(python.stdin.take().unwrap(), "{password}").unwrap();
    python.wait_with_output().unwrap()
}

#[test]
fn python_opens_an_exported_vault() {
    if !has_python() {
        println!("skipped, Python with argon2-cffi and cryptography not present");
        return;
    }
    let check = |name: &str, contents: &[u8], password: &str| {
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&file, contents).unwrap();
        let output = run_script(&file, password);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let shown = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<Vec<&str>> = shown.lines().map(|line| line.split(' ').collect()).collect();
        assert_eq!(lines.len(), 2, "{shown}");
        assert_eq!(lines[0][..3], ["11".repeat(16), "passphrase".into(), "00".repeat(16)]);
        // From the vectors of BIP-39.
        assert!(lines[0][3].starts_with("c55257c360c07c72029aebc1b53c05ed"), "{shown}");
        assert_eq!(lines[1][..3], ["22".repeat(16), "plain".into(), "7f".repeat(16)]);
        assert!(!run_script(&file, "wrong").status.success());
    };
    let password = "correct horse battery staple";
    let vault = make_vault(password);
    check("exported.vault", &vault, password);
    check("copy.txt", STANDARD.encode(copies::frame(41, &vault)).as_bytes(), password);
    // Passwords count in NFKC, however a keyboard writes them.
    check("normal.vault", &make_vault("five \u{e9}clairs"), "ﬁve e\u{301}clairs");
}

#[test]
fn the_page_shows_the_script_that_is_tested() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = std::fs::read_to_string(root.join("docs/vault-format.md")).unwrap();
    let script = std::fs::read_to_string(root.join("tests/vault/open_vault.py")).unwrap();
    assert!(page.contains(&format!("```python\n{script}```\n")));
}
