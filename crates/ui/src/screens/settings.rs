//! Preferences, and the ways to what is rarely needed.

use candor_protocol::{
    notice::Notice,
    portfolio::CurrencyView,
    ui::{
        Accounts, Currencies, Lock, Networks, SetAutoLock, SetCurrency, SetLockWithSystem, SetPreferred,
        SetTells, SetTheme, SetUndo, Settings, Sites,
    },
    view::{SettingsView, Theme},
};
use leptos::{prelude::*, task::spawn_local};

use super::parts::{
    act::attempt,
    clock,
    live::live,
    problem_box::{ProblemBox, of_error},
};
use crate::{
    app,
    components::{icon::Icon, tick_row::TickBox, title_bar::TitleBar},
    effect::redrawn,
    model::{Problem, backup, preferences},
    notifications, passkey,
    route::Surface,
};

/// The list of preferences.
#[component]
pub fn SettingsScreen() -> impl IntoView {
    let settings = live(&[Notice::Settings, Notice::Status], || Some(Settings {}));
    let sites = live(&[Notice::Sites], || Some(Sites {}));
    let accounts = live(&[Notice::Accounts], || Some(Accounts {}));
    let networks = live(&[Notice::Networks], || Some(Networks {}));
    let count = |count: Option<usize>, what: &'static str| {
        count.map(|count| preferences::counted(count, what)).unwrap_or_default()
    };
    let unchecked = move || settings.with(|settings| !settings.backed_up).unwrap_or_default();
    let phrase = move || if unchecked() { "Not backed up yet" } else { "Backed up" }.to_owned();
    let file = move || {
        let at = app::status().with(|status| status.as_ref().and_then(|status| status.backup_at));
        backup::made(at.map(clock::local), clock::now())
    };
    let can_have_passkeys = RwSignal::new(false);
    spawn_local(async move {
        can_have_passkeys.try_set(passkey::is_offered().await);
    });
    let passkeys = move || {
        let count = app::status().with(|status| status.as_ref().map_or(0, |status| status.passkeys.len()));
        if count == 0 {
            "Open Candor without typing".to_owned()
        } else {
            preferences::counted(count, "passkey")
        }
    };
    let site_count = move || count(sites.with(Vec::len), "site");
    let account_count = move || count(accounts.with(Vec::len), "account");
    let network_count = move || count(networks.with(|all| all.networks.len()), "network");
    view! {
        <div data-testid="screen" data-screen="settings">
            <main class="win">
                <TitleBar title="Settings" on_back=Callback::new(|()| app::go("#/home"))/>
                <div class="win__body">
                    {redrawn(move || {
                        settings
                            .error()
                            .map(|error| view! { <ProblemBox problem=of_error(&error)/> })
                    })}
                    <h2 class="grp">"Safety"</h2>
                    <Leading icon="shield" title="Recovery phrase" testid="phrase-show" to="#/settings/phrase" tab=true second=Signal::derive(phrase) care=Signal::derive(unchecked)/>
                    <Leading icon="users" title="Split into shares" testid="shares-open" to="#/settings/shares" tab=true second="Several papers instead of one".to_owned()/>
                    <Leading icon="file" title="Back up to a file" testid="backup-make-open" to="#/backup" tab=true second=Signal::derive(file)/>
                    {redrawn(move || can_have_passkeys.get().then(|| view! { <Leading icon="shieldcheck" title="Passkeys" testid="passkeys-open" to="#/passkeys" tab=true second=Signal::derive(passkeys)/> }))}
                    <Leading icon="key" title="Change password" testid="change-password-open" to="#/change-password" tab=true second="For this computer".to_owned()/>
                    {redrawn(move || settings.value().map(|settings| view! { <AutoLock settings/> }))}
                    {redrawn(move || settings.value().map(|settings| view! { <TakingBack settings/> }))}
                    <Leading icon="link" title="Connected sites" testid="sites-open" to="#/sites" second=Signal::derive(site_count)/>
                    {redrawn(move || settings.value().map(|settings| view! { <Tells on=settings.tells/> }))}
                    {redrawn(move || settings.value().map(|settings| view! { <Preferred on=settings.preferred/> }))}
                    <h2 class="grp">"Your wallet"</h2>
                    {redrawn(move || settings.value().map(|settings| view! { <CurrencyChoice chosen=settings.currency/> }))}
                    <Leading icon="users" title="Accounts" testid="accounts-open" to="#/accounts" second=Signal::derive(account_count)/>
                    <Leading icon="users" title="Contacts" testid="contacts-open" to="#/contacts" tab=true second="People you pay, by name".to_owned()/>
                    <Leading icon="file" title="Bring back a backup file" testid="from-backup-open" to="#/from-backup" tab=true second="Beside what is here".to_owned()/>
                    <Leading icon="globe" title="Networks" testid="networks-open" to="#/networks-list" second=Signal::derive(network_count)/>
                    <Leading icon="link" title="Who Candor talked to" testid="egress-open" to="#/egress" tab=true second="Every request that ever left this computer".to_owned()/>
                    <h2 class="grp">"Look"</h2>
                    {redrawn(move || settings.value().map(|settings| view! { <ThemeChoice chosen=settings.theme/> }))}
                    <h2 class="grp">"This computer"</h2>
                    <button class="row row--set" data-testid="lock" on:click=move |_| attempt(Lock {})>
                        <span class="dim"><Icon name="lock" size=20/></span>
                        <span class="row__main">
                            <span class="row__t">"Lock now"</span>
                            <span class="row__s">"Alt, Shift and L together do it everywhere in the browser"</span>
                        </span>
                    </button>
                    {redrawn(move || {
                        settings
                            .with(|settings| settings.core_version.clone())
                            .map(|version| view! { <p class="dim version" data-testid="version">"Candor "{version}</p> }.into_any())
                    })}
                </div>
            </main>
        </div>
    }
}

