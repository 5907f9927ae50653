//! The servers that the wallet can reach, each of them good, dead, slow or lying, as a test says.

use std::collections::BTreeMap;

use candor_chain::{NodeError, registry};
use candor_protocol::host::HttpResult;
use serde_json::{Value, json};

use crate::chain::{Answer, Chain, node_error};

/// How a server treats a method, or all of them.
#[derive(Clone, Debug)]
pub enum Manner {
    /// Nothing reaches it.
    Dead,
    /// It acts, and its answer is lost.
    Deaf,
    /// It acts, and answers when [`crate::Host::release`] says so.
    Slow,
    /// It answers something that is no JSON-RPC.
    Garbage,
    /// It says this instead of the truth.
    Says(Value),
    /// It refuses.
    Refuses(NodeError),
}

/// One server.
#[derive(Clone, Debug)]
struct Server {
    chain: u64,
    /// By method; `*` is all.
    manners: BTreeMap<String, Manner>,
    /// Filters of waiting transactions: how many of them each was told. The first is `0x1`, as on every server.
    filters: Vec<usize>,
}

impl Server {
    /// What only this server knows.
    fn remembered(&mut self, method: &str, params: &Value, chain: &Chain) -> Option<Answer> {
        match method {
            "eth_newPendingTransactionFilter" => {
                self.filters.push(chain.taken.len());
                Some(Ok(json!(format!("0x{:x}", self.filters.len()))))
            }
            "eth_getFilterChanges" => {
                let id = params.get(0).and_then(Value::as_str).unwrap_or_default();
                let at = usize::from_str_radix(id.trim_start_matches("0x"), 16).unwrap_or_default();
                let Some(told) = at.checked_sub(1).and_then(|at| self.filters.get_mut(at)) else {
                    return Some(Err(node_error(-32000, "filter not found")));
                };
                let new = chain.taken.iter().skip(*told).map(|taken| json!(taken.hash)).collect();
                *told = chain.taken.len();
                Some(Ok(new))
            }
            _ => None,
        }
    }
}

/// What a server was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Where.
    pub url: String,
    /// What.
    pub method: String,
    /// With what.
    pub params: Value,
}

/// All servers and the chains behind them.
#[derive(Clone, Debug)]
pub struct Net {
    chains: BTreeMap<u64, Chain>,
    servers: BTreeMap<String, Server>,
    /// Everything that reached a server, in order.
    pub asked: Vec<Asked>,
    /// What servers of names answer, by address.
    pub name_servers: BTreeMap<String, (u16, String)>,
}

impl Default for Net {
    /// Every server of the built-in list, all good.
    fn default() -> Self {
        let mut net = Self {
            chains: BTreeMap::new(),
            servers: BTreeMap::new(),
            asked: Vec::new(),
            name_servers: BTreeMap::new(),
        };
        for network in registry::registry() {
            for endpoint in network.endpoints.iter().filter(|_| network.chain_id.get() != 1337) {
                net.add_server(endpoint.as_str(), network.chain_id.get());
            }
        }
        net
    }
}

/// What comes of a request.
#[derive(Clone, Debug)]
pub enum Posted {
    /// This, at once.
    Now(HttpResult),
    /// This, later.
    Later(HttpResult),
}

impl Net {
    /// Adds a good server of a chain.
    pub fn add_server(&mut self, url: &str, chain: u64) {
        self.chains.entry(chain).or_insert_with(|| Chain::new(chain));
        self.servers.insert(url.to_owned(), Server { chain, manners: BTreeMap::new(), filters: Vec::new() });
    }

    /// A chain.
    pub fn chain(&mut self, id: u64) -> &mut Chain {
        self.chains.entry(id).or_insert_with(|| Chain::new(id))
    }

    /// All chains.
    pub fn chains(&self) -> impl Iterator<Item = &Chain> {
        self.chains.values()
    }

    /// Changes how one server treats a method; `*` is all.
    pub fn manner(&mut self, url: &str, method: &str, manner: Manner) {
        let server = self.servers.get_mut(url).expect("a known server");
        server.manners.insert(method.to_owned(), manner);
    }

    /// Changes how all servers of a chain treat a method; `*` is all.
    pub fn manners(&mut self, chain: u64, method: &str, manner: &Manner) {
        for server in self.servers.values_mut().filter(|server| server.chain == chain) {
            server.manners.insert(method.to_owned(), manner.clone());
        }
    }

    /// A server forgets its filters.
    pub fn forget_filters(&mut self, url: &str) {
        self.servers.get_mut(url).expect("a known server").filters.clear();
    }

    /// All servers of a chain are good again.
    pub fn revive(&mut self, chain: u64) {
        self.servers
            .values_mut()
            .filter(|server| server.chain == chain)
            .for_each(|server| server.manners.clear());
    }

    /// How often a method reached any server.
    #[must_use]
    pub fn count(&self, method: &str) -> usize {
        self.asked.iter().filter(|asked| asked.method == method).count()
    }

    pub(crate) fn request(&mut self, url: &str, body: Option<&str>) -> Posted {
        if let Some((status, text)) = self.name_servers.get(url).cloned() {
            let method = if body.is_some() { "POST" } else { "GET" }.to_owned();
            self.asked.push(Asked { url: url.to_owned(), method, params: Value::Null });
            return Posted::Now(HttpResult::Body { status, text });
        }
        body.map_or(Posted::Now(HttpResult::Failed), |body| self.post(url, body))
    }

    fn post(&mut self, url: &str, body: &str) -> Posted {
        let body: Value = serde_json::from_str(body).expect("requests are JSON");
        let method = body.get("method").and_then(Value::as_str).expect("requests name a method").to_owned();
        let params = body.get("params").cloned().unwrap_or_default();
        let id = body.get("id").cloned().unwrap_or_default();
        let Some(server) = self.servers.get_mut(url) else { return Posted::Now(HttpResult::Failed) };
        let manner = server.manners.get(&method).or_else(|| server.manners.get("*")).cloned();
        if matches!(manner, Some(Manner::Dead)) {
            return Posted::Now(HttpResult::Failed);
        }
        self.asked.push(Asked { url: url.to_owned(), method: method.clone(), params: params.clone() });
        let body = |text: String| HttpResult::Body { status: 200, text };
        let refusal = |error: &NodeError| {
            let mut said = json!({ "code": error.code, "message": error.message });
            if let Some(data) = &error.data {
                said["data"] = data.clone();
            }
            json!({ "jsonrpc": "2.0", "id": id, "error": said }).to_string()
        };
        let result = |value: &Value| json!({ "jsonrpc": "2.0", "id": id, "result": value }).to_string();
        match &manner {
            Some(Manner::Garbage) => return Posted::Now(body("<html>busy</html>".to_owned())),
            Some(Manner::Says(value)) => return Posted::Now(body(result(value))),
            Some(Manner::Refuses(error)) => return Posted::Now(body(refusal(error))),
            Some(Manner::Dead | Manner::Deaf | Manner::Slow) | None => {}
        }
        let chain = self.chains.get_mut(&server.chain).expect("servers have chains");
        let remembered = server.remembered(&method, &params, chain);
        let text = match remembered.unwrap_or_else(|| chain.answer(&method, &params)) {
            Ok(value) => result(&value),
            Err(error) => refusal(&error),
        };
        match manner {
            Some(Manner::Deaf) => Posted::Now(HttpResult::Failed),
            Some(Manner::Slow) => Posted::Later(body(text)),
            _ => Posted::Now(body(text)),
        }
    }
}
