//! `eth_signTypedData_v4` (EIP-712): `[account, typed data]`, the latter as JSON text or as an object.

use candor_signer::typed_data::TypedData;
use serde_json::Value;

use super::{Answered, Question, error::invalid_params, params};
use crate::{Wallet, records::Body};

impl Wallet {
    pub(super) fn eth_sign_typed_data_v4(&mut self, mut question: Question<'_>) -> Answered {
        let mut list = params::positional(question.params.take())?.into_iter();
        let (Some(Value::String(account)), Some(data)) = (list.next(), list.next()) else {
            return Err(invalid_params("“eth_signTypedData_v4” takes an address and typed data."));
        };
        let account = params::address(&account, "account")?;
        let account = self.permitted(&question.page.origin, account)?;
        let json = match data {
            Value::String(text) => text,
            Value::Object(_) => data.to_string(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                return Err(invalid_params("The typed data must be an object or its JSON text."));
            }
        };
        TypedData::parse(&Value::String(json.clone()))
            .map_err(|wrong| invalid_params(&format!("The typed data is wrong: {wrong}.")))?;
        self.request_from_page(question, Some(account), Body::TypedData { json })
    }
}
