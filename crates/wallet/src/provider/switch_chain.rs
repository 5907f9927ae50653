//! `wallet_switchEthereumChain` (EIP-3326): `[{ chainId }]`.

use candor_primitives::ChainId;
use candor_protocol::page::PageError;
use serde_json::{Map, Value};

use super::{Answer, Answered, Question, error, error::invalid_params, params};
use crate::{Wallet, records::Body};

/// The member `chainId`.
pub(super) fn chain_id(object: &Map<String, Value>) -> Result<ChainId, PageError> {
    match object.get("chainId") {
        Some(Value::String(text)) => {
            ChainId::from_hex(text).map_err(|wrong| invalid_params(&format!("“chainId” is wrong: {wrong}.")))
        }
        _ => Err(invalid_params("“chainId” is missing or is not text.")),
    }
}

impl Wallet {
    pub(super) fn wallet_switch_ethereum_chain(&mut self, mut question: Question<'_>) -> Answered {
        let object = params::single_object(question.params.take())?;
        if let Some(unknown) = object.keys().find(|key| *key != "chainId") {
            return Err(invalid_params(&format!("“{}” is not a member of this request.", short(unknown))));
        }
        let to = chain_id(&object)?;
        if to == self.chain_of(&question.page.origin) {
            return Ok(Answer::Now(Value::Null));
        }
        if !self.has_network(to) {
            return Err(error::unknown_chain(&format!(
                "The user does not have the network {to}. Propose it with wallet_addEthereumChain."
            )));
        }
        self.request_from_page(question, None, Body::SwitchNetwork { to, declined_is_null: false })
    }
}

/// A page's own text, cut to what fits in a sentence.
pub(super) fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
