//! Single private keys, as people type them.

use candor_keys::{PrivateKey, keyring::Keyring};
use candor_primitives::{Platform, Secret};
use candor_protocol::{
    import::{Keyring as KeyringView, ReadKey},
    ui::UiError,
};
use zeroize::Zeroizing;

use crate::{answer::Answer, error, record};

/// Digits of a private key.
const DIGITS: usize = 64;
/// Digits of an address, which is often taken for a key.
const ADDRESS_DIGITS: usize = 40;

impl Answer for ReadKey {
    fn answer(self, _: &mut dyn Platform) -> Result<KeyringView, UiError> {
        record::write(&Keyring::from_key(parse(&self.text.0)?))
    }
}

/// Reads a key as people type it: white space anywhere, `0x` before it or not, either case.
fn parse(text: &str) -> Result<PrivateKey, UiError> {
    let mut typed = Zeroizing::new(String::with_capacity(text.len()));
    typed.extend(text.chars().filter(|c| !c.is_whitespace()));
    if typed.is_empty() {
        return Err(error::invalid("There is no key yet.", "Type or paste your private key."));
    }
    let (digits, before) =
        typed.strip_prefix("0x").or_else(|| typed.strip_prefix("0X")).map_or((typed.as_str(), 0), |d| (d, 2));
    if let Some(place) = digits.chars().position(|c| !c.is_ascii_hexdigit()) {
        return Err(error::invalid(
            &format!("Character {} cannot be part of a private key.", before + place + 1),
            "A key has only the digits 0 to 9 and the letters a to f. Compare it with your copy.",
        ));
    }
    match digits.len() {
        DIGITS => {}
        ADDRESS_DIGITS => {
            return Err(error::invalid(
                "This is an address, not a private key.",
                "An address can be watched. To send from it, its key or its recovery phrase is needed.",
            ));
        }
        count => {
            let behind = if before == 0 { "" } else { " behind 0x" };
            return Err(error::invalid(
                &format!("{}{behind}.", error::there_are(count, "character")),
                "A private key has 64. Compare it with your copy.",
            ));
        }
    }
    let mut bytes = Secret::new([0; DIGITS / 2]);
    hex::decode_to_slice(digits, bytes.expose_mut()).map_err(|_| error::internal())?;
    PrivateKey::from_bytes(bytes.expose()).map_err(|_| {
        error::invalid(
            "No account has this key.",
            "As a number it is zero or too large, so that a character must be wrong. Compare it with your copy.",
        )
    })
}

#[cfg(test)]
mod tests;
