//! `eth_signTypedData`, also called `eth_signTypedData_v1`: `[fields, account]` in either order, where the fields are a
//! list of `{ name, type, value }`. From before EIP-712, so that nothing ties it to a site or network.

use serde_json::Value;

use super::{Answered, Question, error::invalid_params, params};
use crate::{Wallet, records::TypedDataVersion};

impl Wallet {
    pub(super) fn eth_sign_typed_data_v1(&mut self, mut question: Question<'_>) -> Answered {
        let mut list = params::positional(question.params.take())?.into_iter();
        let (fields, account) = match (list.next(), list.next()) {
            (Some(fields @ Value::Array(_)), Some(Value::String(account)))
            | (Some(Value::String(account)), Some(fields @ Value::Array(_))) => (fields, account),
            _ => {
                return Err(invalid_params(&format!(
                    "“{}” takes typed data, which is a list of fields, and an address.",
                    question.method
                )));
            }
        };
        self.typed_data(question, &account, TypedDataVersion::V1, fields.to_string())
    }
}
