//! Taking back what was agreed to, for a few seconds: until then the signed bytes exist only here.
//!
//! The time until when is part of the stored transaction ([`Sent::undo`]). While it is there the bytes do not leave;
//! it is taken away, and that stored, before they do. So whatever ends the worker, they are sent exactly once or taken
//! back exactly once. Who wakes up late did not send in time: within [`GRACE`] the bytes still leave, after that they
//! are thrown away and that is said, since nobody expects it any more and fees have changed.

use candor_primitives::{Address, B256, ChainId, Millis, Origin};
use candor_protocol::{
    host::{AlarmName, Effect},
    notice::Notice,
    page::Outcome,
    ui::UiError,
};

use crate::{Wallet, outbox::Slice, provider, records::Sent, records::TxState, surface::error};

/// How late the bytes may still leave.
const GRACE: Millis = Millis::from_secs(60);
/// A time further ahead than this was not set by this clock.
const FARTHEST: Millis = Millis::from_secs(60);

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Later,
    Now,
    Never,
}

fn due(until: Millis, now: Millis) -> Due {
    let (ahead, behind) = (until.since(now), now.since(until));
    if ahead > FARTHEST || behind > GRACE {
        Due::Never
    } else if ahead > Millis(0) {
        Due::Later
    } else {
        Due::Now
    }
}

impl Wallet {
    /// Until when something that is signed now can be taken back; nothing if it is sent at once.
    pub(crate) fn undo_until(&self, origin: Option<&Origin>) -> Option<Millis> {
        let seconds = self.settings.undo_seconds;
        let applies = seconds > 0 && (origin.is_none() || self.settings.undo_for_sites);
        applies.then(|| self.now.plus(Millis::from_secs(seconds.into())))
    }

    /// What can still be taken back of an account on a network is sent: what is signed next has a later number, which
    /// must not be left waiting for one that never comes.
    pub(crate) fn send_those_before(&mut self, from: Address, chain: ChainId) {
        let before = self.undoable(|sent| sent.from == from && sent.chain == chain);
        for (hash, _) in before {
            self.let_go(hash);
        }
    }

    /// Sends what nobody took back in time.
    pub(crate) fn undo_ended(&mut self) {
        let now = self.now;
        for (hash, until) in self.undoable(|_| true) {
            match due(until, now) {
                Due::Later => {}
                Due::Now => self.let_go(hash),
                Due::Never => {
                    let why = "The browser was closed or asleep when it was due, so it was not sent.";
                    self.clear_undo(hash);
                    self.refuse_sent(hash, provider::error::disconnected(why));
                }
            }
        }
        self.set_undo_alarm();
    }

    /// Sends one at once.
    pub(crate) fn send_now(&mut self, hash: B256) -> Result<(), UiError> {
        self.undoable(|sent| sent.hash == hash).first().ok_or_else(error::gone)?;
        self.let_go(hash);
        Ok(())
    }

    /// Forgets one that never left, with all that would have followed it. Its number is free again.
    pub(crate) fn take_back(&mut self, hash: B256) -> Result<(), UiError> {
        self.undoable(|sent| sent.hash == hash).first().ok_or_else(error::gone)?;
        let sent = self.sent(hash).cloned().ok_or_else(error::gone)?;
        let batch = self.transactions.batches.iter().find(|batch| batch.hashes.contains(&hash));
        let together = batch.map_or_else(|| vec![hash], |batch| batch.hashes.clone());
        self.transactions.list.retain(|other| !together.contains(&other.hash));
        self.transactions.batches.retain(|batch| !batch.hashes.contains(&hash));
        self.out.touch(Slice::Transactions);
        self.out.notice(Notice::Activity);
        if let Some(request) = sent.request {
            self.settle(request, Outcome::Error(provider::error::rejected()));
            if sent.origin.is_none() {
                // A request that is gone before its transaction would leave that one to be sent: better shown again.
                self.out.touch_told(Slice::Requests);
            }
        }
        self.number_anew(sent.from, sent.chain);
        self.set_undo_alarm();
        Ok(())
    }

    pub(crate) fn set_undo_alarm(&mut self) {
        if let Some(next) = self.undoable(|_| true).into_iter().map(|(_, until)| until).min() {
            self.out.push(Effect::SetAlarm { name: AlarmName::Undo, at_ms: next.0 });
        }
    }

    fn let_go(&mut self, hash: B256) {
        self.clear_undo(hash);
        self.broadcast(hash);
    }

    fn clear_undo(&mut self, hash: B256) {
        if let Some(sent) = self.sent_mut(hash) {
            sent.undo = None;
            self.out.touch(Slice::Transactions);
            self.out.notice(Notice::Activity);
            self.out.notice(Notice::Requests);
        }
    }

    fn undoable(&self, which: impl Fn(&Sent) -> bool) -> Vec<(B256, Millis)> {
        let open = self.transactions.list.iter().filter(|sent| sent.state == TxState::Signed && which(sent));
        open.filter_map(|sent| Some((sent.hash, sent.undo?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_is_only_so_late() {
        let check = |until: u64, now: u64, expected: Due| {
            assert_eq!(due(Millis::from_secs(until), Millis::from_secs(now)), expected, "{until} {now}");
        };
        check(110, 100, Due::Later);
        check(160, 100, Due::Later);
        check(161, 100, Due::Never);
        check(100, 100, Due::Now);
        check(100, 160, Due::Now);
        check(100, 161, Due::Never);
    }
}
