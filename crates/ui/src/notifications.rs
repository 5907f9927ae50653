//! Whether the browser may show notifications of the wallet, by the permission that any page can ask a person for.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::browser;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Notification, js_name = requestPermission, catch)]
    fn request_permission() -> Result<Promise, JsValue>;
}

const GRANTED: &str = "granted";

/// Whether they are allowed now.
#[must_use]
pub fn are_allowed() -> bool {
    let known = Reflect::get(&js_sys::global(), &"Notification".into());
    let permission = known.and_then(|kind| Reflect::get(&Object::from(kind), &"permission".into()));
    permission.ok().and_then(|permission| permission.as_string()).as_deref() == Some(GRANTED)
}

/// Asks the person, inside a press of a button; the question leaves before this returns.
pub fn ask() -> impl Future<Output = bool> {
    let answer = browser::answer_of(request_permission());
    async move { answer.await.as_deref() == Some(GRANTED) }
}
