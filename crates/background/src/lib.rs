//! The wallet core behind one function: an event as JSON in, effects as JSON out.
//!
//! `background.js` runs the effects. There is no logic here, only the border between JavaScript and the core: text
//! becomes types, the clock's reading becomes an argument, and randomness comes from the platform.

use candor_primitives::{Entropy, Millis, Unicode};
use candor_protocol::host::{Effect, Event, Stored};
use candor_wallet::Wallet;
use js_sys::JsString;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

/// What JavaScript has and the core needs.
struct Platform;

impl Entropy for Platform {
    fn fill(&mut self, buffer: &mut [u8]) {
        // Without randomness nothing may go on: a panic replaces the instance and changes nothing.
        #[expect(clippy::expect_used, reason = "there is no safe way on")]
        getrandom::fill(buffer).expect("the platform gives random bytes");
    }
}

impl Unicode for Platform {
    fn nfkd(&self, text: &str) -> Zeroizing<String> {
        Zeroizing::new(JsString::from(text).normalize("NFKD").into())
    }
}

/// A running wallet.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Background {
    wallet: Wallet,
    waking: Vec<Effect>,
}

#[wasm_bindgen]
impl Background {
    /// Starts from a [`Stored`] as JSON, at a moment in milliseconds since the epoch.
    ///
    /// # Errors
    /// The text is not a [`Stored`].
    pub fn wake(stored: &str, now_ms: f64) -> Result<Background, String> {
        let stored: Stored = serde_json::from_str(stored).map_err(|wrong| wrong.to_string())?;
        let (wallet, waking) = Wallet::wake(&stored, moment(now_ms));
        Ok(Self { wallet, waking })
    }

    /// What is to be done after waking, as a JSON list of [`Effect`].
    #[wasm_bindgen(js_name = takeEffects)]
    pub fn take_effects(&mut self) -> String {
        to_json(&core::mem::take(&mut self.waking))
    }

    /// Handles an [`Event`] as JSON, at a moment, and returns a JSON list of [`Effect`].
    ///
    /// # Errors
    /// The text is not an [`Event`].
    pub fn handle(&mut self, event: &str, now_ms: f64) -> Result<String, String> {
        let event: Event = serde_json::from_str(event).map_err(|wrong| wrong.to_string())?;
        Ok(to_json(&self.wallet.handle(event, moment(now_ms), &mut Platform)))
    }
}

fn to_json(effects: &[Effect]) -> String {
    // Effects hold strings and numbers only, which serde_json cannot fail on.
    serde_json::to_string(effects).unwrap_or_else(|_| "[]".to_owned())
}

/// A reading of `Date.now()`: a whole number far below 2^53.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "Date.now() is positive and whole"
)]
const fn moment(now_ms: f64) -> Millis {
    Millis(now_ms as u64)
}
