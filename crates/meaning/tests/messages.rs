//! What messages are said to say, and sign-ins that are not what they seem.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use Tone::{Care, Plain, Risk};
use candor_meaning::{Kind, Meaning, SignIn, SignInError, Tone, message};
use common::*;
use proptest::prelude::*;

fn sign_in() -> String {
    format!(
        "opensea.io wants you to sign in with your Ethereum account:\n{ME}\n\nClick to sign in and accept the Terms of Service.\n\nURI: https://opensea.io/\nVersion: 1\nChain ID: 8453\nNonce: stu8tkj6ogpeprfuq7b13rcepl\nIssued At: 2026-11-22T04:59:00.000Z"
    )
}

#[test]
fn words_are_quoted() {
    let site = asked_by("https://snapshot.org");
    let check = |text: &str, sentence: &str, tone: Tone, rules: &str, words: Option<&str>| {
        let meaning = message(text.as_bytes(), &site);
        is_sound(&meaning);
        assert_eq!(told(&meaning), (sentence.to_owned(), tone, rules.to_owned()));
        assert_eq!(meaning.words.as_deref(), words);
        assert_eq!((meaning.kind, meaning.verb, meaning.refusal), (Kind::PlainText, "Sign", "Reject"));
    };
    check(
        "I agree to the rules.",
        "Sign this note for snapshot.org: “I agree to the rules.”",
        Plain,
        "",
        None,
    );
    check("Grüße 世界 ❤️", "Sign this note for snapshot.org: “Grüße 世界 ❤️”", Plain, "", None);
    check("One\n\nTwo", "Sign this note for snapshot.org: “One Two”", Plain, "", Some("One\n\nTwo"));
    check("One\r\nTwo", "Sign this note for snapshot.org: “One Two”", Plain, "", Some("One\nTwo"));
    let long = "ab ".repeat(40);
    check(
        &long,
        &format!("Sign this note for snapshot.org: “{}…”", "ab ".repeat(27).trim_end()),
        Plain,
        "",
        Some(&long),
    );
    check(
        "Pay \u{202E}001",
        "Sign this note for snapshot.org: “Pay [U+202E]001”",
        Care,
        "hidden-characters",
        None,
    );
    check("a\u{200B}b", "Sign this note for snapshot.org: “a[U+200B]b”", Care, "hidden-characters", None);
    check("a\rb", "Sign this note for snapshot.org: “a[U+000D]b”", Care, "hidden-characters", None);
    check("", "Sign this note for snapshot.org: “”", Care, "empty-note", None);
    check("{site} “quoted”", "Sign this note for snapshot.org: “{site} “quoted””", Plain, "", None);
    let code = format!("0x{}", "ab".repeat(32));
    check(&code, &format!("Sign this note for snapshot.org: “{code}”"), Care, "code-note", None);
}

#[test]
fn own_words_need_no_site() {
    let meaning = message(b"hello", &own());
    assert_eq!(told(&meaning).0, "Sign this note: “hello”");
    assert_eq!(meaning.refusal, "Back");
    assert_eq!(told(&message(&[0xff], &own())).0, "Sign a message we cannot explain.");
}

/// What a part shows when it is pressed gets stored; the words below the sentence are never cut.
#[test]
fn long_notes_are_cut_only_where_they_are_pressed() {
    let check = |bytes: &[u8], part: &str, words: &str, exact: &str| {
        let meaning = message(bytes, &own());
        is_sound(&meaning);
        assert_eq!(meaning.sentence.slot(part).unwrap().exact, exact);
        assert_eq!(meaning.words.as_deref(), Some(words));
    };
    let (longest, longer) = ("é".repeat(4_096), "é".repeat(4_097));
    check(longest.as_bytes(), "note", &longest, &longest);
    check(longer.as_bytes(), "note", &longer, &format!("{longest}… (8194 bytes)"));
    let whole = format!("0x{}", "ff".repeat(9_000));
    let exact = format!("0x{}… (9000 bytes)", "ff".repeat(2_047));
    check(&[0xff; 9_000], "problem", &whole, &exact);
}

#[test]
fn bytes_are_not_explained() {
    let site = asked_by("https://game.xyz");
    let check = |bytes: &[u8], tone: Tone, rule: &str| {
        let meaning = message(bytes, &site);
        is_sound(&meaning);
        let sentence = "Sign a message we cannot explain for game.xyz.";
        assert_eq!(told(&meaning), (sentence.to_owned(), tone, rule.to_owned()));
        assert_eq!(meaning.words.as_deref(), Some(&*format!("0x{}", hex::encode(bytes))));
        assert_eq!(meaning.kind, Kind::UnknownMessage);
    };
    check(&[0xff; 32], Risk, "bare-hash");
    check(&[0x01; 32], Risk, "bare-hash");
    check(&[0xff, 0xfe], Care, "not-words");
    check(b"\x19Ethereum Signed Message:\n6hello!", Care, "not-words");
    check(b"a\0b", Care, "not-words");
}

