//! Rules of this family.
use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[];
