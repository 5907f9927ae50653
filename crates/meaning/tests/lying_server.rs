//! Facts about tokens come from one server, and it can lie. No lie makes a sentence say less than what gets signed.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use Tone::{Care, Plain, Risk};
use candor_meaning::{Meaning, Tone, transaction, typed_data};
use candor_primitives::{Address, U256};
use candor_signer::TypedData;
use common::*;
use serde_json::json;

const MAX: U256 = U256::MAX;

fn world() -> World {
    asked_by("https://app.uniswap.org")
}

fn ten_to(exponent: u64) -> U256 {
    U256::from(10).pow(U256::from(exponent))
}

fn transfer(amount: U256) -> Vec<u8> {
    data("transfer(address,uint256)", &[word(MARIA), amount])
}

fn approve(spender: Address, amount: U256) -> Vec<u8> {
    data("approve(address,uint256)", &[word(spender), amount])
}

fn permit(token: Address, amount: U256) -> TypedData {
    let typed = json!({
        "types": {"Permit": [
            {"name": "owner", "type": "address"},
            {"name": "spender", "type": "address"},
            {"name": "value", "type": "uint256"},
            {"name": "nonce", "type": "uint256"},
            {"name": "deadline", "type": "uint256"}
        ]},
        "primaryType": "Permit",
        "domain": {"name": "Foo", "chainId": 8453, "verifyingContract": token.to_string()},
        "message": {
            "owner": ME.to_string(), "spender": UNISWAP.to_string(), "value": amount.to_string(), "nonce": 0,
            "deadline": (NOW + 1800).to_string()
        }
    });
    TypedData::parse(&typed).unwrap()
}

fn read(lens: &World, to: Address, input: Vec<u8>) -> Meaning {
    let meaning = transaction(&call(Some(to), U256::ZERO, input), lens);
    is_sound(&meaning);
    meaning
}

fn tells(meaning: &Meaning, sentence: &str, tone: Tone, rules: &str) {
    assert_eq!(told(meaning), (sentence.to_owned(), tone, rules.to_owned()));
}

#[test]
fn decimals_that_no_token_has_are_not_believed() {
    let check = |decimals: u8, input: Vec<u8>, sentence: &str, tone: Tone, rules: &str| {
        tells(&read(&world().says(STRANGER, "FOO", decimals), STRANGER, input), sentence, tone, rules);
    };
    let raw = "Send 5 units of the token 0x5aAe…eAed to Maria on Base.";
    check(37, transfer(U256::from(5)), raw, Care, "unknown-token");
    check(255, transfer(U256::from(5)), raw, Care, "unknown-token");
    let any = "Let Uniswap spend any amount of your token 0x5aAe…eAed on Base, forever.";
    check(255, approve(UNISWAP, MAX >> 1), any, Risk, "unlimited unknown-token");
    check(36, transfer(ten_to(36)), "Send 1 FOO to Maria on Base.", Care, "doubtful-decimals");
}

#[test]
fn an_amount_that_the_server_makes_look_tiny_is_told_in_smallest_units_too() {
    let check = |decimals: u8, units: U256, amount: &str, doubtful: bool| {
        let lens = world().says(STRANGER, "FOO", decimals);
        let (tone, rules) = if doubtful { (Care, "doubtful-decimals") } else { (Plain, "") };
        let meaning = read(&lens, STRANGER, transfer(units));
        tells(&meaning, &format!("Send {amount} FOO to Maria on Base."), tone, rules);
        assert_eq!(meaning.sentence.slot("amount").unwrap().tone, tone);
        if let Some(note) = meaning.notes.first() {
            assert_eq!(note.what, format!("The server says it divides into {decimals} decimals."));
            let why = format!(
                "If that is wrong, this is {units} of its smallest units. Check the token’s address before you agree."
            );
            assert_eq!(note.why, why);
        }
    };
    check(24, ten_to(12), "less than 0.000001", true);
    check(24, ten_to(24), "1", true);
    check(19, ten_to(19), "1", true);
    check(18, ten_to(12) - U256::ONE, "less than 0.000001", true);
    check(18, ten_to(12), "0.000001", false);
    check(18, ten_to(18), "1", false);
    check(18, U256::ONE, "less than 0.000001", true);
    check(6, U256::ONE, "0.000001", false);
    check(24, U256::ZERO, "0", false);
}

