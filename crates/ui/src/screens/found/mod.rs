//! The accounts of a keyring, to choose from: the first ones, those that were used, the one with a known address, the
//! one at a path. The keyring was just read, or is in the wallet already.

pub mod find;
pub mod look;
pub mod source;

use candor_protocol::{
    import::{Family, KeyringKind},
    view::{FoundAccount, Stage},
};
use leptos::prelude::*;

use self::source::Source;
use crate::{
    app,
    components::{leaf::Leaf, note::Problem, seal::Seal, tick_row::TickBox, toast},
    effect::redrawn,
    importer::Importer,
    model::{address, backup, discovery},
    restoring::Restoring,
    screens::parts::doing::Doing,
};

/// How many accounts are listed at a time.
const LISTED: u32 = 5;

const NOTES: &[(&str, &str)] = &[
    (
        "Why only these",
        "A phrase gives any number of accounts. These are the first ones, as most wallets number them.",
    ),
    (
        "Is one missing?",
        "You can add more at any time. In the open wallet, Candor can look for all that were used. Nothing is lost by leaving one out.",
    ),
    (
        "None looks right?",
        "Try the other numberings and the search for an address. If nothing fits, it is another phrase, or a passphrase is missing.",
    ),
];

/// One account, and what the chains said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    /// Nothing for a path of one's own.
    family: Option<Family>,
    account: FoundAccount,
    /// What it has, if somebody was asked.
    has: Option<String>,
}

/// What is listed and what is ticked.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    source: StoredValue<Source, LocalStorage>,
    rows: RwSignal<Vec<Row>>,
    /// By path.
    chosen: RwSignal<Vec<String>>,
    doing: Doing,
}

impl Found {
    /// Lists an account, once, in the order of its family; something that is known of it stays known.
    fn list(self, row: Row) {
        self.rows.try_update(|rows| {
            if let Some(there) = rows.iter_mut().find(|there| there.account.path == row.account.path) {
                if row.has.is_some() {
                    there.has = row.has;
                }
                return;
            }
            let rank = |row: &Row| {
                let family = discovery::FAMILIES.iter().position(|family| Some(*family) == row.family);
                (family.unwrap_or(usize::MAX), row.account.index)
            };
            let place = rows.partition_point(|before| rank(before) <= rank(&row));
            rows.insert(place, row);
        });
    }

    fn tick(self, path: &str) {
        self.chosen.try_update(|chosen| {
            if !chosen.iter().any(|one| one == path) {
                chosen.push(path.to_owned());
            }
        });
    }

    fn toggle(self, path: &str) {
        self.chosen.update(|chosen| match chosen.iter().position(|one| one == path) {
            Some(place) => drop(chosen.remove(place)),
            None => chosen.push(path.to_owned()),
        });
    }

    /// Lists more accounts of a family.
    fn more(self, family: Family) {
        let from = self.rows.with_untracked(|rows| {
            let last = rows.iter().filter(|row| row.family == Some(family)).map(|row| row.account.index + 1);
            last.max().unwrap_or_default()
        });
        let source = self.source.get_value();
        self.doing.begin(async move {
            for account in source.list(family, from, LISTED).await? {
                // The first account of Ledger Live is the first of most wallets, which is listed there.
                let family = discovery::family_of(&account.path, account.index).unwrap_or(family);
                self.list(Row { family: Some(family), account, has: None });
            }
            Ok(())
        });
    }
}

