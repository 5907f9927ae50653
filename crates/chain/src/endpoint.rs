use core::fmt;
use core::net::{Ipv4Addr, Ipv6Addr};

/// The web address of a node that answers JSON-RPC: by HTTP, or over a WebSocket (RFC 6455).
///
/// Always `https` or `wss`, except where the traffic cannot leave the computer or, if a person typed the address,
/// the local network. Never with a user name or password in it (browsers refuse to fetch such addresses), never
/// with characters outside ASCII: an international host name is only taken in its `xn--` spelling, so that
/// nobody can pass one host off as another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointUrl(String);

/// Why a text is not an acceptable endpoint address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// Nothing was given.
    #[error("the address is empty")]
    Empty,
    /// Above [`EndpointUrl::MAX_LENGTH`].
    #[error("the address is too long")]
    TooLong,
    /// White space, control characters, non-ASCII letters or placeholders such as `${KEY}`.
    #[error("the address contains a character that does not belong in a web address")]
    Character,
    /// Another scheme, or none.
    #[error("the address must start with https://, or with http:// if its host is on this computer")]
    Scheme,
    /// `http` or `ws` to a host that is not on this computer (or, for a person's own node, not on the local network).
    #[error("the address must start with https://, because its host is not on this computer")]
    Unencrypted,
    /// `user:password@`.
    #[error("the address must not contain a user name or password")]
    Credentials,
    /// Not a host name or IP address.
    #[error("the address has no valid host name")]
    Host,
    /// Not a number from 1 to 65535.
    #[error("the address has no valid port")]
    Port,
    /// Something after `#`, which no server ever receives.
    #[error("the address must not contain a # part")]
    Fragment,
    /// A page named a host inside the local network.
    #[error("a site may not point the wallet into the local network")]
    Private,
}

/// How far traffic to a host travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It stays on this computer.
    Loopback,
    /// It stays in the local network, as far as the address alone can tell.
    Private,
    /// Anywhere.
    Public,
}

impl EndpointUrl {
    /// The longest accepted address, in bytes.
    pub const MAX_LENGTH: usize = 2048;
    /// The longest with a question in it, in bytes.
    pub const MAX_QUESTION: usize = 16 * 1024;

    /// Checks an address that a page, a data file or any other stranger supplied: encrypted to a public host, or
    /// either way to this computer.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn from_page(text: &str) -> Result<Self, EndpointError> {
        let parts = Parts::read(text)?;
        match (parts.reach, parts.encrypted) {
            (Reach::Private, _) => Err(EndpointError::Private),
            (Reach::Public, false) => Err(EndpointError::Unencrypted),
            _ => Ok(parts.into_url()),
        }
    }

    /// Checks an address that a person typed. Surrounding blanks are ignored and hosts of the local network
    /// are allowed, unencrypted too, since many people run their own node.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn from_user(text: &str) -> Result<Self, EndpointError> {
        let parts = Parts::read(text.trim())?;
        match (parts.reach, parts.encrypted) {
            (Reach::Public, false) => Err(EndpointError::Unencrypted),
            _ => Ok(parts.into_url()),
        }
    }

    /// Checks an address that a contract names as a server with an answer (EIP-3668), which can carry the question in
    /// it: only encrypted, and to a public host.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn from_contract(text: &str) -> Result<Self, EndpointError> {
        let parts = Parts::read_up_to(text, Self::MAX_QUESTION)?;
        match (parts.reach, parts.scheme) {
            (Reach::Public, "https") => Ok(parts.into_url()),
            (Reach::Public, _) => Err(EndpointError::Scheme),
            _ => Err(EndpointError::Private),
        }
    }

    /// The address as it is fetched: scheme and host in lower case, default port and bare final slash removed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host with its port if that is not the scheme's own: what a person recognises and what the record of
    /// outgoing traffic names.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        rest.split(['/', '?']).next().unwrap_or(rest)
    }

    /// Host without a port.
    #[must_use]
    pub fn hostname(&self) -> &str {
        split_port(self.host()).0
    }

    /// How far traffic to it travels.
    #[must_use]
    pub fn reach(&self) -> Reach {
        reach_of(self.hostname()).unwrap_or(Reach::Public)
    }

    /// Whether the traffic is encrypted.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.0.starts_with("https:") || self.0.starts_with("wss:")
    }

    /// Whether it is asked over a WebSocket, by which it can also tell of new blocks.
    #[must_use]
    pub fn is_socket(&self) -> bool {
        self.0.starts_with("ws")
    }

    /// The address, if a person can open it too.
    ///
    /// # Errors
    /// It is that of a WebSocket.
    pub fn of_website(self) -> Result<Self, EndpointError> {
        if self.is_socket() { Err(EndpointError::Scheme) } else { Ok(self) }
    }
}

impl fmt::Display for EndpointUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Only the host: the path of an address can carry an access key.
impl fmt::Debug for EndpointUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EndpointUrl({}/…)", self.host())
    }
}

