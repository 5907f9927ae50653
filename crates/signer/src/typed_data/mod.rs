//! Structured messages: what `eth_signTypedData_v4` and `_v3` (EIP-712) and `eth_signTypedData` (before it) sign.
//!
//! Reading is strict, so that one text has one meaning: whatever other wallets would fill in, cut off or convert is
//! refused here with a sentence that names the field. Only what is signed is kept: keys that the types do not name
//! are dropped, and nothing can show them.

mod encode;
mod error;
mod schema;
mod v1;
mod v3;
mod value;

use alloy_dyn_abi::DynSolValue;
use candor_primitives::{Address, B256, U256, keccak256};
use serde_json::{Map, Value};

pub use error::TypedDataError;
pub use v1::{LegacyField, LegacyTypedData};

use encode::Encoder;
use schema::Schema;

/// The name of the type of a domain.
const DOMAIN_TYPE: &str = "EIP712Domain";
/// The longest message that is read, in bytes of JSON.
const MAX_SIZE: usize = 200 * 1024;

/// Which of the two readings of EIP-712 applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    /// Without lists; what is absent at the end of a struct is left out.
    V3,
    /// The standard.
    V4,
}

/// A structured message, read completely and known to be hashable.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedData {
    primary_type: String,
    domain: Domain,
    message: DynSolValue,
    type_hash: B256,
    digest: B256,
}

/// Where a structured message counts: only those fields that its signature covers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Domain {
    /// The name that the message gives to its application. Anyone can write anything here.
    pub name: Option<String>,
    /// The version that the message gives to its application.
    pub version: Option<String>,
    /// The only network where the message counts.
    pub chain_id: Option<U256>,
    /// The contract that will read the message.
    pub verifying_contract: Option<Address>,
    /// Tells applications of the same name apart.
    pub salt: Option<B256>,
    /// What else the message's own type of a domain has, which EIP-712 does not know.
    pub others: Vec<(String, DynSolValue)>,
    /// The hash that stands for the whole domain in the digest.
    pub separator: B256,
}

impl TypedData {
    /// Reads the second parameter of `eth_signTypedData_v4`: an object, or a text that holds one.
    ///
    /// # Errors
    /// Anything that is missing, malformed, ambiguous or too large.
    pub fn parse(value: &Value) -> Result<Self, TypedDataError> {
        match value {
            Value::String(text) => Self::parse_text(text),
            _ => Self::read(within_limits(value)?, Dialect::V4),
        }
    }

    /// Reads a JSON text.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_text(text: &str) -> Result<Self, TypedDataError> {
        Self::read(&json(text)?, Dialect::V4)
    }

    /// The digest that is signed: `keccak256(0x1901 ‖ domain separator ‖ hash of the message)`.
    #[must_use]
    pub const fn digest(&self) -> B256 {
        self.digest
    }

    /// Where it counts.
    #[must_use]
    pub const fn domain(&self) -> &Domain {
        &self.domain
    }

    /// The name of the message's type. A name says nothing about the shape: recognise by [`Self::type_hash`].
    #[must_use]
    pub fn primary_type(&self) -> &str {
        &self.primary_type
    }

    /// The hash of the full type of the message, with every type that it refers to.
    #[must_use]
    pub const fn type_hash(&self) -> B256 {
        self.type_hash
    }

    /// The signed content: always [`DynSolValue::CustomStruct`], fields in the order of the type.
    #[must_use]
    pub const fn message(&self) -> &DynSolValue {
        &self.message
    }

    fn read(value: &Value, dialect: Dialect) -> Result<Self, TypedDataError> {
        refuse_prototype_keys(value)?;
        let part = |name: &'static str| value.get(name).ok_or(TypedDataError::PartMissing(name));
        let object = |name: &'static str| part(name)?.as_object().ok_or(TypedDataError::PartNotObject(name));

        let types = object("types")?;
        let primary_type = part("primaryType")?.as_str().ok_or(TypedDataError::PrimaryTypeNotText)?;
        let (domain, message) = (object("domain")?, object("message")?);

        let schema = if types.contains_key(DOMAIN_TYPE) {
            Schema::new(types)?
        } else if dialect == Dialect::V3 {
            return Err(TypedDataError::DomainTypeMissing);
        } else {
            let mut types = types.clone();
            types.insert(DOMAIN_TYPE.to_owned(), domain_type(domain)?);
            Schema::new(&types)?
        };
        if !schema.contains(primary_type) {
            return Err(TypedDataError::PrimaryTypeUnknown(primary_type.to_owned()));
        }

        let mut encoder = Encoder::new(&schema);
        let domain_value = value::structure(&schema, dialect, DOMAIN_TYPE, domain, "domain")?;
        let separator = encoder.hash(&domain_value)?;
        let mut preimage = [&[0x19, 0x01], separator.as_slice()].concat();
        // A message that is nothing but its domain ends after the separator, as in every other wallet.
        let message = if primary_type == DOMAIN_TYPE {
            domain_value.clone()
        } else {
            let message = value::structure(&schema, dialect, primary_type, message, "message")?;
            preimage.extend_from_slice(encoder.hash(&message)?.as_slice());
            message
        };
        Ok(Self {
            primary_type: primary_type.to_owned(),
            domain: Domain::new(&domain_value, separator)?,
            type_hash: encoder.type_hash(primary_type)?,
            message,
            digest: keccak256(preimage),
        })
    }
}

