//! The first page of a fresh wallet: what it is, and the ways in.

use leptos::prelude::*;

use crate::{
    app,
    components::{brand::Brand, icon::Icon},
};

/// The ways in, beside what makes this wallet different.
#[component]
pub fn WelcomeScreen() -> impl IntoView {
    view! {
        <div class="leaf leaf--welcome" data-testid="screen" data-screen="welcome">
            <header class="leaf__top">
                <Brand/>
            </header>
            <main class="welcome">
                <section>
                    <h1>"The wallet that says what you sign."</h1>
                    <p class="lede">
                        "Every request becomes one plain sentence. Your keys stay on this computer, encrypted. We never see them."
                    </p>
                    <div class="ways">
                        <Way
                            testid="welcome-create"
                            to="#/password/create"
                            icon="plus"
                            title="Create a new wallet"
                            sub="Two minutes. No email, no sign-up."
                            first=true
                        />
                        <Way
                            testid="welcome-restore"
                            to="#/password/restore"
                            icon="key"
                            title="I already have one"
                            sub="Bring it back with its phrase, shares, private key or key file."
                            first=false
                        />
                        <Way
                            testid="restore-backup"
                            to="#/from-backup"
                            icon="file"
                            title="I have a backup file"
                            sub="It brings back everything, with its password."
                            first=false
                        />
                    </div>
                </section>
                <Comparison/>
            </main>
            <footer class="leaf__foot leaf__foot--wide">
                <span>"Free and open source"</span>
                <span>"No tracking, no account"</span>
                <span>"You can leave with your phrase at any time"</span>
            </footer>
        </div>
    }
}

/// One way in.
#[component]
fn Way(
    testid: &'static str,
    to: &'static str,
    icon: &'static str,
    title: &'static str,
    sub: &'static str,
    first: bool,
) -> impl IntoView {
    view! {
        <button class="row row--tall way" class:way--first=first data-testid=testid on:click=move |_| app::go(to)>
            <span class="disc">
                <Icon name=icon/>
            </span>
            <span class="row__main">
                <span class="row__t">{title}</span>
                <span class="row__s">{sub}</span>
            </span>
            <span class="faint">
                <Icon name="right"/>
            </span>
        </button>
    }
}

/// The same request in another wallet and in this one. An illustration: nothing in it can be pressed.
#[component]
fn Comparison() -> impl IntoView {
    view! {
        <figure class="compare" aria-label="The same request, in another wallet and in Candor">
            <figcaption class="grp">"The same request, elsewhere"</figcaption>
            <div class="compare__raw" aria-hidden="true">
                "Contract interaction"<br/> "Method: approve(address,uint256)"<br/>
                "0x095ea7b3000000000000000000000000e94c0f7b21d85a36ce8012f4d7a96b50834f27c1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            </div>
            <p class="grp">"In Candor"</p>
            <div class="compare__said">
                <p class="say say--lg">
                    "Let an "<b class="say__w" data-tone="risk">"unknown contract"</b>" spend "
                    <b class="say__w" data-tone="risk">"any amount of your USDC"</b>", "
                    <b class="say__w" data-tone="risk">"forever"</b>"."
                </p>
                <p class="compare__acts" aria-hidden="true">
                    <span class="btn btn--ink btn--sm">"Reject"</span>
                    <span class="btn btn--soft btn--sm">"Look closer"</span>
                </p>
            </div>
        </figure>
    }
}
