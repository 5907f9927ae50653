use candor_chain::erc20;
use candor_primitives::{Address, ChainId, Millis, Origin, U256};
use candor_protocol::host::Area;
use serde::{Deserialize, Serialize};

use super::{Record, codec};

/// The tokens and collectibles that the user wants to see, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tokens {
    pub(crate) list: Vec<Token>,
}

impl Tokens {
    /// The most that are kept.
    pub(crate) const MOST: usize = 500;

    /// Takes one in; one that is there already is brought up to date and keeps its place. Says whether there was room.
    pub(crate) fn add(&mut self, token: Token) -> bool {
        if let Some(known) = self.list.iter_mut().find(|known| known.is_same(&token)) {
            *known = Token { since: known.since, ..token };
            return true;
        }
        let room = self.list.len() < Self::MOST;
        if room {
            self.list.push(token);
        }
        room
    }
}

impl Record for Tokens {
    const KEY: &'static str = "tokens";
    const AREA: Area = Area::Local;

    fn absorb(&mut self, meanwhile: Self) {
        for token in meanwhile.list {
            if !self.list.iter().any(|known| known.is_same(&token)) {
                self.add(token);
            }
        }
    }
}

/// A token, or one collectible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Token {
    #[serde(with = "codec::chain_id")]
    pub(crate) chain: ChainId,
    pub(crate) kind: TokenKind,
    /// The contract.
    pub(crate) address: Address,
    /// Which of the contract's collectibles it is.
    pub(crate) number: Option<U256>,
    /// What the contract said that it is called: the symbol of a token, the name of a collection. May be empty for
    /// collections.
    pub(crate) name: String,
    /// Into how many decimals its units divide; 0 for collectibles.
    pub(crate) decimals: u8,
    /// The site that asked for it; nothing if the user added it by hand.
    #[serde(with = "codec::optional_origin")]
    pub(crate) origin: Option<Origin>,
    /// When it was added.
    #[serde(with = "codec::millis")]
    pub(crate) since: Millis,
}

/// The standard that a token follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TokenKind {
    Erc20,
    Erc721,
    Erc1155,
}

impl Token {
    /// No token has more decimals; what says so is not believed.
    pub(crate) const MOST_DECIMALS: u8 = 36;

    /// Whether it is the same thing, whatever is said of it.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        (self.chain, self.address, self.number) == (other.chain, other.address, other.number)
    }

    /// Whether asking its contract could have given this.
    pub(crate) fn is_sound(&self) -> bool {
        let token = self.kind == TokenKind::Erc20;
        token == self.number.is_none()
            && erc20::clean_name(&self.name) == self.name
            && self.decimals <= if token { Self::MOST_DECIMALS } else { 0 }
            && !(token && self.name.is_empty())
    }

    /// Names it among those of its network: the address, and behind a slash the number of a collectible.
    pub(crate) fn id(&self) -> String {
        let address = self.address.to_checksum(None);
        self.number.map_or_else(|| address.clone(), |number| format!("{address}/{number}"))
    }
}
