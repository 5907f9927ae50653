//! The password, before anything else of an existing wallet. Needs no network, and nothing else can block it.

use core::time::Duration;

use candor_protocol::{
    ui::{RaiseCost, RaisedKdf, SecretText, UiError, UiErrorCode, Unlock, UnlockWithPasskey},
    view::StatusView,
};
use leptos::{ev::SubmitEvent, html::Input, prelude::*, task::spawn_local};
use zeroize::{Zeroize, Zeroizing};

use super::parts::passwords::own_key_timed;
use crate::{
    app, browser, client,
    components::{
        field::PasswordField,
        icon::{Icon, Mark},
        sheet::Sheet,
    },
    early::Early,
    effect::{effect, redrawn},
    kdf::Deriver,
    passkey::{self, PrfOutput},
};

/// The screen of a locked wallet.
#[component]
pub fn UnlockScreen() -> impl IntoView {
    view! {
        <div data-testid="screen" data-screen="unlock">
            <UnlockForm/>
        </div>
    }
}

/// Asks for the password and opens the wallet with it.
#[component]
pub fn UnlockForm() -> impl IntoView {
    let status = app::status();
    let early = use_context::<StoredValue<Option<Early>, LocalStorage>>()
        .and_then(|early| early.try_update_value(Option::take))
        .flatten()
        .unwrap_or_default();
    let caret = early.caret;
    let password = RwSignal::new(early.typed.clone());
    let error = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let pause = Pause::new();
    let forgotten = RwSignal::new(false);
    let field = NodeRef::<Input>::new();
    let deriver = StoredValue::new_local(Deriver::default());

    field.on_load(move |field| {
        drop(field.focus());
        drop(field.set_selection_range(caret, caret));
    });
    effect(move || {
        if password.with(|password| !password.is_empty()) {
            deriver.with_value(Deriver::prepare);
        }
        error.set(None);
    });
    effect(move || {
        if let Some(ms) = status.with(|status| status.as_ref().map(|status| status.retry_after_ms)) {
            pause.set(ms);
        }
    });

    let open = move || {
        if busy.get_untracked()
            || pause.seconds.get_untracked() > 0
            || password.with_untracked(String::is_empty)
        {
            return;
        }
        busy.set(true);
        error.set(None);
        let deriver = deriver.get_value();
        spawn_local(async move {
            let typed = Zeroizing::new(password.get_untracked());
            match unlock(&deriver, &typed).await {
                Ok((key, took_ms)) => {
                    password.try_update(Zeroize::zeroize);
                    app::refresh();
                    // Home is being shown. If this page closes first, the next unlock does it.
                    drop(raise_cost(&deriver, &typed, key, took_ms).await);
                }
                Err(failed) => {
                    error.try_set(Some(in_words(&failed)));
                    pause.set(failed.retry_after_ms);
                    if let Some(field) = field.try_get_untracked().flatten() {
                        drop(field.focus());
                        field.select();
                    }
                }
            }
            busy.try_set(false);
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        open();
    };
    if early.sent {
        open();
    }
    let has_passkey =
        move || status.with(|status| status.as_ref().is_some_and(|status| !status.passkeys.is_empty()));
    let by_passkey = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            match unlock_by_passkey(status).await {
                Ok(()) => {
                    password.try_update(Zeroize::zeroize);
                    app::refresh();
                }
                Err(failed) => drop(error.try_set(Some(in_words(&failed)))),
            }
            busy.try_set(false);
        });
    };
    let waiting =
        move || status.with(|status| status.as_ref().and_then(|status| status.waiting.first().cloned()));
    let said = Signal::derive(move || match pause.seconds.get() {
        0 => error.get(),
        seconds => {
            Some(format!("{} Try again in {seconds} s.", error.get().unwrap_or_default()).trim().to_owned())
        }
    });

    view! {
        <main class="win unlock">
            <form class="win__body pad" on:submit=submit novalidate>
                <div class="unlock__head">
                    <Mark size=56/>
                    <h1 class="say say--lg">"Welcome back."</h1>
                </div>
                <p class="unlock__who">
                    {redrawn(move || {
                        waiting()
                            .map(|host| {
                                view! {
                                    <b dir="ltr">{host}</b>
                                    " is waiting for you"
                                }
                            })
                    })}
                </p>
                <PasswordField
                    label="Password"
                    testid="unlock-password"
                    autocomplete="current-password"
                    value=password
                    node_ref=field
                    error=said
                />
                <button
                    type="submit"
                    class="btn btn--primary btn--lg btn--full unlock__act"
                    data-testid="unlock-submit"
                    aria-busy=move || busy.get().to_string()
                    disabled=move || { pause.seconds.get() > 0 }
                >
                    {redrawn(move || if busy.get() { "Unlock…" } else { "Unlock" })}
                </button>
                {redrawn(move || {
                    has_passkey()
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="btn btn--plain btn--lg btn--full"
                                    data-testid="unlock-passkey"
                                    on:click=by_passkey
                                >
                                    <Icon name="key" size=18/>
                                    "Use your passkey"
                                </button>
                            }
                                .into_any()
                        })
                })}
                {redrawn(move || busy.get().then(|| view! { <span class="vh" data-testid="busy">"One moment"</span> }))}
            </form>
            <footer class="win__foot win__foot--bare unlock__foot">
                <button class="btn btn--quiet" data-testid="unlock-forgot" on:click=move |_| forgotten.set(true)>
                    "Forgot your password?"
                </button>
            </footer>
        </main>
        <Sheet open=forgotten title="Nobody can reset it">
            <div class="sheet__text" data-testid="unlock-forgot-text">
                <p>"The password only exists in your head. We never had it."</p>
                <p>
                    "Your recovery phrase brings back the accounts that come from it. A backup file brings back everything, but only with the password it was sealed with; if that was your Candor password, it is the one you forgot."
                </p>
                <p>
                    "First save what is stored. Then remove Candor from this browser, add it again, and choose “I already have one” or “I have a backup file”."
                </p>
                <p>
                    <b>"Without your phrase, or a file whose password you know, do not remove anything."</b>
                    " Keep trying; what is stored here is never erased for it."
                </p>
                <button class="btn btn--quiet" data-testid="essentials" on:click=|_| app::open_tab("#/recovery")>
                    "Save what is stored"
                </button>
            </div>
        </Sheet>
    }
}

