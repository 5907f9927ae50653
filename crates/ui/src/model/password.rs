//! How long a password would hold against someone who has the vault file.
//!
//! How many guesses it takes is zxcvbn's estimate (`crates/strength`). What an attacker pays per guess is Argon2id at
//! the default cost: about 10,000 guesses a second for someone with a room of graphics cards.

/// Fewer characters are refused.
pub const MIN_LENGTH: usize = 8;

/// How a password fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Too short to be judged.
    Short,
    /// Long enough; nobody has counted its guesses yet.
    Unjudged,
    /// Tried first by anyone.
    Worst,
    /// Holds for hours at most.
    Weak,
    /// Holds for days at least.
    Fair,
    /// Holds for years.
    Good,
    /// Holds for centuries.
    Strong,
}

impl Strength {
    /// How many of four bars.
    #[must_use]
    pub const fn bars(self) -> usize {
        match self {
            Self::Short | Self::Unjudged => 0,
            Self::Worst | Self::Weak => 1,
            Self::Fair => 2,
            Self::Good => 3,
            Self::Strong => 4,
        }
    }

    /// One word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Short => "Too short.",
            Self::Unjudged => "",
            Self::Worst => "Too easy.",
            Self::Weak => "Weak.",
            Self::Fair => "Fair.",
            Self::Good => "Good.",
            Self::Strong => "Strong.",
        }
    }

    /// What that means.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Short => "At least 8 characters.",
            Self::Unjudged => "",
            Self::Worst => "This is among the first that anyone would try.",
            Self::Weak => "A thief with many fast computers would need a few hours.",
            Self::Fair => "A thief with many fast computers would need days.",
            Self::Good => "A thief with many fast computers would need years.",
            Self::Strong => "A thief with many fast computers would need centuries.",
        }
    }

    /// Whether it may be used.
    #[must_use]
    pub const fn accepted(self) -> bool {
        !matches!(self, Self::Short | Self::Worst)
    }
}

/// Judges a password by the decimal logarithm of the guesses that it takes, in hundredths; without an estimate only its
/// length counts.
#[must_use]
pub fn strength(password: &str, guesses: Option<u32>) -> Strength {
    if password.chars().count() < MIN_LENGTH {
        return Strength::Short;
    }
    match guesses {
        // Ten minutes of guessing.
        Some(guesses) if guesses < 660 => Strength::Worst,
        Some(guesses) if guesses < 840 => Strength::Weak,
        Some(guesses) if guesses < 1_140 => Strength::Fair,
        Some(guesses) if guesses < 1_380 => Strength::Good,
        Some(_) => Strength::Strong,
        None => Strength::Unjudged,
    }
}

/// What of a new password and its repetition does not do yet, in words.
#[must_use]
pub fn problem(password: &str, guesses: Option<u32>, repeated: &str) -> Option<Problem> {
    let strength = strength(password, guesses);
    if !strength.accepted() {
        return Some(Problem::Password(strength.meaning()));
    }
    (password != repeated).then_some(Problem::Repetition(if repeated.is_empty() {
        "Type it again, so that a slip of the finger does not lock you out."
    } else {
        "These two are not the same."
    }))
}

/// Which field has a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The password itself.
    Password(&'static str),
    /// Its repetition.
    Repetition(&'static str),
}

#[cfg(test)]
mod tests {
    use super::{Problem, Strength, problem, strength};

    #[test]
    fn guesses_are_told_as_time() {
        let check = |password: &str, guesses: Option<u32>, expected: Strength| {
            assert_eq!(strength(password, guesses), expected, "{password}");
        };
        check("", Some(0), Strength::Short);
        check("k7$Qz9!", Some(3_000), Strength::Short);
        check("password", Some(30), Strength::Worst);
        check("kettle99", Some(659), Strength::Worst);
        check("kettle99", Some(660), Strength::Weak);
        check("sandal-orbit", Some(840), Strength::Fair);
        check("k7$Qz9!fWm", Some(1_140), Strength::Good);
        check("plum kettle orbit sandal", Some(1_380), Strength::Strong);
        check("слива чайник", None, Strength::Unjudged);
    }

    #[test]
    fn both_fields_are_looked_at_in_order() {
        let check = |password: &str, repeated: &str, expected: Option<bool>| {
            let about_password =
                problem(password, Some(2_000), repeated).map(|p| matches!(p, Problem::Password(_)));
            assert_eq!(about_password, expected, "{password} {repeated}");
        };
        check("short", "short", Some(true));
        check("plum kettle orbit sandal", "", Some(false));
        check("plum kettle orbit sandal", "plum kettle orbit sandals", Some(false));
        check("plum kettle orbit sandal", "plum kettle orbit sandal", None);
        assert!(matches!(problem("password", Some(30), "password"), Some(Problem::Password(_))));
        assert_eq!(problem("plum kettle", None, "plum kettle"), None, "a missing estimate blocks nobody");
    }
}
