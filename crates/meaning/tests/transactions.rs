//! What transactions are said to do.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use Tone::{Care, Plain, Risk};
use candor_meaning::{Tone, transaction};
use candor_primitives::{Address, U256};
use common::*;

const ZERO: U256 = U256::ZERO;
const MAX: U256 = U256::MAX;

fn eth(thousandths: u64) -> U256 {
    U256::from(thousandths) * U256::from(10).pow(U256::from(15))
}

fn usdc(whole: u64) -> U256 {
    U256::from(whole * 1_000_000)
}

fn transfer(to: Address, amount: U256) -> Vec<u8> {
    data("transfer(address,uint256)", &[word(to), amount])
}

fn approve(spender: Address, amount: U256) -> Vec<u8> {
    data("approve(address,uint256)", &[word(spender), amount])
}

#[test]
fn transactions_are_told_in_one_sentence() {
    let lens = asked_by("https://app.uniswap.org");
    let check =
        |to: Option<Address>, value: U256, input: Vec<u8>, sentence: &str, tone: Tone, rules: &str| {
            let meaning = transaction(&call(to, value, input), &lens);
            is_sound(&meaning);
            assert_eq!(told(&meaning), (sentence.to_owned(), tone, rules.to_owned()));
        };
    let to = Some;
    // The network's coin.
    check(to(MARIA), eth(250), vec![], "Send 0.25 ETH to Maria on Base.", Plain, "");
    check(to(STRANGER), eth(1000), vec![], "Send 1 ETH to 0x5aAe…eAed on Base.", Plain, "");
    check(to(MARIA), ZERO, vec![], "Send 0 ETH to Maria on Base.", Plain, "");
    check(to(MARIA), U256::ONE, vec![], "Send less than 0.000001 ETH to Maria on Base.", Plain, "");
    check(to(MARIA), units("123456789012345678"), vec![], "Send 0.123457 ETH to Maria on Base.", Plain, "");
    check(to(MARIA), eth(1_234_567_500), vec![], "Send 1,234,567.5 ETH to Maria on Base.", Plain, "");
    check(to(ME), ZERO, vec![], "Send 0 ETH from Everyday to itself on Base.", Plain, "");
    check(to(Address::ZERO), eth(1), vec![], "Send 0.001 ETH to 0x0000…0000 on Base.", Risk, "burn");
    check(to(CONTRACT), eth(1), vec![], "Send 0.001 ETH to 0xfB69…d359 on Base.", Care, "contract-receiver");
    check(to(UNISWAP), eth(1), vec![], "Send 0.001 ETH to Uniswap on Base.", Plain, "");
    // Tokens.
    check(to(USDC), ZERO, transfer(MARIA, usdc(50)), "Send 50 USDC to Maria on Base.", Plain, "");
    check(to(USDC), ZERO, transfer(MARIA, U256::ONE), "Send 0.000001 USDC to Maria on Base.", Plain, "");
    check(
        to(USDC),
        ZERO,
        transfer(MARIA, MAX),
        "Send more than 1,000,000,000,000,000,000 USDC to Maria on Base.",
        Plain,
        "",
    );
    check(
        to(USDC),
        ZERO,
        transfer(USDC, usdc(50)),
        "Send 50 USDC to 0x8335…2913 on Base.",
        Risk,
        "token-contract",
    );
    check(
        to(USDC),
        ZERO,
        transfer(Address::ZERO, usdc(5)),
        "Send 5 USDC to 0x0000…0000 on Base.",
        Risk,
        "burn",
    );
    check(
        to(USDC),
        ZERO,
        transfer(CONTRACT, usdc(5)),
        "Send 5 USDC to 0xfB69…d359 on Base.",
        Care,
        "contract-receiver",
    );
    check(
        to(FAKE),
        ZERO,
        transfer(MARIA, usdc(50)),
        "Send 50 USDC (not the known USDC) to Maria on Base.",
        Care,
        "imitation-token",
    );
    check(
        to(LIAR),
        ZERO,
        transfer(MARIA, eth(5000)),
        "Send 5 of the token 0x27b1…1c26 to Maria on Base.",
        Care,
        "",
    );
    check(
        to(STRANGER),
        ZERO,
        transfer(MARIA, U256::from(1_000_000)),
        "Send 1000000 units of the token 0x5aAe…eAed to Maria on Base.",
        Care,
        "unknown-token",
    );
    check(
        to(STRANGER),
        ZERO,
        transfer(MARIA, U256::ONE),
        "Send 1 unit of the token 0x5aAe…eAed to Maria on Base.",
        Care,
        "unknown-token",
    );
    check(
        to(STRANGER),
        ZERO,
        transfer(MARIA, MAX),
        "Send more than 1000000000000000000000000000000000000 units of the token 0x5aAe…eAed to Maria on Base.",
        Care,
        "unknown-token",
    );
    let from =
        |owner, amount| data("transferFrom(address,address,uint256)", &[word(owner), word(MARIA), amount]);
    check(to(USDC), ZERO, from(ME, usdc(7)), "Send 7 USDC to Maria on Base.", Plain, "");
    check(to(USDC), ZERO, from(STRANGER, usdc(7)), "Send 7 USDC of 0x5aAe…eAed to Maria on Base.", Plain, "");
    // New contracts, and calls that are not understood.
    check(None, ZERO, vec![0x60], "Publish a new contract on Base.", Plain, "");
    check(None, eth(1), vec![0x60], "Pay 0.001 ETH and publish a new contract on Base.", Plain, "");
    check(to(UNISWAP), ZERO, vec![1, 2, 3, 4], "Run a function we do not know of Uniswap on Base.", Care, "");
    check(
        to(UNISWAP),
        eth(100),
        vec![1, 2, 3, 4],
        "Pay 0.1 ETH to run a function we do not know of Uniswap on Base.",
        Care,
        "",
    );
    check(
        to(CONTRACT),
        ZERO,
        vec![1],
        "Run a function we do not know of 0xfB69…d359 on Base.",
        Care,
        "unknown-contract",
    );
    check(to(ME), ZERO, vec![1], "Run a function we do not know of Everyday on Base.", Care, "");
    check(
        to(PERSON),
        ZERO,
        transfer(MARIA, usdc(1)),
        "Send 1000000 units of the token 0xdbF0…C6FB to Maria on Base.",
        Care,
        "unknown-token no-contract",
    );
    check(
        to(PERSON),
        ZERO,
        vec![1],
        "Run a function we do not know of 0xdbF0…C6FB on Base.",
        Care,
        "unknown-contract no-contract",
    );
    // A payment never hides what it goes along with.
    check(
        to(USDC),
        eth(100),
        approve(UNISWAP, MAX),
        "Pay 0.1 ETH and let Uniswap spend any amount of your USDC on Base, forever.",
        Risk,
        "payment-on-top unlimited",
    );
    check(
        to(USDC),
        U256::ONE,
        transfer(MARIA, usdc(50)),
        "Pay less than 0.000001 ETH and send 50 USDC to Maria on Base.",
        Risk,
        "payment-on-top",
    );
}

