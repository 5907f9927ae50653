//! `eth_getEncryptionPublicKey`: `[account]`.

use serde_json::Value;

use super::{Answered, Question, error::invalid_params, params};
use crate::{Wallet, records::Body};

impl Wallet {
    pub(super) fn eth_get_encryption_public_key(&mut self, mut question: Question<'_>) -> Answered {
        let list = params::positional(question.params.take())?;
        let Some(Value::String(account)) = list.first() else {
            return Err(invalid_params("“eth_getEncryptionPublicKey” takes an address."));
        };
        let account = self.permitted(&question.page.origin, params::address(account, "account")?)?;
        self.request_from_page(question, Some(account), Body::EncryptionKey)
    }
}
