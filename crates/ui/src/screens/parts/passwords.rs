//! Passwords: the wallet's own, and new ones.

use core::time::Duration;

use candor_protocol::ui::{DerivedKey, Kdf, NewKdf, SecretText, Status, UiError, UiErrorCode};
use leptos::{leptos_dom::helpers::debounce, prelude::*, task::spawn_local};
use zeroize::{Zeroize, Zeroizing};

use super::doing::told;
use crate::{
    client,
    components::field::PasswordField,
    effect::{effect, redrawn},
    kdf::Deriver,
    model::password::{MIN_LENGTH, Problem, Strength, problem, strength},
    module_worker::ModuleWorker,
};

/// How long typing pauses before a new password is judged.
const PAUSE: Duration = Duration::from_millis(80);

/// The key of what was typed as this wallet's password.
///
/// # Errors
/// There is no wallet, or the key could not be worked out.
pub async fn own_key(deriver: &Deriver, password: &str) -> Result<DerivedKey, UiError> {
    own_key_timed(deriver, password).await.map(|(key, _)| key)
}

/// As [`own_key`], and how many milliseconds deriving it took.
///
/// # Errors
/// As there.
pub async fn own_key_timed(deriver: &Deriver, password: &str) -> Result<(DerivedKey, u32), UiError> {
    // Asked now, because a change of password or cost in another window changes it.
    let status = client::call(Status {}).await?;
    let kdf = status.kdf.ok_or_else(|| {
        told(UiErrorCode::WrongStage, "There is no wallet to open.", "Close this and open it again.")
    })?;
    deriver.timed(password, &kdf).await
}

/// What is typed, and what derives its key; an error once the person has left the form.
fn taken(
    typed: RwSignal<String>,
    deriver: StoredValue<Deriver, LocalStorage>,
) -> Result<(Zeroizing<String>, Deriver), UiError> {
    let taken = typed.try_get_untracked().map(Zeroizing::new).zip(deriver.try_get_value());
    taken.ok_or_else(|| told(UiErrorCode::Gone, "", ""))
}

/// A password that exists already, typed once.
#[derive(Clone, Copy, Debug)]
pub struct OldPassword {
    /// What is typed.
    pub typed: RwSignal<String>,
    deriver: StoredValue<Deriver, LocalStorage>,
}

impl OldPassword {
    /// Nothing typed yet; the worker is made ready.
    #[must_use]
    pub fn new() -> Self {
        let deriver = Deriver::default();
        deriver.prepare();
        let password = Self { typed: RwSignal::new(String::new()), deriver: StoredValue::new_local(deriver) };
        on_cleanup(move || password.clear());
        password
    }

    /// Its key as this wallet's password, or by the parameters of a file.
    ///
    /// # Errors
    /// Nothing is typed; else as [`own_key`].
    pub async fn derive(self, kdf: Option<Kdf>) -> Result<DerivedKey, UiError> {
        let (typed, deriver) = taken(self.typed, self.deriver)?;
        if typed.is_empty() {
            return Err(told(UiErrorCode::WrongPassword, "Type the password first.", ""));
        }
        match kdf {
            Some(kdf) => deriver.derive(&typed, &kdf).await,
            None => own_key(&deriver, &typed).await,
        }
    }

    /// Forgets what was typed.
    pub fn clear(self) {
        self.typed.try_update(Zeroize::zeroize);
    }
}

impl Default for OldPassword {
    fn default() -> Self {
        Self::new()
    }
}

/// A new password, typed twice.
#[derive(Clone, Copy, Debug)]
pub struct NewPassword {
    password: RwSignal<String>,
    repeated: RwSignal<String>,
    tried: RwSignal<bool>,
    deriver: StoredValue<Deriver, LocalStorage>,
    /// What was last judged, and how many guesses it takes.
    judged: RwSignal<(String, Option<u32>)>,
    judge: ModuleWorker,
}

impl NewPassword {
    /// Nothing typed yet.
    #[must_use]
    pub fn new() -> Self {
        let (password, repeated) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        let deriver = StoredValue::new_local(Deriver::default());
        let judge = ModuleWorker::new("strength");
        let judged = RwSignal::new((String::new(), None));
        let new = Self { password, repeated, tried: RwSignal::new(false), deriver, judged, judge };
        on_cleanup(move || new.clear());
        new
    }

