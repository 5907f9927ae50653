//! Which servers the wallet may ask. Before this choice nothing leaves the computer.

use candor_protocol::ui::{ChooseServers, ServersChoice};
use leptos::{ev::SubmitEvent, prelude::*};

use super::parts::doing::Doing;
use crate::{
    app, client,
    components::{leaf::Leaf, note::Problem, tick_row::ChoiceRow},
    effect::redrawn,
};

const NOTES: &[(&str, &str)] = &[
    (
        "Why a server",
        "What you own is written on the network, not here. To read it, somebody who follows the network must be asked.",
    ),
    (
        "What it sees",
        "The address it is asked about, and where on the internet you are. Each question is about one account only.",
    ),
    (
        "What it cannot do",
        "Move your money, or change what you sign. If it lies about a balance, it only fools the display.",
    ),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Public,
    Own,
}

/// Public servers, or one's own.
#[component]
pub fn ServersScreen() -> impl IntoView {
    let choice = RwSignal::new(None::<Choice>);
    let url = RwSignal::new(String::new());
    let doing = Doing::new();

    let answer = move || match choice.get() {
        Some(Choice::Public) => Some(ServersChoice::Public),
        Some(Choice::Own) => {
            let url = url.with(|url| url.trim().to_owned());
            (!url.is_empty()).then_some(ServersChoice::Own { url })
        }
        None => None,
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(choice) = untrack(answer) else { return };
        doing.begin(async move {
            client::call(ChooseServers { choice }).await?;
            app::go("#/done");
            app::refresh();
            Ok(())
        });
    };
    let choose = move |chosen: Choice| {
        Callback::new(move |()| {
            doing.forgive().run(());
            choice.set(Some(chosen));
        })
    };

    view! {
        <Leaf
            screen="networks"
            step=(4, 4)
            notes=NOTES
            footer="Nothing has left this computer so far. After this page, Candor asks only the servers you choose here."
        >
            <h1>"Which servers may Candor ask?"</h1>
            <p class="lede">"They tell it what you have, and pass on what you sign."</p>
            <form class="leaf__form" on:submit=submit novalidate>
                <div class="ledger choices" role="radiogroup" aria-label="Servers">
                    <ChoiceRow
                        group="servers"
                        testid="networks-public"
                        title="Public servers"
                        sub="Works at once, on more than ninety networks. Several companies run them; each sees the addresses it is asked about."
                        chosen=Signal::derive(move || choice.get() == Some(Choice::Public))
                        on_choose=choose(Choice::Public)
                    />
                    <ChoiceRow
                        group="servers"
                        testid="networks-own"
                        title="Only my own server"
                        sub="For people who run one. Networks without a server of yours are never asked about."
                        chosen=Signal::derive(move || choice.get() == Some(Choice::Own))
                        on_choose=choose(Choice::Own)
                    />
                </div>
                {redrawn(move || (choice.get() == Some(Choice::Own)).then(|| view! { <OwnServer url/> }))}
                <Problem problem=doing.trouble()/>
                <div class="leaf__acts">
                    <button
                        type="submit"
                        class="btn btn--primary btn--lg"
                        data-testid="networks-submit"
                        disabled=move || answer().is_none()
                        aria-busy=move || doing.is_busy().to_string()
                    >
                        {redrawn(move || if doing.is_busy() { "Continue…" } else { "Continue" })}
                    </button>
                </div>
            </form>
        </Leaf>
    }
}

/// Address of one's own server.
#[component]
fn OwnServer(url: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field__label" for="networks-own-url">"Address of your server"</label>
            <div class="input">
                <input
                    id="networks-own-url"
                    type="url"
                    inputmode="url"
                    dir="ltr"
                    data-testid="networks-own-url"
                    placeholder="http://localhost:8545"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=move || url.get()
                    on:input=move |event| url.set(event_target_value(&event))
                />
            </div>
            <p class="field__hint">"We ask it now which network it serves."</p>
        </div>
    }
}
