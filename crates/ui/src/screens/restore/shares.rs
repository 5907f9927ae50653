//! Shares of a wallet (SLIP-39), of one group or of several, in any order.

use core::time::Duration;

use candor_protocol::{
    import::{InspectShares, ReadShares, SharesReport},
    ui::SecretText,
};
use leptos::{leptos_dom::helpers::debounce, prelude::*, task::spawn_local};
use zeroize::{Zeroize, Zeroizing};

use super::{Coming, Ways};
use crate::{
    app,
    components::{
        field::{SecretArea, SecretLine},
        note::Problem,
        progress::Progress,
    },
    effect::redrawn,
    model::shares,
    screens::parts::doing::{Doing, Form},
};

/// How long typing pauses before it is looked at.
const PAUSE: Duration = Duration::from_millis(200);

fn split(text: &str) -> Vec<SecretText> {
    shares::split(text).into_iter().map(SecretText).collect()
}

/// One field for all shares, and what is known of them.
#[component]
pub fn ByShares(
    /// What all ways share.
    coming: Coming,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let passphrase = RwSignal::new(String::new());
    on_cleanup(move || {
        text.try_update(Zeroize::zeroize);
        passphrase.try_update(Zeroize::zeroize);
    });
    let report = RwSignal::new(None::<SharesReport>);
    let insist = RwSignal::new(false);
    let reading = RwSignal::new(false);
    let doing = Doing::new();
    let inspect_soon = StoredValue::new_local(debounce(PAUSE, move |()| {
        let asked = Zeroizing::new(text.get_untracked());
        let answer = coming.importer.call(InspectShares { shares: split(&asked) });
        spawn_local(async move {
            if let Ok(answer) = answer.await
                && text.try_with_untracked(|text| *text == *asked) == Some(true)
            {
                report.set(Some(answer));
            }
        });
    }));
    let on_type = Callback::new(move |typed: String| {
        text.set(typed);
        insist.set(false);
        inspect_soon.update_value(|inspect| inspect(()));
    });
    let submit = Callback::new(move |()| {
        doing.begin(async move {
            let shares = text.with_untracked(|text| split(text));
            let found = coming.importer.call(InspectShares { shares: shares.clone() }).await?;
            let complete = found.complete;
            report.try_set(Some(found));
            insist.try_set(true);
            if !complete {
                return Ok(());
            }
            reading.try_set(true);
            let call = ReadShares { shares, passphrase: SecretText(passphrase.get_untracked()) };
            let keyring = coming.importer.call(call).await;
            reading.try_set(false);
            coming.steps.set_keyring(keyring?);
            text.try_update(Zeroize::zeroize);
            passphrase.try_update(Zeroize::zeroize);
            app::go("#/found");
            Ok(())
        });
    });
    let problem = Signal::derive(move || {
        report.with(|report| {
            let report = report.as_ref()?;
            shares::problem(report).or_else(|| {
                let missing = report.missing.clone().filter(|_| insist.get())?;
                Some((missing, "Put each share on a line of its own.".to_owned()))
            })
        })
    });
    view! {
        <Form
            doing
            head=coming.head("Type or paste as many shares as you need, each on a line of its own, in any order.")
            label="Continue"
            testid="restore-submit"
            back=coming.back()
            on_submit=submit
        >
            <Ways coming/>
            <div class="field">
                <SecretArea id="restore-shares" label="Shares" rows="6" value=text on_type/>
                <p class="field__hint" role="status" data-testid="restore-shares-read">
                    {redrawn(move || report.with(|report| report.as_ref().and_then(shares::says)))}
                </p>
            </div>
            <Problem problem/>
            <div class="field">
                <SecretLine
                    id="restore-shares-passphrase"
                    label="Passphrase, if your shares have one"
                    value=passphrase
                    hint="Most have none. Another passphrase gives other accounts, without any warning."
                />
            </div>
            {redrawn(move || {
                reading
                    .get()
                    .then(|| {
                        view! {
                            <Progress
                                says="Putting the shares together…".to_owned()
                                done=Signal::stored(None)
                                on_stop=Callback::new(move |()| coming.importer.cancel())
                            />
                        }
                    })
            })}
        </Form>
    }
}
