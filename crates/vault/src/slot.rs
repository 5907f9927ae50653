use candor_primitives::Entropy;

use crate::{
    crypto::{self, DataKey, KEY_LENGTH, KeyEncryptionKey, Nonce, NotAuthentic, TAG_LENGTH},
    kdf_params::KdfParams,
    reader::Reader,
    vault::{Header, VaultError},
};

/// Kind byte of a password slot.
const PASSWORD: u8 = 1;
/// Body of a password slot: three numbers, salt, nonce, wrapped key.
const PASSWORD_BODY_LENGTH: u16 = 3 * 4 + 16 + 12 + 48;

/// 16 random bytes that make the same password give another key in each slot.
pub type Salt = [u8; 16];

/// The number of a slot, unique within its vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlotId(pub u32);

/// One way to open the vault: the data key, wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    id: SlotId,
    body: Body,
}

/// What opens a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// A password, by Argon2id.
    Password(PasswordSlot),
    /// Something that only a newer version knows. It is kept as it is.
    Unknown(u8),
}

/// How to derive the key of a password slot: Argon2id of the password with this salt and cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordSlot {
    /// The cost.
    pub params: KdfParams,
    /// The salt.
    pub salt: Salt,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Body {
    Password { how: PasswordSlot, nonce: Nonce, wrapped: [u8; KEY_LENGTH + TAG_LENGTH] },
    Unknown { kind: u8, bytes: Vec<u8> },
}

impl Slot {
    /// The slot's number.
    #[must_use]
    pub const fn id(&self) -> SlotId {
        self.id
    }

    /// What opens it.
    #[must_use]
    pub const fn kind(&self) -> SlotKind {
        match &self.body {
            Body::Password { how, .. } => SlotKind::Password(*how),
            Body::Unknown { kind, .. } => SlotKind::Unknown(*kind),
        }
    }

    pub(crate) fn wrap(
        header: &Header,
        id: SlotId,
        how: PasswordSlot,
        kek: &KeyEncryptionKey,
        data_key: &DataKey,
        entropy: &mut dyn Entropy,
    ) -> Self {
        let nonce = crypto::make_nonce(entropy);
        let sealed = crypto::seal(kek.expose(), &nonce, &associated(header, id, how), data_key.expose());
        let mut wrapped = [0; KEY_LENGTH + TAG_LENGTH];
        wrapped.copy_from_slice(&sealed);
        Self { id, body: Body::Password { how, nonce, wrapped } }
    }

    /// The data key; nothing for a kind that this version does not know.
    pub(crate) fn unwrap(
        &self,
        header: &Header,
        kek: &KeyEncryptionKey,
    ) -> Option<Result<DataKey, NotAuthentic>> {
        let Body::Password { how, nonce, wrapped } = &self.body else { return None };
        let opened = crypto::open(kek.expose(), nonce, &associated(header, self.id, *how), wrapped);
        Some(opened.and_then(|plain| DataKey::from_slice(plain.expose()).ok_or(NotAuthentic)))
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, VaultError> {
        let kind = reader.u8()?;
        let id = SlotId(reader.u32()?);
        let length = reader.u16()?;
        let mut body = Reader::new(reader.bytes(usize::from(length))?);
        let body = match kind {
            PASSWORD if length != PASSWORD_BODY_LENGTH => return Err(VaultError::SlotLength { length }),
            PASSWORD => {
                let params = KdfParams::new(body.u32()?, body.u32()?, body.u32()?)?;
                let how = PasswordSlot { params, salt: body.array()? };
                Body::Password { how, nonce: body.array()?, wrapped: body.array()? }
            }
            kind => Body::Unknown { kind, bytes: body.bytes(usize::from(length))?.to_vec() },
        };
        Ok(Self { id, body })
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        match &self.body {
            Body::Password { how, nonce, wrapped } => {
                out.extend_from_slice(&password_head(self.id, *how));
                out.extend_from_slice(nonce);
                out.extend_from_slice(wrapped);
            }
            Body::Unknown { kind, bytes } => {
                out.push(*kind);
                out.extend_from_slice(&self.id.0.to_be_bytes());
                // It was read with a length of two bytes.
                out.extend_from_slice(&u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes());
                out.extend_from_slice(bytes);
            }
        }
    }
}

/// A password slot's bytes from its kind to its salt.
fn password_head(id: SlotId, how: PasswordSlot) -> Vec<u8> {
    let mut head = vec![PASSWORD];
    head.extend_from_slice(&id.0.to_be_bytes());
    head.extend_from_slice(&PASSWORD_BODY_LENGTH.to_be_bytes());
    for number in [how.params.memory_kib(), how.params.passes(), how.params.lanes()] {
        head.extend_from_slice(&number.to_be_bytes());
    }
    head.extend_from_slice(&how.salt);
    head
}

/// The associated data binds a wrapped key to its vault, its format version and all that is said of its slot.
fn associated(header: &Header, id: SlotId, how: PasswordSlot) -> Vec<u8> {
    [&header.to_bytes()[..], &password_head(id, how)].concat()
}
