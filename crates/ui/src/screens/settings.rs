//! Preferences, and the ways to what is rarely needed.

use candor_protocol::{
    notice::Notice,
    ui::{Accounts, Lock, Networks, SetAutoLock, SetTheme, Settings, Sites},
    view::{SettingsView, Theme},
};
use leptos::prelude::*;

use super::parts::{
    act::attempt,
    live::live,
    problem_box::{ProblemBox, of_error},
};
use crate::{
    app,
    components::{icon::Icon, title_bar::TitleBar},
    model::preferences,
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
    let site_count = move || count(sites.with(Vec::len), "site");
    let account_count = move || count(accounts.with(Vec::len), "account");
    let network_count = move || count(networks.with(|all| all.networks.len()), "network");
    view! {
        <div data-testid="screen" data-screen="settings">
            <main class="win">
                <TitleBar title="Settings" on_back=Callback::new(|()| app::go("#/home"))/>
                <div class="win__body">
                    {move || {
                        settings
                            .error()
                            .map(|error| view! { <ProblemBox problem=of_error(&error)/> })
                    }}
                    <h2 class="grp">"Safety"</h2>
                    {move || {
                        let backed_up = settings.with(|settings| settings.backed_up).unwrap_or(true);
                        let second = if backed_up { "Checked against your paper" } else { "Not backed up yet" };
                        view! {
                            <button
                                class="row row--set"
                                data-testid="phrase-show"
                                on:click=move |_| app::open_tab("#/settings/phrase")
                            >
                                <span class=if backed_up { "dim" } else { "care" }><Icon name="shield" size=20/></span>
                                <span class="row__main">
                                    <span class="row__t">"Recovery phrase"</span>
                                    <span class="row__s">
                                        {if backed_up {
                                            view! { <span>{second}</span> }.into_any()
                                        } else {
                                            view! { <b class="care">{second}</b> }.into_any()
                                        }}
                                    </span>
                                </span>
                                <span class="faint"><Icon name="ext" size=20/></span>
                            </button>
                        }
                            .into_any()
                    }}
                    {move || settings.value().map(|settings| view! { <AutoLock settings/> })}
                    <Leading icon="link" title="Connected sites" testid="sites-open" to="#/sites" second=Signal::derive(site_count)/>
                    <h2 class="grp">"Your wallet"</h2>
                    <Leading icon="users" title="Accounts" testid="accounts-open" to="#/accounts" second=Signal::derive(account_count)/>
                    <Leading icon="globe" title="Networks" testid="networks-open" to="#/networks-list" second=Signal::derive(network_count)/>
                    <h2 class="grp">"Look"</h2>
                    {move || settings.value().map(|settings| view! { <ThemeChoice chosen=settings.theme/> })}
                    <h2 class="grp">"This computer"</h2>
                    <button class="row row--set" data-testid="lock" on:click=move |_| attempt(Lock {})>
                        <span class="dim"><Icon name="lock" size=20/></span>
                        <span class="row__main">
                            <span class="row__t">"Lock now"</span>
                        </span>
                    </button>
                    {move || {
                        settings
                            .with(|settings| settings.core_version.clone())
                            .map(|version| view! { <p class="dim version" data-testid="version">"Candor "{version}</p> }.into_any())
                    }}
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
    second: Signal<String>,
) -> impl IntoView {
    view! {
        <button class="row row--set" data-testid=testid on:click=move |_| app::go(to)>
            <span class="dim"><Icon name=icon size=20/></span>
            <span class="row__main">
                <span class="row__t">{title}</span>
                <span class="row__s">{move || second.get()}</span>
            </span>
            <span class="faint"><Icon name="right" size=20/></span>
        </button>
    }
}

/// Minutes without use until the wallet locks.
#[component]
fn AutoLock(settings: SettingsView) -> impl IntoView {
    let current = settings.auto_lock_minutes;
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
