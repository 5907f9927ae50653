use candor_primitives::{Entropy, Secret};

use crate::{
    RecordId,
    crypto::{self, DataKey, KeyEncryptionKey, Nonce, TAG_LENGTH},
    kdf_params::{KdfParams, KdfParamsError},
    reader::{Reader, Truncated},
    record::{LONGEST_PLAINTEXT, Record},
    slot::{How, PasskeySlot, PasswordSlot, Salt, Slot, SlotId, SlotKind},
};

const MAGIC: [u8; 8] = *b"CANDORVT";
const VERSION: u16 = 1;
/// Magic, version and the vault's own 16 random bytes.
const HEADER_LENGTH: usize = 8 + 2 + 16;
/// The number of a vault's first slot.
const FIRST_SLOT: SlotId = SlotId(1);
/// So many records, that is keyrings, a vault may have.
const MOST_RECORDS: usize = 1024;

/// What a vault begins with; part of the associated data of all that is sealed in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    vault_id: [u8; 16],
}

/// Sealed records and the slots that open them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vault {
    header: Header,
    check: KeyCheck,
    slots: Vec<Slot>,
    records: Vec<Record>,
}

/// The empty text, sealed with the data key: it tells a wrong data key before anything is written with it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct KeyCheck {
    nonce: Nonce,
    tag: [u8; TAG_LENGTH],
}

/// Why bytes are not a vault that this version can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// They do not begin as a vault does.
    #[error("this is not a Candor vault")]
    NotAVault,
    /// Written by a later version of Candor.
    #[error("this vault has version {version}, which only a newer Candor can open")]
    NewerVersion {
        /// The version it has.
        version: u16,
    },
    /// They end too early.
    #[error("the vault is cut short")]
    Truncated,
    /// Something follows the last record.
    #[error("the vault is followed by other bytes")]
    TrailingBytes,
    /// A password slot of another length than it has in this version.
    #[error("a password slot of the vault has {length} bytes")]
    SlotLength {
        /// The stated length.
        length: u16,
    },
    /// A password slot asks for absurd work.
    #[error(transparent)]
    KdfParams(#[from] KdfParamsError),
    /// A record shorter or longer than any can be.
    #[error("a record of the vault has {length} bytes")]
    RecordLength {
        /// The stated length.
        length: usize,
    },
    /// More records than a vault may have.
    #[error("the vault has too many records")]
    TooManyRecords,
    /// Two slots with one number, or two records with one name.
    #[error("two parts of the vault have the same name")]
    Duplicate,
}

/// Why a slot does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// There is no slot with this number.
    #[error("the vault has no such slot")]
    NoSuchSlot,
    /// Only a newer version knows how to open this kind of slot.
    #[error("only a newer Candor can open this slot")]
    UnknownKind,
    /// Another key (for a password slot: another password), or the slot was altered.
    #[error("this is not the key of the slot")]
    WrongKey,
    /// The slot opens, but the vault's own check of the data key was altered.
    #[error("the vault is damaged")]
    Damaged,
}

/// Why a record does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnsealError {
    /// There is no record with this name.
    #[error("the vault has no such record")]
    NoSuchRecord,
    /// This is not the vault's data key.
    #[error("this is not the key of the vault")]
    WrongKey,
    /// The key is right, but the record was altered, or is from another vault.
    #[error("the record is damaged")]
    Damaged,
}

/// Why a vault was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// The password would be protected by less than [`KdfParams::DEFAULT`].
    #[error("the password would be protected too weakly")]
    WeakKdf,
    /// This is not the vault's data key.
    #[error("this is not the key of the vault")]
    WrongKey,
    /// More plaintext than a record may have.
    #[error("the record is too long")]
    TooLong,
    /// More records or slots than a vault may have.
    #[error("the vault is full")]
    Full,
}

impl From<Truncated> for VaultError {
    fn from(_: Truncated) -> Self {
        Self::Truncated
    }
}

impl Header {
    pub(crate) fn to_bytes(&self) -> [u8; HEADER_LENGTH] {
        let mut bytes = [0; HEADER_LENGTH];
        let (magic, rest) = bytes.split_at_mut(MAGIC.len());
        let (version, vault_id) = rest.split_at_mut(2);
        magic.copy_from_slice(&MAGIC);
        version.copy_from_slice(&VERSION.to_be_bytes());
        vault_id.copy_from_slice(&self.vault_id);
        bytes
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, VaultError> {
        if reader.array() != Ok(MAGIC) {
            return Err(VaultError::NotAVault);
        }
        match reader.u16()? {
            VERSION => Ok(Self { vault_id: reader.array()? }),
            0 => Err(VaultError::NotAVault),
            version => Err(VaultError::NewerVersion { version }),
        }
    }
}

impl KeyCheck {
    fn make(header: &Header, key: &DataKey, entropy: &mut dyn Entropy) -> Self {
        let nonce = crypto::make_nonce(entropy);
        let mut tag = [0; TAG_LENGTH];
        tag.copy_from_slice(&crypto::seal(key.expose(), &nonce, &header.to_bytes(), &[]));
        Self { nonce, tag }
    }

