use alloy_dyn_abi::{DynSolType, DynSolValue};
use alloy_primitives::I256;
use candor_primitives::{Address, B256, U256};
use serde_json::{Map, Number, Value};

use super::{
    Dialect, TypedDataError,
    schema::{Kind, Schema},
    v3,
};

/// Structs and arrays inside each other; bounds the stack.
const MAX_DEPTH: usize = 32;
/// Above it a JavaScript number is not exact, so two programs could read two numbers: `Number.MAX_SAFE_INTEGER`.
const MAX_EXACT: u64 = (1 << 53) - 1;

/// Reads a struct. Keys that its type does not name are left out, because they are not signed.
pub(super) fn structure(
    schema: &Schema,
    dialect: Dialect,
    name: &str,
    value: &Map<String, Value>,
    path: &str,
) -> Result<DynSolValue, TypedDataError> {
    Reader { schema, dialect }.structure(name, value, path, 0)
}

struct Reader<'a> {
    schema: &'a Schema,
    dialect: Dialect,
}

impl Reader<'_> {
    fn structure(
        &self,
        name: &str,
        value: &Map<String, Value>,
        path: &str,
        depth: usize,
    ) -> Result<DynSolValue, TypedDataError> {
        let fields = self.schema.fields(name);
        let fields = match self.dialect {
            Dialect::V3 => v3::present(fields, value, path)?,
            Dialect::V4 => fields,
        };
        let mut prop_names = Vec::with_capacity(fields.len());
        let mut tuple = Vec::with_capacity(fields.len());
        for field in fields {
            let path = format!("{path}.{}", field.name);
            let value = value.get(&field.name).unwrap_or(&Value::Null);
            tuple.push(self.value(&field.kind, value, &path, depth + 1)?);
            prop_names.push(field.name.clone());
        }
        Ok(DynSolValue::CustomStruct { name: name.to_owned(), prop_names, tuple })
    }

    fn value(
        &self,
        kind: &Kind,
        value: &Value,
        path: &str,
        depth: usize,
    ) -> Result<DynSolValue, TypedDataError> {
        if depth > MAX_DEPTH {
            return Err(TypedDataError::TooDeep(path.to_owned()));
        }
        if value.is_null() {
            return Err(TypedDataError::Missing(path.to_owned()));
        }
        let mismatch = |expected: String| TypedDataError::Mismatch { path: path.to_owned(), expected };
        match kind {
            Kind::Struct(name) => {
                let value = value.as_object().ok_or_else(|| mismatch("an object".to_owned()))?;
                self.structure(name, value, path, depth)
            }
            Kind::Array(item, length) => {
                let items = value.as_array().ok_or_else(|| mismatch("a list".to_owned()))?;
                if let Some(length) = length.filter(|length| *length != items.len()) {
                    return Err(mismatch(format!("a list of exactly {length}")));
                }
                let read = |(i, value)| self.value(item, value, &format!("{path}[{i}]"), depth + 1);
                items.iter().enumerate().map(read).collect::<Result<_, _>>().map(DynSolValue::Array)
            }
            Kind::Basic(kind) => basic(kind, value, path),
        }
    }
}

/// Reads a value of a built-in type.
pub(super) fn basic(kind: &DynSolType, value: &Value, path: &str) -> Result<DynSolValue, TypedDataError> {
    let mismatch = || TypedDataError::Mismatch { path: path.to_owned(), expected: expected(kind) };
    fitting(kind, value).ok_or_else(mismatch)
}

fn fitting(kind: &DynSolType, value: &Value) -> Option<DynSolValue> {
    match *kind {
        DynSolType::Bool => value.as_bool().map(DynSolValue::Bool),
        DynSolType::String => value.as_str().map(|text| DynSolValue::String(text.to_owned())),
        DynSolType::Bytes => hex_bytes(value).map(DynSolValue::Bytes),
        DynSolType::FixedBytes(size) => {
            let bytes = hex_bytes(value).filter(|bytes| bytes.len() == size)?;
            Some(DynSolValue::FixedBytes(B256::right_padding_from(&bytes), size))
        }
        DynSolType::Address => {
            let bytes = hex_bytes(value).filter(|bytes| bytes.len() == 20)?;
            Some(DynSolValue::Address(Address::from_slice(&bytes)))
        }
        DynSolType::Uint(bits) => {
            let (negative, magnitude) = integer(value)?;
            let fits = (!negative || magnitude.is_zero()) && magnitude.bit_len() <= bits;
            fits.then_some(DynSolValue::Uint(magnitude, bits))
        }
        DynSolType::Int(bits) => {
            let (negative, magnitude) = integer(value)?;
            let limit = U256::ONE << (bits - 1);
            let fits = magnitude < limit || (negative && magnitude == limit);
            let number = I256::from_raw(if negative { magnitude.wrapping_neg() } else { magnitude });
            fits.then_some(DynSolValue::Int(number, bits))
        }
        _ => None,
    }
}

/// `0x` and an even number of hexadecimal digits. Other wallets also take text or odd digits, each in its own way.
fn hex_bytes(value: &Value) -> Option<Vec<u8>> {
    alloy_primitives::hex::decode(value.as_str()?.strip_prefix("0x")?).ok()
}

/// Sign and magnitude of a decimal text, a hexadecimal text or an exact number.
fn integer(value: &Value) -> Option<(bool, U256)> {
    match value {
        Value::Number(number) => exact(number),
        Value::String(text) => {
            if let Some(digits) = text.strip_prefix("0x") {
                let valid = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
                return valid.then(|| U256::from_str_radix(digits, 16).ok()).flatten().map(|n| (false, n));
            }
            let (negative, digits) =
                text.strip_prefix('-').map_or((false, text.as_str()), |rest| (true, rest));
            let valid = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            valid.then(|| U256::from_str_radix(digits, 10).ok()).flatten().map(|n| (negative, n))
        }
        _ => None,
    }
}

fn exact(number: &Number) -> Option<(bool, U256)> {
    let (negative, magnitude) = match (number.as_u64(), number.as_i64()) {
        (Some(magnitude), _) => (false, magnitude),
        (None, Some(number)) => (true, number.unsigned_abs()),
        (None, None) => return None,
    };
    (magnitude <= MAX_EXACT).then(|| (negative, U256::from(magnitude)))
}

fn expected(kind: &DynSolType) -> String {
    match kind {
        DynSolType::Bool => "true or false".to_owned(),
        DynSolType::String => "text".to_owned(),
        DynSolType::Address => "an address (0x and 40 hexadecimal digits)".to_owned(),
        DynSolType::Bytes => "bytes (0x and hexadecimal digits in pairs)".to_owned(),
        DynSolType::FixedBytes(size) => {
            format!("exactly {size} bytes (0x and {} hexadecimal digits)", size * 2)
        }
        kind => format!("a whole number that fits {kind}, as text if it is above 2^53 - 1"),
    }
}
