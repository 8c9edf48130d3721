//! Rules about Kubernetes manifests.

pub mod apparmor_unconfined;
pub mod binding_to_system_group;
pub mod broad_delete_access;
pub mod capabilities_beyond_default;
pub mod capabilities_not_dropped;
pub mod cluster_admin_role_binding;
pub mod committed_secret;
pub mod configmap_write_access;
pub mod container_runtime_socket;
pub mod control_plane_apiserver_admission;
pub mod control_plane_apiserver_audit;
pub mod control_plane_apiserver_authentication;
pub mod control_plane_apiserver_authorization;
pub mod control_plane_apiserver_encryption;
pub mod control_plane_apiserver_endpoints;
pub mod control_plane_apiserver_tls;
pub mod control_plane_controller_manager;
pub mod control_plane_etcd;
pub mod control_plane_kube_proxy;
pub mod control_plane_kubelet;
pub mod control_plane_scheduler;
pub mod cpu_limit_set;
pub mod cronjob_without_deadline;
pub mod csr_approval;
pub mod custom_selinux_options;
pub mod default_namespace;
pub mod default_service_account;
pub mod default_service_account_bound;
pub mod deprecated_kubernetes_registry;
pub mod deprecated_seccomp_apparmor_annotations;
pub mod deprecated_service_account_field;
pub mod disallowed_volume_type;
pub mod duplicate_env_var;
pub mod duplicate_key;
pub mod duplicate_object;
pub mod emptydir_without_size_limit;
pub mod ephemeral_containers_declared;
pub mod escalate_or_bind_permission;
pub mod expensive_exec_probe;
pub mod extensions_v1beta1_api;
pub mod externally_exposed_service;
pub mod forbidden_annotation;
pub mod fsgroup_not_set;
pub mod gatekeeper_ambiguous_repo;
pub mod gpu_without_visible_devices;
pub mod host_aliases;
pub mod host_ipc;
pub mod host_network;
pub mod host_path_persistent_volume;
pub mod host_path_volume;
pub mod host_pid;
pub mod host_port;
pub mod host_probe_or_lifecycle_host;
pub mod hpa_max_not_above_min;
pub mod hpa_too_few_replicas;
pub mod identical_probes;
pub mod image_not_pinned_to_digest;
pub mod image_pull_policy_not_always;
pub mod impersonate_permission;
pub mod ingress_class_not_allowed;
pub mod ingress_default_backend;
pub mod ingress_empty_host;
pub mod ingress_host_not_in_tls;
pub mod ingress_wildcard_host;
pub mod ingress_without_tls;
pub mod instance_label_mismatch;
pub mod invalid_cron_schedule;
pub mod invalid_job_restart_policy;
pub mod invalid_label_value;
pub mod invalid_target_port;
pub mod invalid_topology_spread;
pub mod job_never_cleaned_up;
pub mod known_bad_image;
pub mod kube_system_namespace;
pub mod latest_image;
pub mod latest_image_not_always_pulled;
pub mod limit_range_incomplete;
pub mod loadbalancer_without_tls_annotation;
pub mod low_group_id;
pub mod low_user_id;
pub mod may_run_as_root;
pub mod mismatched_selector;
pub mod missing_annotation;
pub mod missing_anti_affinity;
pub mod missing_container_security_context;
pub mod missing_cpu_limit;
pub mod missing_cpu_request;
pub mod missing_dns_options;
pub mod missing_ephemeral_storage_request;
pub mod missing_image_pull_secrets;
pub mod missing_liveness_probe;
pub mod missing_memory_limit;
pub mod missing_memory_request;
pub mod missing_node_affinity;
pub mod missing_object_label;
pub mod missing_pod_security_context;
pub mod missing_rolling_update;
pub mod missing_storage_class;
pub mod missing_topology_spread;
pub mod missing_volume_claim_annotation;
pub mod naked_pod;
pub mod namespace_without_pod_security_label;
pub mod net_raw_capability_added;
pub mod net_raw_not_dropped;
pub mod network_write_access;
pub mod networkpolicy_without_selector;
pub mod nginx_ingress_injection;
pub mod nginx_ingress_sensitive_path;
pub mod nginx_ingress_snippets;
pub mod no_linux_hardening;
pub mod node_proxy_access;
pub mod pdb_blocks_all_evictions;
pub mod pdb_protects_unhealthy_pods;
pub mod pdb_without_policy;
pub mod persistent_volume_creation;
pub mod pod_creation_access;
pub mod pod_exec_access;
pub mod pod_security_policy_resource;
pub mod priority_class_not_allowed;
pub mod privilege_escalation_container;
pub mod privileged_container;
pub mod privileged_port;
pub mod read_write_once_volume;
pub mod removed_api;
pub mod request_above_limit;
pub mod requests_not_equal_limits;
pub mod resource_quota_incomplete;
pub mod root_group;
pub mod run_as_user_zero;
pub mod runtime_class_not_allowed;
pub mod scc_allows_privileged;
pub mod seccomp_profile_missing;
pub mod seccomp_unconfined;
pub mod secret_access;
pub mod secret_exposed_as_env;
pub mod secret_in_configmap;
pub mod secret_in_env;
pub mod sensitive_host_mounts;
pub mod service_account_token_automounted;
pub mod service_external_ips;
pub mod service_external_name_localhost;
pub mod services_status_write;
pub mod ssh_container_port;
pub mod storage_policy_violation;
pub mod sudo_in_command;
pub mod sys_admin_capability_added;
pub mod sys_module_capability_added;
pub mod sysctl_value_injection;
pub mod token_creation;
pub mod too_few_replicas;
pub mod too_many_containers;
pub mod undeclared_liveness_port;
pub mod undeclared_readiness_port;
pub mod undeclared_startup_port;
pub mod unexpected_restart_policy;
pub mod unnamed_container_port;
pub mod unsafe_proc_mount;
pub mod unsafe_sysctls;
pub mod unsorted_keys;
pub mod untrusted_registry;
pub mod volume_mount_unresolved;
pub mod vulnerable_known_component;
pub mod weak_agent_sandbox;
pub mod webhook_configuration_write;
pub mod wildcard_in_rules;
pub mod windows_container_administrator;
pub mod windows_host_process;
pub mod writable_host_mount;
pub mod writable_root_filesystem;
pub mod yaml_norway_and_octal;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[
    &apparmor_unconfined::RULE,
    &binding_to_system_group::RULE,
    &broad_delete_access::RULE,
    &capabilities_beyond_default::RULE,
    &capabilities_not_dropped::RULE,
    &cluster_admin_role_binding::RULE,
    &committed_secret::RULE,
    &configmap_write_access::RULE,
    &container_runtime_socket::RULE,
    &control_plane_apiserver_admission::RULE,
    &control_plane_apiserver_audit::RULE,
    &control_plane_apiserver_authentication::RULE,
    &control_plane_apiserver_authorization::RULE,
    &control_plane_apiserver_encryption::RULE,
    &control_plane_apiserver_endpoints::RULE,
    &control_plane_apiserver_tls::RULE,
    &control_plane_controller_manager::RULE,
    &control_plane_etcd::RULE,
    &control_plane_kube_proxy::RULE,
    &control_plane_kubelet::RULE,
    &control_plane_scheduler::RULE,
    &cpu_limit_set::RULE,
    &cronjob_without_deadline::RULE,
    &csr_approval::RULE,
    &custom_selinux_options::RULE,
    &default_namespace::RULE,
    &default_service_account::RULE,
    &default_service_account_bound::RULE,
    &deprecated_kubernetes_registry::RULE,
    &deprecated_seccomp_apparmor_annotations::RULE,
    &deprecated_service_account_field::RULE,
    &disallowed_volume_type::RULE,
    &duplicate_env_var::RULE,
    &duplicate_key::RULE,
    &duplicate_object::RULE,
    &emptydir_without_size_limit::RULE,
    &ephemeral_containers_declared::RULE,
    &escalate_or_bind_permission::RULE,
    &expensive_exec_probe::RULE,
    &extensions_v1beta1_api::RULE,
    &externally_exposed_service::RULE,
    &forbidden_annotation::RULE,
    &fsgroup_not_set::RULE,
    &gatekeeper_ambiguous_repo::RULE,
    &gpu_without_visible_devices::RULE,
    &host_aliases::RULE,
    &host_ipc::RULE,
    &host_network::RULE,
    &host_path_persistent_volume::RULE,
    &host_path_volume::RULE,
    &host_pid::RULE,
    &host_port::RULE,
    &host_probe_or_lifecycle_host::RULE,
    &hpa_max_not_above_min::RULE,
    &hpa_too_few_replicas::RULE,
    &identical_probes::RULE,
    &image_not_pinned_to_digest::RULE,
    &image_pull_policy_not_always::RULE,
    &impersonate_permission::RULE,
    &ingress_class_not_allowed::RULE,
    &ingress_default_backend::RULE,
    &ingress_empty_host::RULE,
    &ingress_host_not_in_tls::RULE,
    &ingress_wildcard_host::RULE,
    &ingress_without_tls::RULE,
    &instance_label_mismatch::RULE,
    &invalid_cron_schedule::RULE,
    &invalid_job_restart_policy::RULE,
    &invalid_label_value::RULE,
    &invalid_target_port::RULE,
    &invalid_topology_spread::RULE,
    &job_never_cleaned_up::RULE,
    &known_bad_image::RULE,
    &kube_system_namespace::RULE,
    &latest_image::RULE,
    &latest_image_not_always_pulled::RULE,
    &limit_range_incomplete::RULE,
    &loadbalancer_without_tls_annotation::RULE,
    &low_group_id::RULE,
    &low_user_id::RULE,
    &may_run_as_root::RULE,
    &mismatched_selector::RULE,
    &missing_annotation::RULE,
    &missing_anti_affinity::RULE,
    &missing_container_security_context::RULE,
    &missing_cpu_limit::RULE,
    &missing_cpu_request::RULE,
    &missing_dns_options::RULE,
    &missing_ephemeral_storage_request::RULE,
    &missing_image_pull_secrets::RULE,
    &missing_liveness_probe::RULE,
    &missing_memory_limit::RULE,
    &missing_memory_request::RULE,
    &missing_node_affinity::RULE,
    &missing_object_label::RULE,
    &missing_pod_security_context::RULE,
    &missing_rolling_update::RULE,
    &missing_storage_class::RULE,
    &missing_topology_spread::RULE,
    &missing_volume_claim_annotation::RULE,
    &naked_pod::RULE,
    &namespace_without_pod_security_label::RULE,
    &net_raw_capability_added::RULE,
    &net_raw_not_dropped::RULE,
    &network_write_access::RULE,
    &networkpolicy_without_selector::RULE,
    &nginx_ingress_injection::RULE,
    &nginx_ingress_sensitive_path::RULE,
    &nginx_ingress_snippets::RULE,
    &no_linux_hardening::RULE,
    &node_proxy_access::RULE,
    &pdb_blocks_all_evictions::RULE,
    &pdb_protects_unhealthy_pods::RULE,
    &pdb_without_policy::RULE,
    &persistent_volume_creation::RULE,
    &pod_creation_access::RULE,
    &pod_exec_access::RULE,
    &pod_security_policy_resource::RULE,
    &priority_class_not_allowed::RULE,
    &privilege_escalation_container::RULE,
    &privileged_container::RULE,
    &privileged_port::RULE,
    &read_write_once_volume::RULE,
    &removed_api::RULE,
    &request_above_limit::RULE,
    &requests_not_equal_limits::RULE,
    &resource_quota_incomplete::RULE,
    &root_group::RULE,
    &run_as_user_zero::RULE,
    &runtime_class_not_allowed::RULE,
    &scc_allows_privileged::RULE,
    &seccomp_profile_missing::RULE,
    &seccomp_unconfined::RULE,
    &secret_access::RULE,
    &secret_exposed_as_env::RULE,
    &secret_in_configmap::RULE,
    &secret_in_env::RULE,
    &sensitive_host_mounts::RULE,
    &service_account_token_automounted::RULE,
    &service_external_ips::RULE,
    &service_external_name_localhost::RULE,
    &services_status_write::RULE,
    &ssh_container_port::RULE,
    &storage_policy_violation::RULE,
    &sudo_in_command::RULE,
    &sys_admin_capability_added::RULE,
    &sys_module_capability_added::RULE,
    &sysctl_value_injection::RULE,
    &token_creation::RULE,
    &too_few_replicas::RULE,
    &too_many_containers::RULE,
    &undeclared_liveness_port::RULE,
    &undeclared_readiness_port::RULE,
    &undeclared_startup_port::RULE,
    &unexpected_restart_policy::RULE,
    &unnamed_container_port::RULE,
    &unsafe_proc_mount::RULE,
    &unsafe_sysctls::RULE,
    &unsorted_keys::RULE,
    &untrusted_registry::RULE,
    &volume_mount_unresolved::RULE,
    &vulnerable_known_component::RULE,
    &weak_agent_sandbox::RULE,
    &webhook_configuration_write::RULE,
    &wildcard_in_rules::RULE,
    &windows_container_administrator::RULE,
    &windows_host_process::RULE,
    &writable_host_mount::RULE,
    &writable_root_filesystem::RULE,
    &yaml_norway_and_octal::RULE,
];
