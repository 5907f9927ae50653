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

pub(crate) fn storage() -> UiError {
    error(
        UiErrorCode::Storage,
        "The browser does not hand over what Candor stored.",
        "Nothing was signed, because it could not be written down. Restart the browser and try again.",
    )
}
