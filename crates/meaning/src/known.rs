//! The tokens that are used and imitated most. A server that lies cannot change what is said of them.

use candor_primitives::{Address, ChainId};

use crate::{TokenInfo, TokenSource};

mod table;

use table::{Row, TOKENS};

/// What Candor knows by itself of a token, which wins over what anyone says: its best known name and its decimals.
#[must_use]
pub fn known_token(chain_id: ChainId, address: Address) -> Option<TokenInfo> {
    let row = on(chain_id).find(|row| row.address == address)?;
    Some(TokenInfo {
        symbol: (*row.names.first()?).to_owned(),
        decimals: row.decimals,
        source: TokenSource::Bundled,
    })
}

/// Every token that Candor knows on a network.
pub fn known_tokens(chain_id: ChainId) -> impl Iterator<Item = (Address, TokenInfo)> {
    on(chain_id).filter_map(move |row| Some((row.address, known_token(chain_id, row.address)?)))
}

/// A network other than this one on which the address is a token that Candor knows, if it is none here.
#[must_use]
pub fn known_on_another(chain_id: ChainId, address: Address) -> Option<ChainId> {
    let mut rows = TOKENS.iter().filter(|row| row.address == address);
    if rows.clone().any(|row| row.chain_id == chain_id.get()) {
        return None;
    }
    ChainId::new(rows.next()?.chain_id).ok()
}

/// Whether a token calls itself like one that Candor knows on the same network, but has another address. Names that
/// only look alike count as the same: case, punctuation, `l` and `1` for `I`, `0` for `O`, `5` for `S`, `₮` for `T`.
#[must_use]
pub fn is_imitation(chain_id: ChainId, address: Address, symbol: &str) -> bool {
    imitated(chain_id, address, symbol).is_some()
}

/// The name of the known token that this one imitates.
pub(crate) fn imitated(chain_id: ChainId, address: Address, symbol: &str) -> Option<&'static str> {
    if on(chain_id).any(|row| row.address == address) {
        return None;
    }
    let look = look(symbol);
    on(chain_id).flat_map(|row| row.names).copied().find(|name| self::look(name) == look)
}

/// Whether two names of a token are the same at a glance, or are both names that Candor knows for it.
pub(crate) fn is_also_called(chain_id: ChainId, address: Address, name: &str, other: &str) -> bool {
    let other = look(other);
    look(name) == other
        || on(chain_id)
            .filter(|row| row.address == address)
            .flat_map(|row| row.names)
            .any(|known| look(known) == other)
}

fn on(chain_id: ChainId) -> impl Iterator<Item = &'static Row> {
    TOKENS.iter().filter(move |row| row.chain_id == chain_id.get())
}

/// What is left of a symbol at a glance.
fn look(symbol: &str) -> String {
    symbol
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '₮')
        .map(|c| match c {
            'l' | '1' => 'i',
            '0' => 'o',
            '5' => 's',
            '₮' => 't',
            other => other.to_ascii_lowercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

    use std::collections::BTreeSet;

    use candor_primitives::address;

    use super::*;

    const USDC_ON_BASE: Address = address!("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
    const USDC_ON_ETHEREUM: Address = address!("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48");
    const USDT_ON_ARBITRUM: Address = address!("0xFd086bC7CD5C481DCC9C85ebE478A1C0b69FCbb9");
    const ANYONE: Address = Address::repeat_byte(7);

    fn chain(number: u64) -> ChainId {
        ChainId::new(number).unwrap()
    }

    #[test]
    fn known_tokens_are_known_on_their_own_network() {
        let check = |number: u64, address: Address, expected: Option<(&str, u8)>| {
            let expected = expected.map(|(symbol, decimals)| TokenInfo {
                symbol: symbol.to_owned(),
                decimals,
                source: TokenSource::Bundled,
            });
            assert_eq!(known_token(chain(number), address), expected);
        };
        check(1, USDC_ON_ETHEREUM, Some(("USDC", 6)));
        check(8453, USDC_ON_BASE, Some(("USDC", 6)));
        check(42161, USDT_ON_ARBITRUM, Some(("USDT", 6)));
        check(1, USDC_ON_BASE, None);
        check(8453, USDC_ON_ETHEREUM, None);
        check(56, USDC_ON_BASE, None);
    }

    #[test]
    fn a_known_name_at_another_address_is_an_imitation() {
        let check = |number: u64, address: Address, symbol: &str, expected: Option<&str>| {
            assert_eq!(imitated(chain(number), address, symbol), expected, "{symbol}");
            assert_eq!(is_imitation(chain(number), address, symbol), expected.is_some());
        };
        check(1, ANYONE, "USDC", Some("USDC"));
        check(1, ANYONE, "usdc", Some("USDC"));
        check(1, ANYONE, "U5DC.", Some("USDC"));
        check(1, ANYONE, "US DC\u{200B}", Some("USDC"));
        check(1, ANYONE, "DAl", Some("DAI"));
        check(42161, ANYONE, "USDT", Some("USDT"));
        check(42161, ANYONE, "USD₮0", Some("USDT0"));
        check(1, USDC_ON_BASE, "USDC", Some("USDC"));
        // The known ones themselves, whatever a server calls them.
        check(1, USDC_ON_ETHEREUM, "USDC", None);
        check(1, USDC_ON_ETHEREUM, "DAI", None);
        check(42161, USDT_ON_ARBITRUM, "USD₮0", None);
        // Other names, and networks of which nothing is known.
        check(1, ANYONE, "USDCX", None);
        check(1, ANYONE, "DAL", None);
        check(1, ANYONE, "", None);
        check(8453, ANYONE, "stETH", None);
        check(56, ANYONE, "USDC", None);
    }

    #[test]
    fn the_table_is_sound() {
        let source = include_str!("known/table.rs");
        let (mut addresses, mut names) = (BTreeSet::new(), BTreeSet::new());
        for row in TOKENS {
            assert!(source.contains(&row.address.to_checksum(None)), "{}", row.address);
            assert!(addresses.insert((row.chain_id, row.address)), "{} twice", row.address);
            assert!(row.decimals <= 18 && !row.names.is_empty());
            for name in row.names {
                assert!(names.insert((row.chain_id, look(name))), "{name} twice");
            }
        }
    }
}
