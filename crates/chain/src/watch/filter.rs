//! What a page may want to be told, checked before any node is asked.

use candor_primitives::ChainId;
use serde_json::{Map, Value};

use super::{Of, Watch};
use crate::quantity;

/// The longest filter of events, in bytes of JSON: as many as one document may have still fit into one message.
const LONGEST: usize = 24 * 1024;

/// What is wrong with the parameters, as one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct WatchError(pub &'static str);

impl Watch {
    /// What `eth_subscribe` asks for.
    ///
    /// # Errors
    /// A parameter is missing or wrong.
    pub fn subscription(chain: ChainId, params: &[Value]) -> Result<Self, WatchError> {
        let second = params.get(1).unwrap_or(&Value::Null);
        let of = match params.first().and_then(Value::as_str) {
            Some("newHeads") => Of::Heads,
            Some("logs") => Of::Logs(query(second)?),
            Some("newPendingTransactions") if *second == Value::Bool(true) => {
                return Err(WatchError("Of pending transactions only the hashes are offered."));
            }
            Some("newPendingTransactions") => Of::Pending(None),
            Some("syncing") => Of::Syncing(None),
            _ => {
                return Err(WatchError(
                    "The first parameter must be newHeads, logs, newPendingTransactions or syncing.",
                ));
            }
        };
        Ok(Self::new(chain, of))
    }

    /// What `eth_newFilter`, `eth_newBlockFilter` or `eth_newPendingTransactionFilter` asks for.
    ///
    /// # Errors
    /// A parameter is missing or wrong.
    pub fn filter(chain: ChainId, method: &str, params: &[Value]) -> Result<Self, WatchError> {
        Ok(Self::new(
            chain,
            match method {
                "eth_newBlockFilter" => Of::Hashes,
                "eth_newPendingTransactionFilter" => Of::Pending(None),
                _ => Of::Logs(query(params.first().unwrap_or(&Value::Null))?),
            },
        ))
    }
}

/// The part of a filter that says which events: `address` and `topics`. New events are told whatever its blocks.
pub(super) fn query(filter: &Value) -> Result<Map<String, Value>, WatchError> {
    let filter = filter.as_object().ok_or(WatchError("The filter must be an object."))?;
    if filter.get("blockHash").is_some_and(|hash| !hash.is_null()) {
        return Err(WatchError("“blockHash” names a block that is there already. Use eth_getLogs."));
    }
    let mut query = Map::new();
    if let Some(address) = filter.get("address").filter(|address| !address.is_null()) {
        let right = |value: &Value| value.as_str().is_some_and(|text| quantity::address(text).is_ok());
        if !right(address) && !address.as_array().is_some_and(|list| list.iter().all(right)) {
            return Err(WatchError("“address” must be an address or a list of addresses."));
        }
        query.insert("address".to_owned(), address.clone());
    }
    if let Some(topics) = filter.get("topics").filter(|topics| !topics.is_null()) {
        let right = |value: &Value| value.as_str().is_some_and(|text| quantity::b256(text).is_ok());
        let right = |value: &Value| match value {
            Value::Null => true,
            Value::Array(any) => any.iter().all(|one| one.is_null() || right(one)),
            one => right(one),
        };
        if !topics.as_array().is_some_and(|list| list.len() <= 4 && list.iter().all(right)) {
            return Err(WatchError(
                "“topics” must be a list of at most four, each null, 32 bytes or a list of these.",
            ));
        }
        query.insert("topics".to_owned(), topics.clone());
    }
    if query.values().map(|value| value.to_string().len()).sum::<usize>() > LONGEST {
        return Err(WatchError("The filter is too large: over 24 KiB."));
    }
    Ok(query)
}