/// Call data that only looks like a standard call is not read as one.
#[test]
fn nothing_is_guessed() {
    let lens = asked_by("https://app.uniswap.org");
    let check = |input: Vec<u8>| {
        let meaning = transaction(&call(Some(USDC), ZERO, input), &lens);
        let sentence = "Run a function we do not know of 0x8335…2913 on Base.";
        assert_eq!(told(&meaning), (sentence.to_owned(), Care, "unknown-contract".to_owned()));
    };
    let approval = approve(UNISWAP, usdc(5));
    check([&approval[..], &[0]].concat());
    check([&approval[..], &[0; 32]].concat());
    check(approval[..67].to_vec());
    check(approval[..36].to_vec());
    check(approval[..4].to_vec());
    check(approval[..3].to_vec());
    // Dirty padding before the address.
    let mut dirty = approval.clone();
    dirty[4] = 1;
    check(dirty);
    // A bool that is neither.
    check(data("setApprovalForAll(address,bool)", &[word(UNISWAP), U256::from(2)]));
    // The selector of another function with the same arguments.
    check(data("approve(uint256,address)", &[word(UNISWAP), usdc(5)]));
}

#[test]
fn another_network_is_never_taken_for_this_one() {
    let lens = asked_by("https://app.uniswap.org");
    let meaning = transaction(&on(1, Some(USDC), ZERO, transfer(MARIA, usdc(50))), &lens);
    is_sound(&meaning);
    assert_eq!(
        told(&meaning),
        (
            "Send 50000000 units of the token 0x8335…2913 to Maria on network number 1.".to_owned(),
            Risk,
            "other-network unknown-token".to_owned()
        )
    );
}

#[test]
fn buttons_are_the_verbs_of_the_sentence() {
    let check = |lens: &World, input: Vec<u8>, verb: &str, refusal: &str| {
        let meaning = transaction(&call(Some(USDC), ZERO, input), lens);
        assert_eq!((meaning.verb, meaning.refusal), (verb, refusal));
    };
    let site = asked_by("https://app.uniswap.org");
    check(&site, vec![], "Send", "Reject");
    check(&own(), vec![], "Send", "Back");
    check(&site, approve(UNISWAP, MAX), "Let it spend", "Reject");
    check(&site, approve(UNISWAP, ZERO), "Remove", "Reject");
    check(&site, vec![1], "Run", "Reject");
}

#[test]
fn pressing_a_part_shows_it_exactly() {
    let meaning = transaction(&call(Some(USDC), ZERO, transfer(MARIA, U256::from(1_234_567_891))), &own());
    let exact = |name: &str| meaning.sentence.slot(name).unwrap().exact.clone();
    assert_eq!(exact("amount"), "1234567891");
    assert_eq!(exact("recipient"), MARIA.to_checksum(None));
    assert_eq!(exact("network"), "number 8453");
    let facts: Vec<_> = meaning.facts.iter().map(|fact| (fact.label.as_ref(), fact.value.as_str())).collect();
    assert!(facts.contains(&("Exact amount", "1234.567891")));
    assert!(facts.contains(&("Token", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913")));
    assert!(facts.contains(&("Function", "transfer(address,uint256)")));
}

/// What a part shows when it is pressed gets stored, so it has an end.
#[test]
fn long_instructions_are_cut_where_they_are_shown() {
    let check = |length: usize, value: U256, expected: &str| {
        let meaning = transaction(&call(Some(UNISWAP), value, vec![0xab; length]), &own());
        is_sound(&meaning);
        assert_eq!(meaning.sentence.slot("function").unwrap().exact, expected);
        let whole = format!("0x{}", "ab".repeat(length));
        assert!(meaning.facts.iter().any(|fact| fact.label == "Data" && fact.value == whole));
    };
    let longest = format!("0x{}", "ab".repeat(2_047));
    check(3, ZERO, "0xababab");
    check(2_047, ZERO, &longest);
    check(2_048, ZERO, &format!("{longest}… (2048 bytes)"));
    check(100_000, eth(1), &format!("{longest}… (100000 bytes)"));
}
