//! A wallet that knows a few people, tokens and contracts.

#![allow(dead_code, reason = "each test file is a crate of its own and uses a part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

use std::collections::{BTreeMap, BTreeSet};

use candor_meaning::{Account, Lens, Meaning, Network, Slot, TokenInfo, TokenSource, Tone};
use candor_primitives::{Address, ChainId, Origin, U256, address};
use candor_signer::transaction::{Fees, Fields, Prepared};

pub(crate) const ME: Address = address!("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");
pub(crate) const MARIA: Address = address!("0x7C3e5bB0A1c1F5A5C5B1D6E7F8091A2b3C4d91aB");
pub(crate) const STRANGER: Address = address!("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
pub(crate) const UNISWAP: Address = address!("0x66a9893cC07D91D95644AEDD05D03f95e1dBA8Af");
/// A contract without a name.
pub(crate) const CONTRACT: Address = address!("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359");
/// Someone without code, known to be that.
pub(crate) const PERSON: Address = address!("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB");
pub(crate) const USDC: Address = address!("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
pub(crate) const DAI: Address = address!("0x50c5725949A6F0c72E6C4a641F24049A917DB0Cb");
pub(crate) const FAKE: Address = address!("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb");
/// A token whose symbol tries to be part of the sentence.
pub(crate) const LIAR: Address = address!("0x27b1fdb04752bbc536007a920d24acb045561c26");
pub(crate) const PRINTS: Address = address!("0xde709f2102306220921060314715629080e2fb77");
pub(crate) const PERMIT2: Address = address!("0x000000000022D473030F116dDEE9F6B43aC78BA3");

/// 22 Nov 2026, 05:00 UTC.
pub(crate) const NOW: u64 = 1_795_323_600;

#[derive(Default)]
pub(crate) struct World {
    pub(crate) origin: Option<Origin>,
    pub(crate) allowances: BTreeMap<(Address, Address), U256>,
    /// What a server says of tokens, true or not.
    said: BTreeMap<Address, TokenInfo>,
    /// Where a server says that there is no contract, true or not.
    denied: BTreeSet<Address>,
}

pub(crate) fn asked_by(origin: &str) -> World {
    World { origin: Some(Origin::new(origin).unwrap()), ..World::default() }
}

pub(crate) fn own() -> World {
    World::default()
}

impl World {
    pub(crate) fn allows(mut self, token: Address, spender: Address, amount: U256) -> Self {
        self.allowances.insert((token, spender), amount);
        self
    }

    pub(crate) fn says(mut self, token: Address, symbol: &str, decimals: u8) -> Self {
        let source = TokenSource::Contract;
        self.said.insert(token, TokenInfo { symbol: symbol.to_owned(), decimals, source });
        self
    }

    pub(crate) fn denies(mut self, contract: Address) -> Self {
        self.denied.insert(contract);
        self
    }
}

impl Lens for World {
    fn network(&self) -> Network {
        Network {
            chain_id: ChainId::new(8453).unwrap(),
            name: "Base".to_owned(),
            coin_symbol: "ETH".to_owned(),
            coin_decimals: 18,
        }
    }

    fn account(&self) -> Account {
        Account { address: ME, name: "Everyday".to_owned() }
    }

    fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    fn now(&self) -> u64 {
        NOW
    }

    fn name_of(&self, address: Address) -> Option<String> {
        let name = match address {
            MARIA => "Maria",
            UNISWAP => "Uniswap",
            PRINTS => "Lisbon Prints",
            _ => return None,
        };
        Some(name.to_owned())
    }

    fn token(&self, contract: Address) -> Option<TokenInfo> {
        if let Some(said) = self.said.get(&contract) {
            return Some(said.clone());
        }
        let (symbol, decimals, source) = match contract {
            USDC => ("USDC", 6, TokenSource::Bundled),
            DAI => ("DAI", 18, TokenSource::User),
            FAKE => ("USDC", 6, TokenSource::Imitation),
            LIAR => ("USDC to Maria", 18, TokenSource::Contract),
            _ => return None,
        };
        Some(TokenInfo { symbol: symbol.to_owned(), decimals, source })
    }

    fn allowance(&self, token: Address, spender: Address) -> Option<U256> {
        self.allowances.get(&(token, spender)).copied()
    }

    fn is_contract(&self, address: Address) -> Option<bool> {
        if self.denied.contains(&address) {
            return Some(false);
        }
        match address {
            UNISWAP | CONTRACT | USDC | DAI | FAKE | LIAR | PRINTS | PERMIT2 => Some(true),
            PERSON | MARIA => Some(false),
            _ => None,
        }
    }
}

pub(crate) fn call(to: Option<Address>, value: U256, input: Vec<u8>) -> Prepared {
    on(8453, to, value, input)
}

pub(crate) fn on(chain_id: u64, to: Option<Address>, value: U256, input: Vec<u8>) -> Prepared {
    Prepared::new(Fields {
        chain_id: ChainId::new(chain_id).unwrap(),
        nonce: 0,
        fees: Fees::Eip1559 { max_fee_per_gas: 1, max_priority_fee_per_gas: 1 },
        gas_limit: 21_000,
        to,
        value,
        input: input.into(),
        access_list: None,
    })
    .unwrap()
}

/// A selector and words of 32 bytes.
pub(crate) fn data(signature: &str, words: &[U256]) -> Vec<u8> {
    let mut data = candor_primitives::keccak256(signature)[..4].to_vec();
    words.iter().for_each(|word| data.extend_from_slice(&word.to_be_bytes::<32>()));
    data
}

pub(crate) fn word(address: Address) -> U256 {
    U256::from_be_slice(address.as_slice())
}

pub(crate) fn units(text: &str) -> U256 {
    U256::from_str_radix(text, 10).unwrap()
}

/// The sentence with plain blanks, its tone and its rules.
pub(crate) fn told(meaning: &Meaning) -> (String, Tone, String) {
    let rules: Vec<_> = meaning.notes.iter().map(|note| note.rule).collect();
    (meaning.sentence.plain_text().replace('\u{a0}', " "), meaning.tone, rules.join(" "))
}

/// What must hold of everything that is ever shown.
pub(crate) fn is_sound(meaning: &Meaning) {
    let pattern = meaning.sentence.template.english();
    for Slot { name, text, exact, .. } in &meaning.sentence.slots {
        assert!(pattern.contains(&format!("{{{name}}}")), "{pattern} has no {name}");
        assert!(!exact.is_empty() || *name == "note", "{name}");
        assert!(!text.contains('\n'), "{text}");
        assert!(exact.chars().count() < 4_096 + 30, "{name}");
    }
    let places: Vec<_> =
        meaning.sentence.slots.iter().map(|s| pattern.find(&format!("{{{}}}", s.name))).collect();
    assert!(places.is_sorted(), "{pattern}");
    let slots = meaning.sentence.slots.len();
    assert_eq!(pattern.matches('{').count(), slots, "{pattern}");
    let highest =
        meaning.notes.iter().map(|n| n.tone).chain(meaning.sentence.slots.iter().map(|s| s.tone)).max();
    assert_eq!(highest, Some(meaning.tone));
    assert!(meaning.notes.is_sorted_by_key(|note| std::cmp::Reverse(note.tone)));
    for note in &meaning.notes {
        assert!(note.what.ends_with('.') && note.why.ends_with('.'), "{note:?}");
    }
    let first_level =
        meaning.notes.iter().map(|note| format!("{} {}", note.what, note.why)).chain([pattern.to_owned()]);
    for text in first_level {
        let text = format!(" {} ", text.to_lowercase().replace(['.', ',', '?'], " "));
        for word in [
            "gas",
            "gwei",
            "wei",
            "nonce",
            "hex",
            "rpc",
            "calldata",
            "revert",
            "mempool",
            "eoa",
            "chain id",
            "slippage",
            "seed",
            "allowance",
            "mainnet",
            "dapp",
            "please",
            "safe",
            "secure",
        ] {
            assert!(!text.contains(&format!(" {word} ")), "{word}: {text}");
        }
    }
}
