//! What a page shows when a call does not work.

use candor_protocol::{
    ui::{UiError, UiErrorCode},
    view::ProblemView,
};

fn error(code: UiErrorCode, title: &str, text: &str) -> UiError {
    UiError { code, title: title.to_owned(), text: text.to_owned(), retry_after_ms: 0 }
}

/// What was typed or chosen cannot be used.
pub(crate) fn invalid(title: &str, text: &str) -> UiError {
    error(UiErrorCode::Invalid, title, text)
}

/// The password of a file is not the right one.
pub(crate) fn wrong_password(title: &str, text: &str) -> UiError {
    error(UiErrorCode::WrongPassword, title, text)
}

/// A page called in a way that no page of ours does.
pub(crate) fn internal() -> UiError {
    error(
        UiErrorCode::Internal,
        "Something went wrong inside Candor.",
        "Nothing was changed. Reload this page.",
    )
}

/// What is wrong, in words.
pub(crate) fn problem(title: impl Into<String>, text: impl Into<String>) -> ProblemView {
    ProblemView { title: title.into(), text: text.into() }
}

/// The same as an error.
pub(crate) fn of_problem(problem: &ProblemView) -> UiError {
    invalid(&problem.title, &problem.text)
}

/// How many there are, as the beginning of a sentence.
pub(crate) fn there_are(count: usize, noun: &str) -> String {
    if count == 1 { format!("There is 1 {noun}") } else { format!("There are {count} {noun}s") }
}
