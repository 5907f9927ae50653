//! A call on its way: to the best server first, to the next one at once when that fails, and to a second one as well
//! when it takes longer than usual. The first good answer counts; of what is to be signed, two servers are heard.

use candor_chain::{EndpointUrl, quantity, rpc};
use candor_primitives::{ChainId, Millis, U256};
use candor_protocol::{
    host::{Effect, HttpResult},
    notice::Notice,
};
use serde_json::{Value, json};

use super::{Believed, Call, Difference, Failure, Matter, Probe, Purpose, Standing, brief, busy::is_busy};
use crate::{Wallet, egress, names::Step, records::Topic};

/// How long a server may take.
const TIMEOUT_MS: u32 = 12_000;
/// How long one may take for something that is nice to know.
const SHORT_TIMEOUT_MS: u32 = 4_000;
/// The most servers that are asked the same at a time.
const MOST_AT_ONCE: usize = 3;

/// One request to one server.
#[derive(Debug)]
pub(super) struct Flight {
    url: EndpointUrl,
    kind: Kind,
    since: Millis,
    topic: Topic,
    /// Whether a page caused it.
    page: bool,
    /// It takes longer than one wants to wait for it alone.
    lags: bool,
}

#[derive(Debug)]
enum Kind {
    /// Is this the right network? Asked for a call, by its name.
    Verify { chain: ChainId, call: u64 },
    /// The call itself, by its name.
    Ask { call: u64 },
    /// The same, for a person who looks at servers.
    Check { chain: ChainId },
    /// Which network is this? Asked of a server that is to be added.
    Probe(Probe),
    /// What does a name's own server say?
    Name(Step),
}

impl Call {
    /// Whether asking a second server while the first is silent does nothing but read twice. What changes something,
    /// or what only one server remembers, is asked of one after the other.
    fn is_hedged(&self) -> bool {
        let makes = ["send", "new", "submit", "uninstall", "sign"];
        let reads = self.method.strip_prefix("eth_").is_some_and(|name| {
            makes.iter().all(|verb| !name.starts_with(verb)) && !name.starts_with("getFilter")
        });
        reads && !matches!(self.purpose, Purpose::Broadcast { .. } | Purpose::Watch(_))
    }
}

impl Believed {
    /// One of two answers, and whether they differ. One that is no number says nothing.
    fn choose(self, first: Value, second: Value) -> (Value, bool) {
        let number = |value: &Value| quantity::tolerant(value).ok();
        let (one, other): (Option<U256>, Option<U256>) = (number(&first), number(&second));
        let differ = one.is_some() && other.is_some() && one != other;
        let takes_second = match (one, other) {
            (Some(one), Some(other)) if self.higher => other > one,
            (Some(one), Some(other)) => other < one,
            (one, _) => one.is_none(),
        };
        (if takes_second { second } else { first }, differ)
    }
}

impl Wallet {
    /// Asks a server which network it serves.
    pub(crate) fn probe(&mut self, url: EndpointUrl, probe: Probe) {
        self.fly(Kind::Probe(probe), url, "eth_chainId", &json!([]), (TIMEOUT_MS, None));
    }

    /// Asks all servers of a network which one they serve.
    pub(crate) fn check_all(&mut self, chain: ChainId) {
        for url in self.endpoints(chain) {
            self.fly(Kind::Check { chain }, url, "eth_chainId", &json!([]), (TIMEOUT_MS, None));
        }
    }

    /// How a network's servers are, the one that would be asked next at the front.
    pub(crate) fn standings(&self, chain: ChainId) -> Vec<(String, Standing)> {
        let pool = &self.gateway.pool;
        let servers = pool.best_first(self.endpoints(chain), self.now).into_iter();
        servers.map(|url| (url.host().to_owned(), pool.standing(chain, &url))).collect()
    }

    /// What two servers of a network said differently when they were asked last.
    pub(crate) fn difference(&self, chain: ChainId, matter: Matter) -> Option<&Difference> {
        self.gateway.pool.difference(chain, matter)
    }

    /// A new call is sent to a server, or to two.
    pub(super) fn take_off(&mut self, call: Call) {
        self.gateway.last_name += 1;
        let name = self.gateway.last_name;
        let twice = call.witnessed.is_some() && call.left.len() > 1;
        self.gateway.calls.insert(name, call);
        self.next_server(name);
        if twice {
            self.next_server(name);
        }
    }

