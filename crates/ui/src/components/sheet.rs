//! Panels that rise from below.

use leptos::{html::Dialog, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::icon::Icon;
use crate::effect::{effect, redrawn};

/// A panel that rises from below. Esc and a press outside close it, focus stays inside and returns afterwards; all of
/// that is the browser's own modal dialog. Its content exists only while it is open.
#[component]
pub fn Sheet(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// Its content.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    effect(move || {
        let Some(element) = dialog.get() else { return };
        match (open.get(), element.open()) {
            // Fails only for a dialog that is not in the document, which then cannot be seen anyway.
            (true, false) => drop(element.show_modal()),
            (false, true) => element.close(),
            _ => {}
        }
    });
    // The dialog fills the window behind its panel, so that a press outside is one on the dialog itself.
    let outside = move |event: leptos::ev::MouseEvent| {
        let pressed = event.target().and_then(|target| target.dyn_into::<HtmlDialogElement>().ok());
        if pressed.is_some() {
            open.set(false);
        }
    };
    let title = StoredValue::new(title);
    // The event comes late: by then the sheet may be open again.
    let closed = move |_| {
        if !dialog.get_untracked().is_some_and(|element| element.open()) {
            open.set(false);
        }
    };
    view! {
        <dialog class="sheet" node_ref=dialog on:close=closed on:click=outside>
            {redrawn(move || {
                open.get()
                    .then(|| {
                        view! {
                            <section class="sheetbox" data-testid="sheet" aria-label=title.get_value()>
                                <header class="sheet__head">
                                    <h2 class="bar__title" tabindex="-1" autofocus>
                                        {title.get_value()}
                                    </h2>
                                    <button
                                        class="iconbtn"
                                        aria-label="Close"
                                        data-testid="sheet-close"
                                        on:click=move |_| open.set(false)
                                    >
                                        <Icon name="x"/>
                                    </button>
                                </header>
                                {children()}
                            </section>
                        }
                            .into_any()
                    })
            })}
        </dialog>
    }
}
