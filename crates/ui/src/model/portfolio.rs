//! What an account has over networks, in words.

/// The most networks that are named.
const NAMED: usize = 2;

/// Where something is: on one network, on two, or on how many.
#[must_use]
pub fn place(networks: &[&str]) -> String {
    match networks.len() {
        0 => String::new(),
        count if count > NAMED => format!("on {count} networks"),
        _ => format!("on {}", networks.join(" and ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let check = |networks: &[&str], expected: &str| assert_eq!(place(networks), expected);
        check(&[], "");
        check(&["Base"], "on Base");
        check(&["Base", "Ethereum"], "on Base and Ethereum");
        check(&["Base", "Ethereum", "Linea"], "on 3 networks");
    }
}
