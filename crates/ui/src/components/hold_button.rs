//! A button that has to be held.

use core::time::Duration;

use leptos::{html::Button, prelude::*};

use crate::{
    browser,
    effect::{effect, redrawn},
};

/// How long to hold, in milliseconds.
const HOLD_MS: f64 = 1500.0;
/// How long a first press without holding waits for the second.
const SECOND_PRESS: Duration = Duration::from_secs(5);

/// Where a hold stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Hold {
    /// Nothing happens.
    Idle,
    /// Held since this moment (milliseconds of the page's clock).
    Since(f64),
    /// Let go too early.
    Early,
    /// Pressed once without holding, by someone who cannot hold.
    Once,
    /// Done; nothing more happens.
    Done,
}

/// The button of a risky act: it acts after being held for one and a half seconds, by pointer or by Space or Enter.
/// A press that no pointer made (a screen reader's) is asked for a second time instead.
#[component]
pub fn HoldButton(
    /// The act.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it may be held.
    #[prop(into)]
    disabled: Signal<bool>,
    /// Names it for tests.
    testid: &'static str,
    /// Held to the end.
    on_done: Callback<()>,
) -> impl IntoView {
    let hold = RwSignal::new(Hold::Idle);
    let button = NodeRef::<Button>::new();
    let calm = browser::prefers_reduced_motion();
    let elapsed = RwSignal::new(0.0_f64);
    // Through the object model, because the page's policy forbids style attributes.
    effect(move || {
        let share = whole(elapsed.get() / HOLD_MS * 100.0).min(100);
        if let Some(button) = button.get().filter(|_| !calm) {
            browser::set_property(&button, "--p", &format!("{share}%"));
        }
    });
    // Whatever changed above the button, the hold starts anew.
    effect(move || {
        if disabled.get() {
            hold.set(Hold::Idle);
            elapsed.set(0.0);
        }
    });
    let finish = move || {
        hold.set(Hold::Done);
        on_done.run(());
    };
    let start = move || {
        if disabled.get_untracked() || matches!(hold.get_untracked(), Hold::Since(_) | Hold::Done) {
            return;
        }
        let since = browser::now();
        hold.set(Hold::Since(since));
        every_frame(move || {
            if hold.try_get_untracked() != Some(Hold::Since(since)) {
                return false;
            }
            let held = browser::now() - since;
            elapsed.set(held);
            if held >= HOLD_MS {
                finish();
            }
            held < HOLD_MS
        });
    };
    let release = move || {
        if matches!(hold.get_untracked(), Hold::Since(_)) {
            hold.set(Hold::Early);
            elapsed.set(0.0);
        }
    };
    let press = move |event: leptos::ev::MouseEvent| {
        // A pointer's click counts its presses; one made by assistive technology counts none.
        if event.detail() != 0 || disabled.get_untracked() {
            return;
        }
        match hold.get_untracked() {
            Hold::Once => finish(),
            Hold::Idle | Hold::Early => {
                hold.set(Hold::Once);
                set_timeout(
                    move || {
                        if hold.try_get_untracked() == Some(Hold::Once) {
                            hold.set(Hold::Idle);
                        }
                    },
                    SECOND_PRESS,
                );
            }
            Hold::Since(_) | Hold::Done => {}
        }
    };
    let is_key = |event: &leptos::ev::KeyboardEvent| matches!(event.key().as_str(), "Enter" | " ");
    let words = move || match hold.get() {
        Hold::Idle | Hold::Done => label.get(),
        Hold::Since(_) if calm => {
            let tenths = whole((HOLD_MS - elapsed.get()) / 100.0);
            format!("Keep holding, {}.{} s", tenths / 10, tenths % 10)
        }
        Hold::Since(_) => "Keep holding".to_owned(),
        Hold::Early => "Not sent. Hold until it fills".to_owned(),
        Hold::Once => "Press once more".to_owned(),
    };
    view! {
        <button
            type="button"
            class="hold"
            node_ref=button
            data-testid=testid
            aria-description="Hold for one and a half seconds"
            disabled=move || disabled.get()
            on:pointerdown=move |_| start()
            on:pointerup=move |_| release()
            on:pointerleave=move |_| release()
            on:pointercancel=move |_| release()
            on:contextmenu=move |event| event.prevent_default()
            on:keydown=move |event| {
                if is_key(&event) {
                    event.prevent_default();
                    start();
                }
            }
            on:keyup=move |event| {
                if is_key(&event) {
                    event.prevent_default();
                    release();
                }
            }
            on:blur=move |_| release()
            on:click=press
        >
            <span>{redrawn(words)}</span>
            <span class="hold__over" aria-hidden="true">
                {redrawn(words)}
            </span>
        </button>
    }
}

/// The nearest whole number, at least 0. The standard library's printing of fractions is larger than this file.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast ends at 0 and at the maximum"
)]
fn whole(value: f64) -> u32 {
    value.round() as u32
}

/// Runs something at every frame until it says no.
fn every_frame(mut run: impl FnMut() -> bool + 'static) {
    request_animation_frame(move || {
        if run() {
            every_frame(run);
        }
    });
}
