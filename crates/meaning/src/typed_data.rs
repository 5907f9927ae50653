use alloy_dyn_abi::DynSolValue as Value;
use candor_signer::TypedData;

use crate::{
    Fact, Kind, Lens, Meaning, Note, Tone,
    message::unexplained,
    parts::{fact, is_here, network_note, note, short_address},
    permit::Permit,
    text::Readable,
};

/// Rows of “Details”; more than this nobody reads and no page should have to lay out.
const MAX_ROWS: usize = 300;

/// What a structured message for `eth_signTypedData_v4` or `_v3` (EIP-712) says.
#[must_use]
pub fn typed_data(typed: &TypedData, lens: &dyn Lens) -> Meaning {
    let account = lens.account().address;
    match Permit::read(typed) {
        Some(permit) if permit.owner.is_none_or(|owner| owner == account) => permit.meaning(typed, lens),
        Some(permit) => unknown(
            typed,
            lens,
            permit.owner.map(|owner| {
                note(
                    Tone::Risk,
                    "other-owner",
                    "This is about the tokens of another account.",
                    format!(
                        "It names {}, which is not the account that would sign. Reject it.",
                        short_address(owner)
                    ),
                )
            }),
        ),
        None => unknown(typed, lens, None),
    }
}

fn unknown(typed: &TypedData, lens: &dyn Lens, remark: Option<Note>) -> Meaning {
    let domain = typed.domain();
    // With a contract that will read it, it may move money; nobody can act on a message that names none. Whether there
    // is one at that address only a server says, and it may come later.
    let (tone, reader) = if domain.verifying_contract.is_some() {
        let why = "Some messages let a contract move your tokens without asking again. Sign only if you trust who asks.";
        (Tone::Risk, note(Tone::Risk, "unknown-typed-data", "A contract will act on this message.", why))
    } else {
        let why = "It names no contract that could act on it. Sign only if you trust who asks.";
        (Tone::Care, note(Tone::Care, "unknown-typed-data", "We do not know this kind of message.", why))
    };
    let elsewhere = domain.chain_id.filter(|id| !is_here(lens, *id));
    unexplained(Kind::TypedData, tone, typed.digest().to_string(), lens)
        .note(reader)
        .notes(remark)
        .notes(elsewhere.and_then(|id| network_note(lens, id)))
        .facts(facts(typed))
        .finish()
}

fn facts(typed: &TypedData) -> Vec<Fact> {
    let domain = typed.domain();
    let readable = |text: &str| Readable::new(text).text;
    let mut rows = vec![fact("Kind, as it calls itself", readable(typed.primary_type()))];
    rows.extend(domain.name.as_deref().map(|name| fact("Application, as it calls itself", readable(name))));
    rows.extend(domain.version.as_deref().map(|version| fact("Version", readable(version))));
    rows.extend(domain.chain_id.map(|id| fact("Network number", id.to_string())));
    rows.extend(domain.verifying_contract.map(|contract| fact("Contract", contract.to_checksum(None))));
    rows.extend(domain.salt.map(|salt| fact("Salt", salt.to_string())));
    let mut left_out = 0;
    for (name, value) in &domain.others {
        flatten(format!("domain.{name}"), value, &mut rows, &mut left_out);
    }
    flatten(String::new(), typed.message(), &mut rows, &mut left_out);
    if left_out > 0 {
        rows.push(fact("More", format!("{left_out} more values")));
    }
    rows
}

fn flatten(path: String, value: &Value, rows: &mut Vec<Fact>, left_out: &mut usize) {
    match value {
        Value::CustomStruct { prop_names, tuple, .. } => {
            for (name, value) in prop_names.iter().zip(tuple) {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(path, value, rows, left_out);
            }
        }
        Value::Array(items) => {
            for (i, value) in items.iter().enumerate() {
                flatten(format!("{path}[{i}]"), value, rows, left_out);
            }
        }
        _ if rows.len() >= MAX_ROWS => *left_out += 1,
        simple => rows.push(fact(path, shown(simple))),
    }
}

pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Bool(truth) => truth.to_string(),
        Value::Uint(number, _) => number.to_string(),
        Value::Int(number, _) => number.to_string(),
        Value::Address(address) => address.to_checksum(None),
        Value::String(text) => Readable::new(text).text,
        Value::Bytes(bytes) => format!("0x{}", hex::encode(bytes)),
        Value::FixedBytes(word, size) => format!("0x{}", hex::encode(word.get(..*size).unwrap_or_default())),
        _ => String::new(),
    }
}
