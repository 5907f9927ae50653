//! Why something cannot be prepared, for the person and for the page.

use candor_chain::{NodeError, RevertReason};
use candor_primitives::U256;
use candor_protocol::{page::PageError, view::ProblemView};

use super::fee::{coins_down, coins_up};
use crate::{provider::error, records::Problem};

pub(super) fn problem(title: &str, text: String, told: PageError) -> Problem {
    Problem { shown: ProblemView { title: title.to_owned(), text }, told, passable: false }
}

pub(super) fn unreachable(network: &str) -> Problem {
    problem(
        &format!("We cannot reach {network} right now."),
        "None of its servers answers. Nothing was sent. Your money is not affected.".to_owned(),
        error::disconnected("No server of this network can be reached."),
    )
}

pub(super) fn refused(node: NodeError) -> Problem {
    problem(
        "The server refused.",
        format!("Its reason: “{}”. Nothing was sent.", node.message),
        error::of_node(node),
    )
}

/// Trying it out failed. A person may go on all the same.
pub(super) fn would_not_work(node: NodeError) -> Problem {
    let text = match RevertReason::from_error(&node) {
        Some(reason) => format!("{} Sending it would only use up the fee.", reason.sentence()),
        None => format!("The server says: “{}”. Nothing was sent.", node.message),
    };
    let problem = problem("This would not work.", text, error::of_node(node));
    Problem { passable: true, ..problem }
}

pub(super) fn decided() -> Problem {
    problem(
        "It is too late for that.",
        "The network took a transaction with this number meanwhile. Nothing was sent.".to_owned(),
        PageError { code: -32000, message: "nonce too low".to_owned(), data: None },
    )
}

pub(super) fn not_that_much(balance: U256, symbol: &str, network: &str) -> Problem {
    problem(
        "You do not have that much.",
        format!("You have {} on {network}.", coins_down(balance, symbol)),
        insufficient(),
    )
}

pub(super) fn no_fee(fee: U256, symbol: &str, network: &str) -> Problem {
    problem(
        &format!("Not enough {symbol} for the fee."),
        format!(
            "The fee on {network} can be up to {}, and that is more than the payment leaves.",
            coins_up(fee, symbol)
        ),
        insufficient(),
    )
}

fn insufficient() -> PageError {
    PageError { code: -32000, message: "insufficient funds for gas * price + value".to_owned(), data: None }
}
