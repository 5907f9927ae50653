//! `wallet_createSession` (CAIP-25): `{ requiredScopes, optionalScopes, … }`, for the namespace `eip155`.

use candor_primitives::ChainId;
use serde_json::Value;

use super::{Answer, Answered, Question, error, error::invalid_params, params};
use crate::{
    Wallet,
    records::{Body, ConnectAnswer},
};
use candor_protocol::page::PageError;

/// The most networks that one request may name.
pub(super) const MOST_CHAINS: usize = 50;

impl Wallet {
    pub(super) fn wallet_create_session(&mut self, mut question: Question<'_>) -> Answered {
        let params = question.params.take();
        let required = params::named_or_at(&params, "requiredScopes", 0);
        let optional = params::named_or_at(&params, "optionalScopes", 1);
        let required = scopes(required, "requiredScopes")?;
        let optional = scopes(optional, "optionalScopes")?;
        let has = |chain: &Option<ChainId>| chain.is_some_and(|chain| self.has_network(chain));
        if !required.iter().all(has) {
            return Err(error::unsupported_scopes());
        }
        let mut chains: Vec<ChainId> = Vec::new();
        for chain in required.into_iter().chain(optional).filter(has).flatten() {
            if !chains.contains(&chain) {
                chains.push(chain);
            }
        }
        if chains.is_empty() || chains.len() > MOST_CHAINS {
            return Err(error::unsupported_scopes());
        }
        let origin = &question.page.origin;
        let permitted = self.permitted_chains(origin);
        if !self.visible_accounts(origin).is_empty() && chains.iter().all(|chain| permitted.contains(chain)) {
            return Ok(Answer::Now(self.session(origin)));
        }
        let body = Body::Connect { answer: ConnectAnswer::Session, chains };
        self.request_from_page(question, None, body)
    }
}

/// The networks of scopes (CAIP-217): `eip155:1`, or `eip155` with `references`. Nothing for what is no EVM network.
fn scopes(value: Option<&Value>, field: &str) -> Result<Vec<Option<ChainId>>, PageError> {
    let scopes = match value {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Object(scopes)) => scopes,
        Some(_) => return Err(invalid_params(&format!("“{field}” must be an object."))),
    };
    let mut chains = Vec::new();
    for (name, scope) in scopes {
        if !scope.is_object() {
            return Err(invalid_params(&format!("Each scope in “{field}” must be an object.")));
        }
        match (name.as_str(), scope.get("references").and_then(Value::as_array)) {
            // Names of accounts without a network, and methods that need none: there is nothing to grant.
            ("wallet" | "wallet:eip155", _) => {}
            ("eip155", Some(references)) => {
                chains.extend(references.iter().map(|one| reference(one.as_str()?)));
            }
            (name, _) => chains.push(chain_of_scope(name)),
        }
    }
    Ok(chains)
}

/// The network of a scope such as `eip155:1`.
pub(super) fn chain_of_scope(scope: &str) -> Option<ChainId> {
    reference(scope.strip_prefix("eip155:")?)
}

/// A number as CAIP-2 writes it: decimal, without anything else.
fn reference(text: &str) -> Option<ChainId> {
    let chain = ChainId::new(text.parse().ok()?).ok()?;
    (chain.to_string() == text).then_some(chain)
}
