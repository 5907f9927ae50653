use candor_primitives::{Address, ChainId, Millis, U256};
use candor_protocol::host::Area;
use serde::{Deserialize, Serialize};

use super::{Record, codec};

/// What accounts had and what things were worth when servers last said so, to be shown until they say it again.
/// Nothing is lost with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Portfolio {
    /// The one that was looked at last comes first.
    pub(crate) accounts: Vec<Had>,
    pub(crate) prices: Vec<FoundPrice>,
}

/// What one account had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Had {
    pub(crate) account: Address,
    pub(crate) chains: Vec<HadOn>,
}

/// What it had on one network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HadOn {
    #[serde(with = "codec::chain_id")]
    pub(crate) chain: ChainId,
    #[serde(with = "codec::millis")]
    pub(crate) at: Millis,
    /// Of what was asked for and is neither here nor unread, there was nothing.
    pub(crate) held: Vec<Held>,
    /// What the network did not say: the native coin, or tokens by their contracts.
    pub(crate) unread: Vec<Option<Address>>,
}

/// An amount, in smallest units, of the native coin or of the token at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Held {
    pub(crate) token: Option<Address>,
    pub(crate) units: U256,
}

/// What one of something was worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FoundPrice {
    /// A feed's pair, or a token's network and address.
    pub(crate) what: String,
    /// In 10⁻¹⁸ of a dollar, or of an ether if a pool said it.
    pub(crate) value: U256,
    pub(crate) of_pool: bool,
    /// When the source found it.
    #[serde(with = "codec::millis")]
    pub(crate) at: Millis,
    /// From then on it says nothing.
    #[serde(with = "codec::millis")]
    pub(crate) until: Millis,
}

impl Portfolio {
    /// The most accounts that are remembered.
    const MOST_ACCOUNTS: usize = 8;
    /// The most amounts that are remembered, of all accounts together.
    const MOST_AMOUNTS: usize = 6000;
    /// The most prices that are remembered.
    const MOST_PRICES: usize = 400;

    pub(crate) fn of(&self, account: Address) -> &[HadOn] {
        self.accounts.iter().find(|had| had.account == account).map_or(&[], |had| &had.chains)
    }

    /// Takes in what a network said, in place of what it said before.
    pub(crate) fn learn(&mut self, account: Address, on: HadOn) {
        let place = self.accounts.iter().position(|had| had.account == account);
        let mut had =
            place.map_or_else(|| Had { account, chains: Vec::new() }, |place| self.accounts.remove(place));
        had.chains.retain(|known| known.chain != on.chain);
        had.chains.push(on);
        self.accounts.insert(0, had);
        self.accounts.truncate(Self::MOST_ACCOUNTS);
        let amounts = |had: &Had| had.chains.iter().map(|on| on.held.len() + on.unread.len()).sum::<usize>();
        while self.accounts.len() > 1 && self.accounts.iter().map(amounts).sum::<usize>() > Self::MOST_AMOUNTS
        {
            self.accounts.pop();
        }
    }

    /// Forgets what a network said of all accounts.
    pub(crate) fn forget(&mut self, chain: ChainId) {
        for had in &mut self.accounts {
            had.chains.retain(|known| known.chain != chain);
        }
    }

    pub(crate) fn learn_price(&mut self, price: FoundPrice) {
        self.prices.retain(|known| known.what != price.what);
        self.prices.insert(0, price);
        self.prices.truncate(Self::MOST_PRICES);
    }

    /// What is still said of its price at a moment.
    pub(crate) fn price(&self, what: &str, now: Millis) -> Option<&FoundPrice> {
        self.prices.iter().find(|price| price.what == what && price.until > now)
    }
}

impl Record for Portfolio {
    const KEY: &'static str = "portfolio";
    const AREA: Area = Area::Local;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(chain: u64, amounts: usize) -> HadOn {
        let held = Held { token: None, units: U256::ONE };
        HadOn {
            chain: ChainId::new(chain).unwrap(),
            at: Millis(1),
            held: vec![held; amounts],
            unread: Vec::new(),
        }
    }

    #[test]
    fn only_so_much_is_remembered_and_the_last_account_always() {
        let check = |accounts: u8, amounts: usize, left: usize| {
            let mut known = Portfolio::default();
            for n in 1..=accounts {
                known.learn(Address::repeat_byte(n), on(1, amounts));
            }
            assert_eq!(known.accounts.len(), left, "{accounts} {amounts}");
            assert_eq!(known.accounts[0].account, Address::repeat_byte(accounts));
        };
        check(3, 10, 3);
        check(20, 10, 8);
        check(5, 3000, 2);
        check(5, 9000, 1);
    }

    #[test]
    fn a_network_says_one_thing_at_a_time() {
        let mut known = Portfolio::default();
        let account = Address::repeat_byte(1);
        known.learn(account, on(1, 2));
        known.learn(account, on(10, 1));
        known.learn(account, on(1, 5));
        let found: Vec<_> = known.of(account).iter().map(|on| (on.chain.get(), on.held.len())).collect();
        assert_eq!(found, [(10, 1), (1, 5)]);
        assert!(known.of(Address::repeat_byte(2)).is_empty());
    }

    #[test]
    fn an_old_price_is_none() {
        let mut known = Portfolio::default();
        known.learn_price(FoundPrice {
            what: "ETH/USD".to_owned(),
            value: U256::ONE,
            of_pool: false,
            at: Millis(5),
            until: Millis(10),
        });
        assert!(known.price("ETH/USD", Millis(9)).is_some());
        assert!(known.price("ETH/USD", Millis(10)).is_none());
        assert!(known.price("BTC/USD", Millis(9)).is_none());
    }
}
