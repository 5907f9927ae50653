//! Looking up the address behind a name: on Ethereum, from the user's servers, and from a name's own server only if the
//! user agreed to that host.
//!
//! A name is whose money it gets, so two servers go all the way by themselves and have to come to the same.

use std::{collections::BTreeMap, mem};

use candor_chain::{
    EndpointUrl, NodeError,
    ens::{self, Elsewhere, Fetch, Name},
    quantity,
};
use candor_primitives::{Address, Bytes};
use candor_protocol::{
    host::HttpResult,
    names::{FoundName, NameView},
    ui::{LookUpName, UiError},
};
use serde_json::{Value, json};

use crate::{
    Wallet,
    gateway::{Failure, Purpose},
    networks::ETHEREUM,
    surface::error,
};

/// The most names that are being looked up.
const MOST: usize = 8;
/// How often contracts may ask for a server on one way (EIP-3668 recommends a limit of 4).
const MOST_FETCHES: u8 = 4;

/// Names that are being looked up. All of it can be lost.
#[derive(Debug, Default)]
pub(crate) struct Names {
    lookups: BTreeMap<u64, Lookup>,
    last: u64,
}

/// Which way of which name a question belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    lookup: u64,
    way: usize,
}

#[derive(Debug)]
struct Lookup {
    reply: u64,
    name: Name,
    /// The host that the user agreed to.
    agreed: Option<String>,
    /// One or two from the name to its address, of different servers; at last one from the address to its name.
    ways: Vec<Way>,
    /// What the name stands for, once the ways agree, and whether there were two.
    found: Option<(Address, bool)>,
}

/// A way from a name to an answer.
#[derive(Debug)]
struct Way {
    name: Name,
    asked: ens::Asked,
    servers: Vec<EndpointUrl>,
    at: At,
    fetches: u8,
}

#[derive(Debug)]
enum At {
    /// The registry is asked who speaks for this: the name, or one above it.
    Registry(Name),
    /// A contract is asked whether it answers for names below its own; `exact` if the name itself is its own.
    Extended { contract: Address, exact: bool },
    /// A contract is asked.
    Contract { contract: Address, extended: bool },
    /// A server that the contract named is asked, and these are left.
    Server { contract: Address, extended: bool, elsewhere: Elsewhere, left: Vec<Fetch> },
    /// It ended.
    End(End),
}

#[derive(Clone, Debug, PartialEq)]
enum End {
    Address(Address),
    Name(Name),
    Nothing,
    /// The user has to agree to this host first.
    Ask(String),
    Failed(Failure),
}

