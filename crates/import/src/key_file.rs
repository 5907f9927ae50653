//! Key files of other wallets and nodes (Web3 Secret Storage, version 3).

use candor_keys::keyring::Keyring;
use candor_keystore::{KdfError, Keystore, NotEnoughMemory, OpenError, ParseError, derive};
use candor_primitives::Platform;
use candor_protocol::{
    import::{InspectKeyFile, KeyFileReport, Keyring as KeyringView, ReadKeyFile},
    ui::UiError,
};

use crate::{answer::Answer, error, record};

/// Units of [`candor_keystore::KdfFunction::work`] that this module does in a millisecond on a computer of today.
const WORK_PER_MS: u64 = 1_000;

impl Answer for InspectKeyFile {
    fn answer(self, _: &mut dyn Platform) -> Result<KeyFileReport, UiError> {
        let file = parse(&self.text)?;
        let about_ms = file.kdf().function().work() / WORK_PER_MS;
        Ok(KeyFileReport {
            address: file.address().map(|address| address.to_string()),
            about_ms: u32::try_from(about_ms).unwrap_or(u32::MAX),
        })
    }
}

impl Answer for ReadKeyFile {
    fn answer(self, _: &mut dyn Platform) -> Result<KeyringView, UiError> {
        let file = parse(&self.text)?;
        // This format takes a password as it was typed, in UTF-8 and without a normal form.
        let derived = derive(file.kdf(), self.password.0.as_bytes())
            .map_err(|NotEnoughMemory| no_memory(file.kdf().function().memory()))?;
        let key = file.open(&derived).map_err(unopened)?;
        record::write(&Keyring::from_key(key))
    }
}

fn parse(text: &str) -> Result<Keystore, UiError> {
    Keystore::parse(text).map_err(unread)
}

fn unread(wrong: ParseError) -> UiError {
    let choose = "Choose the file that your other wallet saved for one account.";
    let damaged = |field: &str, what: &str| {
        error::invalid(
            "This key file is damaged.",
            &format!("Its part “{field}” {what}. Another copy of the file may be whole."),
        )
    };
    match wrong {
        ParseError::TooLong { .. } => error::invalid("This file is too long for a key file.", choose),
        ParseError::NotAnObject | ParseError::Missing { field: "version" | "crypto" } => {
            error::invalid("This is not a key file.", choose)
        }
        ParseError::Version { version } => error::invalid(
            "Candor cannot read this kind of key file.",
            &format!("It has version {version}, and Candor reads version 3."),
        ),
        ParseError::Missing { field } => damaged(field, "is missing"),
        ParseError::Twice { field } => damaged(field, "is there twice"),
        ParseError::Malformed { field } => damaged(field, "cannot be read"),
        ParseError::Unsupported { field } => error::invalid(
            "Candor does not know how this key file is locked.",
            &format!("Its part “{field}” is an unusual one. The wallet that made the file can open it."),
        ),
        ParseError::Kdf(KdfError::NotAPowerOfTwo { .. } | KdfError::Zero) => {
            damaged("crypto.kdfparams", "makes no sense")
        }
        ParseError::Kdf(KdfError::Memory { .. }) => error::invalid(
            "This key file needs too much memory.",
            "Opening it takes more than 1 GB, which a browser may not have. The wallet that made it can open it.",
        ),
        ParseError::Kdf(KdfError::Mixed { .. } | KdfError::Rounds { .. }) => error::invalid(
            "This key file takes too long to open.",
            "In a browser it would be many minutes. The wallet that made it can open it.",
        ),
    }
}

fn unopened(wrong: OpenError) -> UiError {
    match wrong {
        OpenError::WrongPassword => error::wrong_password(
            "That is not the password of this file.",
            "Check capital letters. It is the one that the file was saved with, not the one of this wallet.",
        ),
        OpenError::NotAKey(_) => error::invalid(
            "There is no private key in this file.",
            "The password is right, but what it opens is something else. Nothing was added.",
        ),
        OpenError::OtherAddress { stated, found } => error::invalid(
            "This file is not for the account that it names.",
            &format!("It names {stated}, and its key is that of {found}. Nothing was added."),
        ),
    }
}

fn no_memory(bytes: u64) -> UiError {
    error::invalid(
        "There is not enough memory to open this file.",
        &format!("It needs {} MB. Close other tabs and try again.", bytes.div_ceil(1 << 20)),
    )
}

#[cfg(test)]
mod tests;