    fn strength(self) -> Strength {
        self.password.with(|password| strength(password, self.guesses(password)))
    }

    /// The estimate, if it is of what is typed now.
    fn guesses(self, password: &str) -> Option<u32> {
        self.judged.with(|(judged, guesses)| guesses.filter(|_| judged == password))
    }

    fn problem(self) -> Option<Problem> {
        self.password.with(|password| {
            self.repeated.with(|repeated| problem(password, self.guesses(password), repeated))
        })
    }

    /// Has what is typed now judged.
    async fn have_judged(self) {
        let Some(password) = self.password.try_get_untracked() else { return };
        let secret = SecretText(password.clone());
        let guesses = self.judge.call::<_, u32>(&secret).await.ok();
        if self.password.try_with_untracked(|now| *now == password) == Some(true) {
            self.judged.try_update(|(judged, estimate)| {
                judged.zeroize();
                *judged = password;
                *estimate = guesses;
            });
        }
    }

    /// Its key, by fresh parameters. If it does not do, its fields say why from now on, until it is corrected.
    ///
    /// # Errors
    /// It does not do, or the key could not be worked out.
    pub async fn derive(self) -> Result<DerivedKey, UiError> {
        self.have_judged().await;
        self.tried.try_set(true);
        if untrack(|| self.problem()).is_some() {
            return Err(told(UiErrorCode::Gone, "", ""));
        }
        let (typed, deriver) = taken(self.password, self.deriver)?;
        let kdf = client::call(NewKdf {}).await?;
        deriver.derive(&typed, &kdf).await
    }

    /// Forgets what was typed.
    pub fn clear(self) {
        self.password.try_update(Zeroize::zeroize);
        self.repeated.try_update(Zeroize::zeroize);
        self.judged.try_update(|(judged, _)| judged.zeroize());
    }
}

impl Default for NewPassword {
    fn default() -> Self {
        Self::new()
    }
}

/// The two fields of a new password, with how strong it is.
#[component]
pub fn NewPasswordFields(
    /// What is typed.
    new: NewPassword,
    /// Over the first field.
    label: &'static str,
    /// Name the two fields for tests.
    testids: (&'static str, &'static str),
    /// Told at every change.
    on_change: Callback<()>,
) -> impl IntoView {
    let NewPassword { password, repeated, tried, deriver, .. } = new;
    let mut judge_soon = debounce(PAUSE, move |()| spawn_local(new.have_judged()));
    let said = move |first: bool| {
        Signal::derive(move || match new.problem() {
            Some(Problem::Password(why)) if first && tried.get() => Some(why.to_owned()),
            Some(Problem::Repetition(why)) if !first && tried.get() => Some(why.to_owned()),
            _ => None,
        })
    };
    // What was complained about is being corrected: no more complaints until the next try.
    effect(move || {
        password.track();
        repeated.track();
        tried.set(false);
        on_change.run(());
        judge_soon(());
        if password.with_untracked(|password| password.chars().count()) >= MIN_LENGTH {
            deriver.with_value(Deriver::prepare);
        }
    });
    view! {
        <PasswordField label testid=testids.0 autocomplete="new-password" value=password error=said(true)>
            <StrengthLine new/>
        </PasswordField>
        <PasswordField
            label="Type it again"
            testid=testids.1
            autocomplete="new-password"
            value=repeated
            error=said(false)
        />
    }
}

/// Four bars and the same in words.
#[component]
fn StrengthLine(new: NewPassword) -> impl IntoView {
    let strength = move || new.strength();
    let bars =
        (0..4).map(|n| view! { <i class:on=move || n < strength().bars()></i> }.into_any()).collect_view();
    view! {
        <div class="strength" data-testid="password-strength" data-tone=move || tone(strength())>
            <span class="steps" aria-hidden="true">
                {bars}
            </span>
            <p class="field__hint">
                {redrawn(move || {
                    let strength = strength();
                    view! {
                        <b>{(strength != Strength::Short).then(|| strength.name())}</b>
                        " "
                        {strength.meaning()}
                    }
                        .into_any()
                })}
            </p>
        </div>
    }
}

const fn tone(strength: Strength) -> &'static str {
    match strength {
        Strength::Short | Strength::Unjudged => "plain",
        Strength::Worst | Strength::Weak => "risk",
        Strength::Fair => "care",
        Strength::Good | Strength::Strong => "good",
    }
}
