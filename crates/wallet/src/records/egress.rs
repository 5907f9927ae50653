use candor_primitives::Millis;
use candor_protocol::host::Area;
use serde::{Deserialize, Serialize};

use super::{Record, codec};

/// Milliseconds in a day.
const DAY: u64 = 24 * 60 * 60 * 1000;

/// Whom the wallet ever asked: one row for each host, topic and day, newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Egress {
    rows: Vec<EgressRow>,
    /// The newest part of [`EgressLately`] that is in `rows`, so that none is counted twice.
    taken: u64,
}

/// What was asked since the record on disk was written. In memory only, so that reading does not wear the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EgressLately {
    rows: Vec<EgressRow>,
    /// Its number.
    part: u64,
    /// When the disk was last given what there was.
    #[serde(with = "codec::millis")]
    pub(crate) tried: Millis,
}

/// What a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Topic {
    /// Which network a server serves.
    Network,
    /// What an account has, or how often it was used.
    Account,
    /// What a contract says: tokens, names, prices.
    Contract,
    /// What it costs to send something.
    Fees,
    /// A signed transaction.
    Send,
    /// What became of a transaction.
    Receipt,
    /// Blocks and what happened in them.
    Blocks,
    /// What a name stands for, at the name's own server.
    Name,
    /// Anything else.
    Other,
}

/// What was asked of a host about a topic in a day, with what was joined to it of earlier days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EgressRow {
    /// Days since 1970, in UTC.
    pub(crate) day: u64,
    pub(crate) host: String,
    pub(crate) topic: Topic,
    /// Whether a page caused it.
    pub(crate) page: bool,
    #[serde(with = "codec::millis")]
    pub(crate) first: Millis,
    #[serde(with = "codec::millis")]
    pub(crate) last: Millis,
    pub(crate) count: u64,
    /// Bytes.
    pub(crate) sent: u64,
    /// Bytes.
    pub(crate) received: u64,
}

impl EgressRow {
    fn is_of(&self, other: &Self) -> bool {
        (self.topic, self.page, &self.host) == (other.topic, other.page, &other.host)
    }

    /// The same, on the same day.
    fn is_same(&self, other: &Self) -> bool {
        self.day == other.day && self.is_of(other)
    }

    /// A request at a moment, with as many bytes.
    pub(crate) fn of_request(host: &str, topic: Topic, page: bool, now: Millis, sent: u64) -> Self {
        let host = host.to_owned();
        Self { day: now.0 / DAY, host, topic, page, first: now, last: now, count: 1, sent, received: 0 }
    }

    fn add(&mut self, other: &Self) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.count = self.count.saturating_add(other.count);
        self.sent = self.sent.saturating_add(other.sent);
        self.received = self.received.saturating_add(other.received);
    }
}

impl Egress {
    /// The most rows that are kept.
    pub(crate) const MOST: usize = 400;

    pub(crate) fn rows(&self) -> &[EgressRow] {
        &self.rows
    }

    /// Whether there is a row for this, whatever its numbers.
    pub(crate) fn knows(&self, row: &EgressRow) -> bool {
        self.rows.iter().any(|known| known.is_same(row))
    }

    /// Forgets all rows, but not which parts were taken in.
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
    }

    /// Takes in what was asked since; what was taken in before is left out.
    pub(crate) fn take(&mut self, lately: &EgressLately) {
        if lately.part <= self.taken {
            return;
        }
        self.taken = lately.part;
        for row in &lately.rows {
            self.add(row);
        }
    }

    pub(crate) fn add(&mut self, row: &EgressRow) {
        match self.rows.iter_mut().find(|known| known.is_same(row)) {
            Some(known) => known.add(row),
            None => self.rows.push(row.clone()),
        }
        while self.rows.len() > Self::MOST {
            self.join_oldest();
        }
    }

    /// Adds the oldest day of something to the next day of the same, so that no request is ever left out of the sums. If
    /// there is none, as after hundreds of hosts, the oldest goes.
    fn join_oldest(&mut self) {
        let joined = (0..self.rows.len()).find_map(|at| {
            let oldest = self.rows.get(at)?;
            let next = self.rows.iter().skip(at + 1).position(|row| row.is_of(oldest))?;
            Some((at, at + next))
        });
        let (at, next) = joined.unwrap_or((0, usize::MAX));
        let oldest = self.rows.remove(at);
        if let Some(row) = self.rows.get_mut(next) {
            row.add(&oldest);
        }
    }
}

impl Record for Egress {
    const KEY: &'static str = "egress";
    const AREA: Area = Area::Local;

    fn absorb(&mut self, meanwhile: Self) {
        self.taken = self.taken.max(meanwhile.taken);
        for row in &meanwhile.rows {
            self.add(row);
        }
    }
}

impl EgressLately {
    /// An empty part that comes after all that were taken in.
    pub(crate) const fn after(egress: &Egress, tried: Millis) -> Self {
        Self { rows: Vec::new(), part: egress.taken.saturating_add(1), tried }
    }

    pub(crate) fn rows(&self) -> &[EgressRow] {
        &self.rows
    }

    /// Whether its rows are not among those on disk yet.
    pub(crate) const fn is_after(&self, egress: &Egress) -> bool {
        self.part > egress.taken
    }

    pub(crate) fn add(&mut self, row: &EgressRow) {
        let is_full = self.rows.len() >= Egress::MOST;
        match self.rows.iter_mut().find(|known| known.is_same(row)) {
            Some(known) => known.add(row),
            None if is_full => {}
            None => self.rows.push(row.clone()),
        }
    }
}

impl Record for EgressLately {
    const KEY: &'static str = "egress-lately";
    const AREA: Area = Area::Session;
}
