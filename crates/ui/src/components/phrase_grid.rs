//! A recovery phrase on numbered lines.

use candor_protocol::ui::SecretText;
use leptos::prelude::*;

use crate::effect::redrawn;

/// Widths of the bars that stand for hidden words; they have nothing to do with the words.
const BARS: [&str; 5] = ["a", "d", "b", "e", "c"];

/// The words of a phrase on their numbered lines. Hidden words are not in the document at all.
#[component]
pub fn PhraseGrid(
    /// How many lines.
    #[prop(into)]
    count: Signal<usize>,
    /// The words while they are shown.
    words: RwSignal<Option<Vec<SecretText>>>,
) -> impl IntoView {
    let line = move |index: usize| {
        let word = move || words.with(|words| words.as_ref().and_then(|words| words.get(index)).cloned());
        view! {
            <li data-testid="phrase-word" data-index=(index + 1).to_string()>
                <span class="words__n">{(index + 1).to_string()}</span>
                {redrawn(move || match word() {
                    Some(word) => view! { <span class="words__w">{word.0.clone()}</span> }.into_any(),
                    None => {
                        view! { <span class="words__h" data-bar=BARS[index % BARS.len()] aria-label="hidden"></span> }
                            .into_any()
                    }
                })}
            </li>
        }
        .into_any()
    };
    view! {
        <ol class="words" class:words--long=move || { count.get() > 24 } data-count=move || count.get().to_string() translate="no">
            {redrawn(move || (0..count.get()).map(line).collect_view())}
        </ol>
    }
}