/// Derives the key and hands it over.
async fn unlock(deriver: &Deriver, password: &str) -> Result<(SecretText, u32), UiError> {
    let (derived, took_ms) = own_key_timed(deriver, password).await?;
    client::call(Unlock { key: derived.key.clone() }).await?;
    Ok((derived.key, took_ms))
}

/// Lets the password cost what this machine can afford.
async fn raise_cost(deriver: &Deriver, password: &str, key: SecretText, took_ms: u32) -> Result<(), UiError> {
    let Some(kdf) = client::call(RaisedKdf { took_ms }).await? else { return Ok(()) };
    let password = deriver.derive(password, &kdf).await?;
    client::call(RaiseCost { key, password }).await
}

/// Has a passkey give its key, and hands that over.
async fn unlock_by_passkey(status: Signal<Option<StatusView>>) -> Result<(), UiError> {
    let known = status.with_untracked(|status| status.as_ref().map(|status| status.passkeys.clone()));
    let known = known.unwrap_or_default();
    let PrfOutput { credential, secret, .. } = passkey::ask(&known).await?;
    let slot = known.iter().find(|one| one.credential == credential).map_or(0, |one| one.slot);
    client::call(UnlockWithPasskey { slot, secret }).await
}

fn in_words(error: &UiError) -> String {
    match error.code {
        // How long is said beside it, and counted down.
        UiErrorCode::TooSoon => error.title.clone(),
        _ => format!("{} {}", error.title, error.text),
    }
}

/// How long the next try has to wait, counted down.
#[derive(Clone, Copy)]
struct Pause {
    /// When it ends, by the page's clock.
    ends: RwSignal<f64>,
    /// What is left, rounded up.
    seconds: RwSignal<u64>,
}

impl Pause {
    fn new() -> Self {
        let pause = Self { ends: RwSignal::new(0.0), seconds: RwSignal::new(0) };
        if let Ok(interval) = set_interval_with_handle(move || pause.tick(), Duration::from_millis(200)) {
            on_cleanup(move || interval.clear());
        }
        pause
    }

    fn set(self, ms: u64) {
        #[expect(clippy::cast_precision_loss, reason = "a pause is at most some hours")]
        let ends = browser::now() + ms as f64;
        self.ends.try_set(ends);
        self.tick();
    }

    fn tick(self) {
        let left = self.ends.try_get_untracked().unwrap_or_default() - browser::now();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a pause is at most some hours"
        )]
        let seconds = (left / 1000.0).ceil().max(0.0) as u64;
        if self.seconds.try_get_untracked().is_some_and(|shown| shown != seconds) {
            self.seconds.set(seconds);
        }
    }
}
