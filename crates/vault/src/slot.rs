use candor_primitives::Entropy;

use crate::{
    crypto::{self, DataKey, KEY_LENGTH, KeyEncryptionKey, Nonce, NotAuthentic, TAG_LENGTH},
    kdf_params::KdfParams,
    reader::Reader,
    vault::{Header, VaultError},
};

/// Kind byte of a password slot.
const PASSWORD: u8 = 1;
/// Kind byte of a passkey slot.
const PASSKEY: u8 = 2;
/// Body of a password slot: three numbers, salt, nonce, wrapped key.
const PASSWORD_BODY_LENGTH: u16 = 3 * 4 + 16 + 12 + 48;

/// Body of a passkey slot beside the credential's id: salt, length of the id, nonce, wrapped key.
const PASSKEY_REST_LENGTH: u16 = 32 + 2 + 12 + 48;
/// The longest id of a credential, in bytes (WebAuthn Level 3, section 4).
const LONGEST_CREDENTIAL_ID: u16 = 1023;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// A password, by Argon2id.
    Password(PasswordSlot),
    /// A passkey, by WebAuthn's PRF extension.
    Passkey(PasskeySlot),
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

/// How to have a passkey give the key of its slot: the first result of the PRF extension (WebAuthn Level 3, section
/// 10.1.4) of this credential for this salt. It is 32 bytes that the authenticator gives nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeySlot {
    /// What the PRF is evaluated for: 32 random bytes.
    pub salt: [u8; 32],
    credential: Vec<u8>,
}

impl PasskeySlot {
    /// Nothing if the credential's id is empty or longer than any can be.
    #[must_use]
    pub fn new(salt: [u8; 32], credential: Vec<u8>) -> Option<Self> {
        let length = u16::try_from(credential.len()).ok()?;
        (1..=LONGEST_CREDENTIAL_ID).contains(&length).then_some(Self { salt, credential })
    }

    /// The credential's id, 1 to 1023 bytes.
    #[must_use]
    pub fn credential(&self) -> &[u8] {
        &self.credential
    }
}

/// What a wrapped key says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum How {
    Password(PasswordSlot),
    Passkey(PasskeySlot),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Body {
    Wrapped { how: How, nonce: Nonce, wrapped: [u8; KEY_LENGTH + TAG_LENGTH] },
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
    pub fn kind(&self) -> SlotKind {
        match &self.body {
            Body::Wrapped { how: How::Password(how), .. } => SlotKind::Password(*how),
            Body::Wrapped { how: How::Passkey(how), .. } => SlotKind::Passkey(how.clone()),
            Body::Unknown { kind, .. } => SlotKind::Unknown(*kind),
        }
    }

    pub(crate) fn wrap(
        header: &Header,
        id: SlotId,
        how: How,
        kek: &KeyEncryptionKey,
        data_key: &DataKey,
        entropy: &mut dyn Entropy,
    ) -> Self {
        let nonce = crypto::make_nonce(entropy);
        let sealed = crypto::seal(kek.expose(), &nonce, &associated(header, id, &how), data_key.expose());
        let mut wrapped = [0; KEY_LENGTH + TAG_LENGTH];
        wrapped.copy_from_slice(&sealed);
        Self { id, body: Body::Wrapped { how, nonce, wrapped } }
    }

    /// The data key; nothing for a kind that this version does not know.
    pub(crate) fn unwrap(
        &self,
        header: &Header,
        kek: &KeyEncryptionKey,
    ) -> Option<Result<DataKey, NotAuthentic>> {
        let Body::Wrapped { how, nonce, wrapped } = &self.body else { return None };
        let opened = crypto::open(kek.expose(), nonce, &associated(header, self.id, how), wrapped);
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
                let how = How::Password(PasswordSlot { params, salt: body.array()? });
                Body::Wrapped { how, nonce: body.array()?, wrapped: body.array()? }
            }
            PASSKEY => {
                let salt = body.array()?;
                let id_length = body.u16()?;
                if length.checked_sub(PASSKEY_REST_LENGTH) != Some(id_length) {
                    return Err(VaultError::SlotLength { length });
                }
                let credential = body.bytes(usize::from(id_length))?.to_vec();
                let how = PasskeySlot::new(salt, credential).ok_or(VaultError::SlotLength { length })?;
                Body::Wrapped { how: How::Passkey(how), nonce: body.array()?, wrapped: body.array()? }
            }
            kind => Body::Unknown { kind, bytes: body.bytes(usize::from(length))?.to_vec() },
        };
        Ok(Self { id, body })
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        match &self.body {
            Body::Wrapped { how, nonce, wrapped } => {
                out.extend_from_slice(&head(self.id, how));
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

/// A slot's bytes from its kind to what comes before the nonce.
fn head(id: SlotId, how: &How) -> Vec<u8> {
    let begin = |kind: u8, length: u16| {
        let mut head = vec![kind];
        head.extend_from_slice(&id.0.to_be_bytes());
        head.extend_from_slice(&length.to_be_bytes());
        head
    };
    match how {
        How::Password(PasswordSlot { params, salt }) => {
            let mut head = begin(PASSWORD, PASSWORD_BODY_LENGTH);
            for number in [params.memory_kib(), params.passes(), params.lanes()] {
                head.extend_from_slice(&number.to_be_bytes());
            }
            head.extend_from_slice(salt);
            head
        }
        How::Passkey(PasskeySlot { salt, credential }) => {
            // Bounded by its constructor.
            let length = u16::try_from(credential.len()).unwrap_or(LONGEST_CREDENTIAL_ID);
            let mut head = begin(PASSKEY, PASSKEY_REST_LENGTH + length);
            head.extend_from_slice(salt);
            head.extend_from_slice(&length.to_be_bytes());
            head.extend_from_slice(credential);
            head
        }
    }
}

/// The associated data binds a wrapped key to its vault, its format version and all that is said of its slot.
fn associated(header: &Header, id: SlotId, how: &How) -> Vec<u8> {
    [&header.to_bytes()[..], &head(id, how)].concat()
}
