//! The recovery phrase of an open wallet, after the password was given again. Full tabs only: a popup closes while
//! the words are being written down.

use candor_protocol::{
    import::{KeyringKind, Words},
    ui::{ConfirmBackup, SecretText},
    view::{KeyringView, Tone},
};
use leptos::{ev, prelude::*};

use super::parts::{
    act::attempt,
    ask_keyring::{AskKeyring, AskKeyringFields},
    doing::{Doing, Form},
    reveal::{Reveal, RevealButton},
};
use crate::{
    app, browser,
    components::{leaf::Leaf, note::Note, phrase_grid::PhraseGrid},
    effect::redrawn,
    importer::Importer,
    model::phrase,
};

/// Who may ask for the words, and what to do with them.
const NOTES: &[(&str, &str)] = &[
    (
        "Who may ask for it",
        "Nobody. Anyone who asks for these words is stealing: support, a site, an app, a friend.",
    ),
    (
        "Where to keep it",
        "On paper, where you keep what you cannot replace. Not in a photo, a note or a message.",
    ),
];

/// Asks for the password, then shows the words when asked to.
#[component]
pub fn ShowPhraseScreen() -> impl IntoView {
    let kept = RwSignal::new(None::<Vec<SecretText>>);
    let whose = RwSignal::new(None::<KeyringView>);
    let open = Memo::new(move |_| kept.with(Option::is_some));
    let ask = AskKeyring::new(|keyring: &KeyringView| keyring.kind == KeyringKind::Phrase);
    view! {
        <Leaf screen="show-phrase" notes=NOTES>
            {redrawn(move || {
                if open.get() {
                    view! { <ShowWords kept whose/> }.into_any()
                } else if ask.offered.with(|offered| offered.as_ref().is_some_and(Vec::is_empty)) {
                    view! { <NoPhrase/> }.into_any()
                } else {
                    view! { <Ask kept whose ask/> }.into_any()
                }
            })}
        </Leaf>
    }
}

/// All accounts came as keys, from shares or only to be watched.
#[component]
fn NoPhrase() -> impl IntoView {
    view! {
        <h1>"There is no recovery phrase here."</h1>
        <p class="lede">
            "Your accounts came in another way: as private keys or from shares. A backup file brings all of them back."
        </p>
        <div class="leaf__acts">
            <button class="btn btn--primary btn--lg" data-testid="backup-make-open" on:click=move |_| app::go("#/backup")>
                "Back up to a file"
            </button>
        </div>
    }
}

/// The password, again: being unlocked is not enough to see what opens everything.
#[component]
fn Ask(
    kept: RwSignal<Option<Vec<SecretText>>>,
    whose: RwSignal<Option<KeyringView>>,
    ask: AskKeyring,
) -> impl IntoView {
    let importer = Importer::new();
    let doing = Doing::new();
    let submit = Callback::new(move |()| {
        doing.begin(async move {
            let (keyring, chosen) = ask.record().await?;
            whose.try_set(Some(chosen));
            kept.try_set(Some(importer.call(Words { keyring }).await?));
            request_animation_frame(browser::focus_heading);
            Ok(())
        });
    });
    view! {
        <Form
            doing
            head=(
                "Your recovery phrase",
                "Whoever has these words has everything in this wallet. Look around before you go on.",
            )
            label="Continue"
            testid="password-submit"
            back="#/home"
            on_submit=submit
        >
            <AskKeyringFields ask doing/>
        </Form>
    }
}

