//! Accounts, balances, sending and what was sent.

use candor_chain::{amount, quantity};
use candor_keys::DerivationPath;
use candor_primitives::{Address, Bytes, ChainId, U256};
use candor_protocol::{
    notice::Notice,
    ui::{Balance, PrepareSend, TransactionCount, UiError},
    view::{AccountView, ActivityView, BalanceView},
};
use serde_json::Value;

use super::{Answered, error};
use crate::{
    Wallet,
    gateway::{Failure, Purpose},
    outbox::Slice,
    provider,
    records::{Account, Asked, AskedFees, Asker, Body, TransactionDraft},
    requests::coins_down,
};

/// The longest name of an account, in characters.
const LONGEST_NAME: usize = 40;

/// An address from one of our own pages.
pub(super) fn own_address(text: &str) -> Result<Address, UiError> {
    provider::typed_address(text).map_err(|reason| match reason {
        provider::AddressFault::Shape => {
            error::invalid("This is not an address.", "An address has 0x and 40 letters and digits after it.")
        }
        provider::AddressFault::Checksum => error::invalid(
            "There is a typing error in this address.",
            "Its upper and lower case letters do not fit together. One character is probably wrong.",
        ),
    })
}

/// A name as it is kept: on one line, and not too long.
pub(super) fn clean_name(name: &str) -> String {
    // Beside control characters those that nobody sees, or that turn around what follows.
    let unseen = |c: char| matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let name: String = name.chars().filter(|c| !c.is_control() && !unseen(*c)).collect();
    name.trim().chars().take(LONGEST_NAME).collect()
}

impl Wallet {
    pub(super) fn account_views(&self) -> Vec<AccountView> {
        self.accounts.list.iter().filter_map(|account| self.account_view(account.address)).collect()
    }

    pub(super) fn select_account(&mut self, address: &str) -> Result<(), UiError> {
        let address = own_address(address)?;
        self.accounts.get(address).ok_or_else(error::gone)?;
        self.accounts.selected = Some(address);
        self.out.touch(Slice::Accounts);
        self.out.notice(Notice::Accounts);
        Ok(())
    }

