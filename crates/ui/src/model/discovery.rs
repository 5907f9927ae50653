//! Where wallets put accounts, and when a search for used ones ends.

use candor_protocol::import::Family;

/// How many unused accounts in a row end the search in a family, as BIP-44 has it.
pub const GAP: u32 = 20;
/// A search for a known address compares this many accounts of each family.
pub const INDICES: u32 = 10_000;

/// All families, the most common first.
pub const FAMILIES: [Family; 3] = [Family::Standard, Family::LedgerLive, Family::Legacy];

/// Who uses it.
#[must_use]
pub const fn name(family: Family) -> &'static str {
    match family {
        Family::Standard => "As most wallets number them",
        Family::LedgerLive => "As Ledger Live numbers them",
        Family::Legacy => "As old Ledgers and MyEtherWallet number them",
    }
}

/// The path of an account.
#[must_use]
pub fn path(family: Family, index: u32) -> String {
    match family {
        Family::Standard => format!("m/44'/60'/0'/0/{index}"),
        Family::LedgerLive => format!("m/44'/60'/{index}'/0/0"),
        Family::Legacy => format!("m/44'/60'/0'/{index}"),
    }
}

/// The family of a path; the first account of Ledger Live is that of most wallets.
#[must_use]
pub fn family_of(of: &str, index: u32) -> Option<Family> {
    FAMILIES.into_iter().find(|family| path(*family, index) == of)
}

/// How far a search in a family is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GapLimit {
    /// The next account to look at.
    pub next: u32,
    unused: u32,
}

impl GapLimit {
    /// Whether another account is to be looked at.
    #[must_use]
    pub const fn goes_on(self) -> bool {
        self.unused < GAP && self.next < INDICES
    }

    /// The next account was looked at.
    pub const fn learn(&mut self, used: bool) {
        self.next += 1;
        self.unused = if used { 0 } else { self.unused + 1 };
    }
}

/// What a search for used accounts is doing.
#[must_use]
pub fn looking(family: Family, index: u32, found: usize) -> String {
    let found = match found {
        0 => "none".to_owned(),
        n => n.to_string(),
    };
    format!("{}: account {}. Found so far: {found}.", name(family), index + 1)
}

/// What came of it.
#[must_use]
pub fn looked(found: usize, stopped: bool, silent: &[String]) -> String {
    let no_answer = || format!("No answer came from {}.", silent.join(", "));
    match found {
        found if stopped => format!("Stopped. Found so far: {found}."),
        0 if !silent.is_empty() => format!("Nothing was found. {} Try again later.", no_answer()),
        0 => "No account was found that sent something or has coins. Accounts that only have tokens are not seen this way. Do you know an address? Look for it below.".to_owned(),
        1 if silent.is_empty() => "1 account was used. It is ticked.".to_owned(),
        n if silent.is_empty() => format!("{n} accounts were used. They are ticked."),
        n => format!("Used and ticked: {n}. {}", no_answer()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_have_their_paths() {
        let check = |family, index, expected: &str, back| {
            assert_eq!(path(family, index), expected);
            assert_eq!(family_of(expected, index), Some(back));
        };
        check(Family::Standard, 7, "m/44'/60'/0'/0/7", Family::Standard);
        check(Family::LedgerLive, 7, "m/44'/60'/7'/0/0", Family::LedgerLive);
        check(Family::LedgerLive, 0, "m/44'/60'/0'/0/0", Family::Standard);
        check(Family::Legacy, 7, "m/44'/60'/0'/7", Family::Legacy);
        assert_eq!(family_of("m/1", 0), None);
    }

    #[test]
    fn a_search_goes_on_until_the_gap() {
        let check = |used: &[u32], expected: u32| {
            let mut walk = GapLimit::default();
            while walk.goes_on() {
                walk.learn(used.contains(&walk.next));
            }
            assert_eq!(walk.next, expected, "{used:?}");
        };
        check(&[], 20);
        check(&[0, 3, 7], 28);
        check(&[19], 40);
        check(&[20], 20);
    }

    #[test]
    fn what_came_of_it_is_said() {
        let check = |found, stopped, silent: &[&str], expected: &str| {
            let silent: Vec<String> = silent.iter().map(ToString::to_string).collect();
            assert!(
                looked(found, stopped, &silent).starts_with(expected),
                "{}",
                looked(found, stopped, &silent)
            );
        };
        check(0, false, &[], "No account was found");
        check(0, false, &["Base"], "Nothing was found. No answer came from Base. Try again later.");
        check(0, true, &["Base"], "Stopped. Found so far: 0.");
        check(3, true, &[], "Stopped. Found so far: 3.");
        check(1, false, &[], "1 account was used. It is ticked.");
        check(8, false, &[], "8 accounts were used. They are ticked.");
        check(1, false, &["Base", "Polygon"], "Used and ticked: 1. No answer came from Base, Polygon.");
        assert!(looking(Family::Standard, 0, 0).ends_with("account 1. Found so far: none."));
    }
}
