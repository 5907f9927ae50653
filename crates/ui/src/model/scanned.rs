//! What a QR code holds, as a receiver.

use candor_protocol::scan::LONGEST_TEXT;

use super::{Problem, payment_request};

/// The text for the field of the receiver: an address, a payment link or a name.
///
/// # Errors
/// In words, what the code holds instead.
pub fn receiver(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let link = payment_request::read(text);
    if let Some(Err(problem)) = link {
        return Err(problem);
    }
    let address = text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("0x"));
    let name = text.contains('.') && !text.contains([':', '/']) && !text.contains(char::is_whitespace);
    if text.len() <= LONGEST_TEXT && (link.is_some() || address || name) {
        return Ok(text.to_owned());
    }
    if text.starts_with("wc:") {
        return Err(Problem::new(
            "This code connects a wallet to a site.",
            "It names no receiver. Open the site in this browser instead, and connect there.",
        ));
    }
    Err(Problem::new(
        "This code names no receiver.",
        "It is not an address of Ethereum or a network like it. Ask the receiver for theirs.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_links_and_names_are_receivers_and_nothing_else_is() {
        const TO: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        let check = |text: &str, expected: Result<&str, &str>| {
            let found = receiver(text).map_err(|problem| problem.title);
            assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned), "{text}");
        };
        let link = format!("ethereum:{TO}@8453?value=15");
        check(TO, Ok(TO));
        check(&format!(" {TO}\n"), Ok(TO));
        check(&link, Ok(&link));
        check("maria.eth", Ok("maria.eth"));
        // Wrong ones are explained at the field.
        check("0x12", Ok("0x12"));
        let none = Err("This code names no receiver.");
        check("", none);
        check("bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", none);
        check("https://shop.example", none);
        check("maria eth. com", none);
        check(&format!("0x{}", "1".repeat(LONGEST_TEXT)), none);
        check(
            "wc:7f6e504bfad60b485450578e05678ed3e8e8c4751d3c6160be17160d63ec90f9@2",
            Err("This code connects a wallet to a site."),
        );
        check("ethereum:0x12", Err("This address is too short."));
        check(&format!("ethereum:{TO}/transfer?uint256=1"), Err("This asks for more than a payment."));
    }
}
