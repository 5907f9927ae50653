//! What surfaces show when a call does not work; the words of the design's error catalogue.

use candor_protocol::ui::{UiError, UiErrorCode};

fn error(code: UiErrorCode, title: &str, text: &str) -> UiError {
    UiError { code, title: title.to_owned(), text: text.to_owned(), retry_after_ms: 0 }
}

pub(crate) fn invalid(title: &str, text: &str) -> UiError {
    error(UiErrorCode::Invalid, title, text)
}

pub(crate) fn locked() -> UiError {
    error(UiErrorCode::Locked, "Candor is locked.", "Type your password to go on.")
}

pub(crate) fn wrong_stage() -> UiError {
    error(UiErrorCode::WrongStage, "This cannot be done now.", "Reload this page to see where you are.")
}

pub(crate) fn damaged() -> UiError {
    error(
        UiErrorCode::Damaged,
        "This browser can no longer read your wallet.",
        "Your money is not here but on the network; your recovery phrase brings it back.",
    )
}

pub(crate) fn gone() -> UiError {
    error(UiErrorCode::Gone, "This request is gone.", "It was answered, cancelled, or its page was closed.")
}

pub(crate) fn changed() -> UiError {
    error(
        UiErrorCode::Changed,
        "Something changed.",
        "Look at it again before you agree. Nothing was signed.",
    )
}

pub(crate) fn no_key() -> UiError {
    error(
        UiErrorCode::Damaged,
        "We cannot find the key of this account.",
        "Nothing was signed. Your recovery phrase brings the account back.",
    )
}

pub(crate) fn unusable_password() -> UiError {
    invalid("The password could not be used.", "Type it again.")
}

pub(crate) fn full() -> UiError {
    invalid("This wallet is full.", "It holds a thousand phrases and keys. Nothing was added.")
}

pub(crate) fn full_list() -> UiError {
    invalid("Your list is full.", "It holds 500 tokens. Take one off it on the home screen first.")
}

pub(crate) fn no_backup() -> UiError {
    invalid(
        "This is not a backup file of Candor, or it is damaged.",
        "Choose the file whose name begins with “candor-backup”. Nothing was changed.",
    )
}

pub(crate) fn newer_backup() -> UiError {
    invalid("A newer Candor made this file.", "Update Candor and try again. Nothing was changed.")
}

pub(crate) fn incomplete_backup() -> UiError {
    invalid("A part of the backup cannot be read.", "Nothing was changed. Try another copy of the file.")
}

pub(crate) fn wrong_backup_password() -> UiError {
    error(
        UiErrorCode::WrongPassword,
        "That is not the password of this file.",
        "It is the one you chose when you made the file. Nothing was changed.",
    )
}

pub(crate) fn known_account(name: &str) -> UiError {
    invalid("You already have this account.", &format!("It is “{name}”. Nothing was changed."))
}

pub(crate) fn no_phrase() -> UiError {
    invalid("There is no phrase to add an account from.", "Add a recovery phrase first.")
}

pub(crate) fn watched() -> UiError {
    invalid(
        "This account can only be watched.",
        "Candor has its address, not its key. Add its phrase or key to use it here.",
    )
}

pub(crate) fn unreachable(network: &str) -> UiError {
    error(
        UiErrorCode::Unreachable,
        &format!("We cannot reach {network} right now."),
        "None of its servers answers. Your money is not affected.",
    )
}

pub(crate) fn refused(reason: &str) -> UiError {
    error(UiErrorCode::Refused, "The server refused.", &format!("Its reason: “{reason}”."))
}

pub(crate) fn internal() -> UiError {
    error(
        UiErrorCode::Internal,
        "Something went wrong inside Candor.",
        "Nothing was changed. Reload this page.",
    )
}
