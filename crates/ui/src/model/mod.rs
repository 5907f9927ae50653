//! View models: what screens show and allow, as plain functions of the background's views. No browser, no DOM.

#[cfg(any(feature = "pages", test))]
pub mod activity_table;
pub mod address;
pub mod amount;
pub mod backup;
pub mod connection;
pub mod contacts;
pub mod copied;
pub mod discovery;
pub mod egress;
pub mod history;
pub mod key_file;
pub mod keyring;
pub mod networks;
pub mod password;
pub mod payment_request;
pub mod phrase;
pub mod portfolio;
pub mod preferences;
pub mod progress;
pub mod qr;
pub mod request;
pub mod scanned;
pub mod sentence;
pub mod servers;
pub mod shares;
pub mod waiting;
pub mod when;

/// What went wrong, as the error catalogue puts it: what happened, then why and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What happened.
    pub title: String,
    /// Why, and what to do.
    pub text: String,
}

impl Problem {
    pub(crate) fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into() }
    }
}
