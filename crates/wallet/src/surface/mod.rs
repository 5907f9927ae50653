//! Calls of the wallet's own pages.

mod accounts;
mod add_token;
mod backup;
mod contacts;
mod cost;
mod egress;
pub(crate) mod error;
mod fee;
mod keyrings;
mod network;
mod passkeys;
mod recovery;
mod send_token;
mod servers;
mod settings;
mod setup;
mod sites;

use candor_primitives::{Address, Platform};
use candor_protocol::{
    host::Effect,
    ui::{AnyCall, Call, Reply, SecretText, UiError},
};
use serde::Serialize;

use crate::{Wallet, requests::Agreed};

/// A call's answer, already as JSON; nothing if it comes later.
type Answered = Result<Option<String>, UiError>;

/// The reply to a call, of the type that the call says it has.
fn reply_to<C: Call>(_: &C, reply: C::Reply) -> Answered {
    to_json(&Reply::Ok(reply)).map(Some)
}

fn to_json<T: Serialize>(reply: &Reply<T>) -> Result<String, UiError> {
    serde_json::to_string(reply).map_err(|_| error::internal())
}

impl Wallet {
    /// One call.
    pub(crate) fn surface_call(&mut self, text: &str, to: u64, platform: &mut dyn Platform) {
        let answered = match serde_json::from_str::<AnyCall>(text) {
            Ok(call) => self.call(call, to, platform),
            Err(_) => Err(error::internal()),
        };
        match answered {
            Ok(Some(body)) => self.out.push(Effect::Reply { to, body }),
            Ok(None) => {}
            Err(wrong) => self.reply_error(to, wrong),
        }
    }

    pub(crate) fn reply_error(&mut self, to: u64, wrong: UiError) {
        let body = to_json::<()>(&Reply::Err(wrong)).unwrap_or_default();
        self.out.push(Effect::Reply { to, body });
    }

    /// Answers a call that waited for a server.
    pub(crate) fn reply_later<T: Serialize>(&mut self, to: u64, reply: T) {
        match to_json(&Reply::Ok(reply)) {
            Ok(body) => self.out.push(Effect::Reply { to, body }),
            Err(wrong) => self.reply_error(to, wrong),
        }
    }

