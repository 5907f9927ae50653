//! Prices, read from contracts by the user's own servers. No question about a price names an account.

use std::collections::BTreeMap;

use candor_chain::{
    assets::{self, Feed},
    erc20, multicall, pool,
    price::{self, Price},
    quantity,
};
use candor_primitives::{Address, Bytes, ChainId, Millis, U256};
use candor_protocol::notice::Notice;
use serde_json::{Value, json};

use super::{Question, assets::Priced};
use crate::{
    Wallet,
    gateway::{Failure, Purpose},
    outbox::Slice,
    records::FoundPrice,
};

/// How old what was read may be before it is read again.
const FRESH: Millis = Millis::from_secs(60);
/// How long what a pool said is shown.
const POOL_HOLDS: Millis = Millis::from_secs(10 * 60);
/// The most tokens whose pools are asked.
const MOST_POOLED: usize = 50;

/// What is asked of prices on one network.
#[derive(Debug)]
pub(crate) struct PriceQuestion {
    feeds: Vec<Feed>,
    tokens: Vec<(ChainId, Address, u8)>,
}

/// How the price of a token is called where it is remembered.
pub(super) fn token_key(chain: ChainId, token: Address) -> String {
    format!("{chain}:{token}")
}

impl Wallet {
    /// The currency that sums are shown in.
    pub(crate) fn currency(&self) -> Option<&'static assets::Currency> {
        let chosen = self.settings.currency.as_deref().and_then(assets::currency);
        chosen.or_else(|| assets::currencies().first())
    }

    /// Reads what is no longer fresh: all feeds of assets and the currency's, and the pools of what the account has.
    pub(super) fn ask_prices(&mut self, account: Address) {
        let mut wanted: BTreeMap<ChainId, PriceQuestion> = BTreeMap::new();
        let of_currency = self.currency().and_then(|currency| currency.feed.as_ref());
        let mut feeds: Vec<&Feed> = assets::priced().iter().map(|asset| &asset.feed).collect();
        feeds.extend(of_currency.filter(|feed| feeds.iter().all(|known| known.pair != feed.pair)));
        let empty = || PriceQuestion { feeds: Vec::new(), tokens: Vec::new() };
        for feed in feeds {
            wanted.entry(feed.chain_id).or_insert_with(empty).feeds.push(feed.clone());
        }
        let mut pooled = 0;
        for asset in self.assets(account) {
            let Priced::Pool(chain, token) = asset.priced else { continue };
            if pooled < MOST_POOLED && asset.sum().is_some_and(|sum| !sum.is_zero()) {
                pooled += 1;
                wanted.entry(chain).or_insert_with(empty).tokens.push((chain, token, asset.decimals));
            }
        }
        for (chain, question) in wanted {
            let needed = |what: &str| {
                self.remembered.prices.iter().all(|known| known.what != what || known.until <= self.now)
            };
            let missing = question.tokens.iter().any(|(chain, token, _)| needed(&token_key(*chain, *token)))
                || question.feeds.iter().any(|feed| needed(&feed.pair));
            let asked = self.portfolio.prices_asked.get(&chain);
            let waited = asked.is_none_or(|at| self.now >= at.plus(FRESH));
            // What is new is asked for at once, but not again and again if it has no price.
            let soon = missing && asked.is_none_or(|at| self.now >= at.plus(Millis::from_secs(15)));
            if self.endpoints(chain).is_empty() || !(waited || soon) {
                continue;
            }
            self.portfolio.prices_asked.insert(chain, self.now);
            self.ask_prices_on(chain, question);
        }
    }

    fn ask_prices_on(&mut self, chain: ChainId, question: PriceQuestion) {
        let mut rest = question.tokens;
        let mut feeds = question.feeds;
        let per_token = pool::FEES.len() * 2;
        loop {
            let room = multicall::MOST_CALLS.saturating_sub(feeds.len() * 2) / per_token;
            let later = rest.split_off(rest.len().min(room));
            let part = PriceQuestion { feeds: core::mem::take(&mut feeds), tokens: rest };
            let contract = multicall::contract(chain);
            let data = multicall::aggregate(part.calls());
            self.portfolio.prices_under_way += 1;
            let params = json!([{ "to": contract, "data": data }, "latest"]);
            let question = Box::new(Question::Prices(part));
            self.ask(chain, "eth_call", params, Purpose::Portfolio(question));
            if later.is_empty() {
                return;
            }
            rest = later;
        }
    }

    pub(super) fn prices_arrived(&mut self, question: PriceQuestion, answer: Result<Value, Failure>) {
        self.portfolio.prices_under_way = self.portfolio.prices_under_way.saturating_sub(1);
        let said = answer.ok().and_then(|value| quantity::tolerant_data(&value).ok());
        let count = question.calls().len();
        let answers = said.as_ref().and_then(|said| multicall::answers(said, count));
        for price in answers.map(|answers| question.read(&answers, self.now)).unwrap_or_default() {
            self.remembered.learn_price(price);
            self.out.touch(Slice::Portfolio);
        }
        self.out.notice(Notice::Portfolio);
    }

    /// What one of something is worth now, and what said so.
    pub(super) fn price_of(&self, priced: &Priced) -> Option<(Price, &FoundPrice)> {
        match priced {
            Priced::Feed(symbol) => {
                let asset = assets::priced().iter().find(|asset| asset.symbol == *symbol)?;
                let found = self.remembered.price(&asset.feed.pair, self.now)?;
                Some((Price::new(found.value)?, found))
            }
            Priced::Pool(chain, token) => {
                let found = self.remembered.price(&token_key(*chain, *token), self.now)?;
                let (ether, _) = self.price_of(&Priced::Feed("ETH"))?;
                Some((Price::new(ether.worth(found.value, 18, Price::dollar())?)?, found))
            }
            Priced::Worthless | Priced::Nowhere => None,
        }
    }

    /// What one of the currency is worth, and what said so; the dollar needs nobody to say so.
    pub(super) fn rate(&self) -> Option<(Price, Option<&FoundPrice>)> {
        let Some(feed) = &self.currency()?.feed else { return Some((Price::dollar(), None)) };
        let found = self.remembered.price(&feed.pair, self.now)?;
        Some((Price::new(found.value)?, Some(found)))
    }
}

