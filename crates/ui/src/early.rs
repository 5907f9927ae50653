//! The unlock field that page.html shows while this application loads. What was typed into it goes on in the field
//! that takes its place, and if it was sent off already, the wallet is opened with it.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use zeroize::ZeroizeOnDrop;

/// What happened in the early field.
#[derive(Default, ZeroizeOnDrop)]
pub struct Early {
    /// The password as far as it was typed.
    pub typed: String,
    /// Behind which character the next one goes, in UTF-16 code units.
    pub caret: u32,
    /// Whether the form was sent off.
    pub sent: bool,
}

impl Early {
    /// Takes the early field out of the document, if there is one.
    #[must_use]
    pub fn take() -> Option<Self> {
        let form: HtmlElement = document().get_element_by_id("early")?.dyn_into().ok()?;
        let field: HtmlInputElement = form.query_selector("input").ok()??.dyn_into().ok()?;
        let typed = field.value();
        let end = typed.encode_utf16().count();
        let caret =
            field.selection_end().ok().flatten().unwrap_or_else(|| end.try_into().unwrap_or(u32::MAX));
        let sent = form.dataset().get("sent").is_some();
        field.set_value("");
        form.remove();
        Some(Self { typed, caret, sent })
    }
}

impl core::fmt::Debug for Early {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Early(…)")
    }
}
