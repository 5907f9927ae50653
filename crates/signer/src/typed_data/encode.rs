use std::collections::BTreeMap;

use alloy_dyn_abi::DynSolValue;
use candor_primitives::{B256, keccak256};

use super::{TypedDataError, schema::Schema};

/// `hashStruct` of EIP-712. Remembers the hashes of types, so that a long list costs one pass.
pub(super) struct Encoder<'a> {
    schema: &'a Schema,
    type_hashes: BTreeMap<String, B256>,
}

impl<'a> Encoder<'a> {
    pub(super) const fn new(schema: &'a Schema) -> Self {
        Self { schema, type_hashes: BTreeMap::new() }
    }

    pub(super) fn type_hash(&mut self, name: &str) -> Result<B256, TypedDataError> {
        if let Some(hash) = self.type_hashes.get(name) {
            return Ok(*hash);
        }
        let hash = keccak256(self.schema.encode_type(name)?);
        self.type_hashes.insert(name.to_owned(), hash);
        Ok(hash)
    }

    /// The 32-byte word that stands for a value.
    pub(super) fn hash(&mut self, value: &DynSolValue) -> Result<B256, TypedDataError> {
        if let Some(word) = value.as_word() {
            return Ok(word);
        }
        let (mut preimage, items) = match value {
            DynSolValue::CustomStruct { name, tuple, .. } => {
                (self.type_hash(name)?.to_vec(), tuple.as_slice())
            }
            DynSolValue::String(text) => (text.as_bytes().to_vec(), [].as_slice()),
            DynSolValue::Bytes(bytes) => (bytes.clone(), [].as_slice()),
            other => (Vec::new(), other.as_array().unwrap_or_default()),
        };
        for item in items {
            preimage.extend_from_slice(self.hash(item)?.as_slice());
        }
        Ok(keccak256(preimage))
    }
}
