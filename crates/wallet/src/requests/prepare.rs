//! Finding out what a transaction needs before it can be shown: its number in line, its work limit, its fee.

use std::collections::{BTreeMap, BTreeSet};

use candor_chain::{ChainKind, RevertReason, erc20, fees, gas, nonce, op_stack, quantity, registry};
use candor_primitives::{Address, Bytes, ChainId, U256};
use candor_protocol::{notice::Notice, page::PageError, view::ProblemView};
use serde_json::{Value, json};

use super::fee::Rate;
use crate::{
    Wallet,
    gateway::{Failure, Purpose},
    outbox::Slice,
    provider::error,
    records::{Asked, Body, Fixed, Problem, Request, TokenFacts},
};

/// One thing to find out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// How many transactions of the sender are included.
    Latest,
    /// How many wait, too.
    Pending,
    /// What others paid lately.
    History,
    /// What the node would pay.
    GasPrice,
    /// How much work it is.
    Estimate,
    /// What the sender has.
    Balance,
    /// Whether the receiver has code.
    Code,
    /// What the called contract calls itself as a token.
    Symbol,
    /// How it divides its units.
    Decimals,
    /// What the spender may spend today.
    Allowance,
    /// What publishing on Ethereum costs on top, on networks of the OP Stack.
    Publishing,
}

impl Part {
    /// Whether the transaction can be shown without it.
    pub(crate) const fn is_optional(self) -> bool {
        matches!(
            self,
            Self::Code | Self::Symbol | Self::Decimals | Self::Allowance | Self::GasPrice | Self::Publishing
        )
    }
}

/// Answers so far. Lost with the worker and started again.
#[derive(Debug, Default)]
pub(crate) struct Preparation {
    round: u64,
    outstanding: BTreeSet<Part>,
    answers: BTreeMap<Part, Result<Value, Failure>>,
}

impl Wallet {
    /// Asks for everything that is not fixed yet; nothing if it is, or if it is no transaction.
    pub(crate) fn start_preparation(&mut self, id: u64) {
        let Some(request) = self.waiting_request(id) else { return };
        let (Body::Transaction(draft), Some(from)) = (&request.body, request.account) else { return };
        if draft.fixed.is_some() || draft.problem.is_some() {
            return;
        }
        let chain = request.chain;
        let on_op_stack = kind_of(chain) == ChainKind::OpStack;
        let unsigned = if on_op_stack { super::meaning::prepared(request, draft) } else { None };
        let unsigned = unsigned.map(|prepared| prepared.unsigned());
        let questions = questions(from, &draft.asked, unsigned.as_ref());
        let outstanding = questions.iter().map(|(part, ..)| *part).collect();
        self.last_round += 1;
        let round = self.last_round;
        self.preparing.insert(id, Preparation { round, outstanding, answers: BTreeMap::new() });
        for (part, method, params) in questions {
            self.ask(chain, method, params, Purpose::Prepare { request: id, round, part });
        }
    }

    /// Forgets what was fixed and starts again.
    pub(crate) fn prepare_again(&mut self, id: u64) {
        if let Some(Request { body: Body::Transaction(draft), .. }) = self.waiting_request_mut(id) {
            draft.fixed = None;
            draft.problem = None;
            self.out.touch(Slice::Requests);
            self.out.notice(Notice::Requests);
            self.start_preparation(id);
        }
    }

    /// `round` tells answers to earlier questions from those to the newest.
    pub(crate) fn part_arrived(&mut self, id: u64, round: u64, part: Part, answer: Result<Value, Failure>) {
        let Some(preparation) = self.preparing.get_mut(&id).filter(|preparation| preparation.round == round)
        else {
            return;
        };
        preparation.outstanding.remove(&part);
        preparation.answers.insert(part, answer);
        if !preparation.outstanding.is_empty() {
            return;
        }
        let Some(preparation) = self.preparing.remove(&id) else { return };
        let Some(request) = self.waiting_request(id) else { return };
        let (Body::Transaction(draft), Some(from)) = (&request.body, request.account) else { return };
        let (asked, chain) = (draft.asked.clone(), request.chain);
        let result = self.fix(chain, from, &asked, &preparation.answers);
        if let Some(Request { body: Body::Transaction(draft), .. }) = self.waiting_request_mut(id) {
            match result {
                Ok(fixed) => draft.fixed = Some(fixed),
                Err(problem) => draft.problem = Some(problem),
            }
            self.out.touch(Slice::Requests);
            self.out.notice(Notice::Requests);
        }
    }

