//! Reading what pages pass along; every complaint names the field.

use candor_primitives::Address;
use candor_protocol::page::PageError;
use serde_json::{Map, Value};

use super::error::invalid_params;

/// The positional parameters.
pub(super) fn positional(params: Value) -> Result<Vec<Value>, PageError> {
    match params {
        Value::Array(items) => Ok(items),
        Value::Null => Ok(Vec::new()),
        Value::Object(_) | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Err(invalid_params("The parameters must be a list."))
        }
    }
}

/// The only parameter, which must be an object.
pub(super) fn single_object(params: Value) -> Result<Map<String, Value>, PageError> {
    match positional(params)?.into_iter().next() {
        Some(Value::Object(object)) => Ok(object),
        _ => Err(invalid_params("The first parameter must be an object.")),
    }
}

/// The member `name` of parameters by name, or the one at `place` of a list.
pub(super) fn named_or_at<'a>(params: &'a Value, name: &str, place: usize) -> Option<&'a Value> {
    match params {
        Value::Array(list) => list.get(place),
        params => params.get(name),
    }
}

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddressFault {
    /// Not 0x and 40 hexadecimal digits.
    Shape,
    /// Mixed case that is not the checksum of EIP-55.
    Checksum,
}

/// Reads an address: 20 bytes in hexadecimal, any case. A mixed case must be a right EIP-55 checksum.
pub(crate) fn typed_address(text: &str) -> Result<Address, AddressFault> {
    let digits = text.strip_prefix("0x").ok_or(AddressFault::Shape)?;
    let parsed: Address = text.parse().map_err(|_| AddressFault::Shape)?;
    let mixed =
        digits.bytes().any(|b| b.is_ascii_uppercase()) && digits.bytes().any(|b| b.is_ascii_lowercase());
    if mixed && parsed.to_checksum(None) != text { Err(AddressFault::Checksum) } else { Ok(parsed) }
}

/// An address in a member of what a page passes along.
pub(crate) fn address(text: &str, field: &str) -> Result<Address, PageError> {
    typed_address(text).map_err(|fault| {
        invalid_params(&match fault {
            AddressFault::Shape => format!("“{field}” must be an address: 0x and 40 hexadecimal digits."),
            AddressFault::Checksum => {
                format!("The address in “{field}” has a typing error: its checksum is wrong.")
            }
        })
    })
}