    /// The next account of the keyring of the account in view.
    pub(super) fn next_account(&mut self) -> Result<AccountView, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        // A single key and a watched address have no next account: then the first phrase gives it.
        let has_more =
            |account: &&Account| !account.is_watched() && account.path != "m" && self.has_key(account);
        let source = self.accounts.selected().filter(|account| has_more(account));
        let source = source.or_else(|| self.accounts.list.iter().find(has_more));
        let name = source.map(|account| account.keyring.clone()).ok_or_else(error::no_phrase)?;
        let keyring = self.keyring(&name).ok_or_else(error::no_key)?;
        let taken: Vec<String> =
            self.accounts.list.iter().filter(|a| a.keyring == name).map(|a| a.path.clone()).collect();
        let next =
            (0..u32::MAX).map(DerivationPath::ethereum).find(|path| !taken.contains(&path.to_string()));
        let address =
            next.and_then(|path| self.add_account(&keyring, &name, &path)).ok_or_else(error::internal)?;
        self.account_view(address).ok_or_else(error::internal)
    }

    pub(super) fn rename_account(&mut self, address: &str, name: &str) -> Result<(), UiError> {
        let address = own_address(address)?;
        let name = clean_name(name);
        if name.is_empty() {
            return Err(error::invalid("A name needs at least one letter.", "Type a name."));
        }
        let account = self.accounts.list.iter_mut().find(|account| account.address == address);
        account.ok_or_else(error::gone)?.name = name;
        self.out.touch(Slice::Accounts);
        self.out.notice(Notice::Accounts);
        Ok(())
    }

    pub(super) fn balance(&mut self, call: &Balance, to: u64) -> Answered {
        let address = own_address(&call.address)?;
        let chain = ChainId::new(call.chain_id).map_err(|_| error::gone())?;
        if let Some(token) = &call.token {
            self.ask_held(address, chain, token, to)?;
            return Ok(None);
        }
        let params = Self::at_latest(address);
        self.ask(chain, "eth_getBalance", params, Purpose::Balance { reply: to, chain });
        Ok(None)
    }

    pub(super) fn transaction_count(&mut self, call: &TransactionCount, to: u64) -> Answered {
        let address = own_address(&call.address)?;
        let chain = ChainId::new(call.chain_id).map_err(|_| error::gone())?;
        let purpose = Purpose::AccountUse { reply: to, chain };
        self.ask(chain, "eth_getTransactionCount", Self::at_latest(address), purpose);
        Ok(None)
    }

    pub(crate) fn account_use_arrived(&mut self, reply: u64, chain: ChainId, answer: Result<Value, Failure>) {
        let count = match &answer {
            Ok(value) => quantity::tolerant(value).ok().and_then(|count| u64::try_from(count).ok()),
            Err(_) => None,
        };
        match count {
            Some(count) => self.reply_later(reply, count),
            None => self.no_answer(reply, chain, answer),
        }
    }

    /// What a page of ours hears instead of a node's answer.
    pub(crate) fn no_answer(&mut self, reply: u64, chain: ChainId, answer: Result<Value, Failure>) {
        let wrong = match answer {
            Err(Failure::Node(node)) => error::refused(&node.message),
            _ => error::unreachable(&self.network_name(chain)),
        };
        self.reply_error(reply, wrong);
    }

    pub(crate) fn balance_arrived(&mut self, reply: u64, chain: ChainId, answer: Result<Value, Failure>) {
        let symbol = self.symbol(chain);
        let wei = match &answer {
            Ok(value) => quantity::tolerant(value).ok(),
            Err(_) => None,
        };
        match wei {
            Some(wei) => self.reply_later(
                reply,
                BalanceView {
                    wei: wei.to_string(),
                    text: coins_down(wei, &symbol),
                    exact: format!("{}\u{a0}{symbol}", amount::exact(wei, 18)),
                    symbol,
                },
            ),
            None => self.no_answer(reply, chain, answer),
        }
    }

    /// A payment that the user starts in the wallet: a request like any other, without a site.
    pub(super) fn prepare_send(&mut self, call: &PrepareSend) -> Result<u64, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let from = own_address(&call.from)?;
        if self.accounts.get(from).ok_or_else(error::gone)?.is_watched() {
            return Err(error::watched());
        }
        let to = own_address(&call.to)?;
        let chain = ChainId::new(call.chain_id).map_err(|_| error::gone())?;
        if !self.has_network(chain) {
            return Err(error::gone());
        }
        let value = if call.max {
            None
        } else {
            let value = amount::parse(&call.amount, 18)
                .map_err(|wrong| error::invalid("This amount is not clear.", &wrong.to_string()))?;
            Some(value)
        };
        if value == Some(U256::ZERO) {
            return Err(error::invalid("The amount is nothing.", "Type how much to send."));
        }
        self.drop_own_drafts();
        let asked = Asked {
            to: Some(to),
            value,
            input: Bytes::new(),
            gas: None,
            nonce: None,
            fees: AskedFees::Open,
            access_list: None,
        };
        let draft = TransactionDraft { asked, fixed: None, problem: None };
        Ok(self.record(Asker::Own, chain, Some(from), Body::Transaction(Box::new(draft))))
    }

    /// What was sent from an account; looking at it also asks the chain what became of what is open.
    pub(super) fn activity(&mut self, address: &str) -> Result<Vec<ActivityView>, UiError> {
        let address = own_address(address)?;
        self.watch_transactions();
        let sent = self.transactions.list.iter().rev().filter(|sent| sent.from == address);
        Ok(sent.map(|sent| self.activity_view(sent)).collect())
    }
}
