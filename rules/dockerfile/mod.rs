//! Rules about Dockerfiles.

pub mod add_for_local_files;
pub mod add_without_checksum;
pub mod apk_allow_untrusted;
pub mod apk_cache_left;
pub mod apt_allow_unauthenticated;
pub mod apt_dist_upgrade;
pub mod apt_force_yes;
pub mod apt_in_script;
pub mod apt_lists_left;
pub mod apt_recommends_installed;
pub mod apt_without_yes;
pub mod cd_in_run;
pub mod chpasswd_in_run;
pub mod circular_stages;
pub mod cmd_ignored_by_entrypoint;
pub mod consecutive_runs;
pub mod container_runtime_socket_in_image;
pub mod copied_then_extracted_archive;
pub mod copy_all_without_dockerignore;
pub mod copy_before_install;
pub mod copy_destination_without_slash;
pub mod copy_from_root_filesystem;
pub mod copy_from_self;
pub mod copy_from_unknown_stage;
pub mod copy_from_url;
pub mod copy_of_ignored_file;
pub mod credential_file_in_image;
pub mod curl_insecure;
pub mod deprecated_maintainer;
pub mod dnf_cache_left;
pub mod dnf_without_yes;
pub mod duplicate_stage_name;
pub mod empty_continuation_line;
pub mod empty_label;
pub mod end_of_life_base_image;
pub mod env_self_reference;
pub mod expose_host_mapping;
pub mod exposed_ssh_port;
pub mod git_ssl_verify_disabled;
pub mod hardcoded_platform;
pub mod host_network_run;
pub mod image_without_digest;
pub mod inconsistent_instruction_casing;
pub mod inline_ignore;
pub mod insecure_run;
pub mod instruction_before_from;
pub mod invalid_default_arg_in_from;
pub mod invalid_email_label;
pub mod invalid_exposed_port;
pub mod invalid_flag;
pub mod invalid_git_hash_label;
pub mod invalid_label_key;
pub mod invalid_license_label;
pub mod invalid_mount;
pub mod invalid_onbuild_trigger;
pub mod invalid_semver_label;
pub mod invalid_stop_signal;
pub mod invalid_timestamp_label;
pub mod invalid_url_label;
pub mod json_form_expects_shell;
pub mod latest_base_image;
pub mod legacy_key_value_format;
pub mod mismatched_definition_comment;
pub mod misplaced_checksum;
pub mod missing_healthcheck;
pub mod missing_label;
pub mod missing_user;
pub mod mixed_case_expose_protocol;
pub mod mixed_case_from_as;
pub mod mixed_case_stage_name;
pub mod multiple_cmds;
pub mod multiple_entrypoints;
pub mod multiple_healthchecks;
pub mod node_tls_verify_disabled;
pub mod non_numeric_user;
pub mod npm_strict_ssl_disabled;
pub mod pip_cache_left;
pub mod pip_trusted_host;
pub mod pipe_without_pipefail;
pub mod pointless_container_command;
pub mod port_out_of_range;
pub mod python_https_verify_disabled;
pub mod redundant_target_platform;
pub mod relative_copy_destination;
pub mod relative_workdir;
pub mod reserved_stage_name;
pub mod root_user;
pub mod rpm_signature_skipped;
pub mod script_piped_to_shell;
pub mod secret_file_copied;
pub mod secret_in_arg_or_env;
pub mod secret_login_in_run;
pub mod shell_changed_by_link;
pub mod shell_cmd_under_json_entrypoint;
pub mod shell_form_command;
pub mod shell_problem;
pub mod sudo_in_run;
pub mod system_dir_workdir;
pub mod undefined_arg_in_from;
pub mod undefined_var;
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
pub mod unused_arg;
pub mod unused_stage;
pub mod update_without_install;
pub mod useradd_large_uid;
pub mod wget_and_curl;
pub mod wget_certificate_unchecked;
pub mod wget_progress_noise;
pub mod world_writable_files;
pub mod yarn_cache_left;
pub mod yum_cache_left;
pub mod yum_gpg_check_disabled;
pub mod yum_ssl_verify_disabled;
pub mod yum_without_yes;
pub mod zypper_cache_left;
pub mod zypper_dist_upgrade;
pub mod zypper_interactive;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[
    &add_for_local_files::RULE,
    &add_without_checksum::RULE,
    &apk_allow_untrusted::RULE,
    &apk_cache_left::RULE,
    &apt_allow_unauthenticated::RULE,
    &apt_dist_upgrade::RULE,
    &apt_force_yes::RULE,
    &apt_in_script::RULE,
    &apt_lists_left::RULE,
    &apt_recommends_installed::RULE,
    &apt_without_yes::RULE,
    &cd_in_run::RULE,
    &chpasswd_in_run::RULE,
    &circular_stages::RULE,
    &cmd_ignored_by_entrypoint::RULE,
    &consecutive_runs::RULE,
    &container_runtime_socket_in_image::RULE,
    &copied_then_extracted_archive::RULE,
    &copy_all_without_dockerignore::RULE,
    &copy_before_install::RULE,
    &copy_destination_without_slash::RULE,
    &copy_from_root_filesystem::RULE,
    &copy_from_self::RULE,
    &copy_from_unknown_stage::RULE,
    &copy_from_url::RULE,
    &copy_of_ignored_file::RULE,
    &credential_file_in_image::RULE,
    &curl_insecure::RULE,
    &deprecated_maintainer::RULE,
    &dnf_cache_left::RULE,
    &dnf_without_yes::RULE,
    &duplicate_stage_name::RULE,
    &empty_continuation_line::RULE,
    &empty_label::RULE,
    &end_of_life_base_image::RULE,
    &env_self_reference::RULE,
    &expose_host_mapping::RULE,
    &exposed_ssh_port::RULE,
    &git_ssl_verify_disabled::RULE,
    &hardcoded_platform::RULE,
    &host_network_run::RULE,
    &image_without_digest::RULE,
    &inconsistent_instruction_casing::RULE,
    &inline_ignore::RULE,
    &insecure_run::RULE,
    &instruction_before_from::RULE,
    &invalid_default_arg_in_from::RULE,
    &invalid_email_label::RULE,
    &invalid_exposed_port::RULE,
    &invalid_flag::RULE,
    &invalid_git_hash_label::RULE,
    &invalid_label_key::RULE,
    &invalid_license_label::RULE,
    &invalid_mount::RULE,
    &invalid_onbuild_trigger::RULE,
    &invalid_semver_label::RULE,
    &invalid_stop_signal::RULE,
    &invalid_timestamp_label::RULE,
    &invalid_url_label::RULE,
    &json_form_expects_shell::RULE,
    &latest_base_image::RULE,
    &legacy_key_value_format::RULE,
    &mismatched_definition_comment::RULE,
    &misplaced_checksum::RULE,
    &missing_healthcheck::RULE,
    &missing_label::RULE,
    &missing_user::RULE,
    &mixed_case_expose_protocol::RULE,
    &mixed_case_from_as::RULE,
    &mixed_case_stage_name::RULE,
    &multiple_cmds::RULE,
    &multiple_entrypoints::RULE,
    &multiple_healthchecks::RULE,
    &node_tls_verify_disabled::RULE,
    &non_numeric_user::RULE,
    &npm_strict_ssl_disabled::RULE,
    &pip_cache_left::RULE,
    &pip_trusted_host::RULE,
    &pipe_without_pipefail::RULE,
    &pointless_container_command::RULE,
    &port_out_of_range::RULE,
    &python_https_verify_disabled::RULE,
    &redundant_target_platform::RULE,
    &relative_copy_destination::RULE,
    &relative_workdir::RULE,
    &reserved_stage_name::RULE,
    &root_user::RULE,
    &rpm_signature_skipped::RULE,
    &script_piped_to_shell::RULE,
    &secret_file_copied::RULE,
    &secret_in_arg_or_env::RULE,
    &secret_login_in_run::RULE,
    &shell_changed_by_link::RULE,
    &shell_cmd_under_json_entrypoint::RULE,
    &shell_form_command::RULE,
    &shell_problem::RULE,
    &sudo_in_run::RULE,
    &system_dir_workdir::RULE,
    &undefined_arg_in_from::RULE,
    &undefined_var::RULE,
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
    &unused_arg::RULE,
    &unused_stage::RULE,
    &update_without_install::RULE,
    &useradd_large_uid::RULE,
    &wget_and_curl::RULE,
    &wget_certificate_unchecked::RULE,
    &wget_progress_noise::RULE,
    &world_writable_files::RULE,
    &yarn_cache_left::RULE,
    &yum_cache_left::RULE,
    &yum_gpg_check_disabled::RULE,
    &yum_ssl_verify_disabled::RULE,
    &yum_without_yes::RULE,
    &zypper_cache_left::RULE,
    &zypper_dist_upgrade::RULE,
    &zypper_interactive::RULE,
];
