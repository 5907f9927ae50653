//! What structured messages are said to say.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use Tone::{Care, Plain, Risk};
use candor_meaning::{
    Kind, Lens, Meaning, Tone, add_network, connect, legacy_typed_data, switch_network, typed_data,
};
use candor_primitives::{ChainId, U256};
use candor_signer::{LegacyTypedData, TypedData};
use common::*;
use serde_json::{Value, json};

const DAY: u64 = 86_400;

fn domain(chain_id: u64, contract: impl ToString) -> Value {
    json!({"name": "USD Coin", "version": "2", "chainId": chain_id, "verifyingContract": contract.to_string()})
}

fn permit(amount: impl ToString, deadline: impl ToString) -> Value {
    json!({
        "types": {"Permit": [
            {"name": "owner", "type": "address"},
            {"name": "spender", "type": "address"},
            {"name": "value", "type": "uint256"},
            {"name": "nonce", "type": "uint256"},
            {"name": "deadline", "type": "uint256"}
        ]},
        "primaryType": "Permit",
        "domain": domain(8453, USDC),
        "message": {
            "owner": ME.to_string(), "spender": UNISWAP.to_string(), "value": amount.to_string(), "nonce": 0,
            "deadline": deadline.to_string()
        }
    })
}

fn dai(allowed: bool, expiry: u64) -> Value {
    json!({
        "types": {"Permit": [
            {"name": "holder", "type": "address"},
            {"name": "spender", "type": "address"},
            {"name": "nonce", "type": "uint256"},
            {"name": "expiry", "type": "uint256"},
            {"name": "allowed", "type": "bool"}
        ]},
        "primaryType": "Permit",
        "domain": domain(8453, DAI),
        "message": {
            "holder": ME.to_string(), "spender": UNISWAP.to_string(), "nonce": 0, "expiry": expiry, "allowed": allowed
        }
    })
}

fn permit2(amount: impl ToString, expiration: u64, contract: impl ToString) -> Value {
    json!({
        "types": {
            "PermitSingle": [
                {"name": "details", "type": "PermitDetails"},
                {"name": "spender", "type": "address"},
                {"name": "sigDeadline", "type": "uint256"}
            ],
            "PermitDetails": [
                {"name": "token", "type": "address"},
                {"name": "amount", "type": "uint160"},
                {"name": "expiration", "type": "uint48"},
                {"name": "nonce", "type": "uint48"}
            ]
        },
        "primaryType": "PermitSingle",
        "domain": {"name": "Permit2", "chainId": 8453, "verifyingContract": contract.to_string()},
        "message": {
            "details": {"token": USDC.to_string(), "amount": amount.to_string(), "expiration": expiration, "nonce": 0},
            "spender": UNISWAP.to_string(),
            "sigDeadline": (NOW + 1800).to_string()
        }
    })
}

fn vote() -> Value {
    json!({
        "types": {"Vote": [{"name": "space", "type": "string"}, {"name": "choice", "type": "uint32"}]},
        "primaryType": "Vote",
        "domain": {"name": "snapshot", "version": "0.1.4"},
        "message": {"space": "ens.eth", "choice": 1}
    })
}

fn with(mut typed: Value, pointer: &str, value: Value) -> Value {
    *typed.pointer_mut(pointer).unwrap() = value;
    typed
}

fn read(typed: &Value) -> Meaning {
    let meaning = typed_data(&TypedData::parse(typed).unwrap(), &asked_by("https://game.xyz"));
    is_sound(&meaning);
    meaning
}

