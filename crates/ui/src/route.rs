//! Where a surface is: the part of its address after `#`.

/// Every place there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Wherever the wallet's state leads.
    Start,
    /// First page of a fresh wallet.
    Welcome,
    /// A password, for a new wallet or for one that is brought back.
    Password {
        /// For a wallet that is brought back.
        restoring: bool,
    },
    /// The new words.
    Phrase,
    /// Checking the paper copy.
    Quiz,
    /// Typing a phrase.
    Restore,
    /// The accounts of what was just read, or of a keyring that is there.
    Found(Option<String>),
    /// Which servers may be asked.
    Servers,
    /// The end of setting up.
    Done,
    /// Nothing stored can be read.
    Recovery,
    /// Home.
    Home,
    /// All accounts.
    Accounts,
    /// The people that the user gave a name.
    Contacts,
    /// All networks.
    Networks,
    /// The servers of a network, by its number.
    NetworkServers(u64),
    /// Whom the wallet talked to.
    Egress,
    /// A network of one's own.
    AddNetwork,
    /// A token by its address.
    AddToken,
    /// A payment.
    Send,
    /// A payment in a token.
    SendToken {
        /// The number of its network.
        chain_id: u64,
        /// Its contract.
        token: String,
    },
    /// The last look at a payment, by the id of its request.
    Review(u64),
    /// One's own address.
    Receive,
    /// What was sent.
    Activity,
    /// One thing that was sent, by its hash.
    Transaction(String),
    /// Preferences.
    Settings,
    /// The recovery phrase of an open wallet.
    ShowPhrase,
    /// Shares of what accounts come from.
    Shares,
    /// The private key of an account, by its address.
    ShowKey(String),
    /// Making a backup file.
    Backup,
    /// Bringing back what is in a backup file.
    FromBackup,
    /// Passkeys that open the wallet.
    Passkeys,
    /// Another password for this computer.
    ChangePassword,
    /// Connected sites.
    Sites,
    /// What sites wait for.
    Approval,
}

impl Route {
    /// Reads a location's hash. What is not known leads to the start.
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').split('?').next().unwrap_or_default();
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        match (parts.next(), parts.next(), parts.next()) {
            (Some("welcome"), None, _) => Self::Welcome,
            (Some("password"), Some("create"), None) => Self::Password { restoring: false },
            (Some("password"), Some("restore"), None) => Self::Password { restoring: true },
            (Some("phrase"), None, _) => Self::Phrase,
            (Some("quiz"), None, _) => Self::Quiz,
            (Some("restore"), None, _) => Self::Restore,
            (Some("found"), keyring, None) => Self::Found(keyring.map(str::to_owned)),
            (Some("networks"), None, _) => Self::Servers,
            (Some("done"), None, _) => Self::Done,
            (Some("recovery"), None, _) => Self::Recovery,
            (Some("home"), None, _) => Self::Home,
            (Some("accounts"), None, _) => Self::Accounts,
            (Some("contacts"), None, _) => Self::Contacts,
            (Some("networks-list"), None, _) => Self::Networks,
            (Some("servers"), Some(id), None) => id.parse().map_or(Self::Networks, Self::NetworkServers),
            (Some("egress"), None, _) => Self::Egress,
            (Some("add-network"), None, _) => Self::AddNetwork,
            (Some("add-token"), None, _) => Self::AddToken,
            (Some("send"), None, _) => Self::Send,
            (Some("send-token"), Some(chain), Some(token)) => chain
                .parse()
                .map_or(Self::Start, |chain_id| Self::SendToken { chain_id, token: token.to_owned() }),
            (Some("review"), Some(id), None) => id.parse().map_or(Self::Start, Self::Review),
            (Some("receive"), None, _) => Self::Receive,
            (Some("activity"), None, _) => Self::Activity,
            (Some("transaction"), Some(hash), None) => Self::Transaction(hash.to_owned()),
            (Some("settings"), None, _) => Self::Settings,
            (Some("settings"), Some("phrase"), None) => Self::ShowPhrase,
            (Some("settings"), Some("shares"), None) => Self::Shares,
            (Some("key"), Some(address), None) => Self::ShowKey(address.to_owned()),
            (Some("backup"), None, _) => Self::Backup,
            (Some("from-backup"), None, _) => Self::FromBackup,
            (Some("passkeys"), None, _) => Self::Passkeys,
            (Some("change-password"), None, _) => Self::ChangePassword,
            (Some("sites"), None, _) => Self::Sites,
            (Some("approval"), None, _) => Self::Approval,
            _ => Self::Start,
        }
    }
}

/// In which of the browser's places the page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// The toolbar button's popup. It closes at every click elsewhere.
    Popup,
    /// The window that a site's request opens.
    Window,
    /// A full tab.
    Tab,
}

impl Surface {
    /// Told from the hash that the page was opened with.
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        match hash.trim_start_matches(['#', '/']).split(['?', '/']).next() {
            Some("popup" | "") | None => Self::Popup,
            Some("approval") => Self::Window,
            Some(_) => Self::Tab,
        }
    }

    /// As the style sheet names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Popup => "popup",
            Self::Window => "window",
            Self::Tab => "tab",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Route, Surface};

    #[test]
    fn hashes_lead_to_routes() {
        let check = |hash: &str, expected: Route| assert_eq!(Route::parse(hash), expected, "{hash}");
        check("", Route::Start);
        check("#/", Route::Start);
        check("#/popup", Route::Start);
        check("#/welcome", Route::Welcome);
        check("#/password/restore", Route::Password { restoring: true });
        check("#/networks", Route::Servers);
        check("#/networks-list", Route::Networks);
        check("#/servers/8453", Route::NetworkServers(8453));
        check("#/servers/x", Route::Networks);
        check("#/review/12", Route::Review(12));
        check("#/send-token/1/0xab", Route::SendToken { chain_id: 1, token: "0xab".to_owned() });
        check("#/send-token/x/0xab", Route::Start);
        check("#/review/x", Route::Start);
        check("#/transaction/0xab", Route::Transaction("0xab".to_owned()));
        check("#/settings", Route::Settings);
        check("#/settings/phrase", Route::ShowPhrase);
        check("#/settings/shares", Route::Shares);
        check("#/key/0xab", Route::ShowKey("0xab".to_owned()));
        check("#/key", Route::Start);
        check("#/found", Route::Found(None));
        check("#/found/0a", Route::Found(Some("0a".to_owned())));
        check("#/backup", Route::Backup);
        check("#/from-backup", Route::FromBackup);
        check("#/change-password", Route::ChangePassword);
        check("#/approval?id=4", Route::Approval);
        check("#/nowhere", Route::Start);
    }

    #[test]
    fn surfaces_are_told_from_the_first_hash() {
        let check = |hash: &str, expected: Surface| assert_eq!(Surface::parse(hash), expected, "{hash}");
        check("", Surface::Popup);
        check("#/", Surface::Popup);
        check("#/popup", Surface::Popup);
        check("#/approval", Surface::Window);
        check("#/approval?id=4", Surface::Window);
        check("#/home", Surface::Tab);
        check("#/settings/phrase", Surface::Tab);
    }
}
