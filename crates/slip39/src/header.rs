/// Iterations of the least exponent.
const BASE_ITERATIONS: u32 = 10_000;

/// What all shares of one set have in common. It is no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// A random number of 15 bits that tells sets apart.
    pub identifier: u16,
    /// Whether the identifier stays out of the secret's encryption, so that another set of shares of the same secret
    /// can be made whose passphrases do the same. So for all new shares; older ones (before 2024) have it not.
    pub extendable: bool,
    /// How long the secret's encryption takes.
    pub iteration_exponent: IterationExponent,
    /// How many groups must be complete, 1 to 16.
    pub group_threshold: u8,
    /// How many groups there are, 1 to 16.
    pub group_count: u8,
}

/// How long the encryption of the secret takes, from 0 to 15: each step doubles the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IterationExponent(u8);

impl IterationExponent {
    /// The highest exponent.
    pub const MAX: Self = Self(15);

    /// The exponent with this value, if it is at most 15.
    #[must_use]
    pub const fn new(exponent: u8) -> Option<Self> {
        if exponent <= Self::MAX.0 { Some(Self(exponent)) } else { None }
    }

    /// The lowest four bits.
    pub(crate) const fn from_low_bits(bits: u16) -> Self {
        Self((bits & 0xf) as u8)
    }

    /// The exponent, 0 to 15.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// Iterations of PBKDF2-HMAC-SHA256 altogether: 10,000 · 2^exponent. The highest exponents take minutes, so a
    /// caller may want to ask before.
    #[must_use]
    pub const fn iterations(self) -> u32 {
        BASE_ITERATIONS << self.0
    }
}

impl Default for IterationExponent {
    /// 20,000 iterations, as Trezor's devices choose. The passphrase, if there is one, is what it protects.
    fn default() -> Self {
        Self(1)
    }
}
