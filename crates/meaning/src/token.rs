use candor_primitives::{Address, U256};

use crate::{
    Fact, Lens, Note, Slot, TokenInfo, TokenSource, Tone,
    amount::{HARD_SPACE, exact_decimal, in_sentence, is_vast},
    parts::{UNLIMITED, fact, note, short_address, slot},
};

/// The longest symbol that real tokens have.
const MAX_SYMBOL: usize = 20;
/// Raw units of an unknown token with more digits than this become a bound.
const MAX_RAW_DIGITS: usize = 36;

/// A token as it can be spoken of: with its name and decimals, or only by its address.
pub(crate) struct Token {
    contract: Address,
    info: Option<TokenInfo>,
}

impl Token {
    pub(crate) fn new(lens: &dyn Lens, contract: Address) -> Self {
        Self { contract, info: lens.token(contract) }
    }

    /// A token on a network that the lens does not look at.
    pub(crate) const fn elsewhere(contract: Address) -> Self {
        Self { contract, info: None }
    }

    /// Whether its decimals are known, so that amounts can be told.
    pub(crate) const fn is_known(&self) -> bool {
        self.info.is_some()
    }

    /// How it is called in a sentence.
    pub(crate) fn name(&self) -> String {
        match self.info.as_ref().and_then(|info| Some((symbol(info)?, info.source))) {
            Some((symbol, TokenSource::Imitation)) => format!("{symbol} (not the known {symbol})"),
            Some((symbol, _)) => symbol.to_owned(),
            None => format!("token {}", short_address(self.contract)),
        }
    }

    /// Whether a permission for that much has no limit that anyone could reach.
    pub(crate) fn is_unlimited(&self, units: U256) -> bool {
        let vast = match &self.info {
            Some(info) => is_vast(units, info.decimals),
            None => units.to_string().len() > MAX_RAW_DIGITS,
        };
        vast || units >= UNLIMITED
    }

    fn tone(&self) -> Tone {
        let proper = self.info.as_ref().filter(|info| symbol(info).is_some());
        match proper.map(|info| info.source) {
            None | Some(TokenSource::Imitation) => Tone::Care,
            Some(_) => Tone::Plain,
        }
    }

    /// A number of units with their name.
    pub(crate) fn amount(&self, name: &'static str, units: U256) -> Slot {
        let text = match &self.info {
            Some(info) => {
                let number = in_sentence(units, info.decimals);
                if symbol(info).is_some() {
                    format!("{number}{HARD_SPACE}{}", self.name())
                } else {
                    format!("{number} of the {}", self.name())
                }
            }
            None => {
                let digits = units.to_string();
                let number = if digits.len() > MAX_RAW_DIGITS {
                    format!("more than 1{}", "0".repeat(MAX_RAW_DIGITS))
                } else {
                    digits
                };
                let unit = if units == U256::ONE { "unit" } else { "units" };
                format!("{number}{HARD_SPACE}{unit} of the {}", self.name())
            }
        };
        slot(name, self.tone(), text, units.to_string())
    }

    /// A number of units without their name.
    pub(crate) fn number(&self, name: &'static str, units: U256) -> Slot {
        let text =
            self.info.as_ref().map_or_else(|| units.to_string(), |info| in_sentence(units, info.decimals));
        slot(name, Tone::Plain, text, units.to_string())
    }

    /// Everything there is and will be.
    pub(crate) fn any_amount(&self, name: &'static str, units: U256) -> Slot {
        slot(name, Tone::Risk, format!("any amount of your {}", self.name()), units.to_string())
    }

    /// Its name alone.
    pub(crate) fn slot(&self, name: &'static str) -> Slot {
        slot(name, self.tone(), self.name(), self.contract.to_checksum(None))
    }

    pub(crate) fn facts(&self) -> Vec<Fact> {
        let address = self.contract.to_checksum(None);
        let Some(info) = &self.info else { return vec![fact("Token", address)] };
        let source = match info.source {
            TokenSource::Bundled => "from the list in Candor",
            TokenSource::User => "added by you",
            TokenSource::Contract => "its contract calls itself that",
            TokenSource::Imitation => "its contract calls itself that, but it is not the known one",
        };
        vec![fact("Token", address), fact("Token name", format!("{}, {source}", self.name()))]
    }

    /// The amount without rounding.
    pub(crate) fn amount_facts(&self, units: U256) -> Vec<Fact> {
        let exact = self.info.as_ref().map(|info| fact("Exact amount", exact_decimal(units, info.decimals)));
        exact.into_iter().chain([fact("Amount in smallest units", units.to_string())]).collect()
    }

    /// What to say of the token itself.
    pub(crate) fn notes(&self) -> Vec<Note> {
        match &self.info {
            None => vec![note(
                Tone::Care,
                "unknown-token",
                "We could not read this token.",
                "We do not know how many of its units make one, or whether the number is an amount or the number of a collectible. Check the token’s address with someone who knows it.",
            )],
            Some(info) if info.source == TokenSource::Imitation => vec![note(
                Tone::Care,
                "imitation-token",
                format!("This is not the known {}.", symbol(info).unwrap_or("token")),
                "It only has the same name. Check its address before you agree.",
            )],
            Some(_) => vec![],
        }
    }
}

/// A symbol that cannot be mistaken for the words around it. Contracts choose theirs freely.
fn symbol(info: &TokenInfo) -> Option<&str> {
    let proper = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '/' | '$' | '₮');
    let symbol = info.symbol.as_str();
    (!symbol.is_empty() && symbol.chars().count() <= MAX_SYMBOL && symbol.chars().all(proper))
        .then_some(symbol)
}
