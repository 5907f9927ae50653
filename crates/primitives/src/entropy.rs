/// A source of cryptographic randomness, handed in by whoever runs the core.
pub trait Entropy {
    /// Fills the whole buffer with unpredictable bytes.
    fn fill(&mut self, buffer: &mut [u8]);

    /// An array of unpredictable bytes.
    fn array<const N: usize>(&mut self) -> [u8; N]
    where
        Self: Sized,
    {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}
