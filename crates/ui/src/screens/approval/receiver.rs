//! The receiver of a payment of one's own, in full.

use candor_protocol::view::ApprovalView;
use leptos::prelude::*;

use super::request::Part;
use crate::{
    components::seal::Seal,
    effect::redrawn,
    model::request,
    screens::parts::{fours::Fours, live::Live},
};

/// The whole address under the sentence: what was typed or pasted is compared here for the last time.
#[component]
pub fn Receiver(
    /// The request.
    request: Live<ApprovalView>,
) -> impl IntoView {
    let receiver = Part(request).of(request::own_receiver);
    redrawn(move || {
        let (name, address) = receiver.get().flatten()?;
        Some(view! {
            <section class="receiver" data-testid="receiver" data-address=address.clone()>
                <div class="receiver__who">
                    <Seal address=address.clone() size=32/>
                    <b dir="auto">{name}</b>
                </div>
                <Fours address=address.clone()/>
            </section>
        })
    })
}
