use core::fmt;

/// The number of an EVM network (EIP-155), never zero.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainId(u64);

/// Why a text or number is not a chain id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainIdError {
    /// Zero is not a network.
    #[error("a chain id cannot be zero")]
    Zero,
    /// Not the one spelling that EIP-695 and EIP-3326 allow.
    #[error(
        "a chain id must be a lower-case 0x-prefixed hexadecimal string without leading zeros, such as 0x1"
    )]
    NotCanonical,
    /// Above 2^53 − 1, which JavaScript pages cannot hold exactly.
    #[error("the chain id is too large")]
    TooLarge,
}

impl ChainId {
    /// The largest id that a page can represent without loss: `Number.MAX_SAFE_INTEGER`.
    pub const MAX: u64 = (1 << 53) - 1;

    /// Checks a number.
    ///
    /// # Errors
    /// Zero, or above [`Self::MAX`].
    pub const fn new(id: u64) -> Result<Self, ChainIdError> {
        match id {
            0 => Err(ChainIdError::Zero),
            1..=Self::MAX => Ok(Self(id)),
            _ => Err(ChainIdError::TooLarge),
        }
    }

    /// Reads the canonical hexadecimal spelling that pages must use (`0x1`, `0xa4b1`).
    ///
    /// # Errors
    /// Any other spelling: upper case, leading zeros, decimal, no prefix.
    pub fn from_hex(text: &str) -> Result<Self, ChainIdError> {
        let digits = text.strip_prefix("0x").ok_or(ChainIdError::NotCanonical)?;
        let canonical = !digits.is_empty() && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !canonical {
            return Err(ChainIdError::NotCanonical);
        }
        if digits.starts_with('0') {
            return Err(if digits == "0" { ChainIdError::Zero } else { ChainIdError::NotCanonical });
        }
        Self::new(u64::from_str_radix(digits, 16).map_err(|_| ChainIdError::TooLarge)?)
    }

    /// The plain number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The canonical hexadecimal spelling.
    #[must_use]
    pub fn to_hex(self) -> String {
        format!("0x{:x}", self.0)
    }
}

impl fmt::Display for ChainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for ChainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChainId({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_spelling_is_accepted() {
        let check = |text: &str, expected: Result<u64, ChainIdError>| {
            assert_eq!(ChainId::from_hex(text).map(ChainId::get), expected, "{text}");
        };
        check("0x1", Ok(1));
        check("0xa4b1", Ok(42161));
        check("0x1fffffffffffff", Ok(ChainId::MAX));
        check("0x0", Err(ChainIdError::Zero));
        check("0x01", Err(ChainIdError::NotCanonical));
        check("0xA4B1", Err(ChainIdError::NotCanonical));
        check("1", Err(ChainIdError::NotCanonical));
        check("0x", Err(ChainIdError::NotCanonical));
        check("", Err(ChainIdError::NotCanonical));
        check("0x+1", Err(ChainIdError::NotCanonical));
        check("0x20000000000000", Err(ChainIdError::TooLarge));
        check("0xffffffffffffffffff", Err(ChainIdError::TooLarge));
    }
}
