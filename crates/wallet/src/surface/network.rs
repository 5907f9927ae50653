//! Networks and servers.

use candor_chain::{AddNetworkError, EndpointUrl, NewNetwork, registry};
use candor_primitives::ChainId;
use candor_protocol::{
    notice::Notice,
    page::Outcome,
    ui::{AddNetwork, ChooseServers, ServersChoice, UiError},
    view::NetworksView,
};
use serde_json::Value;

use super::{Answered, error, reply_to};
use crate::{
    Wallet,
    gateway::Probe,
    networks::{borrowed_name, told_apart},
    outbox::Slice,
    records::{Asker, Body, CustomNetwork, Servers, SetupStep},
};

fn server_error(wrong: &dyn ToString) -> UiError {
    error::invalid("This server address cannot be used.", &wrong.to_string())
}

fn other_network() -> UiError {
    error::refused("it serves another network than the one that was asked for")
}

impl Wallet {
    pub(super) fn networks_view(&self) -> NetworksView {
        NetworksView {
            networks: self.network_ids().into_iter().map(|chain| self.network_view(chain)).collect(),
            current: self.networks.current.get(),
        }
    }

    pub(super) fn select_network(&mut self, chain: u64) -> Result<(), UiError> {
        let chain = ChainId::new(chain).map_err(|_| error::gone())?;
        if !self.has_network(chain) {
            return Err(error::gone());
        }
        self.networks.current = chain;
        self.networks_changed();
        Ok(())
    }

    fn networks_changed(&mut self) {
        self.out.touch(Slice::Networks);
        self.out.notice(Notice::Networks);
        // Sites that have no network of their own follow the wallet's.
        self.tell_clients();
    }

    pub(super) fn choose_servers(&mut self, call: &ChooseServers, to: u64) -> Answered {
        match &call.choice {
            ServersChoice::Public => {
                self.networks.servers = Some(Servers::Public);
                self.servers_chosen();
                reply_to(call, ())
            }
            ServersChoice::Own { url } => {
                let url = EndpointUrl::from_user(url).map_err(|wrong| server_error(&wrong))?;
                self.probe(url, Probe::OnlyServer { reply: to });
                Ok(None)
            }
        }
    }

    fn servers_chosen(&mut self) {
        if self.setup.step <= SetupStep::Networks {
            self.setup.step = SetupStep::Done;
            self.out.touch(Slice::Setup);
            self.out.notice(Notice::Status);
        }
        self.networks_changed();
        self.resume_requests();
    }

    pub(super) fn add_network(&mut self, call: &AddNetwork, to: u64) -> Answered {
        // The number is the server's to say; the rest is checked before anyone is asked.
        let checked = NewNetwork::from_user("1", &call.name, &call.symbol, [call.url.as_str()], "");
        let checked = checked.map_err(|wrong| match wrong {
            AddNetworkError::Endpoint(wrong) => server_error(&wrong),
            wrong => error::invalid("This network cannot be added.", &wrong.to_string()),
        })?;
        let url = checked.endpoints.into_iter().next().ok_or_else(error::internal)?;
        self.probe(url, Probe::AddByHand { reply: to, name: checked.name, symbol: checked.coin.symbol });
        Ok(None)
    }

    pub(super) fn remove_network(&mut self, chain: u64) -> Result<(), UiError> {
        let chain = ChainId::new(chain).map_err(|_| error::gone())?;
        self.custom(chain).ok_or_else(error::gone)?;
        self.networks.custom.retain(|network| network.chain != chain);
        if registry::by_id(chain).is_none() {
            if self.networks.current == chain {
                self.networks.current = crate::networks::ETHEREUM;
            }
            self.tokens.list.retain(|token| token.chain != chain);
            self.tokens_changed();
            self.history.forget(chain);
            self.out.touch(Slice::History);
            let fallback = self.networks.current;
            for site in self.sites.by_origin.values_mut().filter(|site| site.chain == chain) {
                site.chain = fallback;
            }
            self.sites_changed();
        }
        self.networks_changed();
        Ok(())
    }

    /// A server said which network it serves.
    pub(crate) fn probed(&mut self, url: &EndpointUrl, probe: Probe, chain: Option<ChainId>) {
        let Some(chain) = chain else {
            let reply = match probe {
                Probe::AddByHand { reply, .. }
                | Probe::OnlyServer { reply }
                | Probe::AddForSite { reply, .. } => reply,
            };
            self.reply_error(reply, error::unreachable(url.host()));
            return;
        };
        match probe {
            Probe::AddByHand { reply, name, symbol } => {
                if let Some(known) = borrowed_name(&name, chain).filter(|_| registry::by_id(chain).is_none())
                {
                    let why = format!(
                        "{} is network number {}, and this server answers for number {chain}. Give it a name of its own.",
                        known.name, known.chain_id,
                    );
                    self.reply_error(reply, error::invalid("This name belongs to another network.", &why));
                    return;
                }
                self.add_server(chain, url, &name, &symbol);
                self.networks.current = chain;
                self.networks_changed();
                self.reply_later(reply, chain.get());
            }
            Probe::OnlyServer { reply } => {
                let (name, symbol) = (self.network_name(chain), self.symbol(chain));
                self.add_server(chain, url, &name, &symbol);
                self.networks.servers = Some(Servers::Own);
                self.networks.current = chain;
                self.servers_chosen();
                self.reply_later(reply, ());
            }
            Probe::AddForSite { reply, request } => self.add_for_site(reply, request, chain),
        }
    }

    /// Puts a server first among those of a network, and adds the network if it is new.
    fn add_server(&mut self, chain: ChainId, url: &EndpointUrl, name: &str, symbol: &str) {
        let url = url.as_str().to_owned();
        match self.networks.custom.iter_mut().find(|network| network.chain == chain) {
            Some(network) => {
                network.endpoints.retain(|other| *other != url);
                network.endpoints.insert(0, url);
                name.clone_into(&mut network.name);
                symbol.clone_into(&mut network.symbol);
            }
            None => self.networks.custom.push(CustomNetwork {
                chain,
                name: name.to_owned(),
                symbol: symbol.to_owned(),
                endpoints: vec![url],
                explorer: None,
            }),
        }
        self.out.touch(Slice::Networks);
    }

    fn add_for_site(&mut self, reply: u64, id: u64, chain: ChainId) {
        let Some(request) = self.waiting_request(id).cloned() else {
            self.reply_error(reply, error::gone());
            return;
        };
        let Body::AddNetwork { network } = request.body else {
            self.reply_error(reply, error::gone());
            return;
        };
        if chain != network.chain {
            if let Some(request) = self.waiting_request_mut(id) {
                request.serves_other = true;
                self.out.touch(Slice::Requests);
            }
            self.reply_error(reply, other_network());
            return;
        }
        if !self.has_network(network.chain) {
            let name = told_apart(&network.name, chain);
            self.networks.custom.push(CustomNetwork { name, ..network });
        }
        self.networks_changed();
        if let Asker::Page { origin, .. } = &request.asker {
            self.set_site_chain(origin, chain);
            self.count_use(origin);
        }
        self.settle(id, Outcome::Result(Value::Null));
        self.reply_later(reply, ());
    }
}
