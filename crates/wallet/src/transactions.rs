//! What was signed, until the chain has decided: sent, looked after, sent again with the same bytes.

use candor_chain::{Receipt, RpcError, TxOutcome, broadcast, broadcast::Broadcast, quantity};
use candor_primitives::{B256, Bytes, Millis};
use candor_protocol::{
    host::{AlarmName, Effect},
    notice::Notice,
    page::{Outcome, PageError},
    view::{ActivityView, TxStatus},
};
use serde_json::{Value, json};

use crate::{
    Wallet,
    gateway::{Failure, Purpose},
    outbox::Slice,
    provider::error,
    records::{Sent, State, TxState},
    requests::coins_up,
};

/// How often open transactions are looked after when nobody is watching; alarms cannot be more frequent.
const WATCH_EVERY: Millis = Millis::from_secs(30);
/// The most transactions that are remembered.
const MOST: usize = 1000;

impl Wallet {
    /// Sends the stored bytes, for the `first` time or again.
    pub(crate) fn broadcast(&mut self, hash: B256, first: bool) {
        let Some(sent) = self.sent(hash) else { return };
        let (chain, raw) = (sent.chain, sent.raw.clone());
        if !self.is_broadcasting(hash) {
            self.ask(chain, "eth_sendRawTransaction", json!([raw]), Purpose::Broadcast { hash, first });
        }
        self.set_watch_alarm();
    }

    pub(crate) fn broadcast_ended(&mut self, hash: B256, first: bool, answer: Result<Value, Failure>) {
        match answer {
            Err(Failure::Unreachable { sent: false }) if first => {
                let why = error::disconnected("No server of this network can be reached. Nothing was sent.");
                self.refuse_sent(hash, why);
            }
            // A server may have taken it: the same bytes are sent again until the chain decides.
            Err(Failure::Unreachable { .. }) => self.told(hash),
            Err(Failure::Node(node)) => match broadcast::classify(hash, &Err(RpcError::Node(node.clone()))) {
                Broadcast::Accepted | Broadcast::AlreadyKnown => self.taken(hash),
                Broadcast::Unreachable => self.told(hash),
                Broadcast::NonceTooLow
                | Broadcast::NonceTooHigh
                | Broadcast::Underpriced { .. }
                | Broadcast::InsufficientFunds
                | Broadcast::Rejected(_) => self.doubt(hash, error::of_node(node)),
            },
            Ok(value) => match broadcast::classify(hash, &Ok(value)) {
                Broadcast::Accepted => self.taken(hash),
                _ => self.told(hash),
            },
        }
    }

    fn taken(&mut self, hash: B256) {
        self.set_state(hash, TxState::Sent);
        self.told(hash);
        self.look_after(hash);
    }

    /// The page gets its hash.
    fn told(&mut self, hash: B256) {
        if let Some(request) = self.sent_mut(hash).and_then(|sent| sent.request.take()) {
            self.out.touch(Slice::Transactions);
            self.settle(request, Outcome::Result(json!(hash)));
        }
    }

    /// A node refuses it. It may have been included all the same, if the worker ended between sending and noting
    /// it: the receipt decides before anyone is told.
    fn doubt(&mut self, hash: B256, why: PageError) {
        if let Some(sent) = self.sent_mut(hash) {
            sent.refusal = Some(why);
            self.out.touch(Slice::Transactions);
            self.look_after(hash);
        }
    }

    /// Nothing came of it, and its page hears why. What its page was already given the hash of stays, for the chain
    /// to decide.
    fn refuse_sent(&mut self, hash: B256, why: PageError) {
        let Some(request) = self.sent_mut(hash).and_then(|sent| sent.request.take()) else { return };
        self.transactions.list.retain(|sent| sent.hash != hash);
        self.activity_changed();
        self.settle(request, Outcome::Error(why));
    }

    /// Asks the chain about one transaction.
    fn look_after(&mut self, hash: B256) {
        if let Some(chain) = self.sent(hash).filter(|sent| sent.state.is_open()).map(|sent| sent.chain) {
            self.ask(chain, "eth_getTransactionReceipt", json!([hash]), Purpose::Receipt { hash });
        }
    }

    /// Asks the chain about everything open; what no server had taken is sent again.
    pub(crate) fn watch_transactions(&mut self) {
        let open: Vec<(B256, bool)> = self
            .transactions
            .list
            .iter()
            .filter(|sent| sent.state.is_open())
            .map(|sent| (sent.hash, sent.state == TxState::Signed))
            .collect();
        for (hash, unsent) in &open {
            if *unsent {
                self.broadcast(*hash, false);
            } else {
                self.look_after(*hash);
            }
        }
        if !open.is_empty() {
            self.set_watch_alarm();
        }
    }

    /// After a wake: the worker may have ended between writing requests and writing transactions.
    pub(crate) fn match_requests_with_transactions(&mut self) {
        let (requests, sent) = (&mut self.requests.list, &mut self.transactions.list);
        let mut changed = false;
        sent.retain_mut(|sent| {
            let Some(id) = sent.request else { return true };
            match requests.iter().find(|request| request.id == id).map(|request| &request.state) {
                Some(State::Sending { hash }) if *hash == sent.hash => true,
                // Its page was told that nothing came of it.
                Some(State::Settled(Outcome::Error(_))) => {
                    changed = true;
                    false
                }
                _ => {
                    changed = true;
                    sent.request = None;
                    true
                }
            }
        });
        if changed {
            self.out.touch(Slice::Transactions);
        }
        for request in requests {
            if let State::Sending { hash } = request.state
                && !sent.iter().any(|sent| sent.hash == hash)
            {
                // Agreed to, but the signed bytes were not written and never left.
                request.state = State::Waiting;
                self.out.touch(Slice::Requests);
            }
        }
    }

