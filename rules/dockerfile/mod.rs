//! Rules about Dockerfiles.

pub mod latest_base_image;
pub mod shell_problem;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[&latest_base_image::RULE, &shell_problem::RULE];
