//! What to do where the browser keeps the extension off web pages, so that no site finds it.

use leptos::{prelude::*, task::spawn_local};

use super::told::Told;
use crate::{browser, components::toast};

/// Whether the browser keeps it off.
#[derive(Clone, Copy, Debug)]
pub struct SiteAccess {
    missing: RwSignal<bool>,
}

impl SiteAccess {
    /// Asks the browser; nothing is missing until it says so.
    #[must_use]
    pub fn look() -> Self {
        let missing = RwSignal::new(false);
        spawn_local(async move {
            missing.try_set(!browser::is_on_sites().await);
        });
        Self { missing }
    }

    /// Whether the person should be asked.
    #[must_use]
    pub fn is_missing(self) -> bool {
        self.missing.get()
    }

    /// Why it is needed, and the button to give it.
    #[must_use]
    pub fn banner(self) -> AnyView {
        Told {
            tone: None,
            icon: "globe",
            testids: ("access-banner", "access-ask"),
            title: "Sites cannot find Candor".to_owned(),
            second: "It has to be on web pages for that, and the browser wants your yes. It does not read them.",
            label: "Allow",
        }
        .view(move || {
            let given = browser::ask_for_sites();
            spawn_local(async move {
                if given.await {
                    self.missing.try_set(false);
                    toast::show("Sites find Candor when they load next.");
                }
            });
        })
    }
}