impl PriceQuestion {
    fn calls(&self) -> Vec<(Address, Bytes)> {
        let of_feed = |feed: &Feed| [(feed.feed, price::latest_round_data()), (feed.feed, erc20::decimals())];
        let mut calls: Vec<(Address, Bytes)> = self.feeds.iter().flat_map(of_feed).collect();
        for (chain, token, _) in &self.tokens {
            let Some(wrapped) = pool::wrapped_ether(*chain) else { continue };
            for fee in pool::FEES {
                let pool = pool::address(*token, wrapped, fee);
                calls.extend([(pool, pool::slot0()), (wrapped, erc20::balance_of(pool))]);
            }
        }
        calls
    }

    /// The prices in the answers to [`Self::calls`].
    fn read(&self, answers: &[Option<&[u8]>], now: Millis) -> Vec<FoundPrice> {
        let mut answers = answers.iter().map(|answer| answer.unwrap_or_default());
        let mut next = || answers.next().unwrap_or_default();
        let mut found = Vec::new();
        for feed in &self.feeds {
            let (round, decimals) = (next(), next());
            let Ok(answer) = price::feed_answer(round, decimals, feed.heartbeat, now.0 / 1000) else {
                continue;
            };
            found.push(FoundPrice {
                what: feed.pair.clone(),
                value: answer.price.value(),
                of_pool: false,
                at: Millis(answer.updated.saturating_mul(1000)),
                until: Millis::from_secs(answer.updated.saturating_add(price::lasts(feed.heartbeat))),
            });
        }
        for (chain, token, decimals) in &self.tokens {
            let Some(wrapped) = pool::wrapped_ether(*chain) else { continue };
            let mut best: Option<(U256, U256)> = None;
            for _ in pool::FEES {
                let (slot0, liquidity) = (next(), erc20::decode_uint(next()).unwrap_or_default());
                let price = pool::price(*token, wrapped, *decimals, slot0, liquidity);
                best = best.max(price.map(|price| (liquidity, price)));
            }
            found.extend(best.map(|(_, value)| FoundPrice {
                what: token_key(*chain, *token),
                value,
                of_pool: true,
                at: now,
                until: now.plus(POOL_HOLDS),
            }));
        }
        found
    }
}
