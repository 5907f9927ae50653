//! What pages ask the module that reads QR codes.

use serde::{Deserialize, Serialize};

/// Pictures are made no wider and no higher than this, in pixels.
pub const LARGEST_SIDE: usize = 1200;
/// Codes with longer texts, in bytes, name no receiver.
pub const LONGEST_TEXT: usize = 500;

/// A picture without its colours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Pixels in a line.
    pub width: u32,
    /// A byte for every pixel, line after line, 0 for black; in hexadecimal.
    pub shades: String,
}
