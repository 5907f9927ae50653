//! Whom the wallet talked to, in words.

use candor_protocol::egress::{EgressRowView, EgressView};

use crate::{
    Wallet,
    records::{EgressRow, Topic},
};

/// What a person is told that a request was for.
const fn words(topic: Topic) -> &'static str {
    match topic {
        Topic::Network => "Which network it is of",
        Topic::Account => "What an account has and how often it was used",
        Topic::Contract => "What contracts say: tokens, names, prices",
        Topic::Fees => "What sending costs",
        Topic::Send => "Passing on what you signed",
        Topic::Receipt => "What became of what you sent",
        Topic::Blocks => "What is new on the network",
        Topic::Name => "The address behind a name",
        Topic::Other => "Something else",
    }
}

impl Wallet {
    pub(super) fn egress_view(&self) -> EgressView {
        let all = self.ledger.all();
        let sum = |of: fn(&EgressRow) -> u64| all.rows().iter().map(of).fold(0_u64, u64::saturating_add);
        let mut rows: Vec<EgressRowView> = all
            .rows()
            .iter()
            .map(|row| EgressRowView {
                host: row.host.clone(),
                what: words(row.topic).to_owned(),
                page: row.page,
                first_ms: row.first.0,
                last_ms: row.last.0,
                count: row.count,
                sent: row.sent,
                received: row.received,
            })
            .collect();
        rows.sort_by_key(|row| core::cmp::Reverse(row.last_ms));
        EgressView {
            rows,
            count: sum(|row| row.count),
            sent: sum(|row| row.sent),
            received: sum(|row| row.received),
        }
    }
}
