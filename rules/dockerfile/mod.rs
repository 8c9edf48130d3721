//! Rules about Dockerfiles.

pub mod add_for_local_files;
pub mod apt_dist_upgrade;
pub mod apt_in_script;
pub mod apt_lists_left;
pub mod apt_recommends_installed;
pub mod apt_without_yes;
pub mod cd_in_run;
pub mod consecutive_runs;
pub mod copied_then_extracted_archive;
pub mod copy_from_root_filesystem;
pub mod copy_from_unknown_stage;
pub mod duplicate_stage_name;
pub mod empty_label;
pub mod exposed_ssh_port;
pub mod hardcoded_platform;
pub mod inconsistent_instruction_casing;
pub mod inline_ignore;
pub mod invalid_default_arg_in_from;
pub mod invalid_email_label;
pub mod invalid_git_hash_label;
pub mod invalid_label_key;
pub mod invalid_license_label;
pub mod invalid_semver_label;
pub mod invalid_timestamp_label;
pub mod invalid_url_label;
pub mod latest_base_image;
pub mod legacy_key_value_format;
pub mod mismatched_definition_comment;
pub mod missing_healthcheck;
pub mod missing_label;
pub mod missing_user;
pub mod mixed_case_expose_protocol;
pub mod mixed_case_from_as;
pub mod mixed_case_stage_name;
pub mod non_numeric_user;
pub mod pipe_without_pipefail;
pub mod pointless_container_command;
pub mod redundant_target_platform;
pub mod relative_copy_destination;
pub mod relative_workdir;
pub mod root_user;
pub mod secret_in_arg_or_env;
pub mod shell_changed_by_link;
pub mod shell_form_command;
pub mod sudo_in_run;
pub mod unexpected_label;
pub mod unpinned_apk_package;
pub mod unpinned_apt_package;
pub mod unpinned_dnf_package;
pub mod unpinned_gem;
pub mod unpinned_go_package;
pub mod unpinned_npm_package;
pub mod unpinned_pip_package;
pub mod unpinned_yum_package;
pub mod unpinned_zypper_package;
pub mod untagged_base_image;
pub mod untrusted_base_registry;
pub mod wget_and_curl;
pub mod wget_progress_noise;
pub mod zypper_dist_upgrade;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[
    &add_for_local_files::RULE,
    &apt_dist_upgrade::RULE,
    &apt_in_script::RULE,
    &apt_lists_left::RULE,
    &apt_recommends_installed::RULE,
    &apt_without_yes::RULE,
    &cd_in_run::RULE,
    &consecutive_runs::RULE,
    &copied_then_extracted_archive::RULE,
    &copy_from_root_filesystem::RULE,
    &copy_from_unknown_stage::RULE,
    &duplicate_stage_name::RULE,
    &empty_label::RULE,
    &exposed_ssh_port::RULE,
    &hardcoded_platform::RULE,
    &inconsistent_instruction_casing::RULE,
    &inline_ignore::RULE,
    &invalid_default_arg_in_from::RULE,
    &invalid_email_label::RULE,
    &invalid_git_hash_label::RULE,
    &invalid_label_key::RULE,
    &invalid_license_label::RULE,
    &invalid_semver_label::RULE,
    &invalid_timestamp_label::RULE,
    &invalid_url_label::RULE,
    &latest_base_image::RULE,
    &legacy_key_value_format::RULE,
    &mismatched_definition_comment::RULE,
    &missing_healthcheck::RULE,
    &missing_label::RULE,
    &missing_user::RULE,
    &mixed_case_expose_protocol::RULE,
    &mixed_case_from_as::RULE,
    &mixed_case_stage_name::RULE,
    &non_numeric_user::RULE,
    &pipe_without_pipefail::RULE,
    &pointless_container_command::RULE,
    &redundant_target_platform::RULE,
    &relative_copy_destination::RULE,
    &relative_workdir::RULE,
    &root_user::RULE,
    &secret_in_arg_or_env::RULE,
    &shell_changed_by_link::RULE,
    &shell_form_command::RULE,
    &sudo_in_run::RULE,
    &unexpected_label::RULE,
    &unpinned_apk_package::RULE,
    &unpinned_apt_package::RULE,
    &unpinned_dnf_package::RULE,
    &unpinned_gem::RULE,
    &unpinned_go_package::RULE,
    &unpinned_npm_package::RULE,
    &unpinned_pip_package::RULE,
    &unpinned_yum_package::RULE,
    &unpinned_zypper_package::RULE,
    &untagged_base_image::RULE,
    &untrusted_base_registry::RULE,
    &wget_and_curl::RULE,
    &wget_progress_noise::RULE,
    &zypper_dist_upgrade::RULE,
];