struct Parts<'a> {
    scheme: &'static str,
    encrypted: bool,
    host: String,
    port: Option<u16>,
    path: &'a str,
    reach: Reach,
}

impl<'a> Parts<'a> {
    /// The subset of RFC 3986 that browsers read exactly as written; whatever they would repair is refused.
    fn read(text: &'a str) -> Result<Self, EndpointError> {
        Self::read_up_to(text, EndpointUrl::MAX_LENGTH)
    }

    fn read_up_to(text: &'a str, longest: usize) -> Result<Self, EndpointError> {
        if text.is_empty() {
            return Err(EndpointError::Empty);
        }
        if text.len() > longest {
            return Err(EndpointError::TooLong);
        }
        let allowed = |b: u8| b.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&b);
        if !text.bytes().all(allowed) {
            return Err(EndpointError::Character);
        }
        let (scheme, rest) = text.split_once("://").ok_or(EndpointError::Scheme)?;
        let (scheme, encrypted) = match scheme.to_ascii_lowercase().as_str() {
            "https" => ("https", true),
            "http" => ("http", false),
            "wss" => ("wss", true),
            "ws" => ("ws", false),
            _ => return Err(EndpointError::Scheme),
        };
        if rest.contains('#') {
            return Err(EndpointError::Fragment);
        }
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err(EndpointError::Credentials);
        }
        let (host, port) = split_port(authority);
        let host = host.to_ascii_lowercase();
        let reach = reach_of(&host).ok_or(EndpointError::Host)?;
        let port = port.map(read_port).transpose()?.filter(|p| *p != if encrypted { 443 } else { 80 });
        Ok(Self { scheme, encrypted, host, port, path: if path == "/" { "" } else { path }, reach })
    }

    fn into_url(self) -> EndpointUrl {
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        EndpointUrl(format!("{}://{}{port}{}", self.scheme, self.host, self.path))
    }
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn read_port(text: &str) -> Result<u16, EndpointError> {
    let canonical = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| canonical).ok_or(EndpointError::Port)
}

/// `None` if it is not a host. Expects lower case.
fn reach_of(host: &str) -> Option<Reach> {
    if let Some(inner) = host.strip_prefix('[') {
        return reach_of_v6(inner.strip_suffix(']')?.parse().ok()?);
    }
    let last = host.rsplit('.').next()?;
    // Browsers read any host that ends in a number as an IPv4 address, in several spellings (127.1, 0x7f.1,
    // 2130706433); only the plain one is accepted.
    if last.starts_with(|c: char| c.is_ascii_digit())
        && last.bytes().all(|b| b.is_ascii_hexdigit() || b == b'x')
    {
        return reach_of_v4(host.parse().ok()?);
    }
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.len() > 253 || !host.split('.').all(label_ok) {
        return None;
    }
    Some(match last {
        "localhost" => Reach::Loopback,
        "local" | "localdomain" | "lan" | "internal" | "intranet" | "home" | "corp" => Reach::Private,
        "arpa" if host.ends_with(".home.arpa") => Reach::Private,
        _ if !host.contains('.') => Reach::Private,
        _ => Reach::Public,
    })
}

fn reach_of_v4(ip: Ipv4Addr) -> Option<Reach> {
    let [a, b, ..] = ip.octets();
    match (a, b) {
        (0 | 224..=255, _) => None,
        (127, _) => Some(Reach::Loopback),
        // Shared address space (RFC 6598) is what overlay networks such as Tailscale hand out.
        (100, 64..=127) => Some(Reach::Private),
        // Benchmarks inside of a network (RFC 2544).
        (198, 18 | 19) => Some(Reach::Private),
        _ if ip.is_private() || ip.is_link_local() => Some(Reach::Private),
        _ => Some(Reach::Public),
    }
}

fn reach_of_v6(ip: Ipv6Addr) -> Option<Reach> {
    if let Some(v4) = ip.to_ipv4_mapped() {
        return reach_of_v4(v4);
    }
    if ip.is_loopback() {
        return Some(Reach::Loopback);
    }
    match ip.segments() {
        // Nobody, or an IPv4 address in a way that nothing uses any more (RFC 4291, 2.5.5.1).
        [0, 0, 0, 0, 0, 0, ..] => None,
        // An IPv4 address behind a translator (RFC 6052): never this computer, but maybe the network around it.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let [a, b] = high.to_be_bytes();
            let [c, d] = low.to_be_bytes();
            let behind = reach_of_v4(Ipv4Addr::new(a, b, c, d))?;
            Some(if behind == Reach::Public { Reach::Public } else { Reach::Private })
        }
        // The same for one network alone (RFC 8215), and what was for one site alone (RFC 3879).
        [0x64, 0xff9b, 1, ..] | [0xfec0..=0xfeff, ..] => Some(Reach::Private),
        _ if ip.is_multicast() => None,
        _ if ip.is_unique_local() || ip.is_unicast_link_local() => Some(Reach::Private),
        _ => Some(Reach::Public),
    }
}

#[cfg(test)]
#[path = "endpoint_tests.rs"]
mod tests;
