//! What the tests share.

use candor_primitives::{Entropy, Unicode};
use candor_protocol::{
    import::ImportCall,
    ui::{Reply, SecretText, UiError},
};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::answer;

/// The phrase of every development node, and its first account.
pub(crate) const ANVIL: &str = "test test test test test test test test test test test junk";

/// Always the same bytes, and the Unicode tables of a crate.
pub(crate) struct Fixed;

impl Entropy for Fixed {
    fn fill(&mut self, buffer: &mut [u8]) {
        buffer.fill(0x7f);
    }
}

impl Unicode for Fixed {
    fn nfkd(&self, text: &str) -> Zeroizing<String> {
        Zeroizing::new(text.nfkd().collect())
    }
}

pub(crate) fn secret(text: &str) -> SecretText {
    SecretText(text.to_owned())
}

/// Makes a call the way a page does: all through JSON.
pub(crate) fn ask<C: ImportCall>(call: C) -> Result<C::Reply, UiError> {
    let posted = serde_json::to_string(&call.into_any()).unwrap();
    match serde_json::from_str(&answer::to_json(&posted, &mut Fixed)).unwrap() {
        Reply::Ok(reply) => Ok(reply),
        Reply::Err(error) => Err(error),
    }
}

/// What a call that does not work says.
pub(crate) fn refusal<C: ImportCall>(call: C) -> (String, String)
where
    C::Reply: core::fmt::Debug,
{
    let error = ask(call).unwrap_err();
    (error.title, error.text)
}
