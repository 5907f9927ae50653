//! `wallet_getPermissions`, `wallet_requestPermissions`, `wallet_revokePermissions` (EIP-2255).

use candor_primitives::{ChainId, Origin};
use candor_protocol::page::PageError;
use serde_json::{Value, json};

use super::{
    Answer, Answered, Question, accounts::lower_case, create_session::MOST_CHAINS, error,
    error::invalid_params, params, switch_chain::short,
};
use crate::{
    Wallet,
    records::{Body, ConnectAnswer},
};

/// The permissions that exist here.
const KNOWN: [&str; 2] = ["eth_accounts", "endowment:permitted-chains"];

impl Wallet {
    /// What an origin was granted, as EIP-2255 objects.
    pub(crate) fn permissions(&self, origin: &Origin) -> Value {
        let Some(site) = self.sites.by_origin.get(origin.as_str()) else { return json!([]) };
        let accounts: Vec<String> = site.accounts.iter().copied().map(lower_case).collect();
        let date = site.since.0;
        let grant = |name: &str, caveat: &str, value: Value| {
            json!({
                "id": format!("{name}-{date}"), "parentCapability": name, "invoker": origin.own(), "date": date,
                "caveats": [{ "type": caveat, "value": value }],
            })
        };
        let chains: Vec<String> = self.permitted_chains(origin).into_iter().map(ChainId::to_hex).collect();
        let chains = grant(KNOWN[1], "restrictNetworkSwitching", json!(chains));
        if accounts.is_empty() {
            return json!([chains]);
        }
        json!([grant(KNOWN[0], "restrictReturnedAccounts", json!(accounts)), chains])
    }

    pub(super) fn wallet_get_permissions(&self, question: &Question<'_>) -> Answer {
        Answer::Now(self.permissions(&question.page.origin))
    }

    pub(super) fn wallet_request_permissions(&mut self, mut question: Question<'_>) -> Answered {
        let object = params::single_object(question.params.take())?;
        if object.is_empty() {
            return Err(invalid_params("The first parameter names no permission."));
        }
        if let Some(unknown) = object.keys().find(|key| !KNOWN.contains(&key.as_str())) {
            return Err(invalid_params(&format!("There is no permission “{}”.", short(unknown))));
        }
        let chains = self.asked_chains(object.get(KNOWN[1]))?;
        let body = Body::Connect { answer: ConnectAnswer::Permissions, chains };
        self.request_from_page(question, None, body)
    }

    /// The networks of the caveat `restrictNetworkSwitching`, all of which the user has to have. Which one is missing is
    /// not said: a site could find out network by network what the user added.
    fn asked_chains(&self, permission: Option<&Value>) -> Result<Vec<ChainId>, PageError> {
        let caveats = permission.and_then(|permission| permission.get("caveats")).and_then(Value::as_array);
        let mut chains = Vec::new();
        for caveat in caveats.into_iter().flatten() {
            let wrong =
                || invalid_params("The caveat must be “restrictNetworkSwitching” with a list of chain ids.");
            if caveat.get("type").and_then(Value::as_str) != Some("restrictNetworkSwitching") {
                return Err(wrong());
            }
            for chain in caveat.get("value").and_then(Value::as_array).ok_or_else(wrong)? {
                let chain = chain.as_str().and_then(|text| ChainId::from_hex(text).ok()).ok_or_else(wrong)?;
                if !chains.contains(&chain) {
                    chains.push(chain);
                }
                if chains.len() > MOST_CHAINS {
                    return Err(wrong());
                }
            }
        }
        if chains.iter().any(|chain| !self.has_network(*chain)) {
            return Err(error::unknown_chain("The user does not have all of these networks."));
        }
        Ok(chains)
    }

    pub(super) fn wallet_revoke_permissions(&mut self, question: &Question<'_>) -> Answered {
        let object = params::single_object(question.params.clone())?;
        if object.is_empty() {
            return Err(invalid_params("The first parameter names no permission."));
        }
        // Accounts and networks are one grant: taking back either takes back both.
        if object.keys().any(|key| KNOWN.contains(&key.as_str())) {
            self.disconnect(&question.page.origin.clone());
        }
        Ok(Answer::Now(Value::Null))
    }
}
