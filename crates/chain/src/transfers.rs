//! Transfers of tokens and collectibles, as their contracts tell of them in logs (ERC-20, ERC-721, ERC-1155): what a
//! node is asked for, and what of its answer can be so.
//!
//! Any contract can say that anything moved between anyone; a log is a claim, not a fact about money.

use core::ops::RangeInclusive;

use alloy_sol_types::abi::{
    self,
    token::{DynSeqToken, WordToken},
};
use candor_primitives::{Address, B256, U256};
use serde_json::{Value, json};

use crate::{erc20::decode_uint, quantity};

/// `Transfer(address,address,uint256)`: ERC-20, and with a fourth topic ERC-721.
const TRANSFER: &str = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
/// `TransferSingle(address,address,address,uint256,uint256)` of ERC-1155.
const SINGLE: &str = "0xc3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62";
/// `TransferBatch(address,address,address,uint256[],uint256[])` of ERC-1155.
const BATCH: &str = "0x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb";

/// The most logs of one answer that are looked at.
pub const MOST_LOGS: usize = 10_000;
/// The most collectibles of one batch that are told apart.
const MOST_IN_BATCH: usize = 20;

/// A transfer to or from an account, as a contract claims it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The contract.
    pub token: Address,
    /// Whether the account received it.
    pub incoming: bool,
    /// Whom it came from or went to.
    pub other: Address,
    /// How much of it, in smallest units.
    pub units: U256,
    /// Which of the contract's collectibles it is; nothing for a token.
    pub number: Option<U256>,
    /// The block it was in.
    pub block: u64,
    /// The time of that block in seconds, if the node said so of itself.
    pub time: Option<u64>,
    /// The transaction it was in.
    pub transaction: B256,
    /// Its place among the logs of the block.
    pub index: u64,
}

/// What `eth_getLogs` is asked for to learn of all transfers of an account in some blocks. Each names the account once.
#[must_use]
pub fn questions(account: Address, blocks: &RangeInclusive<u64>) -> [Value; 3] {
    let account = account.into_word();
    [
        json!([[TRANSFER], account]),
        json!([[TRANSFER, SINGLE, BATCH], null, account]),
        json!([[SINGLE, BATCH], null, null, account]),
    ]
    .map(|topics| {
        let [from, to] = [blocks.start(), blocks.end()].map(|block| quantity::encode(U256::from(*block)));
        json!([{ "fromBlock": from, "toBlock": to, "topics": topics }])
    })
}

/// The transfers of an account that an answer tells of, and whether all of the answer was looked at. What does not
/// belong to the question is left out. Nothing if it is no list.
#[must_use]
pub fn read(answer: &Value, account: Address, blocks: &RangeInclusive<u64>) -> Option<(Vec<Transfer>, bool)> {
    let logs = answer.as_array()?;
    let mut found = Vec::new();
    for log in logs.iter().take(MOST_LOGS) {
        found.extend(of_log(log, account, blocks).unwrap_or_default());
    }
    Some((found, logs.len() <= MOST_LOGS))
}

fn of_log(log: &Value, account: Address, blocks: &RangeInclusive<u64>) -> Option<Vec<Transfer>> {
    let member = |name: &str| log.get(name).filter(|value| !value.is_null());
    let text = |name: &str| member(name).and_then(Value::as_str);
    if member("removed").is_some_and(|removed| removed != &json!(false)) {
        return None;
    }
    let topics = member("topics")?.as_array().filter(|topics| topics.len() <= 4)?;
    let topics: Vec<&str> = topics.iter().map(Value::as_str).collect::<Option<_>>()?;
    let data = quantity::tolerant_data(member("data")?).ok()?;
    let (event, others) = topics.split_first()?;
    let (from, to, things) = match (*event, others) {
        (TRANSFER, [from, to]) if data.len() == 32 => (from, to, vec![(None, decode_uint(&data)?)]),
        (TRANSFER, [from, to, number]) if data.is_empty() => {
            (from, to, vec![(Some(word(number)?.into()), U256::ONE)])
        }
        (SINGLE, [_, from, to]) if data.len() == 64 => {
            (from, to, vec![(decode_uint(&data), decode_uint(data.get(32..)?)?)])
        }
        (BATCH, [_, from, to]) => (from, to, batch(&data)?),
        _ => return None,
    };
    let (from, to) = (holder(from)?, holder(to)?);
    // What stays with the account is no transfer.
    if from == to || (from != account && to != account) {
        return None;
    }
    let block = quantity::tolerant_u64(member("blockNumber")?).ok().filter(|block| blocks.contains(block))?;
    let first = Transfer {
        token: quantity::address(text("address")?).ok()?,
        incoming: to == account,
        other: if to == account { from } else { to },
        units: U256::ZERO,
        number: None,
        block,
        time: member("blockTimestamp").and_then(|time| quantity::tolerant_u64(time).ok()),
        transaction: quantity::b256(text("transactionHash")?).ok()?,
        index: quantity::tolerant_u64(member("logIndex")?).ok()?,
    };
    Some(things.into_iter().map(|(number, units)| Transfer { number, units, ..first.clone() }).collect())
}

