//! What transactions are said to allow.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use Tone::{Care, Plain, Risk};
use candor_meaning::{Tone, transaction};
use candor_primitives::{Address, U256};
use common::*;

const ZERO: U256 = U256::ZERO;
const MAX: U256 = U256::MAX;

fn usdc(whole: u64) -> U256 {
    U256::from(whole * 1_000_000)
}

fn approve(spender: Address, amount: U256) -> Vec<u8> {
    data("approve(address,uint256)", &[word(spender), amount])
}

#[test]
fn permissions_are_told_in_one_sentence() {
    let lens = asked_by("https://app.uniswap.org");
    let check =
        |to: Option<Address>, value: U256, input: Vec<u8>, sentence: &str, tone: Tone, rules: &str| {
            let meaning = transaction(&call(to, value, input), &lens);
            is_sound(&meaning);
            assert_eq!(told(&meaning), (sentence.to_owned(), tone, rules.to_owned()));
        };
    let to = Some;
    // Nothing is known of today's.
    check(
        to(USDC),
        ZERO,
        approve(UNISWAP, usdc(500)),
        "Let Uniswap spend up to 500 USDC on Base, until used up.",
        Care,
        "allowance-unread",
    );
    check(
        to(USDC),
        ZERO,
        approve(CONTRACT, usdc(500)),
        "Let 0xfB69…d359 spend up to 500 USDC on Base, until used up.",
        Care,
        "unknown-spender allowance-unread",
    );
    check(
        to(USDC),
        ZERO,
        approve(PERSON, usdc(500)),
        "Let 0xdbF0…C6FB spend up to 500 USDC on Base, until used up.",
        Risk,
        "spender-not-contract allowance-unread",
    );
    check(
        to(USDC),
        ZERO,
        approve(UNISWAP, MAX),
        "Let Uniswap spend any amount of your USDC on Base, forever.",
        Risk,
        "unlimited",
    );
    check(
        to(USDC),
        ZERO,
        approve(UNISWAP, U256::ONE << 255),
        "Let Uniswap spend any amount of your USDC on Base, forever.",
        Risk,
        "unlimited",
    );
    check(
        to(USDC),
        ZERO,
        approve(UNISWAP, (U256::ONE << 255) - U256::ONE),
        "Let Uniswap spend any amount of your USDC on Base, forever.",
        Risk,
        "unlimited",
    );
    check(
        to(USDC),
        ZERO,
        approve(UNISWAP, ZERO),
        "Remove the permission of Uniswap to spend your USDC on Base.",
        Plain,
        "",
    );
    check(
        to(STRANGER),
        ZERO,
        approve(UNISWAP, MAX),
        "Let Uniswap spend any amount of your token 0x5aAe…eAed on Base, forever.",
        Risk,
        "unlimited unknown-token",
    );
    check(
        to(STRANGER),
        ZERO,
        approve(UNISWAP, U256::from(5)),
        "Let Uniswap spend up to 5 units of the token 0x5aAe…eAed on Base, until used up.",
        Care,
        "unknown-token allowance-unread",
    );
    // Zero takes a permission to spend away, but could also be collectible number 0.
    check(
        to(STRANGER),
        ZERO,
        approve(UNISWAP, ZERO),
        "Run a function we do not know of 0x5aAe…eAed on Base.",
        Care,
        "unknown-contract unknown-token",
    );
    let more = |amount| data("increaseAllowance(address,uint256)", &[word(UNISWAP), amount]);
    check(
        to(USDC),
        ZERO,
        more(usdc(20)),
        "Let Uniswap spend 20 USDC more than today on Base, until used up.",
        Care,
        "allowance-unread",
    );
    check(
        to(USDC),
        ZERO,
        more(MAX),
        "Let Uniswap spend any amount of your USDC on Base, forever.",
        Risk,
        "unlimited",
    );
    let less = data("decreaseAllowance(address,uint256)", &[word(UNISWAP), usdc(20)]);
    check(to(USDC), ZERO, less, "Lower what Uniswap may spend by 20 USDC on Base.", Plain, "");
    let all = |yes: u8| data("setApprovalForAll(address,bool)", &[word(CONTRACT), U256::from(yes)]);
    check(
        to(PRINTS),
        ZERO,
        all(1),
        "Let 0xfB69…d359 move all your Lisbon Prints NFTs on Base, now and later.",
        Risk,
        "whole-collection unknown-spender",
    );
    check(
        to(STRANGER),
        ZERO,
        all(1),
        "Let 0xfB69…d359 move all your NFTs of 0x5aAe…eAed on Base, now and later.",
        Risk,
        "whole-collection unknown-spender",
    );
    check(
        to(PRINTS),
        ZERO,
        all(0),
        "Remove the permission of 0xfB69…d359 to move all your Lisbon Prints NFTs on Base.",
        Plain,
        "",
    );
}

#[test]
fn changes_are_compared_with_today() {
    let check = |today: U256, input: Vec<u8>, sentence: &str, tone: Tone, rules: &str| {
        let lens = asked_by("https://app.uniswap.org").allows(USDC, UNISWAP, today);
        let meaning = transaction(&call(Some(USDC), ZERO, input), &lens);
        is_sound(&meaning);
        assert_eq!(told(&meaning), (sentence.to_owned(), tone, rules.to_owned()));
    };
    check(
        ZERO,
        approve(UNISWAP, usdc(500)),
        "Let Uniswap spend up to 500 USDC on Base, until used up.",
        Plain,
        "",
    );
    check(
        usdc(500),
        approve(UNISWAP, usdc(500)),
        "Let Uniswap spend up to 500 USDC on Base, until used up.",
        Plain,
        "",
    );
    check(
        usdc(500),
        approve(UNISWAP, usdc(800)),
        "Let Uniswap spend up to 800 USDC instead of 500 on Base.",
        Plain,
        "",
    );
    check(
        usdc(800),
        approve(UNISWAP, usdc(500)),
        "Lower what Uniswap may spend from 800 to 500 USDC on Base.",
        Plain,
        "",
    );
    check(
        MAX,
        approve(UNISWAP, usdc(500)),
        "Lower what Uniswap may spend from any amount to 500 USDC on Base.",
        Plain,
        "",
    );
    check(
        usdc(800),
        approve(UNISWAP, ZERO),
        "Remove the permission of Uniswap to spend your USDC on Base.",
        Plain,
        "",
    );
    check(
        usdc(800),
        approve(UNISWAP, MAX),
        "Let Uniswap spend any amount of your USDC on Base, forever.",
        Risk,
        "unlimited",
    );
    let more = |amount| data("increaseAllowance(address,uint256)", &[word(UNISWAP), amount]);
    check(
        usdc(5),
        more(usdc(20)),
        "Let Uniswap spend 20 USDC more than today on Base, until used up.",
        Plain,
        "",
    );
    check(
        (U256::ONE << 255) - U256::ONE,
        more(U256::ONE),
        "Let Uniswap spend any amount of your USDC on Base, forever.",
        Risk,
        "unlimited",
    );
}
