//! Reads and writes what people keep on paper and in files, for a throw-away worker of the wallet's own pages: phrases,
//! SLIP-39 shares, private keys, key files.
//!
//! It is a module of its own, with all ten word lists, so that the popup never loads it, and so that what was typed is
//! gone with the worker: nothing is kept between calls. There is no logic in this file, only the border between
//! JavaScript and the rest.

mod accounts;
mod answer;
mod error;
mod key;
mod key_file;
mod phrase;
mod record;
mod shares;
#[cfg(test)]
mod testing;
mod word;

use candor_primitives::{Entropy, Unicode};
use js_sys::JsString;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

/// What a browser has and the calls need.
struct Browser;

impl Entropy for Browser {
    fn fill(&mut self, buffer: &mut [u8]) {
        // Without randomness nothing may go on: a panic replaces the instance and changes nothing.
        #[expect(clippy::expect_used, reason = "there is no safe way on")]
        getrandom::fill(buffer).expect("the platform gives random bytes");
    }
}

impl Unicode for Browser {
    fn nfkd(&self, text: &str) -> Zeroizing<String> {
        Zeroizing::new(JsString::from(text).normalize("NFKD").into())
    }
}

/// Answers a call of `candor_protocol::import`, as JSON: `{"ok":…}` or `{"err":…}`. Its own copies of both texts are
/// wiped.
#[must_use]
#[wasm_bindgen]
pub fn call(json: String) -> JsString {
    let json = Zeroizing::new(json);
    JsString::from(answer::to_json(&json, &mut Browser).as_str())
}