#[test]
fn a_sign_in_for_this_site_is_friendly() {
    let check = |origin: &str, text: String, rules: &str| {
        let meaning = message(text.as_bytes(), &asked_by(origin));
        is_sound(&meaning);
        let host = origin.split_once("://").unwrap().1;
        let tone = if rules.is_empty() { Plain } else { Care };
        assert_eq!(told(&meaning), (format!("Sign in to {host} as Everyday."), tone, rules.to_owned()));
        assert_eq!((meaning.kind, meaning.verb, meaning.refusal), (Kind::SignIn, "Sign in", "Don't sign in"));
        assert_eq!(meaning.words, Some(text));
    };
    let site = "https://opensea.io";
    check(site, sign_in(), "");
    check(site, format!("https://{}", sign_in()), "");
    check(site, sign_in().replacen("opensea.io", "OpenSea.io", 1), "");
    check(site, sign_in().replacen("opensea.io", "opensea.io:443", 1), "");
    check(site, sign_in().replace(&ME.to_string(), &ME.to_string().to_lowercase().replace("0X", "0x")), "");
    check(site, sign_in().replace("Click to sign in and accept the Terms of Service.\n\n", "\n"), "");
    check(
        site,
        sign_in().replace("Click to sign in and accept the Terms of Service.", "Ich stimme zu: „ja“."),
        "",
    );
    check("http://localhost:3000", sign_in().replacen("opensea.io", "localhost:3000", 1), "");
    check(
        site,
        sign_in()
            + "\nExpiration Time: 2027-01-01T00:00:00Z\nNot Before: 2026-01-01T00:00:00Z\nRequest ID: a-1\nResources:\n- https://opensea.io/tos\n- ipfs://bafy",
        "",
    );
    check(site, sign_in() + "\nResources:", "");
    check(site, sign_in() + "\nExpiration Time: 2026-11-22T04:59:59Z", "sign-in-expired");
    check(site, sign_in() + "\nNot Before: 2026-11-22T05:00:01Z", "sign-in-early");
    check(site, sign_in() + "\nResources:\n- urn:recap:eyJhdHQiOnt9fQ", "sign-in-delegates");
}

