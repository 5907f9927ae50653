//! What requests about encrypted messages are said to be.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use Tone::{Care, Plain};
use candor_meaning::{Kind, Meaning, Opened, Tone, decrypt, encryption_key};
use common::*;

#[test]
fn keys_and_messages() {
    let game = asked_by("https://game.xyz");
    let check =
        |meaning: Meaning, kind: Kind, sentence: &str, tone: Tone, rules: &str, words: Option<&str>| {
            is_sound(&meaning);
            assert_eq!(told(&meaning), (sentence.to_owned(), tone, rules.to_owned()));
            assert_eq!((meaning.kind, meaning.words.as_deref()), (kind, words));
            assert_eq!(meaning.refusal, "Reject");
            assert!(meaning.verb.starts_with("Let it "));
        };
    check(
        encryption_key(&game),
        Kind::EncryptionKey,
        "Let game.xyz write messages that only Everyday can read.",
        Plain,
        "encryption-key",
        None,
    );
    let read = "Let game.xyz read a message that was encrypted for Everyday.";
    check(decrypt(Opened::NotYet, &game), Kind::Decrypt, read, Care, "decrypt", None);
    check(decrypt(Opened::Text("hi"), &game), Kind::Decrypt, read, Care, "decrypt", Some("hi"));
    check(
        decrypt(Opened::Text("a\u{202E}b"), &game),
        Kind::Decrypt,
        read,
        Care,
        "decrypt",
        Some("a[U+202E]b"),
    );
    check(decrypt(Opened::Failed, &game), Kind::Decrypt, read, Care, "decrypt cannot-decrypt", None);
}
