//! What was signed, until the chain has decided: sent, looked after, sent again with the same bytes.

use candor_chain::{Receipt, RpcError, TxOutcome, broadcast, broadcast::Broadcast, nonce, quantity};
use candor_primitives::{Address, B256, Bytes, ChainId, Millis, Origin};
use candor_protocol::{
    host::{AlarmName, Effect},
    notice::Notice,
    page::{Outcome, PageError},
    view::{ActivityView, SentenceView, TxStatus},
};
use serde_json::{Value, json};

use crate::{
    Wallet,
    gateway::{Failure, Purpose},
    outbox::Slice,
    provider::error,
    records::{Batch, Sent, State, Transactions, TxState},
    requests::coins_up,
    started_again,
};

/// How often open transactions are looked after when nobody is watching; alarms cannot be more frequent.
const WATCH_EVERY: Millis = Millis::from_secs(30);
/// The most transactions that are remembered.
const MOST: usize = 1000;
/// A transaction that waits this long since it was last sent is sent again, in case the servers forgot it.
const SEND_AGAIN_AFTER: Millis = Millis::from_secs(5 * 60);
/// For how long the chain is asked about one that was refused or overtaken, in case that was not true.
const DOUBTED_FOR: Millis = Millis::from_secs(60 * 60);
/// A number must have been used up for this long, without a receipt, before the transaction counts as replaced:
/// servers behind one address can be some blocks apart.
const OVERTAKEN_FOR: Millis = Millis::from_secs(30);
/// What was signed this long ago and never left is not sent any more without being asked for again.
const STALE_AFTER: Millis = Millis::from_secs(10 * 60);
/// As [`STALE_AFTER`], of one that waited for another to be included.
const HELD_FOR: Millis = Millis::from_secs(60 * 60);
/// The most requests for several transactions at once that are remembered.
const MOST_BATCHES: usize = 200;
/// What a slot of a remembered sentence may hold, in characters.
const LONGEST_EXACT: usize = 100;

impl Wallet {
    /// Sends the stored bytes, unless they are on their way, or the matter is over.
    pub(crate) fn broadcast(&mut self, hash: B256) {
        let Some(sent) = self.sent(hash).filter(|sent| sent.state.is_open()) else { return };
        let (chain, raw) = (sent.chain, sent.raw.clone());
        if !self.is_broadcasting(hash) && !self.is_held(hash) && !self.is_outbid(hash) {
            self.ask(chain, "eth_sendRawTransaction", json!([raw]), Purpose::Broadcast { hash });
        }
        self.set_watch_alarm();
    }

    /// From now on a server may have it. Written down before the bytes leave.
    pub(crate) fn note_attempt(&mut self, hash: B256) {
        let now = self.now;
        if let Some(sent) = self.sent_mut(hash) {
            sent.attempted = Some(now);
            self.out.touch(Slice::Transactions);
        }
    }

