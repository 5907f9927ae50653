use candor_signer::{LegacyTypedData, typed_data::LegacyField};

use crate::{
    Kind, Lens, Meaning, Tone,
    message::unexplained,
    parts::{fact, note},
    text::Readable,
    typed_data::shown,
};

/// What a message for `eth_signTypedData` in its first version says. Everything that gets signed is in the details; it
/// names neither site nor network nor contract, so nobody can say where it will count.
#[must_use]
pub fn legacy_typed_data(typed: &LegacyTypedData, lens: &dyn Lens) -> Meaning {
    let everywhere = note(
        Tone::Risk,
        "old-typed-data",
        "This old kind of signature names neither site nor network.",
        "Whoever has it can use it elsewhere: on another site, on any network. Reject it unless you know what it is for and trust who asks.",
    );
    // As it is hashed, type and all: the name alone could pass for a row of the wallet's own.
    let label = |field: &LegacyField| Readable::new(&format!("{} {}", field.kind, field.name)).text;
    let rows = typed.fields().iter().map(|field| fact(label(field), shown(&field.value)));
    unexplained(Kind::TypedData, Tone::Risk, typed.digest().to_string(), lens)
        .note(everywhere)
        .fact("Kind", "Typed data of the first version, without a domain")
        .facts(rows)
        .finish()
}
