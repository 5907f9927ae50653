//! What became of something sent: its state in words.

use candor_protocol::{
    life::Remedy,
    view::{ActivityView, NetworkView, Tone, TxStatus},
};

use super::when::Local;

/// The word for a state, as the contract of test ids and the design's rows want it.
#[must_use]
pub const fn slug(status: TxStatus) -> &'static str {
    match status {
        TxStatus::Signed => "signed",
        TxStatus::Undoable => "undoable",
        TxStatus::Held => "held",
        TxStatus::Sent => "sent",
        TxStatus::Worked => "worked",
        TxStatus::Reverted => "reverted",
        TxStatus::Replaced => "replaced",
        TxStatus::SpedUp => "sped-up",
        TxStatus::Cancelled => "cancelled",
        TxStatus::Refused => "refused",
    }
}

/// Whether it can still change.
#[must_use]
pub const fn waits(status: TxStatus) -> bool {
    matches!(status, TxStatus::Signed | TxStatus::Undoable | TxStatus::Held | TxStatus::Sent)
}

/// The state in a word or two.
#[must_use]
pub const fn word(status: TxStatus) -> &'static str {
    match status {
        TxStatus::Signed => "Sending",
        TxStatus::Undoable => "Not yet sent",
        TxStatus::Held => "Next",
        TxStatus::Sent => "Waiting",
        TxStatus::Worked => "Done",
        TxStatus::Reverted => "Failed",
        TxStatus::Replaced => "Replaced",
        TxStatus::SpedUp => "Sped up",
        TxStatus::Cancelled => "Cancelled",
        TxStatus::Refused => "Not sent",
    }
}

/// How loud the state is.
#[must_use]
pub const fn tone(status: TxStatus) -> Tone {
    match status {
        TxStatus::Signed | TxStatus::Undoable | TxStatus::Held | TxStatus::Sent => Tone::Care,
        TxStatus::Worked => Tone::Good,
        TxStatus::Reverted | TxStatus::Refused => Tone::Risk,
        TxStatus::Replaced | TxStatus::SpedUp | TxStatus::Cancelled => Tone::Plain,
    }
}

/// The state's icon.
#[must_use]
pub const fn icon(status: TxStatus) -> &'static str {
    match status {
        TxStatus::Signed | TxStatus::Undoable | TxStatus::Held | TxStatus::Sent => "hourglass",
        TxStatus::Worked => "check",
        TxStatus::Reverted | TxStatus::Refused => "x",
        TxStatus::Replaced | TxStatus::SpedUp | TxStatus::Cancelled => "undo",
    }
}

/// Whole seconds until a moment, rounded up.
#[must_use]
pub const fn seconds_left(until_ms: u64, now_ms: u64) -> u64 {
    until_ms.saturating_sub(now_ms).div_ceil(1000)
}

/// `Sending in 7 s`.
#[must_use]
pub fn sending_in(seconds: u64) -> String {
    if seconds == 0 { "Sending…".to_owned() } else { format!("Sending in {seconds}\u{a0}s") }
}

/// What can still be taken back.
#[must_use]
pub fn undoable(items: &[ActivityView]) -> Vec<ActivityView> {
    items.iter().filter(|item| item.undo_until_ms.is_some()).cloned().collect()
}

/// What happened, why, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// What happened.
    pub what: &'static str,
    /// What it means, for the money too.
    pub why: &'static str,
}

/// What the state means.
#[must_use]
pub const fn account(status: TxStatus) -> Account {
    match status {
        TxStatus::Signed => Account {
            what: "No server has taken it yet.",
            why: "It is signed and kept. We send the same one again until a server takes it.",
        },
        TxStatus::Undoable => Account {
            what: "It was not sent yet.",
            why: "It is signed and kept here for a few seconds, so that you can take it back.",
        },
        TxStatus::Held => Account {
            what: "It waits for the step before it.",
            why: "It is signed, and is sent once that one has happened. If that one fails, this one is never sent.",
        },
        TxStatus::Sent => Account {
            what: "It is on its way.",
            why: "The network has it and will carry it out. You can close this window.",
        },
        TxStatus::Refused => Account {
            what: "It was not sent.",
            why: "The servers refused it. Your money never left, and it cost nothing.",
        },
        TxStatus::Worked => Account { what: "It is done.", why: "The network carried it out." },
        TxStatus::Reverted => Account {
            what: "It did not happen.",
            why: "The contract refused it. Your balances did not change, except for the fee.",
        },
        TxStatus::Replaced => Account {
            what: "Another payment took its place.",
            why: "You sent something else from this account. This one was not carried out and cost nothing.",
        },
        TxStatus::SpedUp => Account {
            what: "It was sped up.",
            why: "The same payment was carried out for a higher fee. This one was not carried out as well and cost nothing.",
        },
        TxStatus::Cancelled => Account {
            what: "You cancelled it.",
            why: "It was not carried out. Only the fee of cancelling was paid.",
        },
    }
}

