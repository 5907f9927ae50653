//! What sites may see, changed by their owner.

use candor_primitives::{Address, ChainId, Origin};
use candor_protocol::{ui::UiError, view::SiteView};

use super::{accounts::own_address, error};
use crate::{Wallet, records::Account};

fn origin_of(text: &str) -> Result<Origin, UiError> {
    Origin::new(text).map_err(|_| error::invalid("This is not a site.", "Only web pages can be connected."))
}

impl Wallet {
    pub(super) fn site(&self, origin: &str) -> Result<SiteView, UiError> {
        Ok(self.site_view(&origin_of(origin)?))
    }

    pub(super) fn site_views(&self) -> Vec<SiteView> {
        let origins = self.sites.by_origin.keys().filter_map(|origin| Origin::new(origin).ok());
        origins.map(|origin| self.site_view(&origin)).collect()
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

    pub(super) fn reject_all(&mut self, origin: &str) {
        let waiting: Vec<u64> = self
            .requests
            .list
            .iter()
            .filter(|request| {
                request.is_waiting() && request.origin().is_some_and(|asker| asker.as_str() == origin)
            })
            .map(|request| request.id)
            .collect();
        for id in waiting {
            self.reject(id);
        }
    }
}
