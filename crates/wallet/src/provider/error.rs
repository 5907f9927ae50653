//! The errors that pages get: codes of EIP-1193, EIP-1474 and EIP-3326, each with one plain sentence.

use candor_chain::rpc::NodeError;
use candor_protocol::page::PageError;

use crate::gateway::Failure;

fn error(code: i64, message: &str) -> PageError {
    PageError { code, message: message.to_owned(), data: None }
}

/// 4001: a person said no.
pub(crate) fn rejected() -> PageError {
    error(4001, "The user rejected the request.")
}

/// 4100: not granted to this origin.
pub(crate) fn unauthorized(message: &str) -> PageError {
    error(4100, message)
}

/// 4200: not offered.
pub(crate) fn unsupported(message: &str) -> PageError {
    error(4200, message)
}

/// 4900: no server of the network can be reached, or none was chosen.
pub(crate) fn disconnected(message: &str) -> PageError {
    error(4900, message)
}

/// 4902: the user does not have this network.
pub(crate) fn unknown_chain(message: &str) -> PageError {
    error(4902, message)
}

/// EIP-5792's own codes.
pub(crate) fn calls(code: CallsError) -> PageError {
    error(
        code as i64,
        match code {
            CallsError::Capability => "A capability that is not optional is not offered.",
            CallsError::Chain => "The user does not have this network.",
            CallsError::Duplicate => "This site used that “id” before.",
            CallsError::Unknown => "This site has no calls of that name.",
            CallsError::TooLarge => "These are more calls than one request can have.",
            CallsError::Atomicity => {
                "The account sends one transaction after the other; it cannot promise all or nothing."
            }
        },
    )
}

/// The errors of EIP-5792 that occur here, with their codes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CallsError {
    Capability = 5700,
    Chain = 5710,
    Duplicate = 5720,
    Unknown = 5730,
    TooLarge = 5740,
    Atomicity = 5760,
}

/// 5100 of CAIP-25: none of the networks, or not all that are required, can be had.
pub(crate) fn unsupported_scopes() -> PageError {
    error(5100, "The user does not have the networks that were asked for.")
}

/// -32600: not a request.
pub(crate) fn invalid_request(message: &str) -> PageError {
    error(-32600, message)
}

/// -32602: a parameter is missing or wrong; the sentence names it.
pub(crate) fn invalid_params(message: &str) -> PageError {
    error(-32602, message)
}

/// -32603: a defect of ours.
pub(crate) fn internal() -> PageError {
    error(-32603, "Something went wrong inside the wallet. Nothing was signed.")
}

/// -32005: more than anyone could answer.
pub(crate) fn too_many() -> PageError {
    error(-32005, "Too many requests of this site wait for an answer already.")
}

/// 4100: the person said no again and again.
pub(crate) fn paused() -> PageError {
    unauthorized("The user declined three requests of this site in a row. Ask again in a minute.")
}

/// What asking a network came to, without an answer.
pub(crate) fn of_failure(failure: Failure) -> PageError {
    match failure {
        Failure::Node(error) => of_node(error),
        Failure::Unreachable { .. } => disconnected("No server of this network can be reached."),
    }
}

/// A node's own error, intact.
pub(crate) fn of_node(error: NodeError) -> PageError {
    PageError { code: error.code, message: error.message, data: error.data }
}
