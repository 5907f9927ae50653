//! What is asked of a node before a transaction can be agreed to.

use candor_chain::{
    NodeError, arbitrum, erc20, fees,
    op_stack::{self, OperatorFee},
    quantity,
};
use candor_primitives::{Address, Bytes, U256};
use serde_json::{Value, json};

use super::prepare::Part;
use crate::{
    gateway::brief,
    records::{Asked, Basis, Fixed, Request, TransactionDraft},
};

pub(super) type Question = (Part, &'static str, Value);

/// What has to be asked once for all transactions of a request.
pub(super) fn common_questions(from: Address) -> [Question; 5] {
    [
        (Part::Latest, "eth_getTransactionCount", json!([from, "latest"])),
        (Part::Pending, "eth_getTransactionCount", json!([from, "pending"])),
        (Part::Balance, "eth_getBalance", json!([from, "latest"])),
        (Part::History, "eth_feeHistory", fees::history_params()),
        (Part::GasPrice, "eth_gasPrice", json!([])),
    ]
}

/// The parameters of `eth_simulateV1` for calls one after the other.
pub(super) fn rehearsal(from: Address, drafts: &[TransactionDraft]) -> Value {
    let calls: Value = drafts.iter().map(|draft| estimated(from, &draft.asked)).collect();
    json!([{ "blockStateCalls": [{ "calls": calls }] }, "latest"])
}

/// How one of the rehearsed calls went: the work to allow, or why it failed; nothing if there was no rehearsal.
///
/// The work that was used can be less than what has to be allowed: some is given back at the end (EIP-3529: at most a
/// fifth), and a call hands on at most 63 of 64 parts (EIP-150).
pub(super) fn rehearsed(answer: &Value, call: usize) -> Option<Result<u64, NodeError>> {
    let result = answer.get(0)?.get("calls")?.get(call)?;
    if result.get("status").and_then(Value::as_str) == Some("0x1") {
        let used = quantity::tolerant_u64(result.get("gasUsed")?).ok()?;
        return Some(Ok(used.saturating_add(used / 2)));
    }
    let error = result.get("error")?;
    let message = error.get("message").and_then(Value::as_str).unwrap_or_default();
    // As the answer to an estimate would have it.
    let data = error.get("data").or_else(|| result.get("returnData")).cloned();
    Some(Err(brief(NodeError { code: 3, message: message.to_owned(), data })))
}

/// What has to be asked for this transaction alone.
pub(super) fn questions(from: Address, asked: &Asked) -> Vec<Question> {
    let call = |data: Bytes, to: Address| json!([{ "to": to, "data": data }, "latest"]);
    let part = if asked.gas.is_none() { Part::Estimate } else { Part::Trial };
    let mut questions = vec![(part, "eth_estimateGas", json!([estimated(from, asked)]))];
    if let Some(to) = asked.to {
        questions.push((Part::Code, "eth_getCode", json!([to, "latest"])));
        if let Some(spender) = super::meaning::token_call(&asked.input) {
            questions.push((Part::Symbol, "eth_call", call(erc20::symbol(), to)));
            questions.push((Part::Decimals, "eth_call", call(erc20::decimals(), to)));
            if let Some(spender) = spender {
                questions.push((Part::Allowance, "eth_call", call(erc20::allowance(from, spender), to)));
            }
        }
    }
    questions
}

/// What publishing costs on a network of the OP Stack, of the bytes as they will be at the most: numbers that are not
/// known yet are as long as any that can be expected, and cannot be compressed.
pub(super) fn publishing_question(request: &Request, draft: &TransactionDraft) -> Option<Question> {
    let longest = Fixed {
        nonce: 0x9d_3b57,
        usual_nonce: 0,
        usual_price: None,
        gas_limit: 0xe7_a31d,
        gas_expected: 0,
        fees: (0x2f_9d53_c1a7, Some(0x1c_8b42_d9e6)),
        price_expected: 0,
        publishing_fee: U256::ZERO,
        value: draft.asked.value.unwrap_or(U256::from(0x0d7e_91b3_4ac5_f682_1e97_u128)),
        receiver_is_contract: None,
        token: None,
        allowance: None,
        balance: None,
        basis: Basis::default(),
    };
    let draft = TransactionDraft { asked: draft.asked.clone(), fixed: Some(longest), problem: None };
    let unsigned = super::meaning::prepared(request, &draft)?.unsigned();
    let call = json!({ "to": op_stack::GAS_PRICE_ORACLE, "data": op_stack::publishing_fee(&unsigned) });
    Some((Part::Publishing, "eth_call", json!([call, "latest"])))
}

/// What the operator of a network of the OP Stack takes, as far as it takes anything.
pub(super) fn operator_questions() -> [Question; 2] {
    [(Part::OperatorEach, 0), (Part::OperatorMuch, OperatorFee::MUCH)].map(|(part, gas)| {
        let call = json!({ "to": op_stack::GAS_PRICE_ORACLE, "data": OperatorFee::call(gas) });
        (part, "eth_call", json!([call, "latest"]))
    })
}

/// How much of the work is for publishing, on a network of Arbitrum.
pub(super) fn publishing_work_question(from: Address, asked: &Asked) -> Question {
    let data = arbitrum::gas_components(asked.to, &asked.input);
    let value = quantity::encode(asked.value.unwrap_or_default());
    let call = json!({ "from": from, "to": arbitrum::NODE_INTERFACE, "data": data, "value": value });
    (Part::PublishingWork, "eth_call", json!([call, "latest"]))
}

fn estimated(from: Address, asked: &Asked) -> Value {
    let mut call = json!({ "from": from, "value": quantity::encode(asked.value.unwrap_or_default()) });
    if let Some(to) = asked.to {
        call["to"] = json!(to);
    }
    if !asked.input.is_empty() {
        call["data"] = json!(asked.input);
    }
    if let Some(list) = &asked.access_list {
        call["accessList"] =
            list.iter().map(|(address, keys)| json!({ "address": address, "storageKeys": keys })).collect();
    }
    call
}
