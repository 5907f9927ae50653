//! What `cargo xtask bench` measures beside the JavaScript libraries that other wallets use: the wallet's own crates for
//! phrases and keys, called as the background and the import worker call them, and nothing around them. It
//! is built as the background is, and it never ships.

use candor_keys::{DerivationPath, Nfkd, Phrase, Progress, Search, keyring::Keyring};
use candor_primitives::{Address, Unicode};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};
use zeroize::Zeroizing;

/// Only English phrases are measured, and ASCII is its own normal form.
struct Ascii;

impl Unicode for Ascii {
    fn nfkd(&self, text: &str) -> Zeroizing<String> {
        Zeroizing::new(text.to_owned())
    }
}

/// A wallet's keyring.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Wallet {
    keyring: Keyring,
}

#[wasm_bindgen]
impl Wallet {
    /// From a typed phrase, without a passphrase, to its seed (BIP-39).
    ///
    /// # Errors
    /// The text is not a phrase.
    #[wasm_bindgen(constructor)]
    pub fn new(phrase: &str) -> Result<Wallet, JsError> {
        let phrase = Phrase::parse(&Nfkd::of(phrase, &Ascii))?;
        Ok(Self { keyring: Keyring::new(&phrase, &Nfkd::empty()) })
    }

    /// The addresses of the first accounts (BIP-44), one a line.
    ///
    /// # Errors
    /// A path has no key.
    pub fn accounts(&self, count: u32) -> Result<String, JsError> {
        let mut walk = self.keyring.walk();
        let address = |index| Ok(walk.account(&DerivationPath::ethereum(index))?.address().to_string());
        (0..count).map(address).collect::<Result<Vec<_>, _>>().map(|addresses| addresses.join("\n"))
    }

    /// Compares so many accounts of each family with an address that is none of them, and says how many were compared.
    ///
    /// # Errors
    /// A family has no keys.
    pub fn search(&self, indices: u32) -> Result<u32, JsError> {
        let mut search = self.keyring.search(Address::ZERO)?;
        Ok(match search.step(indices) {
            Progress::Searching { done, .. } => done,
            Progress::NotFound => 3 * Search::INDICES,
            Progress::Found { .. } => 0,
        })
    }
}
