//! `wallet_getCapabilities` (EIP-5792): `[account, [chainId, …]]`.

use candor_chain::registry;
use candor_primitives::ChainId;
use serde_json::{Map, Value, json};

use super::{Answer, Answered, Question, error::invalid_params, params};
use crate::Wallet;

impl Wallet {
    /// Networks of the user's own are left out unless the site uses one: which somebody has would tell them apart.
    pub(super) fn wallet_get_capabilities(&self, question: &Question<'_>) -> Answered {
        let mut list = params::positional(question.params.clone())?.into_iter();
        let Some(Value::String(account)) = list.next() else {
            return Err(invalid_params("“wallet_getCapabilities” takes an address first."));
        };
        self.permitted(&question.page.origin, params::address(&account, "account")?)?;
        let wanted = match list.next() {
            None | Some(Value::Null) => None,
            Some(Value::Array(chains)) => {
                Some(chains.iter().map(chain).collect::<Option<Vec<_>>>().ok_or_else(wrong)?)
            }
            Some(_) => return Err(wrong()),
        };
        let is_told = |chain: &ChainId| {
            (registry::by_id(*chain).is_some() || *chain == question.chain)
                && wanted.as_ref().is_none_or(|wanted| wanted.contains(chain))
        };
        let told = self.network_ids().into_iter().filter(is_told);
        let of_chain = |chain: ChainId| (chain.to_hex(), json!({ "atomic": { "status": "unsupported" } }));
        Ok(Answer::Now(Value::Object(told.map(of_chain).collect::<Map<_, _>>())))
    }
}

fn chain(value: &Value) -> Option<ChainId> {
    ChainId::from_hex(value.as_str()?).ok()
}

fn wrong() -> candor_protocol::page::PageError {
    invalid_params("The second parameter must be a list of chain ids.")
}
