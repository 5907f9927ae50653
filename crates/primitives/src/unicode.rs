use zeroize::Zeroizing;

/// Unicode's normal forms, handed in by whoever runs the core: every browser has the tables already, and they weigh
/// more than all cryptography here.
pub trait Unicode {
    /// The compatibility decomposition (NFKD, Unicode Standard Annex 15) of a text.
    fn nfkd(&self, text: &str) -> Zeroizing<String>;
}
