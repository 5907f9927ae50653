//! `ethereum:` addresses, as QR codes and links carry them (EIP-681), for payments of the network's coin.

use super::{
    Problem,
    address::{self, RecipientError},
    amount,
};

/// What such an address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRequest {
    /// To whom: an address in EIP-55, or a name that is still to be looked up.
    pub to: String,
    /// On which network, if it says so.
    pub chain_id: Option<u64>,
    /// How much, in wei as a decimal integer, if it says so.
    pub wei: Option<String>,
}

/// Reads a pasted text; nothing if it is no `ethereum:` address at all.
///
/// # Errors
/// In words, if it asks for something else than a payment of the coin to an address.
#[must_use]
pub fn read(text: &str) -> Option<Result<PaymentRequest, Problem>> {
    let text = text.trim();
    let (scheme, rest) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case("ethereum").then(|| request(rest))
}

fn request(rest: &str) -> Result<PaymentRequest, Problem> {
    let rest = rest.strip_prefix("pay-").unwrap_or(rest);
    let (target, query) = rest.split_once('?').unwrap_or((rest, ""));
    if target.contains('/') {
        return Err(Problem::new(
            "This asks for more than a payment.",
            "It calls a contract, for a token perhaps. Type the receiver and the amount yourself.",
        ));
    }
    let (target, chain) = match target.split_once('@') {
        Some((target, chain)) => (target, Some(chain)),
        None => (target, None),
    };
    let to = match address::recipient(target) {
        Ok(address) => address,
        Err(RecipientError::Name) => target.to_owned(),
        Err(error) => return Err(error.problem()),
    };
    let chain_id = match chain.map(str::parse) {
        Some(Ok(chain)) => Some(chain),
        Some(Err(_)) => return Err(unclear()),
        None => None,
    };
    let mut wei = None;
    for pair in query.split('&') {
        if let Some(("value", value)) = pair.split_once('=') {
            // A second value would leave open which one counts.
            if wei.is_some() {
                return Err(unclear());
            }
            wei = Some(integer(value).ok_or_else(unclear)?);
        }
    }
    Ok(PaymentRequest { to, chain_id, wei })
}

/// A number of EIP-681, such as `2.014e18`, as an exact integer below 10^60.
fn integer(text: &str) -> Option<String> {
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: usize = exponent.parse().ok().filter(|exponent| *exponent <= 60)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction = fraction.trim_end_matches('0');
    let all = format!("{whole}{fraction}");
    if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let zeros = exponent.checked_sub(fraction.len())?;
    let integer = format!("{all}{}", "0".repeat(zeros));
    let integer = integer.trim_start_matches('0');
    let integer = if integer.is_empty() { "0" } else { integer };
    (integer.len() <= 60).then(|| integer.to_owned())
}

fn unclear() -> Problem {
    Problem::new("This payment link cannot be read.", "Type the receiver and the amount yourself.")
}

/// Whom a field's text names: an address, or a payment link for this network.
///
/// # Errors
/// In words, what is wrong with it.
pub fn receiver(text: &str, chain_id: u64, network: &str) -> Result<String, Problem> {
    match read(text) {
        None => address::recipient(text).map_err(|error| error.problem()),
        Some(Err(problem)) => Err(problem),
        Some(Ok(asked)) if asked.chain_id.is_none_or(|chain| chain == chain_id) => {
            address::recipient(&asked.to).map_err(|error| error.problem())
        }
        Some(Ok(_)) => Err(Problem::new(
            "This payment is for another network.",
            format!("Here you send on {network}. Choose the other network on the home screen first."),
        )),
    }
}

/// Writes one, for a QR code.
#[must_use]
pub fn write(to: &str, chain_id: u64, wei: &str) -> String {
    format!("ethereum:{to}@{chain_id}?value={wei}")
}

impl PaymentRequest {
    /// The amount as it is typed.
    #[must_use]
    pub fn amount(&self, decimals: u8) -> Option<String> {
        Some(amount::exact_text(self.wei.as_deref()?, decimals))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TO: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

    #[test]
    fn payments_are_read_and_everything_else_is_explained() {
        let check = |text: String, expected: Result<(Option<u64>, Option<&str>), &str>| {
            let found = read(&text).unwrap().map_err(|problem| problem.title);
            let expected = expected.map(|(chain_id, wei)| PaymentRequest {
                to: TO.to_owned(),
                chain_id,
                wei: wei.map(str::to_owned),
            });
            assert_eq!(found, expected.map_err(str::to_owned), "{text}");
        };
        let unclear = "This payment link cannot be read.";
        check(format!("ethereum:{TO}"), Ok((None, None)));
        check(format!(" ethereum:pay-{TO}@8453 "), Ok((Some(8453), None)));
        check(format!("Ethereum:{TO}@1?value=2.014e18"), Ok((Some(1), Some("2014000000000000000"))));
        check(format!("ethereum:{TO}?value=1500&gas=21000"), Ok((None, Some("1500"))));
        check(format!("ethereum:{TO}?value=0"), Ok((None, Some("0"))));
        check(format!("ethereum:{TO}?value=1.5"), Err(unclear));
        check(format!("ethereum:{TO}?value=-1"), Err(unclear));
        check(format!("ethereum:{TO}?value=1e99"), Err(unclear));
        check(format!("ethereum:{TO}?value=1&value=2"), Err(unclear));
        check(format!("ethereum:{TO}@x"), Err(unclear));
        check(
            format!("ethereum:{TO}/transfer?address={TO}&uint256=1"),
            Err("This asks for more than a payment."),
        );
        check("ethereum:0x12".to_owned(), Err("This address is too short."));
        assert_eq!(read(TO), None);
        assert_eq!(read("bitcoin:abc"), None);
    }

    #[test]
    fn a_name_is_left_to_be_looked_up() {
        let expected =
            PaymentRequest { to: "maria.eth".to_owned(), chain_id: Some(1), wei: Some("1500".to_owned()) };
        assert_eq!(read("ethereum:maria.eth@1?value=1500"), Some(Ok(expected)));
    }

    #[test]
    fn a_link_for_another_network_is_no_receiver_here() {
        let check = |text: String, expected: Result<&str, &str>| {
            let found = receiver(&text, 1, "Ethereum").map_err(|problem| problem.title);
            assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned), "{text}");
        };
        check(TO.to_owned(), Ok(TO));
        check(format!("ethereum:{TO}"), Ok(TO));
        check(format!("ethereum:{TO}@1"), Ok(TO));
        check("ethereum:maria.eth".to_owned(), Err("This is a name."));
        check(format!("ethereum:{TO}@10"), Err("This payment is for another network."));
        check(String::new(), Err("To whom?"));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let text = write(TO, 10, "1500");
        let expected = PaymentRequest { to: TO.to_owned(), chain_id: Some(10), wei: Some("1500".to_owned()) };
        assert_eq!(read(&text), Some(Ok(expected)));
    }
}
