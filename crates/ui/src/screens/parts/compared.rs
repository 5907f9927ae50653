//! Two addresses, one over the other, to be compared by eye.

use leptos::prelude::*;

use crate::{components::seal::Seal, model::address};

/// One address in groups of four, with the characters marked that the other one has not.
pub fn compared(heading: String, shown: &str, other: &str, mark: &'static str) -> AnyView {
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
