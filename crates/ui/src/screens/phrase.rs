//! The new words, to be written on paper. They are asked for each time they are shown, and hidden means gone.

use core::time::Duration;

use candor_protocol::{
    import::{NewPhrase, Words},
    ui::{NewKeyring, RenewKeyring, SecretText, UiError},
};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};

use crate::{
    app, client,
    components::{icon::Icon, leaf::Leaf, note::Problem, phrase_grid::PhraseGrid},
    effect::redrawn,
    importer::Importer,
    model::keyring::LANGUAGES,
};

/// How long the words stay without being held.
const SHOWN_FOR: Duration = Duration::from_secs(60);

const NOTES: &[(&str, &str)] = &[
    (
        "No photo, no screenshot",
        "Pictures get copied to clouds and old phones. That is where thieves look first.",
    ),
    (
        "Where to keep it",
        "With your passport, not with your computer. Two copies in two places are better than one.",
    ),
    ("Who may ask for it", "Nobody. Not us, not a shop, not “support”. Anyone who asks is stealing."),
];

/// How the words are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Showing {
    /// They are not.
    No,
    /// As long as the button is pressed.
    WhilePressed,
    /// For a minute.
    ForAMinute,
}

/// The words on their lines, shown while a button is pressed or for a minute.
#[component]
pub fn PhraseScreen() -> impl IntoView {
    let importer = Importer::new();
    let words = RwSignal::new(None::<Vec<SecretText>>);
    let language = RwSignal::new(0_u8);
    let count = RwSignal::new(12_usize);
    let showing = RwSignal::new(Showing::No);
    let seen = RwSignal::new(false);
    let renewing = RwSignal::new(false);
    let drawn = StoredValue::new(0_u32);
    let failure = RwSignal::new(None::<UiError>);
    let timer = StoredValue::new(None::<TimeoutHandle>);

    let hide = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        words.set(None);
        showing.set(Showing::No);
    };
    let ask = move || {
        let mine = drawn.get_value();
        spawn_local(async move {
            let answer = new_words(importer).await;
            // Other words were drawn meanwhile: these are the wallet's no more.
            if drawn.try_get_value() != Some(mine) {
                return;
            }
            match answer {
                Ok(phrase) => {
                    count.try_set(phrase.len());
                    // Let go, or told to hide, before the answer came.
                    if showing.try_get_untracked().is_some_and(|showing| showing != Showing::No) {
                        words.set(Some(phrase));
                        seen.set(true);
                    }
                }
                Err(error) => drop(failure.try_set(Some(error))),
            }
        });
    };
    let show = move |how: Showing| {
        hide();
        failure.set(None);
        showing.set(how);
        if how == Showing::ForAMinute {
            timer.set_value(set_timeout_with_handle(hide, SHOWN_FOR).ok());
        }
        ask();
    };
    let release = move || {
        if showing.get_untracked() == Showing::WhilePressed {
            hide();
        }
    };
    // Counts the words without showing them.
    ask();
    let blurred = window_event_listener(ev::blur, move |_| hide());
    let hidden = window_event_listener(ev::visibilitychange, move |_| hide());
    on_cleanup(move || {
        blurred.remove();
        hidden.remove();
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    });

    let renew = move || {
        hide();
        seen.set(false);
        drawn.set_value(drawn.get_value().wrapping_add(1));
        // Whatever was chosen meanwhile is made after this.
        if renewing.get_untracked() {
            return;
        }
        renewing.set(true);
        spawn_local(async move {
            let chosen = move || Some((count.try_get_untracked()?, language.try_get_untracked()?));
            let mut made = None;
            while let Some((words, language)) = chosen().filter(|now| made != Some(*now)) {
                made = Some((words, language));
                let phrase = NewPhrase { words: u8::try_from(words).unwrap_or_default(), language };
                if let Err(error) = renewed(importer, phrase).await {
                    failure.try_set(Some(error));
                    ask();
                    break;
                }
            }
            seen.try_set(false);
            renewing.try_set(false);
        });
    };
    let choose_length = Callback::new(move |length: u8| {
        if count.get_untracked() != usize::from(length) {
            count.set(usize::from(length));
            renew();
        }
    });
    let choose_language = move |event| {
        if let Ok(chosen) = event_target_value(&event).parse() {
            language.set(chosen);
            renew();
        }
    };
    let lengths = [12, 15, 18, 21, 24]
        .into_iter()
        .map(move |words| view! { <LengthButton words count on_choose=choose_length/> }.into_any());
    let languages = (0_u8..).zip(LANGUAGES).map(move |(id, name)| {
        view! { <option value=id.to_string() selected=id == language.get_untracked()>{name}</option> }
            .into_any()
    });
    let trouble = Signal::derive(move || failure.get().map(|error| (error.title, error.text)));
    let held = Memo::new(move |_| showing.get() == Showing::WhilePressed);

    view! {
        <Leaf screen="phrase" step=(2, 4) notes=NOTES>
            <h1>{redrawn(move || format!("Write these {} words on paper.", count.get()))}</h1>
            <p class="lede">
                "In this order. They open your wallet on any computer, so whoever has them has your money."
            </p>
            <div class="wordsbox">
                <PhraseGrid count words/>
                <div class="wordsbox__bar">
                    <p class="grow" role="status">
                        {redrawn(move || match showing.get() {
                            Showing::No => view! { <b>"Can anyone see your screen?"</b><br/> "They show while you press." }.into_any(),
                            Showing::WhilePressed => view! { <b>"Shown while you press."</b><br/> "Let go to hide." }.into_any(),
                            Showing::ForAMinute => view! { <b>"Shown for a minute."</b><br/> "They hide when you look elsewhere." }.into_any(),
                        })}
                    </p>
                    {redrawn(move || {
                        if showing.get() == Showing::ForAMinute {
                            view! {
                                <button class="btn btn--quiet" data-testid="phrase-hide" on:click=move |_| hide()>
                                    "Hide now"
                                </button>
                            }
                                .into_any()
                        } else {
                            view! {
                                <button
                                    class="btn btn--quiet"
                                    data-testid="phrase-reveal"
                                    disabled=move || renewing.get()
                                    on:click=move |_| show(Showing::ForAMinute)
                                >
                                    "Show for 60 s"
                                </button>
                            }
                                .into_any()
                        }
                    })}
                    <button
                        class="btn btn--lg btn--primary"
                        class:is-down=move || held.get()
                        data-testid="phrase-hold"
                        disabled=move || renewing.get()
                        on:pointerdown=move |_| show(Showing::WhilePressed)
                        on:pointerup=move |_| release()
                        on:pointerleave=move |_| release()
                        on:pointercancel=move |_| release()
                        on:contextmenu=move |event| event.prevent_default()
                        on:keydown=move |event| {
                            if matches!(event.key().as_str(), "Enter" | " ") && !event.repeat() {
                                event.prevent_default();
                                show(Showing::WhilePressed);
                            }
                        }
                        on:keyup=move |_| release()
                        on:blur=move |_| release()
                    >
                        <Icon name="eye"/>
                        {redrawn(move || if held.get() { "Let go to hide" } else { "Press and hold" })}
                    </button>
                </div>
            </div>
            <Problem problem=trouble/>
            <div class="lengths">
                <span class="dim" id="phrase-length-label">"How many words"</span>
                <div class="seg" role="radiogroup" aria-labelledby="phrase-length-label">
                    {lengths.collect_view()}
                </div>
                <label class="lengths__language">
                    <span class="dim">"Language of the words"</span>
                    <select class="select" data-testid="phrase-language" on:change=choose_language>
                        {languages.collect_view()}
                    </select>
                </label>
                {redrawn(move || {
                    (language.get() != 0)
                        .then(|| {
                            view! {
                                <p class="field__hint">"Every wallet knows the English words; few know others."</p>
                            }
                                .into_any()
                        })
                })}
            </div>
            <div class="leaf__acts">
                <button
                    class="btn btn--primary btn--lg"
                    data-testid="phrase-continue"
                    disabled=move || !seen.get() || renewing.get()
                    on:click=move |_| app::go("#/quiz")
                >
                    "I have written them down"
                </button>
                <button
                    class="btn btn--quiet btn--lg"
                    data-testid="phrase-later"
                    on:click=move |_| app::go("#/networks")
                >
                    "Later"
                </button>
            </div>
        </Leaf>
    }
}

/// The new wallet's words.
///
/// # Errors
/// The wallet is locked, or its copy was checked already.
pub async fn new_words(importer: Importer) -> Result<Vec<SecretText>, UiError> {
    let keyring = client::call(NewKeyring {}).await?;
    importer.call(Words { keyring }).await
}

/// Puts another phrase in the place of the new wallet's.
async fn renewed(importer: Importer, phrase: NewPhrase) -> Result<(), UiError> {
    let record = importer.call(phrase).await?.record;
    client::call(RenewKeyring { record }).await
}

/// How many words.
#[component]
fn LengthButton(words: u8, count: RwSignal<usize>, on_choose: Callback<u8>) -> impl IntoView {
    view! {
        <button
            type="button"
            role="radio"
            data-testid="phrase-length"
            data-words=words.to_string()
            aria-checked=move || (count.get() == usize::from(words)).to_string()
            on:click=move |_| on_choose.run(words)
        >
            {words.to_string()}
        </button>
    }
}
