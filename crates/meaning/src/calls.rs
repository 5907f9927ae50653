use crate::{
    Kind, Lens, Meaning, Note, Template,
    parts::{Draft, exact_text, fact, network, slot},
};
use candor_primitives::U256;

/// What several transactions at once do, each of which was read by itself. Remarks and rows say which one they are of.
#[must_use]
pub fn calls(steps: &[Meaning], lens: &dyn Lens) -> Meaning {
    let tone = steps.iter().map(|step| step.tone).max().unwrap_or_default();
    let all: Vec<String> = steps.iter().map(|step| step.sentence.plain_text()).collect();
    let numbered = (1..).zip(steps);
    let notes = numbered.clone().flat_map(|(number, step)| {
        step.notes
            .iter()
            .map(move |note| Note { what: format!("Step {number}: {}", note.what), ..note.clone() })
    });
    let facts = numbered.flat_map(|(number, step)| {
        step.facts.iter().map(move |row| fact(format!("{number} · {}", row.label), row.value.clone()))
    });
    Draft::new(Template::Calls, Kind::Calls, "Do all", lens)
        .slot(slot("count", tone, format!("{} things", steps.len()), exact_text(&all.join(" "))))
        .slot(network(lens, U256::from(lens.network().chain_id.get())))
        .notes(notes)
        .facts(facts)
        .look_alike(steps.iter().find_map(|step| step.look_alike.clone()))
        .finish()
}
