//! Rules about Kubernetes manifests.

pub mod apparmor_unconfined;
pub mod capabilities_beyond_default;
pub mod capabilities_not_dropped;
pub mod container_runtime_socket;
pub mod custom_selinux_options;
pub mod default_service_account;
pub mod disallowed_volume_type;
pub mod duplicate_env_var;
pub mod duplicate_key;
pub mod ephemeral_containers_declared;
pub mod host_aliases;
pub mod host_ipc;
pub mod host_network;
pub mod host_path_volume;
pub mod host_pid;
pub mod host_port;
pub mod host_probe_or_lifecycle_host;
pub mod latest_image;
pub mod low_group_id;
pub mod low_user_id;
pub mod may_run_as_root;
pub mod mismatched_selector;
pub mod missing_container_security_context;
pub mod missing_cpu_request;
pub mod missing_memory_limit;
pub mod missing_pod_security_context;
pub mod namespace_without_pod_security_label;
pub mod net_raw_capability_added;
pub mod net_raw_not_dropped;
pub mod no_linux_hardening;
pub mod privilege_escalation_container;
pub mod privileged_container;
pub mod root_group;
pub mod run_as_user_zero;
pub mod runtime_class_not_allowed;
pub mod scc_allows_privileged;
pub mod seccomp_profile_missing;
pub mod seccomp_unconfined;
pub mod sensitive_host_mounts;
pub mod service_account_token_automounted;
pub mod sudo_in_command;
pub mod sys_admin_capability_added;
pub mod sys_module_capability_added;
pub mod sysctl_value_injection;
pub mod unsafe_proc_mount;
pub mod unsafe_sysctls;
pub mod windows_container_administrator;
pub mod windows_host_process;
pub mod writable_host_mount;
pub mod writable_root_filesystem;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[
    &apparmor_unconfined::RULE,
    &capabilities_beyond_default::RULE,
    &capabilities_not_dropped::RULE,
    &container_runtime_socket::RULE,
    &custom_selinux_options::RULE,
    &default_service_account::RULE,
    &disallowed_volume_type::RULE,
    &duplicate_env_var::RULE,
    &duplicate_key::RULE,
    &ephemeral_containers_declared::RULE,
    &host_aliases::RULE,
    &host_ipc::RULE,
    &host_network::RULE,
    &host_path_volume::RULE,
    &host_pid::RULE,
    &host_port::RULE,
    &host_probe_or_lifecycle_host::RULE,
    &latest_image::RULE,
    &low_group_id::RULE,
    &low_user_id::RULE,
    &may_run_as_root::RULE,
    &mismatched_selector::RULE,
    &missing_container_security_context::RULE,
    &missing_cpu_request::RULE,
    &missing_memory_limit::RULE,
    &missing_pod_security_context::RULE,
    &namespace_without_pod_security_label::RULE,
    &net_raw_capability_added::RULE,
    &net_raw_not_dropped::RULE,
    &no_linux_hardening::RULE,
    &privilege_escalation_container::RULE,
    &privileged_container::RULE,
    &root_group::RULE,
    &run_as_user_zero::RULE,
    &runtime_class_not_allowed::RULE,
    &scc_allows_privileged::RULE,
    &seccomp_profile_missing::RULE,
    &seccomp_unconfined::RULE,
    &sensitive_host_mounts::RULE,
    &service_account_token_automounted::RULE,
    &sudo_in_command::RULE,
    &sys_admin_capability_added::RULE,
    &sys_module_capability_added::RULE,
    &sysctl_value_injection::RULE,
    &unsafe_proc_mount::RULE,
    &unsafe_sysctls::RULE,
    &windows_container_administrator::RULE,
    &windows_host_process::RULE,
    &writable_host_mount::RULE,
    &writable_root_filesystem::RULE,
];
