//! Which node methods a page may reach, as a closed table.
//!
//! Methods that the wallet answers itself (accounts, signatures, permissions, the chain id) never get here. What
//! is in the table is forwarded to a node with the answer untouched; what is refused on purpose is refused with
//! a sentence; the rest is unknown (EIP-1193 code 4200).

/// What happens to a method that the wallet does not answer itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodClass {
    /// Read-only, or carrying a signature of its own: goes to a node.
    Forwarded,
    /// Makes a subscription or a filter, or is about one. They are kept by the document that made them and told by
    /// polling ([`crate::watch`]), so that any node will do, and none has to remember anything.
    Watched,
    /// Known, and not offered: code 4200 with this sentence.
    Refused(&'static str),
    /// Not a method we know: code 4200.
    Unknown,
}

/// Read-only methods of ethereum/execution-apis and the few beside it that dApps use on public nodes, sorted.
const FORWARDED: &[&str] = &[
    "eth_blobBaseFee",
    "eth_blockNumber",
    "eth_call",
    "eth_capabilities",
    "eth_config",
    "eth_createAccessList",
    "eth_estimateGas",
    "eth_feeHistory",
    "eth_gasPrice",
    "eth_getAccount",
    "eth_getAccountInfo",
    "eth_getBalance",
    "eth_getBlockAccessList",
    "eth_getBlockByHash",
    "eth_getBlockByNumber",
    "eth_getBlockReceipts",
    "eth_getBlockTransactionCountByHash",
    "eth_getBlockTransactionCountByNumber",
    "eth_getCode",
    "eth_getHeaderByHash",
    "eth_getHeaderByNumber",
    "eth_getLogs",
    "eth_getProof",
    "eth_getRawTransactionByHash",
    "eth_getStorageAt",
    "eth_getStorageValues",
    "eth_getTransactionByBlockHashAndIndex",
    "eth_getTransactionByBlockNumberAndIndex",
    "eth_getTransactionByHash",
    "eth_getTransactionCount",
    "eth_getTransactionReceipt",
    "eth_getUncleByBlockHashAndIndex",
    "eth_getUncleByBlockNumberAndIndex",
    "eth_getUncleCountByBlockHash",
    "eth_getUncleCountByBlockNumber",
    "eth_maxPriorityFeePerGas",
    "eth_protocolVersion",
    "eth_sendRawTransaction",
    "eth_sendRawTransactionSync",
    "eth_simulateV1",
    "eth_syncing",
    "net_listening",
    "net_peerCount",
    "web3_sha3",
];

/// Methods of subscriptions and filters, sorted.
const WATCHED: &[&str] = &[
    "eth_getFilterChanges",
    "eth_getFilterLogs",
    "eth_newBlockFilter",
    "eth_newFilter",
    "eth_newPendingTransactionFilter",
    "eth_subscribe",
    "eth_uninstallFilter",
    "eth_unsubscribe",
];

/// Everything that goes to a node.
pub fn forwarded() -> impl Iterator<Item = &'static str> {
    FORWARDED.iter().copied()
}

/// Whether `method` goes to a node.
#[must_use]
pub fn is_forwarded(method: &str) -> bool {
    classify(method) == MethodClass::Forwarded
}

/// What becomes of `method`. Names are compared exactly; JSON-RPC method names are case-sensitive.
#[must_use]
pub fn classify(method: &str) -> MethodClass {
    let is_in = |table: &[&str]| table.binary_search(&method).is_ok();
    if is_in(FORWARDED) {
        MethodClass::Forwarded
    } else if is_in(WATCHED) {
        MethodClass::Watched
    } else {
        refusal(method).map_or(MethodClass::Unknown, MethodClass::Refused)
    }
}

fn refusal(method: &str) -> Option<&'static str> {
    Some(match method {
        "eth_sign" => {
            "eth_sign is not offered: it signs a number that nobody can read. Use personal_sign or eth_signTypedData_v4."
        }
        "eth_signTransaction" => {
            "eth_signTransaction is not offered: a signed transaction could be sent at any later time. Use eth_sendTransaction."
        }
        "eth_signTypedData_v2" => "This version of typed data is not offered. Use eth_signTypedData_v4.",
        "eth_mining" | "eth_hashrate" | "eth_getWork" | "eth_submitWork" | "eth_submitHashrate" => {
            "Mining methods are not offered: the wallet uses public nodes."
        }
        "eth_getCompilers" | "eth_compileLLL" | "eth_compileSerpent" | "eth_compileSolidity" => {
            "Compilers were removed from nodes long ago."
        }
        _ => match method.split('_').next().unwrap_or_default() {
            "admin" | "miner" | "clique" | "engine" | "les" | "db" | "shh" | "bzz" => {
                "Methods that administer a node are not offered."
            }
            "personal" => "Accounts that live in a node are not offered. Use the accounts of this wallet.",
            "debug" | "trace" | "txpool" | "parity" | "erigon" | "ots" => {
                "Debugging methods are not offered: public nodes do not answer them. Use a node of your own."
            }
            "anvil" | "hardhat" | "evm" | "ganache" => {
                "Methods that control a development chain are not offered. Call the chain directly."
            }
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(FORWARDED.is_sorted() && WATCHED.is_sorted());
    }

    #[test]
    fn every_method_has_its_class() {
        let check = |method: &str, expected: &str| {
            let found = match classify(method) {
                MethodClass::Forwarded => "forwarded",
                MethodClass::Watched => "watched",
                MethodClass::Refused(why) => {
                    assert!(why.ends_with('.'), "{why}");
                    "refused"
                }
                MethodClass::Unknown => "unknown",
            };
            assert_eq!(found, expected, "{method}");
        };
        for method in FORWARDED {
            check(method, "forwarded");
        }
        for method in WATCHED {
            check(method, "watched");
        }
        for method in [
            "eth_sign",
            "eth_signTransaction",
            "eth_signTypedData_v2",
            "eth_mining",
            "debug_traceCall",
            "personal_importRawKey",
            "anvil_setBalance",
            "evm_mine",
            "admin_addPeer",
        ] {
            check(method, "refused");
        }
        for method in [
            "",
            "_",
            "eth_",
            "eth_Call",
            "ETH_CALL",
            " eth_call",
            "eth_call ",
            "wallet_foo",
            "personal_sign2",
            "constructor",
            "__proto__",
        ] {
            let expected = if method.starts_with("personal_") { "refused" } else { "unknown" };
            check(method, expected);
        }
    }
}
