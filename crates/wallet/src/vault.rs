//! The sealed secrets: which copy counts, and what is written when they change.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use candor_keys::keyring::Keyring;
use candor_primitives::Entropy;
use candor_protocol::host::{Read, Stored, VaultCopy};
use candor_vault::{
    DataKey, RecordId, Vault, VaultError,
    copies::{self, Choice, CopyId, CopyRead, WritePlan},
};

use crate::{
    Wallet,
    outbox::{Outbox, Turn},
};

/// What is known of the vault.
#[derive(Debug)]
pub(crate) enum VaultState {
    /// There never was one.
    Absent,
    /// There may be one that cannot be read.
    Damaged(Damage),
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

/// What is left of a vault that cannot be read.
#[derive(Debug)]
pub(crate) struct Damage {
    /// What was read of each copy, by storage key.
    pub(crate) texts: BTreeMap<&'static str, String>,
    /// Whether there is a copy that the browser did not hand over; it may be good.
    pub(crate) unread: bool,
}

/// Bytes of a vault's magic, version and id.
const HEADER: usize = 26;

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

/// The storage keys of the copies; of the mirror, the one that its remains are kept under.
const COPIES: [(&str, CopyId); 3] =
    [("vault.a", CopyId::A), ("vault.b", CopyId::B), ("vault.mirror", CopyId::Mirror)];

/// Of a copy: the magic, version and id of its vault, if it is good.
fn header_of(id: CopyId, read: CopyRead) -> Option<Vec<u8>> {
    match copies::choose(&[(id, read)]) {
        Choice::Found(found) => found.vault.get(..HEADER).map(<[u8]>::to_vec),
        Choice::Nothing | Choice::Unreadable | Choice::Newer { .. } => None,
    }
}

/// Whether a copy is a good one of this vault, with other ways in.
fn differs(id: CopyId, read: &Read, vault: &Vault) -> bool {
    let Choice::Found(found) = copies::choose(&[(id, copy_read(read))]) else { return false };
    let same_vault = found.vault.get(..HEADER) == vault.to_bytes().get(..HEADER);
    same_vault && Vault::parse(&found.vault).is_ok_and(|copy| copy.slots() != vault.slots())
}

impl VaultState {
    /// Chooses among the copies, and writes one again where any is damaged, missing or stale; the mirror is written
    /// along with it.
    pub(crate) fn read(stored: &Stored, out: &mut Outbox) -> Self {
        let reads = [&stored.vault_a, &stored.vault_b, &stored.vault_mirror];
        let named = || COPIES.into_iter().zip(reads);
        let all: Vec<(CopyId, CopyRead)> = named().map(|((_, id), read)| (id, copy_read(read))).collect();
        let damaged = || {
            Self::Damaged(Damage {
                texts: named().filter_map(|((key, _), read)| Some((key, read.text()?.to_owned()))).collect(),
                unread: reads.contains(&&Read::Failed),
            })
        };
        match copies::choose(&all) {
            Choice::Nothing => Self::Absent,
            // One storage that refuses to answer, and no other trace of a wallet anywhere: it never was there, and a
            // browser without that storage can still have a wallet.
            Choice::Unreadable if is_untouched(stored) => Self::Absent,
            Choice::Unreadable => damaged(),
            Choice::Newer { .. } => Self::Newer,
            Choice::Found(found) => match Vault::parse(&found.vault) {
                Ok(vault) => {
                    // A copy of another vault turned up again, after its owner had restored without it.
                    for ((key, id), read) in named() {
                        if header_of(id, copy_read(read))
                            .is_some_and(|header| !found.vault.starts_with(&header))
                            && let Some(text) = read.text()
                        {
                            out.keep_vault_aside(key, text);
                        }
                    }
                    // A way in that was changed or taken out is to open no copy; the second write was lost.
                    let outdated = named().find_map(|((_, id), read)| match id {
                        CopyId::A if differs(id, read, &vault) => Some(VaultCopy::A),
                        CopyId::B if differs(id, read, &vault) => Some(VaultCopy::B),
                        _ => None,
                    });
                    if let (Some(copy), []) = (outdated, found.heal.as_slice()) {
                        out.heal_vault(copy, STANDARD.encode(copies::frame(found.generation, &found.vault)));
                    }
                    if let Some(damaged) = found.heal.first() {
                        let copy = match damaged {
                            CopyId::A => VaultCopy::A,
                            CopyId::B => VaultCopy::B,
                            // The mirror is written along with a local copy: the older one, so that a write that is
                            // cut short leaves the newest as it was; but one that was not handed over may be newer.
                            CopyId::Mirror => match (found.next.target, &stored.vault_a, &stored.vault_b) {
                                (CopyId::A, Read::Failed, _) => VaultCopy::B,
                                (CopyId::A, ..) => VaultCopy::A,
                                (_, _, Read::Failed) => VaultCopy::A,
                                _ => VaultCopy::B,
                            },
                        };
                        out.heal_vault(copy, STANDARD.encode(copies::frame(found.generation, &found.vault)));
                    }
                    Self::Present { vault: Box::new(vault), next: found.next }
                }
                Err(VaultError::NewerVersion { .. }) => Self::Newer,
                Err(_) => damaged(),
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

    /// Replaces the vault, in memory and, before anything of this turn is seen outside, in storage.
    pub(crate) fn set_vault(&mut self, vault: Vault) {
        let plan = match &self.vault {
            VaultState::Absent => self.above_all(WritePlan::FIRST),
            VaultState::Newer | VaultState::SetAside | VaultState::Damaged(_) => {
                self.above_all(WritePlan::AFTER_UNREADABLE)
            }
            VaultState::Present { next, .. } => *next,
        };
        let copy = match plan.target {
            CopyId::A => VaultCopy::A,
            CopyId::B | CopyId::Mirror => VaultCopy::B,
        };
        let turn = if self.vault().is_some() { Turn::BeforeRecords } else { Turn::AfterRecords };
        let frame = STANDARD.encode(copies::frame(plan.generation, &vault.to_bytes()));
        self.out.write_vault(copy, frame, turn);
        self.vault = VaultState::Present { vault: Box::new(vault), next: plan.then() };
    }

    /// With a generation above that of any copy that could not be read now and turns up later: time goes on, and nobody
    /// changes a vault so often.
    fn above_all(&self, plan: WritePlan) -> WritePlan {
        WritePlan { generation: plan.generation.max(self.now.0 << 16), ..plan }
    }

    /// Replaces the vault in all its copies: what opened it until now is to open none of them. Should the second write
    /// be lost, the next change makes up for it.
    pub(crate) fn set_vault_everywhere(&mut self, vault: Vault) {
        self.set_vault(vault);
        let VaultState::Present { vault, next } = &mut self.vault else { return };
        let copy = match next.target {
            CopyId::A => VaultCopy::A,
            CopyId::B | CopyId::Mirror => VaultCopy::B,
        };
        let frame = STANDARD.encode(copies::frame(next.generation, &vault.to_bytes()));
        *next = next.then();
        self.out.write_vault_again(copy, frame);
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
