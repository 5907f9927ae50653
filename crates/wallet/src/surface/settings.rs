//! Preferences.

use candor_chain::assets;
use candor_protocol::{
    notice::Notice,
    ui::UiError,
    view::{SettingsView, Theme},
};

use super::error;
use crate::{Wallet, outbox::Slice, records::ThemeChoice};

/// The longest time without use, in minutes: a day.
pub(super) const LONGEST_UNUSED: u32 = 24 * 60;

/// For how many seconds payments can be taken back.
pub(super) const UNDO_SECONDS: [u32; 4] = [0, 5, 10, 30];

impl Wallet {
    pub(super) fn theme(&self) -> Theme {
        match self.settings.theme {
            ThemeChoice::System => Theme::System,
            ThemeChoice::Light => Theme::Light,
            ThemeChoice::Dark => Theme::Dark,
        }
    }

    pub(super) fn settings_view(&self) -> SettingsView {
        SettingsView {
            auto_lock_minutes: self.settings.auto_lock_minutes,
            lock_with_system: self.settings.lock_with_system,
            theme: self.theme(),
            currency: self.currency().map(|currency| currency.code.clone()).unwrap_or_default(),
            preferred: self.sites.preferred,
            tells: self.settings.tells,
            undo_seconds: self.settings.undo_seconds,
            undo_for_sites: self.settings.undo_for_sites,
            backed_up: self.setup.backed_up,
            core_version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    pub(super) fn set_auto_lock(&mut self, minutes: u32) -> Result<(), UiError> {
        if minutes > LONGEST_UNUSED {
            return Err(error::invalid("This time cannot be used.", "Choose at most one day, or never."));
        }
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        self.settings.auto_lock_minutes = minutes;
        self.settings_changed();
        self.set_lock_alarm();
        Ok(())
    }

    pub(super) fn set_lock_with_system(&mut self, on: bool) -> Result<(), UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        self.settings.lock_with_system = on;
        self.settings_changed();
        Ok(())
    }

    pub(super) fn set_tells(&mut self, on: bool) -> Result<(), UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        self.settings.tells = on;
        self.settings_changed();
        Ok(())
    }

    pub(super) fn set_undo(&mut self, seconds: u32, sites: bool) -> Result<(), UiError> {
        if !UNDO_SECONDS.contains(&seconds) {
            return Err(error::invalid("This time cannot be used.", "Choose one that is offered."));
        }
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        self.settings.undo_seconds = seconds;
        self.settings.undo_for_sites = sites;
        self.settings_changed();
        Ok(())
    }

    pub(super) fn set_theme(&mut self, theme: Theme) {
        self.settings.theme = match theme {
            Theme::System => ThemeChoice::System,
            Theme::Light => ThemeChoice::Light,
            Theme::Dark => ThemeChoice::Dark,
        };
        self.settings_changed();
    }

    pub(super) fn set_currency(&mut self, code: &str) -> Result<(), UiError> {
        let currency = assets::currency(code).ok_or_else(error::gone)?;
        self.settings.currency = Some(currency.code.clone());
        self.settings_changed();
        self.out.notice(Notice::Portfolio);
        Ok(())
    }

    fn settings_changed(&mut self) {
        self.out.touch(Slice::Settings);
        self.out.notice(Notice::Settings);
    }
}