    fn accepts(&self, header: &Header, key: &DataKey) -> bool {
        crypto::open(key.expose(), &self.nonce, &header.to_bytes(), &self.tag).is_ok()
    }
}

impl Vault {
    /// An empty vault with a new data key and one password slot. The key of the slot is Argon2id of the password with
    /// this salt and cost.
    ///
    /// # Errors
    /// [`ChangeError::WeakKdf`]
    pub fn create(
        kek: &KeyEncryptionKey,
        params: KdfParams,
        salt: Salt,
        entropy: &mut dyn Entropy,
    ) -> Result<(Self, DataKey), ChangeError> {
        if !params.is_strong() {
            return Err(ChangeError::WeakKdf);
        }
        let mut header = Header { vault_id: [0; 16] };
        entropy.fill(&mut header.vault_id);
        let data_key = DataKey::make(entropy);
        let check = KeyCheck::make(&header, &data_key, entropy);
        let how = How::Password(PasswordSlot { params, salt });
        let slot = Slot::wrap(&header, FIRST_SLOT, how, kek, &data_key, entropy);
        Ok((Self { header, check, slots: vec![slot], records: Vec::new() }, data_key))
    }

    /// Reads a vault. Nothing is decrypted; lengths are checked before anything is allocated.
    ///
    /// # Errors
    /// What is wrong with the bytes, see [`VaultError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        let reader = &mut Reader::new(bytes);
        let header = Header::read(reader)?;
        let check = KeyCheck { nonce: reader.array()?, tag: reader.array()? };
        let slot_count = reader.u8()?;
        let slots = (0..slot_count).map(|_| Slot::read(reader)).collect::<Result<Vec<_>, _>>()?;
        let record_count = reader.u16()?;
        if usize::from(record_count) > MOST_RECORDS {
            return Err(VaultError::TooManyRecords);
        }
        let records = (0..record_count).map(|_| Record::read(reader)).collect::<Result<Vec<_>, _>>()?;
        if !reader.is_empty() {
            return Err(VaultError::TrailingBytes);
        }
        if has_duplicates(slots.iter().map(Slot::id)) || has_duplicates(records.iter().map(|r| r.id)) {
            return Err(VaultError::Duplicate);
        }
        Ok(Self { header, check, slots, records })
    }

