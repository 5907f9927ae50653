//! `eth_decrypt`: `[message, account]`, where the message is JSON, as hexadecimal bytes or as text.

use candor_signer::encryption::EncryptedMessage;
use serde_json::Value;

use super::{Answered, Question, error::invalid_params, params, personal_sign::message_bytes};
use crate::{Wallet, records::Body};

impl Wallet {
    pub(super) fn eth_decrypt(&mut self, mut question: Question<'_>) -> Answered {
        let list = params::positional(question.params.take())?;
        let (Some(Value::String(message)), Some(Value::String(account))) = (list.first(), list.get(1)) else {
            return Err(invalid_params("“eth_decrypt” takes a message and an address, both as text."));
        };
        let account = self.permitted(&question.page.origin, params::address(account, "account")?)?;
        let json = message_bytes(message);
        EncryptedMessage::parse(&json)
            .map_err(|wrong| invalid_params(&format!("The message is wrong: {wrong}.")))?;
        self.request_from_page(question, Some(account), Body::Decrypt { json })
    }
}
