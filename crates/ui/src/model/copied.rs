//! What became of an address that was copied: some programs put another one in its place, to be paid instead.

use super::address;

/// Longer texts are no address, and are not looked at.
const LONGEST: usize = 64;

/// What the clipboard was found to hold some time after an address was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// That address.
    Same,
    /// Another address.
    Address(String),
    /// Something else, which is nobody's business.
    Else,
}

/// Compares what was copied with what is there. Letter case is only a checksum.
#[must_use]
pub fn found(copied: &str, there: &str) -> Found {
    let there = there.trim();
    if address::same(copied, there) {
        return Found::Same;
    }
    let digits = there.strip_prefix("0x").filter(|digits| there.len() < LONGEST && digits.len() == 40);
    match digits {
        Some(digits) if digits.bytes().all(|b| b.is_ascii_hexdigit()) => Found::Address(there.to_owned()),
        _ => Found::Else,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_are_repeated() {
        const COPIED: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        const OTHER: &str = "0x5aAe1111111111111111111111111111111beAed";
        let check = |there: &str, expected: Found| assert_eq!(found(COPIED, there), expected, "{there}");
        check(COPIED, Found::Same);
        check(&format!(" {COPIED}\n"), Found::Same);
        check(&COPIED.to_ascii_lowercase(), Found::Same);
        check(OTHER, Found::Address(OTHER.to_owned()));
        check(&format!("  {OTHER} "), Found::Address(OTHER.to_owned()));
        check("", Found::Else);
        check("correct horse battery staple", Found::Else);
        check("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", Found::Else);
        check("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg", Found::Else);
        check(&format!("{COPIED}{COPIED}"), Found::Else);
        check(&"й".repeat(100_000), Found::Else);
    }
}
