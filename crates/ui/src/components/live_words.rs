//! Words as they are understood while somebody types them.

use candor_protocol::view::PhraseWordView;
use leptos::prelude::*;

use crate::effect::redrawn;

/// The words as understood, on numbered lines.
#[component]
pub fn LiveWords(
    /// In order.
    words: Memo<Vec<PhraseWordView>>,
) -> impl IntoView {
    view! {
        <ol class="words words--live" data-count=move || words.with(Vec::len).to_string() translate="no">
            {redrawn(move || {
                words
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(index, PhraseWordView { text, known, .. })| {
                        view! {
                            <li data-testid="restore-word" data-index=(index + 1).to_string() data-known=known.to_string()>
                                <span class="words__n">{(index + 1).to_string()}</span>
                                <span class="words__w">{text}</span>
                            </li>
                        }
                            .into_any()
                    })
                    .collect_view()
            })}
        </ol>
    }
}

/// Known words that are close to an unknown one.
#[component]
pub fn Offers(
    /// Which word is unknown, from 0.
    index: usize,
    /// The known ones.
    words: Vec<String>,
    /// One was chosen for it.
    on_choose: Callback<(usize, String)>,
) -> impl IntoView {
    let buttons = words
        .into_iter()
        .map(|word| {
            let chosen = word.clone();
            view! {
                <button
                    type="button"
                    class="btn btn--soft btn--sm"
                    data-testid="restore-offer"
                    on:click=move |_| on_choose.run((index, chosen.clone()))
                >
                    {format!("Use “{word}”")}
                </button>
            }
            .into_any()
        })
        .collect_view();
    view! { <div class="offers">{buttons}</div> }
}
