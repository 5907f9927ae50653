//! What sites are granted, and telling them when it changes.

use candor_primitives::{Address, ChainId, Origin};
use candor_protocol::{
    host::Effect,
    notice::Notice,
    page::{Outcome, ToPage},
    view::SiteView,
};

use crate::{
    Wallet,
    outbox::Slice,
    provider::error,
    records::{Site, State},
};

impl Wallet {
    /// Lets a site see accounts, from now on. Its network stays, or is the one it had when it asked.
    pub(crate) fn connect(&mut self, origin: &Origin, accounts: Vec<Address>, chain: ChainId) {
        let now = self.now;
        let site = self.sites.by_origin.entry(origin.as_str().to_owned()).or_insert_with(|| Site {
            accounts: Vec::new(),
            chain,
            since: now,
            times_used: 0,
        });
        site.accounts = accounts;
        self.sites_changed();
    }

    /// Takes everything back. What the site still waits for is rejected.
    pub(crate) fn disconnect(&mut self, origin: &Origin) {
        let waiting: Vec<u64> = self
            .requests
            .list
            .iter()
            .filter(|request| request.is_waiting() && request.origin() == Some(origin))
            .map(|request| request.id)
            .collect();
        if self.sites.by_origin.remove(origin.as_str()).is_some() {
            self.sites_changed();
        }
        for id in waiting {
            self.settle(id, Outcome::Error(error::rejected()));
        }
        // Answers kept for repeats were given to a site that was connected.
        self.requests.list.retain(|request| {
            !(request.origin() == Some(origin) && matches!(request.state, State::Settled(Outcome::Result(_))))
        });
        self.out.touch(Slice::Requests);
    }

    /// Uses another network on a site. A site that sees no account can have its own network too.
    pub(crate) fn set_site_chain(&mut self, origin: &Origin, chain: ChainId) {
        if self.chain_of(origin) == chain {
            return;
        }
        let now = self.now;
        let site = self.sites.by_origin.entry(origin.as_str().to_owned()).or_insert_with(|| Site {
            accounts: Vec::new(),
            chain,
            since: now,
            times_used: 0,
        });
        site.chain = chain;
        self.sites_changed();
    }

    /// One more request of a site was agreed to.
    pub(crate) fn count_use(&mut self, origin: &Origin) {
        if let Some(site) = self.sites.by_origin.get_mut(origin.as_str()) {
            site.times_used = site.times_used.saturating_add(1);
            self.out.touch(Slice::Sites);
        }
    }

    /// Writes, tells the surfaces, and tells every document whose view is not what it was told last.
    pub(crate) fn sites_changed(&mut self) {
        self.out.touch(Slice::Sites);
        self.out.notice(Notice::Sites);
        self.tell_clients();
    }

    /// Tells documents what changed for their origin; those that never asked for anything are not told.
    pub(crate) fn tell_clients(&mut self) {
        let mut pushes = Vec::new();
        for (id, client) in &self.clients.by_id {
            let hello = self.hello(&client.origin);
            let told = serde_json::to_string(&hello).ok();
            if client.told.is_some() && client.told != told {
                let body = serde_json::to_string(&ToPage { client: id.clone(), hello }).unwrap_or_default();
                pushes.push((id.clone(), told, Effect::Push { tab: client.tab, frame: client.frame, body }));
            }
        }
        for (id, told, push) in pushes {
            if let Some(client) = self.clients.by_id.get_mut(&id) {
                client.told = told;
            }
            self.out.push(push);
            self.out.touch(Slice::Clients);
        }
    }

    pub(crate) fn site_view(&self, origin: &Origin) -> SiteView {
        let site = self.sites.by_origin.get(origin.as_str());
        SiteView {
            origin: origin.as_str().to_owned(),
            host: origin.host().to_owned(),
            connected: site.is_some_and(|site| !site.accounts.is_empty()),
            accounts: self
                .visible_accounts(origin)
                .into_iter()
                .filter_map(|a| self.account_view(a))
                .collect(),
            chain_id: self.chain_of(origin).get(),
            since_ms: site.map(|site| site.since.0),
            times_used: site.map_or(0, |site| site.times_used),
            paused_ms: self.paused_for(origin).map_or(0, |left| left.0),
        }
    }
}
