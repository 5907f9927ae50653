//! What is shown of an account.

use candor_chain::{
    amount::{self, Rounding},
    assets, price,
};
use candor_primitives::{Address, U256};
use candor_protocol::{
    portfolio::{AssetPartView, AssetView, CurrencyView, PortfolioView, PriceView},
    ui::UiError,
};

use super::assets::{Asset, Part, Priced};
use crate::{Wallet, records::FoundPrice, surface::error};

/// The most assets without a figure that are named.
const MOST_NAMED: usize = 4;

/// An amount of money for a column, rounded down: as many digits after the point as the currency has.
fn money(value: U256, currency: &assets::Currency) -> String {
    let digits = usize::from(currency.digits);
    let text = amount::column(value, price::DECIMALS, digits, Rounding::Receipt);
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let text = match digits.checked_sub(1) {
        Some(zeros) if is_zero && !value.is_zero() => format!("< 0.{}1", "0".repeat(zeros)),
        None if is_zero && !value.is_zero() => "< 1".to_owned(),
        _ => text,
    };
    format!("{text}\u{a0}{}", currency.code)
}

fn source(found: &FoundPrice) -> String {
    if found.of_pool {
        "Uniswap pool, at this moment".to_owned()
    } else {
        format!("Chainlink {}", found.what)
    }
}

fn of_units(units: U256, asset: &Asset) -> String {
    format!("{}\u{a0}{}", amount::sentence(units, asset.decimals, Rounding::Receipt), asset.name)
}

impl Wallet {
    /// What is known of the account in view; asks for what is no longer fresh.
    pub(crate) fn portfolio_view(&mut self, address: &str, most: u32) -> Result<PortfolioView, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let account = self.accounts.selected().map(|account| account.address).ok_or_else(error::gone)?;
        if address.parse() != Ok(account) {
            return Err(error::gone());
        }
        self.look(account);
        Ok(self.portfolio_shown(account, usize::try_from(most).unwrap_or(usize::MAX)))
    }

    fn portfolio_shown(&self, account: Address, most: usize) -> PortfolioView {
        let rate = self.rate();
        let mut not_counted = Vec::new();
        let mut counted: Option<U256> = None;
        let mut nothing_at_all = true;
        let mut rows: Vec<(Option<U256>, Asset)> = Vec::new();
        let mut sources: Vec<&FoundPrice> = rate.iter().filter_map(|(_, found)| *found).collect();
        for asset in self.assets(account) {
            let price = self.price_of(&asset.priced);
            let worth = asset.sum().and_then(|sum| {
                let ((price, _), (rate, _)) = (price?, rate?);
                price.worth(sum, asset.decimals, rate)
            });
            if asset.priced != Priced::Worthless {
                let known = asset.parts.iter().all(|part| part.units.is_some());
                nothing_at_all &= asset.is_nothing();
                if !asset.is_nothing() && (worth.is_none() || !known) {
                    not_counted.push(asset.name.clone());
                }
                if let (Some(worth), Some((_, found))) = (worth, price) {
                    counted = counted.unwrap_or_default().checked_add(worth);
                    if !worth.is_zero() && !sources.contains(&found) {
                        sources.push(found);
                    }
                }
            } else {
                nothing_at_all &= asset.is_nothing();
            }
            rows.push((worth, asset));
        }
        let mut troubles: Vec<String> = Vec::new();
        let mut never: Vec<String> = Vec::new();
        for chain in self.networks_in_use() {
            if self.portfolio.failed.contains(&(account, chain)) {
                troubles.push(self.network_name(chain));
                if self.remembered.of(account).iter().all(|on| on.chain != chain) {
                    never.push(format!("what is on {}", self.network_name(chain)));
                }
            }
        }
        let unnamed = not_counted.len().saturating_sub(MOST_NAMED);
        not_counted.truncate(MOST_NAMED);
        if unnamed > 0 {
            not_counted.push(format!("{unnamed} more"));
        }
        not_counted.extend(never);
        // What has no price stands below what has one, and what there is none of stands last.
        rows.sort_by(|(one, first), (other, second)| {
            let order = |worth: &Option<U256>, asset: &Asset| (asset.is_nothing(), worth.is_none());
            order(one, first)
                .cmp(&order(other, second))
                .then_with(|| other.cmp(one))
                .then_with(|| first.name.cmp(&second.name))
        });
        let more = rows.len().saturating_sub(most);
        rows.truncate(most);
        let currency = self.currency();
        // A sum of nothing is only told where there was something to sum.
        let total = counted.filter(|sum| !sum.is_zero() || (nothing_at_all && not_counted.is_empty()));
        PortfolioView {
            total: total.zip(currency).map(|(sum, currency)| money(sum, currency)),
            not_counted,
            sources: sources.into_iter().map(|found| Self::price_view(found, None)).collect(),
            assets: rows.into_iter().map(|(worth, asset)| self.asset_view(worth, &asset)).collect(),
            more: u32::try_from(more).unwrap_or(u32::MAX),
            troubles,
            asking: !self.portfolio.rounds.is_empty() || self.portfolio.prices_under_way > 0,
        }
    }

    fn asset_view(&self, worth: Option<U256>, asset: &Asset) -> AssetView {
        let sum = asset.sum();
        let price = self.price_of(&asset.priced);
        let one = U256::from(10).checked_pow(U256::from(asset.decimals));
        let one_text = price.zip(self.rate()).zip(one).and_then(|(((price, _), (rate, _)), one)| {
            Some(money(price.worth(one, asset.decimals, rate)?, self.currency()?))
        });
        AssetView {
            name: asset.name.clone(),
            text: sum.map(|sum| of_units(sum, asset)),
            exact: sum.map(|sum| format!("{}\u{a0}{}", amount::exact(sum, asset.decimals), asset.name)),
            worth: worth.zip(self.currency()).map(|(worth, currency)| money(worth, currency)),
            price: price.map(|(_, found)| Self::price_view(found, one_text)),
            parts: asset.parts.iter().map(|part| self.part_view(part, asset)).collect(),
        }
    }

    fn part_view(&self, part: &Part, asset: &Asset) -> AssetPartView {
        let address = part.token.map(|token| token.to_checksum(None));
        AssetPartView {
            chain_id: part.chain.get(),
            network: self.network_name(part.chain),
            listed: address.clone().filter(|_| part.listed),
            address,
            text: part.units.map(|units| of_units(units, asset)),
            at_ms: part.at.map(|at| at.0),
        }
    }

    fn price_view(found: &FoundPrice, text: Option<String>) -> PriceView {
        PriceView { source: source(found), text, at_ms: found.at.0 }
    }

    /// The currencies that there are.
    pub(crate) fn currency_views() -> Vec<CurrencyView> {
        let view = |currency: &assets::Currency| CurrencyView {
            code: currency.code.clone(),
            name: currency.name.clone(),
        };
        assets::currencies().iter().map(view).collect()
    }
}
