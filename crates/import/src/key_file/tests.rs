use candor_protocol::{import::KeyringKind, ui::UiErrorCode};
use serde_json::{Value, json};

use super::*;
use crate::testing::{ask, refusal, secret};

fn inspect(text: &str) -> InspectKeyFile {
    InspectKeyFile { text: text.to_owned() }
}

fn read(text: &str, password: &str) -> ReadKeyFile {
    ReadKeyFile { text: text.to_owned(), password: secret(password) }
}

/// The PBKDF2 vector of the Web3 Secret Storage Definition.
fn definition() -> Value {
    json!({
        "crypto": {
            "cipher": "aes-128-ctr",
            "cipherparams": { "iv": "6087dab2f9fdbbfaddc31a909735c1e6" },
            "ciphertext": "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
            "kdf": "pbkdf2",
            "kdfparams": {
                "c": 262_144, "dklen": 32, "prf": "hmac-sha256",
                "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd",
            },
            "mac": "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2",
        },
        "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6",
        "version": 3,
    })
}

/// The definition's vector with one field changed, named by a JSON pointer.
fn with(pointer: &str, value: Value) -> String {
    let mut file = definition();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    file.pointer_mut(parent).unwrap()[field] = value;
    file.to_string()
}

#[test]
fn the_vector_of_the_definition_opens() {
    let keyring = ask(read(&definition().to_string(), "testpassword")).unwrap();
    assert_eq!(keyring.kind, KeyringKind::Key);
    assert_eq!(keyring.first.address, "0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b");
    let key = "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";
    assert!(keyring.record.0.contains(key), "the record is of that key");
}

#[test]
fn a_file_says_what_it_is_for_and_how_long_it_takes() {
    let check = |text: &str, address: Option<&str>, about_ms| {
        let report = ask(inspect(text)).unwrap();
        assert_eq!(report, KeyFileReport { address: address.map(str::to_owned), about_ms });
    };
    let pbkdf2_ms = u32::try_from(262_144 / WORK_PER_MS).unwrap();
    check(&definition().to_string(), None, pbkdf2_ms);
    check(
        &with("/address", json!("008aeeda4d805471df9b2a5b0f38a0c3bcba786b")),
        Some("0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b"),
        pbkdf2_ms,
    );
    check(&with("/crypto/kdfparams/c", json!(1)), None, 0);
}

#[test]
fn what_is_wrong_with_a_file_is_said_exactly() {
    let check = |text: &str, title: &str, advice: &str| {
        let expected = (title.to_owned(), advice.to_owned());
        assert_eq!(refusal(inspect(text)), expected, "{text}");
        assert_eq!(refusal(read(text, "")), expected, "{text}");
    };
    let choose = "Choose the file that your other wallet saved for one account.";
    let without = |field: &str| {
        let mut file = definition();
        file.as_object_mut().unwrap().remove(field);
        file.to_string()
    };
    check("", "This is not a key file.", choose);
    check("[]", "This is not a key file.", choose);
    check("{}", "This is not a key file.", choose);
    check(&without("version"), "This is not a key file.", choose);
    check(&without("crypto"), "This is not a key file.", choose);
    check(&" ".repeat(70_000), "This file is too long for a key file.", choose);
    check(
        &with("/version", json!(1)),
        "Candor cannot read this kind of key file.",
        "It has version 1, and Candor reads version 3.",
    );
    let damaged = |pointer, value, advice: &str| {
        check(&with(pointer, value), "This key file is damaged.", advice);
    };
    damaged(
        "/crypto/mac",
        json!("00"),
        "Its part “crypto.mac” cannot be read. Another copy of the file may be whole.",
    );
    damaged(
        "/crypto/kdfparams",
        json!({ "c": 1, "prf": "hmac-sha256", "dklen": 32 }),
        "Its part “crypto.kdfparams.salt” is missing. Another copy of the file may be whole.",
    );
    damaged(
        "/crypto/MAC",
        json!("00"),
        "Its part “crypto.mac” is there twice. Another copy of the file may be whole.",
    );
    damaged(
        "/crypto/kdfparams/c",
        json!(0),
        "Its part “crypto.kdfparams” makes no sense. Another copy of the file may be whole.",
    );
    check(
        &with("/crypto/kdf", json!("argon2id")),
        "Candor does not know how this key file is locked.",
        "Its part “crypto.kdf” is an unusual one. The wallet that made the file can open it.",
    );
    check(
        &with("/crypto/kdfparams/c", json!(u32::MAX)),
        "This key file takes too long to open.",
        "In a browser it would be many minutes. The wallet that made it can open it.",
    );
    let mut greedy = definition();
    greedy["crypto"]["kdf"] = json!("scrypt");
    greedy["crypto"]["kdfparams"] = json!({ "n": 1 << 21, "r": 8, "p": 1, "dklen": 32, "salt": "00" });
    check(
        &greedy.to_string(),
        "This key file needs too much memory.",
        "Opening it takes more than 1 GB, which a browser may not have. The wallet that made it can open it.",
    );
}

#[test]
fn a_wrong_password_is_told_apart_and_not_repeated() {
    let error = ask(read(&definition().to_string(), "Testpassword")).unwrap_err();
    assert_eq!(error.code, UiErrorCode::WrongPassword);
    assert_eq!(error.title, "That is not the password of this file.");
    assert_eq!(
        error.text,
        "Check capital letters. It is the one that the file was saved with, not the one of this wallet."
    );
}

#[test]
fn a_file_for_another_account_adds_nothing() {
    let other = with("/address", json!("f39fd6e51aad88f6f4ce6ab8827279cfffb92266"));
    assert_eq!(
        refusal(read(&other, "testpassword")),
        (
            "This file is not for the account that it names.".to_owned(),
            "It names 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266, and its key is that of \
             0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b. Nothing was added."
                .to_owned()
        )
    );
}

#[test]
fn the_other_reasons_have_words_too() {
    assert_eq!(
        unopened(OpenError::NotAKey(candor_keys::KeyError::OutOfRange)).title,
        "There is no private key in this file."
    );
    assert_eq!(no_memory(256 << 20).text, "It needs 256 MB. Close other tabs and try again.");
}
