//! Findings that the engine itself makes.

pub mod internal_error;
pub mod invalid_policy;
pub mod invalid_suppression;
pub mod invalid_utf8;
pub mod parse_error;
pub mod too_many_findings;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[
    &parse_error::RULE,
    &invalid_utf8::RULE,
    &internal_error::RULE,
    &invalid_policy::RULE,
    &invalid_suppression::RULE,
    &too_many_findings::RULE,
];
