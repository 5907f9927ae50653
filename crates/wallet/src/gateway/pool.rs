//! What was learnt of servers: which answer, how fast, and whether they are of the network that they are asked about.
//! All of it can be lost, and none of it is written down.

use std::collections::BTreeMap;

use candor_chain::EndpointUrl;
use candor_primitives::{ChainId, Millis};

/// A server that failed is asked last for this long.
const COOL_DOWN: Millis = Millis::from_secs(10);
/// What a server said of its network counts for this long: addresses come to lead elsewhere.
const VERIFIED_FOR: Millis = Millis::from_secs(10 * 60);
/// What was learnt of a server's health says little after this.
const REMEMBERED_FOR: Millis = Millis::from_secs(60);
/// One that failed so often in a row is asked after the others even when it is not cooling any more.
const FLAKY: u32 = 2;
/// One that takes this long is asked after quicker ones, in milliseconds.
const SLUGGISH_MS: u64 = 1_500;
/// How long a server may take before another is asked as well, in milliseconds: a multiple of what it takes usually,
/// within bounds, because a moment's pause is no reason and a person waits.
const PATIENCE: (u64, u64, u64) = (3, 400, 2_000);
/// The same for one of which nothing is known, in milliseconds.
const FIRST_PATIENCE_MS: u32 = 1_000;

/// What servers are known to be like, by address.
#[derive(Debug, Default)]
pub(super) struct Pool {
    servers: BTreeMap<String, Health>,
    differences: BTreeMap<(ChainId, Matter), Difference>,
}

/// One server.
#[derive(Debug, Default)]
struct Health {
    /// How long it takes usually, in milliseconds, and when that was last measured.
    took: Option<(u64, Millis)>,
    /// Failures since it answered last.
    failures: u32,
    failed: Option<Millis>,
    /// The networks that it said it serves, and when.
    verified: BTreeMap<ChainId, Millis>,
    /// It was asked about a network and named another.
    elsewhere: BTreeMap<ChainId, Millis>,
}

/// What a person is told of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing is known.
    Unknown,
    /// It answers in so many milliseconds.
    Answers(u64),
    /// It did not answer when it was asked last.
    Silent,
    /// It serves another network.
    Elsewhere,
}

/// Something that servers of one network should agree about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Matter {
    /// How many transactions of an account were included.
    Count,
    /// What an account has.
    Balance,
}

/// Two hosts that said different things.
pub(crate) type Difference = [String; 2];

impl Pool {
    fn of(&mut self, url: &EndpointUrl) -> &mut Health {
        self.servers.entry(url.as_str().to_owned()).or_default()
    }

    fn known(&self, url: &EndpointUrl) -> Option<&Health> {
        self.servers.get(url.as_str())
    }

    /// It answered.
    pub(super) fn answered(&mut self, url: &EndpointUrl, took: u64, now: Millis) {
        let health = self.of(url);
        (health.failures, health.failed) = (0, None);
        health.measure(took, now);
    }

    /// It has been asked for so long and said nothing yet.
    pub(super) fn lags(&mut self, url: &EndpointUrl, since: u64, now: Millis) {
        self.of(url).measure(since, now);
    }

    /// It did not answer, or nothing that is of use.
    pub(super) fn failed(&mut self, url: &EndpointUrl, now: Millis) {
        let health = self.of(url);
        health.failures = health.failures.saturating_add(1);
        health.failed = Some(now);
    }

    /// It said which network it serves: the one it was asked about, or another.
    pub(super) fn said_network(&mut self, url: &EndpointUrl, chain: ChainId, right: bool, now: Millis) {
        let health = self.of(url);
        let (said, other) = if right {
            (&mut health.verified, &mut health.elsewhere)
        } else {
            (&mut health.elsewhere, &mut health.verified)
        };
        said.insert(chain, now);
        other.remove(&chain);
    }

    /// Whether it said lately that it serves this network.
    pub(super) fn is_verified(&self, chain: ChainId, url: &EndpointUrl, now: Millis) -> bool {
        let at = self.known(url).and_then(|health| health.verified.get(&chain));
        at.is_some_and(|at| at.plus(VERIFIED_FOR) > now)
    }

    /// The servers with the one to ask first at the front. What is equally good keeps its order.
    pub(super) fn best_first(&self, mut servers: Vec<EndpointUrl>, now: Millis) -> Vec<EndpointUrl> {
        servers.sort_by_key(|url| self.known(url).map(|health| health.rank(now)).unwrap_or_default());
        servers
    }

    /// How long to wait for a server before another is asked as well, in milliseconds.
    pub(super) fn patience(&self, url: &EndpointUrl, now: Millis) -> u32 {
        let (times, least, most) = PATIENCE;
        self.known(url).and_then(|health| health.usual(now)).map_or(FIRST_PATIENCE_MS, |took| {
            u32::try_from(took.saturating_mul(times).clamp(least, most)).unwrap_or(FIRST_PATIENCE_MS)
        })
    }

    /// What a person is told of it as a server of a network.
    pub(super) fn standing(&self, chain: ChainId, url: &EndpointUrl) -> Standing {
        match self.known(url) {
            Some(health) if health.elsewhere.contains_key(&chain) => Standing::Elsewhere,
            Some(health) if health.failed.is_some() => Standing::Silent,
            Some(Health { took: Some((took, _)), .. }) => Standing::Answers(*took),
            _ => Standing::Unknown,
        }
    }

    /// What a person would notice of a server: whether it answers, and for which networks it does not.
    pub(super) fn state_of(&self, url: &EndpointUrl) -> (bool, bool, usize) {
        self.known(url).map_or_else(Default::default, |health| {
            (health.failed.is_some(), health.took.is_some(), health.elsewhere.len())
        })
    }

    /// Two servers of a network were asked the same; what is agreed about is forgotten. Says whether that is news.
    pub(super) fn compared(
        &mut self,
        chain: ChainId,
        matter: Matter,
        difference: Option<Difference>,
    ) -> bool {
        let key = (chain, matter);
        let before = self.differences.remove(&key);
        let news = before != difference;
        self.differences.extend(difference.map(|difference| (key, difference)));
        news
    }

    /// What servers of a network said differently when they were asked last.
    pub(super) fn difference(&self, chain: ChainId, matter: Matter) -> Option<&Difference> {
        self.differences.get(&(chain, matter))
    }
}

impl Health {
    fn measure(&mut self, took: u64, now: Millis) {
        // The newest counts for a third, so that a single pause is soon forgotten.
        let usual = match self.usual(now) {
            Some(before) => before.saturating_mul(2).saturating_add(took) / 3,
            None => took,
        };
        self.took = Some((usual, now));
    }

    /// How long it takes usually, if that was measured lately.
    fn usual(&self, now: Millis) -> Option<u64> {
        self.took.filter(|(_, at)| at.plus(REMEMBERED_FOR) > now).map(|(took, _)| took)
    }

    /// How much speaks against asking it: it failed just now; it failed again and again of late; it is slow.
    fn rank(&self, now: Millis) -> (bool, bool, bool) {
        let failed_within = |span: Millis| self.failed.is_some_and(|at| at.plus(span) > now);
        (
            failed_within(COOL_DOWN),
            self.failures >= FLAKY && failed_within(REMEMBERED_FOR),
            self.usual(now).is_some_and(|took| took > SLUGGISH_MS),
        )
    }
}

#[cfg(test)]
#[path = "pool_tests.rs"]
mod tests;
