//! `wallet_addEthereumChain` (EIP-3085).

use candor_chain::add_network::NewNetwork;
use serde_json::Value;

use super::{Answer, Answered, Question, error::invalid_params};
use crate::{
    Wallet,
    records::{Body, CustomNetwork},
};

impl Wallet {
    pub(super) fn wallet_add_ethereum_chain(&mut self, mut question: Question<'_>) -> Answered {
        let new = NewNetwork::from_page(&question.params.take())
            .map_err(|wrong| invalid_params(&wrong.to_string()))?;
        if new.chain_id == self.chain_of(&question.page.origin) {
            return Ok(Answer::Now(Value::Null));
        }
        if self.has_network(new.chain_id) {
            // Known already: the user's servers stay as they are, and what is left to ask is whether to use it.
            let body = Body::SwitchNetwork { to: new.chain_id, declined_is_null: true };
            return self.request_from_page(question, None, body);
        }
        let network = CustomNetwork::from(new);
        self.request_from_page(question, None, Body::AddNetwork { network })
    }
}
