//! `wallet_getPermissions`, `wallet_requestPermissions`, `wallet_revokePermissions` (EIP-2255).

use candor_primitives::Origin;
use serde_json::{Value, json};

use super::{
    Answer, Answered, Question, accounts::lower_case, error::invalid_params, params, switch_chain::short,
};
use crate::{Wallet, records::Body};

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
                "id": format!("{name}-{date}"), "parentCapability": name, "invoker": origin.as_str(), "date": date,
                "caveats": [{ "type": caveat, "value": value }],
            })
        };
        let chains = grant(KNOWN[1], "restrictNetworkSwitching", json!([site.chain.to_hex()]));
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
        self.request_from_page(question, None, Body::Connect { permissions: true })
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
