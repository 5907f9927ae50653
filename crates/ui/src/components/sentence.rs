//! The sentence of a request.

use candor_protocol::view::{SentenceView, SlotView};
use leptos::{ev::KeyboardEvent, prelude::*};

use super::{note::tone_name, sheet::Sheet};
use crate::{
    effect::redrawn,
    model::sentence::{Part, parts},
};

/// A request as one sentence, its heading. Every variable part can be pressed and then shows its exact value.
#[component]
pub fn Sentence(
    /// The sentence.
    sentence: SentenceView,
) -> impl IntoView {
    let exactly = Exactly::new();
    let words = exactly.words(&sentence);
    view! {
        <h1 class="say" data-testid="sentence" data-template=sentence.key>
            {words}
        </h1>
        {exactly.sheet()}
    }
}

/// What a request comes to, one sentence after the other.
#[component]
pub fn Steps(
    /// The sentences.
    steps: Vec<SentenceView>,
) -> impl IntoView {
    let exactly = Exactly::new();
    let steps = steps.into_iter().map(|step| {
        let words = exactly.words(&step);
        view! { <li class="say say--sm" data-testid="step" data-template=step.key>{words}</li> }.into_any()
    });
    view! {
        <ol class="saysteps">{steps.collect_view()}</ol>
        {exactly.sheet()}
    }
}

/// The sheet with the exact value of a part that was pressed.
#[derive(Clone, Copy)]
struct Exactly {
    open: RwSignal<bool>,
    looked_at: RwSignal<Option<SlotView>>,
}

impl Exactly {
    fn new() -> Self {
        Self { open: RwSignal::new(false), looked_at: RwSignal::new(None) }
    }

    /// A sentence whose parts can be pressed.
    fn words(self, sentence: &SentenceView) -> AnyView {
        let show = Callback::new(move |slot: SlotView| {
            self.looked_at.set(Some(slot));
            self.open.set(true);
        });
        let words = parts(sentence).into_iter().map(|part| match part {
            Part::Text(text) => text.into_any(),
            Part::Slot(slot) => view! { <Variable value=slot show/> }.into_any(),
        });
        words.collect_view().into_any()
    }

    fn sheet(self) -> AnyView {
        let Self { open, looked_at } = self;
        view! {
            <Sheet open title="Exactly">
                <dl class="exact">
                    {redrawn(move || {
                        looked_at
                            .get()
                            .map(|slot| {
                                view! {
                                    <dt dir="auto">{slot.text}</dt>
                                    <dd class="mono exact__v" dir="ltr" data-testid="exact">
                                        {slot.exact}
                                    </dd>
                                }
                                    .into_any()
                            })
                    })}
                </dl>
            </Sheet>
        }
        .into_any()
    }
}

/// A variable part. A span, because a native button cannot break across lines.
#[component]
fn Variable(value: SlotView, show: Callback<SlotView>) -> impl IntoView {
    let SlotView { name, text, tone, .. } = value.clone();
    let pressed = value.clone();
    let keys = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") && !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            show.run(value.clone());
        }
    };
    view! {
        <span
            class="say__v"
            role="button"
            tabindex="0"
            data-slot=name
            data-tone=tone_name(tone)
            on:click=move |_| show.run(pressed.clone())
            on:keydown=keys
        >
            <bdi>{text}</bdi>
        </span>
    }
}
