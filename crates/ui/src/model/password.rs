//! How long a password would hold against someone who has the vault file: a rough estimate, on the low side.
//!
//! The password is cut into stretches of letters, digits and signs. A stretch of letters counts as a word out of a
//! dictionary, not as random letters; repeats, runs (`abcd`, `8765`), rows of the keyboard and the words that people
//! use first count almost nothing. What an attacker pays per guess is Argon2id at the default cost: about
//! 10,000 guesses a second for someone with a room of graphics cards.

/// Fewer characters are refused.
pub const MIN_LENGTH: usize = 8;
/// Below this many bits a password is among those that are tried first, and refused.
const REFUSED_BELOW: f64 = 22.0;

/// How a password fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Too short to be judged.
    Short,
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
            Self::Short => 0,
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

/// Judges a password.
#[must_use]
pub fn strength(password: &str) -> Strength {
    if password.chars().count() < MIN_LENGTH {
        return Strength::Short;
    }
    match bits(password) {
        bits if bits < REFUSED_BELOW => Strength::Worst,
        bits if bits < 28.0 => Strength::Weak,
        bits if bits < 38.0 => Strength::Fair,
        bits if bits < 46.0 => Strength::Good,
        _ => Strength::Strong,
    }
}

/// What of a new password and its repetition does not do yet, in words.
#[must_use]
pub fn problem(password: &str, repeated: &str) -> Option<Problem> {
    let strength = strength(password);
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

/// The kinds of characters that make a stretch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Space,
    Sign,
}

fn kind(c: char) -> Kind {
    if c.is_alphabetic() {
        Kind::Letter
    } else if c.is_numeric() {
        Kind::Digit
    } else if c.is_whitespace() {
        Kind::Space
    } else {
        Kind::Sign
    }
}

/// Estimated logarithm of the guesses needed.
fn bits(password: &str) -> f64 {
    let chars: Vec<char> = password.chars().collect();
    let mut seen: Vec<String> = Vec::new();
    let mut total = 0.0;
    for stretch in chars.chunk_by(|a, b| kind(*a) == kind(*b)) {
        let plain: String = stretch.iter().flat_map(|c| c.to_lowercase()).collect();
        let cost = match stretch.first().map(|c| kind(*c)) {
            Some(Kind::Letter) => letters(stretch, &plain),
            Some(Kind::Digit) => digits(&plain),
            Some(Kind::Space) => 1.0,
            Some(Kind::Sign) | None => 4.0 * surprising(&plain),
        };
        // Saying it twice costs a guesser one more try.
        total += if seen.contains(&plain) { 1.0 } else { cost };
        seen.push(plain);
    }
    total
}

/// A stretch of letters: words of a dictionary, and a little for unusual capitals.
fn letters(stretch: &[char], plain: &str) -> f64 {
    let (common, rest) = without_common(plain);
    let mut cost = 5.0 * common;
    // Words written together: every six letters are another word.
    let mut left = surprising(rest);
    while left > 0.0 {
        let piece = if left > 9.0 { 6.0 } else { left };
        cost += f64::min(4.2 * piece, 9.0 + 0.5 * piece);
        left -= piece;
    }
    let turns =
        stretch.windows(2).skip(1).filter(|pair| pair[0].is_uppercase() != pair[1].is_uppercase()).count();
    let foreign = stretch.iter().any(|c| !c.is_ascii());
    cost + f64::from(u8::try_from(turns).unwrap_or(u8::MAX)) * 1.5 + if foreign { 2.0 } else { 0.0 }
}

/// How many common words stand at the start, and what follows them.
fn without_common(plain: &str) -> (f64, &str) {
    let (mut count, mut rest) = (0.0, plain);
    while let Some(shorter) =
        COMMON.iter().filter_map(|word| rest.strip_prefix(word)).min_by_key(|rest| rest.len())
    {
        count += 1.0;
        rest = shorter;
    }
    (count, rest)
}

/// A stretch of digits; four that look like a year are one of a hundred.
fn digits(plain: &str) -> f64 {
    let year = plain.len() == 4 && (plain.starts_with("19") || plain.starts_with("20"));
    if year { 6.6 } else { 3.3 * surprising(plain) }
}

/// How many characters do not simply carry on a run: the same again, along the alphabet, along the keyboard.
fn surprising(plain: &str) -> f64 {
    let chars: Vec<char> = plain.chars().collect();
    let mut count = if chars.is_empty() { 0.0 } else { 1.0 };
    let mut before = None;
    for pair in chars.windows(2) {
        let step = step(pair[0], pair[1]);
        // Two neighbours can be chance, as in many words; three are a run.
        count += if step.is_some() && step == before { 0.1 } else { 1.0 };
        before = step;
    }
    count
}

