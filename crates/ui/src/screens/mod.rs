//! One screen per file. Those behind the feature `pages` are shown in full tabs only, and so are not in the module that
//! popup and approval window load.

use leptos::prelude::*;

use crate::route::Route;

pub mod accounts;
pub mod activity;
#[cfg(feature = "pages")]
pub mod add_network;
#[cfg(feature = "pages")]
pub mod add_token;
pub mod approval;
#[cfg(feature = "pages")]
pub mod backup;
#[cfg(feature = "pages")]
pub mod change_password;
#[cfg(feature = "pages")]
pub mod contacts;
pub mod continue_in_tab;
#[cfg(feature = "pages")]
pub mod done;
#[cfg(feature = "pages")]
pub mod egress;
#[cfg(feature = "pages")]
pub mod found;
#[cfg(feature = "pages")]
pub mod from_backup;
pub mod home;
#[cfg(feature = "pages")]
pub mod make_shares;
pub mod network_list;
#[cfg(feature = "pages")]
pub mod network_servers;
pub mod parts;
#[cfg(feature = "pages")]
pub mod passkeys;
#[cfg(feature = "pages")]
pub mod password;
#[cfg(feature = "pages")]
pub mod phrase;
#[cfg(feature = "pages")]
pub mod quiz;
pub mod receive;
pub mod recovery;
#[cfg(feature = "pages")]
pub mod restore;
pub mod review;
pub mod send;
pub mod send_token;
#[cfg(feature = "pages")]
pub mod servers;
pub mod settings;
#[cfg(feature = "pages")]
pub mod show_key;
#[cfg(feature = "pages")]
pub mod show_phrase;
pub mod site_bar;
pub mod sites;
pub mod transaction;
pub mod trouble;
pub mod unlock;
#[cfg(feature = "pages")]
pub mod welcome;

/// The screen of a route, once the wallet's state allows it.
#[must_use]
pub fn view_of(route: Route) -> AnyView {
    match route {
        #[cfg(feature = "pages")]
        Route::Welcome => view! { <welcome::WelcomeScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::Password { restoring } => view! { <password::PasswordScreen restoring/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::Phrase => view! { <phrase::PhraseScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::Quiz => view! { <quiz::QuizScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::Restore => view! { <restore::RestoreScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::Found(keyring) => view! { <found::FoundScreen keyring/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::Servers => view! { <servers::ServersScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::Done => view! { <done::DoneScreen/> }.into_any(),
        Route::Recovery => view! { <recovery::RecoveryScreen/> }.into_any(),
        Route::Start | Route::Home => view! { <home::HomeScreen/> }.into_any(),
        Route::Accounts => view! { <accounts::AccountsScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::Contacts => view! { <contacts::ContactsScreen/> }.into_any(),
        Route::Networks => view! { <network_list::NetworkListScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::NetworkServers(chain_id) => {
            view! { <network_servers::NetworkServersScreen chain_id/> }.into_any()
        }
        #[cfg(feature = "pages")]
        Route::Egress => view! { <egress::EgressScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::AddToken => view! { <add_token::AddTokenScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::AddNetwork => view! { <add_network::AddNetworkScreen/> }.into_any(),
        Route::Send => view! { <send::SendScreen/> }.into_any(),
        Route::SendToken { chain_id, token } => {
            view! { <send_token::SendTokenScreen chain_id token/> }.into_any()
        }
        Route::Review(id) => view! { <review::ReviewScreen id/> }.into_any(),
        Route::Receive => view! { <receive::ReceiveScreen/> }.into_any(),
        Route::Activity => view! { <activity::ActivityScreen/> }.into_any(),
        Route::Transaction(hash) => view! { <transaction::TransactionScreen hash/> }.into_any(),
        Route::Settings => view! { <settings::SettingsScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::ShowPhrase => view! { <show_phrase::ShowPhraseScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::Shares => view! { <make_shares::MakeSharesScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::ShowKey(address) => view! { <show_key::ShowKeyScreen address/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::Backup => view! { <backup::BackupScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::FromBackup => view! { <from_backup::FromBackupScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::Passkeys => view! { <passkeys::PasskeysScreen/> }.into_any(),
        #[cfg(feature = "pages")]
        Route::ChangePassword => view! { <change_password::ChangePasswordScreen/> }.into_any(),
        Route::Sites => view! { <sites::SitesScreen/> }.into_any(),
        Route::Approval => view! { <approval::ApprovalScreen/> }.into_any(),
        // What only full tabs show does not come up elsewhere; see `gate`.
        #[cfg(not(feature = "pages"))]
        _ => view! { <home::HomeScreen/> }.into_any(),
    }
}
