//! What a node made of a signed transaction: the answers to `eth_sendRawTransaction`.
//!
//! Nodes agree on nothing here but the success. Codes are mostly -32000, so the wording decides, and the wording
//! differs between clients and versions; the tests name where each was seen.

use candor_primitives::B256;
use serde_json::Value;

use crate::quantity;
use crate::rpc::{NodeError, RpcError};

/// The answer, sorted by what to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Broadcast {
    /// It is on its way.
    Accepted,
    /// It was on its way already: the same as accepted.
    AlreadyKnown,
    /// Its number was used by another transaction, or it is mined already: look for its receipt before saying so.
    NonceTooLow,
    /// This node keeps no transaction whose predecessors it does not have: send those first, then the same bytes
    /// again.
    NonceTooHigh,
    /// The fee is too low.
    Underpriced {
        /// Another transaction with this number waits and would have to be outbid.
        replacement: bool,
    },
    /// The account cannot pay value and fee.
    InsufficientFunds,
    /// The node refused for another reason, in its own words; the same bytes will not be taken elsewhere either.
    Rejected(NodeError),
    /// No usable answer: the endpoint is down, busy, restricted or confused, and it is unknown whether it took the
    /// transaction. Send the same bytes to another.
    Unreachable,
}

impl Broadcast {
    /// Whether the network has the transaction now.
    #[must_use]
    pub const fn is_sent(&self) -> bool {
        matches!(self, Self::Accepted | Self::AlreadyKnown)
    }
}

/// Sorts the answer to the broadcast of the transaction whose hash is `expected`. An endpoint that names another
/// hash is confused or lying, so its answer counts for nothing.
#[must_use]
pub fn classify(expected: B256, answer: &Result<Value, RpcError>) -> Broadcast {
    match answer {
        Ok(Value::String(hash)) if quantity::b256(hash) == Ok(expected) => Broadcast::Accepted,
        Ok(_) | Err(RpcError::Malformed(_)) => Broadcast::Unreachable,
        Err(RpcError::Node(error)) => classify_error(error),
    }
}

/// Phrases in lower case, of which the first that occurs decides; the order matters where one contains another.
const PHRASES: &[(&[&str], Broadcast)] = &[
    (
        &[
            "already known",
            "alreadyknown",
            "already_known",
            "known transaction",
            "already imported",
            "already in mempool",
            "already in the mempool",
            "already in cache",
            "already exists in",
            "transaction already exists",
            "already in the system",
            "already in the pool",
            "already pooled",
            "alreadyimported",
            "existing tx with same hash",
        ],
        Broadcast::AlreadyKnown,
    ),
    (
        &[
            "replacement transaction underpriced",
            "replacement fee too low",
            "replacement_underpriced",
            "replacementnotallowed",
            "underpriced to replace",
            "another transaction with same nonce",
            "another tx which has the same nonce",
            "future transaction tries to replace pending",
            "new max fee per gas is too low to replace",
        ],
        Broadcast::Underpriced { replacement: true },
    ),
    (
        &[
            "nonce too low",
            "nonce is too low",
            "nonce_too_low",
            "oldnonce",
            "old nonce",
            "nonce has already been used",
            "invalid nonce; got",
            "nonce is lower than",
            "pool(stale)",
        ],
        Broadcast::NonceTooLow,
    ),
    (&["nonce too high", "noncegap", "gapped-nonce"], Broadcast::NonceTooHigh),
    (
        &[
            "insufficient funds",
            "insufficientfunds",
            "insufficient balance",
            "insufficient_funds",
            "not enough balance",
            "not enough funds",
            "doesn't have enough funds",
            "does not have enough funds",
            "exceeds account balance",
            "upfront cost exceeds",
            "would cause overdraft",
        ],
        Broadcast::InsufficientFunds,
    ),
    (
        &[
            "underpriced",
            "feetoolow",
            "fee too low",
            "less than block base fee",
            "lower than the block base fee",
            "below the minimum base fee",
            "fee cap less than",
            "gas price below configured minimum",
            "gas price supplied is too low",
            "gas price is too low",
            "gas price too low",
            "gas_price_too_low",
            "max fee per gas less than",
            "max fee per gas too low",
            "below minimum gas price",
            "tip cap too low",
            "less than gas price minimum",
            "unacceptable gas price",
            "try increasing the fee",
        ],
        Broadcast::Underpriced { replacement: false },
    ),
    (
        &[
            "rate limit",
            "ratelimit",
            "too many requests",
            "limit exceeded",
            "request limit",
            "quota",
            "timeout",
            "timed out",
            "unauthorized",
            "forbidden",
            "api key",
            "not available",
            "unavailable",
            "method not supported",
            "method is not supported",
            "not whitelisted",
            "does not exist",
            "method not found",
            "internal error",
            "internal server error",
            "txpool is full",
            "pool is full",
            "mempool is full",
            "pool full",
            "queue full",
            "network is unreachable",
            "no backend",
            "no available",
            "bad gateway",
        ],
        Broadcast::Unreachable,
    ),
];

