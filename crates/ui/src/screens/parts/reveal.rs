//! Secrets on the screen: hidden until asked for, for a minute at most, and hidden again when the page is left alone.

use core::time::Duration;

use candor_protocol::ui::SecretText;
use leptos::{ev, prelude::*};

use crate::{components::icon::Icon, effect::redrawn};

/// How long they stay on the screen by themselves.
const SHOWN_FOR: Duration = Duration::from_secs(60);

/// What may be shown, and what is.
#[derive(Clone, Copy, Debug)]
pub struct Reveal {
    /// What may be shown, once the password was given.
    pub kept: RwSignal<Option<Vec<SecretText>>>,
    /// The same while it is shown.
    pub shown: RwSignal<Option<Vec<SecretText>>>,
    round: StoredValue<u32>,
}

impl Reveal {
    /// For the component that calls this.
    #[must_use]
    pub fn new(kept: RwSignal<Option<Vec<SecretText>>>) -> Self {
        let shown = RwSignal::new(None);
        let hide = move || drop(shown.try_set(None));
        let blurred = window_event_listener(ev::blur, move |_| hide());
        let left = window_event_listener_untyped("visibilitychange", move |_| hide());
        on_cleanup(move || {
            blurred.remove();
            left.remove();
        });
        Self { kept, shown, round: StoredValue::new(0) }
    }

    /// Shows it for a minute, or hides it.
    pub fn toggle(self) {
        let mine = self.round.get_value().wrapping_add(1);
        self.round.set_value(mine);
        if self.shown.with_untracked(Option::is_some) {
            return self.shown.set(None);
        }
        self.shown.set(self.kept.get_untracked());
        let hide = move || {
            if self.round.try_get_value() == Some(mine) {
                self.shown.try_set(None);
            }
        };
        set_timeout(hide, SHOWN_FOR);
    }
}

/// The button that shows and hides.
#[component]
pub fn RevealButton(
    /// What it shows and hides.
    reveal: Reveal,
    /// What showing is called.
    label: &'static str,
    /// Names it for tests.
    testid: &'static str,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| reveal.shown.with(Option::is_some));
    view! {
        <button type="button" class="btn btn--plain" data-testid=testid on:click=move |_| reveal.toggle()>
            {redrawn(move || {
                let (icon, text) = if is_shown.get() { ("eyeoff", "Hide") } else { ("eye", label) };
                view! {
                    <Icon name=icon size=18/>
                    {text}
                }
                    .into_any()
            })}
        </button>
    }
}