impl Wallet {
    /// Begins to look a name up.
    pub(crate) fn look_up_name(&mut self, call: &LookUpName, reply: u64) -> Result<Option<String>, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let name = Name::read(&call.name).ok_or_else(|| {
            error::invalid(
                "This name cannot be read.",
                "Candor reads names of the letters a to z, digits, - and _. Ask for the address behind it.",
            )
        })?;
        let servers = self.endpoints(ETHEREUM);
        if servers.is_empty() {
            return Err(error::invalid(
                "Names are kept on Ethereum.",
                "Candor has no server of Ethereum. Ask for the address behind the name.",
            ));
        }
        while self.names.lookups.len() >= MOST
            && let Some((_, old)) = self.names.lookups.pop_first()
        {
            self.reply_error(old.reply, error::gone());
        }
        let way = |servers| Way::new(name.clone(), ens::Asked::Address, servers);
        // Every other one, so that both have some to fall back on.
        let (one, other): (Vec<_>, Vec<_>) = servers.into_iter().enumerate().partition(|(at, _)| at % 2 == 0);
        let ways = [one, other].into_iter().filter(|servers| !servers.is_empty());
        let ways: Vec<Way> = ways.map(|all| way(all.into_iter().map(|(_, url)| url).collect())).collect();
        self.names.last += 1;
        let lookup = self.names.last;
        let count = ways.len();
        let agreed = call.host.clone();
        self.names.lookups.insert(lookup, Lookup { reply, name, agreed, ways, found: None });
        for way in 0..count {
            self.next_step(Step { lookup, way });
        }
        Ok(None)
    }

    /// Asks what a way needs to know next.
    fn next_step(&mut self, step: Step) {
        let Some(way) = self.names.way(step) else { return };
        let (to, data) = match &way.at {
            At::Registry(name) => (ens::REGISTRY, ens::resolver(name)),
            At::Extended { contract, .. } => (*contract, ens::is_extended()),
            At::Contract { contract, extended } => {
                (*contract, ens::question(&way.name, way.asked, *extended))
            }
            At::Server { .. } => return self.fetch_next(step),
            At::End(_) => return self.way_ended(step.lookup),
        };
        self.ask_contract(step, to, &data);
    }

    fn ask_contract(&mut self, step: Step, to: Address, data: &Bytes) {
        let Some(way) = self.names.way(step) else { return };
        let servers = way.servers.clone();
        let call = json!([{ "to": to, "data": data }, "latest"]);
        self.ask_these(servers, ETHEREUM, "eth_call", call, Purpose::Name(step));
    }

    /// A contract answered.
    pub(crate) fn name_heard(&mut self, step: Step, answer: Result<Value, Failure>) {
        let Some(lookup) = self.names.lookups.get_mut(&step.lookup) else { return };
        let Some(way) = lookup.ways.get_mut(step.way) else { return };
        way.hear(answer, lookup.agreed.as_deref());
        self.next_step(step);
    }

    /// Asks the next of the servers that a contract named.
    fn fetch_next(&mut self, step: Step) {
        let Some(Way { at: At::Server { left, .. }, .. }) = self.names.way(step) else { return };
        if left.is_empty() {
            return self.name_server_answered(step, &HttpResult::Failed);
        }
        let (url, body) = left.remove(0);
        self.fetch(url, body, step);
    }

    /// A name's own server answered. What it says counts only if the contract, asked once more, takes it.
    pub(crate) fn name_server_answered(&mut self, step: Step, result: &HttpResult) {
        let Some(way) = self.names.way(step) else { return };
        let At::Server { contract, extended, elsewhere, left } = &way.at else { return };
        let said = match result {
            HttpResult::Body { status: 200..=299, text } => elsewhere.answer(text),
            _ => None,
        };
        // A refusal is an answer too (EIP-3668): others are asked only if this one is broken.
        let refused = matches!(result, HttpResult::Body { status: 400..=499, .. });
        match said {
            Some(data) => {
                let contract = *contract;
                way.at = At::Contract { contract, extended: *extended };
                self.ask_contract(step, contract, &data);
            }
            None if !refused && !left.is_empty() => self.fetch_next(step),
            None => {
                way.at = At::End(End::Failed(Failure::Unreachable { sent: true }));
                self.way_ended(step.lookup);
            }
        }
    }

    /// When all ways ended, they are compared.
    fn way_ended(&mut self, id: u64) {
        let Some(lookup) = self.names.lookups.get_mut(&id) else { return };
        let ends: Vec<End> = lookup.ways.iter().filter_map(Way::end).collect();
        if ends.len() < lookup.ways.len() {
            return;
        }
        if lookup.found.is_none() {
            match agreed(ends) {
                Ok((address, confirmed)) => {
                    lookup.found = Some((address, confirmed));
                    let servers = mem::take(&mut lookup.ways).into_iter().next().map(|way| way.servers);
                    lookup.ways.push(Way::new(
                        Name::of(address),
                        ens::Asked::Name,
                        servers.unwrap_or_default(),
                    ));
                    return self.next_step(Step { lookup: id, way: 0 });
                }
                Err(end) => {
                    let Some(lookup) = self.names.lookups.remove(&id) else { return };
                    return self.no_address(&lookup, end);
                }
            }
        }
        let Some(lookup) = self.names.lookups.remove(&id) else { return };
        if let Some((address, confirmed)) = lookup.found {
            let mutual = ends.contains(&End::Name(lookup.name.clone()));
            let (name, address) = (lookup.name.to_string(), address.to_string());
            let found = FoundName { name, address, confirmed, mutual };
            self.reply_later(lookup.reply, NameView::Found(found));
        }
    }

    fn no_address(&mut self, lookup: &Lookup, end: Option<End>) {
        let name = lookup.name.to_string();
        match end {
            Some(End::Ask(host)) => self.reply_later(lookup.reply, NameView::Ask { name, host }),
            Some(End::Failed(Failure::Unreachable { .. })) => {
                let what = format!("We cannot look up {name} right now.");
                let why = "The servers that know it did not answer. Try again, or ask for the address.";
                self.reply_error(lookup.reply, error::invalid(&what, why));
            }
            Some(_) => {
                let what = format!("{name} stands for no address.");
                let why = "Check how it is spelled, or ask for the address.";
                self.reply_error(lookup.reply, error::invalid(&what, why));
            }
            None => {
                let what = format!("Your servers say different addresses for {name}.");
                let why = "One of them is behind, or lies. Try again later, or ask for the address.";
                self.reply_error(lookup.reply, error::invalid(&what, why));
            }
        }
    }
}

