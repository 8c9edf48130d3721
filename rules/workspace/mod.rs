//! Rules across files.

pub mod arch_mismatch;
pub mod command_not_in_image;
pub mod dangling_gateway_route;
pub mod dangling_horizontalpodautoscaler;
pub mod dangling_ingress;
pub mod dangling_networkpolicy;
pub mod dangling_networkpolicypeer_podselector;
pub mod dangling_service;
pub mod dangling_servicemonitor;
pub mod duplicate_hpa_target;
pub mod duplicate_vpa_target;
pub mod healthcheck_vs_probes;
pub mod hpa_target_has_static_replicas;
pub mod image_port_vs_container_port;
pub mod image_user_vs_run_as_non_root;
pub mod ingress_conflicting_host_path;
pub mod missing_env_source;
pub mod missing_pdb;
pub mod missing_readiness_probe;
pub mod missing_service_account;
pub mod namespace_mismatch_in_set;
pub mod namespace_without_networkpolicy;
pub mod non_isolated_pod;
pub mod pdb_min_available_above_hpa_min;
pub mod pdb_min_available_too_high;
pub mod role_ref_missing;
pub mod service_duplicate_selector;
pub mod service_target_port_unresolved;
pub mod statefulset_without_governing_service;
pub mod volume_source_missing;
pub mod vpa_missing_or_dangling;
pub mod workload_without_hpa;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[
    &arch_mismatch::RULE,
    &command_not_in_image::RULE,
    &dangling_gateway_route::RULE,
    &dangling_horizontalpodautoscaler::RULE,
    &dangling_ingress::RULE,
    &dangling_networkpolicy::RULE,
    &dangling_networkpolicypeer_podselector::RULE,
    &dangling_service::RULE,
    &dangling_servicemonitor::RULE,
    &duplicate_hpa_target::RULE,
    &duplicate_vpa_target::RULE,
    &healthcheck_vs_probes::RULE,
    &hpa_target_has_static_replicas::RULE,
    &image_port_vs_container_port::RULE,
    &image_user_vs_run_as_non_root::RULE,
    &ingress_conflicting_host_path::RULE,
    &missing_env_source::RULE,
    &missing_pdb::RULE,
    &missing_readiness_probe::RULE,
    &missing_service_account::RULE,
    &namespace_mismatch_in_set::RULE,
    &namespace_without_networkpolicy::RULE,
    &non_isolated_pod::RULE,
    &pdb_min_available_above_hpa_min::RULE,
    &pdb_min_available_too_high::RULE,
    &role_ref_missing::RULE,
    &service_duplicate_selector::RULE,
    &service_target_port_unresolved::RULE,
    &statefulset_without_governing_service::RULE,
    &volume_source_missing::RULE,
    &vpa_missing_or_dangling::RULE,
    &workload_without_hpa::RULE,
];
