//! Rules about Kubernetes manifests.

pub mod apparmor_unconfined;
pub mod capabilities_beyond_default;
pub mod capabilities_not_dropped;
pub mod container_runtime_socket;
pub mod custom_selinux_options;
pub mod disallowed_volume_type;
pub mod duplicate_env_var;
pub mod duplicate_key;
pub mod host_ipc;
pub mod host_network;
pub mod host_path_volume;
pub mod host_pid;
pub mod host_port;
pub mod host_probe_or_lifecycle_host;
pub mod latest_image;
pub mod may_run_as_root;
pub mod mismatched_selector;
pub mod missing_cpu_request;
pub mod missing_memory_limit;
pub mod net_raw_capability_added;
pub mod privilege_escalation_container;
pub mod privileged_container;
pub mod run_as_user_zero;
pub mod seccomp_profile_missing;
pub mod seccomp_unconfined;
pub mod sys_admin_capability_added;
pub mod sys_module_capability_added;
pub mod unsafe_proc_mount;
pub mod unsafe_sysctls;
pub mod windows_host_process;
pub mod writable_root_filesystem;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[
    &apparmor_unconfined::RULE,
    &capabilities_beyond_default::RULE,
    &capabilities_not_dropped::RULE,
    &container_runtime_socket::RULE,
    &custom_selinux_options::RULE,
    &disallowed_volume_type::RULE,
    &duplicate_env_var::RULE,
    &duplicate_key::RULE,
    &host_ipc::RULE,
    &host_network::RULE,
    &host_path_volume::RULE,
    &host_pid::RULE,
    &host_port::RULE,
    &host_probe_or_lifecycle_host::RULE,
    &latest_image::RULE,
    &may_run_as_root::RULE,
    &mismatched_selector::RULE,
    &missing_cpu_request::RULE,
    &missing_memory_limit::RULE,
    &net_raw_capability_added::RULE,
    &privilege_escalation_container::RULE,
    &privileged_container::RULE,
    &run_as_user_zero::RULE,
    &seccomp_profile_missing::RULE,
    &seccomp_unconfined::RULE,
    &sys_admin_capability_added::RULE,
    &sys_module_capability_added::RULE,
    &unsafe_proc_mount::RULE,
    &unsafe_sysctls::RULE,
    &windows_host_process::RULE,
    &writable_root_filesystem::RULE,
];
