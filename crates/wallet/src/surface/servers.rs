//! How the servers of a network are, in words.

use candor_primitives::ChainId;
use candor_protocol::{
    servers::{NetworkServersView, ServerState, ServerView},
    ui::UiError,
    view::ProblemView,
};

use super::error;
use crate::{
    Wallet,
    gateway::{Difference, Matter, Standing},
};

impl Wallet {
    pub(super) fn network_servers(&self, chain: u64) -> Result<NetworkServersView, UiError> {
        let chain = self.known_network(chain)?;
        let name = self.network_name(chain);
        let standings = self.standings(chain);
        let trouble = trouble(&name, &standings)
            .or_else(|| self.difference(chain, Matter::Count).map(|who| of_count(&name, who)))
            .or_else(|| self.difference(chain, Matter::Balance).map(|who| of_balance(&name, who)));
        let servers = standings.into_iter().map(|(host, standing)| ServerView {
            host,
            state: match standing {
                Standing::Unknown => ServerState::Unknown,
                Standing::Answers(took_ms) => ServerState::Answers { took_ms },
                Standing::Silent => ServerState::Silent,
                Standing::Elsewhere => ServerState::OtherNetwork,
            },
        });
        Ok(NetworkServersView { chain_id: chain.get(), servers: servers.collect(), name, trouble })
    }

    /// Asks every server of a network which one it serves; what they answer is in the next view of them.
    pub(super) fn check_servers(&mut self, chain: u64) -> Result<(), UiError> {
        let chain = self.known_network(chain)?;
        self.check_all(chain);
        Ok(())
    }

    fn known_network(&self, chain: u64) -> Result<ChainId, UiError> {
        ChainId::new(chain).ok().filter(|chain| self.has_network(*chain)).ok_or_else(error::gone)
    }
}

/// What a person is told when none of a network's servers is of use.
fn trouble(name: &str, servers: &[(String, Standing)]) -> Option<ProblemView> {
    let bad = |standing: &Standing| matches!(standing, Standing::Silent | Standing::Elsewhere);
    if servers.is_empty() || !servers.iter().all(|(_, standing)| bad(standing)) {
        return None;
    }
    let strangers: Vec<&str> = servers
        .iter()
        .filter(|(_, standing)| *standing == Standing::Elsewhere)
        .map(|(host, _)| host.as_str())
        .collect();
    let (title, text) = match (servers, strangers.as_slice()) {
        ([(host, _)], [_]) => (
            format!("{host} is not a server of {name}."),
            "It answers for another network, so Candor does not believe it. Put the right server back, or choose another."
                .to_owned(),
        ),
        ([(host, _)], _) => (
            format!("We can't reach {name} right now."),
            format!(
                "Its only server, {host}, does not answer. Your money is not affected. Check that it runs and that you are online, or add a second server."
            ),
        ),
        _ => (
            format!("We can't reach {name} right now."),
            "None of its servers answers. Your money is not affected. Check that you are online; Candor goes on trying, and you can add a server."
                .to_owned(),
        ),
    };
    Some(ProblemView { title, text })
}

fn of_count(name: &str, [one, other]: &Difference) -> ProblemView {
    ProblemView {
        title: format!("Two servers of {name} do not agree."),
        text: format!(
            "{one} and {other} differ in how many payments this account has made. One of them is behind. Candor goes by the higher number, so that nothing is paid twice."
        ),
    }
}

fn of_balance(name: &str, [one, other]: &Difference) -> ProblemView {
    ProblemView {
        title: format!("Two servers of {name} do not agree."),
        text: format!(
            "{one} and {other} differ in what this account has. One of them is behind. Candor goes by the lower amount; try again in a minute if something seems to be missing."
        ),
    }
}
