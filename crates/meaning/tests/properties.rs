//! What holds of every transaction.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use candor_meaning::transaction;
use candor_primitives::{Address, U256};
use common::*;
use proptest::prelude::*;

fn any_input() -> impl Strategy<Value = Vec<u8>> {
    let signature = prop::sample::select(vec![
        "transfer(address,uint256)",
        "transferFrom(address,address,uint256)",
        "approve(address,uint256)",
        "increaseAllowance(address,uint256)",
        "decreaseAllowance(address,uint256)",
        "setApprovalForAll(address,bool)",
    ]);
    let noise = (signature, prop::collection::vec(any::<u8>(), 0..120)).prop_map(|(signature, mut rest)| {
        let mut input = data(signature, &[]);
        input.append(&mut rest);
        input
    });
    prop_oneof![noise, prop::collection::vec(any::<u8>(), 0..200)]
}

proptest! {
    #[test]
    fn any_call_has_a_meaning(input in any_input(), to: [u8; 20], value: u128, known: bool) {
        let to = if known { USDC } else { Address::from(to) };
        let meaning = transaction(&call(Some(to), U256::from(value), input), &own());
        is_sound(&meaning);
    }

    #[test]
    fn the_amount_is_that_of_the_call(amount: [u8; 32], known: bool, which in 0..4_usize, value: bool) {
        let amount = U256::from_be_bytes(amount);
        let signature = ["transfer", "approve", "increaseAllowance", "decreaseAllowance"][which];
        let input = data(&format!("{signature}(address,uint256)"), &[word(UNISWAP), amount]);
        let to = if known { USDC } else { STRANGER };
        let meaning = transaction(&call(Some(to), U256::from(u8::from(value)), input), &own());
        is_sound(&meaning);
        if let Some(slot) = meaning.sentence.slot("amount") {
            prop_assert_eq!(&slot.exact, &amount.to_string());
        }
        if !(amount.is_zero() && which == 1 && !known) {
            let exact = amount.to_string();
            prop_assert!(meaning.facts.iter().any(|fact| fact.value == exact));
        }
    }

    #[test]
    fn coins_are_those_of_the_transaction(value: u128) {
        let meaning = transaction(&call(Some(MARIA), U256::from(value), vec![]), &own());
        prop_assert_eq!(&meaning.sentence.slot("amount").unwrap().exact, &value.to_string());
    }

    /// Whatever a server says of a token, of today's permission and of who is a contract.
    #[test]
    fn no_lie_hides_a_permission(
        symbol in "[A-Za-z0-9]{0,8}", decimals: u8, today: Option<[u8; 32]>, denied: bool, amount: [u8; 32], bits in 0..256_usize
    ) {
        let amount = (U256::from_be_bytes(amount) >> bits).max(U256::ONE);
        let mut lens = own().says(STRANGER, &symbol, decimals);
        if let Some(today) = today {
            lens = lens.allows(STRANGER, CONTRACT, U256::from_be_bytes(today) >> (255 - bits));
        }
        if denied {
            lens = lens.denies(STRANGER);
        }
        let input = data("approve(address,uint256)", &[word(CONTRACT), amount]);
        let meaning = transaction(&call(Some(STRANGER), U256::ZERO, input), &lens);
        is_sound(&meaning);
        let has = |rule: &str| meaning.notes.iter().any(|note| note.rule == rule);
        prop_assert_eq!(meaning.verb, "Let it spend");
        prop_assert!(has("unknown-spender"));
        prop_assert_eq!(has("no-contract"), denied);
        prop_assert!(has("unlimited") || amount < U256::ONE << 128);
        prop_assert!(has("unknown-token") || decimals <= 36);
        // What looks like nothing names its smallest units.
        let text = &meaning.sentence.slot("amount").unwrap().text;
        prop_assert!(has("doubtful-decimals") || !text.starts_with("less than"));
    }
}