/// The accounts of what was just read, or, with the id of a keyring, of what is in the wallet.
#[component]
pub fn FoundScreen(
    /// One of the wallet's; absent: what was just read.
    keyring: Option<String>,
) -> impl IntoView {
    let steps = Restoring::here();
    let fresh = app::status()
        .with_untracked(|status| status.as_ref().is_none_or(|status| status.stage == Stage::Fresh));
    let importer = Importer::new();
    let (source, only_one, back) = match (keyring, steps.keyring()) {
        (Some(id), _) => (Source::Kept(id), false, "#/accounts"),
        (None, Some(read)) => {
            let only_one = read.kind == KeyringKind::Key;
            (Source::Read { keyring: read, importer, steps, fresh }, only_one, "#/restore")
        }
        (None, None) => {
            app::go("#/restore");
            return ().into_any();
        }
    };
    let doing = Doing::new();
    let found = Found {
        source: StoredValue::new_local(source.clone()),
        rows: RwSignal::new(Vec::new()),
        chosen: RwSignal::new(Vec::new()),
        doing,
    };
    let kept = matches!(source, Source::Kept(_));
    doing.begin(async move {
        let first = source.list(Family::Standard, 0, if only_one { 1 } else { LISTED }).await?;
        for (index, account) in first.into_iter().enumerate() {
            if index == 0 && !kept {
                found.tick(&account.path);
            }
            found.list(Row { family: Some(Family::Standard), account, has: None });
        }
        Ok(())
    });
    let chosen = found.chosen;
    let adding = Doing::new();
    let submit = move |_| {
        let paths = chosen.get_untracked();
        if paths.is_empty() {
            return;
        }
        let source = found.source.get_value();
        adding.begin(async move {
            let added = source.add(paths).await?;
            steps.clear();
            app::go(if fresh { "#/networks" } else { "#/accounts" });
            if let Some(added) = added {
                toast::show(backup::came(&added));
            }
            app::refresh();
            Ok(())
        });
    };
    let label = move || {
        let dots = if adding.is_busy() { "…" } else { "" };
        match chosen.with(Vec::len) {
            0 => "Tick an account".to_owned(),
            1 => format!("Add 1 account{dots}"),
            n => format!("Add {n} accounts{dots}"),
        }
    };
    let step = fresh.then_some((3, 4));
    let lede = if only_one {
        "This is the account of your key. Compare it with what you know."
    } else {
        "These are the first accounts. Compare one with what you know."
    };
    let families = discovery::FAMILIES.map(Some).into_iter().chain([None]);
    let lists =
        families.map(|family| view! { <FamilyList found family only_one/> }.into_any()).collect_view();
    view! {
        <Leaf screen="found" step notes=if only_one { &[] } else { NOTES } footer=look::footer(fresh)>
            <h1>"Which accounts do you want here?"</h1>
            <p class="lede">{lede}</p>
            <div class="found">{lists}</div>
            <Problem problem=doing.trouble()/>
            {(!only_one)
                .then(|| {
                    view! {
                        <div class="ways-on">
                            {(!fresh).then(|| view! { <look::LookForUsed found/> }.into_any())}
                            <find::FindByAddress found/>
                            <find::AtPath found/>
                        </div>
                    }
                        .into_any()
                })}
            <Problem problem=adding.trouble()/>
            <div class="leaf__acts">
                <button
                    class="btn btn--primary btn--lg"
                    data-testid="restore-found-submit"
                    disabled=move || chosen.with(Vec::is_empty)
                    aria-busy=move || adding.is_busy().to_string()
                    on:click=submit
                >
                    {redrawn(label)}
                </button>
                <button class="btn btn--quiet btn--lg" data-testid="back" on:click=move |_| app::go(back)>
                    "Back"
                </button>
            </div>
        </Leaf>
    }
    .into_any()
}

/// The listed accounts of a family, and the way to more of them.
#[component]
fn FamilyList(found: Found, family: Option<Family>, only_one: bool) -> impl IntoView {
    let rows = Memo::new(move |_| {
        found.rows.with(|rows| rows.iter().filter(|row| row.family == family).cloned().collect::<Vec<_>>())
    });
    let title = family.map_or("At a path of your own", discovery::name);
    let more = family.filter(|_| !only_one).map(|family| {
        let label = move || {
            if rows.with(Vec::is_empty) {
                format!("{title}…")
            } else {
                format!("More, {}", title.to_lowercase())
            }
        };
        view! {
            <button
                type="button"
                class="btn btn--quiet btn--sm"
                data-testid="found-more"
                data-family=discovery::path(family, 0)
                on:click=move |_| found.more(family)
            >
                {redrawn(label)}
            </button>
        }
        .into_any()
    });
    view! {
        {redrawn(move || (!rows.with(Vec::is_empty) && !only_one).then(|| view! { <h2 class="grp">{title}</h2> }.into_any()))}
        {redrawn(move || {
            rows.get().into_iter().map(|row| view! { <FoundRow found row/> }.into_any()).collect_view()
        })}
        {more}
    }
}

/// One account with its tick.
#[component]
fn FoundRow(found: Found, row: Row) -> impl IntoView {
    let Row { account: FoundAccount { index, address: full, path }, has, family } = row;
    let title = if family.is_some() { format!("Account {}", index + 1) } else { path.clone() };
    let mine = path.clone();
    let ticked = Signal::derive(move || found.chosen.with(|chosen| chosen.contains(&mine)));
    let toggled = path.clone();
    view! {
        <label class="row row--tick" data-testid="restore-found" data-address=full.clone() data-path=path>
            <input class="vh" type="checkbox" prop:checked=move || ticked.get() on:change=move |_| found.toggle(&toggled)/>
            <TickBox checked=ticked/>
            <Seal address=full.clone()/>
            <span class="row__main">
                <span class="row__t">{title}</span>
                <span class="row__s mono" dir="ltr" title=full.clone()>
                    {address::short(&full)}
                </span>
            </span>
            {has.map(|has| view! { <span class="row__end" data-testid="found-has">{has}</span> }.into_any())}
        </label>
    }
}