#[test]
fn permits_are_told_like_permissions() {
    let check = |typed: Value, sentence: &str, tone: Tone, rules: &str| {
        let meaning = read(&typed);
        assert_eq!(told(&meaning), (sentence.to_owned(), tone, rules.to_owned()));
        assert_eq!(meaning.kind, Kind::Permit);
    };
    let soon = NOW + 1800;
    let max = U256::MAX;
    check(
        permit(500_000_000, soon),
        "Let Uniswap spend up to 500 USDC on Base, until used up. No fee.",
        Care,
        "permission-by-signature",
    );
    check(
        permit(max, soon),
        "Let Uniswap spend any amount of your USDC on Base, forever, with one signature.",
        Risk,
        "unlimited permission-by-signature",
    );
    check(
        permit(max, max),
        "Let Uniswap spend any amount of your USDC on Base, forever, with one signature.",
        Risk,
        "unlimited permission-by-signature",
    );
    check(permit(0, soon), "Remove the permission of Uniswap to spend your USDC on Base. No fee.", Plain, "");
    check(
        permit(5, NOW - 1),
        "Let Uniswap spend up to 0.000005 USDC on Base, until used up. No fee.",
        Care,
        "permit-late permission-by-signature",
    );
    check(
        with(permit(5_000_000, soon), "/message/spender", json!(CONTRACT.to_string())),
        "Let 0xfB69…d359 spend up to 5 USDC on Base, until used up. No fee.",
        Care,
        "permission-by-signature unknown-spender",
    );
    check(
        with(permit(5_000_000, soon), "/message/spender", json!(PERSON.to_string())),
        "Let 0xdbF0…C6FB spend up to 5 USDC on Base, until used up. No fee.",
        Risk,
        "spender-not-contract permission-by-signature",
    );
    check(
        with(permit(5_000_000, soon), "/domain", domain(8453, STRANGER)),
        "Let Uniswap spend up to 5000000 units of the token 0x5aAe…eAed on Base, until used up. No fee.",
        Care,
        "permission-by-signature unknown-token",
    );
    check(
        with(permit(5_000_000, soon), "/domain", domain(1, USDC)),
        "Let Uniswap spend up to 5000000 units of the token 0x8335…2913 on network number 1, until used up. No fee.",
        Risk,
        "other-network permission-by-signature unknown-token",
    );
    check(
        with(permit(5_000_000, soon), "/domain", json!({"verifyingContract": USDC.to_string()})),
        "Let Uniswap spend up to 5 USDC on any network, until used up. No fee.",
        Risk,
        "every-network permission-by-signature",
    );
    check(
        dai(true, 0),
        "Let Uniswap spend any amount of your DAI on Base, forever, with one signature.",
        Risk,
        "unlimited permission-by-signature",
    );
    check(
        dai(true, soon),
        "Let Uniswap spend any amount of your DAI on Base, forever, with one signature.",
        Risk,
        "unlimited permission-by-signature",
    );
    check(dai(false, 0), "Remove the permission of Uniswap to spend your DAI on Base. No fee.", Plain, "");
    let max160 = (U256::ONE << 160) - U256::ONE;
    check(
        permit2(500_000_000, NOW + 30 * DAY, PERMIT2),
        "Let Uniswap spend up to 500 USDC on Base, until 22 Dec. No fee.",
        Care,
        "permission-by-signature",
    );
    check(
        permit2(500_000_000, NOW + 60 * DAY, PERMIT2),
        "Let Uniswap spend up to 500 USDC on Base, until 21 Jan 2027. No fee.",
        Care,
        "permission-by-signature",
    );
    check(
        permit2(500_000_000, 0, PERMIT2),
        "Let Uniswap spend up to 500 USDC on Base, for a moment. No fee.",
        Care,
        "permission-by-signature",
    );
    check(
        permit2(max160, NOW + 30 * DAY, PERMIT2),
        "Let Uniswap spend any amount of your USDC on Base, until 22 Dec, with one signature.",
        Risk,
        "unlimited permission-by-signature",
    );
    check(
        permit2(max160, (1 << 48) - 1, PERMIT2),
        "Let Uniswap spend any amount of your USDC on Base, forever, with one signature.",
        Risk,
        "unlimited permission-by-signature",
    );
    check(
        permit2(500_000_000, (1 << 48) - 1, PERMIT2),
        "Let Uniswap spend up to 500 USDC on Base, until used up. No fee.",
        Care,
        "permission-by-signature",
    );
}

