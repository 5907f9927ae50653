use candor_primitives::{Address, ChainId, Origin, U256, address};

use super::{Acquaintance, Memory, Relation, Transfer, acknowledgement, differing, guard};
use crate::{Account, Lens, Network, TokenInfo};

const MARIA: Address = address!("0x5f8a1c07e2b94d36a1F0c58E7739Bd24E60C41d2");
const POISON: Address = address!("0x5F8a93d0B41e7C6528fA0DE94B17C3508ad541d2");
const STRANGER: Address = address!("0x7099797011111111111111111111111111aabbcc");
const SELF: Address = address!("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

struct Known {
    memory: Memory,
    contract: Option<bool>,
}

impl Lens for Known {
    fn network(&self) -> Network {
        let chain_id = ChainId::new(1).unwrap();
        Network { chain_id, name: "Ethereum".into(), coin_symbol: "ETH".into(), coin_decimals: 18 }
    }
    fn account(&self) -> Account {
        Account { address: SELF, name: "Account 1".into() }
    }
    fn origin(&self) -> Option<&Origin> {
        None
    }
    fn now(&self) -> u64 {
        0
    }
    fn name_of(&self, _: Address) -> Option<String> {
        None
    }
    fn token(&self, _: Address) -> Option<TokenInfo> {
        None
    }
    fn allowance(&self, _: Address, _: Address) -> Option<U256> {
        None
    }
    fn is_contract(&self, _: Address) -> Option<bool> {
        self.contract
    }
    fn remembered(&self, _: Address) -> Option<Memory> {
        Some(self.memory.clone())
    }
}

fn person(address: Address, relation: Relation) -> Acquaintance {
    Acquaintance { address, name: None, relation }
}

fn paid(address: Address) -> Acquaintance {
    person(address, Relation::Paid(vec![ChainId::new(1).unwrap()]))
}

fn rules(to: Address, coins: u64, lens: &Known) -> Vec<&'static str> {
    let transfer = Transfer { lens, to, token: None, coins: U256::from(coins) };
    guard(&transfer).notes.into_iter().map(|note| note.rule).collect()
}

#[test]
fn each_rule_speaks_of_what_it_is_for_and_of_nothing_else() {
    let (here, other) = (ChainId::new(1).unwrap(), ChainId::new(8453).unwrap());
    let check = |to: Address, coins: u64, memory: Memory, contract: Option<bool>, expected: &[&str]| {
        assert_eq!(rules(to, coins, &Known { memory, contract }), expected, "{to}");
    };
    let people = |people: &[Acquaintance]| Memory { people: people.to_vec(), ..Memory::default() };
    check(STRANGER, 1, people(&[]), None, &["first-time"]);
    check(STRANGER, 1, people(&[paid(STRANGER)]), None, &[]);
    check(STRANGER, 1, people(&[person(STRANGER, Relation::Saved(vec![]))]), None, &[]);
    check(STRANGER, 1, people(&[person(STRANGER, Relation::Own)]), None, &["own-address"]);
    check(SELF, 1, people(&[person(SELF, Relation::Own)]), None, &["own-address"]);
    check(STRANGER, 1, people(&[person(STRANGER, Relation::Saved(vec![other]))]), None, &["wrong-network"]);
    check(STRANGER, 1, people(&[person(STRANGER, Relation::Saved(vec![other, here]))]), None, &[]);
    check(STRANGER, 1, people(&[person(STRANGER, Relation::Paid(vec![other]))]), None, &["wrong-network"]);
    check(POISON, 1, people(&[paid(MARIA)]), None, &["look-alike"]);
    // Paid once by mistake, it still is not the one that was saved.
    check(POISON, 1, people(&[person(MARIA, Relation::Saved(vec![])), paid(POISON)]), None, &["look-alike"]);
    check(MARIA, 1, people(&[person(MARIA, Relation::Saved(vec![])), paid(POISON)]), None, &[]);
    check(MARIA, 1, people(&[paid(MARIA), paid(POISON)]), None, &[]);
    check(STRANGER, 1, people(&[]), Some(true), &["contract-receiver", "first-time"]);
    let token = Memory { token: Some("USDC".into()), ..Memory::default() };
    check(STRANGER, 1, token, Some(true), &["token-contract"]);
    let elsewhere = || Memory { contract_on: Some("Base".into()), ..people(&[paid(STRANGER)]) };
    check(STRANGER, 1, elsewhere(), Some(false), &["no-code-here"]);
    check(STRANGER, 1, elsewhere(), Some(true), &["contract-receiver"]);
    let rich = || Memory { balance: Some(U256::from(1000)), ..people(&[paid(STRANGER)]) };
    check(STRANGER, 899, rich(), None, &[]);
    check(STRANGER, 900, rich(), None, &["near-everything"]);
    check(STRANGER, 2000, rich(), None, &["near-everything"]);
    check(STRANGER, 0, rich(), None, &[]);
    for nobody in [
        Address::ZERO,
        address!("0x0000000000000000000000000000000000000001"),
        address!("0x000000000000000000000000000000000000dEaD"),
    ] {
        check(nobody, 1, rich(), None, &["burn"]);
    }
}

