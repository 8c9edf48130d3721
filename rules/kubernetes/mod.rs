//! Rules about Kubernetes manifests.

pub mod binding_to_system_group;
pub mod broad_delete_access;
pub mod capabilities_not_dropped;
pub mod cluster_admin_role_binding;
pub mod committed_secret;
pub mod configmap_write_access;
pub mod container_runtime_socket;
pub mod csr_approval;
pub mod default_service_account_bound;
pub mod deprecated_seccomp_apparmor_annotations;
pub mod deprecated_service_account_field;
pub mod duplicate_env_var;
pub mod duplicate_key;
pub mod escalate_or_bind_permission;
pub mod extensions_v1beta1_api;
pub mod gatekeeper_ambiguous_repo;
pub mod host_ipc;
pub mod host_network;
pub mod host_path_volume;
pub mod host_pid;
pub mod hpa_max_not_above_min;
pub mod impersonate_permission;
pub mod ingress_host_not_in_tls;
pub mod invalid_cron_schedule;
pub mod invalid_job_restart_policy;
pub mod invalid_label_value;
pub mod invalid_target_port;
pub mod invalid_topology_spread;
pub mod latest_image;
pub mod may_run_as_root;
pub mod mismatched_selector;
pub mod missing_cpu_request;
pub mod missing_memory_limit;
pub mod network_write_access;
pub mod nginx_ingress_injection;
pub mod node_proxy_access;
pub mod pdb_blocks_all_evictions;
pub mod pdb_without_policy;
pub mod persistent_volume_creation;
pub mod pod_creation_access;
pub mod pod_exec_access;
pub mod pod_security_policy_resource;
pub mod privilege_escalation_container;
pub mod privileged_container;
pub mod removed_api;
pub mod run_as_user_zero;
pub mod seccomp_profile_missing;
pub mod secret_access;
pub mod secret_exposed_as_env;
pub mod secret_in_configmap;
pub mod secret_in_env;
pub mod service_external_ips;
pub mod service_external_name_localhost;
pub mod services_status_write;
pub mod token_creation;
pub mod undeclared_liveness_port;
pub mod undeclared_readiness_port;
pub mod undeclared_startup_port;
pub mod webhook_configuration_write;
pub mod wildcard_in_rules;
pub mod writable_root_filesystem;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[
    &binding_to_system_group::RULE,
    &broad_delete_access::RULE,
    &capabilities_not_dropped::RULE,
    &cluster_admin_role_binding::RULE,
    &committed_secret::RULE,
    &configmap_write_access::RULE,
    &container_runtime_socket::RULE,
    &csr_approval::RULE,
    &default_service_account_bound::RULE,
    &deprecated_seccomp_apparmor_annotations::RULE,
    &deprecated_service_account_field::RULE,
    &duplicate_env_var::RULE,
    &duplicate_key::RULE,
    &escalate_or_bind_permission::RULE,
    &extensions_v1beta1_api::RULE,
    &gatekeeper_ambiguous_repo::RULE,
    &host_ipc::RULE,
    &host_network::RULE,
    &host_path_volume::RULE,
    &host_pid::RULE,
    &hpa_max_not_above_min::RULE,
    &impersonate_permission::RULE,
    &ingress_host_not_in_tls::RULE,
    &invalid_cron_schedule::RULE,
    &invalid_job_restart_policy::RULE,
    &invalid_label_value::RULE,
    &invalid_target_port::RULE,
    &invalid_topology_spread::RULE,
    &latest_image::RULE,
    &may_run_as_root::RULE,
    &mismatched_selector::RULE,
    &missing_cpu_request::RULE,
    &missing_memory_limit::RULE,
    &network_write_access::RULE,
    &nginx_ingress_injection::RULE,
    &node_proxy_access::RULE,
    &pdb_blocks_all_evictions::RULE,
    &pdb_without_policy::RULE,
    &persistent_volume_creation::RULE,
    &pod_creation_access::RULE,
    &pod_exec_access::RULE,
    &pod_security_policy_resource::RULE,
    &privilege_escalation_container::RULE,
    &privileged_container::RULE,
    &removed_api::RULE,
    &run_as_user_zero::RULE,
    &seccomp_profile_missing::RULE,
    &secret_access::RULE,
    &secret_exposed_as_env::RULE,
    &secret_in_configmap::RULE,
    &secret_in_env::RULE,
    &service_external_ips::RULE,
    &service_external_name_localhost::RULE,
    &services_status_write::RULE,
    &token_creation::RULE,
    &undeclared_liveness_port::RULE,
    &undeclared_readiness_port::RULE,
    &undeclared_startup_port::RULE,
    &webhook_configuration_write::RULE,
    &wildcard_in_rules::RULE,
    &writable_root_filesystem::RULE,
];
