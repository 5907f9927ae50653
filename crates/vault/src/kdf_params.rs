/// The cost of Argon2id (RFC 9106, version 1.3) for a password slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KdfParams {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// Why these are not parameters to derive a key with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KdfParamsError {
    /// Memory outside 8 MiB to 4 GiB.
    #[error("the password protection asks for {memory_kib} KiB of memory, which is out of bounds")]
    Memory {
        /// The memory asked for, in KiB.
        memory_kib: u32,
    },
    /// Passes outside 1 to 100.
    #[error("the password protection asks for {passes} passes, which is out of bounds")]
    Passes {
        /// The passes asked for.
        passes: u32,
    },
    /// Lanes outside 1 to 64.
    #[error("the password protection asks for {lanes} lanes, which is out of bounds")]
    Lanes {
        /// The lanes asked for.
        lanes: u32,
    },
}

impl KdfParams {
    /// What a new vault gets: 64 MiB, 3 passes, 1 lane. It is also the least that a new slot may have.
    pub const DEFAULT: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
    /// The most that calibration asks for: more memory may not be there on the next machine.
    const MOST: Self = Self { memory_kib: 256 * 1024, passes: 10, lanes: 1 };
    /// How long a derivation may take, in milliseconds: an unlock is not to feel slow.
    const TARGET_MS: u64 = 300;
    /// Memory grows by this, in KiB.
    const STEP_KIB: u64 = 16 * 1024;

    /// Checks parameters against what any vault may hold. The bounds are wide, so that an old vault opens; they keep
    /// hostile numbers from asking for absurd work.
    ///
    /// # Errors
    /// Which number is out of bounds.
    pub const fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, KdfParamsError> {
        if !matches!(memory_kib, 8_192..=4_194_304) {
            return Err(KdfParamsError::Memory { memory_kib });
        }
        if !matches!(passes, 1..=100) {
            return Err(KdfParamsError::Passes { passes });
        }
        if !matches!(lanes, 1..=64) {
            return Err(KdfParamsError::Lanes { lanes });
        }
        Ok(Self { memory_kib, passes, lanes })
    }

    /// Memory in KiB.
    #[must_use]
    pub const fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    #[must_use]
    pub const fn passes(self) -> u32 {
        self.passes
    }

    /// Lanes that could be computed in parallel.
    #[must_use]
    pub const fn lanes(self) -> u32 {
        self.lanes
    }

    /// Whether they cost an attacker at least as much as [`Self::DEFAULT`], in memory and in passes. If not, a slot
    /// should be wrapped again at the next unlock.
    #[must_use]
    pub const fn is_strong(self) -> bool {
        self.is_at_least(Self::DEFAULT)
    }

    /// Whether they cost at least as much as others, in memory and in passes.
    #[must_use]
    pub const fn is_at_least(self, other: Self) -> bool {
        self.memory_kib >= other.memory_kib && self.passes >= other.passes
    }

    /// What a machine that took so long for these should use from now on, if that is worth a change: memory first,
    /// then passes (RFC 9106, section 4), never less of either.
    #[must_use]
    pub fn raised(self, took_ms: u32) -> Option<Self> {
        if !self.is_strong() {
            let memory_kib = self.memory_kib.max(Self::DEFAULT.memory_kib);
            return Some(Self { memory_kib, passes: self.passes.max(Self::DEFAULT.passes), ..Self::DEFAULT });
        }
        let work = u64::from(self.memory_kib) * u64::from(self.passes);
        // One false measurement must not make the next unlock endless.
        let affordable = (work * Self::TARGET_MS / u64::from(took_ms.max(1))).min(4 * work);
        let least = u64::from(self.passes);
        let most = u64::from(Self::MOST.memory_kib.max(self.memory_kib));
        let memory = affordable / least / Self::STEP_KIB * Self::STEP_KIB;
        let memory = memory.clamp(u64::from(self.memory_kib), most);
        let passes = (affordable / memory).clamp(least, u64::from(Self::MOST.passes).max(least));
        let raised = Self::new(u32::try_from(memory).ok()?, u32::try_from(passes).ok()?, 1).ok()?;
        (2 * memory * passes >= 3 * work).then_some(raised)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fast_machine_pays_more_and_a_slow_one_never_less() {
        let check = |(mib, passes): (u32, u32), took_ms, expected: Option<(u32, u32)>| {
            let raised = KdfParams::new(mib * 1024, passes, 1).unwrap().raised(took_ms);
            let raised = raised.map(|params| (params.memory_kib() / 1024, params.passes()));
            assert_eq!(raised, expected, "{mib} MiB x {passes} in {took_ms} ms");
        };
        check((64, 3), 300, None);
        check((64, 3), 220, None);
        check((64, 3), 200, Some((96, 3)));
        check((64, 3), 150, Some((128, 3)));
        check((64, 3), 75, Some((256, 3)));
        check((64, 3), 1, Some((256, 3)));
        check((64, 3), 0, Some((256, 3)));
        check((256, 3), 75, Some((256, 10)));
        check((256, 10), 1, None);
        check((1024, 3), 150, Some((1024, 6)));
        check((64, 20), 300, None);
        check((64, 3), u32::MAX, None);
        check((8, 1), 5, Some((64, 3)));
        check((1024, 1), 5, Some((1024, 3)));
        check((8, 20), 5, Some((64, 20)));
        check((4096, 100), 1, None);
    }

    #[test]
    fn bounds_are_kept() {
        let check = |memory_kib, passes, lanes, expected: Result<bool, KdfParamsError>| {
            assert_eq!(KdfParams::new(memory_kib, passes, lanes).map(KdfParams::is_strong), expected);
        };
        check(65_536, 3, 1, Ok(true));
        check(4_194_304, 100, 64, Ok(true));
        check(8_192, 1, 1, Ok(false));
        check(65_535, 3, 1, Ok(false));
        check(65_536, 2, 1, Ok(false));
        check(8_191, 3, 1, Err(KdfParamsError::Memory { memory_kib: 8_191 }));
        check(4_194_305, 3, 1, Err(KdfParamsError::Memory { memory_kib: 4_194_305 }));
        check(u32::MAX, 3, 1, Err(KdfParamsError::Memory { memory_kib: u32::MAX }));
        check(65_536, 0, 1, Err(KdfParamsError::Passes { passes: 0 }));
        check(65_536, 101, 1, Err(KdfParamsError::Passes { passes: 101 }));
        check(65_536, 3, 0, Err(KdfParamsError::Lanes { lanes: 0 }));
        check(65_536, 3, 65, Err(KdfParamsError::Lanes { lanes: 65 }));
    }
}
