//! A chain as a node shows it: numbers, coins, tokens, and the transactions that it took.

use std::collections::BTreeMap;

use candor_chain::NodeError;
use candor_primitives::{Address, B256, Bytes, U256, keccak256};
use candor_signer::transaction::{Fees, Fields, decode_raw};
use serde_json::{Value, json};

/// What a node says to one call.
pub type Answer = Result<Value, NodeError>;

/// A node's error.
#[must_use]
pub fn node_error(code: i64, message: &str) -> NodeError {
    NodeError { code, message: message.to_owned(), data: None }
}

/// A token contract.
#[derive(Clone, Debug)]
pub struct Token {
    /// `symbol()`.
    pub symbol: String,
    /// `decimals()`.
    pub decimals: u8,
    /// `allowance()` of everyone to everyone.
    pub allowance: u64,
    /// `balanceOf()` of everyone.
    pub balance: u64,
}

/// A contract of collectibles.
#[derive(Clone, Debug)]
pub struct Collection {
    /// `name()`.
    pub name: String,
    /// The interface that it says it has (ERC-165).
    pub interface: [u8; 4],
    /// Who has which; of ERC-1155, three of each.
    pub owners: BTreeMap<u64, Address>,
}

/// A transaction that the chain has.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Its hash.
    pub hash: B256,
    /// Its bytes.
    pub raw: Bytes,
    /// Who signed it.
    pub from: Address,
    /// What was signed.
    pub fields: Fields,
    /// Whether it did what it was sent for, once it is included.
    pub worked: Option<bool>,
}

/// One chain.
#[derive(Clone, Debug)]
pub struct Chain {
    /// EIP-155.
    pub id: u64,
    /// Balances that are not the usual ten thousand coins.
    pub coins: BTreeMap<Address, U256>,
    /// Contracts that are tokens.
    pub tokens: BTreeMap<Address, Token>,
    /// Whether Multicall3 is there.
    pub multicall: bool,
    /// What other contracts answer, by address and call data or only its selector.
    pub said: BTreeMap<(Address, String), String>,
    /// With what other contracts fail, by address and selector.
    pub reverts: BTreeMap<(Address, String), String>,
    /// Contracts that are collections.
    pub collections: BTreeMap<Address, Collection>,
    /// Everything taken, in order.
    pub taken: Vec<Taken>,
    /// How often any bytes were handed in.
    pub deliveries: usize,
    /// Whether transactions are included at once.
    pub mining: bool,
    /// Whether transactions that are included now revert.
    pub reverting: bool,
    /// Which of several calls fails when they are tried one after the other.
    pub fails_in_rehearsal: Option<usize>,
    /// What publishing costs on top, in wei, where the chain is of the OP Stack.
    pub publishing_fee: Option<u64>,
    /// Wei per gas; none before London.
    pub base_fee: Option<u64>,
    /// The newest block.
    pub height: u64,
    /// From which numbers on blocks were replaced by others, once for each.
    pub forks: Vec<u64>,
    /// Blocks with an event of [`EMITTER`].
    pub events: Vec<u64>,
    /// What contracts said.
    pub logs: Vec<Log>,
    /// Of how many blocks at most logs are given, and how many logs; more is an error.
    pub log_limits: (u64, usize),
}

/// What a contract said in a block.
#[derive(Clone, Debug)]
pub struct Log {
    /// The block.
    pub block: u64,
    /// The contract.
    pub address: Address,
    /// What it was about.
    pub topics: Vec<B256>,
    /// The rest.
    pub data: Bytes,
    /// The transaction in which it did.
    pub transaction: B256,
}

impl Log {
    fn fits(&self, wanted: &Value) -> bool {
        let wanted = wanted.as_array().map(Vec::as_slice).unwrap_or_default();
        wanted.len() <= self.topics.len()
            && wanted.iter().zip(&self.topics).all(|(wanted, topic)| match wanted {
                Value::Null => true,
                Value::Array(any) => any.contains(&json!(topic)),
                one => *one == json!(topic),
            })
    }
}

/// A contract whose events are in [`Chain::events`].
pub const EMITTER: &str = "0x00000000000000000000000000000000000e4e47";

const GWEI: u64 = 1_000_000_000;

