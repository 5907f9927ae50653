//! How many guesses a new password would take: zxcvbn and its lists of words, names and known passwords, behind one
//! function for a worker that is thrown away. It is loaded on the pages where a password is chosen, and on no other.

use candor_protocol::ui::{Reply, SecretText};
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

/// Words that a guesser of this wallet's passwords tries first.
const OURS: [&str; 8] = ["candor", "wallet", "ethereum", "bitcoin", "crypto", "metamask", "satoshi", "hodl"];
/// zxcvbn looks at this many characters; what follows does not make a password weaker.
const LOOKED_AT: usize = 100;

/// Answers a password, as a JSON string, with the decimal logarithm of the guesses that it takes, in hundredths, as JSON:
/// `{"ok":…}`. What is no JSON string takes none.
#[must_use]
#[wasm_bindgen]
pub fn call(json: String) -> String {
    let json = Zeroizing::new(json);
    let guesses = serde_json::from_str::<SecretText>(&json).map_or(0.0, |password| guesses(&password.0));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of a float saturates"
    )]
    let hundredths = (guesses * 100.0) as u32;
    serde_json::to_string(&Reply::Ok(hundredths)).unwrap_or_default()
}

fn guesses(password: &str) -> f64 {
    let looked_at: Zeroizing<String> = Zeroizing::new(password.chars().take(LOOKED_AT).collect());
    if looked_at.is_empty() { 0.0 } else { zxcvbn::zxcvbn(&looked_at, &OURS).guesses_log10() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_takes_few_guesses() {
        let check = |password: &str, least: f64, most: f64| {
            let guesses = guesses(password);
            assert!((least..=most).contains(&guesses), "{password}: {guesses}");
        };
        check("", 0.0, 0.0);
        check("password", 0.0, 1.0);
        check("Password1", 0.0, 4.0);
        check("123456789012345678", 0.0, 6.0);
        check("qwertyuiop", 0.0, 4.0);
        check("aaaaaaaaaaaa", 0.0, 3.0);
        check("iloveyou", 0.0, 2.0);
        check("metamask1", 0.0, 4.5);
        check("Summer2024", 0.0, 6.0);
        check("plum kettle orbit sandal", 14.0, 30.0);
        check("correct horse battery staple 47", 14.0, 30.0);
        check("k7$Qz9!fWm", 9.0, 12.0);
        check("слива чайник орбита сандалия", 14.0, 40.0);
        check(&"слива ".repeat(5_000), 5.0, 100.0);
    }

    #[test]
    fn a_call_is_json_both_ways() {
        let check = |json: &str, expected: &str| assert_eq!(call(json.to_owned()), expected);
        check(r#""""#, r#"{"ok":0}"#);
        check("not json", r#"{"ok":0}"#);
        check(r#""password""#, r#"{"ok":47}"#);
    }
}
