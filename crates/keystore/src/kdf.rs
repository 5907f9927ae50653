use candor_primitives::Secret;
use sha2::Sha256;

/// The most memory that scrypt may ask for, in bytes.
const MAX_MEMORY: u64 = 1 << 30;
/// The most that scrypt may mix, in bytes: its memory, times its repetitions. One to two minutes in a browser.
const MAX_MIXED: u64 = 16 << 30;
/// The most rounds of PBKDF2: about a minute in a browser. Other wallets use at most 2^20.
const MAX_ROUNDS: u32 = 1 << 26;

/// The 32 bytes that a password and [`KdfParams`] give: a key for the cipher and one that guards the file. Wiped when
/// dropped, never printed.
#[derive(Debug)]
pub struct DerivedKey(Secret<[[u8; 16]; 2]>);

/// The function that makes guessing passwords slow, with its cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KdfFunction {
    /// scrypt (RFC 7914).
    Scrypt {
        /// How many blocks of memory it fills, a power of two.
        n: u32,
        /// The size of such a block, in units of 128 bytes.
        r: u32,
        /// How many times it does so, each for another part of the result.
        p: u32,
    },
    /// PBKDF2 with HMAC-SHA-256 (RFC 8018).
    Pbkdf2 {
        /// How many times it hashes.
        rounds: u32,
    },
}

/// How a key file turns its password into 32 bytes: a function with a bearable cost, and a salt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KdfParams {
    function: KdfFunction,
    salt: Vec<u8>,
}

/// Why these are not parameters to derive a key with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KdfError {
    /// The `n` of scrypt is not a power of two from 2 on.
    #[error("scrypt needs an n that is a power of two, not {n}")]
    NotAPowerOfTwo {
        /// The number.
        n: u32,
    },
    /// A number that must be at least one is zero.
    #[error("the password protection has a cost of zero")]
    Zero,
    /// scrypt with more than 1 GiB of memory.
    #[error("the password protection asks for {bytes} bytes of memory, and 1 GiB is the most")]
    Memory {
        /// The memory asked for, in bytes.
        bytes: u64,
    },
    /// scrypt that mixes more than 16 GiB.
    #[error("the password protection asks for mixing {bytes} bytes, and 16 GiB is the most")]
    Mixed {
        /// The memory times its repetitions, in bytes.
        bytes: u64,
    },
    /// PBKDF2 with more than 2^26 rounds.
    #[error("the password protection asks for {rounds} rounds, and 67108864 is the most")]
    Rounds {
        /// The rounds asked for.
        rounds: u32,
    },
}

/// There is less memory than the function needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is not enough memory to check this password")]
pub struct NotEnoughMemory;

impl DerivedKey {
    /// The key with these bytes; the caller wipes its own copy.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        let mut key = Self::blank();
        key.bytes_mut().copy_from_slice(bytes);
        key
    }

    const fn blank() -> Self {
        Self(Secret::new([[0; 16]; 2]))
    }

    const fn bytes_mut(&mut self) -> &mut [u8] {
        self.0.expose_mut().as_flattened_mut()
    }

    pub(crate) const fn cipher_key(&self) -> &[u8; 16] {
        let [cipher, _] = self.0.expose();
        cipher
    }

    pub(crate) const fn mac_key(&self) -> &[u8; 16] {
        let [_, mac] = self.0.expose();
        mac
    }
}

impl KdfFunction {
    /// The memory it needs, in bytes: scrypt has one buffer of n blocks and one of p.
    #[must_use]
    pub fn memory(self) -> u64 {
        match self {
            Self::Scrypt { n, r, p } => blocks(n.max(p), r),
            Self::Pbkdf2 { .. } => 0,
        }
    }

    /// How much it has to do, so that a calibrated rate tells how long that takes: in units of 128 bytes that scrypt
    /// mixes. A round of PBKDF2 takes about as long as one of them.
    #[must_use]
    pub fn work(self) -> u64 {
        match self {
            Self::Scrypt { n, r, p } => mixed(n, r, p) / 128,
            Self::Pbkdf2 { rounds } => u64::from(rounds),
        }
    }

    fn check(self) -> Result<Self, KdfError> {
        match self {
            Self::Scrypt { n, .. } if n < 2 || !n.is_power_of_two() => Err(KdfError::NotAPowerOfTwo { n }),
            Self::Scrypt { r: 0, .. } | Self::Scrypt { p: 0, .. } | Self::Pbkdf2 { rounds: 0 } => {
                Err(KdfError::Zero)
            }
            Self::Scrypt { .. } if self.memory() > MAX_MEMORY => {
                Err(KdfError::Memory { bytes: self.memory() })
            }
            Self::Scrypt { n, r, p } if mixed(n, r, p) > MAX_MIXED => {
                Err(KdfError::Mixed { bytes: mixed(n, r, p) })
            }
            Self::Pbkdf2 { rounds } if rounds > MAX_ROUNDS => Err(KdfError::Rounds { rounds }),
            Self::Scrypt { .. } | Self::Pbkdf2 { .. } => Ok(self),
        }
    }
}

/// Bytes of so many blocks of size `r`.
fn blocks(count: u32, r: u32) -> u64 {
    // 2^7 times two numbers of 32 bits can exceed 64 bits.
    u64::from(count).saturating_mul(u64::from(r)).saturating_mul(128)
}

fn mixed(n: u32, r: u32, p: u32) -> u64 {
    blocks(n, r).saturating_mul(u64::from(p))
}

impl KdfParams {
    /// Checks that the cost can be borne; any salt can.
    ///
    /// # Errors
    /// Which number is out of bounds.
    pub fn new(function: KdfFunction, salt: Vec<u8>) -> Result<Self, KdfError> {
        Ok(Self { function: function.check()?, salt })
    }

