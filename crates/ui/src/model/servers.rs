//! How servers are, in words.

use candor_protocol::servers::ServerState;

/// What a person is told of a server.
#[must_use]
pub fn state(state: ServerState) -> String {
    match state {
        ServerState::Unknown => "Not asked lately".to_owned(),
        ServerState::Answers { took_ms } => format!("Answers in {}", span(took_ms)),
        ServerState::Silent => "Did not answer lately".to_owned(),
        ServerState::OtherNetwork => "Is of another network, so it is not asked".to_owned(),
    }
}

/// A tenth of a second at least, `0.2 s`.
fn span(took_ms: u64) -> String {
    let tenths = took_ms.div_ceil(100).max(1);
    format!("{}.{}\u{a0}s", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_told_in_plain_words() {
        let check = |said: ServerState, expected: &str| assert_eq!(state(said), expected);
        check(ServerState::Answers { took_ms: 0 }, "Answers in 0.1\u{a0}s");
        check(ServerState::Answers { took_ms: 180 }, "Answers in 0.2\u{a0}s");
        check(ServerState::Answers { took_ms: 2_000 }, "Answers in 2.0\u{a0}s");
        check(ServerState::Silent, "Did not answer lately");
    }
}