/// A row that leads to another screen.
#[component]
fn Leading(
    icon: &'static str,
    title: &'static str,
    testid: &'static str,
    to: &'static str,
    /// Whether that is a full page.
    #[prop(optional)]
    tab: bool,
    /// The line below.
    #[prop(into)]
    second: Signal<String>,
    /// Whether it wants to be seen.
    #[prop(into, optional)]
    care: Signal<bool>,
) -> impl IntoView {
    let go = move |_| if tab { app::open_tab(to) } else { app::go(to) };
    view! {
        <button class="row row--set" data-testid=testid on:click=go>
            <span class="dim"><Icon name=icon size=20/></span>
            <span class="row__main">
                <span class="row__t">{title}</span>
                <span class="row__s" class:care=move || care.get()>{redrawn(move || second.get())}</span>
            </span>
            <span class="faint"><Icon name=if tab { "ext" } else { "right" } size=20/></span>
        </button>
    }
}

/// Minutes without use until the wallet locks.
#[component]
fn AutoLock(settings: SettingsView) -> impl IntoView {
    let current = settings.auto_lock_minutes;
    let with_system = settings.lock_with_system;
    let choose = move |event| {
        if let Ok(minutes) = event_target_value(&event).parse() {
            attempt(SetAutoLock { minutes });
        }
    };
    let options = preferences::lock_choices(current).into_iter().map(|minutes| {
        view! {
            <option value=minutes.to_string() selected=minutes == current>
                {preferences::after(minutes)}
            </option>
        }
        .into_any()
    });
    view! {
        <label class="row row--set">
            <span class="dim"><Icon name="clock" size=20/></span>
            <span class="row__main">
                <span class="row__t">"Lock by itself"</span>
                <span class="row__s">"When you do not use it"</span>
            </span>
            <select class="select" data-testid="setting-auto-lock" on:change=choose>
                {options.collect_view()}
            </select>
        </label>
        <Toggle
            icon="lock"
            title="Lock with the computer"
            second="Where the browser tells us that it was locked"
            testid="setting-lock-with-system"
            on=with_system
            on_change=Callback::new(move |on| attempt(SetLockWithSystem { on }))
        />
    }
}

/// How long a payment can be taken back.
#[component]
fn TakingBack(settings: SettingsView) -> impl IntoView {
    let (current, sites) = (settings.undo_seconds, settings.undo_for_sites);
    let choose = move |event| {
        if let Ok(seconds) = event_target_value(&event).parse() {
            attempt(SetUndo { seconds, sites });
        }
    };
    let options = preferences::UNDO_SECONDS.into_iter().map(|seconds| {
        view! {
            <option value=seconds.to_string() selected=seconds == current>
                {preferences::undo(seconds)}
            </option>
        }
        .into_any()
    });
    view! {
        <label class="row row--set">
            <span class="dim"><Icon name="undo" size=20/></span>
            <span class="row__main">
                <span class="row__t">"Take back a payment"</span>
                <span class="row__s">"It is sent only after this time"</span>
            </span>
            <select class="select" data-testid="setting-undo" on:change=choose>
                {options.collect_view()}
            </select>
        </label>
        {(current > 0)
            .then(|| {
                view! {
                    <Toggle
                        icon="undo"
                        title="Also take back what sites ask for"
                        second="Some sites give up when they wait"
                        testid="setting-undo-sites"
                        on=sites
                        on_change=Callback::new(move |sites| attempt(SetUndo { seconds: current, sites }))
                    />
                }
            })}
    }
}

