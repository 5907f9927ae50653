//! Which amounts are of one asset, and by what an asset is priced.

use std::collections::BTreeMap;

use candor_chain::{CoinPrice, Network, registry};
use candor_primitives::{Address, ChainId, Millis, U256};

use crate::{
    Wallet,
    records::{HadOn, TokenKind},
};

/// One asset over all networks.
#[derive(Debug)]
pub(super) struct Asset {
    pub(super) name: String,
    pub(super) decimals: u8,
    pub(super) priced: Priced,
    pub(super) parts: Vec<Part>,
}

/// Where the price of something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Priced {
    /// It is worth nothing, and nobody expects a price.
    Worthless,
    /// A feed of this symbol.
    Feed(&'static str),
    /// Pools of this token, if there are any.
    Pool(ChainId, Address),
    /// Nowhere.
    Nowhere,
}

/// An asset on one network.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) chain: ChainId,
    pub(super) token: Option<Address>,
    /// Nothing if the network did not say.
    pub(super) units: Option<U256>,
    pub(super) at: Option<Millis>,
    /// The user put it on the list.
    pub(super) listed: bool,
}

/// The same on every network it is on; or what is only itself.
type Key = (String, u8, Option<(ChainId, Option<Address>)>);

impl Asset {
    /// The sum of what is known; nothing if nothing is.
    pub(super) fn sum(&self) -> Option<U256> {
        let mut known = self.parts.iter().filter_map(|part| part.units);
        let first = known.next()?;
        known.try_fold(first, U256::checked_add)
    }

    /// Whether there is none of it on any network, for certain.
    pub(super) fn is_nothing(&self) -> bool {
        self.parts.iter().all(|part| part.units.is_some_and(|units| units.is_zero()))
    }
}

/// The feed that prices what Candor knows under a name. Bridged and wrapped, it is worth what it stands for.
fn feed_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "ETH" | "WETH" => "ETH",
        "WBTC" => "BTC",
        "USDC" | "USDC.e" | "USDbC" => "USDC",
        "USDT" | "USDT0" => "USDT",
        "DAI" | "xDAI" => "DAI",
        "stETH" => "stETH",
        "POL" => "POL",
        "BNB" => "BNB",
        "AVAX" => "AVAX",
        _ => return None,
    })
}

/// A network of Candor's own list whose coins are worth something.
fn real(chain: ChainId) -> Option<&'static Network> {
    registry::by_id(chain).filter(|network| !network.testnet && !network.development)
}

fn of_pool(chain: ChainId, token: Address) -> Priced {
    candor_chain::pool::wrapped_ether(chain).map_or(Priced::Nowhere, |_| Priced::Pool(chain, token))
}

impl Wallet {
    /// Everything that is to be shown of an account: what there is of known tokens, the native coins, and what the user
    /// listed even if there is none of it.
    pub(super) fn assets(&self, account: Address) -> Vec<Asset> {
        let mut assets: BTreeMap<Key, Asset> = BTreeMap::new();
        let remembered: BTreeMap<ChainId, &HadOn> =
            self.remembered.of(account).iter().map(|on| (on.chain, on)).collect();
        for chain in self.networks_in_use() {
            let on = remembered.get(&chain).copied();
            self.native_part(chain, on, &mut assets);
            self.token_parts(chain, on, &mut assets);
        }
        assets.into_values().collect()
    }

    /// Where the price of a network's coin comes from.
    fn native_priced(&self, chain: ChainId) -> Priced {
        match registry::by_id(chain) {
            Some(_) if real(chain).is_none() => Priced::Worthless,
            Some(_) => feed_of(&self.symbol(chain)).map_or(Priced::Nowhere, Priced::Feed),
            None => Priced::Nowhere,
        }
    }

    /// What a network's coin is worth, if that was found out lately. Only ever for words.
    pub(crate) fn coin_price(&self, chain: ChainId) -> Option<CoinPrice> {
        let (coin, _) = self.price_of(&self.native_priced(chain))?;
        let (rate, _) = self.rate()?;
        let currency = self.currency()?;
        Some(CoinPrice { coin, currency: rate, digits: currency.digits, code: &currency.code })
    }

    /// The coin of a built-in network is the same on all that have it; that of a network that somebody added is only
    /// called so.
    fn native_part(&self, chain: ChainId, on: Option<&HadOn>, assets: &mut BTreeMap<Key, Asset>) {
        let symbol = self.symbol(chain);
        let part = part(chain, None, on, false, true);
        let in_view = chain == self.networks.current;
        let known = part.units.is_some_and(|units| !units.is_zero()) || part.units.is_none();
        let priced = self.native_priced(chain);
        let alone = real(chain).is_none().then_some((chain, None));
        // A network that was never used says nothing until it answered.
        if in_view || (known && on.is_some()) {
            push(assets, (symbol.clone(), 18, alone), symbol, 18, priced, part);
        }
    }

    fn token_parts(&self, chain: ChainId, on: Option<&HadOn>, assets: &mut BTreeMap<Key, Asset>) {
        let mut known: Vec<Address> = Vec::new();
        for (address, info) in candor_meaning::known_tokens(chain) {
            known.push(address);
            let listed = self.tokens.list.iter().any(|token| {
                token.chain == chain && token.address == address && token.kind == TokenKind::Erc20
            });
            let part = part(chain, Some(address), on, listed, true);
            if listed || part.units.is_some_and(|units| !units.is_zero()) {
                let priced = feed_of(&info.symbol).map_or_else(|| of_pool(chain, address), Priced::Feed);
                let key = (info.symbol.clone(), info.decimals, None);
                push(assets, key, info.symbol, info.decimals, priced, part);
            }
        }
        for token in &self.tokens.list {
            if token.chain != chain || token.kind != TokenKind::Erc20 || known.contains(&token.address) {
                continue;
            }
            let asked = on.is_some_and(|on| on.at >= token.since);
            let part = part(chain, Some(token.address), on, true, asked);
            let key = (token.name.clone(), token.decimals, Some((chain, Some(token.address))));
            let priced = of_pool(chain, token.address);
            push(assets, key, crate::tokens::name_of(token), token.decimals, priced, part);
        }
    }
}

fn part(chain: ChainId, token: Option<Address>, on: Option<&HadOn>, listed: bool, asked: bool) -> Part {
    let units = on
        .filter(|on| asked && !on.unread.contains(&token))
        .map(|on| on.held.iter().find(|held| held.token == token).map_or(U256::ZERO, |held| held.units));
    Part { chain, token, units, at: on.map(|on| on.at), listed }
}

fn push(assets: &mut BTreeMap<Key, Asset>, key: Key, name: String, decimals: u8, priced: Priced, part: Part) {
    let empty = || Asset { name, decimals, priced, parts: Vec::new() };
    assets.entry(key).or_insert_with(empty).parts.push(part);
}
