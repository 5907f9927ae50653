//! The backup file in words.

use candor_protocol::view::{AccountKind, AccountView, AddedView, StatusView};

use super::{preferences::counted, when::Local};

/// No file is read that is larger, in bytes; the wallet takes none either.
pub const LARGEST: f64 = 67_108_864.0;

/// The name of a file that is made today.
#[must_use]
pub fn file_name(today: Local) -> String {
    format!("candor-backup-{}.json", today.iso_day())
}

/// When the last file was made: `Made today at 14:32`, `Made on 3 Oct at 09:05`.
#[must_use]
pub fn made(at: Option<Local>, now: Local) -> String {
    let Some(at) = at else { return "Not made yet".to_owned() };
    let day = match at.day(now).as_str() {
        "Today" => "today".to_owned(),
        "Yesterday" => "yesterday".to_owned(),
        day => format!("on {day}"),
    };
    format!("Made {day} at {}", at.clock())
}

/// Where a file is that was just made.
#[must_use]
pub fn saved(name: &str, now: Local) -> String {
    format!("{name}, made today at {}, is in your downloads.", now.clock())
}

/// What came out of a file: `2 accounts came: Everyday and Savings. 1 was here already: Shop.`
#[must_use]
pub fn came(came: &AddedView) -> String {
    let mut said = match came.added.as_slice() {
        [] => "No new account came.".to_owned(),
        added => format!("{} came: {}.", counted(added.len(), "account"), names(added)),
    };
    match came.known.as_slice() {
        [] => {}
        [one] => said += &format!(" 1 was here already: {}.", one.name),
        known => said += &format!(" {} were here already: {}.", known.len(), names(known)),
    }
    let with: [(&str, &[String]); 5] = [
        ("Networks that came", &came.networks),
        ("Sites that see these accounts", &came.sites),
        ("Tokens that are shown", &came.tokens),
        ("Contacts", &came.contacts),
        ("Servers that were left out, because you have yours", &came.left_out),
    ];
    for (what, named) in with {
        if !named.is_empty() {
            said += &format!(" {what}: {}.", listed(named.iter().map(String::as_str)));
        }
    }
    said
}

/// So many are named.
const NAMED: usize = 8;

fn names(accounts: &[AccountView]) -> String {
    listed(accounts.iter().map(|account| account.name.as_str()))
}

/// `A`, `A and B`, `A, B and C`; of very many only the first.
fn listed<'a>(all: impl ExactSizeIterator<Item = &'a str>) -> String {
    let rest = all.len().saturating_sub(NAMED);
    let mut named: Vec<&str> = all.take(NAMED).collect();
    let more = (rest > 0).then(|| format!("{rest} more"));
    named.extend(more.as_deref());
    match named.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

/// What could get lost, for there is no copy of it outside of this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Something that is stored cannot be read.
    Part,
    /// The phrase on paper.
    Phrase,
    /// A backup file.
    File,
    /// It is there, but nobody looked for a year.
    Check,
}

/// The copy to ask for first: the phrase, for it alone brings the money back.
#[must_use]
pub const fn missing(status: &StatusView) -> Option<Missing> {
    match (status.backed_up, status.backup_at) {
        (false, _) => Some(Missing::Phrase),
        _ if status.unread => Some(Missing::Part),
        (true, None) => Some(Missing::File),
        (true, Some(_)) if status.check_due => Some(Missing::Check),
        (true, Some(_)) => None,
    }
}

/// The mark on an account that cannot sign.
#[must_use]
pub const fn mark(kind: AccountKind) -> Option<&'static str> {
    match kind {
        AccountKind::Derived | AccountKind::Key => None,
        AccountKind::Watched => Some("only watched"),
        AccountKind::Lost => Some("key missing"),
    }
}

/// Why nothing can be sent from the account in view.
#[must_use]
pub fn cannot_send(accounts: &[AccountView]) -> Option<&'static str> {
    match accounts.iter().find(|account| account.selected)?.kind {
        AccountKind::Derived | AccountKind::Key => None,
        AccountKind::Watched => Some("Only watched: its key is not here, so it cannot send."),
        AccountKind::Lost => Some("Its key is missing, so it cannot send. A backup file brings it back."),
    }
}

#[cfg(test)]
mod tests {
    use candor_protocol::view::{Setup, Stage, Theme};

    use super::*;