/// JSON-RPC and common extensions (EIP-1474) for "not here, not now": method not found, internal error, resource
/// unavailable, method not supported, limit exceeded, and what large providers use for rate limits.
const ELSEWHERE: &[i64] = &[-32601, -32603, -32002, -32005, -32029, 429, 403, 401];

fn classify_error(error: &NodeError) -> Broadcast {
    let nested = error.data.as_ref().and_then(|data| data.as_str().or_else(|| data.get("message")?.as_str()));
    let text = format!("{}\n{}", error.message, nested.unwrap_or_default()).to_lowercase();
    let phrase = PHRASES.iter().find(|(phrases, _)| phrases.iter().any(|phrase| says(&text, phrase)));
    match phrase {
        Some((_, found)) => found.clone(),
        None if ELSEWHERE.contains(&error.code) => Broadcast::Unreachable,
        None => Broadcast::Rejected(error.clone()),
    }
}

/// Whether the phrase occurs from the beginning of a word: "unknown transaction type" is not a known transaction.
fn says(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text.split_at_checked(at).and_then(|(before, _)| before.chars().next_back());
        !before.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rpc::Malformed;
    use Broadcast as B;
    use proptest::prelude::*;
    use serde_json::json;

    const HASH: B256 = B256::repeat_byte(7);

    fn error(code: i64, message: &str) -> NodeError {
        NodeError { code, message: message.to_owned(), data: None }
    }

    #[test]
    fn successes_and_silence() {
        let check = |answer: Result<Value, RpcError>, expected: Broadcast| {
            assert_eq!(classify(HASH, &answer), expected);
        };
        check(Ok(json!(HASH.to_string())), B::Accepted);
        check(Ok(json!(B256::ZERO.to_string())), B::Unreachable);
        check(Ok(json!(null)), B::Unreachable);
        check(Ok(json!(true)), B::Unreachable);
        check(Err(Malformed::NotJson.into()), B::Unreachable);
        assert!(B::Accepted.is_sent() && B::AlreadyKnown.is_sent() && !B::NonceTooLow.is_sent());
    }

    #[test]
    fn what_nodes_say() {
        let check = |code: i64, message: &str, expected: Broadcast| {
            assert_eq!(classify(HASH, &Err(error(code, message).into())), expected, "{message}");
        };
        // geth, op-geth, bor, erigon, reth, Arbitrum Nitro
        check(-32000, "already known", B::AlreadyKnown);
        check(-32000, "known transaction: 0707", B::AlreadyKnown);
        check(-32000, "ALREADY_EXISTS: already known", B::AlreadyKnown);
        // Nethermind, Besu, OpenEthereum, anvil, ZKsync, Cosmos-based
        check(-32010, "AlreadyKnown", B::AlreadyKnown);
        check(-32000, "Known transaction", B::AlreadyKnown);
        check(-32010, "Transaction with the same hash was already imported.", B::AlreadyKnown);
        check(-32003, "transaction already imported", B::AlreadyKnown);
        check(3, "known transaction. transaction with hash 0x07 is already in the system", B::AlreadyKnown);
        check(-32000, "tx already in mempool", B::AlreadyKnown);
        check(-32000, "INTERNAL_ERROR: existing tx with same hash", B::AlreadyKnown);
        check(1013, "submit transaction to pool failed: Pool(AlreadyImported)", B::AlreadyKnown);

        check(-32000, "nonce too low", B::NonceTooLow);
        check(-32000, "nonce too low: address 0xf39F…, tx: 4 state: 5", B::NonceTooLow);
        check(-32003, "nonce too low", B::NonceTooLow);
        check(-32000, "nonce too low: next nonce 5, tx nonce 4", B::NonceTooLow);
        check(-32001, "Nonce too low", B::NonceTooLow);
        check(-32010, "OldNonce, Current nonce: 5, nonce of rejected tx: 4", B::NonceTooLow);
        check(-32010, "Transaction nonce is too low. Try incrementing the nonce.", B::NonceTooLow);
        check(
            -32000,
            "Nonce too low. Expected nonce to be 5 but got 4. Note that transactions can't be queued when automining.",
            B::NonceTooLow,
        );
        check(3, "nonce too low. allowed nonce range: 5 - 25, actual: 4", B::NonceTooLow);

        check(-32000, "nonce too high: address 0x11, tx: 9 state: 5", B::NonceTooHigh);
        check(-32010, "NonceGap, Future nonce. Expected nonce: 5", B::NonceTooHigh);
        check(3, "nonce too high. allowed nonce range: 5 - 25, actual: 99", B::NonceTooHigh);
        check(-32000, "gapped-nonce tx from delegated accounts", B::NonceTooHigh);

        check(-32000, "replacement transaction underpriced", B::Underpriced { replacement: true });
        check(-32003, "replacement transaction underpriced", B::Underpriced { replacement: true });
        check(-32000, "future transaction tries to replace pending", B::Underpriced { replacement: true });
        check(-32010, "ReplacementNotAllowed", B::Underpriced { replacement: true });
        check(
            -32010,
            "Transaction gas price 1wei is too low. There is another transaction with same nonce in the queue with gas price 2wei.",
            B::Underpriced { replacement: true },
        );
        check(-32000, "transaction underpriced", B::Underpriced { replacement: false });
        check(
            -32000,
            "transaction underpriced: gas tip cap 1, minimum needed 25000000000",
            B::Underpriced { replacement: false },
        );
        check(
            -32000,
            "max fee per gas less than block base fee: address 0xf3, maxFeePerGas: 1, baseFee: 7",
            B::Underpriced { replacement: false },
        );
        check(-32003, "max fee per gas less than block base fee", B::Underpriced { replacement: false });
        check(
            -32010,
            "FeeTooLow, MaxFeePerGas too low. MaxFeePerGas: 1, BaseFee: 7",
            B::Underpriced { replacement: false },
        );
        check(-32010, "FeeTooLowToCompete", B::Underpriced { replacement: false });
        check(-32009, "Gas price below configured minimum gas price", B::Underpriced { replacement: false });
        check(
            -32010,
            "Transaction gas price supplied is too low. Try increasing the gas price.",
            B::Underpriced { replacement: false },
        );
        check(3, "max fee per gas less than block base fee", B::Underpriced { replacement: false });

        check(
            -32000,
            "insufficient funds for gas * price + value: balance 0, tx cost 21000, overshot 21000",
            B::InsufficientFunds,
        );
        check(-32003, "Insufficient funds for gas * price + value", B::InsufficientFunds);
        check(-32010, "InsufficientFunds, Account balance: 0, cumulative cost: 21000", B::InsufficientFunds);
        check(-32004, "Upfront cost exceeds account balance", B::InsufficientFunds);
        check(
            -32010,
            "Insufficient funds. The account you tried to send transaction from does not have enough funds. Required 1 and got: 0.",
            B::InsufficientFunds,
        );
        check(
            -32000,
            "Sender doesn't have enough funds to send tx. The max upfront cost is: 1 and the sender's balance is: 0.",
            B::InsufficientFunds,
        );
        check(3, "insufficient balance for transfer. overshot 21000", B::InsufficientFunds);

        check(-32005, "daily request count exceeded, request rate limited", B::Unreachable);
        check(429, "slow down", B::Unreachable);
        check(-32603, "Internal JSON-RPC error.", B::Unreachable);
        check(-32601, "the method eth_sendRawTransaction does not exist/is not available", B::Unreachable);
        check(-32000, "txpool is full", B::Unreachable);
        check(-32000, "sequencer pending tx pool full, please try again", B::Unreachable);
        check(-32052, "API key is not allowed to access method", B::Unreachable);

        for (code, message) in [
            (-32000, "intrinsic gas too low: gas 20000, minimum needed 21000"),
            (-32000, "invalid sender"),
            (-32000, "invalid chain id for signer: have 1 want 8453"),
            (-32000, "exceeds block gas limit"),
            (-32000, "tx fee (1.20 ether) exceeds the configured cap (1.00 ether)"),
            (-32000, "max priority fee per gas higher than max fee per gas"),
            (-32000, "transaction type not supported"),
            (-32602, "unknown transaction type"),
            (-32000, "only replay-protected (EIP-155) transactions allowed over RPC"),
            (-32000, "intrinsic gas too low"),
            (-32003, "invalid chain id for signer"),
            (-32000, "intrinsic gas too high -- tx.gas_limit > env.block.gas_limit"),
            (-32602, "Failed to decode transaction"),
            (-32000, "Transaction gas limit exceeds block gas limit"),
            (-32010, "SenderIsContract"),
        ] {
            check(code, message, B::Rejected(error(code, message)));
        }
    }

    #[test]
    fn wrapped_messages_count() {
        let check = |data: Value, expected: Broadcast| {
            let error =
                NodeError { code: -32603, message: "Internal JSON-RPC error.".to_owned(), data: Some(data) };
            assert_eq!(classify(HASH, &Err(error.into())), expected);
        };
        check(json!({ "code": -32000, "message": "nonce too low" }), B::NonceTooLow);
        check(json!("already known"), B::AlreadyKnown);
        check(json!({ "message": 7 }), B::Unreachable);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(code: i64, message: String) {
            let _ = classify(HASH, &Err(error(code, &message).into()));
        }
    }
}
