//! `personal_sign` (EIP-191): `[message, account]`, either order as some libraries have it, anything after ignored.

use candor_chain::quantity;
use candor_primitives::Bytes;
use serde_json::Value;

use super::{Answered, Question, error::invalid_params, params};
use crate::{Wallet, records::Body};

/// The longest message, in bytes.
const LONGEST: usize = 200 * 1024;

impl Wallet {
    pub(super) fn personal_sign(&mut self, mut question: Question<'_>) -> Answered {
        let list = params::positional(question.params.take())?;
        let (Some(Value::String(first)), Some(Value::String(second))) = (list.first(), list.get(1)) else {
            return Err(invalid_params("“personal_sign” takes a message and an address, both as text."));
        };
        let swapped = is_address(first) && !is_address(second);
        let (message, account) = if swapped { (second, first) } else { (first, second) };
        let account = params::address(account, "account")?;
        let account = self.permitted(&question.page.origin, account)?;
        let bytes = message_bytes(message);
        if bytes.len() > LONGEST {
            return Err(invalid_params("The message is too long: at most 200 KiB can be signed."));
        }
        self.request_from_page(question, Some(account), Body::Message { bytes })
    }
}

fn is_address(text: &str) -> bool {
    text.len() == 42
        && text.strip_prefix("0x").is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Hexadecimal data as bytes, everything else as UTF-8.
pub(super) fn message_bytes(text: &str) -> Bytes {
    quantity::data(text).unwrap_or_else(|_| text.as_bytes().to_vec().into())
}
