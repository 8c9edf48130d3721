//! Rules about Dockerfiles.

pub mod latest_base_image;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[&latest_base_image::RULE];
