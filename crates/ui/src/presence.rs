//! Tells the background that a person is there, so that the wallet does not lock under their hands; and locks it when
//! they press the keys for that.

use candor_protocol::ui::{Lock, Used};
use leptos::{ev, prelude::*, task::spawn_local};

use crate::{client, screens::parts::act::attempt};

/// So often at most, in milliseconds.
const GRAIN_MS: f64 = 10_000.0;

/// Listens to the pointer and the keyboard for as long as the page lives.
pub fn watch() {
    let told = StoredValue::new(f64::NEG_INFINITY);
    let tell = move || {
        let now = js_sys::Date::now();
        if now - told.get_value() < GRAIN_MS {
            return;
        }
        told.set_value(now);
        spawn_local(async {
            // Locked meanwhile, or the worker is starting: nothing is lost.
            drop(client::call(Used {}).await);
        });
    };
    let pointer = window_event_listener(ev::pointerdown, move |_| tell());
    let keyboard = window_event_listener(ev::keydown, move |event| {
        // The browser takes these keys itself where the person did not give them to something else.
        if event.alt_key() && event.shift_key() && event.code() == "KeyL" {
            event.prevent_default();
            attempt(Lock {});
        } else {
            tell();
        }
    });
    // Their handles remove them when called, which is never: the page goes with them.
    drop((pointer, keyboard));
}
