//! Finding out what a request needs before it can be agreed to: of a transaction its number in line, its work limit and
//! its fee; of a token what it is (`asset`).

use std::collections::{BTreeMap, BTreeSet};

use candor_chain::{ChainKind, RevertReason, erc20, fees, gas, nonce, op_stack, quantity, registry};
use candor_primitives::{Address, Bytes, ChainId, Millis, U256};
use candor_protocol::{notice::Notice, page::PageError, view::ProblemView};
use serde_json::{Value, json};

use super::{
    asset,
    fee::{Rate, signed},
};
use crate::{
    Wallet,
    gateway::{Failure, Purpose, brief},
    outbox::Slice,
    provider::error,
    records::{Asked, AskedFees, Body, Fixed, Problem, TokenFacts, TransactionDraft},
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
    /// How all transactions of the request go one after the other.
    Rehearsal,
    /// What the token to be shown calls itself.
    Called,
    /// How it divides its units, or whether it is a collection of the standard.
    Shape,
    /// How much of it the account has.
    Held,
}

impl Part {
    /// Whether it is the same for all transactions of a request.
    const fn is_common(self) -> bool {
        matches!(
            self,
            Self::Latest | Self::Pending | Self::History | Self::GasPrice | Self::Balance | Self::Rehearsal
        )
    }

    /// Whether the request can be shown without it.
    pub(crate) const fn is_optional(self) -> bool {
        matches!(
            self,
            Self::Code
                | Self::Symbol
                | Self::Decimals
                | Self::Allowance
                | Self::GasPrice
                | Self::Publishing
                | Self::Rehearsal
        )
    }
}

/// Answers so far. Lost with the worker and started again.
#[derive(Debug)]
pub(crate) struct Preparation {
    round: u64,
    /// When the questions were asked.
    since: Millis,
    outstanding: BTreeSet<PartOf>,
    answers: Answers,
}

/// A part of one of the request's transactions. What all have in common is asked for with the first.
type PartOf = (usize, Part);

/// What was heard of each part.
pub(super) type Answers = BTreeMap<PartOf, Result<Value, Failure>>;

impl Wallet {
    /// Asks for everything that is not fixed yet; nothing if it is, or if nothing has to be.
    pub(crate) fn start_preparation(&mut self, id: u64) {
        let Some(request) = self.waiting_request(id) else { return };
        let Some(from) = request.account else { return };
        if !request.body.is_unprepared() || request.body.problem().is_some() {
            return;
        }
        let chain = request.chain;
        let on_op_stack = kind_of(chain) == ChainKind::OpStack;
        let mut all = Vec::new();
        let mut ask = |call: usize, questions: Vec<Question>| {
            all.extend(questions.into_iter().map(|(part, method, params)| ((call, part), method, params)));
        };
        let drafts = request.drafts();
        if !drafts.is_empty() {
            ask(0, common_questions(from).into());
        }
        if drafts.len() > 1 {
            ask(0, vec![(Part::Rehearsal, "eth_simulateV1", rehearsal(from, drafts))]);
        }
        for (call, draft) in drafts.iter().enumerate() {
            let unsigned = if on_op_stack { super::meaning::prepared(request, draft) } else { None };
            let unsigned = unsigned.map(|prepared| prepared.unsigned());
            ask(call, questions(from, &draft.asked, unsigned.as_ref()));
        }
        if let Body::WatchAsset(draft) = &request.body {
            ask(0, asset::questions(&draft.token, from));
        }
        let outstanding = all.iter().map(|(part, ..)| *part).collect();
        self.last_round += 1;
        let round = self.last_round;
        self.preparing
            .insert(id, Preparation { round, since: self.now, outstanding, answers: BTreeMap::new() });
        for ((call, part), method, params) in all {
            self.ask(chain, method, params, Purpose::Prepare { request: id, round, call, part });
        }
    }

    /// Forgets what was fixed and starts again.
    pub(crate) fn prepare_again(&mut self, id: u64) {
        let Some(request) = self.waiting_request_mut(id) else { return };
        if let Body::WatchAsset(draft) = &mut request.body {
            (draft.held, draft.problem) = (None, None);
        }
        for draft in request.drafts_mut() {
            (draft.fixed, draft.problem) = (None, None);
        }
        if !request.body.is_unprepared() {
            return;
        }
        self.out.touch(Slice::Requests);
        self.out.notice(Notice::Requests);
        self.start_preparation(id);
    }

