//! What the system tells a person who asked for it: that a transaction was decided.

use candor_primitives::B256;
use candor_protocol::{
    host::Effect,
    view::{SentenceView, TxStatus},
};

use crate::{
    Wallet,
    records::{Sent, TxState},
};

/// The longest text, in characters: systems show two or three lines.
const LONGEST: usize = 160;

impl Wallet {
    /// Tells of a transaction that the chain has just decided. What it was about stays inside while the wallet is
    /// locked: others may see the screen.
    pub(crate) fn tell_decided(&mut self, hash: B256) {
        if !self.settings.tells {
            return;
        }
        let Some((sent, title)) = self.sent(hash).and_then(|sent| Some((sent, self.title(sent)?))) else {
            return;
        };
        let text = if self.is_unlocked() {
            plain(&sent.sentence)
        } else {
            "Open Candor to see which transaction it was.".to_owned()
        };
        let notify = Effect::Notify {
            tag: hash.to_string(),
            title: title.to_owned(),
            text,
            route: format!("#/transaction/{hash}"),
        };
        self.out.push(notify);
    }

    /// Nothing for what is not decided, and for what was sped up or cancelled: of that, what took its place tells.
    fn title(&self, sent: &Sent) -> Option<&'static str> {
        match sent.state {
            TxState::Worked { .. } => Some("It is done."),
            TxState::Reverted { .. } => Some("It did not work."),
            TxState::Replaced if self.replaced_status(sent) == TxStatus::Replaced => {
                Some("Another transaction took its place.")
            }
            TxState::Signed | TxState::Sent | TxState::Replaced | TxState::Refused => None,
        }
    }
}

/// A sentence as it is read.
fn plain(sentence: &SentenceView) -> String {
    let mut text = sentence.pattern.clone();
    for slot in &sentence.slots {
        text = text.replacen(&format!("{{{}}}", slot.name), &slot.text, 1);
    }
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use candor_protocol::view::{SlotView, Tone};

    use super::*;

    #[test]
    fn a_sentence_is_told_as_it_is_read() {
        let slot = |name: &str, text: &str| SlotView {
            name: name.to_owned(),
            text: text.to_owned(),
            tone: Tone::Plain,
            exact: String::new(),
        };
        let check = |pattern: &str, slots: &[SlotView], expected: &str| {
            let sentence =
                SentenceView { key: String::new(), pattern: pattern.to_owned(), slots: slots.to_vec() };
            assert_eq!(plain(&sentence), expected);
        };
        let amount = slot("amount", "0.5\u{a0}ETH");
        check(
            "Send {amount} to {who}.",
            &[amount.clone(), slot("who", "Maria")],
            "Send 0.5\u{a0}ETH to Maria.",
        );
        check(
            "Send {amount} to {who}.",
            &[slot("amount", &"9".repeat(500))],
            &format!("Send {}", "9".repeat(155)),
        );
    }
}