impl Domain {
    fn new(value: &DynSolValue, separator: B256) -> Result<Self, TypedDataError> {
        let mut domain = Self { separator, ..Self::default() };
        let DynSolValue::CustomStruct { prop_names, tuple, .. } = value else { return Ok(domain) };
        for (name, value) in prop_names.iter().zip(tuple) {
            match (name.as_str(), value) {
                ("name", DynSolValue::String(text)) => domain.name = Some(text.clone()),
                ("version", DynSolValue::String(text)) => domain.version = Some(text.clone()),
                ("chainId", DynSolValue::Uint(number, _)) => domain.chain_id = Some(*number),
                ("verifyingContract", DynSolValue::Address(address)) => {
                    domain.verifying_contract = Some(*address);
                }
                ("salt", DynSolValue::FixedBytes(word, 32)) => domain.salt = Some(*word),
                ("chainId" | "verifyingContract", _) => {
                    return Err(TypedDataError::DomainFieldType(name.clone()));
                }
                _ => domain.others.push((name.clone(), value.clone())),
            }
        }
        Ok(domain)
    }
}

/// The type of a domain whose type was left out: the fields it has, in the order of EIP-712, as viem and ethers do.
fn domain_type(domain: &Map<String, Value>) -> Result<Value, TypedDataError> {
    const FIELDS: [(&str, &str); 5] = [
        ("name", "string"),
        ("version", "string"),
        ("chainId", "uint256"),
        ("verifyingContract", "address"),
        ("salt", "bytes32"),
    ];
    if let Some(key) = domain.keys().find(|key| FIELDS.iter().all(|(name, _)| name != key)) {
        return Err(TypedDataError::DomainFieldUnknown(key.clone()));
    }
    Ok(FIELDS
        .iter()
        .filter(|(name, _)| domain.contains_key(*name))
        .map(|(name, kind)| serde_json::json!({ "name": name, "type": kind }))
        .collect())
}

/// A value that is not too long as text.
fn within_limits(value: &Value) -> Result<&Value, TypedDataError> {
    if value.to_string().len() > MAX_SIZE { Err(TypedDataError::TooLarge) } else { Ok(value) }
}

/// Reads a text that is not too long.
fn json(text: &str) -> Result<Value, TypedDataError> {
    if text.len() > MAX_SIZE {
        return Err(TypedDataError::TooLarge);
    }
    serde_json::from_str(text).map_err(|_| TypedDataError::NotJson)
}

/// Such keys can change what other programs read from the same object.
fn refuse_prototype_keys(value: &Value) -> Result<(), TypedDataError> {
    let forbidden = |key: &str| matches!(key, "__proto__" | "constructor" | "prototype");
    match value {
        Value::Object(map) => map.iter().try_for_each(|(key, value)| {
            if forbidden(key) {
                return Err(TypedDataError::ForbiddenKey(key.clone()));
            }
            refuse_prototype_keys(value)
        }),
        Value::Array(items) => items.iter().try_for_each(refuse_prototype_keys),
        _ => Ok(()),
    }
}