    /// `round` tells answers to earlier questions from those to the newest.
    pub(crate) fn part_arrived(&mut self, id: u64, round: u64, part: PartOf, answer: Result<Value, Failure>) {
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
        let (Some(from), chain) = (request.account, request.chain) else { return };
        let answers = &preparation.answers;
        let mut fixed: Vec<Fixed> = Vec::new();
        let mut found = None;
        for (call, draft) in request.drafts().iter().enumerate() {
            match self.fix(chain, from, &draft.asked, &fixed, &preparation) {
                Ok(mut next) => {
                    // What may be spent today says nothing any more after an earlier step that may change it.
                    let earlier = request.drafts().iter().take(call);
                    if earlier.filter(|other| other.asked.to == draft.asked.to).count() > 0 {
                        next.allowance = None;
                    }
                    fixed.push(next);
                }
                Err(problem) => {
                    found = Some(problem);
                    break;
                }
            }
        }
        if let (Body::Replacement { .. }, Some(next)) = (&request.body, fixed.first())
            && request.drafts().iter().any(|draft| draft.asked.nonce != Some(next.nonce))
        {
            fixed.clear();
            found = Some(decided());
        }
        let network = self.network_name(chain);
        let Some(request) = self.waiting_request_mut(id) else { return };
        if let Some(draft) = request.drafts_mut().get_mut(fixed.len()) {
            draft.problem = found;
        }
        for (draft, fixed) in request.drafts_mut().iter_mut().zip(fixed) {
            draft.fixed = Some(fixed);
        }
        if let Body::WatchAsset(draft) = &mut request.body {
            match asset::learn(&mut draft.token, from, answers, &network) {
                Ok(held) => draft.held = Some(held),
                Err(problem) => draft.problem = Some(problem),
            }
        }
        self.out.touch(Slice::Requests);
        self.out.notice(Notice::Requests);
    }

