//! QR codes (ISO/IEC 18004) in pictures, behind one function for a worker that is thrown away: what decodes pictures of
//! strangers sees nothing else of the wallet. It is loaded while a receiver is scanned, and at no other time.

use candor_protocol::{
    scan::{LARGEST_SIDE, LONGEST_TEXT, Picture},
    ui::Reply,
};
use wasm_bindgen::prelude::wasm_bindgen;

/// Answers a [`Picture`], as JSON, with the text of the code in it, as JSON: `{"ok":"…"}`, or `{"ok":null}` where no code
/// can be read.
#[must_use]
#[wasm_bindgen]
pub fn call(json: &str) -> String {
    let text = serde_json::from_str::<Picture>(json).ok().and_then(|picture| text(&picture));
    serde_json::to_string(&Reply::Ok(text)).unwrap_or_default()
}

/// The first code that can be read, if there are several.
fn text(picture: &Picture) -> Option<String> {
    let shades = hex::decode(&picture.shades).ok()?;
    let width = usize::try_from(picture.width).ok().filter(|width| (1..=LARGEST_SIDE).contains(width))?;
    let height = shades.len() / width;
    if height == 0 || height > LARGEST_SIDE || height * width != shades.len() {
        return None;
    }
    let shade = |x: usize, y: usize| shades.get(y * width + x).copied().unwrap_or(u8::MAX);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, shade);
    let grids = image.detect_grids();
    grids
        .iter()
        .find_map(|grid| grid.decode().ok())
        .map(|(_, text)| text)
        .filter(|text| text.len() <= LONGEST_TEXT)
}

#[cfg(test)]
mod tests {
    use qrcodegen::{QrCode, QrCodeEcc};

    use super::*;

    const ADDRESS: &str = "0x7C3e5A0b9d41f28C6e17B3A4D05f92c86B1e91Ab";

    /// A code as the receive screen draws it, some pixels to a module, in a picture with more around it.
    fn drawn(text: &str, module: i32, dark: u8, light: u8) -> Picture {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        let side = (code.size() + 8) * module + 40;
        let at = |x: i32| (x - 20).div_euclid(module) - 4;
        let pixels = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
        let shades: Vec<u8> =
            pixels.map(|(x, y)| if code.get_module(at(x), at(y)) { dark } else { light }).collect();
        Picture { width: u32::try_from(side).unwrap(), shades: hex::encode(shades) }
    }

    #[test]
    fn codes_are_read_whatever_they_hold() {
        let check = |said: &str, module: i32, dark: u8, light: u8| {
            assert_eq!(text(&drawn(said, module, dark, light)).as_deref(), Some(said), "{said} {module}");
        };
        check(ADDRESS, 3, 0, 255);
        check(ADDRESS, 8, 60, 170);
        check(&format!("ethereum:{ADDRESS}@8453?value=1500000000000000000"), 4, 0, 255);
        check("bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", 4, 0, 255);
    }

    #[test]
    fn what_is_no_code_is_nothing() {
        let check = |picture: Picture| assert_eq!(text(&picture), None, "{} wide", picture.width);
        check(Picture { width: 0, shades: String::new() });
        check(Picture { width: 0, shades: "ff".repeat(100) });
        check(Picture { width: 10, shades: "ff".repeat(101) });
        check(Picture { width: 10, shades: "zz".repeat(100) });
        check(Picture { width: 100_000, shades: "ff".repeat(100_000) });
        check(Picture { width: 1, shades: "ff".repeat(100_000) });
        check(Picture { width: 100, shades: "ff".repeat(10_000) });
        check(drawn(&"x".repeat(LONGEST_TEXT + 1), 3, 0, 255));
        // Half a code.
        let mut half = drawn(ADDRESS, 4, 0, 255);
        half.shades.truncate(usize::try_from(half.width).unwrap() * 2 * 90);
        check(half);
    }

    #[test]
    fn a_call_is_json_both_ways() {
        assert_eq!(call("not json"), r#"{"ok":null}"#);
        let picture = serde_json::to_string(&drawn(ADDRESS, 4, 0, 255)).unwrap();
        assert_eq!(call(&picture), format!(r#"{{"ok":"{ADDRESS}"}}"#));
    }
}