    fn fix(
        &self,
        chain: ChainId,
        from: Address,
        asked: &Asked,
        answers: &BTreeMap<Part, Result<Value, Failure>>,
    ) -> Result<Fixed, Problem> {
        let network = self.network_name(chain);
        let symbol = self.symbol(chain);
        let unreachable = || unreachable(&network);
        let needed = |part: Part| match answers.get(&part) {
            Some(Ok(value)) => Ok(value),
            Some(Err(Failure::Node(node))) => Err(refused(node.clone())),
            Some(Err(Failure::Unreachable { .. })) | None => Err(unreachable()),
        };
        let number =
            |part: Part| needed(part).and_then(|v| quantity::tolerant_u64(v).map_err(|_| unreachable()));
        let nothing = Value::Null;
        let optional =
            |part: Part| answers.get(&part).and_then(|answer| answer.as_ref().ok()).unwrap_or(&nothing);

        let latest = number(Part::Latest)?;
        let pending = number(Part::Pending)?;
        let balance = needed(Part::Balance).and_then(|v| quantity::tolerant(v).map_err(|_| unreachable()))?;
        let own = self
            .transactions
            .list
            .iter()
            .filter(|sent| sent.from == from && sent.chain == chain && sent.state.is_open())
            .map(|sent| sent.nonce);
        let next = nonce::choose(latest, pending, own);
        // What was refused is replaced first: then it cannot be carried out as well, whatever the server really did.
        let refused = self.refused_nonces(from, chain).filter(|n| *n >= latest).min();
        let usual_nonce = refused.map_or(next, |refused| refused.min(next));
        let nonce = asked.nonce.filter(|n| *n >= latest).unwrap_or(usual_nonce);

        if asked.value.is_some_and(|value| value > balance) {
            return Err(not_that_much(balance, &symbol, &network));
        }
        let suggestion =
            fees::suggest(optional(Part::History), optional(Part::GasPrice)).map_err(|_| unreachable());
        let rate = Rate::choose(asked.fees, suggestion.as_ref().ok()).ok_or_else(unreachable)?;

        let receiver_is_contract = answers
            .get(&Part::Code)
            .and_then(|answer| answer.as_ref().ok())
            .and_then(|code| quantity::tolerant_data(code).ok())
            .map(|code| !code.is_empty());
        let estimate = match (asked.gas, answers.get(&Part::Estimate)) {
            (Some(gas), _) => gas,
            (None, Some(Err(Failure::Node(node)))) => {
                return Err(would_not_work(node.clone()));
            }
            (None, _) => number(Part::Estimate)?,
        };
        let kind = kind_of(chain);
        let plain =
            asked.input.is_empty() && asked.access_list.is_none() && receiver_is_contract == Some(false);
        let gas_limit = asked.gas.unwrap_or_else(|| gas::limit(estimate, plain, kind, None));

        let publishing_fee = quantity::tolerant_data(optional(Part::Publishing))
            .ok()
            .and_then(|fee| op_stack::decode_publishing_fee(&fee))
            .unwrap_or_default();
        let work = U256::from(gas_limit).saturating_mul(U256::from(rate.ceiling()));
        let fee_cap = work.saturating_add(publishing_fee);
        let left = balance.checked_sub(fee_cap);
        let value = match (asked.value, left) {
            (Some(value), Some(left)) if value <= left => value,
            (None, Some(left)) if left > U256::ZERO => left,
            _ => return Err(no_fee(fee_cap, &symbol, &network)),
        };
        let token = match (optional(Part::Symbol), optional(Part::Decimals)) {
            (Value::String(symbol), Value::String(decimals)) => token_facts(symbol, decimals),
            _ => None,
        };
        let allowance =
            quantity::tolerant_data(optional(Part::Allowance)).ok().and_then(|d| erc20::decode_uint(&d));
        Ok(Fixed {
            nonce,
            usual_nonce,
            usual_price: suggestion.as_ref().ok().map(|suggestion| suggestion.fast.max_per_gas()),
            gas_limit,
            gas_expected: estimate.min(gas_limit),
            fees: rate.fields(),
            price_expected: rate.expected(),
            publishing_fee,
            value,
            receiver_is_contract,
            token,
            allowance,
        })
    }
}

