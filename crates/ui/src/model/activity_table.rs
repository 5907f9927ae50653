//! What was sent, came and left, as a table that spreadsheets open (RFC 4180).

use candor_protocol::{
    history::MoveView,
    view::{ActivityView, SlotView},
};

use super::{
    amount,
    history::{self, Entry},
    progress, sentence,
    when::Local,
};

const COLUMNS: [&str; 12] = [
    "Time (UTC)",
    "State",
    "What",
    "Amount",
    "Amount in smallest units",
    "To or from",
    "Network",
    "Network number",
    "Fee",
    "Fee in",
    "Site",
    "Transaction",
];

/// The name of a file that is made today, for an account by its address.
#[must_use]
pub fn file_name(address: &str, today: Local) -> String {
    format!("candor-activity-{}-{}.csv", address.get(..6).unwrap_or(address), today.iso_day())
}

/// The whole file. It starts with a byte order mark, by which spreadsheets know that it is UTF-8.
#[must_use]
pub fn csv(all: &[Entry]) -> String {
    let mut file = String::from('\u{feff}');
    push(&mut file, COLUMNS.map(str::to_owned));
    for entry in all {
        push(
            &mut file,
            match entry {
                Entry::Sent(item) => row(item),
                Entry::Moved(moved) => moved_row(moved),
            },
        );
    }
    file
}

fn time(at_ms: u64) -> String {
    let utc = Local::new(at_ms, 0);
    format!("{}T{}Z", utc.iso_day(), utc.clock())
}

fn moved_row(moved: &MoveView) -> [String; 12] {
    let name = moved.name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
    [
        moved.at_ms.map(time).unwrap_or_default(),
        if moved.incoming { "Received" } else { "Left" }.to_owned(),
        format!("{}{name}", history::title(moved)),
        moved.text.clone(),
        moved.units.clone(),
        moved.other.clone(),
        moved.network.name.clone(),
        moved.network.chain_id.to_string(),
        String::new(),
        String::new(),
        String::new(),
        moved.hash.clone(),
    ]
}

fn row(item: &ActivityView) -> [String; 12] {
    let slot = |names: &[&str]| item.sentence.slots.iter().find(|slot| names.contains(&slot.name.as_str()));
    let shown = |slot: Option<&SlotView>| slot.map(|slot| slot.text.clone()).unwrap_or_default();
    let exact = |slot: Option<&SlotView>| slot.map(|slot| slot.exact.clone()).unwrap_or_default();
    let paid = slot(&["amount", "value"]);
    let fee = item.fee_wei.as_deref().map(|wei| amount::exact_text(wei, item.network.decimals));
    [
        time(item.at_ms),
        progress::word(item.status).to_owned(),
        sentence::plain(&item.sentence),
        shown(paid),
        exact(paid),
        exact(slot(&["recipient", "spender", "contract", "operator"])),
        item.network.name.clone(),
        item.network.chain_id.to_string(),
        fee.unwrap_or_default(),
        item.network.symbol.clone(),
        item.origin.clone().unwrap_or_default(),
        item.hash.clone(),
    ]
}

fn push(file: &mut String, cells: [String; 12]) {
    file.push_str(&cells.map(|cell| quoted(&cell)).join(","));
    file.push_str("\r\n");
}

/// A cell. Names come from sites and contracts: what a spreadsheet would work out as a formula is marked as text
/// (OWASP, "CSV Injection").
fn quoted(cell: &str) -> String {
    let mark = if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    format!("\"{mark}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use candor_protocol::view::{NetworkView, SentenceView, Tone, TxStatus};

    use super::*;

    #[test]
    fn cells_are_text_and_nothing_else() {
        let check = |cell: &str, expected: &str| assert_eq!(quoted(cell), expected);
        check("", "\"\"");
        check("0.25\u{a0}ETH", "\"0.25\u{a0}ETH\"");
        check("a \"b\", c\r\nd", "\"a \"\"b\"\", c\r\nd\"");
        check("=HYPERLINK(\"https://x\")", "\"'=HYPERLINK(\"\"https://x\"\")\"");
        check("+1", "\"'+1\"");
        check("-1", "\"'-1\"");
        check("@SUM(A1)", "\"'@SUM(A1)\"");
        check("\t=1", "\"'\t=1\"");
    }

    #[test]
    fn a_line_has_what_a_tax_form_asks_for() {
        let slot = |name: &str, text: &str, exact: &str| SlotView {
            name: name.to_owned(),
            text: text.to_owned(),
            tone: Tone::Plain,
            exact: exact.to_owned(),
        };
        let item = ActivityView {
            hash: "0xab".to_owned(),
            sentence: SentenceView {
                key: String::new(),
                pattern: "Send {amount} to {recipient}.".to_owned(),
                slots: vec![
                    slot("amount", "0.25\u{a0}ETH", "250000000000000001"),
                    slot("recipient", "0x5f8a…41d2", "0x5f8A00000000000000000000000000000000041d2"),
                ],
            },
            status: TxStatus::Worked,
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
            origin: Some("https://app.example".to_owned()),
            at_ms: 1_763_821_920_000,
            undo_until_ms: None,
            fee_paid: Some("0.00003\u{a0}ETH".to_owned()),
            fee_wei: Some("21000000000001".to_owned()),
            reason: None,
            nonce: 7,
            missing: None,
            remedies: Vec::new(),
        };
        let moved = history::tests::moved(true, Some(item.at_ms));
        let file = csv(&[Entry::Sent(item), Entry::Moved(moved)]);
        let lines: Vec<&str> = file.trim_start_matches('\u{feff}').trim_end().split("\r\n").collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(
            lines[2],
            "\"2025-11-22T14:32Z\",\"Received\",\"Received 5\u{a0}USDC\",\"5\u{a0}USDC\",\"5000000\",\
             \"0x7C3e5A0b9d41f28C6e17B3A4D05f92c86B1e91Ab\",\"Base\",\"8453\",\"\",\"\",\"\",\"0xab\""
        );
        assert_eq!(
            lines[1],
            "\"2025-11-22T14:32Z\",\"Done\",\"Send 0.25\u{a0}ETH to 0x5f8a…41d2.\",\"0.25\u{a0}ETH\",\
             \"250000000000000001\",\"0x5f8A00000000000000000000000000000000041d2\",\"Base\",\"8453\",\
             \"0.000021000000000001\",\"ETH\",\"https://app.example\",\"0xab\""
        );
        assert_eq!(lines[0].split(',').count(), COLUMNS.len());
        assert_eq!(csv(&[]).lines().count(), 1);
    }
}