/// The collectibles of a batch. Borrowed from the bytes they came in, however these overlap.
fn batch(data: &[u8]) -> Option<Vec<(Option<U256>, U256)>> {
    type Words = DynSeqToken<WordToken>;
    // Before it is read, for a list is as long as its length says: each takes a word, so that no honest one is longer
    // than its data.
    let length = |at: usize| {
        let offset = usize::try_from(decode_uint(data.get(at..)?)?).ok()?;
        let length = usize::try_from(decode_uint(data.get(offset..)?)?).ok()?;
        (length <= data.len() / 32).then_some(length)
    };
    if length(0)? != length(32)? {
        return None;
    }
    let (numbers, counts) = abi::decode_params::<(Words, Words)>(data).ok()?;
    let number = |word: &WordToken| U256::from_be_bytes(word.0.0);
    let pairs = numbers.0.iter().zip(&counts.0).take(MOST_IN_BATCH);
    Some(pairs.map(|(id, count)| (Some(number(id)), number(count))).collect())
}

fn word(topic: &str) -> Option<B256> {
    quantity::b256(topic).ok()
}

fn holder(topic: &str) -> Option<Address> {
    let word = word(topic)?;
    let address = Address::from_word(word);
    (address.into_word() == word).then_some(address)
}

#[cfg(test)]
mod tests {
    use candor_primitives::keccak256;
    use proptest::prelude::*;

    use super::*;

    const ME: Address = Address::repeat_byte(0xaa);
    const YOU: Address = Address::repeat_byte(0xbb);
    const TOKEN: Address = Address::repeat_byte(0xcc);

    fn log(topics: Value, data: &str) -> Value {
        json!({
            "address": TOKEN, "topics": topics, "data": data, "blockNumber": "0x10", "logIndex": "0x2",
            "transactionHash": B256::repeat_byte(7), "removed": false,
        })
    }

    fn units(count: u64) -> String {
        format!("0x{count:064x}")
    }

    fn one(log: &Value) -> Option<Transfer> {
        read(&json!([log]), ME, &(16..=20)).unwrap().0.into_iter().next()
    }

    #[test]
    fn topics_are_the_hashes_of_their_events() {
        let check = |topic: &str, event: &str| assert_eq!(topic, keccak256(event).to_string());
        check(TRANSFER, "Transfer(address,address,uint256)");
        check(SINGLE, "TransferSingle(address,address,address,uint256,uint256)");
        check(BATCH, "TransferBatch(address,address,address,uint256[],uint256[])");
    }