fn kind_of(chain: ChainId) -> ChainKind {
    registry::by_id(chain).map_or(ChainKind::Other, |network| network.kind)
}

/// What has to be asked for this transaction.
fn questions(from: Address, asked: &Asked, unsigned: Option<&Bytes>) -> Vec<(Part, &'static str, Value)> {
    let call = |data: Bytes, to: Address| json!([{ "to": to, "data": data }, "latest"]);
    let mut questions = vec![
        (Part::Latest, "eth_getTransactionCount", json!([from, "latest"])),
        (Part::Pending, "eth_getTransactionCount", json!([from, "pending"])),
        (Part::Balance, "eth_getBalance", json!([from, "latest"])),
        (Part::History, "eth_feeHistory", fees::history_params()),
        (Part::GasPrice, "eth_gasPrice", json!([])),
    ];
    if let Some(unsigned) = unsigned {
        let data = op_stack::publishing_fee(unsigned);
        questions.push((Part::Publishing, "eth_call", call(data, op_stack::GAS_PRICE_ORACLE)));
    }
    if asked.gas.is_none() {
        questions.push((Part::Estimate, "eth_estimateGas", json!([estimated(from, asked)])));
    }
    if let Some(to) = asked.to {
        questions.push((Part::Code, "eth_getCode", json!([to, "latest"])));
        if let Some(spender) = super::meaning::token_call(&asked.input) {
            questions.push((Part::Symbol, "eth_call", call(erc20::symbol(), to)));
            questions.push((Part::Decimals, "eth_call", call(erc20::decimals(), to)));
            if let Some(spender) = spender {
                questions.push((Part::Allowance, "eth_call", call(erc20::allowance(from, spender), to)));
            }
        }
    }
    questions
}

fn estimated(from: Address, asked: &Asked) -> Value {
    let mut call = json!({ "from": from, "value": quantity::encode(asked.value.unwrap_or_default()) });
    if let Some(to) = asked.to {
        call["to"] = json!(to);
    }
    if !asked.input.is_empty() {
        call["data"] = json!(asked.input);
    }
    if let Some(list) = &asked.access_list {
        call["accessList"] =
            list.iter().map(|(address, keys)| json!({ "address": address, "storageKeys": keys })).collect();
    }
    call
}

fn token_facts(symbol: &str, decimals: &str) -> Option<TokenFacts> {
    let symbol = erc20::decode_text(&quantity::data(symbol).ok()?)?;
    let decimals = erc20::decode_decimals(&quantity::data(decimals).ok()?)?;
    Some(TokenFacts { symbol, decimals })
}

fn problem(title: &str, text: String, told: PageError) -> Problem {
    Problem { shown: ProblemView { title: title.to_owned(), text }, told }
}

fn unreachable(network: &str) -> Problem {
    problem(
        &format!("We cannot reach {network} right now."),
        "None of its servers answers. Nothing was sent. Your money is not affected.".to_owned(),
        error::disconnected("No server of this network can be reached."),
    )
}

fn refused(node: candor_chain::NodeError) -> Problem {
    problem(
        "The server refused.",
        format!("Its reason: “{}”. Nothing was sent.", node.message),
        error::of_node(node),
    )
}

fn would_not_work(node: candor_chain::NodeError) -> Problem {
    let text = match RevertReason::from_error(&node) {
        Some(reason) => format!("{} Sending it would only use up the fee.", reason.sentence()),
        None => format!("The server says: “{}”. Nothing was sent.", node.message),
    };
    problem("This would not work.", text, error::of_node(node))
}

fn not_that_much(balance: U256, symbol: &str, network: &str) -> Problem {
    problem(
        "You do not have that much.",
        format!("You have {} on {network}.", super::fee::coins_down(balance, symbol)),
        insufficient(),
    )
}

fn no_fee(fee: U256, symbol: &str, network: &str) -> Problem {
    problem(
        &format!("Not enough {symbol} for the fee."),
        format!(
            "The fee on {network} can be up to {}, and that is more than the payment leaves.",
            super::fee::coins_up(fee, symbol)
        ),
        insufficient(),
    )
}

fn insufficient() -> PageError {
    PageError { code: -32000, message: "insufficient funds for gas * price + value".to_owned(), data: None }
}
