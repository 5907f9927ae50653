use crate::{DerivationPath, path::HARDENED};

/// No wallet has paths of more steps.
const DEEPEST: usize = 10;

/// What is wrong with a path that a person typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CustomPathError {
    /// It does not begin with `m/`.
    #[error("a path begins with m/, such as m/44'/60'/0'/0/0")]
    NoRoot,
    /// Nothing is between two strokes, or behind the last one.
    #[error("step {position} of the path is empty")]
    EmptyStep {
        /// Which step it is, counted from 1.
        position: usize,
    },
    /// Something else than digits with a mark behind them or not.
    #[error("step {position} of the path is not a number, with ' behind it or not")]
    NotANumber {
        /// Which step it is, counted from 1.
        position: usize,
    },
    /// A number from 2^31 on.
    #[error("step {position} of the path is too large: 2147483647 is the largest number")]
    TooLarge {
        /// Which step it is, counted from 1.
        position: usize,
    },
    /// More than ten steps.
    #[error("the path has {steps} steps, and 10 are the most")]
    TooDeep {
        /// How many it has.
        steps: usize,
    },
}

impl DerivationPath {
    /// Reads a path as people type and copy it: spaces around it, `M`, and `h`, `H` or the curly apostrophe for a
    /// hardened step. What is stored and shown has one spelling, that of its [`Display`](core::fmt::Display).
    ///
    /// # Errors
    /// What is wrong and where, see [`CustomPathError`].
    pub fn from_typed(text: &str) -> Result<Self, CustomPathError> {
        let steps = text.trim().strip_prefix(['m', 'M']).and_then(|rest| rest.strip_prefix('/'));
        let steps = steps.ok_or(CustomPathError::NoRoot)?;
        let depth = steps.split('/').count();
        if depth > DEEPEST {
            return Err(CustomPathError::TooDeep { steps: depth });
        }
        let steps = steps.split('/').enumerate().map(|(index, part)| step(part, index + 1));
        Ok(Self::from_steps(steps.collect::<Result<_, _>>()?))
    }
}

fn step(part: &str, position: usize) -> Result<u32, CustomPathError> {
    if part.is_empty() {
        return Err(CustomPathError::EmptyStep { position });
    }
    let (digits, mark) =
        part.strip_suffix(['\'', '’', 'h', 'H']).map_or((part, 0), |digits| (digits, HARDENED));
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CustomPathError::NotANumber { position });
    }
    // Digits alone, so that only the size can be wrong.
    let number = digits.parse().ok().filter(|number: &u32| *number < HARDENED);
    Ok(number.ok_or(CustomPathError::TooLarge { position })? | mark)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_typed_is_read_or_told_exactly() {
        let check = |text: &str, expected: Result<&str, CustomPathError>| {
            let path = DerivationPath::from_typed(text).map(|path| path.to_string());
            assert_eq!(path.as_deref().map_err(|e| *e), expected, "{text}");
        };
        check("m/44'/60'/0'/0/0", Ok("m/44'/60'/0'/0/0"));
        check(" M/44h/60H/0’/0/7\n", Ok("m/44'/60'/0'/0/7"));
        check("m/007", Ok("m/7"));
        check("m/2147483647h", Ok("m/2147483647'"));
        check("m/0/1/2/3/4/5/6/7/8/9", Ok("m/0/1/2/3/4/5/6/7/8/9"));
        check("", Err(CustomPathError::NoRoot));
        check("m", Err(CustomPathError::NoRoot));
        check("44'/60'", Err(CustomPathError::NoRoot));
        check("mm/0", Err(CustomPathError::NoRoot));
        check("x/0", Err(CustomPathError::NoRoot));
        check("m/", Err(CustomPathError::EmptyStep { position: 1 }));
        check("m/0/", Err(CustomPathError::EmptyStep { position: 2 }));
        check("m//0", Err(CustomPathError::EmptyStep { position: 1 }));
        check("m/'", Err(CustomPathError::NotANumber { position: 1 }));
        check("m/0''", Err(CustomPathError::NotANumber { position: 1 }));
        check("m/0'h", Err(CustomPathError::NotANumber { position: 1 }));
        check("m/1/-1", Err(CustomPathError::NotANumber { position: 2 }));
        check("m/1/+1", Err(CustomPathError::NotANumber { position: 2 }));
        check("m/1/0x1", Err(CustomPathError::NotANumber { position: 2 }));
        check("m/1 /2", Err(CustomPathError::NotANumber { position: 1 }));
        check("m/*", Err(CustomPathError::NotANumber { position: 1 }));
        check("m/٣", Err(CustomPathError::NotANumber { position: 1 }));
        check("m/2147483648", Err(CustomPathError::TooLarge { position: 1 }));
        check("m/0/2147483648'", Err(CustomPathError::TooLarge { position: 2 }));
        check("m/99999999999999999999999", Err(CustomPathError::TooLarge { position: 1 }));
        check("m/0/1/2/3/4/5/6/7/8/9/10", Err(CustomPathError::TooDeep { steps: 11 }));
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(steps in prop::collection::vec(any::<u32>(), 1..=DEEPEST)) {
            let path = DerivationPath::from_steps(steps);
            prop_assert_eq!(DerivationPath::from_typed(&path.to_string()), Ok(path));
        }

        #[test]
        fn any_text_is_answered(text in ".*", path in "m[/0-9'hH’ ]{0,40}") {
            drop(DerivationPath::from_typed(&text));
            if let Ok(path) = DerivationPath::from_typed(&path) {
                prop_assert_eq!(path.to_string().parse(), Ok(path));
            }
        }
    }
}