impl Chain {
    /// A chain on which nothing happened yet.
    #[must_use]
    pub const fn new(id: u64) -> Self {
        Self {
            id,
            coins: BTreeMap::new(),
            tokens: BTreeMap::new(),
            multicall: false,
            said: BTreeMap::new(),
            reverts: BTreeMap::new(),
            collections: BTreeMap::new(),
            taken: Vec::new(),
            deliveries: 0,
            mining: true,
            reverting: false,
            fails_in_rehearsal: None,
            publishing_fee: None,
            base_fee: Some(10 * GWEI),
            height: 16,
            forks: Vec::new(),
            events: Vec::new(),
            logs: Vec::new(),
            log_limits: (u64::MAX, usize::MAX),
        }
    }

    /// The hash of a block: another one after each fork below it.
    #[must_use]
    pub fn block_hash(&self, number: u64) -> B256 {
        let forks = self.forks.iter().filter(|fork| **fork <= number).count() as u64;
        keccak256([self.id.to_be_bytes(), forks.to_be_bytes(), number.to_be_bytes()].concat())
    }

    fn block(&self, number: u64) -> Value {
        if number > self.height {
            return Value::Null;
        }
        json!({
            "number": format!("0x{number:x}"), "hash": self.block_hash(number),
            "parentHash": self.block_hash(number.saturating_sub(1)), "timestamp": format!("0x{number:x}"),
            "transactions": [],
        })
    }

    fn logs(&self, filter: &Value) -> Answer {
        let quantity = |member: &str| {
            let text = filter.get(member).and_then(Value::as_str).and_then(|text| text.strip_prefix("0x"));
            text.and_then(|digits| u64::from_str_radix(digits, 16).ok())
        };
        let (from, to) = match filter.get("blockHash") {
            Some(hash) => {
                let found = (0..=self.height).find(|number| json!(self.block_hash(*number)) == *hash);
                let found = found.ok_or_else(|| node_error(-32000, "unknown block"))?;
                (found, found)
            }
            None => {
                (quantity("fromBlock").unwrap_or(self.height), quantity("toBlock").unwrap_or(self.height))
            }
        };
        let wanted = filter.get("address").is_none_or(|address| address == EMITTER);
        let events = self.events.iter().filter(|number| wanted && (from..=to).contains(*number));
        let log = |number: &u64| {
            json!({
                "address": EMITTER, "topics": [], "data": "0x", "blockNumber": format!("0x{number:x}"),
                "blockHash": self.block_hash(*number), "logIndex": "0x0", "removed": false,
            })
        };
        let mut found: Vec<Value> = events.map(log).collect();
        if to.saturating_sub(from) >= self.log_limits.0 {
            return Err(node_error(-32600, "block range is too large"));
        }
        let said = self.logs.iter().enumerate().filter(|(_, log)| (from..=to).contains(&log.block));
        found.extend(said.filter(|(_, log)| log.fits(&filter["topics"])).map(|(index, log)| {
            json!({
                "address": log.address, "topics": log.topics, "data": log.data,
                "blockNumber": format!("0x{:x}", log.block), "blockHash": self.block_hash(log.block),
                "transactionHash": log.transaction, "logIndex": format!("0x{index:x}"), "removed": false,
            })
        }));
        if found.len() > self.log_limits.1 {
            return Err(node_error(-32005, "query returned more than 10000 results"));
        }
        Ok(found.into())
    }

    /// Includes everything that waits.
    pub fn mine(&mut self) {
        let worked = !self.reverting;
        for taken in self.taken.iter_mut().filter(|taken| taken.worked.is_none()) {
            taken.worked = Some(worked);
        }
    }

    /// Another transaction with this number, made elsewhere, is included.
    pub fn mine_another(&mut self, from: Address, nonce: u64) {
        if let Some(waiting) = self.taken.iter_mut().find(|t| t.from == from && t.fields.nonce == nonce) {
            waiting.hash = B256::repeat_byte(0xee);
            waiting.worked = Some(true);
        }
    }

    fn count(&self, from: Address, with_waiting: bool) -> u64 {
        let own = |t: &&Taken| t.from == from;
        let included = self.taken.iter().filter(own).filter(|t| t.worked.is_some());
        let mut count = included.map(|t| t.fields.nonce + 1).max().unwrap_or_default();
        // As nodes do, only what can follow at once: not what waits behind a gap.
        while with_waiting && self.taken.iter().filter(own).any(|t| t.fields.nonce == count) {
            count += 1;
        }
        count
    }

