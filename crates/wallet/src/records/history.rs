use candor_chain::transfers::Transfer;
use candor_primitives::{Address, B256, ChainId, Millis, U256};
use candor_protocol::host::Area;
use core::ops::RangeInclusive;
use serde::{Deserialize, Serialize};

use super::{Record, codec};

/// What contracts said that came to accounts and left them. Nothing is lost with it: it can be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct History {
    /// The one that was looked at last comes first.
    pub(crate) accounts: Vec<HistoryOf>,
}

/// That of one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HistoryOf {
    pub(crate) account: Address,
    pub(crate) chains: Vec<HistoryOn>,
}

/// That of one account on one network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HistoryOn {
    #[serde(with = "codec::chain_id")]
    pub(crate) chain: ChainId,
    /// The blocks that were looked through, from the first to the last of each run, the newest run first.
    pub(crate) looked: Vec<(u64, u64)>,
    /// When the oldest block of the newest run was made.
    #[serde(with = "codec::optional_millis")]
    pub(crate) since: Option<Millis>,
    /// The newest first.
    pub(crate) moved: Vec<Moved>,
}

/// Something that came or left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Moved {
    pub(crate) token: Address,
    pub(crate) incoming: bool,
    /// Whom it came from or went to.
    pub(crate) other: Address,
    /// In smallest units.
    pub(crate) units: U256,
    /// Which collectible; nothing for a token.
    pub(crate) number: Option<U256>,
    pub(crate) block: u64,
    /// When the block was made, once somebody said so.
    #[serde(with = "codec::optional_millis")]
    pub(crate) at: Option<Millis>,
    pub(crate) transaction: B256,
    /// Its place among what the block says.
    pub(crate) index: u64,
}

impl Moved {
    pub(crate) fn new(of: Transfer, now: Millis) -> Self {
        Self {
            token: of.token,
            incoming: of.incoming,
            other: of.other,
            units: of.units,
            number: of.number,
            block: of.block,
            at: of.time.and_then(|seconds| believable(seconds, now)),
            transaction: of.transaction,
            index: of.index,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.transaction, self.index, self.number) == (other.transaction, other.index, other.number)
    }
}

/// A block's time: one that is not yet, but for clocks that differ, is none.
pub(crate) fn believable(seconds: u64, now: Millis) -> Option<Millis> {
    let at = Millis(seconds.checked_mul(1000)?);
    (at.0 > 0 && at <= now.plus(Millis::from_secs(3600))).then_some(at)
}

impl HistoryOn {
    /// The most that is kept of what is shown, and of what is not. What is not shown never displaces what is.
    pub(crate) const MOST_SHOWN: usize = 400;
    pub(crate) const MOST_HIDDEN: usize = 60;
    /// The most runs of blocks that are told apart.
    const MOST_RUNS: usize = 8;

    pub(crate) const fn new(chain: ChainId) -> Self {
        Self { chain, looked: Vec::new(), since: None, moved: Vec::new() }
    }

    /// A network says how high it is. What was seen above that was of blocks that are no more.
    pub(crate) fn stands_at(&mut self, head: u64) {
        self.looked.retain(|(first, _)| *first <= head);
        for (_, last) in &mut self.looked {
            *last = (*last).min(head);
        }
    }

    /// The newest blocks up to `head` that were not looked through, so many at most.
    pub(crate) fn next(&self, head: u64, most: u64) -> Option<RangeInclusive<u64>> {
        let mut last = head;
        for (first, end) in &self.looked {
            if *end < last {
                break;
            }
            last = first.checked_sub(1)?;
        }
        let below = self.looked.iter().map(|(_, end)| *end).find(|end| *end < last);
        let lowest = below.map_or(0, |end| end + 1);
        Some(last.saturating_sub(most.saturating_sub(1)).max(lowest)..=last)
    }