#[test]
fn permissions_are_doubted_like_payments() {
    let lens = world().says(STRANGER, "FOO", 24).allows(STRANGER, UNISWAP, U256::ZERO);
    let check = |input: Vec<u8>, sentence: &str, rules: &str| {
        let meaning = read(&lens, STRANGER, input);
        tells(&meaning, sentence, Care, rules);
        assert_eq!(meaning.sentence.slot("amount").unwrap().tone, Care);
    };
    check(
        approve(UNISWAP, ten_to(12)),
        "Let Uniswap spend up to less than 0.000001 FOO on Base, until used up.",
        "doubtful-decimals",
    );
    check(
        data("increaseAllowance(address,uint256)", &[word(UNISWAP), ten_to(24)]),
        "Let Uniswap spend 1 FOO more than today on Base, until used up.",
        "doubtful-decimals",
    );
    let signed = typed_data(&permit(STRANGER, ten_to(12)), &lens);
    is_sound(&signed);
    tells(
        &signed,
        "Let Uniswap spend up to less than 0.000001 FOO on Base, until used up. No fee.",
        Care,
        "doubtful-decimals permission-by-signature",
    );
    assert_eq!(signed.sentence.slot("amount").unwrap().tone, Care);
}

#[test]
fn no_decimals_make_any_amount_look_like_a_limit() {
    let unlimited = U256::ONE << 128;
    let check = |decimals: u8| {
        let lens = world().says(STRANGER, "FOO", decimals).allows(STRANGER, UNISWAP, U256::ZERO);
        let any = "Let Uniswap spend any amount of your FOO on Base, forever";
        tells(&read(&lens, STRANGER, approve(UNISWAP, unlimited)), &format!("{any}."), Risk, "unlimited");
        let signed = typed_data(&permit(STRANGER, unlimited), &lens);
        let rules = "unlimited permission-by-signature";
        tells(&signed, &format!("{any}, with one signature."), Risk, rules);
    };
    (0..=36).for_each(check);
    let lens = world().says(STRANGER, "FOO", 36).allows(STRANGER, UNISWAP, U256::ZERO);
    let limit = read(&lens, STRANGER, approve(UNISWAP, unlimited - U256::ONE));
    let sentence = "Let Uniswap spend up to 340.282367 FOO on Base, until used up.";
    tells(&limit, sentence, Care, "doubtful-decimals");
}

#[test]
fn a_known_token_is_what_the_list_says() {
    let check = |symbol: &str, decimals: u8| {
        let meaning = read(&world().says(USDC, symbol, decimals), USDC, transfer(U256::from(50_000_000)));
        tells(&meaning, "Send 50 USDC to Maria on Base.", Plain, "");
        assert!(meaning.facts.iter().any(|fact| fact.value == "USDC, from the list in Candor"));
    };
    check("USDC", 18);
    check("FOO", 24);
    check("DAI", 255);
}

#[test]
fn the_name_of_a_known_token_makes_an_imitation() {
    let check = |symbol: &str, told_as: &str, rules: &str| {
        let meaning = read(&world().says(STRANGER, symbol, 6), STRANGER, transfer(U256::from(50_000_000)));
        let tone = if rules.is_empty() { Plain } else { Care };
        tells(&meaning, &format!("Send 50 {told_as} to Maria on Base."), tone, rules);
    };
    check("USDC", "USDC (not the known USDC)", "imitation-token");
    check("usdc", "usdc (not the known USDC)", "imitation-token");
    check("$USDC", "$USDC (not the known USDC)", "imitation-token");
    check("USD₮", "USD₮ (not the known USDT)", "imitation-token");
    // A small L and a zero look like a capital i and a capital o.
    check("DAl", "DAl (not the known DAI)", "imitation-token");
    check("FOO", "FOO", "");
    // A known token of other networks only.
    check("stETH", "stETH", "");
}

