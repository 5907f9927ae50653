use candor_primitives::{Address, ChainId, U256};

use crate::{
    Fact, Lens, Note, Slot, TokenInfo, TokenSource, Tone,
    amount::{HARD_SPACE, exact_decimal, in_sentence, is_below_sight, is_vast},
    known::{imitated, known_token},
    parts::{UNLIMITED, fact, note, short_address, slot},
};

/// The longest symbol that real tokens have.
const MAX_SYMBOL: usize = 20;
/// Raw units of an unknown token with more digits than this become a bound.
const MAX_RAW_DIGITS: usize = 36;

/// No token has more, so who says so lies or errs, and nothing else that was said of it is believed.
const MAX_DECIMALS: u8 = 36;
/// What nearly every token has at most.
const USUAL_DECIMALS: u8 = 18;

/// A token as it can be spoken of: with its name and decimals, or only by its address.
pub(crate) struct Token {
    contract: Address,
    info: Option<TokenInfo>,
    /// The known token whose name it has.
    imitates: Option<&'static str>,
}

impl Token {
    /// A token on the lens's network. What the wallet's own list says wins over the lens.
    pub(crate) fn new(lens: &dyn Lens, contract: Address) -> Self {
        Self::on(lens.network().chain_id, contract, lens.token(contract))
    }

    /// A token of which this is said.
    pub(crate) fn on(chain_id: ChainId, contract: Address, said: Option<TokenInfo>) -> Self {
        if let info @ Some(_) = known_token(chain_id, contract) {
            return Self { contract, info, imitates: None };
        }
        let said = said.filter(|info| info.decimals <= MAX_DECIMALS);
        let imitates = said.as_ref().and_then(|info| imitated(chain_id, contract, &info.symbol));
        let info = said.map(|info| match imitates {
            Some(_) => TokenInfo { source: TokenSource::Imitation, ..info },
            None => info,
        });
        Self { contract, info, imitates }
    }

    /// A token on a network that the lens does not look at.
    pub(crate) const fn elsewhere(contract: Address) -> Self {
        Self { contract, info: None, imitates: None }
    }

    /// What is known of it.
    pub(crate) const fn info(&self) -> Option<&TokenInfo> {
        self.info.as_ref()
    }

    /// The known token whose name it has without being that one.
    pub(crate) const fn imitates(&self) -> Option<&'static str> {
        self.imitates
    }

    /// Whether its decimals are known, so that amounts can be told.
    pub(crate) const fn is_known(&self) -> bool {
        self.info.is_some()
    }

    /// How it is called in a sentence.
    pub(crate) fn name(&self) -> String {
        match self.info.as_ref().and_then(|info| Some((symbol(info)?, info.source))) {
            Some((symbol, TokenSource::Imitation)) => {
                format!("{symbol} (not the known {})", self.imitates.unwrap_or(symbol))
            }
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
                let unit = if units == U256::ONE { "unit" } else { "units" };
                format!("{}{HARD_SPACE}{unit} of the {}", raw(units), self.name())
            }
        };
        let tone = if self.is_doubtful(units) { Tone::Care } else { self.tone() };
        slot(name, tone, text, units.to_string())
    }

    /// Whether the amount would be far more than it looks if the decimals were invented: nobody but a server vouches
    /// for them, and they make the amount vanish or are more than tokens have.
    fn is_doubtful(&self, units: U256) -> bool {
        let is_doubtful = |info: &TokenInfo| {
            let said_by_server = matches!(info.source, TokenSource::Contract | TokenSource::Imitation);
            said_by_server && (info.decimals > USUAL_DECIMALS || is_below_sight(units, info.decimals))
        };
        !units.is_zero() && self.info.as_ref().is_some_and(is_doubtful)
    }

    /// What to say of an amount whose decimals are doubtful.
    pub(crate) fn amount_note(&self, units: U256) -> Option<Note> {
        let info = self.info.as_ref().filter(|_| self.is_doubtful(units))?;
        Some(note(
            Tone::Care,
            "doubtful-decimals",
            format!("The server says it divides into {} decimals.", info.decimals),
            format!(
                "If that is wrong, this is {} of its smallest units. Check the token’s address before you agree.",
                raw(units)
            ),
        ))
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
        vec![
            fact("Token", address),
            fact("Token name", format!("{}, {source}", self.name())),
            fact("Decimals", info.decimals.to_string()),
        ]
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
                format!("This is not the known {}.", self.imitates.or(symbol(info)).unwrap_or("token")),
                "It only has the same name. Check its address before you agree.",
            )],
            Some(_) => vec![],
        }
    }
}

/// A number of smallest units, as far as it can be read.
fn raw(units: U256) -> String {
    let digits = units.to_string();
    if digits.len() > MAX_RAW_DIGITS { format!("more than 1{}", "0".repeat(MAX_RAW_DIGITS)) } else { digits }
}

/// A symbol that cannot be mistaken for the words around it. Contracts choose theirs freely.
fn symbol(info: &TokenInfo) -> Option<&str> {
    let proper = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '/' | '$' | '₮');
    let symbol = info.symbol.as_str();
    (!symbol.is_empty() && symbol.chars().count() <= MAX_SYMBOL && symbol.chars().all(proper))
        .then_some(symbol)
}
