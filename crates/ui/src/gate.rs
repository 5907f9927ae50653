//! Which screen a surface shows: where it wants to go, as far as the wallet's state allows.

use candor_protocol::view::{Setup, Stage};

use crate::route::{Route, Surface};

/// What to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A screen of an open wallet, or of setting one up.
    Screen(Route),
    /// Ask for the password first; the route stays.
    Unlock,
    /// Setting up happens in a full tab; this surface only leads there.
    ContinueInTab {
        /// Whether there is a wallet already.
        begun: bool,
    },
}

/// Decides. Approval decides for itself, because it shows the same request before and after unlocking.
#[must_use]
pub fn shown(route: Route, surface: Surface, stage: Stage, setup: Setup) -> Shown {
    match stage {
        Stage::Fresh => fresh(route, surface),
        Stage::Damaged | Stage::Newer => Shown::Screen(Route::Recovery),
        // What is stored can be saved without the password: it is sealed.
        Stage::Locked | Stage::Unlocked if route == Route::Recovery => Shown::Screen(route),
        Stage::Locked | Stage::Unlocked if route == Route::Approval => Shown::Screen(route),
        Stage::Locked => Shown::Unlock,
        Stage::Unlocked => match setup {
            Setup::Finished => finished(route, surface),
            _ if surface != Surface::Tab => Shown::ContinueInTab { begun: true },
            Setup::Phrase => within(route, &[Route::Phrase, Route::Quiz, Route::Servers, Route::Done]),
            // What came out of a backup file is still being said there.
            Setup::Networks => within(route, &[Route::Servers, Route::Done, Route::FromBackup]),
            Setup::Done => within(route, &[Route::Done, Route::FromBackup]),
        },
    }
}

fn fresh(route: Route, surface: Surface) -> Shown {
    if surface != Surface::Tab {
        return Shown::ContinueInTab { begun: false };
    }
    match route {
        Route::Password { .. } | Route::Restore | Route::Found(None) | Route::FromBackup => {
            Shown::Screen(route)
        }
        _ => Shown::Screen(Route::Welcome),
    }
}

fn finished(route: Route, surface: Surface) -> Shown {
    match route {
        Route::Start
        | Route::Welcome
        | Route::Password { .. }
        | Route::Phrase
        | Route::Quiz
        | Route::Servers
        | Route::Done
        | Route::Recovery => Shown::Screen(Route::Home),
        // The popup closes while words are written down, files are looked for, passwords thought of and addresses copied
        // from elsewhere.
        Route::ShowPhrase
        | Route::Shares
        | Route::ShowKey(_)
        | Route::Restore
        | Route::Found(_)
        | Route::Backup
        | Route::FromBackup
        | Route::Passkeys
        | Route::ChangePassword
        | Route::Contacts
        | Route::NetworkServers(_)
        | Route::AddNetwork
        | Route::AddToken
        | Route::Egress
            if surface != Surface::Tab =>
        {
            Shown::Screen(Route::Settings)
        }
        other => Shown::Screen(other),
    }
}

/// The route if it is one of these, else the first of them.
fn within(route: Route, allowed: &[Route]) -> Shown {
    Shown::Screen(if allowed.contains(&route) {
        route
    } else {
        allowed.first().cloned().unwrap_or(Route::Done)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_decides_before_the_address_does() {
        use Route::{
            Approval, Backup, ChangePassword, Done, Found, FromBackup, Home, Phrase, Quiz, Recovery, Restore,
            Servers, Settings, ShowPhrase, Start, Welcome,
        };
        use Setup::{Finished, Networks};
        use Stage::{Damaged, Fresh, Locked, Unlocked};
        use Surface::{Popup, Tab, Window};
        let check = |route: Route, surface, stage, setup, expected: Shown| {
            assert_eq!(
                shown(route.clone(), surface, stage, setup),
                expected,
                "{route:?} {surface:?} {stage:?} {setup:?}"
            );
        };
        let screen = Shown::Screen;
        let password = Route::Password { restoring: true };

        check(Start, Popup, Fresh, Finished, Shown::ContinueInTab { begun: false });
        check(Home, Tab, Fresh, Finished, screen(Welcome));
        check(password.clone(), Tab, Fresh, Finished, screen(password.clone()));
        check(Found(None), Tab, Fresh, Finished, screen(Found(None)));
        check(Found(Some("0a".to_owned())), Tab, Fresh, Finished, screen(Welcome));
        check(Found(None), Tab, Unlocked, Networks, screen(Servers));
        check(Found(None), Tab, Unlocked, Finished, screen(Found(None)));
        check(Restore, Tab, Unlocked, Finished, screen(Restore));
        check(Restore, Popup, Unlocked, Finished, screen(Settings));
        check(Restore, Tab, Locked, Finished, Shown::Unlock);
        let key = Route::ShowKey("0xab".to_owned());
        check(key.clone(), Tab, Unlocked, Finished, screen(key.clone()));
        check(key.clone(), Window, Unlocked, Finished, screen(Settings));
        check(key, Tab, Locked, Finished, Shown::Unlock);

        check(Welcome, Tab, Damaged, Finished, screen(Recovery));
        check(Start, Popup, Damaged, Finished, screen(Recovery));
        check(Home, Tab, Stage::Newer, Finished, screen(Recovery));
        check(Recovery, Tab, Locked, Finished, screen(Recovery));
        check(Recovery, Popup, Unlocked, Finished, screen(Recovery));

        check(Home, Tab, Locked, Finished, Shown::Unlock);
        check(Start, Popup, Locked, Setup::Phrase, Shown::Unlock);
        check(Approval, Window, Locked, Finished, screen(Approval));

        check(Start, Popup, Unlocked, Finished, screen(Home));
        check(Welcome, Tab, Unlocked, Finished, screen(Home));
        check(Approval, Window, Unlocked, Finished, screen(Approval));
        check(ShowPhrase, Tab, Unlocked, Finished, screen(ShowPhrase));
        check(ShowPhrase, Popup, Unlocked, Finished, screen(Settings));

        check(Start, Popup, Unlocked, Networks, Shown::ContinueInTab { begun: true });
        check(Welcome, Tab, Unlocked, Setup::Phrase, screen(Phrase));
        check(Quiz, Tab, Unlocked, Setup::Phrase, screen(Quiz));
        check(Servers, Tab, Unlocked, Setup::Phrase, screen(Servers));
        check(Quiz, Tab, Unlocked, Networks, screen(Servers));
        check(Home, Tab, Unlocked, Setup::Done, screen(Done));
        check(password, Tab, Unlocked, Setup::Phrase, screen(Phrase));

        check(Backup, Tab, Unlocked, Finished, screen(Backup));
        check(Backup, Popup, Unlocked, Finished, screen(Settings));
        check(Backup, Tab, Unlocked, Networks, screen(Servers));
        check(ChangePassword, Popup, Unlocked, Finished, screen(Settings));
        check(FromBackup, Tab, Fresh, Finished, screen(FromBackup));
        check(FromBackup, Popup, Fresh, Finished, Shown::ContinueInTab { begun: false });
        check(FromBackup, Tab, Unlocked, Networks, screen(FromBackup));
        check(FromBackup, Tab, Unlocked, Setup::Done, screen(FromBackup));
        check(FromBackup, Tab, Unlocked, Setup::Phrase, screen(Phrase));
        check(FromBackup, Tab, Unlocked, Finished, screen(FromBackup));
        check(FromBackup, Tab, Locked, Finished, Shown::Unlock);
    }
}
