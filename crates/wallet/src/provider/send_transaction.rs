//! `eth_sendTransaction` (EIP-1474): `[transaction]`, with the members of execution-apis' GenericTransaction that a
//! wallet can honour.

use candor_chain::quantity;
use candor_primitives::{Bytes, ChainId, U256};
use candor_protocol::page::PageError;
use serde_json::{Map, Value};

use super::{
    Answered, Question,
    error::invalid_params,
    params,
    switch_chain::{chain_id, short},
};
use crate::{
    Wallet,
    records::{Asked, AskedAccessList, AskedFees, Body, TransactionDraft},
};

const ALLOWED: [&str; 14] = [
    "accessList",
    "chainId",
    "data",
    "from",
    "gas",
    "gasLimit",
    "gasPrice",
    "input",
    "maxFeePerGas",
    "maxPriorityFeePerGas",
    "nonce",
    "to",
    "type",
    "value",
];
/// The longest call data, in bytes: twice the code size limit of EIP-3860, plus room for arguments.
const LONGEST_INPUT: usize = 128 * 1024;
/// The most entries of an access list, addresses and keys together.
const MOST_ENTRIES: usize = 1000;

impl Wallet {
    pub(super) fn eth_send_transaction(&mut self, mut question: Question<'_>) -> Answered {
        let fields = params::single_object(question.params.take())?;
        let from = text(&fields, "from")?.ok_or_else(|| invalid_params("“from” is missing."))?;
        let from = self.permitted(&question.page.origin, params::address(from, "from")?)?;
        let asked = asked_transaction(question.chain, &fields)?;
        let draft = TransactionDraft { asked, fixed: None, problem: None };
        self.request_from_page(question, Some(from), Body::Transaction(Box::new(draft)))
    }
}

fn asked_transaction(chain: ChainId, fields: &Map<String, Value>) -> Result<Asked, PageError> {
    if let Some(unknown) = fields.keys().find(|key| !ALLOWED.contains(&key.as_str())) {
        return Err(invalid_params(&match unknown.as_str() {
            "authorizationList" => "Sites cannot hand over an account’s control (EIP-7702).".to_owned(),
            unknown => {
                format!("“{}” is not a member of a transaction that can be sent.", short(unknown))
            }
        }));
    }
    if present(fields, "chainId").is_some() && chain_id(fields)? != chain {
        return Err(invalid_params("“chainId” is not the network that this site uses now."));
    }
    if let Some(kind) = text(fields, "type")?
        && !matches!(kind, "0x0" | "0x1" | "0x2" | "0x00" | "0x01" | "0x02")
    {
        return Err(invalid_params("“type” must be 0x0, 0x1 or 0x2."));
    }
    let asked = Asked {
        gas: small(fields, "gas")?.or(small(fields, "gasLimit")?),
        nonce: small(fields, "nonce")?,
        fees: fees(fields)?,
        access_list: access_list(fields)?,
        ..asked_call(fields)?
    };
    if asked.nonce == Some(u64::MAX) {
        return Err(invalid_params("“nonce” is too large."));
    }
    if asked.gas.is_some_and(|gas| gas < 21_000) {
        return Err(invalid_params("“gas” is less than any transaction needs."));
    }
    Ok(asked)
}

/// What is to happen: receiver, value and data. Everything else is the wallet's to choose.
pub(super) fn asked_call(fields: &Map<String, Value>) -> Result<Asked, PageError> {
    let to = text(fields, "to")?.map(|to| params::address(to, "to")).transpose()?;
    let input = input(fields)?;
    if to.is_none() && input.is_empty() {
        return Err(invalid_params("“to” is missing, and there is no code to publish in “data”."));
    }
    Ok(Asked {
        to,
        value: Some(number(fields, "value")?.unwrap_or(U256::ZERO)),
        input,
        gas: None,
        nonce: None,
        fees: AskedFees::Open,
        access_list: None,
    })
}

