//! The text of a message.

use candor_protocol::view::{ApprovalView, RequestKind};
use leptos::prelude::*;

use super::request::Part;
use crate::{components::icon::Icon, effect::redrawn, model::request, screens::parts::live::Live};

/// The message's own text in full, set apart so that it cannot pass for the wallet's words.
#[component]
pub fn MessagePart(
    /// The request.
    request: Live<ApprovalView>,
) -> impl IntoView {
    let words = Part(request).of(|view| view.words.clone().map(|words| (view.kind, words)));
    redrawn(move || {
        let (kind, words) = words.get().flatten()?;
        let sign_in = (kind == RequestKind::SignIn).then(|| {
            view! {
                <p class="hintline dim">
                    <Icon name="eye" size=18/>
                    <span>"The site will know this address and everything it has done in public."</span>
                </p>
            }
            .into_any()
        });
        Some(view! {
            <section>
                <h2 class="grp grp--bare">{request::words_heading(kind)}</h2>
                <blockquote class="quote quote--full" dir="auto" data-testid="message-text" tabindex="0">
                    {words}
                </blockquote>
            </section>
            {sign_in}
        })
    })
}
