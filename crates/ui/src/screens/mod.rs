//! One screen per file.

use leptos::prelude::*;

use crate::route::Route;

pub mod accounts;
pub mod activity;
pub mod add_network;
pub mod approval;
pub mod backup;
pub mod change_password;
pub mod continue_in_tab;
pub mod done;
pub mod found;
pub mod from_backup;
pub mod home;
pub mod make_shares;
pub mod network_list;
pub mod parts;
pub mod passkeys;
pub mod password;
pub mod phrase;
pub mod quiz;
pub mod receive;
pub mod recovery;
pub mod restore;
pub mod review;
pub mod send;
pub mod servers;
pub mod settings;
pub mod show_key;
pub mod show_phrase;
pub mod site_bar;
pub mod sites;
pub mod transaction;
pub mod trouble;
pub mod unlock;
pub mod welcome;

/// The screen of a route, once the wallet's state allows it.
#[must_use]
pub fn view_of(route: Route) -> AnyView {
    match route {
        Route::Welcome => view! { <welcome::WelcomeScreen/> }.into_any(),
        Route::Password { restoring } => view! { <password::PasswordScreen restoring/> }.into_any(),
        Route::Phrase => view! { <phrase::PhraseScreen/> }.into_any(),
        Route::Quiz => view! { <quiz::QuizScreen/> }.into_any(),
        Route::Restore => view! { <restore::RestoreScreen/> }.into_any(),
        Route::Found(keyring) => view! { <found::FoundScreen keyring/> }.into_any(),
        Route::Servers => view! { <servers::ServersScreen/> }.into_any(),
        Route::Done => view! { <done::DoneScreen/> }.into_any(),
        Route::Recovery => view! { <recovery::RecoveryScreen/> }.into_any(),
        Route::Start | Route::Home => view! { <home::HomeScreen/> }.into_any(),
        Route::Accounts => view! { <accounts::AccountsScreen/> }.into_any(),
        Route::Networks => view! { <network_list::NetworkListScreen/> }.into_any(),
        Route::AddNetwork => view! { <add_network::AddNetworkScreen/> }.into_any(),
        Route::Send => view! { <send::SendScreen/> }.into_any(),
        Route::Review(id) => view! { <review::ReviewScreen id/> }.into_any(),
        Route::Receive => view! { <receive::ReceiveScreen/> }.into_any(),
        Route::Activity => view! { <activity::ActivityScreen/> }.into_any(),
        Route::Transaction(hash) => view! { <transaction::TransactionScreen hash/> }.into_any(),
        Route::Settings => view! { <settings::SettingsScreen/> }.into_any(),
        Route::ShowPhrase => view! { <show_phrase::ShowPhraseScreen/> }.into_any(),
        Route::Shares => view! { <make_shares::MakeSharesScreen/> }.into_any(),
        Route::ShowKey(address) => view! { <show_key::ShowKeyScreen address/> }.into_any(),
        Route::Backup => view! { <backup::BackupScreen/> }.into_any(),
        Route::FromBackup => view! { <from_backup::FromBackupScreen/> }.into_any(),
        Route::Passkeys => view! { <passkeys::PasskeysScreen/> }.into_any(),
        Route::ChangePassword => view! { <change_password::ChangePasswordScreen/> }.into_any(),
        Route::Sites => view! { <sites::SitesScreen/> }.into_any(),
        Route::Approval => view! { <approval::ApprovalScreen/> }.into_any(),
    }
}