/// A member that is there and not null.
pub(super) fn present<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    fields.get(name).filter(|value| !value.is_null())
}

pub(super) fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, PageError> {
    match present(fields, name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(invalid_params(&format!("“{name}” must be text."))),
    }
}

fn number(fields: &Map<String, Value>, name: &str) -> Result<Option<U256>, PageError> {
    let Some(text) = text(fields, name)? else { return Ok(None) };
    quantity::strict(text).map(Some).map_err(|wrong| invalid_params(&format!("“{name}” is wrong: {wrong}.")))
}

fn small(fields: &Map<String, Value>, name: &str) -> Result<Option<u64>, PageError> {
    let too_large = || invalid_params(&format!("“{name}” is too large."));
    number(fields, name)?.map(|number| u64::try_from(number).map_err(|_| too_large())).transpose()
}

fn wei(fields: &Map<String, Value>, name: &str) -> Result<Option<u128>, PageError> {
    let too_large = || invalid_params(&format!("“{name}” is too large."));
    number(fields, name)?.map(|number| u128::try_from(number).map_err(|_| too_large())).transpose()
}

/// `data`, or `input` as nodes call it; both only if they say the same.
fn input(fields: &Map<String, Value>) -> Result<Bytes, PageError> {
    let read = |name: &str| -> Result<Option<Bytes>, PageError> {
        let Some(text) = text(fields, name)? else { return Ok(None) };
        quantity::data(text)
            .map(Some)
            .map_err(|wrong| invalid_params(&format!("“{name}” is wrong: {wrong}.")))
    };
    let input = match (read("data")?, read("input")?) {
        (Some(data), Some(input)) if data != input => {
            return Err(invalid_params("“data” and “input” say different things."));
        }
        (data, input) => data.or(input).unwrap_or_default(),
    };
    if input.len() > LONGEST_INPUT {
        return Err(invalid_params("“data” is too long."));
    }
    Ok(input)
}

fn fees(fields: &Map<String, Value>) -> Result<AskedFees, PageError> {
    let gas_price = wei(fields, "gasPrice")?;
    let max_fee = wei(fields, "maxFeePerGas")?;
    let priority = wei(fields, "maxPriorityFeePerGas")?;
    match (gas_price, max_fee, priority) {
        (None, None, None) => Ok(AskedFees::Open),
        (Some(gas_price), None, None) => Ok(AskedFees::Legacy { gas_price }),
        (None, max_fee, priority) => {
            if let (Some(max_fee), Some(priority)) = (max_fee, priority)
                && priority > max_fee
            {
                return Err(invalid_params("“maxPriorityFeePerGas” is above “maxFeePerGas”."));
            }
            Ok(AskedFees::Dynamic { max_fee, priority })
        }
        (Some(_), _, _) => Err(invalid_params(
            "“gasPrice” cannot be combined with “maxFeePerGas” or “maxPriorityFeePerGas”.",
        )),
    }
}

fn access_list(fields: &Map<String, Value>) -> Result<Option<AskedAccessList>, PageError> {
    let Some(list) = present(fields, "accessList") else { return Ok(None) };
    let wrong = || invalid_params("“accessList” must be a list of addresses with their storage keys.");
    let mut entries = 0;
    let mut result = Vec::new();
    for item in list.as_array().ok_or_else(wrong)? {
        let address = item.get("address").and_then(Value::as_str).ok_or_else(wrong)?;
        let keys = item.get("storageKeys").and_then(Value::as_array).ok_or_else(wrong)?;
        entries += 1 + keys.len();
        if entries > MOST_ENTRIES {
            return Err(invalid_params("“accessList” is too long."));
        }
        let keys =
            keys.iter().map(|key| quantity::b256(key.as_str().unwrap_or_default()).map_err(|_| wrong()));
        result.push((params::address(address, "accessList")?, keys.collect::<Result<_, _>>()?));
    }
    Ok(Some(result))
}
