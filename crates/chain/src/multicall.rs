//! Many read-only calls in one question: Multicall3, which is at the same address nearly everywhere
//! (<https://www.multicall3.com>), asked by `aggregate3`.
//!
//! Each call may fail by itself. Answers are borrowed from the bytes they came in: however a contract overlaps them,
//! they take no more memory than those.

use alloy_sol_types::{
    SolCall,
    abi::{
        self,
        token::{DynSeqToken, PackedSeqToken, WordToken},
    },
    sol,
};
use candor_primitives::{Address, Bytes, ChainId, U256, address};

/// The most calls that are put into one question: a hundred and fifty balances stay far below what nodes let a call
/// cost.
pub const MOST_CALLS: usize = 150;

/// Where it is on nearly every network.
const EVERYWHERE: Address = address!("0xcA11bde05977b3631167028862bE2a173976CA11");
/// Where it is on ZKsync Era, whose addresses are made differently (`viem/chains`, MIT).
const ON_ZKSYNC: Address = address!("0xF9cda624FBC7e059355ce98a31693d299FaCd963");

sol! {
    struct Call3 { address target; bool allowFailure; bytes callData; }
    struct Result3 { bool success; bytes returnData; }
    function aggregate3(Call3[] calls) returns (Result3[] results);
    function getEthBalance(address account) returns (uint256 balance);
}

/// The contract's address on a network. Whether it is there, only an answer tells.
#[must_use]
pub const fn contract(chain: ChainId) -> Address {
    if chain.get() == 324 { ON_ZKSYNC } else { EVERYWHERE }
}

/// Call data that asks all of these, in order; none that fails makes another fail.
#[must_use]
pub fn aggregate(calls: impl IntoIterator<Item = (Address, Bytes)>) -> Bytes {
    let call = |(target, data): (Address, Bytes)| Call3 { target, allowFailure: true, callData: data };
    aggregate3Call { calls: calls.into_iter().map(call).collect() }.abi_encode().into()
}

/// Call data for the contract itself: how much of the native coin an account has.
#[must_use]
pub fn native_balance(account: Address) -> Bytes {
    getEthBalanceCall { account }.abi_encode().into()
}

/// The answers to exactly `count` calls, in order, each with nothing if it failed. Nothing at all if this is no answer
/// of the contract, as where it is not there.
#[must_use]
pub fn answers(result: &[u8], count: usize) -> Option<Vec<Option<&[u8]>>> {
    // Read first, for the list is as long as its length says.
    let offset = usize::try_from(U256::from_be_bytes(*result.first_chunk::<32>()?)).ok()?;
    let length = U256::from_be_bytes(*result.get(offset..)?.first_chunk::<32>()?);
    if length != U256::from(count) {
        return None;
    }
    let list = abi::decode::<DynSeqToken<(WordToken, PackedSeqToken<'_>)>>(result).ok()?;
    Some(list.0.into_iter().map(|(worked, data)| (!worked.0.is_zero()).then_some(data.0)).collect())
}

#[cfg(test)]
mod tests {
    use candor_primitives::keccak256;
    use proptest::prelude::*;

    use super::*;

    fn result(answers: &[(bool, &[u8])]) -> Vec<u8> {
        let result = |(success, data): &(bool, &[u8])| Result3 {
            success: *success,
            returnData: Bytes::copy_from_slice(data),
        };
        aggregate3Call::abi_encode_returns(&answers.iter().map(result).collect())
    }

    #[test]
    fn calls_match_their_signatures() {
        let selector = |signature: &str| keccak256(signature).0[..4].to_vec();
        let asked = aggregate([(Address::ZERO, Bytes::from_static(b"x"))]);
        assert_eq!(asked[..4], selector("aggregate3((address,bool,bytes)[])"));
        assert_eq!(native_balance(Address::ZERO)[..4], selector("getEthBalance(address)"));
        let call = aggregate3Call::abi_decode(&asked).unwrap();
        assert!(call.calls[0].allowFailure);
    }

    #[test]
    fn answers_come_in_order() {
        let check = |given: &[(bool, &[u8])], count: usize, expected: Option<&[Option<&[u8]>]>| {
            assert_eq!(answers(&result(given), count).as_deref(), expected, "{given:?}");
        };
        check(&[], 0, Some(&[]));
        check(&[(true, b"one"), (false, b"no"), (true, b"")], 3, Some(&[Some(b"one"), None, Some(b"")]));
        check(&[(true, b"one")], 2, None);
        check(&[(true, b"one"), (true, b"two")], 1, None);
    }

    #[test]
    fn what_is_no_answer_is_none() {
        let word = |n: u64| U256::from(n).to_be_bytes::<32>();
        let check = |result: &[u8]| assert_eq!(answers(result, 1), None, "{result:?}");
        check(&[]);
        check(&word(1));
        check(&[word(32), word(1)].concat());
        check(&[word(32), word(1), word(u64::MAX)].concat());
        check(&[[0xff; 32], word(1)].concat());
        check(&[word(32), [0xff; 32]].concat());
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(result: Vec<u8>, count in 0_usize..4) {
            let _ = answers(&result, count);
        }

        #[test]
        fn overlapping_answers_take_no_memory_of_their_own(at in 0_usize..300, byte: u8) {
            let mut result = result(&[(true, &[7; 40]), (true, &[8; 40])]);
            if let Some(place) = result.get_mut(at) {
                *place = byte;
            }
            if let Some(found) = answers(&result, 2) {
                prop_assert!(found.iter().flatten().all(|answer| answer.len() <= result.len()));
            }
        }
    }
}