    /// What a good node of this chain answers.
    ///
    /// # Errors
    /// The node's own.
    pub fn answer(&mut self, method: &str, params: &Value) -> Answer {
        let address = || params.get(0).and_then(Value::as_str).and_then(|text| text.parse::<Address>().ok());
        let number = |number: u64| Ok(json!(format!("0x{number:x}")));
        match method {
            "eth_chainId" => number(self.id),
            "eth_blockNumber" => number(self.height),
            "eth_getBlockByNumber" => {
                let text = params.get(0).and_then(Value::as_str).unwrap_or_default();
                let asked = u64::from_str_radix(text.trim_start_matches("0x"), 16);
                Ok(self.block(asked.unwrap_or(self.height)))
            }
            "eth_getLogs" => self.logs(params.get(0).unwrap_or(&Value::Null)),
            "eth_syncing" => Ok(json!(false)),
            "eth_getTransactionCount" => {
                number(self.count(address().unwrap_or_default(), params.get(1) == Some(&json!("pending"))))
            }
            "eth_getBalance" => {
                let coins = self.coins_of(address().unwrap_or_default());
                Ok(json!(format!("0x{coins:x}")))
            }
            "eth_gasPrice" => number(self.base_fee.unwrap_or(4 * GWEI) + GWEI),
            "eth_feeHistory" => match self.base_fee {
                Some(base_fee) => {
                    let base_fee = format!("0x{base_fee:x}");
                    let reward = json!(["0x3b9aca00", "0x3b9aca00", "0x77359400"]);
                    Ok(json!({
                        "oldestBlock": "0x1", "baseFeePerGas": vec![base_fee; 11],
                        "gasUsedRatio": vec![0.5; 10], "reward": vec![reward; 10],
                    }))
                }
                None => Err(node_error(-32601, "the method eth_feeHistory does not exist")),
            },
            "eth_estimateGas" => number(if params.pointer("/0/data").is_some() { 60_000 } else { 21_000 }),
            "eth_getCode" => {
                let contract = address().is_some_and(|address| self.tokens.contains_key(&address));
                Ok(json!(if contract { "0x6001" } else { "0x" }))
            }
            "eth_call" => self.call(params),
            "eth_simulateV1" => {
                let calls = params.pointer("/0/blockStateCalls/0/calls").and_then(Value::as_array);
                let worked = |_: &Value| json!({ "status": "0x1", "gasUsed": "0xc350", "logs": [], "returnData": "0x" });
                let refused = json!({
                    "status": "0x0", "gasUsed": "0xc350", "logs": [], "returnData": "0x",
                    "error": { "code": 3, "message": "execution reverted" },
                });
                let mut results: Vec<Value> = calls.into_iter().flatten().map(worked).collect();
                if let Some(result) = self.fails_in_rehearsal.and_then(|call| results.get_mut(call)) {
                    *result = refused;
                }
                Ok(json!([{ "calls": results }]))
            }
            "eth_sendRawTransaction" => self.take(params.get(0).and_then(Value::as_str).unwrap_or_default()),
            "eth_getTransactionReceipt" => Ok(self.receipt(params)),
            other => Err(node_error(-32601, &format!("the method {other} does not exist"))),
        }
    }

    pub(crate) fn coins_of(&self, account: Address) -> U256 {
        let usual = U256::from(10_000) * U256::from(1_000_000_000_000_000_000_u64);
        self.coins.get(&account).copied().unwrap_or(usual)
    }

    pub(crate) fn call(&self, params: &Value) -> Answer {
        let text = |path: &str| params.pointer(path).and_then(Value::as_str).unwrap_or_default();
        let to: Address = text("/0/to").parse().unwrap_or_default();
        if let Some(collection) = self.collections.get(&to) {
            return collection.answer(text("/0/data"));
        }
        if let Some(fee) = self.publishing_fee.filter(|_| {
            to == candor_chain::op_stack::GAS_PRICE_ORACLE && text("/0/data").starts_with("0x49948e0e")
        }) {
            return Ok(json!(format!("0x{fee:064x}")));
        }
        if self.multicall && to == crate::multicall::CONTRACT {
            return self.aggregate(text("/0/data"));
        }
        let selector = (to, text("/0/data").get(..10).unwrap_or_default().to_owned());
        if let Some(data) = self.reverts.get(&selector) {
            return Err(NodeError { data: Some(json!(data)), ..node_error(3, "execution reverted") });
        }
        let said = self.said.get(&(to, text("/0/data").to_owned())).or_else(|| self.said.get(&selector));
        if let Some(said) = said {
            return Ok(json!(said));
        }
        // A call to an address without code works, and gives nothing.
        let Some(token) = self.tokens.get(&to) else { return Ok(json!("0x")) };
        match text("/0/data").get(..10).unwrap_or_default() {
            "0x95d89b41" => Ok(json!(abi_text(&token.symbol))),
            "0x70a08231" => Ok(json!(format!("0x{:064x}", token.balance))),
            "0x313ce567" => Ok(json!(format!("0x{:064x}", token.decimals))),
            "0xdd62ed3e" => Ok(json!(format!("0x{:064x}", token.allowance))),
            _ => Err(node_error(3, "execution reverted")),
        }
    }

