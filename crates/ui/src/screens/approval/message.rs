//! The text of a message.

use candor_protocol::view::{ApprovalView, RequestKind};
use leptos::prelude::*;

use super::request::Part;
use crate::{
    components::{disclosure::DisclosureLine, icon::Icon},
    effect::redrawn,
    model::request,
    screens::parts::live::Live,
};

/// The message's own text in full, set apart so that it cannot pass for the wallet's words.
#[component]
pub fn MessagePart(
    /// The request.
    request: Live<ApprovalView>,
) -> impl IntoView {
    let words = Part(request).of(|view| view.words.clone().map(|words| (view.kind, words)));
    redrawn(move || {
        let (kind, words) = words.get().flatten()?;
        if request::words_hidden(kind) {
            return Some(view! { <Hidden kind words/> }.into_any());
        }
        let sign_in = (kind == RequestKind::SignIn).then(|| {
            view! {
                <p class="hintline dim">
                    <Icon name="eye" size=18/>
                    <span>"The site will know this address and everything it has done in public."</span>
                </p>
            }
            .into_any()
        });
        Some(
            view! {
                <Words kind words/>
                {sign_in}
            }
            .into_any(),
        )
    })
}

/// A text that is shown when it is asked for.
#[component]
fn Hidden(kind: RequestKind, words: String) -> impl IntoView {
    let open = RwSignal::new(false);
    let words = StoredValue::new(words);
    view! {
        <DisclosureLine testid="message-show" icon="eye" title="Show what the message says" open/>
        {redrawn(move || open.get().then(|| view! { <Words kind words=words.get_value()/> }.into_any()))}
    }
}

#[component]
fn Words(kind: RequestKind, words: String) -> impl IntoView {
    view! {
        <section>
            <h2 class="grp grp--bare">{request::words_heading(kind)}</h2>
            <blockquote class="quote quote--full" dir="auto" data-testid="message-text" tabindex="0">
                {words}
            </blockquote>
        </section>
    }
}
