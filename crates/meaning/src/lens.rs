use candor_primitives::{Address, ChainId, Origin, U256};

use crate::Memory;

/// What the wallet knows by itself while it reads a payload. None of it comes from the payload.
pub trait Lens {
    /// The network that the request is for.
    fn network(&self) -> Network;

    /// The account that would sign.
    fn account(&self) -> Account;

    /// The page that asks; `None` for what the user started in the wallet.
    fn origin(&self) -> Option<&Origin>;

    /// Seconds since the Unix epoch.
    fn now(&self) -> u64;

    /// What the user calls this address: an own account by its name, a contact by its name and its short address.
    fn name_of(&self, address: Address) -> Option<String>;

    /// What is known of a token on [`Self::network`]. `None` if any part could not be read; nothing is assumed.
    ///
    /// It is not the last word: what Candor knows by itself ([`crate::known_token`]) is said instead, a symbol of a known
    /// token at another address makes it an imitation, and decimals above 36 make it unknown.
    fn token(&self, contract: Address) -> Option<TokenInfo>;

    /// What this spender may take today from the signing account, in the token's smallest units. A server says so, so
    /// no remark is left out because of it.
    fn allowance(&self, token: Address, spender: Address) -> Option<U256>;

    /// Whether there is code at this address; `None` if that could not be read. A server says so, so a call is told as
    /// if there were, and a remark is added.
    fn is_contract(&self, address: Address) -> Option<bool>;

    /// What the wallet remembers that may concern this receiver of a transfer; nothing where it remembers nobody.
    fn remembered(&self, _receiver: Address) -> Option<Memory> {
        None
    }
}

/// A network and the coin in which its fees are paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// Its number.
    pub chain_id: ChainId,
    /// Its name in the wallet's own registry.
    pub name: String,
    /// What its coin is called, such as `ETH`.
    pub coin_symbol: String,
    /// Into how many decimals its coin divides, 18 almost everywhere.
    pub coin_decimals: u8,
}

/// An account of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its address.
    pub address: Address,
    /// What the user calls it.
    pub name: String,
}

/// What is known of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenInfo {
    /// Its short name, such as `USDC`.
    pub symbol: String,
    /// Into how many decimals its units divide.
    pub decimals: u8,
    /// Who says so.
    pub source: TokenSource,
}

/// Who says what a token is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenSource {
    /// A list that the wallet carries.
    Bundled,
    /// The user, who added it.
    User,
    /// The contract itself; anyone can give a contract any name.
    Contract,
    /// The contract itself, and its symbol is that of a known token with another address.
    Imitation,
}
