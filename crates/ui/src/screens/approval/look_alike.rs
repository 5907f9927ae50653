//! A receiver beside the one that it is mistaken for.

use candor_protocol::{recipient::LookAlikeView, view::ApprovalView};
use leptos::prelude::*;

use super::request::Part;
use crate::{
    effect::redrawn,
    screens::parts::{compared::compared, live::Live},
};

/// Both addresses, character by character; nothing if the receiver resembles nobody.
#[component]
pub fn Comparison(
    /// The request.
    request: Live<ApprovalView>,
) -> impl IntoView {
    let found = Part(request).of(|view| view.look_alike.clone());
    redrawn(move || {
        let LookAlikeView { receiver, known, name, differing } = found.get().flatten()?;
        let heading = match name {
            Some(name) => format!("{name}, as you know it"),
            None => "The one that you paid before".to_owned(),
        };
        let known_one = compared(heading, &known, &receiver, "");
        let sent_to = compared("The one that you send to".to_owned(), &receiver, &known, "bad");
        Some(
            view! {
                <section
                    class="ledger compare"
                    data-testid="look-alike"
                    data-known=known
                    data-address=receiver
                >
                    {known_one}
                    {sent_to}
                    <p class="compare__count">{format!("{differing} of 40 characters differ.")}</p>
                </section>
            }
            .into_any(),
        )
    })
}