/// The words, hidden until asked for, and again when the page is left alone.
#[component]
fn ShowWords(kept: RwSignal<Option<Vec<SecretText>>>, whose: RwSignal<Option<KeyringView>>) -> impl IntoView {
    let reveal = Reveal::new(kept);
    let count = Signal::derive(move || kept.with(|words| words.as_ref().map_or(0, Vec::len)));
    let keyring = whose.get_untracked();
    let with_passphrase = keyring.as_ref().is_some_and(|keyring| keyring.has_passphrase);
    let unchecked = keyring.as_ref().is_some_and(|keyring| keyring.unchecked);
    let name = keyring.map(|keyring| keyring.id);
    let checked = move || {
        app::status()
            .with(|status| status.as_ref().is_none_or(|now| (now.backed_up || !unchecked) && !now.check_due))
    };
    view! {
        <h1>"Your recovery phrase"</h1>
        <p class="lede">"Write them on paper in this order. They are shown for a minute at most."</p>
        {with_passphrase
            .then(|| {
                view! {
                    <Note
                        tone=Tone::Care
                        what="A passphrase belongs to these words."
                        why="Without it they open other accounts. Candor does not have it; a backup file needs only its password."
                    />
                }
            })}
        <div class="wordsbox">
            <PhraseGrid count words=reveal.shown/>
            <div class="wordsbox__bar">
                <RevealButton reveal label="Show the words" testid="phrase-reveal"/>
            </div>
        </div>
        {redrawn(move || {
            if checked() {
                view! {
                    <button
                        class="btn btn--primary btn--lg"
                        data-testid="phrase-continue"
                        on:click=move |_| {
                            kept.set(None);
                            app::go("#/home");
                        }
                    >
                        "Done"
                    </button>
                }
                    .into_any()
            } else {
                view! { <Check kept shown=reveal.shown keyring=name.clone()/> }.into_any()
            }
        })}
    }
}

/// Three words from the paper, typed; only then the copy counts as checked.
#[component]
fn Check(
    kept: RwSignal<Option<Vec<SecretText>>>,
    shown: RwSignal<Option<Vec<SecretText>>>,
    /// Whose words they are.
    keyring: Option<String>,
) -> impl IntoView {
    let count = kept.with_untracked(|words| words.as_ref().map_or(0, Vec::len));
    let asked = phrase::asked(count, core::array::from_fn(|_| js_sys::Math::random()));
    let typed: Vec<RwSignal<String>> = asked.iter().map(|_| RwSignal::new(String::new())).collect();
    let wrong = RwSignal::new(None::<usize>);
    let fields = asked
        .iter()
        .zip(&typed)
        .map(|(position, value)| {
            let (id, value) = (format!("word-{position}"), *value);
            view! {
                <div class="field">
                    <label class="field__label" for=id.clone()>{format!("Word {position}")}</label>
                    <div class="input">
                        <input
                            id=id
                            class="mono"
                            data-testid="quiz-word"
                            data-index=position.to_string()
                            autocomplete="off"
                            autocapitalize="off"
                            spellcheck="false"
                            prop:value=move || value.get()
                            on:focus=move |_| shown.set(None)
                            on:input=move |event| value.set(event_target_value(&event))
                        />
                    </div>
                </div>
            }
            .into_any()
        })
        .collect_view();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let first_wrong = kept.with_untracked(|words| {
            let words = words.as_deref().unwrap_or_default();
            asked.iter().zip(&typed).find_map(|(position, value)| {
                let right = words.get(position - 1).is_some_and(|word| {
                    value.with_untracked(|text| {
                        phrase::same_word(&browser::nfkd(text), &browser::nfkd(&word.0))
                    })
                });
                (!right).then_some(*position)
            })
        });
        wrong.set(first_wrong);
        if first_wrong.is_none() {
            attempt(ConfirmBackup { keyring: keyring.clone() });
        }
    };
    view! {
        <form class="phrase-check" on:submit=submit>
            <h2>"Check your paper"</h2>
            <div class="phrase-check__words">{fields}</div>
            {redrawn(move || {
                wrong
                    .get()
                    .map(|position| {
                        view! {
                            <p class="care" role="alert" data-testid="error">
                                {format!("Word {position} on your paper is another one. Compare it with the words above.")}
                            </p>
                        }
                            .into_any()
                    })
            })}
            <button type="submit" class="btn btn--primary btn--lg" data-testid="quiz-submit">
                "My paper is right"
            </button>
        </form>
    }
}