    /// Asks the next server; when there is none left and nobody is being asked any more, the call ends.
    fn next_server(&mut self, name: u64) {
        let Some(call) = self.gateway.calls.get_mut(&name) else { return };
        let Some(url) = call.left.pop() else {
            if call.active == 0 {
                self.give_up(name);
            }
            return;
        };
        call.active += 1;
        let (chain, always) = (call.chain, call.always_verify);
        if !always && self.gateway.pool.is_verified(chain, &url, self.now) {
            self.send(name, url);
        } else if !always && self.is_verifying(chain, &url) {
            self.gateway.behind.push((name, url));
        } else {
            let patience = (!always).then(|| self.gateway.pool.patience(&url, self.now));
            let kind = Kind::Verify { chain, call: name };
            self.fly(kind, url, "eth_chainId", &json!([]), (TIMEOUT_MS, patience));
        }
    }

    /// A server did not answer a call, or not with anything of use.
    fn attempt_failed(&mut self, name: u64) {
        let Some(call) = self.gateway.calls.get_mut(&name) else { return };
        call.active = call.active.saturating_sub(1);
        self.next_server(name);
    }

    fn give_up(&mut self, name: u64) {
        let Some(mut call) = self.gateway.calls.remove(&name) else { return };
        if let Some((value, _)) = call.heard.take() {
            self.answered(call.purpose, Ok(value));
            return;
        }
        // Of a transaction, one server's lost answer outweighs another's refusal.
        let may_be_sent = call.unanswered && matches!(call.purpose, Purpose::Broadcast { .. });
        let failure = match call.refused.take() {
            Some(error) if !may_be_sent => Failure::Node(error),
            _ => Failure::Unreachable { sent: call.sent },
        };
        self.answered(call.purpose, Err(failure));
    }

    /// Whether a server is being asked for its network right now; others that want to know wait for that answer.
    fn is_verifying(&self, chain: ChainId, server: &EndpointUrl) -> bool {
        self.gateway.flights.values().any(|flight| {
            matches!(flight.kind, Kind::Verify { chain: asked, .. } if asked == chain)
                && flight.url == *server
        })
    }

    /// Those that waited for a server's network go on.
    fn go_on_behind(&mut self, chain: ChainId, server: &EndpointUrl, right: bool) {
        for name in self.take_behind(chain, server) {
            if right { self.send(name, server.clone()) } else { self.attempt_failed(name) }
        }
    }

    fn take_behind(&mut self, chain: ChainId, server: &EndpointUrl) -> Vec<u64> {
        let gateway = &mut self.gateway;
        let calls = &gateway.calls;
        // A call that another server answered meanwhile waits for nothing.
        gateway.behind.retain(|(name, _)| calls.contains_key(name));
        let waits = |name: &u64, url: &EndpointUrl| {
            url == server && calls.get(name).is_some_and(|call| call.chain == chain)
        };
        gateway.behind.extract_if(.., |(name, url)| waits(name, url)).map(|(name, _)| name).collect()
    }

    fn send(&mut self, name: u64, url: EndpointUrl) {
        let Some(call) = self.gateway.calls.get_mut(&name) else { return };
        call.sent = true;
        let timeout = match &call.purpose {
            Purpose::Prepare { part, .. } if part.is_optional() => SHORT_TIMEOUT_MS,
            _ => TIMEOUT_MS,
        };
        let (method, params) = (call.method.clone(), call.params.clone());
        let patience = call.is_hedged().then(|| self.gateway.pool.patience(&url, self.now));
        if let Purpose::Broadcast { hash } = call.purpose {
            self.note_attempt(hash);
        }
        self.fly(Kind::Ask { call: name }, url, &method, &params, (timeout, patience));
    }

    fn fly(
        &mut self,
        kind: Kind,
        url: EndpointUrl,
        method: &str,
        params: &Value,
        (timeout_ms, patience_ms): (u32, Option<u32>),
    ) {
        self.gateway.last_name += 1;
        let id = self.gateway.last_name;
        let body = rpc::request(id, method, params);
        let topic = egress::topic(method);
        self.leave((id, topic), kind, url, Some(body), (timeout_ms, patience_ms));
    }

    /// Asks a name's own server.
    pub(crate) fn fetch(&mut self, url: EndpointUrl, body: Option<String>, step: Step) {
        self.gateway.last_name += 1;
        let id = self.gateway.last_name;
        self.leave((id, Topic::Name), Kind::Name(step), url, body, (TIMEOUT_MS, None));
    }

