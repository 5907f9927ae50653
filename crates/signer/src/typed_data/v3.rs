//! The third version, `eth_signTypedData_v3`: EIP-712 without lists, as MetaMask had it before the standard was done.
//!
//! Source: `SignTypedDataVersion.V3` of `@metamask/eth-sig-util` 8, `sign-typed-data.ts`. For whatever is complete and
//! has no list, both versions give the same digest. The differences:
//!
//! - A struct with a list is refused, also where the list is absent.
//! - A field that is absent adds nothing to its struct, though the hash of the type names it. There a later field could
//!   pass for it, so that one signature would stand for two messages; therefore only the last fields of a struct may be
//!   absent. `null` is not absent, and refused.
//! - A domain whose type is left out counts as empty there, whatever it says, while other programs derive the type from
//!   the domain. Here the type has to be declared.

use serde_json::{Map, Value};

use super::{
    Dialect, TypedData, TypedDataError, json,
    schema::{Field, Kind},
    within_limits,
};

impl TypedData {
    /// Reads the second parameter of `eth_signTypedData_v3`: an object, or a text that holds one.
    ///
    /// # Errors
    /// As [`Self::parse`]; also lists, a domain whose type is not declared, and what is absent before something that is
    /// there.
    pub fn parse_v3(value: &Value) -> Result<Self, TypedDataError> {
        match value {
            Value::String(text) => Self::parse_v3_text(text),
            _ => Self::read(within_limits(value)?, Dialect::V3),
        }
    }

    /// Reads a JSON text.
    ///
    /// # Errors
    /// As [`Self::parse_v3`].
    pub fn parse_v3_text(text: &str) -> Result<Self, TypedDataError> {
        Self::read(&json(text)?, Dialect::V3)
    }
}

/// The fields of a struct that get hashed: all but those at the end that the value does not have.
pub(super) fn present<'a>(
    fields: &'a [Field],
    value: &Map<String, Value>,
    path: &str,
) -> Result<&'a [Field], TypedDataError> {
    if let Some(list) = fields.iter().find(|field| matches!(field.kind, Kind::Array(..))) {
        return Err(TypedDataError::ListInV3(format!("{path}.{}", list.name)));
    }
    let absent = |field: &Field| !value.contains_key(&field.name);
    let count = fields.iter().rposition(|field| !absent(field)).map_or(0, |last| last + 1);
    let kept = fields.get(..count).unwrap_or_default();
    match kept.iter().find(|field| absent(field)) {
        Some(gap) => Err(TypedDataError::Missing(format!("{path}.{}", gap.name))),
        None => Ok(kept),
    }
}
