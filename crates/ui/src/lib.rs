//! Every surface a person sees.

pub mod model;