    fn leave(
        &mut self,
        (id, topic): (u64, Topic),
        kind: Kind,
        url: EndpointUrl,
        body: Option<String>,
        (timeout_ms, patience_ms): (u32, Option<u32>),
    ) {
        let page = self.is_of_page(&kind);
        let size = body.as_ref().map_or(url.as_str().len(), String::len);
        self.ledger.left(url.host(), topic, page, self.now, size);
        self.out.push(Effect::Http {
            flight: id,
            url: url.as_str().to_owned(),
            body,
            timeout_ms,
            patience_ms,
        });
        let flight = Flight { url, kind, since: self.now, topic, page, lags: false };
        self.gateway.flights.insert(id, flight);
    }

    /// Whether a page caused a request, instead of the wallet or a person who uses it.
    fn is_of_page(&self, kind: &Kind) -> bool {
        let (Kind::Verify { call, .. } | Kind::Ask { call }) = kind else { return false };
        self.gateway.calls.get(call).is_some_and(|call| call.purpose.is_of_page())
    }

    /// Whether nothing is under way.
    pub(crate) fn is_resting(&self) -> bool {
        self.gateway.flights.is_empty()
    }

    /// A request goes on for longer than one wants to wait for it alone.
    pub(crate) fn http_lags(&mut self, id: u64) {
        let Some(flight) = self.gateway.flights.get_mut(&id) else { return };
        flight.lags = true;
        let url = flight.url.clone();
        self.gateway.pool.lags(&url, self.now.since(flight.since).0, self.now);
        let mut waiting = Vec::new();
        match flight.kind {
            Kind::Ask { call } => waiting.push(call),
            Kind::Verify { chain, call } => {
                waiting.push(call);
                let calls = &self.gateway.calls;
                let same = |name: &u64| calls.get(name).is_some_and(|call| call.chain == chain);
                let behind = self.gateway.behind.iter().filter(|(name, at)| *at == url && same(name));
                waiting.extend(behind.map(|(name, _)| *name));
            }
            Kind::Check { .. } | Kind::Probe(_) | Kind::Name(_) => {}
        }
        for name in waiting {
            self.hedge(name);
        }
    }

    /// A call has waited long enough for those that were asked.
    fn hedge(&mut self, name: u64) {
        let Some(call) = self.gateway.calls.get(&name) else { return };
        if call.heard.is_some() {
            if self.all_lag(name) {
                self.give_up(name);
            }
        } else if call.is_hedged() && call.active < MOST_AT_ONCE {
            self.next_server(name);
        }
    }

    /// Whether nobody who is still to answer a call is expected to do so soon.
    fn all_lag(&self, name: u64) -> bool {
        let flights = || self.gateway.flights.values();
        let asked_lag = flights().all(|flight| match flight.kind {
            Kind::Ask { call } | Kind::Verify { call, .. } => call != name || flight.lags,
            Kind::Check { .. } | Kind::Probe(_) | Kind::Name(_) => true,
        });
        let mut behind = self.gateway.behind.iter().filter(|(call, _)| *call == name);
        asked_lag
            && behind.all(|(_, url)| {
                flights().any(|flight| {
                    flight.lags && flight.url == *url && matches!(flight.kind, Kind::Verify { .. })
                })
            })
    }

