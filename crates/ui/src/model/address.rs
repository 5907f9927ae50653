//! Addresses: how they are shortened, grouped and checked while typed.

use sha3::{Digest, Keccak256};

use super::Problem;

/// Both ends of an address, for lists where the seal and the name carry the weight: `0x7C3e…91Ab`.
#[must_use]
pub fn short(address: &str) -> String {
    let letters: Vec<char> = address.chars().collect();
    match (letters.get(..6), letters.len().checked_sub(4).and_then(|at| letters.get(at..))) {
        (Some(head), Some(tail)) if letters.len() > 10 => {
            format!("{}…{}", String::from_iter(head), String::from_iter(tail))
        }
        _ => address.to_owned(),
    }
}

/// The forty characters after `0x` in groups of four, to be compared by eye.
#[must_use]
pub fn fours(address: &str) -> Vec<String> {
    let digits: Vec<char> = address.strip_prefix("0x").unwrap_or(address).chars().collect();
    digits.chunks(4).map(String::from_iter).collect()
}

/// As [`fours`], each character with whether the other address has another one in its place. Letter case is only a
/// checksum.
#[must_use]
pub fn compared(address: &str, other: &str) -> Vec<Vec<(char, bool)>> {
    let others = fours(other).concat();
    let mut others = others.chars();
    let mut beside = |letter: char| {
        let differs = others.next().is_none_or(|other| !other.eq_ignore_ascii_case(&letter));
        (letter, differs)
    };
    fours(address).iter().map(|group| group.chars().map(&mut beside).collect()).collect()
}

/// Whether two spellings name the same address; letter case is only a checksum.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// Why a text is not a receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecipientError {
    /// Nothing was typed.
    Empty,
    /// Looks like a name, whose address has to be looked up.
    Name,
    /// Does not begin with `0x`, or holds other characters than hexadecimal digits.
    NotAnAddress,
    /// This many characters after `0x` instead of 40.
    Length(usize),
    /// Mixed case that fails EIP-55.
    Checksum,
    /// The zero address, which nobody can open.
    Nobody,
}

impl RecipientError {
    /// In words.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::Empty => Problem::new("To whom?", "Paste the address of the receiver."),
            Self::Name => Problem::new("This is a name.", "Look up the address behind it first, below."),
            Self::NotAnAddress => Problem::new(
                "This is not an address.",
                "An address starts with 0x, followed by 40 characters: the digits and the letters a to f.",
            ),
            Self::Length(count) if *count < 40 => Problem::new(
                "This address is too short.",
                format!("It has {count} of 40 characters after 0x. Copy it again."),
            ),
            Self::Length(count) => Problem::new(
                "This address is too long.",
                format!("It has {count} characters after 0x instead of 40. Copy it again."),
            ),
            Self::Checksum => Problem::new(
                "There is a typing error in this address.",
                "Its upper and lower case letters do not fit together. One character is probably wrong.",
            ),
            Self::Nobody => Problem::new(
                "Nobody owns this address.",
                "What is sent to it cannot be brought back by anyone.",
            ),
        }
    }
}

/// Reads a receiver as typed or pasted and gives its EIP-55 spelling. Spaces around it are forgiven; a spelling
/// without any mixed case carries no checksum and is taken as it is.
///
/// # Errors
/// Anything but one complete address; see [`RecipientError`].
pub fn recipient(text: &str) -> Result<String, RecipientError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(RecipientError::Empty);
    }
    let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) else {
        let name = text.contains('.') && !text.contains(char::is_whitespace);
        return Err(if name { RecipientError::Name } else { RecipientError::NotAnAddress });
    };
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(RecipientError::NotAnAddress);
    }
    if digits.len() != 40 {
        return Err(RecipientError::Length(digits.len()));
    }
    if digits.bytes().all(|b| b == b'0') {
        return Err(RecipientError::Nobody);
    }
    let canonical = checksummed(digits);
    let mixed =
        digits.bytes().any(|b| b.is_ascii_uppercase()) && digits.bytes().any(|b| b.is_ascii_lowercase());
    if mixed && canonical.strip_prefix("0x") != Some(digits) {
        return Err(RecipientError::Checksum);
    }
    Ok(canonical)
}

/// The EIP-55 spelling of forty hexadecimal digits: a letter is a capital where the same nibble of the hash of the
/// lower-case spelling is 8 or more.
fn checksummed(digits: &str) -> String {
    let lower = digits.to_ascii_lowercase();
    let hash = Keccak256::digest(lower.as_bytes());
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let spelled = lower
        .chars()
        .zip(nibbles)
        .map(|(letter, nibble)| if nibble >= 8 { letter.to_ascii_uppercase() } else { letter });
    format!("0x{}", String::from_iter(spelled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receivers_are_checked_by_hex_length_and_checksum() {
        let check = |text: &str, expected: Result<&str, RecipientError>| {
            assert_eq!(recipient(text), expected.map(str::to_owned), "{text}");
        };
        // The examples of EIP-55.
        for known in [
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        ] {
            check(known, Ok(known));
            check(&format!("  {known}\n"), Ok(known));
            check(&known.to_ascii_lowercase(), Ok(known));
            check(&known.to_ascii_uppercase(), Ok(known));
        }
        check("0x5aAeb6053f3E94C9b9A09f33669435E7Ef1BeAed", Err(RecipientError::Checksum));
        check("", Err(RecipientError::Empty));
        check("maria.eth", Err(RecipientError::Name));
        check("maria", Err(RecipientError::NotAnAddress));
        check("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Err(RecipientError::NotAnAddress));
        check("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg", Err(RecipientError::NotAnAddress));
        check("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", Err(RecipientError::Length(39)));
        check("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd", Err(RecipientError::Length(41)));
        check("0x", Err(RecipientError::Length(0)));
        check("0x0000000000000000000000000000000000000000", Err(RecipientError::Nobody));
        check("0х5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Err(RecipientError::NotAnAddress));
    }

    #[test]
    fn addresses_are_shortened_and_grouped() {
        let address = "0x7C3e5A0b9d41f28C6e17B3A4D05f92c86B1e91Ab";
        assert_eq!(short(address), "0x7C3e…91Ab");
        assert_eq!(short("0x12"), "0x12");
        let groups = ["7C3e", "5A0b", "9d41", "f28C", "6e17", "B3A4", "D05f", "92c8", "6B1e", "91Ab"];
        assert_eq!(fours(address), groups);
        assert!(same(address, &address.to_ascii_lowercase()));
        let poison = "0x7c3e5A0b9d41f28C6e17B3A4D05f92c86B1e9FAb";
        let differs: Vec<usize> = compared(poison, address)
            .concat()
            .iter()
            .enumerate()
            .filter_map(|(at, (_, differs))| differs.then_some(at))
            .collect();
        assert_eq!(differs, [37]);
    }
}
