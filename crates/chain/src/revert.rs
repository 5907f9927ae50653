//! Why a contract refused: the return data of a revert, and where the various nodes hide it.

use candor_primitives::{Bytes, U256};
use serde_json::Value;

use crate::rpc::NodeError;
use crate::text::clean;
use crate::{erc20, quantity};

/// The longest message of a contract that is shown, in characters.
const MESSAGE_LIMIT: usize = 200;

/// What a contract said when it refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RevertReason {
    /// `Error(string)`: `require` and `revert` with words. The words are the contract's, made safe to show.
    Message(String),
    /// `Panic(uint256)`: a bug or broken assumption in the contract, by its number.
    Panic(U256),
    /// An error of the contract's own; only its selector is known here.
    Custom([u8; 4]),
    /// No reason given.
    Unstated,
}

impl RevertReason {
    /// Reads return data. Anything that starts with a selector but does not decode counts as [`Self::Custom`].
    #[must_use]
    pub fn decode(data: &[u8]) -> Self {
        let Some((selector, rest)) = data.split_first_chunk::<4>() else { return Self::Unstated };
        let known = match selector {
            [0x08, 0xc3, 0x79, 0xa0] => erc20::decode_string(rest)
                .map(|text| clean(&text, MESSAGE_LIMIT))
                .map(|text| if text.is_empty() { Self::Unstated } else { Self::Message(text) }),
            [0x4e, 0x48, 0x7b, 0x71] => erc20::decode_uint(rest).map(Self::Panic),
            _ => None,
        };
        known.unwrap_or(Self::Custom(*selector))
    }

    /// Reads the error that `eth_call`, `eth_estimateGas` or a broadcast answered with. `None` if it does not
    /// speak of a revert at all.
    #[must_use]
    pub fn from_error(error: &NodeError) -> Option<Self> {
        if let Some(data) = revert_data(error)
            && !data.is_empty()
        {
            return Some(Self::decode(&data));
        }
        let message = error.message.trim();
        for prefix in REVERT_PREFIXES {
            if let Some(rest) = strip_prefix_ignoring_case(message, prefix) {
                let rest = clean(
                    rest.trim_matches(|c: char| c == ':' || c == '\'' || c == '"' || c.is_whitespace()),
                    MESSAGE_LIMIT,
                );
                return Some(if rest.is_empty() || rest == "0x" {
                    Self::Unstated
                } else {
                    Self::Message(rest)
                });
            }
        }
        let reverted = error.code == 3 || message.to_ascii_lowercase().contains("revert");
        reverted.then_some(Self::Unstated)
    }

    /// The reason as a plain sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Message(message) => format!("The contract says: “{message}”."),
            Self::Panic(code) => panic_sentence(*code),
            Self::Custom(selector) => {
                format!("The contract gave a reason we cannot read ({}).", quantity::encode_data(selector))
            }
            Self::Unstated => "The contract refuses and gives no reason.".to_owned(),
        }
    }
}

/// Longest first: geth, anvil, hardhat and OpenEthereum wrap the contract's words in these.
const REVERT_PREFIXES: [&str; 6] = [
    "VM Exception while processing transaction: reverted with reason string",
    "Error: VM Exception while processing transaction: reverted with reason string",
    "VM Exception while processing transaction: revert",
    "execution reverted:",
    "execution reverted",
    "Reverted",
];

/// The panics of Solidity (documentation, "Panic via assert and Error via require").
fn panic_sentence(code: U256) -> String {
    let what = match u64::try_from(code).unwrap_or(u64::MAX) {
        0x01 => "something that must always hold did not",
        0x11 => "a number became too large or fell below zero",
        0x12 => "it divided by zero",
        0x21 => "it met a choice that does not exist",
        0x22 => "its stored data is damaged",
        0x31 => "it took something from an empty list",
        0x32 => "it looked beyond the end of a list",
        0x41 => "it asked for too much memory",
        0x51 => "it called a function that was never set",
        _ => return format!("The contract stopped because of a fault in it (number {code})."),
    };
    format!("The contract stopped because of a fault in it: {what}.")
}

