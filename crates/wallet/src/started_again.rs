//! Chains for development that were started again under the same number.
//!
//! Nobody says so: what shows it is that an account has used fewer numbers than the chain itself had said it did. What
//! was sent to the chain before stays in the list, but is nothing to the new one.

use candor_chain::{EndpointUrl, Reach, registry};
use candor_primitives::{Address, B256, ChainId};
use candor_protocol::{notice::Notice, page::PageError};

use crate::{Wallet, outbox::Slice, records::Sent};

/// What is said of a transaction that the chain has forgotten.
pub(crate) const WHY: &str = "This chain was started again since, and knows nothing of it.";

impl Wallet {
    /// The lowest number that an account cannot have used less than, by what the chain had included so far.
    pub(crate) fn included_up_to(&self, from: Address, chain: ChainId) -> u64 {
        let included = self.sent_to(chain).filter(|sent| sent.from == from && sent.state.is_included());
        included.map(|sent| sent.nonce.saturating_add(1)).max().unwrap_or_default()
    }

    /// The chain says how many numbers an account has used, that was at least at `known` before it was asked.
    pub(crate) fn notice_new_start(&mut self, chain: ChainId, count: u64, known: u64) {
        if count >= known || !self.is_local(chain) {
            return;
        }
        let open: Vec<B256> =
            self.sent_to(chain).filter(|sent| sent.state.is_open()).map(|sent| sent.hash).collect();
        for sent in self.transactions.list.iter_mut().filter(|sent| sent.chain == chain) {
            sent.forgotten = true;
        }
        for hash in open {
            self.refuse_sent(hash, PageError { code: -32000, message: WHY.to_owned(), data: None });
        }
        self.remembered.forget(chain);
        self.history.forget(chain);
        self.out.touch(Slice::History);
        self.out.touch(Slice::Transactions);
        self.out.touch(Slice::Portfolio);
        self.out.notice(Notice::Activity);
    }

    /// What was sent to a chain since it was started.
    fn sent_to(&self, chain: ChainId) -> impl Iterator<Item = &Sent> {
        self.transactions.list.iter().filter(move |sent| sent.chain == chain && !sent.forgotten)
    }

    /// Whether it runs on this computer only. A listed network asked at a node of one's own is none: a node that is
    /// behind knows little of it, and the network still everything.
    fn is_local(&self, chain: ChainId) -> bool {
        registry::by_id(chain).map_or_else(
            || {
                let servers: Vec<EndpointUrl> = self.endpoints(chain);
                !servers.is_empty() && servers.iter().all(|url| url.reach() == Reach::Loopback)
            },
            |network| network.development,
        )
    }
}
