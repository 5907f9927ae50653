use crate::{DerivationPath, path::HARDENED};

/// How wallets number the accounts of one recovery phrase. All share the first account but for [`Self::Legacy`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// `m/44'/60'/0'/0/i`, as BIP-44 has it: MetaMask, Rabby, Trezor and most others.
    Bip44,
    /// `m/44'/60'/i'/0/0`, one BIP-44 account for each address: Ledger Live.
    LedgerLive,
    /// `m/44'/60'/0'/i`, a step short of BIP-44: MyEtherWallet and the first Ledger apps.
    Legacy,
}

impl Family {
    /// All, the most usual first.
    pub const ALL: [Self; 3] = [Self::Bip44, Self::LedgerLive, Self::Legacy];

    /// What to call it before a person.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bip44 => "Most wallets",
            Self::LedgerLive => "Ledger Live",
            Self::Legacy => "Older Ledger and MyEtherWallet",
        }
    }

    /// The path of its account with this number, counted from 0, below 2^31.
    #[must_use]
    pub fn path(self, index: u32) -> DerivationPath {
        DerivationPath::from_steps([self.parent(), &self.steps(index)].concat())
    }

    /// The family and number of a path that belongs to one. The first account of Ledger Live is that of BIP-44.
    #[must_use]
    pub fn of(path: &DerivationPath) -> Option<(Self, u32)> {
        Self::ALL.into_iter().find_map(|family| {
            let step = path.steps().get(family.parent().len())?;
            let index = step & !HARDENED;
            (family.path(index) == *path).then_some((family, index))
        })
    }

    /// The steps that all its accounts share.
    pub(crate) const fn parent(self) -> &'static [u32] {
        match self {
            Self::Bip44 => &[HARDENED | 44, HARDENED | 60, HARDENED, 0],
            Self::LedgerLive => &[HARDENED | 44, HARDENED | 60],
            Self::Legacy => &[HARDENED | 44, HARDENED | 60, HARDENED],
        }
    }

    /// The steps below the shared ones.
    pub(crate) fn steps(self, index: u32) -> Vec<u32> {
        match self {
            Self::Bip44 | Self::Legacy => vec![index],
            Self::LedgerLive => vec![HARDENED | index, 0, 0],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_have_their_paths() {
        let check = |family: Family, index, path: &str| {
            assert_eq!(family.path(index).to_string(), path);
            assert_eq!(Family::of(&family.path(index)), Some((family, index)), "{path}");
        };
        check(Family::Bip44, 0, "m/44'/60'/0'/0/0");
        check(Family::Bip44, 7, "m/44'/60'/0'/0/7");
        check(Family::Bip44, 2_147_483_647, "m/44'/60'/0'/0/2147483647");
        check(Family::LedgerLive, 7, "m/44'/60'/7'/0/0");
        check(Family::LedgerLive, 2_147_483_647, "m/44'/60'/2147483647'/0/0");
        check(Family::Legacy, 0, "m/44'/60'/0'/0");
        check(Family::Legacy, 7, "m/44'/60'/0'/7");
    }

    #[test]
    fn other_paths_belong_to_none() {
        let check = |path: &str, expected| {
            assert_eq!(Family::of(&path.parse().unwrap()), expected, "{path}");
        };
        check("m/44'/60'/0'/0/0", Some((Family::Bip44, 0)));
        check("m", None);
        check("m/44'/60'", None);
        check("m/44'/60'/0'", None);
        check("m/44'/60'/0'/7'", None);
        check("m/44'/60'/0'/0/7'", None);
        check("m/44'/60'/0'/1/7", None);
        check("m/44'/60'/7'/0/1", None);
        check("m/44'/60'/7/0/0", None);
        check("m/44'/1'/0'/0/0", None);
        check("m/44'/60'/0'/0/0/0", None);
    }
}
