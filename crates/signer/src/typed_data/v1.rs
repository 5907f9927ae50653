//! The first version, `eth_signTypedData` and `eth_signTypedData_v1`: a flat list of `{name, type, value}`, from a draft
//! that came before EIP-712.
//!
//! `keccak256(keccak256(schema) ‖ keccak256(values))`, where the schema is every `type name` and the values are packed
//! as in Solidity (`abi.encodePacked`), each joined without anything between. Source: `typedSignatureHash` of
//! `@metamask/eth-sig-util` 8, `sign-typed-data.ts`.
//!
//! There is no domain: the signature counts wherever somebody accepts it. Since nothing is between the parts, different
//! messages can have the same digest; what could be read in a second way is refused here, and so are lists, which are
//! packed in ways of their own.

use alloy_dyn_abi::{DynSolType, DynSolValue};
use candor_primitives::{B256, keccak256};
use serde_json::Value;

use super::{
    TypedDataError, json,
    schema::{basic, is_field_name},
    value, within_limits,
};

/// Real messages have a handful; each has to find room on the screen.
const MAX_FIELDS: usize = 128;
/// The longest name of a built-in type: `uint256`, `address`, `bytes32`.
const LONGEST_TYPE: usize = 7;

/// A message of the first version, read completely and known to be hashable.
#[derive(Clone, Debug, PartialEq)]
pub struct LegacyTypedData {
    fields: Vec<LegacyField>,
    digest: B256,
}

/// A field of a message of the first version.
#[derive(Clone, Debug, PartialEq)]
pub struct LegacyField {
    /// What the message calls it. Anyone can write anything here.
    pub name: String,
    /// The name of its type, as it is signed: `uint` and `uint256` differ.
    pub kind: String,
    /// What is signed, of a built-in type.
    pub value: DynSolValue,
}

impl LegacyTypedData {
    /// Reads the first parameter of `eth_signTypedData`: a list of fields.
    ///
    /// # Errors
    /// Anything that is missing, malformed, ambiguous or too large.
    pub fn parse(value: &Value) -> Result<Self, TypedDataError> {
        let items = within_limits(value)?.as_array().filter(|items| !items.is_empty());
        let items = items.ok_or(TypedDataError::NotLegacyFields)?;
        if items.len() > MAX_FIELDS {
            return Err(TypedDataError::TooManyLegacyFields { max: MAX_FIELDS });
        }
        let mut fields: Vec<LegacyField> = Vec::with_capacity(items.len());
        for item in items {
            let field = field(item)?;
            if fields.iter().any(|other| other.name == field.name) {
                return Err(TypedDataError::LegacyFieldTwice(field.name));
            }
            fields.push(field);
        }
        let mut schema = String::new();
        let mut fields_start = Vec::with_capacity(fields.len());
        for field in &fields {
            fields_start.push(schema.len());
            schema.extend([field.kind.as_str(), " ", field.name.as_str()]);
        }
        if fields_start != starts(&schema) {
            return Err(TypedDataError::AmbiguousNames);
        }
        let open =
            |field: &&LegacyField| matches!(field.value, DynSolValue::String(_) | DynSolValue::Bytes(_));
        if fields.iter().filter(open).count() > 1 {
            return Err(TypedDataError::AmbiguousValues);
        }
        let values: Vec<u8> = fields.iter().flat_map(|field| field.value.abi_encode_packed()).collect();
        let digest = keccak256([keccak256(schema), keccak256(values)].concat());
        Ok(Self { fields, digest })
    }

    /// Reads a JSON text.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_text(text: &str) -> Result<Self, TypedDataError> {
        Self::parse(&json(text)?)
    }

    /// The digest that is signed.
    #[must_use]
    pub const fn digest(&self) -> B256 {
        self.digest
    }

    /// Everything that is signed, in order.
    #[must_use]
    pub fn fields(&self) -> &[LegacyField] {
        &self.fields
    }
}

fn field(item: &Value) -> Result<LegacyField, TypedDataError> {
    let malformed = TypedDataError::NotLegacyFields;
    let members = item.as_object().filter(|members| members.len() == 3).ok_or_else(|| malformed.clone())?;
    let text = |key: &str| members.get(key).and_then(Value::as_str).ok_or_else(|| malformed.clone());
    let (name, kind) = (text("name")?, text("type")?);
    let given = members.get("value").ok_or_else(|| malformed.clone())?;
    if !is_field_name(name) {
        return Err(TypedDataError::LegacyFieldName(name.to_owned()));
    }
    let built_in: DynSolType = basic(kind)
        .ok_or_else(|| TypedDataError::LegacyFieldType { name: name.to_owned(), kind: kind.to_owned() })?;
    let value = value::basic(&built_in, given, &format!("\"{name}\""))?;
    Ok(LegacyField { name: name.to_owned(), kind: kind.to_owned(), value })
}

/// Where in a schema a field could start: wherever the name of a type has a blank after it. `int` after a `u` is taken
/// for the end of `uint`.
///
/// This depends on the schema alone. So if fields may start in all these places and nowhere else, then no two messages
/// that are not refused have the same schema.
fn starts(schema: &str) -> Vec<usize> {
    let starts_at = |at: usize| {
        let rest = schema.get(at..)?;
        let (kind, _) = rest.split_once(' ').filter(|(kind, _)| kind.len() <= LONGEST_TYPE)?;
        let inside_uint = kind.starts_with("int") && schema.get(..at)?.ends_with('u');
        (!inside_uint).then(|| basic(kind))?
    };
    (0..schema.len()).filter(|at| starts_at(*at).is_some()).collect()
}
