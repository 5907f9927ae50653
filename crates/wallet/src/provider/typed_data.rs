//! `eth_signTypedData_v4` (EIP-712): `[account, typed data]`, the latter as JSON text or as an object. Also what its
//! older versions have in common with it.

use candor_primitives::{Address, U256};
use candor_protocol::page::PageError;
use candor_signer::typed_data::Domain;
use serde_json::Value;

use super::{Answered, Question, error::invalid_params, params};
use crate::{
    Wallet,
    records::{Body, TypedDataVersion},
    requests::Typed,
};

impl Wallet {
    pub(super) fn eth_sign_typed_data_v4(&mut self, question: Question<'_>) -> Answered {
        self.structured_data(question, TypedDataVersion::V4)
    }

    /// A version with a domain: account first, then an object or its text.
    pub(super) fn structured_data(
        &mut self,
        mut question: Question<'_>,
        version: TypedDataVersion,
    ) -> Answered {
        let mut list = params::positional(question.params.take())?.into_iter();
        let (Some(Value::String(account)), Some(data)) = (list.next(), list.next()) else {
            return Err(invalid_params(&format!("“{}” takes an address and typed data.", question.method)));
        };
        let json = match data {
            Value::String(text) => text,
            Value::Object(_) => data.to_string(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                return Err(invalid_params("The typed data must be an object or its JSON text."));
            }
        };
        self.typed_data(question, &account, version, json)
    }

    /// Typed data of any version, for a person to read.
    pub(super) fn typed_data(
        &mut self,
        question: Question<'_>,
        account: &str,
        version: TypedDataVersion,
        json: String,
    ) -> Answered {
        let account = self.permitted(&question.page.origin, params::address(account, "account")?)?;
        let typed = Typed::read(version, &json)
            .map_err(|wrong| invalid_params(&format!("The typed data is wrong: {wrong}.")))?;
        if let Some(domain) = typed.domain() {
            self.must_count_here(&question, domain)?;
        }
        self.request_from_page(question, Some(account), Body::TypedData { version, json })
    }

    /// EIP-712 has wallets refuse another network than the one in use. An account that acts on typed data is one that
    /// runs code (EIP-7702), and no site has to tell it what to do. Only accounts that the origin sees are named here:
    /// an error would tell it of others, which get a warning instead (`requests/meaning.rs`).
    fn must_count_here(&self, question: &Question<'_>, domain: &Domain) -> Result<(), PageError> {
        let origin = &question.page.origin;
        if domain.chain_id.is_some_and(|id| id != U256::from(question.chain.get())) {
            return Err(invalid_params("“domain.chainId” is not the network that this site uses now."));
        }
        let visible = |contract: Address| self.visible_accounts(origin).contains(&contract);
        if domain.verifying_contract.is_some_and(visible) {
            return Err(invalid_params("“domain.verifyingContract” is an account of this wallet."));
        }
        Ok(())
    }
}
