//! Checking the paper copy: three words, typed from it.

use candor_protocol::ui::{ConfirmBackup, UiError};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::phrase::new_words;
use crate::{
    app, browser, client,
    components::{icon::Icon, leaf::Leaf, note::Problem},
    effect::redrawn,
    importer::Importer,
    model::phrase::{asked, same_word},
};

const NOTES: &[(&str, &str)] = &[
    ("Why we ask", "One swapped or misread word is enough to lose everything. Better to find out today."),
    ("Stuck?", "Go back and look at the words again. They have not changed."),
    ("After this", "Your wallet is ready. Only one question is left: which servers it may ask."),
];

/// One asked word.
#[derive(Clone, Copy, Debug)]
struct Question {
    /// Its line on the paper.
    line: usize,
    typed: RwSignal<String>,
    verdict: RwSignal<Verdict>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    Open,
    Right,
    /// With what was typed.
    Wrong(String),
}

/// Three lines of the paper.
#[component]
pub fn QuizScreen() -> impl IntoView {
    let importer = Importer::new();
    let questions = RwSignal::new(Vec::<Question>::new());
    let failure = RwSignal::new(None::<UiError>);
    let busy = RwSignal::new(false);
    spawn_local(async move {
        match new_words(importer).await {
            // Only how many there are is of interest here.
            Ok(words) => {
                let draws = core::array::from_fn(|_| js_sys::Math::random());
                let lines = asked(words.len(), draws);
                questions.try_set(
                    lines
                        .into_iter()
                        .map(|line| Question {
                            line,
                            typed: RwSignal::new(String::new()),
                            verdict: RwSignal::new(Verdict::Open),
                        })
                        .collect(),
                );
            }
            Err(error) => drop(failure.try_set(Some(error))),
        }
    });

    let complete = Memo::new(move |_| {
        questions.with(|all| {
            !all.is_empty() && all.iter().all(|one| one.typed.with(|typed| !typed.trim().is_empty()))
        })
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || !complete.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            match check(importer, questions.get_untracked()).await {
                Ok(true) => app::go("#/networks"),
                Ok(false) => {}
                Err(error) => drop(failure.try_set(Some(error))),
            }
            busy.try_set(false);
        });
    };
    let trouble = Signal::derive(move || failure.get().map(|error| (error.title, error.text)));

    view! {
        <Leaf screen="quiz" step=(3, 4) notes=NOTES>
            <h1>"Now check your copy."</h1>
            <p class="lede">"Three words, from your paper. It takes a minute and catches most mistakes."</p>
            <form on:submit=submit autocomplete="off" novalidate>
                <div class="quizzes">
                    {redrawn(move || {
                        questions.get().into_iter().map(|question| view! { <Asked question/> }).collect_view()
                    })}
                </div>
                <Problem problem=trouble/>
                <div class="leaf__acts">
                    <button
                        type="submit"
                        class="btn btn--primary btn--lg"
                        data-testid="quiz-submit"
                        disabled=move || !complete.get()
                        aria-busy=move || busy.get().to_string()
                    >
                        "Check"
                    </button>
                    <button
                        type="button"
                        class="btn btn--quiet btn--lg"
                        data-testid="quiz-back"
                        on:click=move |_| app::go("#/phrase")
                    >
                        "Show the words again"
                    </button>
                    <button
                        type="button"
                        class="btn btn--quiet btn--lg"
                        data-testid="quiz-later"
                        on:click=move |_| app::go("#/networks")
                    >
                        "Later"
                    </button>
                </div>
            </form>
        </Leaf>
    }
}

/// Compares with the wallet's words, and tells the wallet if all are right.
async fn check(importer: Importer, questions: Vec<Question>) -> Result<bool, UiError> {
    let words = new_words(importer).await?;
    let mut right = true;
    for Question { line, typed, verdict } in questions {
        let typed = typed.get_untracked();
        let word = words.get(line - 1).map_or("", |word| word.0.as_str());
        let matches = same_word(&browser::nfkd(&typed), &browser::nfkd(word));
        right &= matches;
        verdict.try_set(if matches { Verdict::Right } else { Verdict::Wrong(typed.trim().to_owned()) });
    }
    if right {
        client::call(ConfirmBackup { keyring: None }).await?;
    }
    Ok(right)
}

/// One line to fill in.
#[component]
fn Asked(question: Question) -> impl IntoView {
    let Question { line, typed, verdict } = question;
    let id = format!("quiz-word-{line}");
    let label = id.clone();
    view! {
        <div class="quiz">
            <label class="quiz__n" for=label>
                {format!("Word {line}")}
            </label>
            <div class="input quiz__in" data-tone=move || tone(&verdict.get())>
                <input
                    id=id
                    class="mono"
                    type="text"
                    data-testid="quiz-word"
                    data-index=line.to_string()
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-invalid=move || matches!(verdict.get(), Verdict::Wrong(_)).to_string()
                    prop:value=move || typed.get()
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        verdict.set(Verdict::Open);
                    }
                />
                {redrawn(move || {
                    (verdict.get() == Verdict::Right)
                        .then(|| view! { <span class="input__end good"><Icon name="check"/></span> }.into_any())
                })}
            </div>
            <div class="quiz__msg" role="alert">
                {redrawn(move || match verdict.get() {
                    Verdict::Wrong(what) => {
                        Some(
                            view! {
                                <p data-testid="error">
                                    <Icon name="info" size=18/>
                                    <span>
                                        {format!("Not “{what}”. Look at line {line} on your paper, then type it again.")}
                                    </span>
                                </p>
                            }
                                .into_any(),
                        )
                    }
                    _ => None,
                })}
            </div>
        </div>
    }
}

const fn tone(verdict: &Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Open => None,
        Verdict::Right => Some("good"),
        Verdict::Wrong(_) => Some("care"),
    }
}
