use core::{fmt, str::FromStr};

use crate::Family;

/// The bit of an index that marks it as hardened (BIP-32).
pub(crate) const HARDENED: u32 = 1 << 31;
/// An extended key counts its depth in one byte (BIP-32).
const DEEPEST: usize = 255;

/// Where in a seed's tree a key is (BIP-32), such as `m/44'/60'/0'/0/0`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DerivationPath(Vec<u32>);

/// Why a text is not a derivation path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// It does not begin with `m`.
    #[error("a path begins with m")]
    NoRoot,
    /// A step is not a plain number from 0 to 2147483647, with ' behind it if it is hardened.
    #[error("step {position} of the path is not a number from 0 to 2147483647, with ' behind it or not")]
    BadStep {
        /// Which step it is, counted from 1.
        position: usize,
    },
    /// More than 255 steps.
    #[error("a path has at most 255 steps")]
    TooDeep,
}

impl DerivationPath {
    /// The path of an Ethereum account that most wallets use (BIP-44, coin 60): `m/44'/60'/0'/0/index`.
    ///
    /// The index is BIP-32's: from 2^31 on it would mean a hardened step, which no wallet uses here.
    #[must_use]
    pub fn ethereum(index: u32) -> Self {
        Family::Bip44.path(index)
    }

    /// `m`: where a single key is, which is no tree.
    #[must_use]
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// The path with these steps, at most 255, hardened ones from 2^31 on.
    pub(crate) const fn from_steps(steps: Vec<u32>) -> Self {
        Self(steps)
    }

    /// The steps as BIP-32 numbers them, hardened ones from 2^31 on.
    #[must_use]
    pub fn steps(&self) -> &[u32] {
        &self.0
    }
}

impl FromStr for DerivationPath {
    type Err = PathError;

    /// Reads the one spelling that [`fmt::Display`] writes: no spaces, no signs, no leading zeros, `'` for hardened.
    fn from_str(text: &str) -> Result<Self, PathError> {
        let mut parts = text.split('/');
        if parts.next() != Some("m") {
            return Err(PathError::NoRoot);
        }
        let steps = parts
            .enumerate()
            .map(|(index, part)| step(part).ok_or(PathError::BadStep { position: index + 1 }))
            .collect::<Result<Vec<u32>, PathError>>()?;
        if steps.len() > DEEPEST { Err(PathError::TooDeep) } else { Ok(Self(steps)) }
    }
}

fn step(part: &str) -> Option<u32> {
    let (digits, hardened) = part.strip_suffix('\'').map_or((part, 0), |digits| (digits, HARDENED));
    let canonical = digits == "0"
        || (!digits.is_empty() && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit()));
    let number = canonical.then_some(digits)?.parse::<u32>().ok()?;
    (number < HARDENED).then_some(number | hardened)
}

impl fmt::Display for DerivationPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("m")?;
        self.0.iter().try_for_each(|step| {
            let mark = if step & HARDENED == 0 { "" } else { "'" };
            write!(f, "/{}{mark}", step & !HARDENED)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_one_spelling_is_read() {
        let check = |text: &str, expected: Result<&[u32], PathError>| {
            let path = text.parse::<DerivationPath>();
            assert_eq!(path.as_ref().map(DerivationPath::steps).map_err(|e| *e), expected, "{text}");
            if let Ok(path) = path {
                assert_eq!(path.to_string(), text);
            }
        };
        let bad = |position| Err(PathError::BadStep { position });
        check("m", Ok(&[]));
        check("m/0", Ok(&[0]));
        check("m/44'/60'/0'/0/7", Ok(&[HARDENED | 44, HARDENED | 60, HARDENED, 0, 7]));
        check("m/2147483647'/2147483647", Ok(&[u32::MAX, HARDENED - 1]));
        check("", Err(PathError::NoRoot));
        check("44'/60'", Err(PathError::NoRoot));
        check("M/0", Err(PathError::NoRoot));
        check(" m/0", Err(PathError::NoRoot));
        check("m/", bad(1));
        check("m/0/", bad(2));
        check("m//0", bad(1));
        check("m/00", bad(1));
        check("m/01", bad(1));
        check("m/+1", bad(1));
        check("m/-1", bad(1));
        check("m/0x1", bad(1));
        check("m/0''", bad(1));
        check("m/'", bad(1));
        check("m/0h", bad(1));
        check("m/0’", bad(1));
        check("m/1 /2", bad(1));
        check("m/2147483648", bad(1));
        check("m/2147483648'", bad(1));
        check("m/99999999999", bad(1));
        check("m/٣", bad(1));
        assert_eq!(
            format!("m{}", "/0".repeat(255)).parse::<DerivationPath>().map(|path| path.0.len()),
            Ok(255)
        );
        assert_eq!(format!("m{}", "/0".repeat(256)).parse::<DerivationPath>(), Err(PathError::TooDeep));
    }

    #[test]
    fn ethereum_accounts_follow_bip_44() {
        assert_eq!(DerivationPath::ethereum(0).to_string(), "m/44'/60'/0'/0/0");
        assert_eq!(DerivationPath::ethereum(41).to_string(), "m/44'/60'/0'/0/41");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(steps in prop::collection::vec(any::<u32>(), 0..=12)) {
            let path = DerivationPath(steps);
            prop_assert_eq!(path.to_string().parse::<DerivationPath>(), Ok(path));
        }

        #[test]
        fn any_text_is_answered(text in "[m/0-9'h+ ]{0,40}") {
            if let Ok(path) = text.parse::<DerivationPath>() {
                prop_assert_eq!(path.to_string(), text);
            }
        }
    }
}
