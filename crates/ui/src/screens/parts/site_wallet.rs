//! Which wallet a site gets that does not let one choose.

use candor_protocol::{ui::SetSitePreferred, view::SiteView};
use leptos::prelude::*;

use super::act::attempt;
use crate::components::{
    disclosure::Disclosure,
    tick_row::{ChoiceRow, TickBox},
};

/// The choices: what is stored, its name for tests, what it is called and what it means.
const CHOICES: [(Option<bool>, &str, &str, &str); 3] = [
    (None, "site-preferred-default", "As everywhere", "What your settings say"),
    (Some(true), "site-preferred-yes", "Candor", "Also beside another wallet"),
    (Some(false), "site-preferred-no", "Another wallet", "Candor only where there is no other"),
];

/// The choice for one site, behind a line; what few sites need behind another.
#[component]
pub fn SiteWallet(
    /// The site.
    site: SiteView,
) -> impl IntoView {
    let SiteView { origin, preferred, as_metamask, .. } = site;
    let choose = Callback::new(move |(preferred, as_metamask): (Option<bool>, bool)| {
        attempt(SetSitePreferred { origin: origin.clone(), preferred, as_metamask });
    });
    let rows = CHOICES.into_iter().map(move |(choice, testid, title, sub)| {
        let choose = Callback::new(move |()| choose.run((choice, as_metamask)));
        view! { <ChoiceRow group="site-preferred" testid title sub chosen=Signal::stored(choice == preferred) on_choose=choose/> }
            .into_any()
    });
    view! {
        <div class="pad">
            <Disclosure testid="site-wallet-open" title="If it does not let you choose a wallet">
                <div class="choices">{rows.collect_view()}</div>
                <p class="row__s">"A change counts when the page loads next."</p>
                <Disclosure testid="site-metamask-open" title="This site only knows MetaMask">
                    <label class="row row--set">
                        <span class="row__main">
                            <span class="row__t row__t--wrap">"Let it take Candor for MetaMask"</span>
                            <span class="row__s">"It may then say MetaMask where it means Candor"</span>
                        </span>
                        <input
                            class="vh"
                            type="checkbox"
                            data-testid="site-metamask"
                            prop:checked=as_metamask
                            on:change=move |_| choose.run((preferred, !as_metamask))
                        />
                        <TickBox checked=Signal::stored(as_metamask)/>
                    </label>
                </Disclosure>
            </Disclosure>
        </div>
    }
}
