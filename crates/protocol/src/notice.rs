//! Hints from the background that a slice changed; the surface asks again for what it shows.

use serde::{Deserialize, Serialize};

/// What changed. Sent as `{"notice":"…"}` by `runtime.sendMessage` to every open surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "notice")]
pub enum Notice {
    /// Locked, unlocked, created, restored or found damaged.
    Status,
    /// The accounts or which of them is in view.
    Accounts,
    /// The networks or which of them is in view.
    Networks,
    /// A site's permission, accounts or network.
    Sites,
    /// A waiting request came, changed or went.
    Requests,
    /// Something sent changed its state.
    Activity,
    /// The tokens and collectibles that are shown.
    Tokens,
    /// What an account has, over networks, or what that is worth.
    Portfolio,
    /// What came to an account and left it.
    History,
    /// How servers are: one began or ceased to answer, or two disagree.
    Servers,
    /// The contacts.
    Contacts,
    /// Preferences.
    Settings,
}
