//! Scenarios over the whole core.