#[test]
fn names_are_not_shapes() {
    let check = |typed: Value, tone: Tone, rules: &str| {
        let meaning = read(&typed);
        let sentence = "Sign a message we cannot explain for game.xyz.";
        assert_eq!(told(&meaning), (sentence.to_owned(), tone, rules.to_owned()), "{typed}");
        assert_eq!(meaning.kind, Kind::TypedData);
    };
    check(vote(), Care, "unknown-typed-data");
    check(with(vote(), "/domain", json!({"chainId": 1})), Risk, "other-network unknown-typed-data");
    check(with(vote(), "/domain", domain(8453, CONTRACT)), Risk, "unknown-typed-data");
    // Only a server says that nobody is there who could act on it.
    check(with(vote(), "/domain", domain(8453, PERSON)), Risk, "unknown-typed-data");
    let base = || permit(5, NOW + 1);
    // A permit of another shape, whatever it is called.
    check(with(base(), "/types/Permit/2/type", json!("uint128")), Risk, "unknown-typed-data");
    check(
        with(base(), "/types/Permit/2", json!({"name": "amount", "type": "uint256"}))
            .as_object_mut()
            .map(|typed| {
                typed["message"]["amount"] = json!("5");
                Value::Object(typed.clone())
            })
            .unwrap(),
        Risk,
        "unknown-typed-data",
    );
    let mut swapped = base();
    swapped["types"]["Permit"].as_array_mut().unwrap().swap(0, 1);
    check(swapped, Risk, "unknown-typed-data");
    let mut longer = base();
    longer["types"]["Permit"].as_array_mut().unwrap().push(json!({"name": "extra", "type": "bool"}));
    longer["message"]["extra"] = json!(true);
    check(longer, Risk, "unknown-typed-data");
    // The main type lies: what gets signed is the other one.
    let mut lying = base();
    lying["types"]["Harmless"] = json!([{"name": "hello", "type": "string"}]);
    lying["primaryType"] = json!("Harmless");
    lying["message"]["hello"] = json!("world");
    check(lying, Risk, "unknown-typed-data");
    // A renamed type has another hash, and no token would read it.
    let mut renamed = base();
    renamed["types"]["Login"] = renamed["types"]["Permit"].take();
    renamed["types"].as_object_mut().unwrap().remove("Permit");
    renamed["primaryType"] = json!("Login");
    check(renamed, Risk, "unknown-typed-data");
    // Without a contract nobody can use a permit.
    check(with(base(), "/domain", json!({"chainId": 8453})), Care, "unknown-typed-data");
    // Another contract that copies Permit2's type.
    check(permit2(5, NOW + 1, CONTRACT), Risk, "unknown-typed-data");
    // Someone else's tokens.
    check(
        with(base(), "/message/owner", json!(STRANGER.to_string())),
        Risk,
        "unknown-typed-data other-owner",
    );
}

#[test]
fn details_show_what_is_signed_and_nothing_else() {
    let mut typed = vote();
    typed["message"]["unsigned"] = json!("look here");
    typed["message"]["space"] = json!("ens\u{202E}.eth");
    let meaning = read(&typed);
    let facts: Vec<_> = meaning.facts.iter().map(|f| (f.label.as_ref(), f.value.as_str())).collect();
    assert_eq!(
        facts,
        [
            ("Kind, as it calls itself", "Vote"),
            ("Application, as it calls itself", "snapshot"),
            ("Version", "0.1.4"),
            ("space", "ens[U+202E].eth"),
            ("choice", "1"),
        ]
    );
    let digest = TypedData::parse(&typed).unwrap().digest().to_string();
    assert_eq!(meaning.sentence.slot("problem").unwrap().exact, digest);
}

#[test]
fn the_first_version_is_said_to_count_anywhere() {
    let check = |message: Value, facts: &[(&str, &str)]| {
        let typed = LegacyTypedData::parse(&message).unwrap();
        let meaning = legacy_typed_data(&typed, &asked_by("https://game.xyz"));
        is_sound(&meaning);
        let sentence = "Sign a message we cannot explain for game.xyz.";
        assert_eq!(told(&meaning), (sentence.to_owned(), Risk, "old-typed-data".to_owned()));
        assert!(meaning.notes[0].what.contains("neither site nor network"));
        assert!(meaning.notes[0].why.contains("elsewhere"));
        assert_eq!(meaning.kind, Kind::TypedData);
        assert_eq!(meaning.sentence.slot("problem").unwrap().exact, typed.digest().to_string());
        let shown: Vec<_> = meaning.facts.iter().map(|f| (f.label.as_ref(), f.value.as_str())).collect();
        assert_eq!(shown, facts);
    };
    let kind = ("Kind", "Typed data of the first version, without a domain");
    check(
        json!([
            {"type": "string", "name": "Message", "value": "Hi, \u{202E}Alice!"},
            {"type": "uint32", "name": "A number", "value": "0x539"},
            {"type": "bytes2", "name": "data", "value": "0x0102"}
        ]),
        &[
            kind,
            ("string Message", "Hi, [U+202E]Alice!"),
            ("uint32 A number", "1337"),
            ("bytes2 data", "0x0102"),
        ],
    );
    // Whatever it calls itself, no contract can be told to spend by it in a way that we know.
    check(
        json!([
            {"type": "address", "name": "spender", "value": UNISWAP.to_string()},
            {"type": "uint256", "name": "value", "value": "5"}
        ]),
        &[kind, ("address spender", &UNISWAP.to_string()), ("uint256 value", "5")],
    );
}

