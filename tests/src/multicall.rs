//! Multicall3 as it is deployed: every call by itself.

use alloy_sol_types::{SolCall, sol};
use candor_primitives::{Address, Bytes, address};
use serde_json::{Value, json};

use crate::chain::{Answer, Chain, node_error};

/// Where it is.
pub(crate) const CONTRACT: Address = address!("0xcA11bde05977b3631167028862bE2a173976CA11");

sol! {
    struct Call3 { address target; bool allowFailure; bytes callData; }
    struct Result3 { bool success; bytes returnData; }
    function aggregate3(Call3[] calls) returns (Result3[] results);
    function getEthBalance(address account) returns (uint256 balance);
}

impl Chain {
    pub(crate) fn aggregate(&self, data: &str) -> Answer {
        let data = hex::decode(data.trim_start_matches("0x")).unwrap_or_default();
        let Ok(asked) = aggregate3Call::abi_decode(&data) else {
            return Err(node_error(3, "execution reverted"));
        };
        let results = asked.calls.iter().map(|call| self.one(call)).collect();
        Ok(json!(Bytes::from(aggregate3Call::abi_encode_returns(&results))))
    }

    fn one(&self, call: &Call3) -> Result3 {
        if call.target == CONTRACT
            && let Ok(asked) = getEthBalanceCall::abi_decode(&call.callData)
        {
            let coins = self.coins_of(asked.account);
            return Result3 { success: true, returnData: coins.to_be_bytes::<32>().into() };
        }
        let bytes = |value: &Value| value.as_str().and_then(|text| text.parse::<Bytes>().ok());
        match self.call(&json!([{ "to": call.target, "data": call.callData }, "latest"])) {
            Ok(value) => Result3 { success: true, returnData: bytes(&value).unwrap_or_default() },
            Err(_) => Result3 { success: false, returnData: Bytes::new() },
        }
    }
}
