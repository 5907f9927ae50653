//! Several copies of the vault's bytes: how each is framed, which one is used, and which one is written next.
//!
//! Two copies in one storage take turns, so a write never touches the newest good one; a mirror in another storage
//! follows them. Each copy has its generation and a checksum. What cannot be read is never taken for nothing.

use sha2::{Digest, Sha256};

use crate::reader::{Reader, Truncated};

const MAGIC: [u8; 8] = *b"CANDORCP";
const VERSION: u16 = 1;
const CHECKSUM_LENGTH: usize = 32;

/// Where a copy is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CopyId {
    /// The first of the two that take turns.
    A,
    /// The second of the two that take turns.
    B,
    /// The one in the other storage.
    Mirror,
}

/// What reading a copy gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyRead {
    /// The storage answered: there is nothing.
    Absent,
    /// The storage did not answer, or what is there is not even text of the expected kind.
    Failed,
    /// The framed bytes.
    Bytes(Vec<u8>),
}

/// What the copies say together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Every copy was read and is absent: there has never been a vault here.
    Nothing,
    /// There may be a vault, but no copy can be read. Never to be taken for [`Self::Nothing`], nothing to be erased.
    Unreadable,
    /// A newer version of Candor wrote here; this one must not write over it.
    Newer {
        /// The version of the newer frame.
        version: u16,
    },
    /// The newest good copy.
    Found(Found),
}

/// The newest good copy and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The generation of the copy.
    pub generation: u64,
    /// The vault's bytes.
    pub vault: Vec<u8>,
    /// Copies to be written again with this vault and generation: absent ones, garbled ones, a stale mirror.
    pub heal: Vec<CopyId>,
    /// Where the next change goes.
    pub next: WritePlan,
}

/// Which of the two local copies a write goes to, and with which generation. The mirror is written after it, each
/// time, with the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WritePlan {
    /// The generation to frame the vault with.
    pub generation: u64,
    /// The copy to overwrite: [`CopyId::A`] or [`CopyId::B`].
    pub target: CopyId,
}

impl WritePlan {
    /// The first write of all, where [`Choice::Nothing`] was found.
    pub const FIRST: Self = Self { generation: 1, target: CopyId::A };

    /// The first write of a vault that its owner restores where [`Choice::Unreadable`] was found. The generation is far
    /// above any that a copy could have which turns out to be readable later.
    pub const AFTER_UNREADABLE: Self = Self { generation: 1 << 32, target: CopyId::A };

    /// The write after this one has succeeded: the other copy, one generation on. That holds after a write to a copy that
    /// had failed, too: the storage took it, and the mirror has it.
    #[must_use]
    pub const fn then(self) -> Self {
        Self { generation: self.generation.saturating_add(1), target: other(self.target) }
    }
}

/// Frames a vault's bytes: magic, version, generation, length, the bytes, SHA-256 of all of these.
#[must_use]
pub fn frame(generation: u64, vault: &[u8]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&VERSION.to_be_bytes());
    out.extend_from_slice(&generation.to_be_bytes());
    out.extend_from_slice(&(vault.len() as u64).to_be_bytes());
    out.extend_from_slice(vault);
    let checksum = Sha256::digest(&out);
    out.extend_from_slice(&checksum);
    out
}

/// What a copy turned out to be.
enum State {
    Good { generation: u64, vault: Vec<u8> },
    Newer { version: u16 },
    Garbled,
    Absent,
    Failed,
}

impl State {
    fn of(read: &CopyRead) -> Self {
        match read {
            CopyRead::Absent => Self::Absent,
            CopyRead::Failed => Self::Failed,
            CopyRead::Bytes(bytes) => unframe(bytes).unwrap_or(Self::Garbled),
        }
    }

    const fn generation(&self) -> Option<u64> {
        match self {
            Self::Good { generation, .. } => Some(*generation),
            Self::Newer { .. } | Self::Garbled | Self::Absent | Self::Failed => None,
        }
    }
}

