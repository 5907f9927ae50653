//! `personal_ecRecover`: `[message, signature]`, who made an EIP-191 signature. Needs no key and no consent.

use candor_chain::quantity;
use candor_signer::{message::personal_digest, recover};
use serde_json::{Value, json};

use super::{
    Answer, Answered, Question, accounts::lower_case, error::invalid_params, params,
    personal_sign::message_bytes,
};

pub(super) fn answer(mut question: Question<'_>) -> Answered {
    let list = params::positional(question.params.take())?;
    let (Some(Value::String(message)), Some(Value::String(signature))) = (list.first(), list.get(1)) else {
        return Err(invalid_params("“personal_ecRecover” takes a message and a signature, both as text."));
    };
    let signature =
        quantity::data(signature).ok().and_then(|bytes| <[u8; 65]>::try_from(bytes.as_ref()).ok());
    let signature =
        signature.ok_or_else(|| invalid_params("“signature” must be 65 bytes in hexadecimal."))?;
    let signer = recover(&signature, personal_digest(&message_bytes(message)));
    signer
        .map(|address| Answer::Now(json!(lower_case(address))))
        .ok_or_else(|| invalid_params("“signature” was not made by any account."))
}
