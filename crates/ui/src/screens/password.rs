//! Choosing the password of this computer.

use candor_protocol::ui::{CreateWallet, NewKdf, UiError};
use leptos::{ev::SubmitEvent, html::Input, prelude::*, task::spawn_local};
use zeroize::Zeroize;

use crate::{
    app, client,
    components::{field::PasswordField, leaf::Leaf, note::Problem as ProblemNote},
    effect::effect,
    kdf::Deriver,
    model::password::{MIN_LENGTH, Problem, Strength, problem, strength},
    restoring::Restoring,
};

/// How many words a new wallet has until its owner asks for more.
const WORDS: u8 = 12;

const NOTES: &[(&str, &str)] = &[
    (
        "What makes it strong",
        "Length. Four words that have nothing to do with each other are better than one clever word with a 3 in it.",
    ),
    (
        "Where it is kept",
        "Nowhere. It locks a file on this computer. We never receive the file or the password.",
    ),
    (
        "What it does not do",
        "It cannot bring your wallet back on another computer. Your recovery phrase can; it is the next step.",
    ),
];

/// Password, repetition, strength.
#[component]
pub fn PasswordScreen(
    /// For a wallet that is brought back, not a new one.
    restoring: bool,
) -> impl IntoView {
    let password = RwSignal::new(String::new());
    let repeated = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<UiError>);
    let field = NodeRef::<Input>::new();
    let deriver = StoredValue::new_local(Deriver::default());
    let steps = Restoring::here();

    let wrong =
        Memo::new(move |_| password.with(|password| repeated.with(|repeated| problem(password, repeated))));
    let password_error = Signal::derive(move || match wrong.get() {
        Some(Problem::Password(why)) if tried.get() => Some(why.to_owned()),
        _ => None,
    });
    let repetition_error = Signal::derive(move || match wrong.get() {
        Some(Problem::Repetition(why)) if tried.get() => Some(why.to_owned()),
        _ => None,
    });
    // What was complained about is being corrected: no more complaints until the next try.
    effect(move || {
        password.track();
        repeated.track();
        tried.set(false);
        failure.set(None);
        if password.with_untracked(|password| password.chars().count()) >= MIN_LENGTH {
            deriver.with_value(Deriver::prepare);
        }
    });

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if busy.get_untracked() || wrong.get_untracked().is_some() {
            return;
        }
        busy.set(true);
        let deriver = deriver.get_value();
        spawn_local(async move {
            let mut typed = password.get_untracked();
            let done = set(&deriver, &typed, restoring.then_some(steps)).await;
            typed.zeroize();
            match done {
                Ok(()) => {
                    password.try_update(Zeroize::zeroize);
                    repeated.try_update(Zeroize::zeroize);
                    app::go(if restoring { "#/restore" } else { "#/phrase" });
                }
                Err(error) => {
                    busy.try_set(false);
                    failure.try_set(Some(error));
                }
            }
        });
    };
    let trouble = Signal::derive(move || failure.get().map(|error| (error.title, error.text)));

    view! {
        <Leaf screen="password" step=(1, 4) notes=NOTES>
            <h1>"Choose a password for this computer."</h1>
            <p class="lede">"It opens Candor here, and only here. It is not your recovery phrase."</p>
            <form class="leaf__form" on:submit=submit novalidate>
                <PasswordField
                    label="Password"
                    testid="password-input"
                    autocomplete="new-password"
                    value=password
                    node_ref=field
                    error=password_error
                >
                    <StrengthLine password/>
                </PasswordField>
                <PasswordField
                    label="Type it again"
                    testid="password-confirm"
                    autocomplete="new-password"
                    value=repeated
                    error=repetition_error
                />
                <p class="field__hint">
                    "Nobody can reset this password. If you forget it, you need your recovery phrase."
                </p>
                <ProblemNote problem=trouble/>
                <div class="leaf__acts">
                    <button
                        type="submit"
                        class="btn btn--primary btn--lg"
                        data-testid="password-submit"
                        aria-busy=move || busy.get().to_string()
                    >
                        {move || if busy.get() { "Continue…" } else { "Continue" }}
                    </button>
                    <button
                        type="button"
                        class="btn btn--quiet btn--lg"
                        data-testid="back"
                        on:click=move |_| app::go("#/welcome")
                    >
                        "Back"
                    </button>
                    {move || busy.get().then(|| view! { <span class="vh" data-testid="busy">"One moment"</span> }.into_any())}
                </div>
            </form>
        </Leaf>
    }
}

/// Derives the key, and either makes the new wallet or keeps the key for the one that is brought back.
async fn set(deriver: &Deriver, password: &str, restoring: Option<Restoring>) -> Result<(), UiError> {
    let kdf = client::call(NewKdf {}).await?;
    let key = deriver.derive(password, &kdf).await?;
    match restoring {
        Some(steps) => steps.set_password(key),
        None => client::call(CreateWallet { password: key, words: WORDS }).await?,
    }
    Ok(())
}

/// Four bars and the same in words.
#[component]
fn StrengthLine(password: RwSignal<String>) -> impl IntoView {
    let strength = Memo::new(move |_| password.with(|password| strength(password)));
    let bars = (0..4)
        .map(|n| view! { <i class:on=move || n < strength.get().bars()></i> }.into_any())
        .collect_view();
    view! {
        <div class="strength" data-testid="password-strength" data-tone=move || tone(strength.get())>
            <span class="steps" aria-hidden="true">
                {bars}
            </span>
            <p class="field__hint">
                {move || {
                    let strength = strength.get();
                    view! {
                        <b>{(strength != Strength::Short).then(|| strength.name())}</b>
                        " "
                        {strength.meaning()}
                    }
                        .into_any()
                }}
            </p>
        </div>
    }
}

const fn tone(strength: Strength) -> &'static str {
    match strength {
        Strength::Short => "plain",
        Strength::Worst | Strength::Weak => "risk",
        Strength::Fair => "care",
        Strength::Good | Strength::Strong => "good",
    }
}