    #[test]
    fn questions_name_one_account_and_the_blocks() {
        for question in questions(ME, &(16..=31)) {
            let text = question.to_string();
            assert_eq!(text.matches(&hex(ME)).count(), 1, "{text}");
            assert!(text.contains(r#""fromBlock":"0x10""#) && text.contains(r#""toBlock":"0x1f""#));
        }
    }

    fn hex(address: Address) -> String {
        format!("{address:x}").trim_start_matches("0x").to_owned()
    }

    #[test]
    fn every_kind_is_read() {
        let (me, you) = (ME.into_word(), YOU.into_word());
        let check = |log: Value, incoming: bool, things: &[(Option<u64>, u64)]| {
            let (found, whole) = read(&json!([log]), ME, &(16..=16)).unwrap();
            let seen: Vec<_> = found.iter().map(|t| (t.number, t.units)).collect();
            let expected: Vec<_> =
                things.iter().map(|(number, units)| (number.map(U256::from), U256::from(*units))).collect();
            assert_eq!((seen, whole), (expected, true), "{log}");
            assert!(found.iter().all(|t| t.incoming == incoming && t.other == YOU && t.token == TOKEN));
        };
        check(log(json!([TRANSFER, you, me]), &units(5)), true, &[(None, 5)]);
        check(log(json!([TRANSFER, me, you]), &units(0)), false, &[(None, 0)]);
        check(log(json!([TRANSFER, you, me, units(12)]), "0x"), true, &[(Some(12), 1)]);
        let single = format!("{}{}", units(12), units(3).trim_start_matches("0x"));
        check(log(json!([SINGLE, you, me, you]), &single), false, &[(Some(12), 3)]);
        let words = [64, 160, 2, 7, 8, 2, 1, 4].map(|word| format!("{word:064x}")).concat();
        check(log(json!([BATCH, you, you, me]), &format!("0x{words}")), true, &[(Some(7), 1), (Some(8), 4)]);
    }

    #[test]
    fn what_cannot_be_so_is_left_out() {
        let (me, you) = (ME.into_word(), YOU.into_word());
        let good = log(json!([TRANSFER, you, me]), &units(5));
        assert!(one(&good).is_some());
        let check = |name: &str, value: Value| {
            let mut log = good.clone();
            log[name] = value;
            assert_eq!(one(&log), None, "{log}");
        };
        check("removed", json!(true));
        check("blockNumber", json!("0xf"));
        check("blockNumber", json!("0x15"));
        check("blockNumber", Value::Null);
        check("address", json!("0x12"));
        check("transactionHash", json!("0x12"));
        check("logIndex", json!("x"));
        check("data", json!("0x"));
        check("data", json!(format!("0x{}", "00".repeat(64))));
        check("topics", json!([]));
        check("topics", json!([TRANSFER]));
        check("topics", json!([TRANSFER, you, you]));
        check("topics", json!([TRANSFER, me, me]));
        check("topics", json!([TRANSFER, you, B256::repeat_byte(0xaa)]));
        check("topics", json!([units(1), you, me]));
        check("topics", json!([TRANSFER, you, me, you, you]));
        check("topics", json!("topics"));
        let words = |words: &[u64]| {
            let words: String = words.iter().map(|word| format!("{word:064x}")).collect();
            log(json!([BATCH, you, you, me]), &format!("0x{words}"))
        };
        for bad in [&[64, 160, 2, 7, 8, 1, 1][..], &[64, 64, u64::MAX], &[64, 96, 1 << 40, 1 << 40], &[]] {
            assert_eq!(one(&words(bad)), None, "{bad:?}");
        }
        assert_eq!(read(&json!({}), ME, &(0..=1)), None);
        assert_eq!(read(&Value::Null, ME, &(0..=1)), None);
    }

    #[test]
    fn floods_end() {
        let good = log(json!([TRANSFER, YOU.into_word(), ME.into_word()]), &units(5));
        let (found, whole) = read(&json!(vec![good; MOST_LOGS + 5]), ME, &(0..=99)).unwrap();
        assert_eq!((found.len(), whole), (MOST_LOGS, false));
        let count = 5_000_u64;
        let list = format!("{count:064x}{}", format!("{:064x}", 1).repeat(5_000));
        let words = format!("0x{:064x}{:064x}{list}{list}", 64, 64 + 32 * (count + 1));
        let batch = log(json!([BATCH, YOU.into_word(), YOU.into_word(), ME.into_word()]), &words);
        assert_eq!(read(&json!([batch]), ME, &(0..=99)).unwrap().0.len(), MOST_IN_BATCH);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(data: Vec<u8>, event in 0_usize..3, topics in 0_usize..5) {
            let event = [TRANSFER, SINGLE, BATCH][event];
            let mut list = vec![json!(event)];
            list.extend((0..topics).map(|_| json!(ME.into_word())));
            let _ = one(&log(json!(list), &quantity::encode_data(&data)));
        }
    }
}
