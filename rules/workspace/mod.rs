//! Rules across files.

pub mod arch_mismatch;
pub mod command_not_in_image;
pub mod dangling_service;
pub mod healthcheck_vs_probes;
pub mod image_port_vs_container_port;
pub mod image_user_vs_run_as_non_root;
pub mod service_target_port_unresolved;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[
    &arch_mismatch::RULE,
    &command_not_in_image::RULE,
    &dangling_service::RULE,
    &healthcheck_vs_probes::RULE,
    &image_port_vs_container_port::RULE,
    &image_user_vs_run_as_non_root::RULE,
    &service_target_port_unresolved::RULE,
];