#[test]
fn a_sign_in_for_something_else_is_not() {
    let check = |origin: &str, text: String, rules: &str| {
        let meaning = message(text.as_bytes(), &asked_by(origin));
        is_sound(&meaning);
        let host = origin.split_once("://").unwrap().1;
        let sentence = format!("Sign a message we cannot explain for {host}.");
        assert_eq!(told(&meaning), (sentence, Risk, rules.to_owned()), "{text}");
        assert_eq!((meaning.kind, meaning.verb, meaning.refusal), (Kind::UnknownMessage, "Sign", "Reject"));
        meaning
    };
    let site = "https://opensea.io";
    let stolen = check("https://opensea-drop.io", sign_in(), "sign-in-other-site");
    assert_eq!(stolen.notes[0].what, "This sign-in is for another site.");
    assert_eq!(
        stolen.notes[0].why,
        "You are on opensea-drop.io. The message signs you in to opensea.io. That is how accounts get stolen. Reject it."
    );
    check("https://app.opensea.io", sign_in(), "sign-in-other-site");
    check("https://opensea.io.evil.com", sign_in(), "sign-in-other-site");
    check("http://opensea.io", format!("https://{}", sign_in()), "sign-in-other-site");
    check("https://opensea.io:8443", sign_in(), "sign-in-other-site");
    check(site, sign_in().replacen("opensea.io", "opensea.io:8443", 1), "sign-in-other-site");
    check(site, sign_in().replacen("opensea.io", "opensea.io:80", 1), "sign-in-other-site");
    check(site, sign_in().replacen("opensea.io", "opensea.io.", 1), "sign-in-other-site");
    check(site, sign_in().replace(&ME.to_string(), &STRANGER.to_string()), "sign-in-other-account");
    check(site, sign_in().replace("Chain ID: 8453", "Chain ID: 1"), "sign-in-other-network");
    check(
        "https://evil.com",
        sign_in().replace(&ME.to_string(), &STRANGER.to_string()).replace("8453", "1"),
        "sign-in-other-site sign-in-other-account sign-in-other-network",
    );
    // What only looks like a sign-in.
    let malformed = |text: String| check(site, text, "sign-in-malformed");
    malformed(sign_in() + "\n");
    malformed(sign_in() + "\nI also agree to give away everything.");
    malformed(format!("Hello!\n{}", sign_in()));
    malformed(format!(" {}", sign_in()));
    malformed(sign_in().replacen("opensea.io", "оpensea.io", 1)); // a Cyrillic о
    malformed(sign_in().replacen("opensea.io", "opensea.io\u{200B}", 1));
    malformed(sign_in().replacen("opensea.io", "opensea.io@evil.com", 1));
    malformed(sign_in().replacen("opensea.io", "opensea.io/path", 1));
    malformed(sign_in().replacen("opensea.io", "", 1));
    malformed(sign_in().replacen("opensea.io", "://opensea.io", 1));
    malformed(sign_in().replace('\n', "\r\n"));
    malformed(sign_in().replace("wants you to sign in", "wants You to sign in"));
    malformed(sign_in().replace("Ethereum account", "Solana account"));
    malformed(sign_in().replace("Version: 1", "Version: 2"));
    malformed(sign_in().replace("Version: 1\n", ""));
    malformed(sign_in().replace("Nonce: stu8tkj6ogpeprfuq7b13rcepl", "Nonce: short"));
    malformed(sign_in().replace("Chain ID: 8453", "Chain ID: 0x2105"));
    malformed(sign_in().replace("2026-11-22T04:59:00.000Z", "yesterday"));
    malformed(sign_in().replace("URI: https://opensea.io/", "URI: opensea"));
    malformed(sign_in().replace("Click", "Click\u{202E}"));
    malformed(sign_in().replace("Terms of Service.\n\n", "Terms of Service.\n"));
    malformed(sign_in() + "\nExpiration Time: never");
    malformed(sign_in() + "\nResources:\nhttps://opensea.io");
    malformed(sign_in() + "\nResources:\n- https://opensea.io\nmore");
    malformed(sign_in() + "\nRequest ID: a b");
    malformed(sign_in() + "\nNot Before: 2026-01-01T00:00:00Z\nExpiration Time: 2027-01-01T00:00:00Z");
    malformed(sign_in().replace(&ME.to_string(), "0x1234"));
}

#[test]
fn a_sign_in_without_a_site_is_for_someone_else() {
    let meaning = message(sign_in().as_bytes(), &own());
    is_sound(&meaning);
    assert_eq!(
        told(&meaning),
        ("Sign a message we cannot explain.".to_owned(), Risk, "sign-in-no-site".to_owned())
    );
}

/// The example message of ERC-4361.
#[test]
fn the_example_of_the_standard_is_read() {
    let text = "service.invalid wants you to sign in with your Ethereum account:\n0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2\n\nI accept the ServiceOrg Terms of Service: https://service.invalid/tos\n\nURI: https://service.invalid/login\nVersion: 1\nChain ID: 1\nNonce: 32891756\nIssued At: 2021-09-30T16:25:24Z\nResources:\n- ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq/\n- https://example.com/my-web2-claim.json";
    let request = SignIn::parse(text).unwrap();
    assert_eq!(request.domain, "service.invalid");
    assert_eq!(
        request.statement.as_deref(),
        Some("I accept the ServiceOrg Terms of Service: https://service.invalid/tos")
    );
    assert_eq!(request.nonce, "32891756");
    assert_eq!(request.resources.len(), 2);
    assert_eq!(SignIn::parse("hello"), Err(SignInError::NotSignIn));
    assert_eq!(SignIn::parse(&text.replace("Nonce", "Nounce")), Err(SignInError::Malformed));
}

fn sound(meaning: &Meaning) -> Result<(), TestCaseError> {
    is_sound(meaning);
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_have_a_meaning(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        sound(&message(&bytes, &asked_by("https://a.b")))?;
    }

    #[test]
    fn any_text_has_a_meaning(text: String) {
        sound(&message(text.as_bytes(), &asked_by("https://a.b")))?;
    }

    #[test]
    fn one_changed_character_never_signs_in_elsewhere(at in 0..90_usize, to: char) {
        let mut text: Vec<char> = sign_in().chars().collect();
        text[at] = to;
        let text: String = text.into_iter().collect();
        let meaning = message(text.as_bytes(), &asked_by("https://opensea.io"));
        if meaning.kind == Kind::SignIn {
            let request = SignIn::parse(&text).unwrap();
            prop_assert!(request.domain.eq_ignore_ascii_case("opensea.io") && request.address == ME);
        }
    }
}