#[test]
fn every_look_alike_of_a_poisoned_history_is_told_with_what_differs() {
    // Two hundred payees, and for each an address that has its first four and last four characters, one that has only
    // its first or last six, and one with a wrong character.
    let mut seed = [7u8; 32];
    let mut next = || {
        seed = *candor_primitives::keccak256(seed);
        Address::from_slice(&seed[..20])
    };
    let payees: Vec<Address> = (0..200).map(|_| next()).collect();
    let people: Vec<Acquaintance> = payees.iter().copied().map(paid).collect();
    let lens = Known { memory: Memory { people, ..Memory::default() }, contract: None };
    let told =
        |to: Address| guard(&Transfer { lens: &lens, to, token: None, coins: U256::from(1) }).look_alike;
    for payee in &payees {
        let mixed = |keep: &dyn Fn(usize) -> bool, with: Address| {
            Address::from_slice(&core::array::from_fn::<u8, 20, _>(|at| {
                if keep(at) { payee[at] } else { with[at] }
            }))
        };
        let slip = {
            let mut slip = *payee;
            slip.0[9] ^= 1;
            slip
        };
        for poison in [
            mixed(&|at| !(2..18).contains(&at), next()),
            mixed(&|at| at < 3, next()),
            mixed(&|at| at >= 17, next()),
            slip,
        ] {
            let found = told(poison).unwrap();
            assert_eq!((found.receiver, found.known.address), (poison, *payee));
            let differs = differing(poison, *payee);
            assert_eq!(found.differing, differs.iter().filter(|differs| **differs).count());
            let spelled = (poison.to_string().to_lowercase(), payee.to_string().to_lowercase());
            for (at, (a, b)) in spelled.0.chars().zip(spelled.1.chars()).skip(2).enumerate() {
                assert_eq!(differs[at], a != b);
            }
        }
        assert_eq!(told(*payee), None);
    }
    // A stranger is a stranger, not a trap.
    assert_eq!((0..1000).filter(|_| told(next()).is_some()).count(), 0);
    // Zeros at one end are fashion.
    let fashion = address!("0x0000000000a39bb272e79075ade125fd351887ac");
    let other = address!("0x00000000006c3852cbef3e08e8df289169ede581");
    let memory = Memory { people: vec![paid(fashion)], ..Memory::default() };
    assert_eq!(rules(other, 1, &Known { memory, contract: None }), ["first-time"]);
}

#[test]
fn what_cannot_be_mended_takes_a_word() {
    for (rule, word) in [
        ("look-alike", Some("different")),
        ("burn", Some("destroy")),
        ("token-contract", Some("lost")),
        ("no-code-here", Some("lost")),
        ("first-time", None),
        ("near-everything", None),
    ] {
        assert_eq!(acknowledgement(rule), word, "{rule}");
    }
}
