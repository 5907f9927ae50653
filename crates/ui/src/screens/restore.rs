//! Bringing a wallet back: its phrase, checked while it is typed.

use core::time::Duration;

use candor_protocol::{
    ui::{InspectPhrase, PreviewAccounts, SecretText, UiError},
    view::{PhraseReportView, PhraseWordView},
};
use leptos::{ev::SubmitEvent, leptos_dom::helpers::debounce, prelude::*, task::spawn_local};
use zeroize::Zeroize;

use crate::{
    app, client,
    components::{icon::Icon, leaf::Leaf, note::Problem},
    effect::redrawn,
    model::phrase::{count_line, first_unknown, says_problem, with_word},
    restoring::Restoring,
};

/// How long typing pauses before the phrase is looked at.
const PAUSE: Duration = Duration::from_millis(120);

const NOTES: &[(&str, &str)] = &[
    (
        "Which words",
        "The 12 to 24 that you wrote down when your wallet was made, in any wallet. Order matters.",
    ),
    ("Typing", "Capital letters, numbers in front and line breaks do not matter."),
    ("Only here", "Type them into your wallet and nowhere else. No website and no person ever needs them."),
];

/// A phrase with its passphrase, and what is right and wrong about it.
#[component]
pub fn RestoreScreen() -> impl IntoView {
    let steps = Restoring::here();
    if !steps.has_password() {
        app::go("#/password/restore");
        return ().into_any();
    }
    let text = RwSignal::new(String::new());
    let passphrase = RwSignal::new(String::new());
    let with_passphrase = RwSignal::new(false);
    let report = RwSignal::new(None::<PhraseReportView>);
    let insist = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<UiError>);

    let inspect = move || {
        let typed = SecretText(text.get_untracked());
        spawn_local(async move {
            let asked = typed.0.clone();
            let answer = client::call(InspectPhrase { text: typed }).await;
            // Typed on in the meantime: a newer answer is on its way.
            if text.try_with_untracked(|text| *text == asked) == Some(true) {
                match answer {
                    Ok(answer) => report.set(Some(answer)),
                    Err(error) => failure.set(Some(error)),
                }
            }
        });
    };
    let mut inspect_soon = debounce(PAUSE, move |()| inspect());
    let typed = move |event| {
        text.set(event_target_value(&event));
        insist.set(false);
        failure.set(None);
        inspect_soon(());
    };
    let replace = Callback::new(move |(index, word): (usize, String)| {
        if let Some(replaced) =
            report.with_untracked(|report| report.as_ref().map(|r| with_word(r, index, &word)))
        {
            text.set(replaced);
            insist.set(false);
            inspect();
        }
    });

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            match preview(text.get_untracked(), passphrase.get_untracked(), steps).await {
                Ok(Preview::Accounts) => {
                    text.try_update(Zeroize::zeroize);
                    passphrase.try_update(Zeroize::zeroize);
                    app::go("#/found");
                }
                Ok(Preview::Flawed(flawed)) => {
                    report.try_set(Some(flawed));
                    insist.try_set(true);
                }
                Err(error) => drop(failure.try_set(Some(error))),
            }
            busy.try_set(false);
        });
    };

    let words = Memo::new(move |_| {
        report.with(|report| report.as_ref().map(|r| r.words.clone()).unwrap_or_default())
    });
    let problem = Signal::derive(move || {
        if let Some(error) = failure.get() {
            return Some((error.title, error.text));
        }
        report.with(|report| {
            let report = report.as_ref().filter(|report| insist.get() || says_problem(report))?;
            report.problem.as_ref().map(|problem| (problem.title.clone(), problem.text.clone()))
        })
    });
    let offers = Memo::new(move |_| {
        problem
            .with(Option::is_some)
            .then(|| report.with(|report| report.as_ref().and_then(first_unknown)))
            .flatten()
    });
    let fits =
        Memo::new(move |_| report.with(|report| report.as_ref().is_some_and(|r| r.checksum == Some(true))));

    view! {
        <Leaf screen="restore" step=(2, 4) notes=NOTES>
            <h1>"Bring your wallet back."</h1>
            <p class="lede">"Type or paste your recovery phrase. 12 to 24 words, any spacing."</p>
            <form class="leaf__form leaf__form--tight" on:submit=submit autocomplete="off" novalidate>
                <div class="field">
                    <label class="field__label" for="restore-phrase">
                        "Recovery phrase"
                        <span class="dim" aria-live="polite">{redrawn(move || count_line(words.with(Vec::len)))}</span>
                    </label>
                    <textarea
                        id="restore-phrase"
                        class="area"
                        data-testid="restore-phrase"
                        rows="3"
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        translate="no"
                        prop:value=move || text.get()
                        on:input=typed
                    ></textarea>
                </div>
                <LiveWords words/>
                {redrawn(move || {
                    fits.get()
                        .then(|| {
                            view! {
                                <p class="fits" data-testid="restore-fits">
                                    <Icon name="check" size=18/>
                                    <span>
                                        <b class="good">"These words fit together."</b>
                                        " The built-in check passes."
                                    </span>
                                </p>
                            }
                                .into_any()
                        })
                })}
                <Problem problem/>
                {redrawn(move || offers.get().map(|(index, words)| view! { <Offers index words on_choose=replace/> }))}
                <Passphrase passphrase open=with_passphrase/>
                <div class="leaf__acts">
                    <button
                        type="submit"
                        class="btn btn--primary btn--lg"
                        data-testid="restore-submit"
                        aria-busy=move || busy.get().to_string()
                    >
                        {redrawn(move || if busy.get() { "Continue…" } else { "Continue" })}
                    </button>
                    <button
                        type="button"
                        class="btn btn--quiet btn--lg"
                        data-testid="back"
                        on:click=move |_| app::go("#/password/restore")
                    >
                        "Back"
                    </button>
                </div>
            </form>
        </Leaf>
    }
    .into_any()
}

