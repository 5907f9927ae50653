//! The ledger of everything that leaves the computer: who was asked, what for, when and how much.
//!
//! What is new is kept in memory and goes to the disk now and then, so that reading does not wear it; whom the wallet
//! talks to for the first time in a day goes there within a minute. What is in memory survives the end of the worker.

use candor_primitives::Millis;

use crate::{
    Wallet,
    outbox::Slice,
    records::{Egress, EgressLately, EgressRow, Topic},
};

/// How often numbers go to the disk.
const WRITE_EVERY: Millis = Millis::from_secs(10 * 60);
/// How soon a new row does.
const WRITE_NEW_AFTER: Millis = Millis::from_secs(60);
/// How often they are handed to the browser's memory while requests are under way.
const KEEP_EVERY: Millis = Millis::from_secs(1);

/// The ledger, with what is not written yet.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) record: Egress,
    pub(crate) lately: EgressLately,
    /// When what is new was last handed to the browser.
    kept: Millis,
    changed: bool,
}

impl Ledger {
    pub(crate) fn new(record: Egress, lately: EgressLately) -> Self {
        Self { record, lately, ..Self::default() }
    }

    /// A request leaves.
    pub(crate) fn left(&mut self, host: &str, topic: Topic, page: bool, now: Millis, sent: usize) {
        self.add(EgressRow::of_request(host, topic, page, now, bytes(sent)));
    }

    /// What was asked came back.
    pub(crate) fn came_back(&mut self, host: &str, topic: Topic, page: bool, now: Millis, received: usize) {
        let row = EgressRow::of_request(host, topic, page, now, 0);
        self.add(EgressRow { count: 0, received: bytes(received), ..row });
    }

    fn add(&mut self, row: EgressRow) {
        if !self.lately.is_after(&self.record) {
            self.lately = EgressLately::after(&self.record, self.lately.tried);
        }
        self.lately.add(&row);
        self.changed = true;
    }

    /// All rows.
    pub(crate) fn all(&self) -> Egress {
        let mut all = self.record.clone();
        all.take(&self.lately);
        all
    }

    /// Whether something was asked that the disk was not given.
    fn has_unwritten(&self) -> bool {
        self.lately.is_after(&self.record) && !self.lately.rows().is_empty()
    }

    /// Whether the disk gets what there is: rather when nothing is under way, so that it gets whole numbers.
    fn is_due(&self, now: Millis, resting: bool) -> bool {
        let is_new = |row: &EgressRow| !self.record.knows(row);
        let wait = if self.lately.rows().iter().any(is_new) { WRITE_NEW_AFTER } else { WRITE_EVERY };
        let waited = now.since(self.lately.tried);
        // After the browser started, nothing is known of the last time: the first pause is early enough.
        let known = self.lately.tried > Millis::default();
        if resting { waited >= wait } else { known && waited >= wait.plus(wait) }
    }
}

fn bytes(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// What a request is about, by its method.
pub(crate) fn topic(method: &str) -> Topic {
    match method {
        "eth_chainId" | "net_version" | "web3_clientVersion" | "eth_syncing" => Topic::Network,
        "eth_getBalance" | "eth_getTransactionCount" => Topic::Account,
        "eth_call" | "eth_getCode" | "eth_getStorageAt" | "eth_simulateV1" => Topic::Contract,
        "eth_estimateGas" | "eth_feeHistory" | "eth_gasPrice" | "eth_maxPriorityFeePerGas" => Topic::Fees,
        "eth_sendRawTransaction" => Topic::Send,
        "eth_getTransactionReceipt" | "eth_getTransactionByHash" => Topic::Receipt,
        "eth_getLogs" => Topic::Blocks,
        method if method.starts_with("eth_getBlock") || method == "eth_blockNumber" => Topic::Blocks,
        method if method.contains("Filter") || method == "eth_subscribe" => Topic::Blocks,
        _ => Topic::Other,
    }
}

impl Wallet {
    /// Sees to it that what was asked in this turn is not forgotten. Written last: a disk that takes nothing stops
    /// nobody.
    pub(crate) fn keep_ledger(&mut self) {
        let resting = self.is_resting();
        let ledger = &mut self.ledger;
        if !ledger.changed || !(resting || ledger.kept.plus(KEEP_EVERY) <= self.now) {
            return;
        }
        (ledger.changed, ledger.kept) = (false, self.now);
        if ledger.is_due(self.now, resting) {
            ledger.lately.tried = self.now;
            ledger.record = ledger.all();
            self.out.heal(Slice::Egress);
        }
        self.out.heal(Slice::EgressLately);
    }

    /// Gives the disk what it does not have yet: nobody knows whether the browser goes on for long after the lock.
    pub(crate) fn write_ledger(&mut self) {
        let ledger = &mut self.ledger;
        if ledger.has_unwritten() {
            ledger.lately.tried = self.now;
            ledger.record = ledger.all();
            self.out.heal(Slice::Egress);
            self.out.heal(Slice::EgressLately);
        }
    }

    /// Forgets whom was talked to.
    pub(crate) fn clear_ledger(&mut self) {
        let ledger = &mut self.ledger;
        ledger.record = ledger.all();
        ledger.record.clear();
        ledger.lately = EgressLately::after(&ledger.record, self.now);
        self.out.touch(Slice::Egress);
        self.out.touch(Slice::EgressLately);
    }
}

#[cfg(test)]
#[path = "egress_tests.rs"]
mod tests;
