//! Small records of one purpose each.

use candor_primitives::Millis;
use candor_protocol::host::Area;
use serde::{Deserialize, Serialize};

use super::{Record, codec};

/// How far setting up got.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Setup {
    pub(crate) step: SetupStep,
    /// Whether the phrase was checked against paper, or typed in.
    pub(crate) backed_up: bool,
    /// The keyring whose words were made here; none if they came from paper.
    #[serde(default)]
    pub(crate) made: Option<String>,
    /// A damaged vault was kept aside, to restore from the phrase.
    pub(crate) set_aside: bool,
    /// When a backup file was last made.
    #[serde(with = "codec::optional_millis")]
    pub(crate) backup_at: Option<Millis>,
    /// When the owner last showed that the phrase is still there, or put off being asked.
    #[serde(default, with = "codec::optional_millis")]
    pub(crate) checked_at: Option<Millis>,
}

/// Steps in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SetupStep {
    #[default]
    Phrase,
    Networks,
    Done,
    Finished,
}

impl Record for Setup {
    const KEY: &'static str = "setup";
    const AREA: Area = Area::Local;

    fn absorb(&mut self, meanwhile: Self) {
        // Nothing that was reached is taken back, or a wallet in use would be offered new words.
        self.step = self.step.max(meanwhile.step);
        if meanwhile.made.is_some() && meanwhile.made != self.made {
            // Other words were made since: what was known of the paper of those before says nothing of theirs.
            self.made = meanwhile.made;
            self.backed_up = meanwhile.backed_up;
        }
        self.backed_up |= meanwhile.backed_up;
        self.backup_at = self.backup_at.max(meanwhile.backup_at);
        self.checked_at = self.checked_at.max(meanwhile.checked_at);
    }
}

/// Preferences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// Minutes without use until the wallet locks; 0 = only when the browser closes.
    pub(crate) auto_lock_minutes: u32,
    /// Whether the wallet locks when the computer does, where the browser says so.
    pub(crate) lock_with_system: bool,
    pub(crate) theme: ThemeChoice,
    /// Whether the system tells of transactions that were decided.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub(crate) tells: bool,
    /// For how many seconds one's own payments can be taken back; 0 = they are sent at once.
    #[serde(default = "undo_seconds", skip_serializing_if = "is_usual_undo")]
    pub(crate) undo_seconds: u32,
    /// Whether what sites ask for can be taken back, too.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub(crate) undo_for_sites: bool,
    /// The code of the currency that sums are shown in; nothing until one is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) currency: Option<String>,
}

const fn undo_seconds() -> u32 {
    10
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_usual_undo(seconds: &u32) -> bool {
    *seconds == undo_seconds()
}

/// Light, dark or as the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            auto_lock_minutes: 15,
            lock_with_system: true,
            theme: ThemeChoice::System,
            tells: false,
            undo_seconds: undo_seconds(),
            undo_for_sites: false,
            currency: None,
        }
    }
}

impl Record for Settings {
    const KEY: &'static str = "settings";
    const AREA: Area = Area::Local;
}

/// Wrong passwords so far. Survives restarts, so that restarting is no way round the delay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Guard {
    /// In a row.
    pub(crate) failures: u32,
    /// When the next try is possible.
    #[serde(with = "codec::millis")]
    pub(crate) not_before: Millis,
}

impl Record for Guard {
    const KEY: &'static str = "guard";
    const AREA: Area = Area::Local;

    fn absorb(&mut self, meanwhile: Self) {
        // Otherwise a record that fails now and then would be a way round the delay.
        self.failures = self.failures.max(meanwhile.failures);
        self.not_before = self.not_before.max(meanwhile.not_before);
    }
}

/// The approval window.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Window {
    /// The one that is open.
    pub(crate) id: Option<i64>,
    /// The one that was told to close and has not been reported as closed.
    pub(crate) leaving: Option<i64>,
}

impl Record for Window {
    const KEY: &'static str = "window";
    const AREA: Area = Area::Session;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_known_of_other_words_says_nothing_of_these() {
        let check =
            |before: (Option<&str>, bool), since: (Option<&str>, bool), after: (Option<&str>, bool)| {
                let setup = |(made, backed_up): (Option<&str>, bool)| Setup {
                    made: made.map(str::to_owned),
                    backed_up,
                    ..Setup::default()
                };
                let mut joined = setup(before);
                joined.absorb(setup(since));
                assert_eq!(joined, setup(after), "{before:?} {since:?}");
            };
        check((Some("a"), true), (None, false), (Some("a"), true));
        check((Some("a"), false), (Some("a"), true), (Some("a"), true));
        check((Some("a"), true), (Some("b"), false), (Some("b"), false));
        check((None, true), (Some("b"), false), (Some("b"), false));
        check((None, false), (None, true), (None, true));
    }
}
