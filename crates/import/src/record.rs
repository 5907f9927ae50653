//! Keyrings as pages hand them on: their record in hexadecimal.

use candor_keys::{
    DerivationPath, Family, KeyError,
    keyring::{Keyring, KeyringError, Kind},
};
use candor_protocol::{
    import::{Keyring as KeyringView, KeyringKind},
    ui::{SecretText, UiError},
    view::FoundAccount,
};
use zeroize::Zeroizing;

use crate::error;

/// The path of the only account of a single key.
const ROOT: &str = "m";

/// A keyring for the page.
pub(crate) fn write(keyring: &Keyring) -> Result<KeyringView, UiError> {
    Ok(KeyringView {
        record: hex_of(keyring.encode().expose()),
        kind: match keyring.kind() {
            Kind::Phrase => KeyringKind::Phrase,
            Kind::Key => KeyringKind::Key,
            Kind::Shares => KeyringKind::Shares,
        },
        first: found(keyring, &first_path(keyring)?)?,
    })
}

/// The keyring that a page got before.
pub(crate) fn read(record: &SecretText) -> Result<Keyring, UiError> {
    let mut bytes = Zeroizing::new(vec![0; record.0.len() / 2]);
    hex::decode_to_slice(&record.0, &mut bytes).map_err(|_| error::internal())?;
    Keyring::decode(&bytes).map_err(|wrong| match wrong {
        KeyringError::NewerVersion { .. }
        | KeyringError::UnknownKind { .. }
        | KeyringError::UnknownFlags { .. }
        | KeyringError::WordListWithoutWords { .. } => error::invalid(
            "A newer Candor made this.",
            "This one cannot read it. Bring Candor up to date in this browser.",
        ),
        KeyringError::NotAKeyring
        | KeyringError::SecretLength { .. }
        | KeyringError::NotAPrivateKey
        | KeyringError::Length { .. } => error::internal(),
    })
}

/// Bytes in hexadecimal, in a text that is wiped.
pub(crate) fn hex_of(bytes: &[u8]) -> SecretText {
    SecretText(hex::encode(bytes))
}

/// The account that a keyring is recognised by.
fn first_path(keyring: &Keyring) -> Result<DerivationPath, UiError> {
    match keyring.kind() {
        Kind::Key => root(),
        Kind::Phrase | Kind::Shares => Ok(Family::Bip44.path(0)),
    }
}

/// `m` itself.
pub(crate) fn root() -> Result<DerivationPath, UiError> {
    ROOT.parse().map_err(|_| error::internal())
}

/// The account at a path, as a page shows it.
pub(crate) fn found(keyring: &Keyring, path: &DerivationPath) -> Result<FoundAccount, UiError> {
    let key = keyring.account(path).map_err(no_key)?;
    Ok(FoundAccount {
        index: Family::of(path).map_or(0, |(_, index)| index),
        address: key.address().to_string(),
        path: path.to_string(),
    })
}

/// Words for a path without a key.
pub(crate) fn no_key(wrong: KeyError) -> UiError {
    match wrong {
        KeyError::NoSuchKey => error::invalid("There is no account at this path.", "Choose another one."),
        KeyError::OutOfRange => error::internal(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::secret;

    #[test]
    fn only_records_are_read() {
        let check = |record: &str, expected: &str| {
            assert_eq!(read(&secret(record)).map(|_| ()).unwrap_err().title, expected, "{record}");
        };
        let defect = "Something went wrong inside Candor.";
        let newer = "A newer Candor made this.";
        let key = "01".repeat(32);
        check("", defect);
        check("4", defect);
        check("xx", defect);
        check("00", defect);
        check(&format!("434b4559000002000020{key}"), defect);
        check(&format!("434b4559000202000020{key}"), newer);
        check(&format!("434b4559000104000020{key}"), newer);
        check(&format!("434b4559000102000120{key}"), newer);
        check(&format!("434b455900010200001f{key}"), defect);
        check(&format!("434b4559000102000020{}", "00".repeat(32)), defect);
    }

    #[test]
    fn what_is_written_is_read() {
        let record = format!("434b4559000102000020{}", "01".repeat(32));
        let keyring = write(&read(&secret(&record)).unwrap()).unwrap();
        assert_eq!(keyring.record.0, record);
        assert_eq!(keyring.kind, KeyringKind::Key);
        assert_eq!(keyring.first.path, "m");
        assert_eq!(keyring.first.index, 0);
        assert_eq!(keyring.first.address, "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1");
    }
}
