//! The recovery phrase of an open wallet, after the password was given again. Full tabs only: a popup closes while
//! the words are being written down.

use core::time::Duration;

use candor_protocol::ui::{ConfirmBackup, RevealPhrase, SecretText};
use leptos::{ev, prelude::*};

use super::parts::{
    act::attempt,
    doing::{Doing, Form},
    passwords::OldPassword,
};
use crate::{
    app, client,
    components::{field::PasswordField, icon::Icon, leaf::Leaf, phrase_grid::PhraseGrid},
    effect::redrawn,
    model::phrase,
};

/// How long the words stay on the screen by themselves.
const SHOWN_FOR: Duration = Duration::from_secs(60);

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
    let open = Memo::new(move |_| kept.with(Option::is_some));
    view! {
        <Leaf screen="show-phrase" notes=NOTES>
            {redrawn(move || {
                if open.get() {
                    view! { <Words kept/> }.into_any()
                } else {
                    view! { <Ask kept/> }.into_any()
                }
            })}
        </Leaf>
    }
}

/// The password, again: being unlocked is not enough to see what opens everything.
#[component]
fn Ask(kept: RwSignal<Option<Vec<SecretText>>>) -> impl IntoView {
    let password = OldPassword::new();
    let doing = Doing::new();
    let submit = Callback::new(move |()| {
        doing.begin(async move {
            let key = password.derive(None).await?.key;
            let words = client::call(RevealPhrase { key }).await?;
            password.clear();
            kept.try_set(Some(words));
            request_animation_frame(crate::browser::focus_heading);
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
            <PasswordField
                label="Password"
                testid="password-input"
                autocomplete="current-password"
                value=password.typed
                error=doing.wrong_password()
            />
        </Form>
    }
}

/// The words, hidden until asked for, and again when the page is left alone.
#[component]
fn Words(kept: RwSignal<Option<Vec<SecretText>>>) -> impl IntoView {
    let shown = RwSignal::new(None::<Vec<SecretText>>);
    let round = StoredValue::new(0_u32);
    let is_shown = Memo::new(move |_| shown.with(Option::is_some));
    let toggle = move |_| {
        let mine = round.get_value().wrapping_add(1);
        round.set_value(mine);
        if shown.with_untracked(Option::is_some) {
            return shown.set(None);
        }
        shown.set(kept.get_untracked());
        let hide = move || {
            if round.try_get_value() == Some(mine) {
                shown.try_set(None);
            }
        };
        set_timeout(hide, SHOWN_FOR);
    };
    for listener in [
        window_event_listener(ev::blur, move |_| {
            shown.try_set(None);
        }),
        window_event_listener_untyped("visibilitychange", move |_| {
            shown.try_set(None);
        }),
    ] {
        on_cleanup(move || listener.remove());
    }
    let count = Signal::derive(move || kept.with(|words| words.as_ref().map_or(0, Vec::len)));
    let backed_up =
        move || app::status().with(|status| status.as_ref().is_none_or(|status| status.backed_up));
    view! {
        <h1>"Your recovery phrase"</h1>
        <p class="lede">"Write them on paper in this order. They are shown for a minute at most."</p>
        <div class="wordsbox">
            <PhraseGrid count words=shown/>
            <div class="wordsbox__bar">
                <button class="btn btn--plain" data-testid="phrase-reveal" on:click=toggle>
                    {redrawn(move || {
                        if is_shown.get() {
                            view! {
                                <Icon name="eyeoff" size=18/>
                                "Hide"
                            }
                                .into_any()
                        } else {
                            view! {
                                <Icon name="eye" size=18/>
                                "Show the words"
                            }
                                .into_any()
                        }
                    })}
                </button>
            </div>
        </div>
        {redrawn(move || {
            if backed_up() {
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
                view! { <Check kept shown/> }.into_any()
            }
        })}
    }
}

/// Three words from the paper, typed; only then the copy counts as checked.
#[component]
fn Check(kept: RwSignal<Option<Vec<SecretText>>>, shown: RwSignal<Option<Vec<SecretText>>>) -> impl IntoView {
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
                let right = words
                    .get(position - 1)
                    .is_some_and(|word| value.with_untracked(|text| phrase::same_word(text, &word.0)));
                (!right).then_some(*position)
            })
        });
        wrong.set(first_wrong);
        if first_wrong.is_none() {
            attempt(ConfirmBackup {});
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
