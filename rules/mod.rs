//! The catalogue: every built-in rule, one file each.

pub mod dockerfile;
pub mod engine;
pub mod kubernetes;
pub mod workspace;

use crate::rule::Rule;

/// Every built-in rule, in the order of the tables.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [dockerfile::ALL, kubernetes::ALL, workspace::ALL, engine::ALL].into_iter().flatten().copied()
}
