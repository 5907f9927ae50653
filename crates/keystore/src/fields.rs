//! Reads the fields of a key file without trusting any of them.

use candor_primitives::Address;
use serde_json::{Map, Value};

use crate::{
    kdf::{KdfError, KdfFunction, KdfParams},
    keystore::MAX_LENGTH,
};

/// Why a text is not a key file that Candor can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Longer than any key file.
    #[error("this file has {bytes} bytes, far more than a key file has")]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// Not a JSON object.
    #[error("this is not a key file: it is not a JSON object")]
    NotAnObject,
    /// A version other than 3.
    #[error("this key file has version {version}, and Candor reads version 3")]
    Version {
        /// The version it has.
        version: u64,
    },
    /// A field is not there.
    #[error("the key file has no {field}")]
    Missing {
        /// Which field, such as `crypto.mac`.
        field: &'static str,
    },
    /// A field is there twice, in upper and lower case.
    #[error("the key file has two fields {field}")]
    Twice {
        /// Which field.
        field: &'static str,
    },
    /// A field has not the type, the digits or the length that it must have.
    #[error("the key file's {field} is damaged")]
    Malformed {
        /// Which field.
        field: &'static str,
    },
    /// A function or cipher that Candor does not have.
    #[error("the key file's {field} is none that Candor can use")]
    Unsupported {
        /// Which field names it.
        field: &'static str,
    },
    /// The cost of the password protection is out of bounds.
    #[error(transparent)]
    Kdf(#[from] KdfError),
}

/// The parts of a key file.
pub(crate) struct Fields {
    pub(crate) address: Option<Address>,
    pub(crate) kdf: KdfParams,
    pub(crate) iv: [u8; 16],
    pub(crate) ciphertext: Vec<u8>,
    pub(crate) mac: [u8; 32],
}

/// Reads all fields. Names of fields are compared without case, because wallets write `crypto` and `Crypto`; fields
/// that the format does not know are passed over.
pub(crate) fn read(text: &str) -> Result<Fields, ParseError> {
    if text.len() > MAX_LENGTH {
        return Err(ParseError::TooLong { bytes: text.len() });
    }
    // Editors on Windows put a byte order mark before the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Ok(Value::Object(file)) = serde_json::from_str(text) else { return Err(ParseError::NotAnObject) };
    match required(&file, "version")?.as_u64() {
        Some(3) => {}
        Some(version) => return Err(ParseError::Version { version }),
        None => return Err(ParseError::Malformed { field: "version" }),
    }
    let crypto = object(&file, "crypto")?;
    if name(crypto, "crypto.cipher")? != "aes-128-ctr" {
        return Err(ParseError::Unsupported { field: "crypto.cipher" });
    }
    let cipher = object(crypto, "crypto.cipherparams")?;
    Ok(Fields {
        address: address(&file)?,
        kdf: kdf(crypto)?,
        iv: array(cipher, "crypto.cipherparams.iv")?,
        ciphertext: ciphertext(crypto)?,
        mac: array(crypto, "crypto.mac")?,
    })
}

fn kdf(crypto: &Map<String, Value>) -> Result<KdfParams, ParseError> {
    let params = object(crypto, "crypto.kdfparams")?;
    let function = match name(crypto, "crypto.kdf")? {
        "scrypt" => KdfFunction::Scrypt {
            n: number(params, "crypto.kdfparams.n")?,
            r: number(params, "crypto.kdfparams.r")?,
            p: number(params, "crypto.kdfparams.p")?,
        },
        "pbkdf2" if name(params, "crypto.kdfparams.prf")? == "hmac-sha256" => {
            KdfFunction::Pbkdf2 { rounds: number(params, "crypto.kdfparams.c")? }
        }
        "pbkdf2" => return Err(ParseError::Unsupported { field: "crypto.kdfparams.prf" }),
        _ => return Err(ParseError::Unsupported { field: "crypto.kdf" }),
    };
    // The format uses 32 bytes, so no file has fewer, and more are never computed.
    if number(params, "crypto.kdfparams.dklen")? < 32 {
        return Err(ParseError::Malformed { field: "crypto.kdfparams.dklen" });
    }
    Ok(KdfParams::new(function, bytes(params, "crypto.kdfparams.salt")?)?)
}

/// Usually 32 bytes. Old programs left out the zeros that a key begins with, so that less is allowed.
fn ciphertext(crypto: &Map<String, Value>) -> Result<Vec<u8>, ParseError> {
    let field = "crypto.ciphertext";
    let ciphertext = bytes(crypto, field)?;
    if matches!(ciphertext.len(), 1..=32) { Ok(ciphertext) } else { Err(ParseError::Malformed { field }) }
}

/// Files that keep the address private leave it out or empty.
fn address(file: &Map<String, Value>) -> Result<Option<Address>, ParseError> {
    match optional(file, "address")? {
        None => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(_) => Ok(Some(Address::from(array(file, "address")?))),
    }
}

fn array<const N: usize>(object: &Map<String, Value>, field: &'static str) -> Result<[u8; N], ParseError> {
    bytes(object, field)?.try_into().map_err(|_| ParseError::Malformed { field })
}

/// Hexadecimal digits in either case, with `0x` before them or not.
fn bytes(object: &Map<String, Value>, field: &'static str) -> Result<Vec<u8>, ParseError> {
    let text = name(object, field)?;
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    hex::decode(digits).map_err(|_| ParseError::Malformed { field })
}

fn number(object: &Map<String, Value>, field: &'static str) -> Result<u32, ParseError> {
    let number = required(object, field)?.as_u64();
    number.and_then(|number| u32::try_from(number).ok()).ok_or(ParseError::Malformed { field })
}

fn name<'a>(object: &'a Map<String, Value>, field: &'static str) -> Result<&'a str, ParseError> {
    required(object, field)?.as_str().ok_or(ParseError::Malformed { field })
}

fn object<'a>(
    object: &'a Map<String, Value>,
    field: &'static str,
) -> Result<&'a Map<String, Value>, ParseError> {
    required(object, field)?.as_object().ok_or(ParseError::Malformed { field })
}

fn required<'a>(object: &'a Map<String, Value>, field: &'static str) -> Result<&'a Value, ParseError> {
    optional(object, field)?.ok_or(ParseError::Missing { field })
}

/// The value of a field, given by its whole path; `null` counts as none.
fn optional<'a>(
    object: &'a Map<String, Value>,
    field: &'static str,
) -> Result<Option<&'a Value>, ParseError> {
    let name = field.rsplit('.').next().unwrap_or(field);
    let mut found = object.iter().filter(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_null());
    match (found.next(), found.next()) {
        (_, Some(_)) => Err(ParseError::Twice { field }),
        (first, None) => Ok(first.map(|(_, value)| value)),
    }
}
