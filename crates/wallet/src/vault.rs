//! The sealed secrets: which copy counts, and what is written when they change.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use candor_keys::keyring::Keyring;
use candor_primitives::Entropy;
use candor_protocol::host::{Read, Stored, VaultCopy};
use candor_vault::{
    DataKey, RecordId, Vault,
    copies::{self, Choice, CopyId, CopyRead, WritePlan},
};

use crate::Wallet;

/// What is known of the vault.
#[derive(Debug)]
pub(crate) enum VaultState {
    /// There never was one.
    Absent,
    /// There may be one that cannot be read; what was read of each copy.
    Damaged(BTreeMap<&'static str, String>),
    /// A newer version of Candor wrote here; this one leaves it alone.
    Newer,
    /// As damaged, but the copies were kept under other names, and the owner is about to restore from the phrase.
    SetAside,
    /// The newest good copy.
    Present {
        vault: Box<Vault>,
        /// Where the next change goes.
        next: WritePlan,
    },
}

fn copy_read(read: &Read) -> CopyRead {
    match read {
        Read::Absent => CopyRead::Absent,
        Read::Failed => CopyRead::Failed,
        // Text that is no base64 was read well enough to know that it is garbled.
        Read::Text(text) => {
            CopyRead::Bytes(STANDARD.decode(text).unwrap_or_else(|_| text.as_bytes().to_vec()))
        }
    }
}

/// Whether nothing that a wallet leaves behind is there, and everything but the mirror could be read.
fn is_untouched(stored: &Stored) -> bool {
    let readable = stored.vault_a == Read::Absent && stored.vault_b == Read::Absent;
    readable && stored.vault_mirror == Read::Failed && stored.local.values().all(|read| *read == Read::Absent)
}

impl VaultState {
    /// Chooses among the copies; also says which one to write again, if any is damaged or missing. The mirror is
    /// written along with it.
    pub(crate) fn read(stored: &Stored) -> (Self, Option<(VaultCopy, String)>) {
        let copies = [
            (CopyId::A, copy_read(&stored.vault_a)),
            (CopyId::B, copy_read(&stored.vault_b)),
            (CopyId::Mirror, copy_read(&stored.vault_mirror)),
        ];
        let damaged = || {
            let texts = [("a", &stored.vault_a), ("b", &stored.vault_b), ("mirror", &stored.vault_mirror)];
            Self::Damaged(
                texts.into_iter().filter_map(|(name, read)| Some((name, read.text()?.to_owned()))).collect(),
            )
        };
        match copies::choose(&copies) {
            Choice::Nothing => (Self::Absent, None),
            // One storage that refuses to answer, and no other trace of a wallet anywhere: it never was there, and a
            // browser without that storage can still have a wallet.
            Choice::Unreadable if is_untouched(stored) => (Self::Absent, None),
            Choice::Unreadable => (damaged(), None),
            Choice::Newer { .. } => (Self::Newer, None),
            Choice::Found(found) => match Vault::parse(&found.vault) {
                Ok(vault) => {
                    let heal = found.heal.first().map(|damaged| {
                        let copy = match damaged {
                            CopyId::A => VaultCopy::A,
                            CopyId::B => VaultCopy::B,
                            // Healing the mirror alone means writing the good copy over itself, byte for byte.
                            CopyId::Mirror => match found.next.target {
                                CopyId::A => VaultCopy::B,
                                CopyId::B | CopyId::Mirror => VaultCopy::A,
                            },
                        };
                        (copy, STANDARD.encode(copies::frame(found.generation, &found.vault)))
                    });
                    (Self::Present { vault: Box::new(vault), next: found.next }, heal)
                }
                Err(_) => (damaged(), None),
            },
        }
    }
}

impl Wallet {
    pub(crate) fn vault(&self) -> Option<&Vault> {
        match &self.vault {
            VaultState::Present { vault, .. } => Some(vault),
            VaultState::Absent | VaultState::Newer | VaultState::SetAside | VaultState::Damaged(_) => None,
        }
    }

    /// Replaces the vault, in memory and, before anything else this turn, in storage.
    pub(crate) fn set_vault(&mut self, vault: Vault) {
        let plan = match &self.vault {
            VaultState::Absent => WritePlan::FIRST,
            VaultState::Newer | VaultState::SetAside | VaultState::Damaged(_) => WritePlan::AFTER_UNREADABLE,
            VaultState::Present { next, .. } => *next,
        };
        let copy = match plan.target {
            CopyId::A => VaultCopy::A,
            CopyId::B | CopyId::Mirror => VaultCopy::B,
        };
        self.out.write_vault(copy, STANDARD.encode(copies::frame(plan.generation, &vault.to_bytes())));
        self.vault = VaultState::Present { vault: Box::new(vault), next: plan.then() };
    }

    /// Seals a keyring under a new random name and returns that name, hexadecimal.
    pub(crate) fn seal_keyring(
        vault: &mut Vault,
        key: &DataKey,
        keyring: &Keyring,
        entropy: &mut dyn Entropy,
    ) -> Option<String> {
        let mut id = [0; 16];
        entropy.fill(&mut id);
        let record = keyring.encode();
        vault.seal(key, RecordId(id), record.expose(), entropy).ok()?;
        Some(hex::encode(id))
    }

    /// Opens the keyring with this name. It lives only as long as the caller holds it.
    pub(crate) fn keyring(&self, name: &str) -> Option<Keyring> {
        let key = self.data_key()?;
        let mut id = [0; 16];
        hex::decode_to_slice(name, &mut id).ok()?;
        let record = self.vault()?.unseal(&key, RecordId(id)).ok()?;
        Keyring::decode(record.expose()).ok()
    }
}
