//! What came and left, in words, and among what was sent.

use std::collections::BTreeMap;

use candor_protocol::{
    history::{HiddenMoveView, HiddenWhy, HistoryView, LookedView, MoveView},
    view::ActivityView,
};

use super::{address, when::Local};

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Sent from this wallet.
    Sent(ActivityView),
    /// Moved without it.
    Moved(MoveView),
}

impl Entry {
    /// When it happened, if that is known.
    #[must_use]
    pub const fn at_ms(&self) -> Option<u64> {
        match self {
            Self::Sent(item) => Some(item.at_ms),
            Self::Moved(moved) => moved.at_ms,
        }
    }
}

/// Everything in one list, the newest first; what has no time yet comes last.
#[must_use]
pub fn together(items: Vec<ActivityView>, moves: Vec<MoveView>) -> Vec<Entry> {
    let mut all: Vec<Entry> = items.into_iter().map(Entry::Sent).collect();
    all.extend(moves.into_iter().map(Entry::Moved));
    all.sort_by_key(|entry| core::cmp::Reverse(entry.at_ms()));
    all
}

/// Rows by day, in the order they came.
#[must_use]
pub fn by_day(all: Vec<Entry>, local: impl Fn(u64) -> Local, now: Local) -> Vec<(String, Vec<Entry>)> {
    let mut days: Vec<(String, Vec<Entry>)> = Vec::new();
    for entry in all {
        let day = entry.at_ms().map_or_else(|| "Some time ago".to_owned(), |at| local(at).day(now));
        match days.last_mut() {
            Some((last, rows)) if *last == day => rows.push(entry),
            _ => days.push((day, vec![entry])),
        }
    }
    days
}

/// `Received 5 USDC`.
#[must_use]
pub fn title(moved: &MoveView) -> String {
    if moved.incoming { format!("Received {}", moved.text) } else { format!("{} left", moved.text) }
}

/// `from Maria · 14:32 · Base`.
#[must_use]
pub fn context(moved: &MoveView, at: Option<Local>) -> String {
    let nobody = moved.other.trim_start_matches("0x").bytes().all(|digit| digit == b'0');
    let other = moved.name.clone().unwrap_or_else(|| address::short(&moved.other));
    let mut line = match (moved.incoming, nobody) {
        _ if moved.own => "by what you sent".to_owned(),
        (true, true) => "newly made".to_owned(),
        (false, true) => "destroyed, not by this wallet".to_owned(),
        (true, false) => format!("from {other}"),
        (false, false) => format!("to {other}, not by this wallet"),
    };
    for more in at.map(Local::clock).into_iter().chain([moved.network.name.clone()]) {
        line.push_str(" · ");
        line.push_str(&more);
    }
    line
}

/// What is not listed, by reason and network: `3 of tokens that you did not ask for · Base`.
#[must_use]
pub fn hidden(moves: &[HiddenMoveView]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for one in moves {
        let why = match &one.why {
            HiddenWhy::Nothing {} => "in which nothing moved".to_owned(),
            HiddenWhy::UnknownToken {} => "of tokens that you did not ask for".to_owned(),
            HiddenWhy::LookAlike { of: Some(name) } => {
                format!("with an address made to look like that of “{name}”")
            }
            HiddenWhy::LookAlike { of: None } => "with an address made to look like one you know".to_owned(),
        };
        *counts.entry(format!("{why} · {}", one.network)).or_default() += 1;
    }
    counts.into_iter().map(|(why, count)| format!("{count} {why}")).collect()
}

/// How far back was looked: `Ethereum since March, Base from its beginning`.
#[must_use]
pub fn looked(looked: &[LookedView], local: impl Fn(u64) -> Local, now: Local) -> String {
    let one = |one: &LookedView| match one.since_ms {
        _ if one.whole => format!("{} from its beginning", one.network),
        Some(at) => format!("{} since {}", one.network, local(at).since(now)),
        None => one.network.clone(),
    };
    looked.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Whether there is something older to look at.
#[must_use]
pub fn has_older(history: &HistoryView) -> bool {
    history.looked.iter().any(|looked| !looked.whole)
}

#[cfg(test)]
pub(crate) mod tests {
    use candor_protocol::view::NetworkView;

    use super::*;

    pub(crate) fn moved(incoming: bool, at_ms: Option<u64>) -> MoveView {
        MoveView {
            incoming,
            text: "5\u{a0}USDC".to_owned(),
            units: "5000000".to_owned(),
            other: "0x7C3e5A0b9d41f28C6e17B3A4D05f92c86B1e91Ab".to_owned(),
            name: None,
            own: false,
            network: NetworkView {
                chain_id: 8453,
                name: "Base".to_owned(),
                symbol: "ETH".to_owned(),
                decimals: 18,
                explorer: None,
                testnet: false,
                development: false,
                custom: false,
                servers: Vec::new(),
            },
            at_ms,
            hash: "0xab".to_owned(),
        }
    }

    #[test]
    fn rows_are_in_order_and_by_day() {
        let now = 1_763_821_920_000;
        let local = |at| Local::new(at, 0);
        let moves = vec![moved(true, None), moved(true, Some(now - 86_400_000)), moved(true, Some(now))];
        let days = by_day(together(Vec::new(), moves), local, local(now));
        let names: Vec<_> = days.iter().map(|(day, rows)| (day.as_str(), rows.len())).collect();
        assert_eq!(names, [("Today", 1), ("Yesterday", 1), ("Some time ago", 1)]);
    }

    #[test]
    fn words() {
        let at = Some(Local::new(1_763_821_920_000, 0));
        let check = |one: MoveView, expected: &str| {
            assert_eq!(format!("{}: {}", title(&one), context(&one, at)).replace('\u{a0}', " "), expected);
        };
        check(moved(true, None), "Received 5 USDC: from 0x7C3e…91Ab · 14:32 · Base");
        check(moved(false, None), "5 USDC left: to 0x7C3e…91Ab, not by this wallet · 14:32 · Base");
        let maria = MoveView { name: Some("Maria".to_owned()), ..moved(true, None) };
        check(maria, "Received 5 USDC: from Maria · 14:32 · Base");
        check(
            MoveView { own: true, ..moved(true, None) },
            "Received 5 USDC: by what you sent · 14:32 · Base",
        );
        let nobody = MoveView { other: format!("0x{}", "0".repeat(40)), ..moved(true, None) };
        check(nobody, "Received 5 USDC: newly made · 14:32 · Base");
        let one = |why| HiddenMoveView { why, incoming: true, network: "Base".to_owned(), at_ms: None };
        let like = HiddenWhy::LookAlike { of: Some("Maria".to_owned()) };
        assert_eq!(
            hidden(&[one(HiddenWhy::Nothing {}), one(like), one(HiddenWhy::Nothing {})]),
            ["2 in which nothing moved · Base", "1 with an address made to look like that of “Maria” · Base"]
        );
        let looked_view = |since_ms, whole| LookedView { network: "Base".to_owned(), since_ms, whole };
        let (now, local) = (1_763_821_920_000, |at| Local::new(at, 0));
        let text = looked(
            &[looked_view(Some(now), false), looked_view(None, false), looked_view(None, true)],
            local,
            local(now),
        );
        assert_eq!(text, "Base since today, Base, Base from its beginning");
    }
}
