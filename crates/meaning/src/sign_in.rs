use candor_primitives::{Address, Origin, U256};

use crate::{
    Kind, Lens, Meaning, Note, Template, Tone, date,
    message::unexplained,
    parts::{Draft, account, is_here, note, short_address, site},
    text::{Readable, is_deceptive},
};

const HEADER: &str = " wants you to sign in with your Ethereum account:";

/// A sign-in request (ERC-4361), read by its grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// `https` or `http`, if the message says.
    pub scheme: Option<String>,
    /// Host and port of the site that will accept the signature.
    pub domain: String,
    /// The account that signs in.
    pub address: Address,
    /// Words of the site.
    pub statement: Option<String>,
    /// What the sign-in is for.
    pub uri: String,
    /// The network of the account.
    pub chain_id: U256,
    /// Makes the message usable once.
    pub nonce: String,
    /// When it was made, as written (RFC 3339).
    pub issued_at: String,
    /// When it stops counting, in seconds since the Unix epoch.
    pub expires: Option<u64>,
    /// When it begins to count, in seconds since the Unix epoch.
    pub not_before: Option<u64>,
    /// The site's own name for the request.
    pub request_id: Option<String>,
    /// What else the site wants to be mentioned.
    pub resources: Vec<String>,
}

/// Why a text is not a sign-in request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// It does not claim to be one.
    NotSignIn,
    /// It claims to be one, but does not follow the grammar.
    Malformed,
}

impl SignIn {
    /// Reads a message by the grammar of ERC-4361. Statements may be in any script; everything else is ASCII.
    ///
    /// # Errors
    /// It is something else, or only looks like a sign-in.
    pub fn parse(text: &str) -> Result<Self, SignInError> {
        if !text.to_lowercase().contains("wants you to sign in with your") {
            return Err(SignInError::NotSignIn);
        }
        parse(text).ok_or(SignInError::Malformed)
    }

    fn matches_site(&self, origin: &Origin) -> bool {
        let scheme = origin.as_str().split("://").next().unwrap_or_default();
        let port = if scheme == "http" { ":80" } else { ":443" };
        let domain = self.domain.to_ascii_lowercase();
        let same_host = domain == origin.host() || domain.strip_suffix(port) == Some(origin.host());
        same_host && self.scheme.as_ref().is_none_or(|given| given.eq_ignore_ascii_case(scheme))
    }
}

type Lines<'a> = std::iter::Peekable<std::str::Split<'a, char>>;

/// Every line in its order; anything left over, missing or misplaced ends it.
fn parse(text: &str) -> Option<SignIn> {
    let mut lines = text.split('\n').peekable();
    let authority = lines.next()?.strip_suffix(HEADER)?;
    let (scheme, domain) = match authority.split_once("://") {
        Some((scheme, domain)) => (Some(scheme).filter(|scheme| is_scheme(scheme)).map(Some)?, domain),
        None => (None, authority),
    };
    let request = SignIn {
        scheme: scheme.map(str::to_owned),
        domain: Some(domain).filter(|domain| is_domain(domain))?.to_owned(),
        address: address(lines.next()?)?,
        statement: statement(&mut lines)?,
        uri: labelled(&mut lines, "URI: ").filter(|uri| is_uri(uri))?.to_owned(),
        chain_id: {
            labelled(&mut lines, "Version: ").filter(|version| *version == "1")?;
            number(labelled(&mut lines, "Chain ID: ")?)?
        },
        nonce: labelled(&mut lines, "Nonce: ").filter(|nonce| is_nonce(nonce))?.to_owned(),
        issued_at: labelled(&mut lines, "Issued At: ").filter(|at| date::rfc3339(at).is_some())?.to_owned(),
        expires: optional(labelled(&mut lines, "Expiration Time: "), date::rfc3339)?,
        not_before: optional(labelled(&mut lines, "Not Before: "), date::rfc3339)?,
        request_id: optional(labelled(&mut lines, "Request ID: "), |id| {
            id.bytes().all(is_pchar).then(|| id.to_owned())
        })?,
        resources: resources(&mut lines)?,
    };
    lines.next().is_none().then_some(request)
}

fn labelled<'a>(lines: &mut Lines<'a>, label: &str) -> Option<&'a str> {
    lines.next_if(|line| line.starts_with(label))?.strip_prefix(label)
}

/// A part that may be absent, but not malformed.
fn optional<T>(text: Option<&str>, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    text.map_or(Some(None), |text| read(text).map(Some))
}

fn address(line: &str) -> Option<Address> {
    let digits = line.strip_prefix("0x").filter(|digits| digits.len() == 40)?;
    let bytes: [u8; 20] = hex::decode(digits).ok()?.try_into().ok()?;
    Some(Address::from(bytes))
}

/// An empty line, the statement if there is one, and an empty line.
fn statement(lines: &mut Lines<'_>) -> Option<Option<String>> {
    let blank = |lines: &mut Lines<'_>| lines.next_if_eq(&"").map(drop);
    blank(lines)?;
    let line = lines.next().filter(|line| !line.contains(is_deceptive))?;
    if line.is_empty() && lines.peek().is_some_and(|next| !next.is_empty()) {
        return Some(None);
    }
    blank(lines)?;
    Some(Some(line.to_owned()))
}

