//! A recovery phrase, in any of the ten languages, with its passphrase.

use core::time::Duration;

use candor_protocol::{
    import::{InspectPhrase, Keyring, ReadPhrase},
    ui::{SecretText, UiError},
    view::{PhraseReportView, Tone},
};
use leptos::{leptos_dom::helpers::debounce, prelude::*, task::spawn_local};
use zeroize::{Zeroize, Zeroizing};

use super::{Coming, Ways};
use crate::{
    app,
    components::{
        disclosure::DisclosureLine,
        field::{SecretArea, SecretLine},
        icon::Icon,
        live_words::{LiveWords, Offers},
        note::{Note, Problem},
        seal::Seal,
        tick_row::TickBox,
    },
    effect::{effect, redrawn},
    model::{
        address,
        phrase::{count_line, first_unknown, says_problem, with_word},
    },
    screens::parts::doing::{Doing, Form},
};

/// How long typing pauses before it is looked at.
const PAUSE: Duration = Duration::from_millis(120);

/// What is typed, and what is known of it.
#[derive(Clone, Copy, Debug)]
struct Typed {
    coming: Coming,
    text: RwSignal<String>,
    passphrase: RwSignal<String>,
    /// The words are to be used although their check does not pass.
    unchecked: RwSignal<bool>,
    report: RwSignal<Option<PhraseReportView>>,
    /// Say what is wrong even if the last word may still be on its way.
    insist: RwSignal<bool>,
    failure: RwSignal<Option<UiError>>,
}

impl Typed {
    fn inspect(self) {
        let typed = SecretText(self.text.get_untracked());
        let asked = Zeroizing::new(typed.0.clone());
        let answer = self.coming.importer.call(InspectPhrase { text: typed });
        spawn_local(async move {
            let answer = answer.await;
            // Typed on in the meantime: a newer answer is on its way.
            if self.text.try_with_untracked(|text| *text == *asked) == Some(true) {
                match answer {
                    Ok(answer) => {
                        if answer.checksum != Some(false) {
                            self.unchecked.set(false);
                        }
                        self.report.set(Some(answer));
                    }
                    Err(error) => self.failure.set(Some(error)),
                }
            }
        });
    }

    fn change(self, text: String) {
        self.text.set(text);
        self.insist.set(false);
        self.failure.set(None);
    }

    fn call(self) -> ReadPhrase {
        ReadPhrase {
            text: SecretText(self.text.get_untracked()),
            passphrase: SecretText(self.passphrase.get_untracked()),
            unchecked: self.unchecked.get_untracked(),
        }
    }

    fn clear(self) {
        self.text.try_update(Zeroize::zeroize);
        self.passphrase.try_update(Zeroize::zeroize);
        self.report.try_set(None);
    }
}

