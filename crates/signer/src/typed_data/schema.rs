use std::collections::BTreeMap;

use alloy_dyn_abi::{
    DynSolType,
    eip712::{PropertyDef, Resolver, TypeDef},
};
use serde_json::{Map, Value};

use super::TypedDataError;

/// Real messages have fewer than thirty; the limit bounds the work and the stack.
const MAX_TYPES: usize = 128;
/// Nested arrays of one field, such as `uint8[][3]`.
const MAX_ARRAYS: usize = 4;

/// The declared types: every name is unambiguous, every field has a type that exists.
pub(super) struct Schema {
    structs: BTreeMap<String, Vec<Field>>,
    resolver: Resolver,
}

/// One field of a struct.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// The type of a value.
#[derive(Clone)]
pub(super) enum Kind {
    Struct(String),
    Basic(DynSolType),
    /// Of any length, or of exactly that one.
    Array(Box<Self>, Option<usize>),
}

impl Schema {
    pub(super) fn new(types: &Map<String, Value>) -> Result<Self, TypedDataError> {
        if types.len() > MAX_TYPES {
            return Err(TypedDataError::TooManyTypes { max: MAX_TYPES });
        }
        if let Some(name) = types.keys().find(|name| !is_type_name(name) || basic(name).is_some()) {
            return Err(TypedDataError::TypeName(name.clone()));
        }
        let mut schema = Self { structs: BTreeMap::new(), resolver: Resolver::default() };
        for (name, declaration) in types {
            schema.declare(name, declaration, types)?;
        }
        for name in types.keys() {
            schema.encode_type(name)?;
        }
        Ok(schema)
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.structs.contains_key(name)
    }

    pub(super) fn fields(&self, name: &str) -> &[Field] {
        self.structs.get(name).map_or(&[], Vec::as_slice)
    }

    /// `encodeType` of EIP-712: the type, then those it refers to in alphabetical order.
    pub(super) fn encode_type(&self, name: &str) -> Result<String, TypedDataError> {
        self.resolver.encode_type(name).map_err(|_| TypedDataError::Circular(name.to_owned()))
    }

    fn declare(
        &mut self,
        of: &str,
        declaration: &Value,
        types: &Map<String, Value>,
    ) -> Result<(), TypedDataError> {
        let malformed = || TypedDataError::TypeNotFields(of.to_owned());
        let mut fields: Vec<Field> = Vec::new();
        let mut properties = Vec::new();
        for field in declaration.as_array().ok_or_else(malformed)? {
            let text = |key: &str| field.get(key).and_then(Value::as_str).ok_or_else(malformed);
            let (name, kind) = (text("name")?, text("type")?);
            if !is_field_name(name) {
                return Err(TypedDataError::FieldName { of: of.to_owned(), name: name.to_owned() });
            }
            if fields.iter().any(|field| field.name == name) {
                return Err(TypedDataError::FieldTwice { of: of.to_owned(), name: name.to_owned() });
            }
            properties.push(PropertyDef::new_unchecked(kind, name));
            let kind = kind_of(kind, types).ok_or_else(|| TypedDataError::FieldType {
                of: of.to_owned(),
                name: name.to_owned(),
                kind: kind.to_owned(),
            })?;
            fields.push(Field { name: name.to_owned(), kind });
        }
        self.resolver.ingest(TypeDef::new_unchecked(of.to_owned(), properties));
        self.structs.insert(of.to_owned(), fields);
        Ok(())
    }
}

/// An identifier; colons occur in practice.
fn is_type_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$'))
        && name.len() <= 128
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | b':'))
}

/// Without the characters that separate fields in `encodeType`: a name such as `a,uint256 b` would give two types of
/// different shape the same hash.
pub(super) fn is_field_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 128
        && name.bytes().all(|b| (b.is_ascii_graphic() || b == b' ') && !matches!(b, b',' | b'(' | b')'))
}

fn kind_of(text: &str, types: &Map<String, Value>) -> Option<Kind> {
    let (root, arrays) = match text.split_once('[') {
        Some((root, rest)) => (root, Some(rest.strip_suffix(']')?)),
        None => (text, None),
    };
    let mut kind =
        if types.contains_key(root) { Kind::Struct(root.to_owned()) } else { Kind::Basic(basic(root)?) };
    for (count, size) in arrays.into_iter().flat_map(|sizes| sizes.split("][")).enumerate() {
        if count == MAX_ARRAYS {
            return None;
        }
        let size = match size {
            "" => None,
            digits if digits.starts_with('0') || !digits.bytes().all(|b| b.is_ascii_digit()) => return None,
            digits => Some(digits.parse().ok()?),
        };
        kind = Kind::Array(Box::new(kind), size);
    }
    Some(kind)
}

/// A built-in type by its name. `function` is not one that a message can hold.
pub(super) fn basic(name: &str) -> Option<DynSolType> {
    if !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    match DynSolType::parse(name).ok()? {
        DynSolType::Function => None,
        kind => Some(kind),
    }
}