    /// Some blocks were looked through, of which those up to `settled` will not change any more. What was known of them
    /// makes way; `is_shown` says what matters.
    pub(crate) fn learn(
        &mut self,
        blocks: &RangeInclusive<u64>,
        settled: u64,
        found: Vec<Moved>,
        is_shown: impl Fn(&Moved) -> bool,
    ) {
        let known: Vec<Moved> = self.moved.extract_if(.., |moved| blocks.contains(&moved.block)).collect();
        for mut moved in found {
            if let Some(same) = known.iter().find(|known| known.is_same(&moved)) {
                moved.at = moved.at.or(same.at);
            }
            if !self.moved.iter().any(|known| known.is_same(&moved)) {
                self.moved.push(moved);
            }
        }
        self.moved.sort_by_key(|moved| core::cmp::Reverse((moved.block, moved.index)));
        let (mut shown, mut hidden) = (0, 0);
        self.moved.retain(|moved| {
            let (count, most) = if is_shown(moved) {
                (&mut shown, Self::MOST_SHOWN)
            } else {
                (&mut hidden, Self::MOST_HIDDEN)
            };
            *count += 1;
            *count <= most
        });
        if *blocks.start() <= settled {
            self.note((*blocks.start(), settled.min(*blocks.end())));
        }
    }

    fn note(&mut self, run: (u64, u64)) {
        let oldest = self.looked.first().map(|(first, _)| *first);
        self.looked.push(run);
        self.looked.sort_by_key(|(first, _)| *first);
        let mut joined: Vec<(u64, u64)> = Vec::new();
        for (first, last) in self.looked.drain(..) {
            match joined.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => joined.push((first, last)),
            }
        }
        joined.reverse();
        joined.truncate(Self::MOST_RUNS);
        self.looked = joined;
        if self.looked.first().map(|(first, _)| *first) != oldest {
            self.since = None;
        }
    }
}

impl History {
    /// The most accounts that are remembered.
    const MOST_ACCOUNTS: usize = 8;
    /// The most that is remembered of all accounts together.
    const MOST: usize = 3000;

    /// What is known of an account.
    pub(crate) fn of(&self, account: Address) -> &[HistoryOn] {
        self.accounts.iter().find(|known| known.account == account).map_or(&[], |known| &known.chains)
    }

    /// What is known of an account on a network, to be added to.
    pub(crate) fn on(&mut self, account: Address, chain: ChainId) -> Option<&mut HistoryOn> {
        let place = self.accounts.iter().position(|known| known.account == account);
        let known = place
            .map_or_else(|| HistoryOf { account, chains: Vec::new() }, |place| self.accounts.remove(place));
        self.accounts.insert(0, known);
        self.accounts.truncate(Self::MOST_ACCOUNTS);
        let size = |of: &HistoryOf| of.chains.iter().map(|on| on.moved.len()).sum::<usize>();
        while self.accounts.len() > 1 && self.accounts.iter().map(size).sum::<usize>() > Self::MOST {
            self.accounts.pop();
        }
        let chains = &mut self.accounts.first_mut()?.chains;
        if !chains.iter().any(|on| on.chain == chain) {
            chains.push(HistoryOn::new(chain));
        }
        chains.iter_mut().find(|on| on.chain == chain)
    }

    /// Forgets what was on a network.
    pub(crate) fn forget(&mut self, chain: ChainId) {
        for of in &mut self.accounts {
            of.chains.retain(|on| on.chain != chain);
        }
    }
}

impl Record for History {
    const KEY: &'static str = "history";
    const AREA: Area = Area::Local;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(block: u64, index: u64, token: u8) -> Moved {
        Moved {
            token: Address::repeat_byte(token),
            incoming: true,
            other: Address::repeat_byte(9),
            units: U256::ONE,
            number: None,
            block,
            at: None,
            transaction: B256::from(U256::from(block)),
            index,
        }
    }

    fn on() -> HistoryOn {
        HistoryOn::new(ChainId::new(1).unwrap())
    }

    fn looked(runs: &[(u64, u64)]) -> HistoryOn {
        let mut on = on();
        for (first, last) in runs {
            on.learn(&(*first..=*last), u64::MAX, Vec::new(), |_| true);
        }
        on
    }