    /// The vault's bytes; [`Self::parse`] gives the same vault again.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.header.to_bytes().to_vec();
        out.extend_from_slice(&self.check.nonce);
        out.extend_from_slice(&self.check.tag);
        // Slots are never more than were read, or the first; records are bounded.
        out.push(u8::try_from(self.slots.len()).unwrap_or(u8::MAX));
        self.slots.iter().for_each(|slot| slot.write(&mut out));
        out.extend_from_slice(&u16::try_from(self.records.len()).unwrap_or(u16::MAX).to_be_bytes());
        self.records.iter().for_each(|record| record.write(&mut out));
        out
    }

    /// The ways to open the vault.
    #[must_use]
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The first password slot: its number and how its key is derived.
    #[must_use]
    pub fn password_slot(&self) -> Option<(SlotId, PasswordSlot)> {
        self.slots.iter().find_map(|slot| match slot.kind() {
            SlotKind::Password(how) => Some((slot.id(), how)),
            SlotKind::Passkey(_) | SlotKind::Unknown(_) => None,
        })
    }

    /// The passkey slots: their numbers and how their keys are had.
    pub fn passkey_slots(&self) -> impl Iterator<Item = (SlotId, PasskeySlot)> + '_ {
        self.slots.iter().filter_map(|slot| match slot.kind() {
            SlotKind::Passkey(how) => Some((slot.id(), how)),
            SlotKind::Password(_) | SlotKind::Unknown(_) => None,
        })
    }

    /// The data key, by a slot.
    ///
    /// # Errors
    /// No such slot, a kind not known here, another key, or a damaged vault.
    pub fn open(&self, slot: SlotId, kek: &KeyEncryptionKey) -> Result<DataKey, OpenError> {
        let slot = self.slots.iter().find(|s| s.id() == slot).ok_or(OpenError::NoSuchSlot)?;
        let data_key =
            slot.unwrap(&self.header, kek).ok_or(OpenError::UnknownKind)?.map_err(|_| OpenError::WrongKey)?;
        if self.check.accepts(&self.header, &data_key) { Ok(data_key) } else { Err(OpenError::Damaged) }
    }

    /// The names of the records, in the order they were added.
    pub fn records(&self) -> impl Iterator<Item = RecordId> + '_ {
        self.records.iter().map(|record| record.id)
    }

    /// Adds a record, or puts a new one in the place of the one with this name.
    ///
    /// # Errors
    /// Not the vault's key, too long, or too many records; then nothing has changed.
    pub fn seal(
        &mut self,
        key: &DataKey,
        id: RecordId,
        plain: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<(), ChangeError> {
        self.check_key(key)?;
        if plain.len() > LONGEST_PLAINTEXT {
            return Err(ChangeError::TooLong);
        }
        let place = self.records.iter().position(|record| record.id == id);
        if place.is_none() && self.records.len() >= MOST_RECORDS {
            return Err(ChangeError::Full);
        }
        let record = Record::seal(&self.header, key, id, plain, entropy);
        match place.and_then(|index| self.records.get_mut(index)) {
            Some(old) => *old = record,
            None => self.records.push(record),
        }
        Ok(())
    }

    /// The plaintext of a record.
    ///
    /// # Errors
    /// No such record, not the vault's key, or a damaged record.
    pub fn unseal(&self, key: &DataKey, id: RecordId) -> Result<Secret<Vec<u8>>, UnsealError> {
        let record = self.records.iter().find(|r| r.id == id).ok_or(UnsealError::NoSuchRecord)?;
        if !self.check.accepts(&self.header, key) {
            return Err(UnsealError::WrongKey);
        }
        record.open(&self.header, key).map_err(|_| UnsealError::Damaged)
    }

    /// Takes a record out. Tells whether there was one.
    pub fn remove(&mut self, id: RecordId) -> bool {
        let before = self.records.len();
        self.records.retain(|record| record.id != id);
        self.records.len() != before
    }

    /// Changes the password: rewrites the password slot (or adds one where there is none) and returns its number.
    /// Records stay as they are, and so does the data key.
    ///
    /// # Errors
    /// Not the vault's key, protection too weak, or no room for one more slot; then nothing has changed.
    pub fn replace_password_slot(
        &mut self,
        data_key: &DataKey,
        kek: &KeyEncryptionKey,
        params: KdfParams,
        salt: Salt,
        entropy: &mut dyn Entropy,
    ) -> Result<SlotId, ChangeError> {
        self.check_key(data_key)?;
        if !params.is_strong() {
            return Err(ChangeError::WeakKdf);
        }
        let id = self.password_slot().map_or_else(|| self.free_slot_id(), |(id, _)| id);
        let how = How::Password(PasswordSlot { params, salt });
        let slot = Slot::wrap(&self.header, id, how, kek, data_key, entropy);
        let is_full = self.is_full();
        match self.slots.iter_mut().find(|old| old.id() == id) {
            Some(old) => *old = slot,
            None if is_full => return Err(ChangeError::Full),
            None => self.slots.push(slot),
        }
        Ok(id)
    }

    /// Adds a passkey and returns the number of its slot. The password slot stays.
    ///
    /// # Errors
    /// Not the vault's key, or no room for one more slot; then nothing has changed.
    pub fn add_passkey_slot(
        &mut self,
        data_key: &DataKey,
        kek: &KeyEncryptionKey,
        how: PasskeySlot,
        entropy: &mut dyn Entropy,
    ) -> Result<SlotId, ChangeError> {
        self.check_key(data_key)?;
        if self.is_full() {
            return Err(ChangeError::Full);
        }
        let id = self.free_slot_id();
        self.slots.push(Slot::wrap(&self.header, id, How::Passkey(how), kek, data_key, entropy));
        Ok(id)
    }

    /// Takes a passkey out. Tells whether there was one of this number; slots of other kinds stay.
    pub fn remove_passkey_slot(&mut self, id: SlotId) -> bool {
        let before = self.slots.len();
        self.slots.retain(|slot| slot.id() != id || !matches!(slot.kind(), SlotKind::Passkey(_)));
        self.slots.len() != before
    }

    const fn is_full(&self) -> bool {
        self.slots.len() >= u8::MAX as usize
    }

    fn check_key(&self, key: &DataKey) -> Result<(), ChangeError> {
        if self.check.accepts(&self.header, key) { Ok(()) } else { Err(ChangeError::WrongKey) }
    }

    fn free_slot_id(&self) -> SlotId {
        let taken = |id: &u32| self.slots.iter().any(|slot| slot.id().0 == *id);
        SlotId((FIRST_SLOT.0..=u32::MAX).find(|id| !taken(id)).unwrap_or(FIRST_SLOT.0))
    }
}

fn has_duplicates<T: Ord>(names: impl Iterator<Item = T>) -> bool {
    let mut names: Vec<T> = names.collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair.first() == pair.last())
}

#[cfg(test)]
mod tests;
