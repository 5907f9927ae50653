use candor_primitives::{Entropy, Secret};

use crate::{
    crypto::{self, DataKey, Nonce, NotAuthentic, TAG_LENGTH},
    reader::{Reader, Truncated},
    vault::{Header, VaultError},
};

/// The longest plaintext that a record may have, in bytes.
pub(crate) const LONGEST_PLAINTEXT: usize = 64 * 1024;

/// The name of a sealed record: 16 random bytes that the caller draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub [u8; 16]);

/// One sealed record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: RecordId,
    nonce: Nonce,
    sealed: Vec<u8>,
}

impl Record {
    pub(crate) fn seal(
        header: &Header,
        key: &DataKey,
        id: RecordId,
        plain: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Self {
        let nonce = crypto::make_nonce(entropy);
        let sealed = crypto::seal(key.expose(), &nonce, &associated(header, id), plain);
        Self { id, nonce, sealed }
    }

    pub(crate) fn open(&self, header: &Header, key: &DataKey) -> Result<Secret<Vec<u8>>, NotAuthentic> {
        crypto::open(key.expose(), &self.nonce, &associated(header, self.id), &self.sealed)
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, VaultError> {
        let id = RecordId(reader.array()?);
        let nonce = reader.array()?;
        let length = usize::try_from(reader.u32()?).map_err(|_| Truncated)?;
        if !(TAG_LENGTH..=LONGEST_PLAINTEXT + TAG_LENGTH).contains(&length) {
            return Err(VaultError::RecordLength { length });
        }
        Ok(Self { id, nonce, sealed: reader.bytes(length)?.to_vec() })
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.id.0);
        out.extend_from_slice(&self.nonce);
        // Both makers, `seal` and `read`, keep it far below 4 GiB.
        out.extend_from_slice(&u32::try_from(self.sealed.len()).unwrap_or(u32::MAX).to_be_bytes());
        out.extend_from_slice(&self.sealed);
    }
}

/// The associated data binds a record to its vault, its format version and its name.
fn associated(header: &Header, id: RecordId) -> Vec<u8> {
    [&header.to_bytes()[..], &id.0].concat()
}
