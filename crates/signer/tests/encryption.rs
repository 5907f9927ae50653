//! Encrypted messages that MetaMask made, and what must not pass for one.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use candor_signer::encryption::{
    CannotDecrypt, EncryptedMessage, EncryptedMessageError as Error, encryption_public_key,
};
use common::{KEY, bytes};
use serde_json::{Value, json};

/// By `@metamask/eth-sig-util` 8 (`encrypt`).
fn hello() -> Value {
    json!({
        "version": "x25519-xsalsa20-poly1305",
        "nonce": "9EmgejgeLx5iNkLwrZqDC8cEqNY55nJO",
        "ephemPublicKey": "uQr3izuYbEFRhyd3kholpdm6NoLFiEe15Fy55+5TcUM=",
        "ciphertext": "O9FsZ4Lg9aDiFbePJpgy92uLxhSp/He/4lLj"
    })
}

fn read(message: &Value) -> Result<EncryptedMessage, Error> {
    EncryptedMessage::parse(message.to_string().as_bytes())
}

/// By `getEncryptionPublicKey` of the same.
#[test]
fn public_keys_are_those_of_metamask() {
    let check = |key: &[u8], expected: &str| {
        assert_eq!(encryption_public_key(key.try_into().unwrap()), expected, "{key:?}");
    };
    check(&KEY, "oop8RO3iV9Zk+/FWr/p9qKuzrnS5/ujXogeFQ1BOGnU=");
    check(
        &bytes("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"),
        "mtrHp1WHZM9rxF2Ilot9Hie5XmQcKCf7oDQ1DpGkTSI=",
    );
    check(&bytes(&format!("{}01", "00".repeat(31))), "/TOE4TKtAqVsePRVR+5AA43HkAK5DSntkOCO7nYq5xU=");
}

#[test]
fn messages_of_metamask_are_read() {
    let check = |nonce: &str, sender: &str, sealed: &str, expected: Result<&str, CannotDecrypt>| {
        let mut message = hello();
        message["nonce"] = json!(nonce);
        message["ephemPublicKey"] = json!(sender);
        message["ciphertext"] = json!(sealed);
        let text = read(&message).unwrap().decrypt(&KEY);
        assert_eq!(text.as_ref().map(|text| text.as_str()), expected.as_ref().copied(), "{sealed}");
    };
    check(
        "9EmgejgeLx5iNkLwrZqDC8cEqNY55nJO",
        "uQr3izuYbEFRhyd3kholpdm6NoLFiEe15Fy55+5TcUM=",
        "O9FsZ4Lg9aDiFbePJpgy92uLxhSp/He/4lLj",
        Ok("Hello, Bob!"),
    );
    check(
        "LWoklrLGl/2AmJ9Xue53DQCzPZDHmdaJ",
        "DwmnDNOKMQWd6l+unhDtEb3qymNREz89dc+IZm28UiE=",
        "leRm7Zts068AByNJglgkUQ==",
        Ok(""),
    );
    check(
        "NLQ8aE8QU0WTTJl09ObR1Ffesl8N2R+5",
        "ue4yQLIeNj5HuUH3+ugnbaaITUO7eIXsxVPAxaSo1UY=",
        "EqtkNx1mTXKdnOu5JxGvMdP4pq1rzy95gZ1P4NfZJ4GKHEll",
        Ok("Grüße, 世界 👋"),
    );
    // For the first account of Anvil; not UTF-8; one bit changed.
    check(
        "Sdpm5zML3Ly8FkPgK/DLhoIez0uahXP5",
        "WG5mawR0qTWjps9A+N3sRielk9gqTJ3F32DVyNYCrDM=",
        "/64IH9SHxPH3WwcU4RqfbqJgPMDfcjdtYoh/UtJr",
        Err(CannotDecrypt),
    );
    check(
        "UTPXTp8AQVPa5pGFRTfxqlj7EwM1JQzz",
        "IdCflB01bVMkj9ZLCaVs74BJwVCAUfZw5357Akl9fHE=",
        "Ywo40970HXZXwhTngRFHrQzE",
        Err(CannotDecrypt),
    );
    check(
        "9EmgejgeLx5iNkLwrZqDC8cEqNY55nJO",
        "uQr3izuYbEFRhyd3kholpdm6NoLFiEe15Fy55+5TcUM=",
        "O9FsZ4Lg9aDiFbePJpgy92uLxhSp/He/4lLi",
        Err(CannotDecrypt),
    );
}

#[test]
fn what_is_no_message_is_refused() {
    let check = |name: &str, value: Value, expected: Error| {
        let mut message = hello();
        if value.is_null() {
            message.as_object_mut().unwrap().remove(name);
        } else {
            message[name] = value;
        }
        assert_eq!(read(&message), Err(expected), "{name}");
    };
    for name in ["version", "nonce", "ephemPublicKey", "ciphertext"] {
        check(name, Value::Null, Error::Shape);
        check(name, json!(1), Error::Shape);
    }
    check("note", json!("x"), Error::Shape);
    check("__proto__", json!({}), Error::Shape);
    check("version", json!("x25519-xsalsa20-poly1306"), Error::Version);
    for name in ["nonce", "ephemPublicKey", "ciphertext"] {
        for wrong in ["", "AAAA", "?", "0x00"] {
            check(name, json!(wrong), Error::Member(name));
        }
    }
    check("ciphertext", json!("A".repeat(200 * 1024)), Error::TooLarge);
    for text in ["", "{", "[]", "null", "\"x\""] {
        assert_eq!(EncryptedMessage::parse(text.as_bytes()), Err(Error::Shape), "{text}");
    }
    assert_eq!(EncryptedMessage::parse(&[0xff]), Err(Error::Shape));
}
