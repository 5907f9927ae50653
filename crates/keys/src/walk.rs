use coins_bip32::xkeys::XPriv;

use crate::{
    DerivationPath, KeyError, PrivateKey,
    account::{child, node, private_key},
    keyring::Keyring,
};

/// Accounts of one keyring, one after the other: the steps that a path has in common with the one before are not taken
/// again, which for the accounts of one family are all but the last. It holds keys of the seed, which are wiped when it
/// is dropped.
#[derive(Debug)]
pub struct Walk<'a> {
    keyring: &'a Keyring,
    root: Option<XPriv>,
    /// The steps of the path before, each with the key below it.
    taken: Vec<(u32, XPriv)>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(keyring: &'a Keyring) -> Self {
        // Room for every path in use: growing would leave keys behind in memory that is given back.
        Self { keyring, root: None, taken: Vec::with_capacity(16) }
    }

    /// The account at a path.
    ///
    /// # Errors
    /// As of [`Keyring::account`].
    pub fn account(&mut self, path: &DerivationPath) -> Result<PrivateKey, KeyError> {
        let Some(seed) = self.keyring.seed() else { return self.keyring.account(path) };
        let root = match &mut self.root {
            Some(root) => root,
            none => none.insert(node(seed, &DerivationPath::root())?),
        };
        let common = self.taken.iter().zip(path.steps()).take_while(|((taken, _), step)| taken == *step);
        let common = common.count();
        self.taken.truncate(common);
        for step in path.steps().iter().skip(common) {
            let key = child(self.taken.last().map_or(root, |(_, key)| key), *step)?;
            self.taken.push((*step, key));
        }
        Ok(private_key(self.taken.last().map_or(root, |(_, key)| key)))
    }
}

#[cfg(test)]
mod tests {
    use candor_primitives::Secret;

    use super::*;

    #[test]
    fn whatever_the_order_each_path_has_its_account() {
        let keyring = Keyring::from_shared_secret(Secret::new(vec![0x7f; 64])).unwrap();
        let mut walk = keyring.walk();
        let mut check = |path: &str| {
            let path: DerivationPath = path.parse().unwrap();
            let (walked, alone) = (walk.account(&path).unwrap(), keyring.account(&path).unwrap());
            assert_eq!((walked.address(), walked.expose()), (alone.address(), alone.expose()));
        };
        check("m/44'/60'/0'/0/0");
        check("m/44'/60'/0'/0/1");
        check("m/44'/60'/0'/0/1");
        check("m/44'/60'/0'");
        check("m/44'/60'/0'/7");
        check("m/44'/60'/3'/0/0");
        check("m/44'/60/0'/0/0");
        check("m");
        check("m/44'/60'/0'/0/2");
    }

    #[test]
    fn a_single_key_has_its_only_account() {
        let keyring = Keyring::from_key(PrivateKey::from_bytes(&[1; 32]).unwrap());
        let mut walk = keyring.walk();
        let mut check = |path: &str, expected: bool| {
            assert_eq!(walk.account(&path.parse().unwrap()).is_ok(), expected, "{path}");
        };
        check("m", true);
        check("m/0", false);
        check("m", true);
    }
}
