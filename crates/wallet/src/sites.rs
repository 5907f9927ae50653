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
        self.site_mut(origin, chain).accounts = accounts;
        self.sites_changed();
    }

    /// Takes everything back. What the site still waits for is rejected, and no further step of its calls is sent.
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
        self.give_up_held(origin);
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
        self.site_mut(origin, chain).chain = chain;
        self.permit_chains(origin, &[chain]);
        self.sites_changed();
    }

    /// Lets a site use networks beside the one that it uses.
    pub(crate) fn permit_chains(&mut self, origin: &Origin, chains: &[ChainId]) {
        if let Some(site) = self.sites.by_origin.get_mut(origin.as_str()) {
            for chain in chains {
                if !site.chains.contains(chain) {
                    site.chains.push(*chain);
                }
            }
            self.out.touch(Slice::Sites);
        }
    }

    /// The networks that a site may use: the one in use first, and those that a person let it use.
    pub(crate) fn permitted_chains(&self, origin: &Origin) -> Vec<ChainId> {
        let Some(site) = self.sites.by_origin.get(origin.as_str()) else { return Vec::new() };
        let others = site.chains.iter().filter(|chain| **chain != site.chain && self.has_network(**chain));
        core::iter::once(site.chain).chain(others.copied()).collect()
    }

    /// What is kept of a site; new with this network.
    fn site_mut(&mut self, origin: &Origin, chain: ChainId) -> &mut Site {
        let since = self.now;
        self.sites.by_origin.entry(origin.as_str().to_owned()).or_insert_with(|| Site {
            accounts: Vec::new(),
            chain,
            chains: vec![chain],
            since,
            times_used: 0,
            last_used: None,
        })
    }

    /// One more request of a site was agreed to.
    pub(crate) fn count_use(&mut self, origin: &Origin) {
        let now = self.now;
        if let Some(site) = self.sites.by_origin.get_mut(origin.as_str()) {
            site.times_used = site.times_used.saturating_add(1);
            site.last_used = Some(now);
            self.out.touch(Slice::Sites);
        }
    }

    /// Writes, tells the surfaces, and tells every document whose view is not what it was told last.
    pub(crate) fn sites_changed(&mut self) {
        self.out.touch(Slice::Sites);
        self.out.notice(Notice::Sites);
        self.tell_clients();
    }

    /// Tells documents what changed for their origin. One that was told nothing yet learns it with its first answer.
    pub(crate) fn tell_clients(&mut self) {
        self.tell(Option::is_some);
    }

    fn tell(&mut self, whom: fn(&Option<String>) -> bool) {
        let mut pushes = Vec::new();
        for (id, client) in &self.clients.by_id {
            let hello = self.hello(&client.origin);
            let told = serde_json::to_string(&hello).ok();
            if whom(&client.told) && client.told != told {
                let body = serde_json::to_string(&ToPage { client: id.clone(), hello }).unwrap_or_default();
                pushes.push((id.clone(), told, Effect::Push { tab: client.tab, frame: client.frame, body }));
            }
        }
        for (id, told, push) in pushes {
            if let Some(client) = self.clients.by_id.get_mut(&id) {
                client.told = told;
            }
            self.out.push(push);
            self.out.touch_told(Slice::Clients);
        }
    }

    /// After a wake: documents are told what the last instance may not have told them. What could not be read is not
    /// told as if it were nothing.
    pub(crate) fn resume_telling(&mut self) {
        if !self.meanwhile.contains(&Slice::Sites) && !self.meanwhile.contains(&Slice::Networks) {
            self.tell(|_| true);
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
            last_used_ms: site.map(|site| site.last_used.unwrap_or(site.since).0),
            networks: self
                .permitted_chains(origin)
                .into_iter()
                .map(|chain| self.network_name(chain))
                .collect(),
            paused_ms: self.paused_for(origin).map_or(0, |left| left.0),
            preferred: self.sites.preference(origin.as_str()),
            as_metamask: self.sites.as_metamask_at.iter().any(|known| known == origin.as_str()),
        }
    }
}
