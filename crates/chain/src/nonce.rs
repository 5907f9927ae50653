//! The next transaction number of an account, from three sources that each know something the others do not.
//!
//! The chain counts what was mined, a node's pool counts what that node has seen, and the wallet knows what it
//! signed and handed to a node. Public endpoints are many machines behind one name, so the pool's count may lag
//! behind what the wallet sent a second ago: taking the highest of the three, and filling holes first, neither
//! replaces a waiting transaction nor leaves a gap.

use std::collections::BTreeSet;

/// The number for the next transaction.
///
/// `latest` and `pending` are `eth_getTransactionCount` at those tags; `own` are the numbers of transactions that
/// this wallet signed, that a node took, and that are not mined yet.
#[must_use]
pub fn choose(latest: u64, pending: u64, own: impl IntoIterator<Item = u64>) -> u64 {
    let own: BTreeSet<u64> = own.into_iter().collect();
    let mut next = latest.max(pending);
    while own.contains(&next) && next < u64::MAX {
        next += 1;
    }
    next
}

/// A hole in the numbers, which holds up everything above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The number that no node seems to have.
    pub missing: u64,
    /// The wallet's own transactions that wait for it, lowest first.
    pub waiting: Vec<u64>,
}

/// The lowest hole below the wallet's own unmined transactions, if there is one.
#[must_use]
pub fn gap(latest: u64, pending: u64, own: impl IntoIterator<Item = u64>) -> Option<Gap> {
    let own: BTreeSet<u64> = own.into_iter().collect();
    let missing = choose(latest, pending, own.iter().copied());
    let waiting: Vec<u64> = own.range(missing..).copied().collect();
    (!waiting.is_empty() && missing < u64::MAX).then_some(Gap { missing, waiting })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn next_number_and_gaps() {
        let check = |latest: u64, pending: u64, own: &[u64], next: u64, hole: Option<(u64, &[u64])>| {
            let own = own.iter().copied();
            assert_eq!(choose(latest, pending, own.clone()), next, "{latest} {pending} {own:?}");
            let hole = hole.map(|(missing, waiting)| Gap { missing, waiting: waiting.to_vec() });
            assert_eq!(gap(latest, pending, own.clone()), hole, "{latest} {pending} {own:?}");
        };
        check(0, 0, &[], 0, None);
        check(5, 5, &[], 5, None);
        check(5, 7, &[], 7, None);
        // The node lags behind what was just sent.
        check(5, 5, &[5], 6, None);
        check(5, 6, &[5, 6, 7], 8, None);
        // Mined meanwhile, or sent from another wallet.
        check(9, 9, &[5, 6], 9, None);
        check(5, 8, &[5, 6], 8, None);
        // `pending` of an endpoint that does not support it falls below `latest`.
        check(5, 0, &[], 5, None);
        check(5, 5, &[6, 7], 5, Some((5, &[6, 7])));
        check(5, 6, &[5, 7], 6, Some((6, &[7])));
        check(5, 5, &[5, 7, 9], 6, Some((6, &[7, 9])));
        check(u64::MAX, 0, &[u64::MAX], u64::MAX, None);
    }

    proptest! {
        #[test]
        fn never_replaces_a_waiting_transaction(latest in 0u64..50, ahead in 0u64..5, own: Vec<u8>) {
            let own = own.into_iter().map(u64::from);
            let next = choose(latest, latest + ahead, own.clone());
            prop_assert!(next >= latest + ahead);
            prop_assert!(!own.clone().any(|n| n == next));
        }
    }
}
