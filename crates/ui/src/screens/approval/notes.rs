//! Remarks beside a request.

use candor_protocol::view::{NoteView, Tone};
use leptos::prelude::*;

use crate::{components::icon::Icon, model::request};

/// Remarks beside the sentence: warnings of high risk in one box, the others line by line.
#[component]
pub fn Notes(
    /// The remarks, worst first.
    notes: Vec<NoteView>,
) -> impl IntoView {
    let shown = request::shown_notes(&notes).to_vec();
    let (risks, rest): (Vec<_>, Vec<_>) = shown.into_iter().partition(|note| note.tone == Tone::Risk);
    let warnings = (!risks.is_empty()).then(|| {
        let items = risks.into_iter().map(|note| {
            view! {
                <div class="why__i" data-testid="risk" data-rule=note.rule data-level="high">
                    <Icon name="stop" size=20/>
                    <p><b>{note.what}</b>" "{note.why}</p>
                </div>
            }
            .into_any()
        });
        view! { <section class="why" aria-label="Why we warn you">{items.collect_view()}</section> }
            .into_any()
    });
    let remarks = rest.into_iter().map(|note| {
        let (tone, icon, level) = match note.tone {
            Tone::Care | Tone::Risk => ("care", "alert", "care"),
            Tone::Good => ("good", "shieldcheck", "good"),
            Tone::Plain => ("plain", "info", "plain"),
        };
        let class = if note.tone == Tone::Care { "note" } else { "note note--line" };
        view! {
            <div class=class data-tone=tone data-testid="risk" data-rule=note.rule data-level=level>
                <Icon name=icon size=20/>
                <p class="note__what">{note.what}</p>
                <p class="note__why">{note.why}</p>
            </div>
        }
        .into_any()
    });
    view! {
        {warnings}
        {remarks.collect_view()}
    }
}
