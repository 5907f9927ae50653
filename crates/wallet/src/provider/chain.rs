//! `eth_chainId` (EIP-695) and `net_version`.

use candor_primitives::{ChainId, Origin};
use serde_json::json;

use super::{Answer, Question};
use crate::Wallet;

impl Wallet {
    /// The network of an origin. One that is not connected starts where the wallet looks.
    pub(crate) fn chain_of(&self, origin: &Origin) -> ChainId {
        self.sites.by_origin.get(origin.as_str()).map_or(self.networks.current, |site| site.chain)
    }

    pub(super) fn eth_chain_id(question: &Question<'_>) -> Answer {
        Answer::Now(json!(question.chain.to_hex()))
    }

    pub(super) fn net_version(question: &Question<'_>) -> Answer {
        Answer::Now(json!(question.chain.to_string()))
    }
}