    pub(crate) fn http_ended(&mut self, id: u64, result: &HttpResult) {
        let Some(Flight { url, kind, since, topic, page, .. }) = self.gateway.flights.remove(&id) else {
            return;
        };
        if let HttpResult::Body { text, .. } = result {
            self.ledger.came_back(url.host(), topic, page, self.now, text.len());
        }
        if let Kind::Name(step) = kind {
            return self.name_server_answered(step, result);
        }
        let (status, answer) = match result {
            HttpResult::Body { status, text } => {
                (*status, rpc::response(id, text.as_bytes(), rpc::ANSWER_LIMIT))
            }
            HttpResult::Failed => (0, Err(rpc::Malformed::NotAnAnswer.into())),
        };
        let is_good = match &answer {
            Ok(_) => true,
            Err(rpc::RpcError::Node(error)) => !is_busy(status, error),
            Err(rpc::RpcError::Malformed(_)) => false,
        };
        let before = self.gateway.pool.state_of(&url);
        if is_good {
            self.gateway.pool.answered(&url, self.now.since(since).0, self.now);
        } else {
            self.gateway.pool.failed(&url, self.now);
        }
        match kind {
            Kind::Verify { chain, call } => {
                let right = self.note_network(chain, &url, answer.ok().as_ref(), is_good);
                if right {
                    self.send(call, url.clone())
                } else {
                    self.attempt_failed(call)
                }
                self.go_on_behind(chain, &url, right);
            }
            Kind::Ask { call } => self.call_answered(call, url.clone(), answer, is_good),
            Kind::Check { chain } => {
                self.note_network(chain, &url, answer.ok().as_ref(), is_good);
            }
            Kind::Probe(probe) => {
                let chain = answer
                    .ok()
                    .and_then(|value| quantity::tolerant_u64(&value).ok())
                    .and_then(|number| ChainId::new(number).ok());
                self.probed(&url, probe, chain);
            }
            Kind::Name(_) => {}
        }
        if self.gateway.pool.state_of(&url) != before {
            self.out.notice(Notice::Servers);
        }
    }

    /// What a server answered to the question for its network; says whether it is the right one.
    fn note_network(
        &mut self,
        chain: ChainId,
        url: &EndpointUrl,
        said: Option<&Value>,
        is_good: bool,
    ) -> bool {
        let said = said.and_then(|value| quantity::tolerant_u64(value).ok());
        let right = said == Some(chain.get());
        if said.is_some() {
            self.gateway.pool.said_network(url, chain, right, self.now);
        }
        // What is no answer at all was counted already.
        if is_good && !right {
            self.gateway.pool.failed(url, self.now);
        }
        right
    }

    fn call_answered(
        &mut self,
        name: u64,
        url: EndpointUrl,
        answer: Result<Value, rpc::RpcError>,
        is_good: bool,
    ) {
        // Another server answered first.
        let Some(call) = self.gateway.calls.get_mut(&name) else { return };
        match answer {
            Ok(value) => self.call_succeeded(name, url, value),
            Err(rpc::RpcError::Node(error)) if !is_good => {
                call.refused.get_or_insert(error);
                self.attempt_failed(name);
            }
            Err(rpc::RpcError::Node(_)) if call.heard.is_some() => self.attempt_failed(name),
            // An earlier server may have taken it and only its answer was lost: then this one's refusal says
            // nothing.
            Err(rpc::RpcError::Node(_))
                if call.unanswered && matches!(call.purpose, Purpose::Broadcast { .. }) =>
            {
                self.call_ended(name, Err(Failure::Unreachable { sent: true }));
            }
            Err(rpc::RpcError::Node(error)) => {
                let error = match call.purpose {
                    Purpose::Forward { .. } | Purpose::Watch(_) | Purpose::Name(_) => error,
                    _ => brief(error),
                };
                self.call_ended(name, Err(Failure::Node(error)));
            }
            Err(rpc::RpcError::Malformed(_)) => {
                call.unanswered = true;
                self.attempt_failed(name);
            }
        }
    }

    fn call_succeeded(&mut self, name: u64, url: EndpointUrl, value: Value) {
        let all_lag = self.all_lag(name);
        let Some(call) = self.gateway.calls.get_mut(&name) else { return };
        call.active = call.active.saturating_sub(1);
        if let Purpose::Watch(poll) = &mut call.purpose {
            poll.served_by(&url);
        }
        let Some(believed) = call.witnessed else { return self.call_ended(name, Ok(value)) };
        match call.heard.take() {
            None if (call.active > 0 && !all_lag) || (call.active == 0 && !call.left.is_empty()) => {
                call.heard = Some((value, url));
                if call.active == 0 {
                    self.next_server(name);
                }
            }
            None => self.call_ended(name, Ok(value)),
            Some((first, by)) => {
                let chain = call.chain;
                let (value, differ) = believed.choose(first, value);
                if let Some(matter) = believed.matter {
                    let difference = differ.then(|| [by.host().to_owned(), url.host().to_owned()]);
                    if self.gateway.pool.compared(chain, matter, difference) {
                        self.out.notice(Notice::Servers);
                    }
                }
                self.call_ended(name, Ok(value));
            }
        }
    }

    fn call_ended(&mut self, name: u64, answer: Result<Value, Failure>) {
        if let Some(call) = self.gateway.calls.remove(&name) {
            self.answered(call.purpose, answer);
        }
    }
}