#[test]
fn an_invented_permission_of_today_hides_nobody() {
    let check = |today: U256, spender: Address, sentence: &str, tone: Tone, rules: &str| {
        let lens = world().allows(USDC, spender, today);
        let meaning = read(&lens, USDC, approve(spender, U256::from(500_000_000)));
        tells(&meaning, sentence, tone, rules);
        assert_eq!(meaning.verb, "Let it spend");
    };
    let lowered = "Lower what 0xfB69…d359 may spend from any amount to 500 USDC on Base.";
    check(MAX, CONTRACT, lowered, Care, "unknown-spender");
    let lowered = "Lower what 0xdbF0…C6FB may spend from 501 to 500 USDC on Base.";
    check(U256::from(501_000_000), PERSON, lowered, Risk, "spender-not-contract");
    let same = "Let 0xfB69…d359 spend up to 500 USDC on Base, until used up.";
    check(U256::from(500_000_000), CONTRACT, same, Care, "unknown-spender");
    let known = "Lower what Uniswap may spend from any amount to 500 USDC on Base.";
    check(MAX, UNISWAP, known, Plain, "");
    // Taking a permission away entirely gives nothing to anyone.
    let lens = world().allows(USDC, CONTRACT, MAX);
    let none = read(&lens, USDC, approve(CONTRACT, U256::ZERO));
    tells(&none, "Remove the permission of 0xfB69…d359 to spend your USDC on Base.", Plain, "");
    assert_eq!(none.verb, "Remove");
}

#[test]
fn a_denied_contract_hides_no_call() {
    let lens = world().denies(USDC).denies(STRANGER).denies(PRINTS);
    let check = |to: Address, input: Vec<u8>, sentence: &str, tone: Tone, rules: &str| {
        let meaning = read(&lens, to, input);
        tells(&meaning, sentence, tone, rules);
        let note = meaning.notes.iter().find(|note| note.rule == "no-contract").unwrap();
        assert!(note.what.starts_with("The server says there is no contract at this address"));
    };
    check(
        USDC,
        approve(CONTRACT, MAX),
        "Let 0xfB69…d359 spend any amount of your USDC on Base, forever.",
        Risk,
        "unlimited unknown-spender no-contract",
    );
    check(USDC, transfer(U256::from(50_000_000)), "Send 50 USDC to Maria on Base.", Care, "no-contract");
    check(
        STRANGER,
        transfer(U256::from(5)),
        "Send 5 units of the token 0x5aAe…eAed to Maria on Base.",
        Care,
        "unknown-token no-contract",
    );
    check(
        PRINTS,
        data("setApprovalForAll(address,bool)", &[word(CONTRACT), U256::ONE]),
        "Let 0xfB69…d359 move all your Lisbon Prints NFTs on Base, now and later.",
        Risk,
        "whole-collection unknown-spender no-contract",
    );
    check(
        STRANGER,
        vec![1, 2, 3, 4],
        "Run a function we do not know of 0x5aAe…eAed on Base.",
        Care,
        "unknown-contract no-contract",
    );
}

#[test]
fn a_denied_contract_makes_no_message_harmless() {
    let typed = json!({
        "types": {"Order": [{"name": "amount", "type": "uint256"}]},
        "primaryType": "Order",
        "domain": {"chainId": 8453, "verifyingContract": CONTRACT.to_string()},
        "message": {"amount": "5"}
    });
    let meaning = typed_data(&TypedData::parse(&typed).unwrap(), &world().denies(CONTRACT));
    is_sound(&meaning);
    tells(&meaning, "Sign a message we cannot explain for app.uniswap.org.", Risk, "unknown-typed-data");
}
