//! What came to an account and left it without the wallet, and what of that is better not looked at. No address of it
//! can be copied here.

use candor_protocol::{
    history::{HiddenMoveView, HistoryView, MoveView},
    ui::History,
};
use leptos::prelude::*;

use super::{act::attempt, clock, live::Live};
use crate::{
    browser,
    components::icon::Icon,
    effect::redrawn,
    model::{history, progress},
};

/// One of them.
pub fn move_row(moved: &MoveView) -> AnyView {
    let (tone, icon) = if moved.incoming { ("good", "receive") } else { ("care", "send") };
    let link = progress::explorer(&moved.network, &moved.hash).map(|link| {
        let label = format!("Look at it on {}", progress::explorer_name(&link));
        view! {
            <button class="iconbtn" data-testid="move-explorer" aria-label=label.clone() title=label on:click=move |_| browser::open_web(&link)>
                <Icon name="ext" size=18/>
            </button>
        }
        .into_any()
    });
    view! {
        <div class="row row--tall" data-testid="move-row" data-incoming=moved.incoming.to_string()>
            <span class="disc" data-tone=tone><Icon name=icon size=18/></span>
            <span class="row__main">
                <span class="row__t row__t--wrap">{history::title(moved)}</span>
                <span class="row__s">{history::context(moved, moved.at_ms.map(clock::local))}</span>
            </span>
            {link}
        </div>
    }
    .into_any()
}

/// Below the rows: what is hidden, how far back was looked, and what could not be.
#[component]
pub fn Beyond(
    /// What is known.
    history: Live<HistoryView>,
    /// Whose it is.
    account: Memo<Option<String>>,
    /// How many rows are asked for.
    most: RwSignal<u32>,
) -> impl IntoView {
    let unfolded = RwSignal::new(false);
    let further = move |_| {
        if let Some(address) = account.get_untracked() {
            attempt(History { address, most: most.get_untracked(), further: true });
        }
    };
    redrawn(move || {
        let known = history.value()?;
        let hidden = (!known.hidden.is_empty()).then(|| hidden_rows(&known.hidden, unfolded));
        let more = (known.more > 0).then(|| {
            view! {
                <div>
                    <button class="btn btn--quiet btn--sm" data-testid="moves-more" on:click=move |_| most.set(u32::MAX)>
                        {format!("Show {} more", known.more)}
                    </button>
                </div>
            }
            .into_any()
        });
        let troubles = (!known.troubles.is_empty()).then(|| {
            let text =
                format!("{} did not answer. What came in there may be missing.", known.troubles.join(", "));
            view! { <p class="row__s" data-testid="moves-trouble">{text}</p> }.into_any()
        });
        let looked = history::looked(&known.looked, clock::local, clock::now());
        let looked = (!looked.is_empty()).then(|| {
            let text = format!(
                "What came in was looked for on {looked}. Coins are in your balance, but not in this list."
            );
            view! { <p class="row__s" data-testid="moves-looked">{text}</p> }.into_any()
        });
        let older = if known.asking {
            Some(
                view! { <p class="row__s" role="status" data-testid="moves-asking">"Looking…"</p> }
                    .into_any(),
            )
        } else {
            history::has_older(&known).then(|| {
                view! {
                    <button class="btn btn--quiet btn--sm" data-testid="moves-further" on:click=further>
                        "Look further back"
                    </button>
                }
                .into_any()
            })
        };
        Some(view! { <div class="pad formpart">{more} {hidden} {troubles} {looked} {older}</div> }.into_any())
    })
}

fn hidden_rows(moves: &[HiddenMoveView], unfolded: RwSignal<bool>) -> AnyView {
    let lines = history::hidden(moves);
    let count = moves.len();
    view! {
        <button
            class="btn btn--quiet btn--sm"
            data-testid="moves-hidden"
            aria-expanded=move || unfolded.get().to_string()
            on:click=move |_| unfolded.update(|open| *open = !*open)
        >
            <Icon name="down" size=18/>
            {format!("{count} hidden")}
        </button>
        {redrawn(move || unfolded.get().then(|| {
            let lines = lines.iter().cloned().map(|line| {
                view! { <li data-testid="move-hidden">{line}</li> }.into_any()
            });
            view! {
                <ul class="row__s">{lines.collect_view()}</ul>
                <p class="row__s">
                    "Such things are sent so that you copy an address from them, or visit a site. They do nothing as long as you leave them alone."
                </p>
            }
            .into_any()
        }))}
    }
    .into_any()
}
