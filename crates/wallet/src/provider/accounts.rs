//! `eth_accounts`, `eth_coinbase` and `eth_requestAccounts` (EIP-1102).

use candor_primitives::Origin;
use candor_protocol::page::{Hello, PageError};
use serde_json::{Value, json};

use super::{Answer, Answered, Question, error};
use crate::{
    Wallet,
    records::{Body, ConnectAnswer},
};
use candor_primitives::Address;

/// As pages compare addresses: lower case.
pub(crate) fn lower_case(address: Address) -> String {
    format!("{address:#x}")
}

/// 4100: the site sees no account.
pub(super) fn not_connected() -> PageError {
    error::unauthorized("This site is not connected. Ask for accounts with eth_requestAccounts first.")
}

/// Accounts as a page gets them.
pub(crate) fn accounts_value(accounts: &[Address]) -> Value {
    accounts.iter().copied().map(lower_case).collect()
}

impl Wallet {
    /// The accounts that an origin may see. The same while locked: a site that was connected stays so.
    pub(crate) fn visible_accounts(&self, origin: &Origin) -> Vec<Address> {
        self.sites.by_origin.get(origin.as_str()).map(|site| site.accounts.clone()).unwrap_or_default()
    }

    /// What an origin may know without asking anyone.
    pub(crate) fn hello(&self, origin: &Origin) -> Hello {
        Hello {
            chain_id: self.chain_of(origin).to_hex(),
            accounts: self.visible_accounts(origin).into_iter().map(lower_case).collect(),
        }
    }

    pub(super) fn eth_accounts(&self, question: &Question<'_>) -> Answer {
        Answer::Now(accounts_value(&self.visible_accounts(&question.page.origin)))
    }

    pub(super) fn eth_coinbase(&self, question: &Question<'_>) -> Answer {
        let first = self.visible_accounts(&question.page.origin).into_iter().next();
        Answer::Now(first.map_or(Value::Null, |address| json!(lower_case(address))))
    }

    pub(super) fn eth_request_accounts(&mut self, question: Question<'_>) -> Answered {
        let accounts = accounts_value(&self.visible_accounts(&question.page.origin));
        if accounts.as_array().is_some_and(|list| !list.is_empty()) {
            return Ok(Answer::Now(accounts));
        }
        let body = Body::Connect { answer: ConnectAnswer::Accounts, chains: Vec::new() };
        self.request_from_page(question, None, body)
    }

    /// The account that a page names, if the page may use it.
    pub(super) fn permitted(&self, origin: &Origin, address: Address) -> Result<Address, PageError> {
        let visible = self.visible_accounts(origin);
        if visible.is_empty() {
            return Err(not_connected());
        }
        if visible.contains(&address) {
            Ok(address)
        } else {
            Err(error::unauthorized("This site may not use the account that it named."))
        }
    }
}
