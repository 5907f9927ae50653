//! Phrases, shares and keys in words.

use candor_protocol::{import::KeyringKind, view::KeyringView};

/// Which it is, by the accounts that come from it: `Account 1`, `Account 1 and 2 more`.
#[must_use]
pub fn of_accounts(keyring: &KeyringView) -> String {
    match keyring.accounts.as_slice() {
        [] => "No account of it is here".to_owned(),
        [only] => only.name.clone(),
        [first, more @ ..] => format!("{} and {} more", first.name, more.len()),
    }
}

/// What a keyring is called.
#[must_use]
pub const fn name(kind: KeyringKind) -> &'static str {
    match kind {
        KeyringKind::Phrase => "Recovery phrase",
        KeyringKind::Key => "Private key",
        KeyringKind::Shares => "From shares",
    }
}

/// The languages of phrases by their numbers in BIP-39, each in its own name.
pub const LANGUAGES: [&str; 10] = [
    "English",
    "日本語",
    "한국어",
    "Español",
    "简体中文",
    "繁體中文",
    "Français",
    "Italiano",
    "Čeština",
    "Português",
];

#[cfg(test)]
mod tests {
    use candor_protocol::view::{AccountKind, AccountView};

    use super::*;

    #[test]
    fn a_keyring_is_known_by_its_accounts() {
        let account = |name: &str| AccountView {
            address: String::new(),
            name: name.to_owned(),
            path: String::new(),
            kind: AccountKind::Derived,
            keyring: String::new(),
            selected: false,
        };
        let check = |names: &[&str], expected: &str| {
            let keyring = KeyringView {
                unchecked: false,
                id: String::new(),
                kind: KeyringKind::Phrase,
                has_passphrase: false,
                accounts: names.iter().map(|name| account(name)).collect(),
            };
            assert_eq!(of_accounts(&keyring), expected);
        };
        check(&[], "No account of it is here");
        check(&["Everyday"], "Everyday");
        check(&["Everyday", "Shop", "Savings"], "Everyday and 2 more");
    }
}