    /// Fixes the transaction that comes after those of the same request that are fixed already.
    fn fix(
        &self,
        chain: ChainId,
        from: Address,
        asked: &Asked,
        before: &[Fixed],
        Preparation { since, answers, .. }: &Preparation,
    ) -> Result<Fixed, Problem> {
        let call = before.len();
        let answer = |part: Part| answers.get(&(if part.is_common() { 0 } else { call }, part));
        let network = self.network_name(chain);
        let symbol = self.symbol(chain);
        let unreachable = || unreachable(&network);
        let needed = |part: Part| match answer(part) {
            Some(Ok(value)) => Ok(value),
            Some(Err(Failure::Node(node))) => Err(refused(node.clone())),
            Some(Err(Failure::Unreachable { .. })) | None => Err(unreachable()),
        };
        let number =
            |part: Part| needed(part).and_then(|v| quantity::tolerant_u64(v).map_err(|_| unreachable()));
        let nothing = Value::Null;
        let optional = |part: Part| answer(part).and_then(|answer| answer.as_ref().ok()).unwrap_or(&nothing);

        let latest = number(Part::Latest)?;
        let pending = number(Part::Pending)?;
        let balance = needed(Part::Balance).and_then(|v| quantity::tolerant(v).map_err(|_| unreachable()))?;
        let spent = before.iter().map(cost).fold(U256::ZERO, U256::saturating_add);
        let balance = balance.saturating_sub(spent);
        let own = self
            .transactions
            .list
            .iter()
            .filter(|sent| sent.from == from && sent.chain == chain)
            // One that was included since the chain was asked is missing from its answers.
            .filter(|sent| {
                let lately = sent.attempted.is_some_and(|at| at >= *since);
                sent.state.is_open() || (sent.state.is_included() && lately)
            })
            .map(|sent| sent.nonce);
        let next = nonce::choose(latest, pending, own.clone());
        // What was refused is replaced first: then it cannot be carried out as well, whatever the server really did.
        let refused = self.refused_nonces(from, chain).filter(|n| *n >= latest).min();
        let usual_nonce = match before.last() {
            // What waits beside this request is not to be replaced by it.
            Some(last) => nonce::choose(last.nonce.saturating_add(1), 0, own),
            None => refused.map_or(next, |refused| refused.min(next)),
        };
        let nonce = asked.nonce.filter(|n| *n >= latest).unwrap_or(usual_nonce);

        if asked.value.is_some_and(|value| value > balance) {
            return Err(not_that_much(balance, &symbol, &network));
        }
        let suggestion =
            fees::suggest(optional(Part::History), optional(Part::GasPrice)).map_err(|_| unreachable());
        let mut rate = Rate::choose(asked.fees, suggestion.as_ref().ok()).ok_or_else(unreachable)?;
        if asked.fees == AskedFees::Open {
            let waiting = self.waiting_fees(from, chain, nonce);
            rate = waiting.into_iter().fold(rate, Rate::outbidding);
        }

        let receiver_is_contract = answer(Part::Code)
            .and_then(|answer| answer.as_ref().ok())
            .and_then(|code| quantity::tolerant_data(code).ok())
            .map(|code| !code.is_empty());
        let rehearsed = rehearsed(optional(Part::Rehearsal), call);
        let estimate = match (asked.gas, answer(Part::Estimate), rehearsed) {
            (Some(gas), ..) => gas,
            (None, _, Some(Err(node))) => return Err(would_not_work(node)),
            // Alone it may fail, or take less, because it needs what those before it do.
            (None, alone, Some(Ok(together))) => {
                let alone = alone.and_then(|answer| answer.as_ref().ok());
                alone.and_then(|value| quantity::tolerant_u64(value).ok()).unwrap_or_default().max(together)
            }
            (None, Some(Err(Failure::Node(node))), None) => return Err(would_not_work(node.clone())),
            (None, _, None) => number(Part::Estimate)?,
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

/// The most that a transaction takes from its account.
pub(super) fn cost(fixed: &Fixed) -> U256 {
    let work = U256::from(fixed.gas_limit).saturating_mul(U256::from(signed(fixed.fees).ceiling()));
    work.saturating_add(fixed.publishing_fee).saturating_add(fixed.value)
}

type Question = (Part, &'static str, Value);

/// What has to be asked once for all transactions of a request.
fn common_questions(from: Address) -> [Question; 5] {
    [
        (Part::Latest, "eth_getTransactionCount", json!([from, "latest"])),
        (Part::Pending, "eth_getTransactionCount", json!([from, "pending"])),
        (Part::Balance, "eth_getBalance", json!([from, "latest"])),
        (Part::History, "eth_feeHistory", fees::history_params()),
        (Part::GasPrice, "eth_gasPrice", json!([])),
    ]
}

/// The parameters of `eth_simulateV1` for calls one after the other.
fn rehearsal(from: Address, drafts: &[TransactionDraft]) -> Value {
    let calls: Value = drafts.iter().map(|draft| estimated(from, &draft.asked)).collect();
    json!([{ "blockStateCalls": [{ "calls": calls }] }, "latest"])
}

/// How one of the rehearsed calls went: the work to allow, or why it failed; nothing if there was no rehearsal.
///
/// The work that was used can be less than what has to be allowed: some is given back at the end (EIP-3529: at most a
/// fifth), and a call hands on at most 63 of 64 parts (EIP-150).
fn rehearsed(answer: &Value, call: usize) -> Option<Result<u64, candor_chain::NodeError>> {
    let result = answer.get(0)?.get("calls")?.get(call)?;
    if result.get("status").and_then(Value::as_str) == Some("0x1") {
        let used = quantity::tolerant_u64(result.get("gasUsed")?).ok()?;
        return Some(Ok(used.saturating_add(used / 2)));
    }
    let error = result.get("error")?;
    let message = error.get("message").and_then(Value::as_str).unwrap_or_default();
    // As the answer to an estimate would have it.
    let data = error.get("data").or_else(|| result.get("returnData")).cloned();
    Some(Err(brief(candor_chain::NodeError { code: 3, message: message.to_owned(), data })))
}

/// What has to be asked for this transaction alone.
fn questions(from: Address, asked: &Asked, unsigned: Option<&Bytes>) -> Vec<Question> {
    let call = |data: Bytes, to: Address| json!([{ "to": to, "data": data }, "latest"]);
    let mut questions = Vec::new();
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

pub(super) fn problem(title: &str, text: String, told: PageError) -> Problem {
    Problem { shown: ProblemView { title: title.to_owned(), text }, told }
}

pub(super) fn unreachable(network: &str) -> Problem {
    problem(
        &format!("We cannot reach {network} right now."),
        "None of its servers answers. Nothing was sent. Your money is not affected.".to_owned(),
        error::disconnected("No server of this network can be reached."),
    )
}

pub(super) fn refused(node: candor_chain::NodeError) -> Problem {
    problem(
        "The server refused.",
        format!("Its reason: “{}”. Nothing was sent.", node.message),
        error::of_node(node),
    )
}

fn decided() -> Problem {
    problem(
        "It is too late for that.",
        "The network took a transaction with this number meanwhile. Nothing was sent.".to_owned(),
        PageError { code: -32000, message: "nonce too low".to_owned(), data: None },
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
