use crate::{
    Kind, Lens, Meaning, Template, Tone,
    parts::{Draft, account, note, site},
    text::Readable,
};

/// What became of an encrypted message when the wallet tried to read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened<'a> {
    /// It was not tried: the wallet is locked.
    NotYet,
    /// This is what it says.
    Text(&'a str),
    /// It was made for another account, or damaged.
    Failed,
}

/// A site asks for the key with which anyone can write to the account (`eth_getEncryptionPublicKey`).
#[must_use]
pub fn encryption_key(lens: &dyn Lens) -> Meaning {
    let harmless = note(
        Tone::Plain,
        "encryption-key",
        "This key is for writing to you, not for reading or signing.",
        "Whoever has it can write messages that only this account can read. Nothing moves and nothing is allowed.",
    );
    draft(Template::EncryptionKey, Kind::EncryptionKey, "Let it write", lens).note(harmless).finish()
}

/// A site asks for the text of an encrypted message (`eth_decrypt`).
#[must_use]
pub fn decrypt(opened: Opened<'_>, lens: &dyn Lens) -> Meaning {
    let draft = draft(Template::Decrypt, Kind::Decrypt, "Let it read", lens).note(note(
        Tone::Care,
        "decrypt",
        "The site will know what the message says.",
        "Read it first. Let the site read it only if it may know all of it.",
    ));
    match opened {
        Opened::NotYet => draft,
        Opened::Text(text) => draft.words(Some(Readable::new(text).text)),
        Opened::Failed => draft.note(note(
            Tone::Care,
            "cannot-decrypt",
            "We cannot read this message.",
            "It was written for another account, or damaged on its way. Reject it.",
        )),
    }
    .finish()
}

fn draft(template: Template, kind: Kind, verb: &'static str, lens: &dyn Lens) -> Draft {
    let draft = Draft::new(template, kind, verb, lens).slot(account(lens));
    match site(lens) {
        Some(site) => draft.slot(site),
        None => draft,
    }
}