    /// What a new key file gets: scrypt with n = 2^18, r = 8, p = 1, which fills 256 MiB. It is geth's standard, so
    /// everybody reads it. The salt is random.
    #[must_use]
    pub fn standard(salt: [u8; 32]) -> Self {
        Self { function: KdfFunction::Scrypt { n: 1 << 18, r: 8, p: 1 }, salt: salt.to_vec() }
    }

    /// The function with its cost.
    #[must_use]
    pub const fn function(&self) -> KdfFunction {
        self.function
    }

    /// The salt.
    #[must_use]
    pub fn salt(&self) -> &[u8] {
        &self.salt
    }
}

/// The 32 bytes for a password, which this format takes as it was typed, in UTF-8. It can take minutes and a GiB: a
/// page leaves it to a worker.
///
/// A file may ask for more bytes (`dklen`), of which only the first 32 are ever used; both functions give them alone.
/// The memory that scrypt mixes is freed without being wiped, which the worker makes good when it ends.
///
/// # Errors
/// [`NotEnoughMemory`]
pub fn derive(params: &KdfParams, password: &[u8]) -> Result<DerivedKey, NotEnoughMemory> {
    let mut key = DerivedKey::blank();
    match params.function {
        KdfFunction::Pbkdf2 { rounds } => {
            pbkdf2::pbkdf2_hmac::<Sha256>(password, &params.salt, rounds, key.bytes_mut());
        }
        KdfFunction::Scrypt { n, r, p } => {
            let memory = usize::try_from(params.function.memory()).map_err(|_| NotEnoughMemory)?;
            // The library would end the whole program. What is tried here is given back to it; without the black box
            // the compiler leaves the trial out.
            let mut trial = Vec::<u8>::new();
            trial.try_reserve_exact(memory).map_err(|_| NotEnoughMemory)?;
            drop(core::hint::black_box(trial));
            // Of costs within our bounds, the library refuses those whose memory it could not number.
            let log_n = u8::try_from(n.ilog2()).map_err(|_| NotEnoughMemory)?;
            let cost = scrypt::Params::new(log_n, r, p).map_err(|_| NotEnoughMemory)?;
            scrypt::scrypt(password, &params.salt, &cost, key.bytes_mut()).map_err(|_| NotEnoughMemory)?;
        }
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_kept() {
        let check = |function, expected: Result<(), KdfError>| {
            assert_eq!(KdfParams::new(function, vec![]).map(|_| ()), expected, "{function:?}");
        };
        let scrypt = |n, r, p| KdfFunction::Scrypt { n, r, p };
        let pbkdf2 = |rounds| KdfFunction::Pbkdf2 { rounds };
        check(scrypt(2, 1, 1), Ok(()));
        check(scrypt(1 << 20, 8, 1), Ok(()));
        check(scrypt(1 << 20, 8, 16), Ok(()));
        check(scrypt(1 << 23, 1, 1), Ok(()));
        check(scrypt(0, 8, 1), Err(KdfError::NotAPowerOfTwo { n: 0 }));
        check(scrypt(1, 8, 1), Err(KdfError::NotAPowerOfTwo { n: 1 }));
        check(scrypt(262_143, 8, 1), Err(KdfError::NotAPowerOfTwo { n: 262_143 }));
        check(scrypt(2, 0, 1), Err(KdfError::Zero));
        check(scrypt(2, 1, 0), Err(KdfError::Zero));
        check(scrypt(1 << 20, 9, 1), Err(KdfError::Memory { bytes: 9 << 27 }));
        check(scrypt(1 << 21, 8, 1), Err(KdfError::Memory { bytes: 1 << 31 }));
        check(scrypt(2, 1, 1 << 24), Err(KdfError::Memory { bytes: 1 << 31 }));
        check(scrypt(1 << 31, u32::MAX, u32::MAX), Err(KdfError::Memory { bytes: u64::MAX }));
        check(scrypt(1 << 20, 8, 17), Err(KdfError::Mixed { bytes: 17 << 30 }));
        check(pbkdf2(1), Ok(()));
        check(pbkdf2(1 << 26), Ok(()));
        check(pbkdf2(0), Err(KdfError::Zero));
        check(pbkdf2((1 << 26) + 1), Err(KdfError::Rounds { rounds: (1 << 26) + 1 }));
        check(pbkdf2(u32::MAX), Err(KdfError::Rounds { rounds: u32::MAX }));
    }

    /// RFC 7914, section 12 for scrypt and section 11 for PBKDF2: the first 32 of their 64 bytes.
    #[test]
    fn rfc_7914_vectors_hold() {
        let check = |function, password: &str, salt: &str, expected: &str| {
            let params = KdfParams::new(function, salt.as_bytes().to_vec()).unwrap();
            let key = derive(&params, password.as_bytes()).unwrap();
            assert_eq!(hex::encode(key.0.expose().as_flattened()), expected);
        };
        let scrypt = |n, r, p| KdfFunction::Scrypt { n, r, p };
        let pbkdf2 = |rounds| KdfFunction::Pbkdf2 { rounds };
        check(scrypt(16, 1, 1), "", "", "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442");
        check(
            scrypt(1024, 8, 16),
            "password",
            "NaCl",
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162",
        );
        check(
            scrypt(16_384, 8, 1),
            "pleaseletmein",
            "SodiumChloride",
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2",
        );
        check(
            pbkdf2(1),
            "passwd",
            "salt",
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
        );
        check(
            pbkdf2(80_000),
            "Password",
            "NaCl",
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56",
        );
    }
}