    #[test]
    fn the_newest_blocks_come_first_and_none_twice() {
        let check = |runs: &[(u64, u64)], head: u64, expected: Option<(u64, u64)>| {
            let next = looked(runs).next(head, 10);
            assert_eq!(next.map(|range| (*range.start(), *range.end())), expected, "{runs:?} {head}");
        };
        check(&[], 100, Some((91, 100)));
        check(&[], 5, Some((0, 5)));
        check(&[(91, 100)], 100, Some((81, 90)));
        check(&[(91, 100)], 104, Some((101, 104)));
        check(&[(91, 100)], 130, Some((121, 130)));
        check(&[(121, 130), (91, 100)], 130, Some((111, 120)));
        check(&[(105, 130), (91, 100)], 130, Some((101, 104)));
        check(&[(101, 130), (91, 100)], 130, Some((81, 90)));
        check(&[(0, 130)], 130, None);
        check(&[(0, 130)], 131, Some((131, 131)));
        check(&[(0, u64::MAX)], u64::MAX, None);
    }

    #[test]
    fn runs_of_blocks_join() {
        let check = |runs: &[(u64, u64)], expected: &[(u64, u64)]| {
            assert_eq!(looked(runs).looked, expected, "{runs:?}");
        };
        check(&[(5, 9), (20, 29)], &[(20, 29), (5, 9)]);
        check(&[(5, 9), (20, 29), (10, 19)], &[(5, 29)]);
        check(&[(5, 9), (7, 8)], &[(5, 9)]);
        check(&[(0, 9), (5, u64::MAX)], &[(0, u64::MAX)]);
        let many: Vec<(u64, u64)> = (0..20).map(|n| (n * 10, n * 10 + 3)).collect();
        assert_eq!(looked(&many).looked.len(), HistoryOn::MOST_RUNS);
        assert_eq!(looked(&many).looked[0], (190, 193));
    }

    #[test]
    fn a_head_that_nobody_else_knows_hides_nothing() {
        let mut known = looked(&[(1 << 60, 1 << 61), (91, 100)]);
        known.stands_at(95);
        assert_eq!(known.looked, [(91, 95)]);
        assert_eq!(known.next(96, 10), Some(96..=96));
    }

    #[test]
    fn what_is_looked_at_again_takes_the_place_of_what_was_known() {
        let mut on = on();
        on.learn(&(0..=20), 10, vec![moved(5, 0, 1), moved(15, 0, 1), moved(15, 0, 1)], |_| true);
        assert_eq!((on.moved.len(), on.looked.as_slice()), (2, &[(0, 10)][..]));
        on.moved[0].at = Some(Millis(7));
        on.learn(&(11..=21), 11, vec![moved(15, 0, 1), moved(16, 2, 1)], |_| true);
        let blocks: Vec<_> = on.moved.iter().map(|moved| (moved.block, moved.at)).collect();
        assert_eq!(blocks, [(16, None), (15, Some(Millis(7))), (5, None)]);
        // Reorganised away.
        on.learn(&(12..=30), 20, Vec::new(), |_| true);
        assert_eq!(on.moved.len(), 1);
    }

    #[test]
    fn a_flood_displaces_nothing_that_is_shown() {
        let mut on = on();
        let real = (0..10).map(|n| moved(n, 0, 1));
        let flood = (0..5000).map(|n| moved(100 + n, 1, 2));
        on.learn(&(0..=9999), 9999, real.chain(flood).collect(), |moved| moved.token.as_slice()[0] == 1);
        assert_eq!(on.moved.len(), 10 + HistoryOn::MOST_HIDDEN);
        assert_eq!(on.moved.iter().filter(|moved| moved.index == 0).count(), 10);
        on.learn(&(20_000..=29_999), 0, (0..900).map(|n| moved(20_000 + n, 0, 1)).collect(), |_| true);
        assert_eq!(on.moved.len(), HistoryOn::MOST_SHOWN);
    }

    #[test]
    fn only_so_many_accounts_are_remembered() {
        let mut all = History::default();
        let chain = ChainId::new(1).unwrap();
        for n in 1..=20 {
            all.on(Address::repeat_byte(n), chain);
        }
        assert_eq!((all.accounts.len(), all.of(Address::repeat_byte(20)).len()), (8, 1));
        assert!(all.of(Address::repeat_byte(1)).is_empty());
        all.forget(chain);
        assert!(all.of(Address::repeat_byte(20)).is_empty());
    }

    #[test]
    fn a_time_to_come_is_none() {
        let now = Millis(10_000_000);
        assert_eq!(believable(9_000, now), Some(Millis(9_000_000)));
        assert_eq!(believable(0, now), None);
        assert_eq!(believable(20_000, now), None);
        assert_eq!(believable(u64::MAX, now), None);
    }
}
