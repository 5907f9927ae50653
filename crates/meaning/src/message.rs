use crate::{
    Kind, Lens, Meaning, SignIn, SignInError, Template, Tone,
    parts::{Draft, exact_bytes, exact_text, note, site, slot},
    sign_in,
    text::Readable,
};

/// What a message for `personal_sign` (EIP-191) says.
#[must_use]
pub fn message(bytes: &[u8], lens: &dyn Lens) -> Meaning {
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| is_words(text)) else {
        return unreadable(bytes, lens);
    };
    match SignIn::parse(text) {
        Ok(request) => sign_in::meaning(&request, text, lens),
        Err(SignInError::Malformed) => sign_in::malformed(text, lens),
        Err(SignInError::NotSignIn) => note_of(text, lens),
    }
}

/// Words, as opposed to bytes that happen to be UTF-8: raw control codes are no part of any text.
fn is_words(text: &str) -> bool {
    !text.contains(|c: char| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t'))
}

fn note_of(text: &str, lens: &dyn Lens) -> Meaning {
    // A line end of Windows is a line end.
    let readable = Readable::new(&text.replace("\r\n", "\n"));
    let quote = readable.quote();
    let shown_in_full = quote == readable.text;
    let template = if lens.origin().is_some() { Template::Text } else { Template::OwnText };
    let mut draft = Draft::new(template, Kind::PlainText, "Sign", lens);
    if let Some(site) = site(lens) {
        draft = draft.slot(site);
    }
    let tone = if readable.deceptive { Tone::Care } else { Tone::Plain };
    let hidden = readable.deceptive.then(|| {
        note(
            Tone::Care,
            "hidden-characters",
            "The note has characters that cannot be seen.",
            "They can hide or reorder words, so they are written out in brackets. Read the whole note before you sign.",
        )
    });
    let empty = readable.text.trim().is_empty().then(|| {
        note(
            Tone::Care,
            "empty-note",
            "The note is empty.",
            "A signature under nothing still proves that you were here. Sign it only if you trust who asks.",
        )
    });
    let code = is_code(text).then(|| {
        note(
            Tone::Care,
            "code-note",
            "The note is a code, not words.",
            "We cannot say what it stands for. Sign it only if you trust who asks.",
        )
    });
    draft
        .slot(slot("note", tone, quote, exact_text(&readable.text)))
        .notes(hidden.into_iter().chain(empty).chain(code))
        .words((!shown_in_full).then_some(readable.text))
        .finish()
}

/// A hash written as text.
fn is_code(text: &str) -> bool {
    let digits = text.trim().trim_start_matches("0x");
    digits.len() >= 64 && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

fn unreadable(bytes: &[u8], lens: &dyn Lens) -> Meaning {
    let (tone, remark) = if bytes.len() == 32 {
        let why = "Such a code can stand for a payment out of a shared or smart account. Reject it unless you know exactly what it is.";
        (Tone::Risk, note(Tone::Risk, "bare-hash", "This is a bare code, as for a payment.", why))
    } else {
        let why = "We cannot say what it is for. Sign it only if you trust who asks.";
        (Tone::Care, note(Tone::Care, "not-words", "The message is not made of words.", why))
    };
    let words = format!("0x{}", hex::encode(bytes));
    unexplained(Kind::UnknownMessage, tone, exact_bytes(bytes), lens).note(remark).words(Some(words)).finish()
}

/// “Sign a message we cannot explain”.
pub(crate) fn unexplained(kind: Kind, tone: Tone, exact: String, lens: &dyn Lens) -> Draft {
    let template = if lens.origin().is_some() { Template::Unexplained } else { Template::OwnUnexplained };
    let draft = Draft::new(template, kind, "Sign", lens).slot(slot("problem", tone, "cannot explain", exact));
    match site(lens) {
        Some(site) => draft.slot(site),
        None => draft,
    }
}