    pub(crate) fn broadcast_ended(&mut self, hash: B256, answer: Result<Value, Failure>) {
        let attempted = self.sent(hash).is_some_and(|sent| sent.attempted.is_some());
        match answer {
            Err(Failure::Unreachable { .. }) if !attempted => {
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
            let batch = self.transactions.batches.iter().find(|batch| batch.hashes.first() == Some(&hash));
            let result = batch.map_or_else(|| json!(hash), |batch| json!({ "id": batch.id }));
            self.settle(request, Outcome::Result(result));
        }
    }

    /// A node refuses it. It may have been included all the same, if the worker ended between sending and noting
    /// it: it is believed only once the chain has said that there is no receipt.
    fn doubt(&mut self, hash: B256, why: PageError) {
        if let Some(sent) = self.sent_mut(hash) {
            sent.refusal = Some(why);
            self.out.touch(Slice::Transactions);
            self.look_after(hash);
        }
    }

    /// Nothing came of it, and its page hears why. The record stays: its number is the first to be used again, so
    /// that a server that lied about refusing cannot have both carried out, and a late receipt still counts.
    pub(crate) fn refuse_sent(&mut self, hash: B256, why: PageError) {
        let Some(sent) = self.sent_mut(hash) else { return };
        sent.refusal = Some(why.clone());
        let request = sent.request.take();
        self.set_state(hash, TxState::Refused);
        if let Some(request) = request {
            // Nothing of it was done, and its page never heard of a name.
            self.transactions.batches.retain(|batch| batch.hashes.first() != Some(&hash));
            self.settle(request, Outcome::Error(why));
        }
    }

    /// Asks the chain about one transaction.
    fn look_after(&mut self, hash: B256) {
        if let Some(chain) = self.sent(hash).map(|sent| sent.chain) {
            self.ask(chain, "eth_getTransactionReceipt", json!([hash]), Purpose::Receipt { hash });
        }
    }

    /// Asks the chain about everything open; what no server had taken, or took long ago, is sent again.
    pub(crate) fn watch_transactions(&mut self) {
        let now = self.now;
        let mut again = Vec::new();
        let mut look = Vec::new();
        for sent in &self.transactions.list {
            let age = now.since(sent.attempted.unwrap_or(sent.at));
            match sent.state {
                TxState::Signed if self.is_held(sent.hash) => {}
                TxState::Signed if sent.refusal.is_none() => again.push(sent.hash),
                TxState::Signed => look.push(sent.hash),
                TxState::Sent => {
                    if age >= SEND_AGAIN_AFTER {
                        again.push(sent.hash);
                    }
                    look.push(sent.hash);
                }
                TxState::Refused | TxState::Replaced if age < DOUBTED_FOR && !sent.forgotten => {
                    look.push(sent.hash)
                }
                TxState::Refused | TxState::Replaced | TxState::Worked { .. } | TxState::Reverted { .. } => {}
            }
        }
        let busy = !again.is_empty() || !look.is_empty();
        for hash in again {
            self.broadcast(hash);
        }
        for hash in look {
            self.look_after(hash);
        }
        if busy {
            self.set_watch_alarm();
        }
    }

    /// After a wake: the worker may have ended between writing requests and writing transactions.
    pub(crate) fn match_requests_with_transactions(&mut self) {
        let Transactions { list: sent, batches } = &mut self.transactions;
        let requests = &mut self.requests.list;
        for sent in sent.iter_mut() {
            let Some(id) = sent.request else { continue };
            match requests.iter().find(|request| request.id == id).map(|request| &request.state) {
                Some(State::Sending { hash }) if *hash == sent.hash => continue,
                // Its page was told that nothing came of it.
                Some(State::Settled(Outcome::Error(why))) => {
                    sent.state = TxState::Refused;
                    sent.refusal = Some(why.clone());
                    sent.raw = Bytes::new();
                    batches.retain(|batch| batch.hashes.first() != Some(&sent.hash));
                }
                _ => {}
            }
            sent.request = None;
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
        self.undo_ended();
        let now = self.now;
        let (stale, unsent): (Vec<&Sent>, Vec<&Sent>) =
            self.transactions.list.iter().filter(|sent| sent.state == TxState::Signed).partition(|sent| {
                let patience = if sent.after.is_some() { HELD_FOR } else { STALE_AFTER };
                sent.attempted.is_none() && now.since(sent.at) > patience
            });
        let stale: Vec<B256> = stale.into_iter().map(|sent| sent.hash).collect();
        let unsent: Vec<B256> = unsent.into_iter().map(|sent| sent.hash).collect();
        for hash in stale {
            self.refuse_sent(hash, error::disconnected("The browser was closed before this was sent."));
        }
        for hash in unsent {
            self.go_on_after(hash);
            self.broadcast(hash);
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
        let Some(sent) = self.sent(hash) else { return };
        let (chain, from, refusal, state) = (sent.chain, sent.from, sent.refusal.clone(), sent.state.clone());
        match answer.ok().and_then(|value| Receipt::parse(&value).ok()) {
            Some(Some(receipt)) if receipt.transaction == hash => {
                let fee = receipt.fee().and_then(|fee| u128::try_from(fee).ok());
                let state = match receipt.outcome {
                    TxOutcome::Worked => TxState::Worked { fee },
                    TxOutcome::Reverted => TxState::Reverted { fee },
                };
                self.set_state(hash, state);
            }
            Some(None) if state == TxState::Signed && refusal.is_some() => {
                if let Some(why) = refusal {
                    self.refuse_sent(hash, why);
                }
            }
            Some(None) if state.is_open() => {
                self.ask(chain, "eth_getTransactionCount", Self::at_latest(from), Purpose::Count { hash });
            }
            // No answer, or a confused one: the next watch asks again.
            Some(_) | None => {}
        }
    }

    /// A number that is used up without a receipt was used by another transaction, unless the answers came from
    /// different moments: so it has to stay that way for a while.
    pub(crate) fn count_arrived(&mut self, hash: B256, answer: Result<Value, Failure>) {
        let Some(count) = answer.ok().and_then(|value| quantity::tolerant_u64(&value).ok()) else { return };
        let now = self.now;
        let Some(sent) = self.sent_mut(hash) else { return };
        let (from, chain) = (sent.from, sent.chain);
        let waiting: Vec<u64> = self.waiting_numbers(from, chain);
        let Some(sent) = self.sent_mut(hash) else { return };
        let missing = nonce::gap(count, count, waiting).map(|gap| gap.missing).filter(|n| *n < sent.nonce);
        if sent.missing != missing {
            sent.missing = missing;
            self.activity_changed();
        }
        let Some(sent) = self.sent_mut(hash) else { return };
        let overtaken = match (count > sent.nonce, sent.overtaken) {
            (false, _) => None,
            (true, Some(since)) if now.since(since) >= OVERTAKEN_FOR => {
                self.set_state(hash, TxState::Replaced);
                return;
            }
            (true, since) => since.or(Some(now)),
        };
        if sent.overtaken != overtaken {
            sent.overtaken = overtaken;
            self.out.touch(Slice::Transactions);
        }
    }

    /// What the chain decided is not undone by a late answer about sending; what only servers said is undone by the
    /// chain.
    pub(crate) fn set_state(&mut self, hash: B256, state: TxState) {
        let Some(sent) = self.sent_mut(hash) else { return };
        let allowed = match sent.state {
            TxState::Worked { .. } | TxState::Reverted { .. } => false,
            TxState::Refused | TxState::Replaced => {
                matches!(state, TxState::Worked { .. } | TxState::Reverted { .. })
            }
            TxState::Signed | TxState::Sent => sent.state != state,
        };
        if !allowed {
            return;
        }
        sent.state = state;
        let open = sent.state.is_open();
        if !open {
            sent.raw = Bytes::new();
        }
        let refused = sent.state == TxState::Refused;
        let included = sent.state.is_included();
        self.activity_changed();
        if !open && !refused {
            self.told(hash);
            self.tell_decided(hash);
        }
        let follows = |sent: &&Sent| sent.after == Some(hash) && sent.state == TxState::Signed;
        if included {
            self.replace_siblings(hash);
        }
        let next = self.transactions.list.iter().find(follows).map(|sent| sent.hash);
        if let Some(next) = next {
            self.go_on_after(next);
            self.broadcast(next);
        }
    }

    /// Whether it has to wait until the one before it has worked, or until it cannot be taken back any more.
    pub(crate) fn is_held(&self, hash: B256) -> bool {
        if self.sent(hash).is_some_and(|sent| sent.undo.is_some()) {
            return true;
        }
        let before = self.sent(hash).and_then(|sent| sent.after);
        before.is_some_and(|before| {
            !matches!(self.sent(before).map(|sent| &sent.state), Some(TxState::Worked { .. }))
        })
    }

    /// Gives one up that was never sent, if the one before it came to nothing or took too long.
    fn go_on_after(&mut self, hash: B256) {
        let Some(sent) =
            self.sent(hash).filter(|sent| sent.state == TxState::Signed && sent.attempted.is_none())
        else {
            return;
        };
        let Some(before) = sent.after.and_then(|before| self.sent(before)) else { return };
        let why = match before.state {
            TxState::Reverted { .. } | TxState::Replaced | TxState::Refused => {
                "The step before it did not happen, so this one was not sent."
            }
            _ if self.now.since(sent.at) > HELD_FOR => {
                "The step before it took more than an hour, so this one was not sent."
            }
            _ => return,
        };
        self.refuse_sent(hash, PageError { code: -32000, message: why.to_owned(), data: None });
    }

    /// Gives up what a site asked for and was not sent yet, because it waits for a step before it.
    pub(crate) fn give_up_held(&mut self, origin: &Origin) {
        let held = |sent: &&Sent| {
            let unsent = sent.state == TxState::Signed && sent.attempted.is_none();
            unsent && sent.after.is_some() && sent.origin.as_ref() == Some(origin)
        };
        let held: Vec<B256> = self.transactions.list.iter().filter(held).map(|sent| sent.hash).collect();
        for hash in held {
            self.refuse_sent(hash, error::rejected());
        }
    }

    /// Records transactions of one request that were just signed, and sends the first.
    pub(crate) fn remember_batch(&mut self, batch: Batch, mut sent: Vec<Sent>) {
        for sent in &mut sent {
            shorten(&mut sent.sentence);
        }
        let first = batch.hashes.first().copied();
        // Those that were refused are tried anew.
        self.transactions.list.retain(|known| !batch.hashes.contains(&known.hash));
        self.transactions.list.append(&mut sent);
        self.transactions.batches.push(batch);
        let excess = self.transactions.batches.len().saturating_sub(MOST_BATCHES);
        self.transactions.batches.drain(..excess);
        self.activity_changed();
        self.set_undo_alarm();
        if let Some(first) = first {
            self.broadcast(first);
        }
    }

    /// Records a transaction that was just signed and sends it. The same bytes again, as a page can ask for with a
    /// number of its own, are the transaction that is there already.
    pub(crate) fn remember_and_send(&mut self, mut sent: Sent) {
        let hash = sent.hash;
        // One that was refused is tried anew, and so is one that the chain has forgotten.
        let counts = |known: &Sent| known.state != TxState::Refused && !known.forgotten;
        self.transactions.list.retain(|known| known.hash != hash || counts(known));
        if self.sent(hash).is_some() {
            if let Some(request) = sent.request {
                self.settle(request, Outcome::Result(json!(hash)));
            }
            return;
        }
        shorten(&mut sent.sentence);
        self.transactions.list.push(sent);
        self.activity_changed();
        self.set_undo_alarm();
        self.broadcast(hash);
    }

    /// Numbers of transactions that servers refused. They are used again first.
    pub(crate) fn refused_nonces(&self, from: Address, chain: ChainId) -> impl Iterator<Item = u64> + '_ {
        self.transactions
            .list
            .iter()
            .filter(move |sent| sent.from == from && sent.chain == chain && !sent.forgotten)
            .filter(|sent| sent.state == TxState::Refused)
            // Not where something else of the wallet has the number meanwhile.
            .filter(move |sent| !self.siblings(sent).any(|other| other.state.is_open()))
            .map(|sent| sent.nonce)
    }

    fn activity_changed(&mut self) {
        let mut excess = self.transactions.list.len().saturating_sub(MOST);
        self.transactions.list.retain(|sent| {
            let forgotten = excess > 0 && !sent.state.is_open();
            excess -= usize::from(forgotten);
            !forgotten
        });
        self.out.touch(Slice::Transactions);
        self.out.notice(Notice::Activity);
    }

    fn set_watch_alarm(&mut self) {
        self.out.push(Effect::SetAlarm { name: AlarmName::Watch, at_ms: self.now.plus(WATCH_EVERY).0 });
    }

    pub(crate) fn sent(&self, hash: B256) -> Option<&Sent> {
        self.transactions.list.iter().find(|sent| sent.hash == hash)
    }

    pub(crate) fn sent_mut(&mut self, hash: B256) -> Option<&mut Sent> {
        self.transactions.list.iter_mut().find(|sent| sent.hash == hash)
    }

    pub(crate) fn activity_view(&self, sent: &Sent) -> ActivityView {
        let (status, fee) = match sent.state {
            TxState::Signed if sent.undo.is_some() => (TxStatus::Undoable, None),
            TxState::Signed if self.is_held(sent.hash) => (TxStatus::Held, None),
            TxState::Signed => (TxStatus::Signed, None),
            TxState::Sent => (TxStatus::Sent, None),
            TxState::Worked { fee } => (TxStatus::Worked, fee),
            TxState::Reverted { fee } => (TxStatus::Reverted, fee),
            TxState::Replaced => (self.replaced_status(sent), None),
            TxState::Refused => (TxStatus::Refused, None),
        };
        ActivityView {
            hash: sent.hash.to_string(),
            sentence: sent.sentence.clone(),
            status,
            network: self.network_view(sent.chain),
            origin: sent.origin.as_ref().map(ToString::to_string),
            at_ms: sent.at.0,
            undo_until_ms: sent.undo.filter(|_| sent.state == TxState::Signed).map(|until| until.0),
            reason: sent
                .refusal
                .as_ref()
                .filter(|_| sent.state == TxState::Refused)
                .map(|why| why.message.clone())
                .or_else(|| sent.forgotten.then(|| started_again::WHY.to_owned())),
            nonce: sent.nonce,
            missing: sent.missing.filter(|_| sent.state.is_open()),
            remedies: self.remedies(sent),
            fee_wei: fee.map(|fee| fee.to_string()),
            fee_paid: fee.map(|fee| coins_up(candor_primitives::U256::from(fee), &self.symbol(sent.chain))),
        }
    }
}

/// A sentence as it is remembered.
fn shorten(sentence: &mut SentenceView) {
    for slot in &mut sentence.slots {
        if slot.exact.len() > LONGEST_EXACT {
            slot.exact.clone_from(&slot.text);
        }
    }
}