    /// 22 November 2025, 14:32 UTC.
    const NOW: u64 = 1_763_821_920_000;
    const DAY: u64 = 86_400_000;

    #[test]
    fn files_are_named_by_the_local_day() {
        let check = |at, offset, expected: &str| assert_eq!(file_name(Local::new(at, offset)), expected);
        check(NOW, 0, "candor-backup-2025-11-22.json");
        check(NOW, 600, "candor-backup-2025-11-23.json");
        check(NOW + 40 * DAY, 0, "candor-backup-2026-01-01.json");
        assert_eq!(saved("x.json", Local::new(NOW, 0)), "x.json, made today at 14:32, is in your downloads.");
    }

    #[test]
    fn when_the_last_was_made() {
        let check = |at: Option<u64>, expected: &str| {
            assert_eq!(made(at.map(|at| Local::new(at, 0)), Local::new(NOW, 0)), expected);
        };
        check(None, "Not made yet");
        check(Some(NOW - 60_000), "Made today at 14:31");
        check(Some(NOW - DAY), "Made yesterday at 14:32");
        check(Some(NOW - 50 * DAY), "Made on 3 Oct at 14:32");
        check(Some(NOW - 400 * DAY), "Made on 18 Oct 2024 at 14:32");
    }

    fn accounts(names: &[&str]) -> Vec<AccountView> {
        let account = |name: &&str| AccountView {
            address: String::new(),
            name: (*name).to_owned(),
            path: String::new(),
            kind: AccountKind::Derived,
            keyring: String::new(),
            selected: false,
        };
        names.iter().map(account).collect()
    }

    #[test]
    fn what_came_is_counted_and_named() {
        let check = |added: &[&str], known: &[&str], expected: &str| {
            let view = AddedView { added: accounts(added), known: accounts(known), ..AddedView::default() };
            assert_eq!(came(&view), expected);
        };
        check(&["A"], &[], "1 account came: A.");
        check(&["A", "B"], &["C"], "2 accounts came: A and B. 1 was here already: C.");
        check(&[], &["A", "B", "C"], "No new account came. 3 were here already: A, B and C.");
        check(
            &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
            &[],
            "10 accounts came: 1, 2, 3, 4, 5, 6, 7, 8 and 2 more.",
        );
    }

    #[test]
    fn networks_and_sites_of_a_file_are_named() {
        let view = AddedView {
            added: accounts(&["A"]),
            networks: vec!["Mine (rpc.example)".to_owned()],
            sites: vec!["a.example".to_owned(), "b.example".to_owned()],
            left_out: vec!["Ethereum (evil.example)".to_owned()],
            ..AddedView::default()
        };
        assert_eq!(
            came(&view),
            "1 account came: A. Networks that came: Mine (rpc.example). Sites that see these accounts: a.example and \
             b.example. Servers that were left out, because you have yours: Ethereum (evil.example)."
        );
    }

    #[test]
    fn the_phrase_is_asked_for_before_the_file() {
        let check = |unread, backed_up, backup_at, check_due, expected| {
            let status = StatusView {
                version: 1,
                stage: Stage::Unlocked,
                setup: Setup::Finished,
                backed_up,
                unread,
                backup_at,
                kdf: None,
                passkeys: Vec::new(),
                check_due,
                retry_after_ms: 0,
                waiting: Vec::new(),
                theme: Theme::System,
            };
            assert_eq!(missing(&status), expected);
        };
        check(false, false, None, true, Some(Missing::Phrase));
        check(false, false, Some(NOW), false, Some(Missing::Phrase));
        check(false, true, None, true, Some(Missing::File));
        check(false, true, Some(NOW), true, Some(Missing::Check));
        check(false, true, Some(NOW), false, None);
        check(true, true, Some(NOW), false, Some(Missing::Part));
        check(true, false, None, true, Some(Missing::Phrase));
    }

    #[test]
    fn only_accounts_without_a_key_are_marked_and_cannot_send() {
        let check = |kind, expected: Option<&str>| {
            assert_eq!(mark(kind), expected);
            let mut all = accounts(&["A", "B"]);
            all[1].kind = kind;
            assert_eq!(cannot_send(&all), None);
            all[1].selected = true;
            assert_eq!(cannot_send(&all).is_some(), expected.is_some());
        };
        check(AccountKind::Derived, None);
        check(AccountKind::Key, None);
        check(AccountKind::Watched, Some("only watched"));
        check(AccountKind::Lost, Some("key missing"));
    }
}