    /// As geth takes transactions.
    fn take(&mut self, text: &str) -> Answer {
        self.deliveries += 1;
        let bad = |what: &str| node_error(-32000, what);
        let raw: Bytes = text.parse().map_err(|_| bad("invalid bytes"))?;
        let (from, prepared) = decode_raw(&raw).map_err(|_| bad("invalid transaction"))?;
        let fields = prepared.into_fields();
        if fields.chain_id.get() != self.id {
            return Err(bad("invalid chain id for signer"));
        }
        let hash = keccak256(&raw);
        if self.taken.iter().any(|taken| taken.hash == hash && taken.worked.is_none()) {
            return Err(bad("already known"));
        }
        if fields.nonce < self.count(from, false) {
            return Err(bad("nonce too low"));
        }
        let place = self.taken.iter().position(|t| t.from == from && t.fields.nonce == fields.nonce);
        if let Some(place) = place {
            let outbid =
                self.taken.get(place).is_some_and(|waiting| outbids(&fields.fees, &waiting.fields.fees));
            if !outbid {
                return Err(bad("replacement transaction underpriced"));
            }
            self.taken.remove(place);
        }
        let worked = self.mining.then_some(!self.reverting);
        self.taken.push(Taken { hash, raw, from, fields, worked });
        Ok(json!(hash))
    }

    fn receipt(&self, params: &Value) -> Value {
        let hash = params.get(0).and_then(Value::as_str).unwrap_or_default();
        let found = self.taken.iter().find(|taken| taken.hash.to_string() == hash);
        match found.and_then(|taken| Some((taken, taken.worked?))) {
            None => Value::Null,
            Some((taken, worked)) => json!({
                "transactionHash": taken.hash, "status": if worked { "0x1" } else { "0x0" },
                "blockNumber": "0x10", "blockHash": B256::repeat_byte(0x22), "gasUsed": "0x5208",
                "effectiveGasPrice": "0x2540be400",
            }),
        }
    }
}

/// Whether geth takes the one in the place of the other: a tenth more in every part.
fn outbids(new: &Fees, old: &Fees) -> bool {
    let parts = |fees: &Fees| match *fees {
        Fees::Legacy { gas_price } => (gas_price, gas_price),
        Fees::Eip1559 { max_fee_per_gas, max_priority_fee_per_gas } => {
            (max_fee_per_gas, max_priority_fee_per_gas)
        }
    };
    let ((new_max, new_tip), (old_max, old_tip)) = (parts(new), parts(old));
    new_max * 10 >= old_max * 11 && new_tip * 10 >= old_tip * 11
}

/// A text as a function returns it.
fn abi_text(text: &str) -> String {
    let bytes: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("0x{:064x}{:064x}{bytes:0<64}", 32, text.len())
}

impl Collection {
    fn answer(&self, data: &str) -> Answer {
        let reverted = || node_error(3, "execution reverted");
        let word = |n: usize| data.get(10 + 64 * n..74 + 64 * n).unwrap_or_default();
        let owner = |number: &str| self.owners.get(&u64::from_str_radix(number, 16).unwrap_or(u64::MAX));
        match data.get(..10).unwrap_or_default() {
            "0x01ffc9a7" => {
                let yes = word(0).starts_with(&hex::encode(self.interface));
                Ok(json!(format!("0x{:064x}", u8::from(yes))))
            }
            "0x06fdde03" if !self.name.is_empty() => Ok(json!(abi_text(&self.name))),
            "0x6352211e" => owner(word(0)).map(|owner| json!(owner.into_word())).ok_or_else(reverted),
            "0x00fdd58e" => {
                let has = owner(word(1)).is_some_and(|owner| hex::encode(owner.into_word()) == word(0));
                Ok(json!(format!("0x{:064x}", if has { 3 } else { 0 })))
            }
            _ => Err(reverted()),
        }
    }
}
