//! Whether an error says something of the call, or only of the server that was asked.

use candor_chain::rpc;

/// Codes with which servers say that they are too busy, or do not serve this to us.
const BUSY_CODES: [i64; 7] = [-32005, -32016, -32029, -32052, -32097, 429, 503];

/// Words of servers that are too busy, want to be paid, or have not caught up, in lower case.
const BUSY_WORDS: &[&str] = &[
    "rate limit",
    "too many requests",
    "api key",
    "unauthorized",
    "quota",
    "capacity",
    "overloaded",
    "server is busy",
    "temporarily unavailable",
    "service unavailable",
    "bad gateway",
    "timeout",
    "timed out",
    "try again",
    "request limit",
    "header not found",
    "missing trie node",
    "no backend",
    "upstream",
];

/// What is said by servers that broke, under the code for that (JSON-RPC 2.0), in lower case.
const INTERNAL: i64 = -32603;
const INTERNAL_WORDS: &[&str] =
    &["internal error", "internal json-rpc error", "internal server error", "server error"];

/// Words of what a contract or the chain's rules said, which every server would say alike, in lower case.
const ANSWERS: &[&str] = &[
    "revert",
    "vm exception",
    "out of gas",
    "insufficient",
    "nonce",
    "invalid opcode",
    "underpriced",
    "already known",
];

/// Whether another server may do better than one that answered this, with this HTTP status.
pub(super) fn is_busy(status: u16, error: &rpc::NodeError) -> bool {
    // A contract says what it likes, "rate limit" too.
    if error.code == 3 || error.data.as_ref().is_some_and(carries_bytes) {
        return false;
    }
    let text = error.message.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(ANSWERS) {
        return false;
    }
    status == 429
        || status >= 500
        || BUSY_CODES.contains(&error.code)
        || says(BUSY_WORDS)
        || (error.code == INTERNAL && error.data.is_none() && (text.is_empty() || says(INTERNAL_WORDS)))
}

/// Whether attached data is what a call returned: bytes in hexadecimal, alone or inside an object as some nodes have it.
fn carries_bytes(data: &serde_json::Value) -> bool {
    let bytes = |value: &serde_json::Value| {
        value
            .as_str()
            .is_some_and(|text| text.starts_with("0x") || text.to_ascii_lowercase().contains("revert"))
    };
    bytes(data) || data.get("data").is_some_and(bytes) || data.get("result").is_some_and(bytes)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_busy_server_is_not_a_contract_that_reverts() {
        let check = |status: u16, code: i64, message: &str, data: Value, expected: bool| {
            let data = Some(data).filter(|data| !data.is_null());
            let error = rpc::NodeError { code, message: message.to_owned(), data };
            assert_eq!(is_busy(status, &error), expected, "{status} {error:?}");
        };
        let none = Value::Null;
        check(200, -32005, "limit exceeded", none.clone(), true);
        check(200, -32603, "Internal error", none.clone(), true);
        check(200, -32603, "Internal JSON-RPC error.", none.clone(), true);
        check(200, -32000, "Too Many Requests", none.clone(), true);
        check(200, -32000, "header not found", none.clone(), true);
        check(429, -32000, "slow down", none.clone(), true);
        check(503, -32000, "no", none.clone(), true);
        check(200, -32002, "request timed out", none.clone(), true);
        // What a contract says, whatever words it chose, and whatever the server made of them.
        check(200, 3, "execution reverted: rate limit", json!("0x08c379a0"), false);
        check(500, 3, "execution reverted", json!("0x"), false);
        check(500, -32603, "Error: VM Exception while processing transaction: reverted", none.clone(), false);
        check(200, -32603, "Internal JSON-RPC error.", json!({ "code": 3, "data": "0x08c379a0" }), false);
        check(200, -32015, "VM execution error: timeout", json!("Reverted 0x08c379a0"), false);
        check(200, -32000, "out of gas", none.clone(), false);
        // What every node would say.
        check(200, -32601, "the method does not exist", none.clone(), false);
        check(200, -32602, "invalid params", none.clone(), false);
        check(200, -32000, "nonce too low", none.clone(), false);
        check(200, -32000, "insufficient funds for gas * price + value", none, false);
    }
}