/// Every version of the frame, past and to come, begins with the magic and version and ends with the checksum; so a
/// newer one can be told from a garbled one.
fn unframe(bytes: &[u8]) -> Result<State, Truncated> {
    let (body, checksum) = bytes.split_last_chunk::<CHECKSUM_LENGTH>().ok_or(Truncated)?;
    let mut reader = Reader::new(body);
    if reader.array() != Ok(MAGIC) || Sha256::digest(body).as_slice() != checksum {
        return Ok(State::Garbled);
    }
    match reader.u16()? {
        0 => return Ok(State::Garbled),
        VERSION => {}
        version => return Ok(State::Newer { version }),
    }
    let generation = reader.u64()?;
    let length = usize::try_from(reader.u64()?).map_err(|_| Truncated)?;
    let vault = reader.bytes(length)?.to_vec();
    Ok(if reader.is_empty() { State::Good { generation, vault } } else { State::Garbled })
}

/// Picks the newest good copy. A copy that is not among those given counts as one that could not be read.
#[must_use]
pub fn choose(copies: &[(CopyId, CopyRead)]) -> Choice {
    let [a, b, mirror] = [CopyId::A, CopyId::B, CopyId::Mirror].map(|id| {
        copies.iter().find(|(copy, _)| *copy == id).map_or(State::Failed, |(_, read)| State::of(read))
    });
    let states = [(CopyId::A, a), (CopyId::B, b), (CopyId::Mirror, mirror)];
    let newer = states.iter().find_map(|(_, state)| match state {
        State::Newer { version } => Some(*version),
        State::Good { .. } | State::Garbled | State::Absent | State::Failed => None,
    });
    if let Some(version) = newer {
        return Choice::Newer { version };
    }
    // Among equals the first wins: a local copy before the mirror.
    let newest = states.iter().rev().max_by_key(|(_, state)| state.generation());
    match newest {
        Some((id, State::Good { generation, vault })) => {
            let holder = local_holder(&states, *id);
            let next = next_write(&states, *generation, other(holder));
            let heal = to_heal(&states, *generation, vault, holder);
            Choice::Found(Found { generation: *generation, vault: vault.clone(), heal, next })
        }
        _ if states.iter().all(|(_, state)| matches!(state, State::Absent)) => Choice::Nothing,
        _ => Choice::Unreadable,
    }
}

/// The local copy that does not hold the newest good vault, even if it failed: writing over the other one instead could
/// leave nothing that is known to be good. A failed copy may already hold the next generation, from a write whose mirror
/// did not come to be; were it to turn up again with the same number, it would win over the mirror. So that number is
/// left out.
fn next_write(states: &[(CopyId, State); 3], newest: u64, target: CopyId) -> WritePlan {
    let failed = states.iter().any(|(id, state)| *id == target && matches!(state, State::Failed));
    WritePlan { generation: newest.saturating_add(if failed { 2 } else { 1 }), target }
}

/// The local copy that holds the chosen vault, or will once it is healed: if only the mirror has it, the local copy
/// that is missed least.
fn local_holder(states: &[(CopyId, State); 3], chosen: CopyId) -> CopyId {
    let missed = |state: &State| match state {
        State::Absent | State::Garbled | State::Newer { .. } => (0, None),
        State::Good { generation, .. } => (1, Some(*generation)),
        // It may hold something newer.
        State::Failed => (2, None),
    };
    let [(_, a), (_, b), _] = states;
    match chosen {
        CopyId::Mirror if missed(b) < missed(a) => CopyId::B,
        CopyId::Mirror => CopyId::A,
        local => local,
    }
}

/// A failed copy is left alone. The older of two good local copies is as it should be, unless the newest vault is in
/// neither of them.
fn to_heal(states: &[(CopyId, State); 3], newest: u64, vault: &[u8], holder: CopyId) -> Vec<CopyId> {
    let needs = |(id, state): &(CopyId, State)| match state {
        State::Absent | State::Garbled => true,
        State::Failed | State::Newer { .. } => false,
        State::Good { generation, vault: found } => {
            (*id == CopyId::Mirror || *id == holder) && (*generation != newest || found != vault)
        }
    };
    states.iter().filter(|copy| needs(copy)).map(|(id, _)| *id).collect()
}

/// The local copy that takes turns with this one.
const fn other(copy: CopyId) -> CopyId {
    match copy {
        CopyId::A => CopyId::B,
        CopyId::B | CopyId::Mirror => CopyId::A,
    }
}

#[cfg(test)]
mod tests;
