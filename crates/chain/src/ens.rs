//! The Ethereum Name Service: which calls find the address behind a name, and what contracts say to them.
//!
//! Names and resolvers are those of ENSIP-1, resolvers that speak for all names below theirs of ENSIP-10, and answers
//! that a contract lets somebody else's server give of EIP-3668. Only names that ENSIP-15 leaves as they are and that
//! cannot be taken for others are read: of the letters a to z, digits, `-` and `_`.

use core::fmt;

use alloy_sol_types::{SolCall, SolError, SolValue, sol};
use candor_primitives::{Address, B256, Bytes, address, keccak256};
use serde_json::{Value, json};

use crate::{EndpointUrl, NodeError, revert};

/// Where Ethereum keeps who speaks for a name (ENSIP-1).
pub const REGISTRY: Address = address!("0x00000000000C2E074eC69A0dFb2997BA6C7d2e1e");

/// The longest name, in bytes, as in the domain name system.
const LONGEST: usize = 253;
/// The longest part of one (RFC 1035).
const LONGEST_LABEL: usize = 63;
/// The most parts; each can be a question.
const MOST_LABELS: usize = 8;
/// The most servers of which a contract may leave the choice.
const MOST_SERVERS: usize = 4;
/// The longest answer of such a server that is handed to the contract, in bytes of text.
const LONGEST_ANSWER: usize = 200_000;
/// ENSIP-10's `resolve(bytes,bytes)`.
const EXTENDED: [u8; 4] = [0x90, 0x61, 0xb9, 0x23];

sol! {
    function resolver(bytes32 node) returns (address found);
    function addr(bytes32 node) returns (address found);
    function name(bytes32 node) returns (string found);
    function resolve(bytes name, bytes data) returns (bytes found);
    function supportsInterface(bytes4 id) returns (bool found);
    error OffchainLookup(address sender, string[] urls, bytes callData, bytes4 callbackFunction, bytes extraData);
}

/// A name such as `maria.eth`, in the only spelling that it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Reads what a person typed; nothing if it is no name of ours.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let labels = text.split('.').count();
        let fits = text.len() <= LONGEST && (2..=MOST_LABELS).contains(&labels);
        (fits && text.split('.').all(is_label)).then_some(Self(text))
    }

    /// The name under which an address says how it is called (ENSIP-3).
    #[must_use]
    pub fn of(address: Address) -> Self {
        Self(format!("{address:x}.addr.reverse"))
    }

    /// Its hash (ENSIP-1), under which contracts know it.
    #[must_use]
    pub fn node(&self) -> B256 {
        self.0.rsplit('.').fold(B256::ZERO, |node, label| {
            keccak256([node.as_slice(), keccak256(label).as_slice()].concat())
        })
    }

    /// The name that it is below of; the last has none.
    #[must_use]
    pub fn above(&self) -> Option<Self> {
        self.0.split_once('.').map(|(_, above)| Self(above.to_owned()))
    }

    /// As the domain name system writes it (RFC 1035), which ENSIP-10 asks for.
    fn wire(&self) -> Vec<u8> {
        let mut wire = Vec::with_capacity(self.0.len() + 2);
        for label in self.0.split('.') {
            // Never longer than 63.
            wire.push(u8::try_from(label.len()).unwrap_or_default());
            wire.extend(label.bytes());
        }
        wire.push(0);
        wire
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// ENSIP-15 for plain letters: no `_` but in front, and nothing that could be an encoding of other letters.
fn is_label(label: &str) -> bool {
    let rest = label.trim_start_matches('_').as_bytes();
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    let encoded = label.as_bytes().get(2..4) == Some(b"--");
    (1..=LONGEST_LABEL).contains(&label.len()) && rest.iter().all(plain) && !encoded
}

/// What is asked of the contract that speaks for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The address behind the name, on Ethereum (ENSIP-1).
    Address,
    /// What an address calls itself (ENSIP-3).
    Name,
}

/// Call data for [`REGISTRY`]: which contract speaks for a name.
#[must_use]
pub fn resolver(name: &Name) -> Bytes {
    resolverCall { node: name.node() }.abi_encode().into()
}

