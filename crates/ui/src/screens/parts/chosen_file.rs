//! A file that a person chose, once it was found to be one of the right kind.

use candor_protocol::ui::{UiError, UiErrorCode};
use leptos::{ev::Event, prelude::*};
use web_sys::File;

use super::doing::told;
use crate::browser;

/// Its name and its text.
#[derive(Clone, Copy, Debug)]
pub struct ChosenFile {
    /// The name, to be shown; nothing before there is one.
    pub name: RwSignal<Option<String>>,
    text: RwSignal<String>,
}

impl ChosenFile {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self { name: RwSignal::new(None), text: RwSignal::new(String::new()) }
    }

    /// What was chosen just now. What was chosen before counts no more.
    #[must_use]
    pub fn take(self, event: &Event) -> Option<File> {
        let file = browser::chosen_file(event)?;
        self.name.set(None);
        Some(file)
    }

    /// The text of a file of at most so many bytes.
    ///
    /// # Errors
    /// It is larger, which `too_large` says, or is no text.
    pub async fn read(self, file: &File, largest: f64, too_large: &str) -> Result<String, UiError> {
        let text = browser::text_of(file.clone(), largest).await;
        text.ok_or_else(|| told(UiErrorCode::Invalid, "This file cannot be read.", too_large))
    }

    /// It is one of the right kind.
    pub fn keep(self, file: &File, text: String) {
        self.text.try_set(text);
        self.name.try_set(Some(file.name()));
    }

    /// Its text.
    ///
    /// # Errors
    /// None was chosen.
    pub fn text(self) -> Result<String, UiError> {
        if self.name.with_untracked(Option::is_some) {
            Ok(self.text.get_untracked())
        } else {
            Err(told(UiErrorCode::Invalid, "Choose the file first.", "Then its password is asked for."))
        }
    }
}

impl Default for ChosenFile {
    fn default() -> Self {
        Self::new()
    }
}