/// The words, what is right and wrong about them, and the passphrase.
#[component]
pub fn ByPhrase(
    /// What all ways share.
    coming: Coming,
) -> impl IntoView {
    let typed = Typed {
        coming,
        text: RwSignal::new(String::new()),
        passphrase: RwSignal::new(String::new()),
        unchecked: RwSignal::new(false),
        report: RwSignal::new(None),
        insist: RwSignal::new(false),
        failure: RwSignal::new(None),
    };
    on_cleanup(move || typed.clear());
    let doing = Doing::new();
    let inspect_soon = StoredValue::new_local(debounce(PAUSE, move |()| typed.inspect()));
    let on_type = Callback::new(move |text: String| {
        typed.change(text);
        inspect_soon.update_value(|inspect| inspect(()));
    });
    let replace = Callback::new(move |(index, word): (usize, String)| {
        let replaced =
            typed.report.with_untracked(|report| report.as_ref().map(|r| with_word(r, index, &word)));
        if let Some(replaced) = replaced {
            typed.change(replaced);
            typed.inspect();
        }
    });
    let submit = Callback::new(move |()| {
        // As it was when the button was pressed, whatever is typed or ticked before there is an answer.
        let call = typed.call();
        doing.begin(async move {
            let text = SecretText(call.text.0.clone());
            let report = typed.coming.importer.call(InspectPhrase { text }).await?;
            if report.problem.is_some() && !call.unchecked {
                typed.report.try_set(Some(report));
                typed.insist.try_set(true);
                return Ok(());
            }
            let keyring = typed.coming.importer.call(call).await?;
            coming.steps.set_keyring(keyring);
            typed.clear();
            app::go("#/found");
            Ok(())
        });
    });
    let report = typed.report;
    let words = Memo::new(move |_| {
        report.with(|report| report.as_ref().map(|r| r.words.clone()).unwrap_or_default())
    });
    let problem = Signal::derive(move || {
        if let Some(error) = typed.failure.get() {
            return Some((error.title, error.text));
        }
        report.with(|report| {
            let report = report.as_ref().filter(|report| typed.insist.get() || says_problem(report))?;
            report.problem.as_ref().map(|problem| (problem.title.clone(), problem.text.clone()))
        })
    });
    let offers = Memo::new(move |_| {
        problem
            .with(Option::is_some)
            .then(|| report.with(|report| report.as_ref().and_then(first_unknown)))
            .flatten()
    });
    let checksum = Memo::new(move |_| report.with(|report| report.as_ref().and_then(|r| r.checksum)));
    view! {
        <Form
            doing
            head=coming.head("Type or paste your recovery phrase. 12 to 24 words, any spacing, any language.")
            label="Continue"
            testid="restore-submit"
            back=coming.back()
            on_submit=submit
        >
            <Ways coming/>
            <div class="field">
                <SecretArea
                    id="restore-phrase"
                    label="Recovery phrase"
                    rows="3"
                    value=typed.text
                    on_type
                    beside=Signal::derive(move || count_line(words.with(Vec::len)))
                />
            </div>
            <LiveWords words/>
            {redrawn(move || {
                (checksum.get() == Some(true))
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
            {redrawn(move || {
                (checksum.get() == Some(false)).then(|| view! { <Unchecked unchecked=typed.unchecked/> })
            })}
            <Passphrase typed/>
        </Form>
    }
}

/// Words that are right although their built-in check does not pass: some old wallets made such.
#[component]
fn Unchecked(unchecked: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="row row--set">
            <input
                class="vh"
                type="checkbox"
                data-testid="restore-unchecked"
                prop:checked=move || unchecked.get()
                on:change=move |event| unchecked.set(event_target_checked(&event))
            />
            <TickBox checked=unchecked/>
            <span class="row__main">
                <span class="row__t">"My paper says exactly this"</span>
                <span class="row__s">"Use the words although they do not fit together"</span>
            </span>
        </label>
        {redrawn(move || {
            unchecked
                .get()
                .then(|| {
                    view! {
                        <Note
                            tone=Tone::Risk
                            what="Go on only if another wallet took these words."
                            why="If one word is wrong, this opens another, empty wallet. The right words cannot reach what you send to it."
                        />
                    }
                })
        })}
    }
}

/// The few wallets that also had a passphrase.
#[component]
fn Passphrase(typed: Typed) -> impl IntoView {
    let open = RwSignal::new(false);
    let passphrase = typed.passphrase;
    // One that cannot be seen would lead to other accounts without a word.
    effect(move || {
        if !open.get() {
            passphrase.update(Zeroize::zeroize);
        }
    });
    view! {
        <DisclosureLine testid="restore-passphrase-open" icon="plus" title="My wallet also had a passphrase" open/>
        {redrawn(move || {
            open.get()
                .then(|| {
                    view! {
                        <div class="field">
                            <SecretLine
                                id="restore-passphrase"
                                label="Passphrase"
                                value=passphrase
                                hint="Every character counts, spaces and capital letters too. Another passphrase gives other accounts, without any warning. Candor keeps the accounts, not the passphrase: write it down beside the words."
                            />
                            <FirstAccount typed/>
                        </div>
                    }
                        .into_any()
                })
        })}
    }
}

/// By their first account a person recognises a passphrase that was mistyped.
#[component]
fn FirstAccount(typed: Typed) -> impl IntoView {
    let first = RwSignal::new(None::<String>);
    let mut look_soon = debounce(PAUSE, move |()| {
        let asked = Zeroizing::new((typed.text.get_untracked(), typed.passphrase.get_untracked()));
        let answer = typed.coming.importer.call(typed.call());
        spawn_local(async move {
            let answer = answer.await.ok().map(|Keyring { first, .. }| first.address);
            let now = typed.text.try_get_untracked().zip(typed.passphrase.try_get_untracked());
            if now.map(Zeroizing::new).as_ref() == Some(&asked) {
                first.try_set(answer);
            }
        });
    });
    effect(move || {
        typed.passphrase.track();
        typed.unchecked.track();
        typed.report.track();
        look_soon(());
    });
    view! {
        <div role="status" data-testid="restore-first" data-address=move || first.get()>
            {redrawn(move || {
                first
                    .get()
                    .map(|full| {
                        view! {
                            <p class="first">
                                <Seal address=full.clone() size=24/>
                                <span>
                                    "Your first account would be "
                                    <b class="mono" dir="ltr" title=full.clone()>{address::short(&full)}</b> "."
                                </span>
                            </p>
                        }
                            .into_any()
                    })
            })}
        </div>
    }
}