/// The third version of the same message has the same digest, so it has to be told alike.
#[test]
fn the_third_version_is_told_like_the_fourth() {
    let check = |mut typed: Value, domain: &[&str]| {
        let kinds = ["string", "string", "uint256", "address"];
        let all = ["name", "version", "chainId", "verifyingContract"].into_iter().zip(kinds);
        let declared = all.filter(|(name, _)| domain.contains(name));
        let declared: Value = declared.map(|(name, kind)| json!({"name": name, "type": kind})).collect();
        typed["types"]["EIP712Domain"] = declared;
        let meaning = typed_data(&TypedData::parse_v3(&typed).unwrap(), &asked_by("https://game.xyz"));
        assert_eq!(meaning, read(&typed), "{typed}");
    };
    check(vote(), &["name", "version"]);
    check(permit(500_000_000, NOW + 1800), &["name", "version", "chainId", "verifyingContract"]);
    check(permit2(5, NOW + DAY, PERMIT2), &["name", "chainId", "verifyingContract"]);
}

#[test]
fn details_are_bounded() {
    let typed = json!({
        "types": {"M": [{"name": "x", "type": "uint8[]"}]}, "primaryType": "M", "domain": {}, "message": {"x": vec![1; 1000]}
    });
    let meaning = read(&typed);
    assert_eq!(meaning.facts.len(), 301);
    assert_eq!(meaning.facts.last().unwrap().value, "701 more values");
}

#[test]
fn requests_of_sites_are_sentences_too() {
    let zora = asked_by("https://zora.co");
    let id = ChainId::new(7_777_777).unwrap();
    let check = |meaning: Meaning, sentence: &str, tone: Tone, buttons: (&str, &str)| {
        is_sound(&meaning);
        assert_eq!((told(&meaning).0.as_str(), meaning.tone), (sentence, tone));
        assert_eq!((meaning.verb, meaning.refusal), buttons);
    };
    let base = ["Base".to_owned()];
    let both = ["Base".to_owned(), "Ethereum".to_owned()];
    let verbs = ("Connect", "Don't connect");
    check(connect(&zora, 1, &base), "Let zora.co see 1 account and use Base.", Plain, verbs);
    check(connect(&zora, 1, &both), "Let zora.co see 1 account and use 2 networks.", Plain, verbs);
    check(connect(&zora, 1, &[]), "Let zora.co see 1 account.", Plain, ("Connect", "Don't connect"));
    check(connect(&zora, 3, &[]), "Let zora.co see 3 accounts.", Plain, ("Connect", "Don't connect"));
    check(switch_network(&zora, "Zora", id), "Use Zora on zora.co.", Plain, ("Switch", "Reject"));
    check(
        add_network(&zora, Some("Zora"), id),
        "Add Zora to your networks and use it on zora.co.",
        Plain,
        ("Add", "Don't add"),
    );
    check(
        add_network(&zora, None, id),
        "Add network number 7777777 to your networks and use it on zora.co.",
        Care,
        ("Add", "Don't add"),
    );
    check(add_network(&own(), Some("Zora"), id), "Add Zora to your networks.", Plain, ("Add", "Back"));
    assert_eq!(zora.network().name, "Base");
}

#[test]
fn every_pattern_has_its_own_name_and_a_full_stop() {
    let mut keys: Vec<_> = candor_meaning::Template::ALL.iter().map(|template| template.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), candor_meaning::Template::ALL.len());
    for template in candor_meaning::Template::ALL {
        assert!(template.english().ends_with(['.', '”']), "{template:?}");
    }
}