fn resources(lines: &mut Lines<'_>) -> Option<Vec<String>> {
    if lines.next_if_eq(&"Resources:").is_none() {
        return Some(Vec::new());
    }
    lines.map(|line| line.strip_prefix("- ").filter(|uri| is_uri(uri)).map(str::to_owned)).collect()
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// Host and port, without the user part that RFC 3986 would allow: only lookalikes have one.
fn is_domain(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b':' | b'[' | b']'))
}

/// The characters of RFC 3986 behind a scheme.
fn is_uri(text: &str) -> bool {
    let unwise = |b: u8| matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}');
    text.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
        && text.bytes().all(|b| b.is_ascii_graphic() && !unwise(b))
}

fn number(text: &str) -> Option<U256> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| U256::from_str_radix(text, 10).ok()).flatten()
}

fn is_nonce(text: &str) -> bool {
    text.len() >= 8 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

const fn is_pchar(b: u8) -> bool {
    b.is_ascii_alphanumeric()
        || matches!(
            b,
            b'-' | b'.' | b'_' | b'~' | b'%' | b'!' | b'$' | b'&' | b'\'' | b'('
                ..=b',' | b';' | b'=' | b':' | b'@'
        )
}

/// A sign-in that follows the grammar: friendly if it is for this site, account and network, else a trick until
/// proven otherwise.
pub(crate) fn meaning(request: &SignIn, text: &str, lens: &dyn Lens) -> Meaning {
    let mismatches = mismatches(request, lens);
    let draft = match site(lens).filter(|_| mismatches.is_empty()) {
        Some(site) => Draft::new(Template::SignIn, Kind::SignIn, "Sign in", lens)
            .refusal("Don't sign in")
            .slot(site)
            .slot(account(lens)),
        None => unexplained(Kind::UnknownMessage, Tone::Risk, text.to_owned(), lens),
    };
    draft
        .notes(mismatches)
        .notes(remarks(request, lens.now()))
        .fact("Signs in to", request.domain.clone())
        .fact("Account", request.address.to_checksum(None))
        .fact("Network number", request.chain_id.to_string())
        .fact("For", request.uri.clone())
        .fact("Issued", request.issued_at.clone())
        .facts(request.expires.map(|at| crate::parts::fact("Ends", date::minute(at))))
        .words(Some(Readable::new(text).text))
        .finish()
}

/// A text that claims to be a sign-in and is not. A careless site might take it for one.
pub(crate) fn malformed(text: &str, lens: &dyn Lens) -> Meaning {
    unexplained(Kind::UnknownMessage, Tone::Risk, text.to_owned(), lens)
        .note(note(
            Tone::Risk,
            "sign-in-malformed",
            "This looks like a sign-in, but it is not a proper one.",
            "Someone may want it to be taken for a sign-in to another site. Reject it.",
        ))
        .words(Some(Readable::new(text).text))
        .finish()
}

fn mismatches(request: &SignIn, lens: &dyn Lens) -> Vec<Note> {
    let account = lens.account();
    let site = match lens.origin() {
        Some(origin) if request.matches_site(origin) => None,
        Some(origin) => Some(note(
            Tone::Risk,
            "sign-in-other-site",
            "This sign-in is for another site.",
            format!(
                "You are on {}. The message signs you in to {}. That is how accounts get stolen. Reject it.",
                origin.host(),
                request.scheme.as_ref().map_or_else(String::new, |scheme| format!("{scheme}://"))
                    + &request.domain,
            ),
        )),
        None => Some(note(
            Tone::Risk,
            "sign-in-no-site",
            "This signs you in to a site that is not here.",
            format!(
                "The message signs you in to {}. Whoever gets your signature can do that as you.",
                request.domain
            ),
        )),
    };
    let address = (request.address != account.address).then(|| {
        note(
            Tone::Risk,
            "sign-in-other-account",
            "This sign-in is for another account.",
            format!(
                "It names {}, but {} would sign. Reject it.",
                short_address(request.address),
                account.name
            ),
        )
    });
    let network = (!is_here(lens, request.chain_id)).then(|| {
        note(
            Tone::Risk,
            "sign-in-other-network",
            "This message is for another network.",
            format!(
                "The site uses {}, the message says network number {}. That can be an error or a trick.",
                lens.network().name,
                request.chain_id
            ),
        )
    });
    site.into_iter().chain(address).chain(network).collect()
}

fn remarks(request: &SignIn, now: u64) -> Vec<Note> {
    let why = "The site should refuse it. Go back to the site and start again.";
    let expired = request.expires.filter(|at| *at <= now).map(|at| {
        note(Tone::Care, "sign-in-expired", format!("This sign-in ended on {}.", date::minute(at)), why)
    });
    let early = request.not_before.filter(|at| *at > now).map(|at| {
        note(Tone::Care, "sign-in-early", format!("This sign-in begins on {}.", date::minute(at)), why)
    });
    let delegates =
        request.resources.iter().any(|uri| uri.to_ascii_lowercase().starts_with("urn:recap:")).then(|| {
            note(
                Tone::Care,
                "sign-in-delegates",
                "This sign-in lets the site act for you elsewhere.",
                "What it may do is in the message below. Sign in only if you want that.",
            )
        });
    expired.into_iter().chain(early).chain(delegates).collect()
}
