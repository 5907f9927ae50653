//! An address to be compared by eye.

use leptos::prelude::*;

use crate::model::address;

/// An address in groups of four, five to a line, so that the eye keeps its place.
#[component]
pub fn Fours(
    /// The address.
    address: String,
) -> impl IntoView {
    let groups = address::fours(&address);
    let (first, second) = groups.split_at(groups.len().min(5));
    let line = |groups: &[String]| {
        groups.iter().map(|group| view! { <span>{group.clone()}</span> }.into_any()).collect_view()
    };
    view! {
        <div class="addr4" dir="ltr" role="img" aria-label=address.clone() data-address=address.clone()>
            <span class="ox">"0x"</span>
            {line(first)}
            <span class="ox"></span>
            {line(second)}
        </div>
    }
}
