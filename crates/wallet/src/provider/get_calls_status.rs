//! `wallet_getCallsStatus` (EIP-5792): `[id]`.

use std::collections::{BTreeMap, BTreeSet};

use candor_primitives::{B256, ChainId, Origin};
use candor_protocol::page::Outcome;
use serde_json::{Map, Value, json};

use super::{
    Answer, Answered, Channel, Question, error,
    error::{CallsError, invalid_params},
    params,
};
use crate::{
    Wallet,
    gateway::{Failure, Purpose},
    records::{Batch, TxState},
};

/// The most of these questions of one origin that are under way.
const MOST_ASKED: usize = 16;

/// A page's question that waits for receipts. It can be lost: the page sends it again.
#[derive(Debug)]
pub(crate) struct StatusAsk {
    channel: Channel,
    batch: Batch,
    chain: ChainId,
    outstanding: BTreeSet<B256>,
    receipts: BTreeMap<B256, Value>,
}

impl Wallet {
    /// What an origin asked for at once under this name.
    pub(super) fn batch(&self, origin: &Origin, id: &str) -> Option<&Batch> {
        self.transactions.batches.iter().find(|batch| batch.origin == *origin && batch.id == id)
    }

    /// The batch that the only parameter names, of a site that is connected.
    pub(super) fn named_batch(
        &self,
        question: &mut Question<'_>,
    ) -> Result<Batch, candor_protocol::page::PageError> {
        if self.visible_accounts(&question.page.origin).is_empty() {
            return Err(error::unauthorized("This site is not connected to an account."));
        }
        match params::positional(question.params.take())?.into_iter().next() {
            Some(Value::String(id)) => self
                .batch(&question.page.origin, &id)
                .cloned()
                .ok_or_else(|| error::calls(CallsError::Unknown)),
            _ => Err(invalid_params("The first parameter must be the “id” of calls, as text.")),
        }
    }

    pub(super) fn wallet_get_calls_status(&mut self, mut question: Question<'_>) -> Answered {
        let batch = self.named_batch(&mut question)?;
        // What is not remembered any more counts for nothing that a site may rely on.
        if batch.hashes.iter().any(|hash| self.sent(*hash).is_none()) {
            return Err(error::calls(CallsError::Unknown));
        }
        let same = |waits: &&StatusAsk| waits.batch.origin == batch.origin;
        if self.status_asks.values().filter(same).count() >= MOST_ASKED {
            return Err(error::too_many());
        }
        let left = |hash: &&B256| self.sent(**hash).is_some_and(|sent| sent.attempted.is_some());
        let outstanding: BTreeSet<B256> = batch.hashes.iter().filter(left).copied().collect();
        let first = batch.hashes.first().and_then(|hash| self.sent(*hash));
        let chain = first.map_or(question.chain, |sent| sent.chain);
        self.last_round += 1;
        let ask = self.last_round;
        let asked: Vec<B256> = outstanding.iter().copied().collect();
        let channel = question.channel;
        let waits = StatusAsk { channel, batch, chain, outstanding, receipts: BTreeMap::new() };
        self.status_asks.insert(ask, waits);
        for hash in asked {
            let purpose = Purpose::CallsReceipt { ask, hash };
            self.ask(chain, "eth_getTransactionReceipt", json!([hash]), purpose);
        }
        self.answer_status(ask);
        Ok(Answer::Forwarded)
    }

    /// A receipt, which the wallet learns from too.
    pub(crate) fn calls_receipt_arrived(&mut self, ask: u64, hash: B256, answer: Result<Value, Failure>) {
        self.receipt_arrived(hash, answer.clone());
        if let Some(waits) = self.status_asks.get_mut(&ask) {
            waits.outstanding.remove(&hash);
            if let Ok(receipt @ Value::Object(_)) = answer {
                waits.receipts.insert(hash, receipt);
            }
            self.answer_status(ask);
        }
    }

    fn answer_status(&mut self, ask: u64) {
        if self.status_asks.get(&ask).is_none_or(|waits| !waits.outstanding.is_empty()) {
            return;
        }
        let Some(StatusAsk { channel, batch, chain, receipts, .. }) = self.status_asks.remove(&ask) else {
            return;
        };
        let states: Vec<&TxState> =
            batch.hashes.iter().filter_map(|hash| Some(&self.sent(*hash)?.state)).collect();
        let included = states.iter().filter(|state| state.is_included()).count();
        let status = status(&states);
        let told: Vec<Value> =
            batch.hashes.iter().filter_map(|hash| receipts.get(hash)).map(receipt_for_page).collect();
        let outcome = if status != PENDING && told.len() < included {
            Outcome::Error(error::disconnected("No server of this network can be reached."))
        } else {
            Outcome::Result(json!({
                "version": "2.0.0", "id": batch.id, "chainId": chain.to_hex(), "status": status,
                "atomic": false, "receipts": told,
            }))
        };
        self.settle_channel(channel, outcome);
    }
}

const PENDING: u16 = 100;

/// The status codes of EIP-5792.
fn status(states: &[&TxState]) -> u16 {
    let any = |is: fn(&TxState) -> bool| states.iter().any(|state| is(state));
    let worked = any(|state| matches!(state, TxState::Worked { .. }));
    if any(TxState::is_open) {
        PENDING
    } else if !any(|state| !matches!(state, TxState::Worked { .. })) {
        200
    } else if worked {
        600
    } else if any(|state| matches!(state, TxState::Reverted { .. })) {
        500
    } else {
        400
    }
}

/// The members of a receipt that EIP-5792 names.
fn receipt_for_page(receipt: &Value) -> Value {
    let pick = |from: &Value, names: &[&str]| -> Value {
        let members = names.iter().filter_map(|name| Some(((*name).to_owned(), from.get(name)?.clone())));
        Value::Object(members.collect::<Map<_, _>>())
    };
    let mut told = pick(receipt, &["status", "blockHash", "blockNumber", "gasUsed", "transactionHash"]);
    let logs = receipt.get("logs").and_then(Value::as_array);
    told["logs"] = logs.into_iter().flatten().map(|log| pick(log, &["address", "data", "topics"])).collect();
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        use TxState::{Refused, Replaced, Reverted, Sent, Signed, Worked};
        let check = |states: &[TxState], expected: u16| {
            assert_eq!(status(&states.iter().collect::<Vec<_>>()), expected, "{states:?}");
        };
        let (worked, reverted) = (Worked { fee: None }, Reverted { fee: None });
        check(&[Signed, Signed], 100);
        check(&[worked.clone(), Sent], 100);
        check(&[reverted.clone(), Signed], 100);
        check(&[worked.clone(), worked.clone()], 200);
        check(&[Refused, Refused], 400);
        check(&[Replaced, Refused], 400);
        check(&[reverted.clone(), Refused], 500);
        check(&[worked.clone(), Replaced], 600);
        check(&[worked, reverted], 600);
    }
}