/// What came of looking at a phrase as a whole.
enum Preview {
    /// It is good; its accounts are kept for the next page.
    Accounts,
    /// Something is wrong with it.
    Flawed(PhraseReportView),
}

async fn preview(text: String, passphrase: String, steps: Restoring) -> Result<Preview, UiError> {
    let phrase = SecretText(text);
    let passphrase = SecretText(passphrase);
    let report = client::call(InspectPhrase { text: phrase.clone() }).await?;
    if report.problem.is_some() || report.checksum != Some(true) {
        return Ok(Preview::Flawed(report));
    }
    let call = PreviewAccounts { phrase: phrase.clone(), passphrase: passphrase.clone() };
    let accounts = client::call(call).await?;
    steps.set_phrase(phrase, passphrase, accounts);
    Ok(Preview::Accounts)
}

/// The words as understood, on numbered lines.
#[component]
fn LiveWords(words: Memo<Vec<PhraseWordView>>) -> impl IntoView {
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

/// Known words that are close to the unknown one.
#[component]
fn Offers(index: usize, words: Vec<String>, on_choose: Callback<(usize, String)>) -> impl IntoView {
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

/// The few wallets that also had a passphrase.
#[component]
fn Passphrase(passphrase: RwSignal<String>, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="disc-row"
            data-testid="restore-passphrase-open"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| {
                open.update(|open| *open = !*open);
                passphrase.update(Zeroize::zeroize);
            }
        >
            <Icon name="plus" size=18/>
            <span>"My wallet also had a passphrase"</span>
            {redrawn(move || view! { <Icon name=if open.get() { "up" } else { "down" } size=18/> })}
        </button>
        {redrawn(move || {
            open.get()
                .then(|| {
                    view! {
                        <div class="field">
                            <label class="field__label" for="restore-passphrase">"Passphrase"</label>
                            <div class="input">
                                <input
                                    id="restore-passphrase"
                                    type="text"
                                    data-testid="restore-passphrase"
                                    autocomplete="off"
                                    autocapitalize="off"
                                    spellcheck="false"
                                    translate="no"
                                    prop:value=move || passphrase.get()
                                    on:input=move |event| passphrase.set(event_target_value(&event))
                                />
                            </div>
                            <p class="field__hint">
                                "Every character counts, spaces and capital letters too. Another passphrase gives other accounts, without any warning."
                            </p>
                        </div>
                    }
                        .into_any()
                })
        })}
    }
}