/// The label of what can be done about something that waits.
#[must_use]
pub const fn remedy(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::SpeedUp => "Speed up",
        Remedy::Cancel => "Cancel it",
        Remedy::Mend => "Mend the gap",
        Remedy::SendAgain => "Send again",
    }
}

/// Its name among the test ids.
#[must_use]
pub const fn remedy_slug(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::SpeedUp => "speed-up",
        Remedy::Cancel => "cancel-sent",
        Remedy::Mend => "mend-gap",
        Remedy::SendAgain => "send-again",
    }
}

/// The second line of a row: `14:32 · Base`, and the site if one asked.
#[must_use]
pub fn context(item: &ActivityView, at: Local) -> String {
    let mut line = format!("{} · {}", at.clock(), item.network.name);
    if let Some(origin) = &item.origin {
        line.push_str(" · ");
        line.push_str(&super::connection::host(origin));
    }
    line
}

/// Where the network's explorer shows a transaction, if the network has one on the web.
#[must_use]
pub fn explorer(network: &NetworkView, hash: &str) -> Option<String> {
    let base = network.explorer.as_deref()?.trim_end_matches('/');
    let web = base.starts_with("https://") || base.starts_with("http://");
    let clean = hash.starts_with("0x") && hash.bytes().skip(2).all(|b| b.is_ascii_hexdigit());
    (web && clean).then(|| format!("{base}/tx/{hash}"))
}

/// The explorer's host, to name the link by.
#[must_use]
pub fn explorer_name(link: &str) -> String {
    link.split('/').nth(2).unwrap_or("the explorer").to_owned()
}

#[cfg(test)]
mod tests {
    use candor_protocol::view::SentenceView;

    use super::*;

    fn item(at_ms: u64) -> ActivityView {
        ActivityView {
            hash: "0xab".to_owned(),
            sentence: SentenceView { key: String::new(), pattern: String::new(), slots: Vec::new() },
            status: TxStatus::Worked,
            network: network(Some("https://basescan.org/")),
            origin: Some("https://app.example".to_owned()),
            at_ms,
            undo_until_ms: None,
            fee_paid: None,
            fee_wei: None,
            reason: None,
            nonce: 0,
            missing: None,
            remedies: Vec::new(),
        }
    }

    fn network(explorer: Option<&str>) -> NetworkView {
        NetworkView {
            chain_id: 8453,
            name: "Base".to_owned(),
            symbol: "ETH".to_owned(),
            decimals: 18,
            explorer: explorer.map(str::to_owned),
            testnet: false,
            development: false,
            custom: false,
            servers: Vec::new(),
        }
    }

    #[test]
    fn a_row_says_when_where_and_for_whom() {
        let now = 1_763_821_920_000;
        assert_eq!(context(&item(now), Local::new(now, 0)), "14:32 · Base · app.example");
    }

    #[test]
    fn explorers_are_linked_only_on_the_web() {
        let check = |base: Option<&str>, hash: &str, expected: Option<&str>| {
            assert_eq!(explorer(&network(base), hash).as_deref(), expected);
        };
        check(Some("https://basescan.org/"), "0xab12", Some("https://basescan.org/tx/0xab12"));
        check(Some("javascript:alert(1)//"), "0xab12", None);
        check(Some("https://basescan.org"), "0xab/../evil", None);
        check(None, "0xab12", None);
        assert_eq!(explorer_name("https://basescan.org/tx/0xab12"), "basescan.org");
    }
}
