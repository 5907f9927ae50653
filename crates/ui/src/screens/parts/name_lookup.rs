//! The address behind a name, below the field that the name was typed into.

use candor_protocol::{
    names::{FoundName, NameView},
    ui::LookUpName,
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    fours::Fours,
    problem_box::{ProblemBox, of_error},
};
use crate::{
    client,
    effect::redrawn,
    model::{
        Problem,
        address::{self, RecipientError},
    },
};

/// Offers to look up what was typed while it is a name; then the field has the address, and this says whose it is.
#[component]
pub fn NameLookup(
    /// What was typed.
    to: RwSignal<String>,
    /// The name, while the field has its address.
    found: RwSignal<Option<FoundName>>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    // The name that it is about, and what came of it.
    let asked = RwSignal::new(None::<(String, Result<String, Problem>)>);
    let look_up = move |host: Option<String>| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        asked.set(None);
        let name = to.get_untracked().trim().to_owned();
        spawn_local(async move {
            let answer = client::call(LookUpName { name: name.clone(), host }).await;
            busy.try_set(false);
            // Something else may have been typed meanwhile.
            if to.try_with_untracked(|to| to.trim() == name) != Some(true) {
                return;
            }
            match answer {
                Ok(NameView::Found(name)) => {
                    to.try_set(name.address.clone());
                    found.try_set(Some(name));
                }
                Ok(NameView::Ask { host, .. }) => {
                    asked.try_set(Some((name, Ok(host))));
                }
                Err(error) => {
                    asked.try_set(Some((name, Err(of_error(&error)))));
                }
            }
        });
    };
    redrawn(move || {
        let typed = to.with(|to| to.trim().to_owned());
        if let Some(found) = found.get().filter(|found| address::same(&found.address, &typed)) {
            return Some(view! { <Found found/> }.into_any());
        }
        if address::recipient(&typed) != Err(RecipientError::Name) {
            return None;
        }
        let outcome = asked.get().filter(|(name, _)| *name == typed).map(|(_, outcome)| outcome);
        let (label, why, host) = match &outcome {
            Some(Ok(host)) => (
                format!("Ask {host}"),
                format!("This name is kept by {host}, which then learns that you look for it."),
                Some(host.clone()),
            ),
            _ => (
                format!("Look up {typed}"),
                "Names are kept on Ethereum. Your servers there are asked.".to_owned(),
                None,
            ),
        };
        let problem = outcome.and_then(Result::err).map(|problem| view! { <ProblemBox problem/> });
        Some(
            view! {
                <div class="pad namebox">
                    <button
                        type="button"
                        class="btn btn--plain btn--full"
                        data-testid="name-look-up"
                        data-host=host.clone()
                        disabled=move || busy.get()
                        on:click=move |_| look_up(host.clone())
                    >
                        {label}
                    </button>
                    <p class="field__hint">{why}</p>
                    {problem}
                </div>
            }
            .into_any(),
        )
    })
}

/// Whose address the field has.
#[component]
fn Found(found: FoundName) -> impl IntoView {
    let FoundName { name, address, confirmed, mutual } = found;
    let who = match (confirmed, mutual) {
        (true, true) => "Two of your servers say so, and the address goes by this name.",
        (true, false) => "Two of your servers say so.",
        (false, true) => "One of your servers says so, and the address goes by this name.",
        (false, false) => "Only one of your servers says so. Compare the address with one that you trust.",
    };
    view! {
        <div class="pad namebox" data-testid="name-found" data-name=name.clone() role="status">
            <p><b>{name.clone()}</b>" stands for"</p>
            <Fours address/>
            <p class="field__hint">{who}</p>
        </div>
    }
}
