//! A receiver beside the one that it is mistaken for.

use candor_protocol::{recipient::LookAlikeView, view::ApprovalView};
use leptos::prelude::*;

use super::request::Part;
use crate::{components::seal::Seal, effect::redrawn, model::address, screens::parts::live::Live};

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
        let known_one = line(heading, &known, &receiver, "");
        let sent_to = line("The one that you send to".to_owned(), &receiver, &known, "bad");
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

/// One address in groups of four, with the characters marked that the other one has not.
fn line(heading: String, shown: &str, other: &str, mark: &'static str) -> AnyView {
    let tone = if mark.is_empty() { "" } else { "risk" };
    let groups = address::compared(shown, other);
    let group = |letters: &Vec<(char, bool)>| {
        let letters = letters.iter().map(|(letter, differs)| {
            let class = if *differs { format!("d {mark}") } else { "s".to_owned() };
            view! { <span class=class>{letter.to_string()}</span> }.into_any()
        });
        view! { <span class="dgrp">{letters.collect_view()}</span> }.into_any()
    };
    let (first, second) = groups.split_at(groups.len().min(5));
    view! {
        <div class="compare__h">
            <b class=tone>{heading}</b>
            <Seal address=shown.to_owned() size=28/>
        </div>
        <div class="diff" dir="ltr" role="img" aria-label=shown.to_owned()>
            <div class="diff__l"><span class="ox">"0x"</span>{first.iter().map(group).collect_view()}</div>
            <div class="diff__l"><span class="ox"></span>{second.iter().map(group).collect_view()}</div>
        </div>
    }
    .into_any()
}
