//! Splitting what accounts come from into shares (SLIP-39), after the password was given again. Full tabs only: a
//! popup closes while they are being written down.

use candor_protocol::{
    import::{KeyringKind, MakeShares, ShareGroup},
    ui::SecretText,
    view::KeyringView,
};
use leptos::prelude::*;

use super::parts::{
    ask_keyring::{AskKeyring, AskKeyringFields},
    doing::{Doing, Form},
    reveal::{Reveal, RevealButton},
};
use crate::{
    app, browser,
    components::{leaf::Leaf, phrase_grid::PhraseGrid},
    effect::{effect, redrawn},
    importer::Importer,
    model::shares,
};

const NOTES: &[(&str, &str)] = &[
    (
        "What shares are for",
        "No single paper opens your wallet, and if fewer are needed than you make, one may get lost. Give them to people or places that have nothing to do with each other.",
    ),
    (
        "What they bring back",
        "All accounts of this phrase, in Candor. Shares of 59 words do not fit Trezor devices, and few other wallets read them. They do not bring the words of the phrase back.",
    ),
    (
        "On each paper",
        "Its number, how many are needed, and the date. Candor keeps no shares, and those you make another time do not fit these.",
    ),
    ("Who may ask for them", "Nobody. Whoever has enough of them has all accounts of this phrase."),
];

/// The scheme and the password; then one share after the other.
#[component]
pub fn MakeSharesScreen() -> impl IntoView {
    let made = RwSignal::new(None::<Vec<SecretText>>);
    let open = Memo::new(move |_| made.with(Option::is_some));
    view! {
        <Leaf screen="shares" notes=NOTES>
            {redrawn(move || {
                if open.get() {
                    view! { <Shares made/> }.into_any()
                } else {
                    view! { <Make made/> }.into_any()
                }
            })}
        </Leaf>
    }
}

/// How many, how many are needed, and the password.
#[component]
fn Make(made: RwSignal<Option<Vec<SecretText>>>) -> impl IntoView {
    let importer = Importer::new();
    let ask = AskKeyring::new(|keyring: &KeyringView| keyring.kind != KeyringKind::Key);
    let count = RwSignal::new(3_u8);
    let needed = RwSignal::new(2_u8);
    let doing = Doing::new();
    let submit = Callback::new(move |()| {
        doing.begin(async move {
            let (keyring, _) = ask.record().await?;
            let groups = vec![ShareGroup { needed: needed.get_untracked(), shares: count.get_untracked() }];
            let passphrase = SecretText(String::new());
            let call = MakeShares { keyring, passphrase, groups_needed: 1, groups };
            let mut groups = importer.call(call).await?;
            made.try_set(groups.pop());
            request_animation_frame(browser::focus_heading);
            Ok(())
        });
    });
    let number = |event: &web_sys::Event| event_target_value(event).parse::<u8>().ok();
    let choose_count = move |event| {
        if let Some(chosen) = number(&event) {
            count.set(chosen);
            needed.update(|needed| *needed = (*needed).min(chosen));
        }
    };
    let choose_needed = move |event| {
        if let Some(chosen) = number(&event) {
            needed.set(chosen);
        }
    };
    let options = |most: u8, chosen: u8| {
        let option = move |n: u8| {
            view! { <option value=n.to_string() selected=n == chosen>{n.to_string()}</option> }.into_any()
        };
        (2..=most).map(option).collect_view()
    };
    view! {
        <Form
            doing
            head=("Split your phrase into shares", "Several papers instead of one: some of them together bring your accounts back.")
            label="Make the shares"
            testid="password-submit"
            back="#/settings"
            on_submit=submit
        >
            <div class="pair">
                <label class="field">
                    <span class="field__label">"How many shares"</span>
                    <select class="select" data-testid="shares-count" on:change=choose_count>
                        {options(shares::MOST, 3)}
                    </select>
                </label>
                <label class="field">
                    <span class="field__label">"How many are needed"</span>
                    <select class="select" data-testid="shares-needed" on:change=choose_needed>
                        {redrawn(move || options(count.get(), needed.get_untracked()))}
                    </select>
                </label>
            </div>
            <p class="field__hint" role="status">{redrawn(move || shares::scheme(needed.get(), count.get()))}</p>
            <AskKeyringFields ask doing/>
        </Form>
    }
}

/// One share at a time, hidden until asked for.
#[component]
fn Shares(made: RwSignal<Option<Vec<SecretText>>>) -> impl IntoView {
    let at = RwSignal::new(0_usize);
    let seen = RwSignal::new(false);
    let kept = RwSignal::new(None::<Vec<SecretText>>);
    let reveal = Reveal::new(kept);
    let turn = move |to: usize| {
        reveal.shown.set(None);
        seen.set(false);
        at.set(to);
        kept.set(made.with_untracked(|made| {
            let share = made.as_ref()?.get(to)?;
            Some(share.0.split(' ').map(|word| SecretText(word.to_owned())).collect())
        }));
    };
    turn(0);
    effect(move || {
        if reveal.shown.with(Option::is_some) {
            seen.set(true);
        }
    });
    let all = made.with_untracked(|made| made.as_ref().map_or(0, Vec::len));
    let count = Signal::derive(move || kept.with(|words| words.as_ref().map_or(0, Vec::len)));
    let on = move |_| {
        let next = at.get_untracked() + 1;
        if next < all {
            turn(next);
        } else {
            kept.set(None);
            made.set(None);
            app::go("#/home");
        }
    };
    view! {
        <h1>{redrawn(move || format!("Share {} of {all}", at.get() + 1))}</h1>
        <p class="lede">"Write it on a paper of its own, in this order. It is shown for a minute at most."</p>
        <div class="wordsbox">
            <PhraseGrid count words=reveal.shown/>
            <div class="wordsbox__bar">
                <RevealButton reveal label="Show the words" testid="phrase-reveal"/>
            </div>
        </div>
        <div class="leaf__acts">
            <button class="btn btn--primary btn--lg" data-testid="shares-next" disabled=move || !seen.get() on:click=on>
                {redrawn(move || if at.get() + 1 < all { "Next share" } else { "Done" })}
            </button>
            {redrawn(move || {
                (at.get() > 0)
                    .then(|| {
                        view! {
                            <button
                                class="btn btn--quiet btn--lg"
                                data-testid="back"
                                on:click=move |_| turn(at.get_untracked().saturating_sub(1))
                            >
                                "Back"
                            </button>
                        }
                            .into_any()
                    })
            })}
        </div>
    }
}
