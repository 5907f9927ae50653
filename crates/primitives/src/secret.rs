use core::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A value that is wiped when dropped, never printed, never compared or copied by accident.
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes ownership; the caller keeps no copy.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Each use is a place to review: do not clone, log or store what comes out.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, for filling it in place.
    pub const fn expose_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> ZeroizeOnDrop for Secret<T> {}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_not_printed() {
        assert_eq!(format!("{:?}", Secret::new(String::from("abandon"))), "Secret(…)");
    }
}
