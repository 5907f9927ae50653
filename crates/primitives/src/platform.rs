use crate::{Entropy, Unicode};

/// What the core needs of the place it runs in and cannot compute.
pub trait Platform: Entropy + Unicode {}

impl<T: Entropy + Unicode> Platform for T {}
