//! QR codes (ISO/IEC 18004), as one path of unit squares.

use qrcodegen::{QrCode, QrCodeEcc};

/// White modules around the code; scanners need four.
const QUIET: i32 = 4;

/// The side of the code with its quiet zone, in modules, and the path of its dark modules. Nothing if the text is
/// too long for any code.
#[must_use]
pub fn path(text: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    Some((code.size() + 2 * QUIET, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_a_small_code() {
        let (size, path) = path("0x7C3e5A0b9d41f28C6e17B3A4D05f92c86B1e91Ab").unwrap();
        // Version 3: 29 modules, and four of quiet on each side, as the design's drawing has.
        assert_eq!(size, 37);
        assert!(path.starts_with("M4 4h1v1h-1z"));
    }
}