/// That contract; nothing if there is none.
#[must_use]
pub fn decode_resolver(result: &[u8]) -> Option<Address> {
    resolverCall::abi_decode_returns_validate(result).ok().filter(|found| !found.is_zero())
}

/// Call data: whether a contract answers for all names below its own (ENSIP-10).
#[must_use]
pub fn is_extended() -> Bytes {
    supportsInterfaceCall { id: EXTENDED.into() }.abi_encode().into()
}

/// What it said. No answer is a no.
#[must_use]
pub fn decode_is_extended(result: &[u8]) -> bool {
    supportsInterfaceCall::abi_decode_returns(result).unwrap_or_default()
}

/// Call data for the contract that speaks for a name, which is extended or not.
#[must_use]
pub fn question(name: &Name, asked: Asked, extended: bool) -> Bytes {
    let node = name.node();
    let data = match asked {
        Asked::Address => addrCall { node }.abi_encode(),
        Asked::Name => nameCall { node }.abi_encode(),
    };
    let data = if extended {
        resolveCall { name: name.wire().into(), data: data.into() }.abi_encode()
    } else {
        data
    };
    data.into()
}

/// The address that was answered; nothing if the name has none.
#[must_use]
pub fn decode_address(result: &[u8], extended: bool) -> Option<Address> {
    let found = addrCall::abi_decode_returns_validate(&inner(result, extended)?).ok()?;
    (!found.is_zero()).then_some(found)
}

/// The name that was answered. Whether it leads back, has to be asked.
#[must_use]
pub fn decode_name(result: &[u8], extended: bool) -> Option<Name> {
    Name::read(&nameCall::abi_decode_returns(&inner(result, extended)?).ok()?)
}

fn inner(result: &[u8], extended: bool) -> Option<Bytes> {
    if extended { resolveCall::abi_decode_returns(result).ok() } else { Some(Bytes::copy_from_slice(result)) }
}

/// A contract that wants an answer fetched from elsewhere first (EIP-3668).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    sender: Address,
    /// Servers that may give it, best first: encrypted, and not of the local network.
    servers: Vec<String>,
    data: Bytes,
    callback: [u8; 4],
    extra: Bytes,
}

/// A question for a server: where, and what is posted; nothing is a question by the address alone.
pub type Fetch = (EndpointUrl, Option<String>);

impl Elsewhere {
    /// Reads it from how the call of a contract failed. A contract may only ask for itself.
    #[must_use]
    pub fn read(error: &NodeError, contract: Address) -> Option<Self> {
        let asked = OffchainLookup::abi_decode(&revert::revert_data(error)?).ok()?;
        let OffchainLookup { sender, urls, callData, callbackFunction, extraData } = asked;
        (sender == contract).then(|| Self {
            sender,
            servers: urls.into_iter().take(MOST_SERVERS).collect(),
            data: callData,
            callback: callbackFunction.0,
            extra: extraData,
        })
    }

    /// What to ask which server, best first. Those that are not encrypted or on no public host are left out.
    #[must_use]
    pub fn fetches(&self) -> Vec<Fetch> {
        let fetch = |template: &String| {
            let by_address = template.contains("{data}");
            let sender = format!("{:#x}", self.sender);
            let url = template.replace("{sender}", &sender).replace("{data}", &self.data.to_string());
            let url = EndpointUrl::from_contract(&url).ok()?;
            let body = || json!({ "data": self.data, "sender": sender }).to_string();
            Some((url, (!by_address).then(body)))
        };
        self.servers.iter().filter_map(fetch).collect()
    }

    /// Call data for the contract, with what a server answered; nothing if that was no answer.
    #[must_use]
    pub fn answer(&self, text: &str) -> Option<Bytes> {
        let said: Value =
            Some(text).filter(|text| text.len() <= LONGEST_ANSWER).map(serde_json::from_str)?.ok()?;
        let data: Bytes = said.get("data")?.as_str()?.parse().ok()?;
        let arguments = (data, self.extra.clone()).abi_encode_params();
        Some([self.callback.as_slice(), &arguments].concat().into())
    }
}

#[cfg(test)]
#[path = "ens_tests.rs"]
mod tests;