/// Whether Candor is the wallet of pages that do not let one choose.
#[component]
fn Preferred(on: bool) -> impl IntoView {
    view! {
        <Toggle
            icon="globe"
            title="When a site does not let you choose a wallet, use Candor"
            second="Also beside another wallet, when the site loads next"
            testid="setting-preferred"
            on
            on_change=Callback::new(move |on| attempt(SetPreferred { on }))
        />
    }
}

/// Whether the system tells of transactions that were decided. The browser asks a person for that in a full tab only.
#[component]
fn Tells(on: bool) -> impl IntoView {
    let allowed = RwSignal::new(notifications::are_allowed());
    let refused = RwSignal::new(false);
    let change = move |wanted: bool| {
        if !wanted {
            return attempt(SetTells { on: false });
        }
        if app::surface() != Surface::Tab && !allowed.get_untracked() {
            return app::open_tab("#/settings");
        }
        let answer = notifications::ask();
        spawn_local(async move {
            let granted = answer.await;
            allowed.try_set(granted);
            refused.try_set(!granted);
            if granted {
                attempt(SetTells { on: true });
            }
        });
    };
    view! {
        {redrawn(move || {
            view! {
                <Toggle
                    icon="check"
                    title="Tell me when something I sent is done"
                    second="By a notification, also while Candor is closed"
                    testid="setting-tells"
                    on=on && allowed.get()
                    on_change=Callback::new(change)
                />
            }
        })}
        {redrawn(move || {
            refused
                .get()
                .then(|| {
                    let problem = Problem::new(
                        "The browser does not let Candor notify you.",
                        "Allow notifications of this page in the browser's settings, then try again.",
                    );
                    view! { <ProblemBox problem/> }
                })
        })}
    }
}

/// A row that is on or off.
#[component]
fn Toggle(
    icon: &'static str,
    title: &'static str,
    /// The line below.
    second: &'static str,
    testid: &'static str,
    on: bool,
    /// Called with what it becomes.
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="row row--set">
            <span class="dim"><Icon name=icon size=20/></span>
            <span class="row__main">
                <span class="row__t row__t--wrap">{title}</span>
                <span class="row__s">{second}</span>
            </span>
            <input class="vh" type="checkbox" data-testid=testid prop:checked=on on:change=move |_| on_change.run(!on)/>
            <TickBox checked=Signal::stored(on)/>
        </label>
    }
}

/// What sums are shown in.
#[component]
fn CurrencyChoice(chosen: String) -> impl IntoView {
    let all = live(&[], || Some(Currencies {}));
    let options = move || {
        let option = |currency: CurrencyView| {
            let selected = currency.code == chosen;
            view! { <option value=currency.code.clone() selected=selected>{format!("{} ({})", currency.name, currency.code)}</option> }
                .into_any()
        };
        all.value().unwrap_or_default().into_iter().map(option).collect_view()
    };
    view! {
        <label class="row row--set">
            <span class="dim"><Icon name="globe" size=20/></span>
            <span class="row__main">
                <span class="row__t">"Show sums in"</span>
                <span class="row__s">"Prices are read on the networks you use"</span>
            </span>
            <select
                class="select"
                data-testid="setting-currency"
                on:change=move |event| attempt(SetCurrency { code: event_target_value(&event) })
            >
                {redrawn(options)}
            </select>
        </label>
    }
}

/// Light, dark or as the system.
#[component]
fn ThemeChoice(chosen: Theme) -> impl IntoView {
    let choices = [
        (Theme::System, "Automatic", "system"),
        (Theme::Light, "Light", "light"),
        (Theme::Dark, "Dark", "dark"),
    ];
    let buttons = choices.into_iter().map(|(theme, label, value)| {
        view! {
            <button
                role="radio"
                aria-checked=(theme == chosen).to_string()
                data-value=value
                on:click=move |_| attempt(SetTheme { theme })
            >
                {label}
            </button>
        }
        .into_any()
    });
    view! {
        <div class="pad">
            <div class="seg" role="radiogroup" aria-label="Theme" data-testid="theme">{buttons.collect_view()}</div>
        </div>
    }
}
