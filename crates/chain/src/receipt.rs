//! What became of a transaction: `eth_getTransactionReceipt`.

use candor_primitives::{Address, B256, U256};
use serde_json::Value;

use crate::quantity;

/// How a mined transaction ended (EIP-658).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TxOutcome {
    /// It did what it was sent for.
    Worked,
    /// A contract refused; everything but the fee is as before.
    Reverted,
}

/// A mined transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Which one.
    pub transaction: B256,
    /// How it ended.
    pub outcome: TxOutcome,
    /// In which block.
    pub block_number: u64,
    /// The hash of that block; a different one later means that the network reorganised.
    pub block_hash: B256,
    /// Gas used.
    pub gas_used: u64,
    /// Price per gas in wei; absent on nodes that predate London.
    pub effective_gas_price: Option<u128>,
    /// What an OP Stack network charged on top for publishing the data, in wei.
    pub publishing_fee: U256,
    /// The contract that was created, if one was.
    pub created: Option<Address>,
}

/// The endpoint sent something that is no receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the receipt has no valid {0}")]
pub struct ReceiptError(pub &'static str);

impl Receipt {
    /// Reads the result; `None` while the transaction is not mined (`null`, or a receipt without a block).
    ///
    /// # Errors
    /// A receipt whose essential fields are missing or malformed: ask another endpoint.
    pub fn parse(result: &Value) -> Result<Option<Self>, ReceiptError> {
        let field = |name: &str| result.get(name).filter(|value| !value.is_null());
        if result.is_null() || (result.is_object() && field("blockNumber").is_none()) {
            return Ok(None);
        }
        let u64_of =
            |name| field(name).and_then(|v| quantity::tolerant_u64(v).ok()).ok_or(ReceiptError(name));
        let hash_of = |name| {
            field(name).and_then(Value::as_str).and_then(|v| quantity::b256(v).ok()).ok_or(ReceiptError(name))
        };
        Ok(Some(Self {
            transaction: hash_of("transactionHash")?,
            outcome: match u64_of("status")? {
                0 => TxOutcome::Reverted,
                1 => TxOutcome::Worked,
                _ => return Err(ReceiptError("status")),
            },
            block_number: u64_of("blockNumber")?,
            block_hash: hash_of("blockHash")?,
            gas_used: u64_of("gasUsed")?,
            effective_gas_price: field("effectiveGasPrice").and_then(|v| quantity::tolerant_u128(v).ok()),
            publishing_fee: field("l1Fee").and_then(|v| quantity::tolerant(v).ok()).unwrap_or_default(),
            created: field("contractAddress").and_then(Value::as_str).and_then(|v| quantity::address(v).ok()),
        }))
    }

    /// What the transaction cost beside its value, in wei, if the price is known.
    #[must_use]
    pub fn fee(&self) -> Option<U256> {
        let price = U256::from(self.effective_gas_price?);
        Some((U256::from(self.gas_used) * price).saturating_add(self.publishing_fee))
    }

    /// Whether all gas was used, which is how running out of it looks from outside.
    #[must_use]
    pub fn ran_out_of_gas(&self, gas_limit: u64) -> bool {
        self.outcome == TxOutcome::Reverted && self.gas_used >= gas_limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn anvil() -> Value {
        json!({
            "type": "0x2", "status": "0x1", "cumulativeGasUsed": "0x5208", "logs": [], "logsBloom": "0x00",
            "transactionHash": format!("0x{}", "11".repeat(32)), "transactionIndex": "0x0",
            "blockHash": format!("0x{}", "22".repeat(32)), "blockNumber": "0x10", "gasUsed": "0x5208",
            "effectiveGasPrice": "0x3b9aca00", "blobGasPrice": "0x1",
            "from": "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
            "to": "0x70997970c51812dc3a010c7d01b50e0d17dc79c8", "contractAddress": null
        })
    }

    fn with(name: &str, value: Value) -> Value {
        let mut receipt = anvil();
        receipt[name] = value;
        receipt
    }

    #[test]
    fn receipts() {
        let check = |result: Value, expected: Result<Option<(TxOutcome, Option<u64>)>, &'static str>| {
            let found = Receipt::parse(&result)
                .map(|receipt| receipt.map(|r| (r.outcome, r.fee().map(|fee| fee.to::<u64>()))))
                .map_err(|error| error.0);
            assert_eq!(found, expected, "{result}");
        };
        let fee = 21_000_000_000_000;
        check(anvil(), Ok(Some((TxOutcome::Worked, Some(fee)))));
        check(with("status", json!("0x0")), Ok(Some((TxOutcome::Reverted, Some(fee)))));
        check(with("status", json!(1)), Ok(Some((TxOutcome::Worked, Some(fee)))));
        check(with("l1Fee", json!("0x64")), Ok(Some((TxOutcome::Worked, Some(fee + 100)))));
        check(with("effectiveGasPrice", json!(null)), Ok(Some((TxOutcome::Worked, None))));
        check(with("blockNumber", json!(null)), Ok(None));
        check(json!(null), Ok(None));
        check(json!({}), Ok(None));
        check(with("status", json!(null)), Err("status"));
        check(with("status", json!("0x2")), Err("status"));
        check(with("gasUsed", json!("many")), Err("gasUsed"));
        check(with("blockHash", json!("0x22")), Err("blockHash"));
        check(with("transactionHash", json!(null)), Err("transactionHash"));
        check(json!("0x1"), Err("transactionHash"));
        check(json!([]), Err("transactionHash"));
    }

    #[test]
    fn running_out_of_gas() {
        let check = |status: &str, limit: u64, expected: bool| {
            let receipt = Receipt::parse(&with("status", json!(status))).unwrap().unwrap();
            assert_eq!(receipt.ran_out_of_gas(limit), expected);
        };
        check("0x0", 21_000, true);
        check("0x0", 21_001, false);
        check("0x1", 21_000, false);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text: String, number: u64) {
            for field in ["status", "gasUsed", "blockNumber", "blockHash", "effectiveGasPrice", "l1Fee", "contractAddress"] {
                let _ = (Receipt::parse(&with(field, json!(text))), Receipt::parse(&with(field, json!(number))));
            }
        }
    }
}
