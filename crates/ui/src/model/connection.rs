//! Sites: what we say of them in one line.

use candor_protocol::view::SiteView;

use super::when::Local;

/// Host and port of an origin, which is what a person recognises, and of a frame those of the page around it too. The
/// scheme stays where it is not `https`, since then anyone on the way could have changed the page.
#[must_use]
pub fn host(origin: &str) -> String {
    origin.replace("https://", "")
}

/// The letter on a site's tile; its picture is never fetched.
#[must_use]
pub fn letter(origin: &str) -> Option<char> {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("app.")).unwrap_or(host);
    host.chars().next().filter(char::is_ascii_alphabetic).map(|first| first.to_ascii_uppercase())
}

/// What the wallet remembers of a site: `Connected since today`, `Used 14 times since March, last today`.
#[must_use]
pub fn history(site: Option<&SiteView>, local: impl Fn(u64) -> Local, now: Local) -> String {
    let Some(site) = site else { return "Not connected".to_owned() };
    match (site.since_ms.map(|at| local(at).since(now)), site.times_used) {
        (None, 0) => "Not connected before".to_owned(),
        (None, _) => "Not connected now".to_owned(),
        (Some(since), 0) => format!("Connected since {since}"),
        (Some(since), 1) => format!("Used once since {since}"),
        (Some(since), times) => match site.last_used_ms.map(|at| local(at).since(now)) {
            Some(last) if last != since => format!("Used {times} times since {since}, last {last}"),
            _ => format!("Used {times} times since {since}"),
        },
    }
}

/// The accounts that a site sees, by name: `Everyday, Savings`.
#[must_use]
pub fn account_names(site: &SiteView) -> String {
    let names: Vec<&str> = site.accounts.iter().map(|account| account.name.as_str()).collect();
    names.join(", ")
}

/// The networks that a site may use beside the one in use, in a line.
#[must_use]
pub fn other_networks(site: &SiteView) -> Option<String> {
    let others = site.networks.get(1..).filter(|others| !others.is_empty())?;
    Some(format!("May use {} too", others.join(", ")))
}

/// Adds an account to those a site sees, or takes it away, without reordering the others.
#[must_use]
pub fn toggled(accounts: &[String], address: &str) -> Vec<String> {
    let without: Vec<String> =
        accounts.iter().filter(|known| !super::address::same(known, address)).cloned().collect();
    if without.len() == accounts.len() { [without, vec![address.to_owned()]].concat() } else { without }
}

/// How many sites can see an account, as the headline of their list: the number, and what follows it.
#[must_use]
pub fn counted(sites: usize) -> (String, &'static str) {
    match sites {
        0 => ("No site".to_owned(), " can see an account."),
        1 => ("1 site".to_owned(), " can see an account."),
        more => (format!("{more} sites"), " can see an account."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(since_ms: Option<u64>, times_used: u32) -> SiteView {
        SiteView {
            origin: "https://app.example".to_owned(),
            host: "app.example".to_owned(),
            connected: since_ms.is_some(),
            accounts: Vec::new(),
            chain_id: 1,
            since_ms,
            times_used,
            last_used_ms: since_ms,
            networks: Vec::new(),
            paused_ms: 0,
            preferred: None,
            as_metamask: false,
        }
    }

    #[test]
    fn history_is_one_line() {
        let now = Local::new(1_763_821_920_000, 0);
        let check = |since: Option<u64>, times: u32, expected: &str| {
            assert_eq!(history(Some(&site(since, times)), |at| Local::new(at, 0), now), expected);
        };
        check(None, 0, "Not connected before");
        check(None, 3, "Not connected now");
        check(Some(1_763_821_920_000), 0, "Connected since today");
        check(Some(1_743_000_000_000), 1, "Used once since March");
        check(Some(1_743_000_000_000), 14, "Used 14 times since March");
    }

    #[test]
    fn origins_are_named_and_lettered() {
        let check = |origin: &str, named: &str, initial: Option<char>| {
            assert_eq!((host(origin).as_str(), letter(origin)), (named, initial));
        };
        check("https://app.uniswap.org", "app.uniswap.org", Some('U'));
        check("http://localhost:3000", "http://localhost:3000", Some('L'));
        check("https://[::1]", "[::1]", None);
        check("https://1inch.io", "1inch.io", None);
    }

    #[test]
    fn accounts_are_added_and_taken_away_in_order() {
        let check = |before: &[&str], address: &str, after: &[&str]| {
            let before: Vec<String> = before.iter().map(|a| (*a).to_owned()).collect();
            assert_eq!(toggled(&before, address), after);
        };
        check(&["0xA", "0xb"], "0xC", &["0xA", "0xb", "0xC"]);
        check(&["0xA", "0xb"], "0xa", &["0xb"]);
        check(&[], "0xa", &["0xa"]);
    }
}
