//! Messages encrypted for an account: the site gets a key, or a text, only when a person agreed.

use candor_protocol::{
    ui,
    view::{RequestKind, Tone},
};
use candor_tests::{Host, surface::ANVIL_ACCOUNTS};
use serde_json::{Value, json};

/// “My secret note” for the first account, by `@metamask/eth-sig-util` 8.
fn note() -> Value {
    json!({
        "version": "x25519-xsalsa20-poly1305",
        "nonce": "Sdpm5zML3Ly8FkPgK/DLhoIez0uahXP5",
        "ephemPublicKey": "WG5mawR0qTWjps9A+N3sRielk9gqTJ3F32DVyNYCrDM=",
        "ciphertext": "/64IH9SHxPH3WwcU4RqfbqJgPMDfcjdtYoh/UtJr",
    })
}

fn hexadecimal(message: &Value) -> Value {
    json!(format!("0x{}", hex::encode(message.to_string())))
}

#[test]
fn the_key_for_writing_is_given_when_agreed_to() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let params = || json!([ANVIL_ACCOUNTS[0]]);
    let promised = host.ask(page, "eth_getEncryptionPublicKey", params());
    let shown = host.agree();
    assert_eq!((shown.kind, shown.tone, shown.words), (RequestKind::EncryptionKey, Tone::Plain, None));
    assert_eq!(host.result(promised), "mtrHp1WHZM9rxF2Ilot9Hie5XmQcKCf7oDQ1DpGkTSI=");
    let promised = host.ask(page, "eth_getEncryptionPublicKey", params());
    let id = host.prompt().id;
    host.must(ui::Reject { id });
    assert_eq!(host.error(promised).0, 4001);
}

#[test]
fn a_message_is_read_by_the_person_first() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    for message in [hexadecimal(&note()), json!(note().to_string())] {
        let promised = host.ask(page, "eth_decrypt", json!([message, ANVIL_ACCOUNTS[0]]));
        let shown = host.prompt();
        assert_eq!((shown.kind, shown.tone), (RequestKind::Decrypt, Tone::Care));
        assert_eq!(shown.words.as_deref(), Some("My secret note"));
        // Neither the sentence nor the details give it away.
        let rest = serde_json::to_string(&(&shown.sentence, &shown.notes, &shown.facts)).unwrap();
        assert!(!rest.contains("secret"), "{rest}");
        assert_eq!(host.outcome(promised), None);
        host.approve(&shown).unwrap();
        assert_eq!(host.result(promised), "My secret note");
    }
    let promised = host.ask(page, "eth_decrypt", json!([hexadecimal(&note()), ANVIL_ACCOUNTS[0]]));
    let id = host.prompt().id;
    host.must(ui::Reject { id });
    assert_eq!(host.error(promised).0, 4001);
}

/// What was read once is nowhere afterwards: not in what is stored, and not for who asks again.
#[test]
fn what_was_decrypted_is_not_kept() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let promised = host.ask(page, "eth_decrypt", json!([json!(note().to_string()), ANVIL_ACCOUNTS[0]]));
    host.agree();
    assert_eq!(host.result(promised), "My secret note");
    let stored = format!("{:?} {:?}", host.storage.local, host.storage.session);
    assert!(stored.contains("The text was not kept"), "its end is");
    assert!(!stored.contains("My secret note"));
}

#[test]
fn nobody_reads_while_the_wallet_is_locked() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.must(ui::Lock {});
    let promised = host.ask(page, "eth_decrypt", json!([hexadecimal(&note()), ANVIL_ACCOUNTS[0]]));
    let shown = host.prompt();
    assert_eq!((shown.words.as_deref(), shown.notes.len()), (None, 1));
    assert!(host.approve(&shown).is_err());
    host.unlock();
    assert_eq!(host.agree().words.as_deref(), Some("My secret note"));
    assert_eq!(host.result(promised), "My secret note");
}

#[test]
fn a_message_for_someone_else_stays_closed() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let mut other = note();
    other["nonce"] = json!("9EmgejgeLx5iNkLwrZqDC8cEqNY55nJO");
    let promised = host.ask(page, "eth_decrypt", json!([hexadecimal(&other), ANVIL_ACCOUNTS[0]]));
    let shown = host.agree();
    let rules: Vec<_> = shown.notes.iter().map(|note| note.rule.as_str()).collect();
    assert_eq!((shown.words, rules), (None, vec!["decrypt", "cannot-decrypt"]));
    let (code, message) = host.error(promised);
    assert_eq!((code, message.contains("another account")), (-32602, true), "{message}");
}

#[test]
fn others_get_neither() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let stranger = host.open_page("https://b.example");
    let mut check = |page, method: &str, params: Value, code: i64, word: &str| {
        let promised = host.ask(page, method, params.clone());
        let (got, message): (i64, String) = host.error(promised);
        assert_eq!((got, message.contains(word)), (code, true), "{method} {params}: {message}");
        assert!(host.prompts().is_empty());
    };
    let me = ANVIL_ACCOUNTS[0];
    let key = "eth_getEncryptionPublicKey";
    check(stranger, key, json!([me]), 4100, "not connected");
    check(page, key, json!([ANVIL_ACCOUNTS[1]]), 4100, "account");
    check(page, key, json!([]), -32602, "address");
    check(page, key, json!(["you"]), -32602, "account");
    let open = "eth_decrypt";
    check(stranger, open, json!([hexadecimal(&note()), me]), 4100, "not connected");
    check(page, open, json!([hexadecimal(&note()), ANVIL_ACCOUNTS[1]]), 4100, "account");
    check(page, open, json!([]), -32602, "message");
    check(page, open, json!([note(), me]), -32602, "text");
    check(page, open, json!([hexadecimal(&note()), "you"]), -32602, "account");
    let mut wrong = |name: &str, value: Value, word: &str| {
        let mut message = note();
        message[name] = value;
        check(page, open, json!([hexadecimal(&message), me]), -32602, word);
    };
    wrong("version", json!("none"), "version");
    wrong("nonce", json!("AAAA"), "nonce");
    wrong("ephemPublicKey", json!("?"), "ephemPublicKey");
    wrong("ciphertext", json!(""), "ciphertext");
    wrong("note", json!("x"), "nothing else");
    wrong("ciphertext", json!("A".repeat(200 * 1024)), "200 KiB");
}