    fn call(&mut self, call: AnyCall, to: u64, platform: &mut dyn Platform) -> Answered {
        match call {
            AnyCall::Status(c) => {
                if !self.is_unlocked() {
                    self.look_again();
                }
                reply_to(&c, self.status())
            }
            AnyCall::Used(c) => {
                self.used();
                reply_to(&c, ())
            }
            AnyCall::NewKdf(c) => reply_to(&c, Self::new_kdf(platform)),
            AnyCall::RaisedKdf(c) => reply_to(&c, self.raised_kdf(c.took_ms, platform)),
            AnyCall::RaiseCost(c) => reply_to(&c, self.raise_cost(&c.key, &c.password, platform)?),
            AnyCall::CreateWallet(c) => reply_to(&c, self.create_wallet(&c, platform)?),
            AnyCall::NewKeyring(c) => reply_to(&c, self.new_keyring()?),
            AnyCall::RenewKeyring(c) => reply_to(&c, self.renew_keyring(&c.record, platform)?),
            AnyCall::ConfirmBackup(c) => {
                self.confirm_backup(c.keyring.as_deref());
                reply_to(&c, ())
            }
            AnyCall::RestoreWallet(c) => reply_to(&c, self.restore_wallet(&c, platform)?),
            AnyCall::ChooseServers(c) => self.choose_servers(&c, to),
            AnyCall::PutOffCheck(c) => {
                self.put_off_check();
                reply_to(&c, ())
            }
            AnyCall::FinishSetup(c) => {
                self.finish_setup();
                reply_to(&c, ())
            }
            AnyCall::Unlock(c) => {
                self.unlock(&c.key)?;
                self.look_again();
                reply_to(&c, ())
            }
            AnyCall::Lock(c) => {
                self.lock();
                reply_to(&c, ())
            }
            AnyCall::Accounts(c) => reply_to(&c, self.account_views()),
            AnyCall::SelectAccount(c) => reply_to(&c, self.select_account(&c.address)?),
            AnyCall::AddAccount(c) => reply_to(&c, self.next_account()?),
            AnyCall::AddKeyring(c) => reply_to(&c, self.add_keyring(&c, platform)?),
            AnyCall::AddAccounts(c) => reply_to(&c, self.add_accounts(&c.keyring, &c.paths)?),
            AnyCall::DeriveAccounts(c) => reply_to(&c, self.derive_accounts(&c.keyring, &c.paths)?),
            AnyCall::FindAccount(c) => reply_to(&c, self.find_account(&c)?),
            AnyCall::TransactionCount(c) => self.transaction_count(&c, to),
            AnyCall::Keyrings(c) => reply_to(&c, self.keyring_views()?),
            AnyCall::RevealKeyring(c) => reply_to(&c, self.reveal_keyring(&c.keyring, &c.key)?),
            AnyCall::RevealKey(c) => reply_to(&c, self.reveal_key(&c.address, &c.key)?),
            AnyCall::WatchAccount(c) => reply_to(&c, self.watch_account(&c.address)?),
            AnyCall::ForgetWatched(c) => reply_to(&c, self.forget_watched(&c.address)?),
            AnyCall::MakeBackup(c) => reply_to(&c, SecretText(self.make_backup(&c, platform)?)),
            AnyCall::BackupSaved(c) => {
                self.backup_saved();
                reply_to(&c, ())
            }
            AnyCall::InspectBackup(c) => reply_to(&c, Self::inspect_backup(&c.text)?),
            AnyCall::RestoreBackup(c) => reply_to(&c, self.restore_backup(&c.text, &c.key, platform)?),
            AnyCall::ChangePassword(c) => reply_to(&c, self.change_password(&c.key, &c.password, platform)?),
            AnyCall::AddPasskey(c) => reply_to(&c, self.add_passkey(&c, platform)?),
            AnyCall::RemovePasskey(c) => reply_to(&c, self.remove_passkey(c.slot)?),
            AnyCall::UnlockWithPasskey(c) => reply_to(&c, self.unlock_with_passkey(&c)?),
            AnyCall::RenameAccount(c) => reply_to(&c, self.rename_account(&c.address, &c.name)?),
            AnyCall::Networks(c) => reply_to(&c, self.networks_view()),
            AnyCall::NetworkServers(c) => reply_to(&c, self.network_servers(c.chain_id)?),
            AnyCall::CheckServers(c) => reply_to(&c, self.check_servers(c.chain_id)?),
            AnyCall::EgressLog(c) => reply_to(&c, self.egress_view()),
            AnyCall::ClearEgress(c) => {
                self.clear_ledger();
                reply_to(&c, ())
            }
            AnyCall::SelectNetwork(c) => reply_to(&c, self.select_network(c.chain_id)?),
            AnyCall::AddNetwork(c) => self.add_network(&c, to),
            AnyCall::RemoveNetwork(c) => reply_to(&c, self.remove_network(c.chain_id)?),
            AnyCall::Balance(c) => self.balance(&c, to),
            AnyCall::Portfolio(c) => reply_to(&c, self.portfolio_view(&c.address, c.most)?),
            AnyCall::History(c) => reply_to(&c, self.history_view(&c.address, c.most, c.further)?),
            AnyCall::Currencies(c) => reply_to(&c, Self::currency_views()),
            AnyCall::SetCurrency(c) => reply_to(&c, self.set_currency(&c.code)?),
            AnyCall::Tokens(c) => reply_to(&c, self.token_views(c.chain_id)),
            AnyCall::ForgetToken(c) => {
                self.forget_token(c.chain_id, &c.token);
                reply_to(&c, ())
            }
            AnyCall::Contacts(c) => reply_to(&c, self.contact_views()),
            AnyCall::SaveContact(c) => reply_to(&c, self.save_contact(&c.address, &c.name, c.sure)?),
            AnyCall::ForgetContact(c) => reply_to(&c, self.forget_contact(&c.address)?),
            AnyCall::LookUpName(c) => self.look_up_name(&c, to),
            AnyCall::Site(c) => reply_to(&c, self.site(&c.origin)?),
            AnyCall::Sites(c) => reply_to(&c, self.site_views()),
            AnyCall::SetSiteNetwork(c) => reply_to(&c, self.set_site_network(&c.origin, c.chain_id)?),
            AnyCall::SetSiteAccounts(c) => reply_to(&c, self.set_site_accounts(&c.origin, &c.accounts)?),
            AnyCall::DisconnectSite(c) => reply_to(&c, self.disconnect_site(&c.origin)?),
            AnyCall::SetPreferred(c) => {
                self.set_preferred(c.on);
                reply_to(&c, ())
            }
            AnyCall::SetSitePreferred(c) => {
                self.set_site_preferred(&sites::origin_of(&c.origin)?, c.preferred, c.as_metamask);
                reply_to(&c, ())
            }
            AnyCall::PrepareSend(c) => reply_to(&c, self.prepare_send(&c)?),
            AnyCall::PrepareSendToken(c) => reply_to(&c, self.prepare_send_token(&c)?),
            AnyCall::PrepareAddToken(c) => reply_to(&c, self.prepare_add_token(&c)?),
            AnyCall::Queue(c) => reply_to(&c, self.queue()),
            AnyCall::Approval(c) => reply_to(&c, self.approval(c.id).ok_or_else(error::gone)?),
            AnyCall::Approve(c) => {
                let accounts: Vec<Address> = c.accounts.iter().filter_map(|text| text.parse().ok()).collect();
                match self.approve(c.id, &c.fingerprint, &accounts, to)? {
                    Agreed::Done => reply_to(&c, ()),
                    Agreed::Later => Ok(None),
                }
            }
            AnyCall::Reject(c) => {
                self.reject(c.id);
                reply_to(&c, ())
            }
            AnyCall::RejectAll(c) => {
                self.reject_all(c.id);
                reply_to(&c, ())
            }
            AnyCall::Retry(c) => {
                self.prepare_again(c.id);
                reply_to(&c, ())
            }
            AnyCall::SetFee(c) => reply_to(&c, self.set_fee(c.id, &c.wish)?),
            AnyCall::GoOnAnyway(c) => {
                self.go_on_anyway(c.id);
                reply_to(&c, ())
            }
            AnyCall::TakeBack(c) => {
                let hash = c.hash.parse().map_err(|_| error::gone())?;
                reply_to(&c, self.take_back(hash)?)
            }
            AnyCall::SendNow(c) => {
                let hash = c.hash.parse().map_err(|_| error::gone())?;
                reply_to(&c, self.send_now(hash)?)
            }
            AnyCall::SetUndo(c) => reply_to(&c, self.set_undo(c.seconds, c.sites)?),
            AnyCall::Activity(c) => reply_to(&c, self.activity(&c.address)?),
            AnyCall::Help(c) => reply_to(&c, self.help(&c.hash, c.remedy)?),
            AnyCall::Settings(c) => reply_to(&c, self.settings_view()),
            AnyCall::SetAutoLock(c) => reply_to(&c, self.set_auto_lock(c.minutes)?),
            AnyCall::SetTells(c) => reply_to(&c, self.set_tells(c.on)?),
            AnyCall::SetLockWithSystem(c) => reply_to(&c, self.set_lock_with_system(c.on)?),
            AnyCall::SetTheme(c) => {
                self.set_theme(c.theme);
                reply_to(&c, ())
            }
            AnyCall::SetAsideDamaged(c) => reply_to(&c, self.set_aside_damaged()?),
        }
    }
}