/// Return data in an error: `data` as text (geth, reth, anvil), as `{ data }` (ganache and proxies), as
/// `{ originalError: { data } }` (wallet middleware), or after the word `Reverted` (OpenEthereum, Nethermind).
pub(crate) fn revert_data(error: &NodeError) -> Option<Bytes> {
    fn find(value: &Value, depth: u8) -> Option<Bytes> {
        match value {
            Value::String(text) => {
                let text = strip_prefix_ignoring_case(text.trim(), "Reverted").unwrap_or(text).trim();
                quantity::data(text).ok()
            }
            Value::Object(map) if depth > 0 => ["data", "originalError", "result", "return", "error"]
                .iter()
                .find_map(|key| find(map.get(*key)?, depth - 1)),
            _ => None,
        }
    }
    find(error.data.as_ref()?, 4)
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use RevertReason as R;
    use proptest::prelude::*;
    use serde_json::json;

    /// `Error("Transfer amount exceeds balance")`-like data, as solc encodes it.
    fn error_data(message: &str) -> Vec<u8> {
        let mut data = vec![0x08, 0xc3, 0x79, 0xa0];
        data.extend(U256::from(32).to_be_bytes::<32>());
        data.extend(U256::from(message.len()).to_be_bytes::<32>());
        data.extend(message.as_bytes());
        data.resize(data.len().next_multiple_of(32) + 4, 0);
        data
    }

    fn message(text: &str) -> RevertReason {
        R::Message(text.to_owned())
    }

    #[test]
    fn return_data() {
        let check = |data: &[u8], expected: RevertReason, sentence: &str| {
            let found = R::decode(data);
            assert_eq!((&found, found.sentence().as_str()), (&expected, sentence));
        };
        let panic =
            |code: u64| [&[0x4e, 0x48, 0x7b, 0x71][..], &U256::from(code).to_be_bytes::<32>()].concat();
        let none = "The contract refuses and gives no reason.";
        check(&error_data("not owner"), message("not owner"), "The contract says: “not owner”.");
        check(&error_data("a\u{202E}b\nc"), message("ab c"), "The contract says: “ab c”.");
        check(&error_data(""), R::Unstated, none);
        check(
            &panic(0x11),
            R::Panic(U256::from(0x11)),
            "The contract stopped because of a fault in it: a number became too large or fell below zero.",
        );
        check(
            &panic(0x12),
            R::Panic(U256::from(0x12)),
            "The contract stopped because of a fault in it: it divided by zero.",
        );
        check(
            &panic(0x99),
            R::Panic(U256::from(0x99)),
            "The contract stopped because of a fault in it (number 153).",
        );
        check(
            &[0x1f, 0x2a, 0x20, 0x05, 9, 9],
            R::Custom([0x1f, 0x2a, 0x20, 0x05]),
            "The contract gave a reason we cannot read (0x1f2a2005).",
        );
        check(&[], R::Unstated, none);
        check(&[1, 2, 3], R::Unstated, none);
        check(
            &[0x08, 0xc3, 0x79, 0xa0],
            R::Custom([0x08, 0xc3, 0x79, 0xa0]),
            "The contract gave a reason we cannot read (0x08c379a0).",
        );
        assert_eq!(R::decode(&error_data(&"x".repeat(500))), message(&format!("{}…", "x".repeat(199))));
    }

    #[test]
    fn where_nodes_put_it() {
        let data = quantity::encode_data(&error_data("no"));
        let check = |code: i64, text: &str, data: Option<Value>, expected: Option<RevertReason>| {
            let error = NodeError { code, message: text.to_owned(), data };
            assert_eq!(R::from_error(&error), expected, "{text}");
        };
        // geth, reth, anvil, erigon
        check(3, "execution reverted: no", Some(json!(data)), Some(message("no")));
        check(3, "execution reverted", Some(json!("0x")), Some(R::Unstated));
        check(-32000, "execution reverted", None, Some(R::Unstated));
        check(
            3,
            "execution reverted: ERC20: transfer amount exceeds balance",
            None,
            Some(message("ERC20: transfer amount exceeds balance")),
        );
        check(
            3,
            "execution reverted, data: \"0x1f2a2005\"",
            Some(json!("0x1f2a2005")),
            Some(R::Custom([0x1f, 0x2a, 0x20, 0x05])),
        );
        // anvil 1.7.1 reads data as text where it can; the data itself is what counts
        check(
            3,
            "execution reverted: \u{1f}* \u{5}",
            Some(json!("0x1f2a2005")),
            Some(R::Custom([0x1f, 0x2a, 0x20, 0x05])),
        );
        check(
            3,
            "execution reverted: panic: arithmetic underflow or overflow (0x11)",
            Some(json!(format!("0x4e487b71{:064x}", 0x11))),
            Some(R::Panic(U256::from(0x11))),
        );
        // Nethermind, OpenEthereum
        check(-32015, "VM execution error.", Some(json!(format!("Reverted {data}"))), Some(message("no")));
        check(-32015, "VM execution error.", Some(json!(data)), Some(message("no")));
        check(-32015, "Reverted 0x", None, Some(R::Unstated));
        // Besu
        check(-32000, "Execution reverted", Some(json!(data)), Some(message("no")));
        // Hardhat, Ganache
        check(
            -32603,
            "Error: VM Exception while processing transaction: reverted with reason string 'no'",
            Some(json!({ "message": "x", "txHash": "0x1", "data": data })),
            Some(message("no")),
        );
        check(
            -32603,
            "VM Exception while processing transaction: reverted with reason string 'no'",
            None,
            Some(message("no")),
        );
        check(-32000, "VM Exception while processing transaction: revert no", None, Some(message("no")));
        // middleware that wraps another error
        check(
            -32603,
            "Internal JSON-RPC error.",
            Some(json!({ "code": 3, "message": "x", "data": data })),
            Some(message("no")),
        );
        check(
            -32603,
            "x",
            Some(json!({ "originalError": { "code": 3, "data": data } })),
            Some(message("no")),
        );
        // not about a revert
        check(-32000, "insufficient funds for gas * price + value", None, None);
        check(-32005, "Too many requests", Some(json!({ "see": "https://a.b" })), None);
        check(-32601, "the method does not exist", None, None);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(data: Vec<u8>, text: String, code: i64) {
            let _ = R::decode(&data).sentence();
            let _ = R::decode(&[&[0x08, 0xc3, 0x79, 0xa0][..], &data].concat());
            let error = NodeError { code, message: text.clone(), data: Some(json!(text)) };
            let _ = R::from_error(&error);
        }
    }
}
