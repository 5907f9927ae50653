//! What was sent from the account in view, and what came to it and left it otherwise.

use candor_protocol::{
    history::MoveView,
    notice::Notice,
    ui::{Accounts, Activity, History},
    view::{ActivityView, Tone},
};
use leptos::prelude::*;
#[cfg(feature = "pages")]
use leptos::task::spawn_local;

use super::parts::{
    clock,
    home_bar::HomeBar,
    home_tabs::{HomeTab, HomeTabs},
    live::{Live, live, look_again_while},
    moves::{Beyond, move_row},
    problem_box::{ProblemBox, of_error},
    undo::Undoable,
};
use crate::{
    app,
    components::icon::Icon,
    effect::redrawn,
    model::{
        history::{self, Entry},
        progress, sentence, waiting,
    },
};
#[cfg(feature = "pages")]
use crate::{browser, client, components::toast, model::activity_table, route::Surface};

/// So many of what came and left are drawn until someone wants to see all.
const SHOWN: u32 = 60;

/// Rows by day, newest first.
#[component]
pub fn ActivityScreen() -> impl IntoView {
    let accounts = live(&[Notice::Accounts], || Some(Accounts {}));
    let selected = Memo::new(move |_| {
        accounts
            .with(|all| all.iter().find(|account| account.selected).map(|account| account.address.clone()))
            .flatten()
    });
    let activity = live(&[Notice::Activity], move || Some(Activity { address: selected.get()? }));
    let most = RwSignal::new(SHOWN);
    let history = live(
        &[Notice::History, Notice::Activity, Notice::Networks, Notice::Tokens, Notice::Contacts],
        move || Some(History { address: selected.get()?, most: most.get(), further: false }),
    );
    let all_accounts = Signal::derive(move || accounts.value().unwrap_or_default());
    let count: Memo<usize> =
        Memo::new(move |_| activity.with(|items| waiting::count(items)).unwrap_or_default());
    look_again_while(activity, move || count.get() > 0);
    view! {
        <div data-testid="screen" data-screen="activity">
            <main class="win">
                <HomeBar accounts=all_accounts/>
                <div class="win__body">
                    <h1 class="vh">"Activity"</h1>
                    <HomeTabs selected=HomeTab::Activity waiting=count/>
                    <Undoable activity/>
                    {redrawn(move || {
                        activity
                            .error()
                            .map(|error| {
                                let again = Callback::new(move |()| activity.reload());
                                view! { <ProblemBox problem=of_error(&error) action="Try again" on_action=again/> }
                            })
                    })}
                    {redrawn(move || {
                        let items = activity.value()?;
                        let moves = history.with(|known| known.moves.clone()).unwrap_or_default();
                        Some(view! { <Days items moves/> })
                    })}
                    <Beyond history account=selected most/>
                    {redrawn(move || {
                        let sent = activity.with(|items| !items.is_empty()).unwrap_or_default();
                        let moved = history.with(|known| !known.moves.is_empty()).unwrap_or_default();
                        (sent || moved).then(|| view! { <Save activity selected/> })
                    })}
                </div>
            </main>
        </div>
    }
}

/// The rows, or what will be here.
#[component]
fn Days(items: Vec<ActivityView>, moves: Vec<MoveView>) -> impl IntoView {
    if items.is_empty() && moves.is_empty() {
        return view! {
            <div class="empty" data-testid="empty">
                <p class="say say--sm">"Nothing here yet."</p>
                <p class="dim">"What you send and receive will be listed by day."</p>
            </div>
        }
        .into_any();
    }
    history::by_day(history::together(items, moves), clock::local, clock::now())
        .into_iter()
        .map(|(day, rows)| {
            view! {
                <h2 class="grp">{day}</h2>
                {rows
                    .into_iter()
                    .map(|entry| match entry {
                        Entry::Sent(item) => view! { <ActivityRow item/> }.into_any(),
                        Entry::Moved(moved) => move_row(&moved),
                    })
                    .collect_view()}
            }
            .into_any()
        })
        .collect_view()
        .into_any()
}

/// Everything as a table, in a tab: a popup would close when the browser asks where to put it.
#[component]
fn Save(activity: Live<Vec<ActivityView>>, selected: Memo<Option<String>>) -> impl IntoView {
    let save = move |_| {
        #[cfg(feature = "pages")]
        if app::surface() == Surface::Tab {
            let Some(address) = selected.get_untracked() else { return };
            let name = activity_table::file_name(&address, clock::now());
            let items = activity.with_untracked(Vec::clone).unwrap_or_default();
            // All of it, not only what is drawn.
            let all = client::call(History { address, most: u32::MAX, further: false });
            spawn_local(async move {
                let said = all.await.map(|known| {
                    let table = activity_table::csv(&history::together(items, known.moves));
                    browser::save_file(&name, "text/csv;charset=utf-8", &table)
                });
                toast::show(match said {
                    Ok(Some(())) => format!("{name} is in your downloads."),
                    Ok(None) => "The browser did not save the file. Try again.".to_owned(),
                    Err(error) => format!("{} {}", error.title, error.text),
                });
            });
            return;
        }
        app::open_tab("#/activity");
    };
    #[cfg(not(feature = "pages"))]
    let _ = (activity, selected);
    view! {
        <div class="pad formpart">
            <button class="btn btn--plain btn--full" data-testid="activity-save" on:click=save>
                "Save as a table"
            </button>
            <p class="field__hint">"For a spreadsheet or your taxes. It names your address: keep it to yourself."</p>
        </div>
    }
}

/// One thing that was sent: the sentence that was agreed to, and what became of it.
#[component]
fn ActivityRow(item: ActivityView) -> impl IntoView {
    let tone = tone_name(progress::tone(item.status));
    let hash = item.hash.clone();
    view! {
        <button
            class="row row--tall"
            data-testid="activity-row"
            data-hash=item.hash.clone()
            data-status=progress::slug(item.status)
            on:click=move |_| app::go(&format!("#/transaction/{hash}"))
        >
            <span class="disc" data-tone=tone>
                <Icon name=progress::icon(item.status) size=18/>
            </span>
            <span class="row__main">
                <span class="row__t row__t--wrap">{sentence::plain(&item.sentence)}</span>
                <span class="row__s">{progress::context(&item, clock::local(item.at_ms))}</span>
            </span>
            <span class="row__end">
                <span class="row__t"><span class=tone>{progress::word(item.status)}</span></span>
                {item.fee_paid.map(|fee| view! { <span class="row__s">"fee "{fee}</span> }.into_any())}
            </span>
        </button>
    }
}

/// The colour of a state.
#[must_use]
pub const fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "dim",
        Tone::Good => "good",
        Tone::Care => "care",
        Tone::Risk => "risk",
    }
}
