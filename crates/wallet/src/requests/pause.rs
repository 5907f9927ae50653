//! A site that was told no three times in a row has to wait before it may ask again.

use candor_primitives::{Millis, Origin};

use crate::{Wallet, outbox::Slice, records::Refusal};

/// So many noes…
const REFUSALS: usize = 3;
/// …within this time…
const WITHIN: Millis = Millis::from_secs(30);
/// …and the site cannot ask for this long.
const PAUSE: Millis = Millis::from_secs(60);
/// No more noes are remembered, whatever the clock does.
const REMEMBERED: usize = 100;

impl Wallet {
    /// A person said no to a site.
    pub(super) fn note_refusal(&mut self, origin: Origin) {
        let now = self.now;
        self.requests.refusals.retain(|refusal| now.since(refusal.at) < PAUSE);
        self.requests.refusals.push(Refusal { origin, at: now });
        let oldest = self.requests.refusals.len().saturating_sub(REMEMBERED);
        self.requests.refusals.drain(..oldest);
        self.out.touch(Slice::Requests);
    }

    /// How long a site still has to wait before it may ask again; nothing if it may.
    pub(crate) fn paused_for(&self, origin: &Origin) -> Option<Millis> {
        let noes = self.requests.refusals.iter().filter(|refusal| refusal.origin == *origin);
        let times: Vec<Millis> = noes.map(|refusal| refusal.at).collect();
        let in_a_row = |noes: &&[Millis]| match noes {
            [first, .., last] => last.since(*first) <= WITHIN,
            _ => false,
        };
        let last = *times.windows(REFUSALS).rfind(in_a_row)?.last()?;
        // A clock that was set back does not make the pause longer.
        let left = last.plus(PAUSE).since(self.now).min(PAUSE);
        (left > Millis(0)).then_some(left)
    }
}
