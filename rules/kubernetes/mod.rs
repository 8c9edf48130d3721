//! Rules about Kubernetes manifests.

pub mod capabilities_not_dropped;
pub mod container_runtime_socket;
pub mod duplicate_env_var;
pub mod duplicate_key;
pub mod host_ipc;
pub mod host_network;
pub mod host_path_volume;
pub mod host_pid;
pub mod latest_image;
pub mod may_run_as_root;
pub mod mismatched_selector;
pub mod missing_cpu_request;
pub mod missing_memory_limit;
pub mod privilege_escalation_container;
pub mod privileged_container;
pub mod run_as_user_zero;
pub mod seccomp_profile_missing;
pub mod writable_root_filesystem;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[
    &capabilities_not_dropped::RULE,
    &container_runtime_socket::RULE,
    &duplicate_env_var::RULE,
    &duplicate_key::RULE,
    &host_ipc::RULE,
    &host_network::RULE,
    &host_path_volume::RULE,
    &host_pid::RULE,
    &latest_image::RULE,
    &may_run_as_root::RULE,
    &mismatched_selector::RULE,
    &missing_cpu_request::RULE,
    &missing_memory_limit::RULE,
    &privilege_escalation_container::RULE,
    &privileged_container::RULE,
    &run_as_user_zero::RULE,
    &seccomp_profile_missing::RULE,
    &writable_root_filesystem::RULE,
];