/// Rows that fingers run along.
const ROWS: [&str; 8] =
    ["qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "1234567890", "!@#$%^&*()"];

/// How two characters follow each other, if they do: by one or not at all in the alphabet, or by one in a row.
fn step(before: char, after: char) -> Option<(bool, i8)> {
    let difference = i64::from(u32::from(after)) - i64::from(u32::from(before));
    if let Some(step) = i8::try_from(difference).ok().filter(|step| (-1..=1).contains(step)) {
        return Some((false, step));
    }
    ROWS.into_iter().find_map(|row| {
        let place = |c| row.chars().position(|key| key == c);
        match (place(before)?, place(after)?) {
            (a, b) if b == a + 1 => Some((true, 1)),
            (a, b) if a == b + 1 => Some((true, -1)),
            _ => None,
        }
    })
}

/// Words that passwords are made of first.
const COMMON: [&str; 96] = [
    "password",
    "passwort",
    "passwd",
    "pass",
    "parola",
    "contrasena",
    "motdepasse",
    "senha",
    "secret",
    "letmein",
    "welcome",
    "admin",
    "administrator",
    "root",
    "login",
    "master",
    "access",
    "trustno",
    "changeme",
    "default",
    "guest",
    "user",
    "test",
    "hello",
    "hallo",
    "iloveyou",
    "loveyou",
    "love",
    "princess",
    "dragon",
    "monkey",
    "sunshine",
    "shadow",
    "superman",
    "batman",
    "football",
    "baseball",
    "soccer",
    "hockey",
    "michael",
    "jordan",
    "jennifer",
    "jessica",
    "ashley",
    "daniel",
    "thomas",
    "charlie",
    "andrew",
    "michelle",
    "nicole",
    "robert",
    "matthew",
    "george",
    "harley",
    "hunter",
    "ranger",
    "buster",
    "tigger",
    "ginger",
    "pepper",
    "cookie",
    "summer",
    "winter",
    "spring",
    "autumn",
    "freedom",
    "whatever",
    "computer",
    "internet",
    "samsung",
    "google",
    "facebook",
    "pokemon",
    "starwars",
    "matrix",
    "mustang",
    "ferrari",
    "mercedes",
    "corvette",
    "liverpool",
    "chelsea",
    "arsenal",
    "barcelona",
    "bitcoin",
    "ethereum",
    "crypto",
    "wallet",
    "metamask",
    "candor",
    "blockchain",
    "satoshi",
    "hodl",
    "moon",
    "lambo",
    "vitalik",
    "money",
];

#[cfg(test)]
mod tests {
    use super::{Problem, Strength, problem, strength};

    #[test]
    fn common_ones_are_refused_and_four_words_are_strong() {
        let check =
            |password: &str, expected: Strength| assert_eq!(strength(password), expected, "{password}");
        check("", Strength::Short);
        check("k7$Qz9!", Strength::Short);
        check("password", Strength::Worst);
        check("Password1", Strength::Worst);
        check("password123", Strength::Worst);
        check("12345678", Strength::Worst);
        check("123456789012345678", Strength::Worst);
        check("qwertyuiop", Strength::Worst);
        check("asdfghjkl;", Strength::Worst);
        check("aaaaaaaaaaaa", Strength::Worst);
        check("abcdefghijkl", Strength::Worst);
        check("letmein1", Strength::Worst);
        check("Summer2024", Strength::Worst);
        check("iloveyou", Strength::Worst);
        check("bitcoin2021", Strength::Worst);
        check("passwordpassword", Strength::Worst);
        check("iloveyoumoney", Strength::Worst);
        check("password password password", Strength::Worst);
        check("kettle99", Strength::Worst);
        check("sandal-orbit", Strength::Weak);
        check("plum kettle orbit", Strength::Fair);
        check("sunshineday99", Strength::Weak);
        check("k7$Qz9!fWm", Strength::Good);
        check("plum kettle orbit sandal", Strength::Strong);
        check("correcthorsebatterystaple", Strength::Strong);
        check("correct horse battery staple 47", Strength::Strong);
        check("Zxk9$vQ2!rTm7", Strength::Strong);
        check("слива чайник орбита сандалия", Strength::Strong);
    }

    #[test]
    fn both_fields_are_looked_at_in_order() {
        let check = |password: &str, repeated: &str, expected: Option<bool>| {
            let about_password = problem(password, repeated).map(|p| matches!(p, Problem::Password(_)));
            assert_eq!(about_password, expected, "{password} {repeated}");
        };
        check("short", "short", Some(true));
        check("plum kettle orbit sandal", "", Some(false));
        check("plum kettle orbit sandal", "plum kettle orbit sandals", Some(false));
        check("plum kettle orbit sandal", "plum kettle orbit sandal", None);
    }
}
