//! What sites may see, changed by their owner.

use candor_primitives::{Address, ChainId, Origin};
use candor_protocol::{ui::UiError, view::SiteView};

use super::{accounts::own_address, error};
use crate::{Wallet, records::Account};

pub(super) fn origin_of(text: &str) -> Result<Origin, UiError> {
    Origin::from_stored(text)
        .map_err(|_| error::invalid("This is not a site.", "Only web pages can be connected."))
}

impl Wallet {
    pub(super) fn site(&self, origin: &str) -> Result<SiteView, UiError> {
        Ok(self.site_view(&origin_of(origin)?))
    }

    pub(super) fn site_views(&self) -> Vec<SiteView> {
        let origins = self.sites.by_origin.keys().filter_map(|origin| Origin::from_stored(origin).ok());
        // One that only has a network of its own sees nothing that could be taken back.
        origins.map(|origin| self.site_view(&origin)).filter(|site| site.connected).collect()
    }

    pub(super) fn set_site_network(&mut self, origin: &str, chain: u64) -> Result<(), UiError> {
        let origin = origin_of(origin)?;
        let chain = ChainId::new(chain).map_err(|_| error::gone())?;
        if !self.has_network(chain) {
            return Err(error::gone());
        }
        self.set_site_chain(&origin, chain);
        Ok(())
    }

    pub(super) fn set_site_accounts(&mut self, origin: &str, accounts: &[String]) -> Result<(), UiError> {
        let origin = origin_of(origin)?;
        if self.visible_accounts(&origin).is_empty() {
            return Err(error::gone());
        }
        let accounts: Vec<Address> =
            accounts.iter().map(|text| own_address(text)).collect::<Result<_, _>>()?;
        if accounts.iter().any(|address| self.accounts.get(*address).is_none_or(Account::is_watched)) {
            return Err(error::gone());
        }
        if accounts.is_empty() {
            self.disconnect(&origin);
        } else {
            let chain = self.chain_of(&origin);
            self.connect(&origin, accounts, chain);
        }
        Ok(())
    }

    pub(super) fn disconnect_site(&mut self, origin: &str) -> Result<(), UiError> {
        self.disconnect(&origin_of(origin)?);
        Ok(())
    }

    /// Says no to everything that waits of whoever asked for this. The same site elsewhere, in a frame or around one,
    /// is somebody else.
    pub(super) fn reject_all(&mut self, id: u64) {
        let Some(origin) = self.waiting_request(id).and_then(|request| request.origin()).cloned() else {
            return;
        };
        let waiting: Vec<u64> = self
            .requests
            .list
            .iter()
            .filter(|request| request.is_waiting() && request.origin() == Some(&origin))
            .map(|request| request.id)
            .collect();
        for id in waiting {
            self.reject(id);
        }
    }
}
