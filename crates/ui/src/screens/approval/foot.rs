//! The footer of a request.

use candor_protocol::view::{ApprovalView, ReadyView};
use leptos::prelude::*;

use super::request::Part;
use crate::{
    components::{hold_button::HoldButton, icon::Icon},
    effect::redrawn,
    model::request::{self, Answers},
    screens::parts::{live::Live, undo::Undo},
};

/// The footer: what else waits, the tick at high risk, the way out, and the act.
#[component]
pub fn Foot(
    /// The request.
    request: Live<ApprovalView>,
    /// What the person did so far.
    answers: RwSignal<Answers>,
    /// Esc was pressed once.
    leaving: RwSignal<bool>,
    /// Agrees.
    approve: Callback<()>,
    /// Refuses.
    reject: Callback<()>,
    /// Refuses everything of this origin.
    reject_all: Callback<()>,
) -> impl IntoView {
    let part = Part(request);
    let risky = part.of(request::is_high_risk);
    let word = part.of(|view| view.word.clone());
    let refusal = part.of(|view| view.refusal.clone());
    let verb = part.of(|view| view.verb.clone());
    let sending = part.of(|view| view.ready == ReadyView::Sending);
    let queue = part.of(request::queue_line);
    let enabled = Memo::new(move |_| {
        request.with(|view| answers.with(|answers| request::can_approve(view, answers))).unwrap_or_default()
    });
    let arming = Memo::new(move |_| {
        request.with(|view| answers.with(|answers| request::is_arming(view, answers))).unwrap_or_default()
    });
    let busy = move || sending.get() == Some(true);
    // Refusing stays possible until an answer is under way.
    let done = Memo::new(move |_| busy() || answers.with(|answers| answers.answered));
    let act = move || {
        let verb = verb.get().unwrap_or_default();
        if busy() { format!("{verb}…") } else { verb }
    };
    let refuse = move |class: &'static str| {
        view! {
            <button
                class=class
                data-testid="reject"
                disabled=move || done.get()
                on:click=move |_| reject.run(())
            >
                {redrawn(move || refusal.get())}
            </button>
        }
    };

    let undo = part.of(|view| match &view.ready {
        ReadyView::Undoable { hash, until_ms } => Some((hash.clone(), *until_ms)),
        ReadyView::Preparing | ReadyView::Ready | ReadyView::Failed { .. } | ReadyView::Sending => None,
    });
    view! {
        <footer class="win__foot">
            {redrawn(move || {
                let line = queue.get()??;
                Some(
                    view! {
                        <p class="queue">
                            <span data-testid="queue-count">{line}</span>
                            <button
                                class="btn btn--quiet btn--sm"
                                data-testid="reject-all"
                                disabled=move || done.get()
                                on:click=move |_| reject_all.run(())
                            >
                                "Reject all"
                            </button>
                        </p>
                    }
                        .into_any(),
                )
            })}
            {redrawn(move || {
                leaving
                    .get()
                    .then(|| view! { <p class="queue" role="status">"Press Esc again to say no."</p> }.into_any())
            })}
            {redrawn(move || {
                if let Some((hash, until_ms)) = undo.get().flatten() {
                    view! { <Undo hash until_ms/> }.into_any()
                } else if risky.get() == Some(true) {
                    view! {
                        {redrawn(move || match word.get().flatten() {
                            Some(word) => view! { <TypedWord word answers/> }.into_any(),
                            None => view! { <Understood answers/> }.into_any(),
                        })}
                        <div class="two two--risk">
                            {refuse("btn btn--ink btn--lg")}
                            <HoldButton
                                label=Signal::derive(move || {
                                    request::hold_label(&act())
                                })
                                disabled=Signal::derive(move || !enabled.get())
                                testid="approve"
                                on_done=approve
                            />
                        </div>
                    }
                        .into_any()
                } else {
                    view! {
                        <div class="two two--13">
                            {refuse("btn btn--plain btn--lg")}
                            <button
                                class="btn btn--primary btn--lg"
                                data-testid="approve"
                                disabled=move || !enabled.get()
                                data-arming=move || arming.get().then_some("true")
                                aria-busy=move || busy().to_string()
                                on:click=move |_| approve.run(())
                            >
                                {redrawn(act)}
                            </button>
                        </div>
                    }
                        .into_any()
                }
            })}
        </footer>
    }
}

/// The word that a remark asks for which cannot be mended afterwards.
#[component]
fn TypedWord(word: String, answers: RwSignal<Answers>) -> impl IntoView {
    let typed = Memo::new(move |_| answers.with(|answers| answers.typed.clone()));
    view! {
        <label class="field">
            <span class="field__label"><span>"To send it all the same, type “"<b>{word.clone()}</b>"”."</span></span>
            <span class="input">
                <input
                    data-testid="risk-word"
                    data-word=word
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=move || typed.get()
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        answers.update(|answers| answers.typed = text);
                    }
                />
            </span>
        </label>
    }
}

/// The tick that high risk asks for.
#[component]
fn Understood(answers: RwSignal<Answers>) -> impl IntoView {
    let ticked = Memo::new(move |_| answers.with(|answers| answers.understood));
    view! {
        <label class="checkline" data-testid="understood">
            <input
                class="vh"
                type="checkbox"
                prop:checked=move || ticked.get()
                on:change=move |event| {
                    let understood = event_target_checked(&event);
                    answers.update(|answers| answers.understood = understood);
                }
            />
            <span class="tick tick--risk" aria-hidden="true" data-checked=move || ticked.get().to_string()>
                <Icon name="check" size=16/>
            </span>
            <span>"I have read the warning and want this anyway."</span>
        </label>
    }
}
