use candor_primitives::Address;
use coins_bip32::xkeys::XPriv;
use k256::ecdsa::SigningKey;

use crate::{
    DerivationPath, Family, KeyError,
    account::{address_of, descend, node},
};

/// How many families there are, and so accounts for each index.
const FAMILIES: u32 = 3;

/// A search for the path that gives an address: all families, [`Self::INDICES`] accounts of each, nearest first. It
/// asks nobody. It takes seconds, so the caller goes on step by step, shows the progress, and drops it to cancel.
///
/// It holds keys of the seed, which are wiped when it is dropped.
#[derive(Debug)]
pub struct Search {
    address: Address,
    /// Each family with the key that its accounts are below.
    parents: [(Family, XPriv); Family::ALL.len()],
    /// The index to try next.
    index: u32,
    found: Option<(Family, u32)>,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It goes on.
    Searching {
        /// How many accounts were compared.
        done: u32,
        /// How many there are.
        total: u32,
    },
    /// The address is this account.
    Found {
        /// The family of its path.
        family: Family,
        /// Its number in the family.
        index: u32,
    },
    /// The address is none of them.
    NotFound,
}

impl Progress {
    /// The path, if it was found.
    #[must_use]
    pub fn path(self) -> Option<DerivationPath> {
        match self {
            Self::Found { family, index } => Some(family.path(index)),
            Self::Searching { .. } | Self::NotFound => None,
        }
    }
}

impl Search {
    /// How many accounts of each family are compared.
    pub const INDICES: u32 = 10_000;

    /// Begins a search below a BIP-32 seed, of which it keeps no copy.
    ///
    /// # Errors
    /// [`KeyError::NoSuchKey`]
    pub fn new(seed: &[u8], address: Address) -> Result<Self, KeyError> {
        let parent = |family: Family| {
            let path = DerivationPath::from_steps(family.parent().to_vec());
            node(seed, &path).map(|parent| (family, parent))
        };
        let [first, second, third] = Family::ALL.map(parent);
        Ok(Self { address, parents: [first?, second?, third?], index: 0, found: None })
    }

    /// The same search, leaving out the accounts before this index: it takes up one that was dropped.
    #[must_use]
    pub fn starting_at(self, index: u32) -> Self {
        Self { index: index.min(Self::INDICES), ..self }
    }

    /// Compares one account of each family for so many indices, and says how far it has come. Once it has ended, it
    /// gives the same answer for ever.
    pub fn step(&mut self, indices: u32) -> Progress {
        let end = Self::INDICES.min(self.index.saturating_add(indices));
        while self.found.is_none() && self.index < end {
            self.found = self.compare(self.index);
            self.index += 1;
        }
        match self.found {
            Some((family, index)) => Progress::Found { family, index },
            None if self.index == Self::INDICES => Progress::NotFound,
            None => Progress::Searching { done: self.index * FAMILIES, total: Self::INDICES * FAMILIES },
        }
    }

    fn compare(&self, index: u32) -> Option<(Family, u32)> {
        let found = self.parents.iter().find(|(family, parent)| {
            // A path without a key gives no address.
            descend(parent.clone(), &family.steps(index)).is_ok_and(|node| {
                let key: &SigningKey = node.as_ref();
                address_of(key) == self.address
            })
        });
        found.map(|(family, _)| (*family, index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::at;

    const SEED: &[u8] = &[0x7f; 64];

    fn account(path: &DerivationPath) -> Address {
        at(SEED, path).unwrap().address()
    }

    #[test]
    fn every_family_is_found() {
        let check = |path: &str, expected: (Family, u32)| {
            let address = account(&path.parse().unwrap());
            let mut search = Search::new(SEED, address).unwrap();
            let progress = search.step(12);
            assert_eq!(progress, Progress::Found { family: expected.0, index: expected.1 });
            assert_eq!(progress.path().unwrap().to_string(), path);
            assert_eq!(search.step(1), progress);
        };
        check("m/44'/60'/0'/0/0", (Family::Bip44, 0));
        check("m/44'/60'/0'/0/11", (Family::Bip44, 11));
        check("m/44'/60'/3'/0/0", (Family::LedgerLive, 3));
        check("m/44'/60'/0'/0", (Family::Legacy, 0));
        check("m/44'/60'/0'/7", (Family::Legacy, 7));
    }

    #[test]
    fn it_can_be_left_and_taken_up_again() {
        let address = account(&Family::Legacy.path(5));
        let mut search = Search::new(SEED, address).unwrap();
        let total = 3 * Search::INDICES;
        assert_eq!(search.step(0), Progress::Searching { done: 0, total });
        assert_eq!(search.step(2), Progress::Searching { done: 6, total });
        assert_eq!(search.step(3), Progress::Searching { done: 15, total });
        assert_eq!(search.step(1), Progress::Found { family: Family::Legacy, index: 5 });
        let from = |index| Search::new(SEED, address).unwrap().starting_at(index);
        assert_eq!(from(5).step(1), Progress::Found { family: Family::Legacy, index: 5 });
        assert_eq!(from(6).step(1), Progress::Searching { done: 21, total });
        assert_eq!(from(u32::MAX).step(0), Progress::NotFound);
    }

    #[test]
    fn it_ends() {
        let mut search = Search { index: Search::INDICES - 2, ..Search::new(SEED, Address::ZERO).unwrap() };
        assert_eq!(search.step(1), Progress::Searching { done: 29_997, total: 30_000 });
        assert_eq!(search.step(u32::MAX), Progress::NotFound);
        assert_eq!(search.step(1), Progress::NotFound);
    }

    #[test]
    fn keys_are_not_printed() {
        let printed = format!("{:?}", Search::new(SEED, Address::ZERO).unwrap());
        assert!(printed.contains("fingerprint") && !printed.contains("chain_code"), "{printed}");
    }
}
