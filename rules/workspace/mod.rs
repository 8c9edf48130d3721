//! Rules across files.

pub mod dangling_service;
pub mod image_user_vs_run_as_non_root;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[&dangling_service::RULE, &image_user_vs_run_as_non_root::RULE];
