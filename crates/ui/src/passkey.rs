//! Passkeys as keys: WebAuthn's PRF extension (WebAuthn Level 3, section 10.1.4) gives 32 bytes that only this
//! authenticator can, for this credential and salt, after the person proved to be there. Where it does not, there is
//! no passkey: nothing that could be guessed stands in for it.

use candor_protocol::{
    ui::{SecretText, UiError, UiErrorCode},
    view::PasskeyView,
};
use js_sys::{Array, ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use zeroize::Zeroizing;

use crate::{browser::object, screens::parts::doing::told};

/// What a passkey gave.
#[derive(Debug)]
pub struct PrfOutput {
    /// The id of its credential, hexadecimal.
    pub credential: String,
    /// What its PRF was evaluated for, hexadecimal.
    pub salt: String,
    /// What that gave: 32 bytes, hexadecimal.
    pub secret: SecretText,
}

/// Whether this browser says that it has passkeys with the PRF extension.
pub async fn is_offered() -> bool {
    let asked = get(&window(), "PublicKeyCredential").and_then(|class| {
        let ask: Function = get(&class, "getClientCapabilities")?.dyn_into().ok()?;
        ask.call0(&class).ok()?.dyn_into::<Promise>().ok()
    });
    let Some(asked) = asked else { return false };
    let capabilities = JsFuture::from(asked).await.ok();
    capabilities.and_then(|all| get(&all, "extension:prf")).is_some_and(|prf| prf.is_truthy())
}

/// Makes a new passkey, and has it give its key.
///
/// # Errors
/// The person or the browser did not want to, or this kind of passkey has no PRF.
pub async fn make(known: &[PasskeyView]) -> Result<PrfOutput, UiError> {
    let salt = random(32)?;
    let parameters = Array::new();
    for algorithm in [-7, -257] {
        parameters.push(&object(&[("type", "public-key".into()), ("alg", algorithm.into())]));
    }
    let user =
        object(&[("id", random(16)?.into()), ("name", "Candor".into()), ("displayName", "Candor".into())]);
    let selection = object(&[("residentKey", "preferred".into()), ("userVerification", "required".into())]);
    let evaluation = object(&[("eval", object(&[("first", salt.clone().into())]).into())]);
    let options = object(&[
        ("rp", object(&[("name", "Candor".into())]).into()),
        ("user", user.into()),
        ("challenge", random(32)?.into()),
        ("pubKeyCredParams", parameters.into()),
        ("excludeCredentials", descriptors(known).into()),
        ("authenticatorSelection", selection.into()),
        ("attestation", "none".into()),
        ("extensions", object(&[("prf", evaluation.into())]).into()),
    ]);
    let made = credential("create", &options).await?;
    let prf = extension_results(&made).ok_or_else(no_prf)?;
    if !get(&prf, "enabled").is_some_and(|enabled| enabled.is_truthy()) {
        return Err(no_prf());
    }
    let id = raw_id(&made).ok_or_else(no_prf)?;
    let new = PasskeyView { slot: 0, credential: id, salt: hex_of(&salt) };
    match first_of(&prf) {
        Some(secret) => Ok(PrfOutput { credential: new.credential, salt: new.salt, secret }),
        // Many give it only when asked again.
        None => ask(&[new]).await,
    }
}

/// Has one of these passkeys give its key.
///
/// # Errors
/// The person or the browser did not want to.
pub async fn ask(passkeys: &[PasskeyView]) -> Result<PrfOutput, UiError> {
    let by_credential = Object::new();
    for passkey in passkeys {
        let salt = object(&[("first", bytes_of(&passkey.salt).into())]);
        // A plain object takes every property.
        drop(Reflect::set(&by_credential, &base64url(&passkey.credential).into(), &salt));
    }
    let evaluation = object(&[("evalByCredential", by_credential.into())]);
    let options = object(&[
        ("challenge", random(32)?.into()),
        ("allowCredentials", descriptors(passkeys).into()),
        ("userVerification", "required".into()),
        ("extensions", object(&[("prf", evaluation.into())]).into()),
    ]);
    let given = credential("get", &options).await?;
    let credential = raw_id(&given).ok_or_else(no_prf)?;
    let salt = passkeys.iter().find(|one| one.credential == credential).map(|one| one.salt.clone());
    let secret = extension_results(&given).and_then(|prf| first_of(&prf));
    match (salt, secret) {
        (Some(salt), Some(secret)) => Ok(PrfOutput { credential, salt, secret }),
        _ => Err(no_prf()),
    }
}

async fn credential(how: &str, options: &Object) -> Result<JsValue, UiError> {
    let credentials = get(&window().navigator(), "credentials").ok_or_else(not_used)?;
    let method: Function =
        get(&credentials, how).and_then(|method| method.dyn_into().ok()).ok_or_else(not_used)?;
    let options = object(&[("publicKey", options.into())]);
    let asked = method.call1(&credentials, &options).map_err(|_| not_used())?;
    JsFuture::from(Promise::from(asked)).await.map_err(|_| not_used())
}

/// `prf` of what the extensions said.
fn extension_results(credential: &JsValue) -> Option<JsValue> {
    let method: Function = get(credential, "getClientExtensionResults")?.dyn_into().ok()?;
    get(&method.call0(credential).ok()?, "prf").filter(JsValue::is_object)
}

fn first_of(prf: &JsValue) -> Option<SecretText> {
    let first = get(&get(prf, "results")?, "first")?;
    let bytes = match first.dyn_into::<ArrayBuffer>() {
        Ok(buffer) => Uint8Array::new(&buffer),
        Err(other) => other.dyn_into().ok()?,
    };
    let secret = (bytes.length() == 32).then(|| SecretText(hex_of(&bytes)));
    bytes.fill(0, 0, bytes.length());
    secret
}

fn raw_id(credential: &JsValue) -> Option<String> {
    let buffer: ArrayBuffer = get(credential, "rawId")?.dyn_into().ok()?;
    Some(hex_of(&Uint8Array::new(&buffer)))
}

fn descriptors(passkeys: &[PasskeyView]) -> Array {
    let all = Array::new();
    for passkey in passkeys {
        let id = bytes_of(&passkey.credential);
        all.push(&object(&[("type", "public-key".into()), ("id", id.into())]));
    }
    all
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

fn random(length: u32) -> Result<Uint8Array, UiError> {
    let bytes = Uint8Array::new_with_length(length);
    let filled = get(&window(), "crypto").and_then(|crypto| {
        let method: Function = get(&crypto, "getRandomValues")?.dyn_into().ok()?;
        method.call1(&crypto, &bytes).ok()
    });
    filled.map(|_| bytes).ok_or_else(not_used)
}

fn hex_of(bytes: &Uint8Array) -> String {
    let bytes = Zeroizing::new(bytes.to_vec());
    let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn bytes_of(hex: &str) -> Uint8Array {
    let digits: Vec<u32> = hex.chars().filter_map(|c| c.to_digit(16)).collect();
    let bytes: Vec<u8> = digits
        .chunks_exact(2)
        .filter_map(|pair| u8::try_from(pair.iter().fold(0, |sum, digit| sum * 16 + digit)).ok())
        .collect();
    Uint8Array::from(&bytes[..])
}

/// The id of a credential as WebAuthn names it in `evalByCredential`.
fn base64url(hex: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<u32> = hex
        .chars()
        .filter_map(|c| c.to_digit(16))
        .flat_map(|digit| [digit >> 3 & 1, digit >> 2 & 1, digit >> 1 & 1, digit & 1])
        .collect();
    let sextet = |bits: &[u32]| {
        let padded = (0..6).map(|n| bits.get(n).copied().unwrap_or_default());
        let index = padded.fold(0, |sum, bit| sum * 2 + bit);
        usize::try_from(index)
            .ok()
            .and_then(|index| ALPHABET.get(index))
            .map_or('A', |byte| char::from(*byte))
    };
    bits.chunks(6).map(sextet).collect()
}

fn not_used() -> UiError {
    told(
        UiErrorCode::Invalid,
        "The passkey was not used.",
        "The browser did not offer it, or the question was closed. Your password opens Candor as before.",
    )
}

fn no_prf() -> UiError {
    told(
        UiErrorCode::Invalid,
        "This kind of passkey cannot hold a key.",
        "Another one may: of this computer, of a phone, or a newer security key. Your password opens Candor as before.",
    )
}

#[cfg(test)]
mod tests {
    use super::base64url;

    #[test]
    fn credential_ids_are_named_as_webauthn_does() {
        let check = |hex: &str, expected: &str| assert_eq!(base64url(hex), expected, "{hex}");
        // RFC 4648, section 10, and the two characters that differ.
        check("", "");
        check("66", "Zg");
        check("666f", "Zm8");
        check("666f6f", "Zm9v");
        check("666f6f626172", "Zm9vYmFy");
        check("fbff", "-_8");
    }
}
