//! Rules about Kubernetes manifests.

pub mod privileged_container;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[&privileged_container::RULE];
