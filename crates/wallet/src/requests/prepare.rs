//! Finding out what a request needs before it can be agreed to: of a transaction its number in line, its work limit and
//! its fee; of a token what it is (`asset`).

use std::collections::{BTreeMap, BTreeSet};

use candor_chain::{
    ChainKind, arbitrum, erc20, fees, nonce, op_stack, op_stack::OperatorFee, quantity, registry,
};
use candor_primitives::{Address, ChainId, Millis, U256};
use candor_protocol::notice::Notice;
use serde_json::Value;

use super::{
    asset,
    fee::market,
    fix::{self, cost},
    problems::{decided, refused, unreachable, would_not_work},
    questions::{
        Question, common_questions, operator_questions, publishing_question, publishing_work_question,
        questions, rehearsal, rehearsed,
    },
};
use crate::{
    Wallet,
    gateway::{Failure, Purpose},
    outbox::Slice,
    records::{Asked, Basis, Body, Fixed, Problem, Request, TokenFacts},
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
    /// The same, where the site said already how much to allow.
    Trial,
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
    /// What the operator of such a network takes of any transaction.
    OperatorEach,
    /// What the operator takes of one with much work.
    OperatorMuch,
    /// How much of the work is for publishing on Ethereum, on networks of Arbitrum.
    PublishingWork,
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
            Self::Latest
                | Self::Pending
                | Self::History
                | Self::GasPrice
                | Self::Balance
                | Self::OperatorEach
                | Self::OperatorMuch
                | Self::Rehearsal
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
                | Self::OperatorEach
                | Self::OperatorMuch
                | Self::PublishingWork
                | Self::Trial
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
    /// The lowest number that the account could have then.
    known: u64,
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
        let kind = kind_of(chain);
        let mut all = Vec::new();
        let mut ask = |call: usize, questions: Vec<Question>| {
            all.extend(questions.into_iter().map(|(part, method, params)| ((call, part), method, params)));
        };
        let drafts = request.drafts();
        if !drafts.is_empty() {
            ask(0, common_questions(from).into());
            if kind == ChainKind::OpStack {
                ask(0, operator_questions().into());
            }
        }
        if drafts.len() > 1 {
            ask(0, vec![(Part::Rehearsal, "eth_simulateV1", rehearsal(from, drafts))]);
        }
        for (call, draft) in drafts.iter().enumerate() {
            ask(call, questions(from, &draft.asked));
            match kind {
                ChainKind::OpStack => ask(call, publishing_question(request, draft).into_iter().collect()),
                ChainKind::Arbitrum => ask(call, vec![publishing_work_question(from, &draft.asked)]),
                ChainKind::Layer1 | ChainKind::Other => {}
            }
        }
        if let Body::WatchAsset(draft) = &request.body {
            ask(0, asset::questions(&draft.token, from));
        }
        let outstanding = all.iter().map(|(part, ..)| *part).collect();
        self.last_round += 1;
        let round = self.last_round;
        let (since, known) = (self.now, self.included_up_to(from, chain));
        self.preparing.insert(id, Preparation { round, since, known, outstanding, answers: BTreeMap::new() });
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
        let Some((from, chain)) =
            self.waiting_request(id).and_then(|request| Some((request.account?, request.chain)))
        else {
            return;
        };
        let answers = &preparation.answers;
        if let Some(Ok(count)) =
            answers.get(&(0, Part::Latest)).map(|a| a.as_ref().map(quantity::tolerant_u64))
            && let Ok(count) = count
        {
            self.notice_new_start(chain, count, preparation.known);
        }
        let Some(request) = self.waiting_request(id) else { return };
        let mut fixed: Vec<Fixed> = Vec::new();
        let mut found = None;
        for (call, draft) in request.drafts().iter().enumerate() {
            match self.fix(request, from, &draft.asked, &fixed, &preparation) {
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
        let network = self.network_name(request.chain);
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
        request: &Request,
        from: Address,
        asked: &Asked,
        before: &[Fixed],
        Preparation { since, answers, .. }: &Preparation,
    ) -> Result<Fixed, Problem> {
        let call = before.len();
        let answer = |part: Part| answers.get(&(if part.is_common() { 0 } else { call }, part));
        let chain = request.chain;
        let place = self.place(chain);
        let unreachable = || unreachable(&place.network);
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
        let own = self
            .transactions
            .list
            .iter()
            .filter(|sent| sent.from == from && sent.chain == chain && !sent.forgotten)
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
        let suggestion = fees::suggest(optional(Part::History), optional(Part::GasPrice)).ok();

        let receiver_is_contract = answer(Part::Code)
            .and_then(|answer| answer.as_ref().ok())
            .and_then(|code| quantity::tolerant_data(code).ok())
            .map(|code| !code.is_empty());
        let rehearsed = rehearsed(optional(Part::Rehearsal), call);
        let alone = answer(Part::Estimate).or_else(|| answer(Part::Trial));
        let work = |value: &Value| quantity::tolerant_u64(value).ok();
        let (estimate, refusal) = match (alone, rehearsed) {
            (_, Some(Err(node))) => (None, Some(node)),
            // Alone it may fail, or take less, because it needs what those before it do.
            (alone, Some(Ok(together))) => {
                let alone = alone.and_then(|answer| work(answer.as_ref().ok()?));
                (Some(alone.unwrap_or_default().max(together)), None)
            }
            (Some(Err(Failure::Node(node))), None) => (None, Some(node.clone())),
            (Some(Ok(value)), None) => (work(value), None),
            (Some(Err(Failure::Unreachable { .. })) | None, None) => (None, None),
        };
        let bytes = |part: Part| quantity::tolerant_data(optional(part)).ok();
        let operator = bytes(Part::OperatorEach)
            .zip(bytes(Part::OperatorMuch))
            .and_then(|(each, much)| OperatorFee::decode(&each, &much))
            .unwrap_or_default();
        let publishing_fee = bytes(Part::Publishing).and_then(|fee| op_stack::decode_publishing_fee(&fee));
        if publishing_fee.is_none() && place.kind == ChainKind::OpStack && asked.value.is_none() {
            // Everything less an unknown fee is more than there is.
            return Err(unreachable());
        }
        let publishing_fee = publishing_fee.unwrap_or_default();
        let publishing_work =
            bytes(Part::PublishingWork).and_then(|components| arbitrum::decode_publishing_gas(&components));
        let token = match (optional(Part::Symbol), optional(Part::Decimals)) {
            (Value::String(symbol), Value::String(decimals)) => token_facts(symbol, decimals),
            _ => None,
        };
        let allowance = bytes(Part::Allowance).and_then(|d| erc20::decode_uint(&d));
        let basis = Basis {
            latest,
            balance,
            market: suggestion.as_ref().map(market),
            estimate,
            refusal: refusal.map(would_not_work),
            publishing_work,
            operator,
            waiting: self.waiting_prices(from, chain),
        };
        let found = Fixed {
            nonce: usual_nonce,
            usual_nonce,
            usual_price: suggestion.map(|suggestion| suggestion.fast.max_per_gas()),
            gas_limit: 0,
            gas_expected: 0,
            fees: (0, None),
            price_expected: 0,
            publishing_fee,
            value: U256::ZERO,
            receiver_is_contract,
            token,
            allowance,
            balance: Some(balance.saturating_sub(spent)),
            basis,
        };
        fix::decide(asked, &request.choice, found, spent, &place)
    }
}

/// What a network is built on.
pub(crate) fn kind_of(chain: ChainId) -> ChainKind {
    registry::by_id(chain).map_or(ChainKind::Other, |network| network.kind)
}

fn token_facts(symbol: &str, decimals: &str) -> Option<TokenFacts> {
    let symbol = erc20::decode_text(&quantity::data(symbol).ok()?)?;
    let decimals = erc20::decode_decimals(&quantity::data(decimals).ok()?)?;
    Some(TokenFacts { symbol, decimals })
}
