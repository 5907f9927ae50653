//! Reads that go to a node of the origin's network and come back as they are.

use candor_protocol::page::{Outcome, PageError};
use serde_json::Value;

use super::{Answer, Answered, Channel, Question, error, params};
use crate::{
    Wallet,
    gateway::{Failure, Purpose},
};

impl Wallet {
    pub(super) fn forward(&mut self, question: Question<'_>) -> Answered {
        let chain = question.chain;
        self.may_ask()?;
        let params = Value::Array(params::positional(question.params)?);
        self.ask(chain, question.method, params, Purpose::Forward { channel: question.channel });
        Ok(Answer::Forwarded)
    }

    /// Whether servers can be asked for a page.
    pub(super) fn may_ask(&self) -> Result<(), PageError> {
        if self.networks.servers.is_none() {
            return Err(error::disconnected("The wallet has not been told yet which servers it may ask."));
        }
        if self.is_flooded() { Err(error::too_many()) } else { Ok(()) }
    }

    /// A node's answer, passed on unchanged.
    pub(crate) fn forwarded(&mut self, channel: Channel, answer: Result<Value, Failure>) {
        let outcome = match answer {
            Ok(value) => Outcome::Result(value),
            Err(failure) => Outcome::Error(error::of_failure(failure)),
        };
        self.settle_channel(channel, outcome);
    }
}