impl Names {
    fn way(&mut self, step: Step) -> Option<&mut Way> {
        self.lookups.get_mut(&step.lookup)?.ways.get_mut(step.way)
    }
}

impl Way {
    fn new(name: Name, asked: ens::Asked, servers: Vec<EndpointUrl>) -> Self {
        let at = At::Registry(name.clone());
        Self { name, asked, servers, at, fetches: 0 }
    }

    fn end(&self) -> Option<End> {
        if let At::End(end) = &self.at { Some(end.clone()) } else { None }
    }

    fn hear(&mut self, answer: Result<Value, Failure>, agreed: Option<&str>) {
        let result: Result<Bytes, Failure> = match answer {
            // What is no data is as good as nothing.
            Ok(value) => Ok(quantity::tolerant_data(&value).unwrap_or_default()),
            Err(failure) => Err(failure),
        };
        let nothing = At::End(End::Nothing);
        self.at = match (mem::replace(&mut self.at, At::End(End::Nothing)), result) {
            (_, Err(failure @ Failure::Unreachable { .. })) => At::End(End::Failed(failure)),
            (At::Registry(asked), Ok(data)) => match (ens::decode_resolver(&data), asked.above()) {
                (Some(contract), _) => At::Extended { contract, exact: asked == self.name },
                (None, Some(above)) => At::Registry(above),
                (None, None) => nothing,
            },
            // Contracts that know nothing of interfaces may fail when asked for one.
            (At::Extended { contract, exact }, heard) => {
                let extended = heard.is_ok_and(|data| ens::decode_is_extended(&data));
                if extended || exact { At::Contract { contract, extended } } else { nothing }
            }
            (At::Contract { extended, .. }, Ok(data)) => match self.asked {
                ens::Asked::Address => {
                    At::End(ens::decode_address(&data, extended).map_or(End::Nothing, End::Address))
                }
                ens::Asked::Name => {
                    At::End(ens::decode_name(&data, extended).map_or(End::Nothing, End::Name))
                }
            },
            (At::Contract { contract, extended }, Err(Failure::Node(error))) => {
                self.elsewhere(contract, extended, &error, agreed)
            }
            _ => nothing,
        };
    }

    /// A contract that failed may want a server asked; one that the user agreed to.
    fn elsewhere(
        &mut self,
        contract: Address,
        extended: bool,
        error: &NodeError,
        agreed: Option<&str>,
    ) -> At {
        let Some(elsewhere) = Elsewhere::read(error, contract) else { return At::End(End::Nothing) };
        self.fetches += 1;
        let mut left = elsewhere.fetches();
        let Some((first, _)) = left.first().filter(|_| self.fetches <= MOST_FETCHES) else {
            return At::End(End::Nothing);
        };
        let host = first.host().to_owned();
        left.retain(|(url, _)| Some(url.host()) == agreed);
        if left.is_empty() {
            return At::End(End::Ask(host));
        }
        At::Server { contract, extended, elsewhere, left }
    }
}

/// What the ways come to: an address, and whether two say so; otherwise the end that counts, or nothing if they differ.
fn agreed(ends: Vec<End>) -> Result<(Address, bool), Option<End>> {
    let mut heard = Vec::new();
    let mut failed = None;
    for end in ends {
        match end {
            // Whatever the other says, it cannot go on.
            End::Ask(_) => return Err(Some(end)),
            End::Failed(_) => failed = Some(end),
            end => heard.push(end),
        }
    }
    match (heard.as_slice(), failed) {
        ([End::Address(one), End::Address(other)], _) if one == other => Ok((*one, true)),
        ([End::Address(one)], _) => Ok((*one, false)),
        ([End::Nothing, End::Nothing] | [End::Nothing], _) => Err(Some(End::Nothing)),
        ([], failed) => Err(failed),
        _ => Err(None),
    }
}