    /// After a wake: what was signed and not known to be sent is sent again, with the same bytes.
    pub(crate) fn resume_transactions(&mut self) {
        let unsent: Vec<B256> = self
            .transactions
            .list
            .iter()
            .filter(|sent| sent.state == TxState::Signed)
            .map(|sent| sent.hash)
            .collect();
        for hash in unsent {
            self.broadcast(hash, false);
        }
        if self.transactions.list.iter().any(|sent| sent.state.is_open()) {
            self.set_watch_alarm();
        }
        // Sent, but the worker ended before its page was told.
        let untold: Vec<B256> = self
            .transactions
            .list
            .iter()
            .filter(|sent| sent.state != TxState::Signed && sent.request.is_some())
            .map(|sent| sent.hash)
            .collect();
        for hash in untold {
            self.told(hash);
        }
    }

    pub(crate) fn receipt_arrived(&mut self, hash: B256, answer: Result<Value, Failure>) {
        let refusal = self.sent_mut(hash).and_then(|sent| sent.refusal.take());
        let receipt = answer.ok().and_then(|value| Receipt::parse(&value).ok());
        match receipt {
            Some(Some(receipt)) if receipt.transaction == hash => {
                let fee = receipt.fee().and_then(|fee| u128::try_from(fee).ok());
                let state = match receipt.outcome {
                    TxOutcome::Worked => TxState::Worked { fee },
                    TxOutcome::Reverted => TxState::Reverted { fee },
                };
                self.set_state(hash, state);
            }
            _ if refusal.is_some() && self.sent(hash).is_some_and(|sent| sent.request.is_some()) => {
                if let Some(why) = refusal {
                    self.refuse_sent(hash, why);
                }
            }
            Some(None) => {
                if let Some((chain, from)) = self.sent(hash).map(|sent| (sent.chain, sent.from)) {
                    let params = Self::at_latest(from);
                    self.ask(chain, "eth_getTransactionCount", params, Purpose::Count { hash });
                }
            }
            Some(Some(_)) | None => {}
        }
    }

    /// A number that is used up without a receipt was used by another transaction, unless the two answers came from
    /// different moments: so it takes a second look, which happens at the next watch.
    pub(crate) fn count_arrived(&mut self, hash: B256, answer: Result<Value, Failure>) {
        let Some(count) = answer.ok().and_then(|value| quantity::tolerant_u64(&value).ok()) else { return };
        let Some(sent) = self.sent_mut(hash) else { return };
        if !sent.state.is_open() || count <= sent.nonce {
            return;
        }
        if sent.overtaken {
            self.set_state(hash, TxState::Replaced);
        } else {
            sent.overtaken = true;
            self.out.touch(Slice::Transactions);
        }
    }

    fn set_state(&mut self, hash: B256, state: TxState) {
        let Some(sent) = self.sent_mut(hash) else { return };
        // A late answer about sending must not undo what the chain decided.
        if sent.state == state || !sent.state.is_open() {
            return;
        }
        sent.state = state;
        if !sent.state.is_open() {
            sent.raw = Bytes::new();
        }
        let open = sent.state.is_open();
        self.activity_changed();
        if !open {
            self.told(hash);
        }
    }

    fn activity_changed(&mut self) {
        let excess = self.transactions.list.len().saturating_sub(MOST);
        if excess > 0 {
            self.transactions.list.drain(..excess);
        }
        self.out.touch(Slice::Transactions);
        self.out.notice(Notice::Activity);
    }

    fn set_watch_alarm(&mut self) {
        self.out.push(Effect::SetAlarm { name: AlarmName::Watch, at_ms: self.now.plus(WATCH_EVERY).0 });
    }

    fn sent(&self, hash: B256) -> Option<&Sent> {
        self.transactions.list.iter().find(|sent| sent.hash == hash)
    }

    fn sent_mut(&mut self, hash: B256) -> Option<&mut Sent> {
        self.transactions.list.iter_mut().find(|sent| sent.hash == hash)
    }

    pub(crate) fn activity_view(&self, sent: &Sent) -> ActivityView {
        let (status, fee) = match sent.state {
            TxState::Signed => (TxStatus::Signed, None),
            TxState::Sent => (TxStatus::Sent, None),
            TxState::Worked { fee } => (TxStatus::Worked, fee),
            TxState::Reverted { fee } => (TxStatus::Reverted, fee),
            TxState::Replaced => (TxStatus::Replaced, None),
        };
        ActivityView {
            hash: sent.hash.to_string(),
            sentence: sent.sentence.clone(),
            status,
            network: self.network_view(sent.chain),
            origin: sent.origin.as_ref().map(ToString::to_string),
            at_ms: sent.at.0,
            fee_paid: fee.map(|fee| coins_up(candor_primitives::U256::from(fee), &self.symbol(sent.chain))),
        }
    }
}
