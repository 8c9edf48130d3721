//! Rules about Dockerfiles.

pub mod add_for_local_files;
pub mod apk_allow_untrusted;
pub mod apk_cache_left;
pub mod apt_allow_unauthenticated;
pub mod apt_force_yes;
pub mod apt_lists_left;
pub mod apt_without_yes;
pub mod cd_in_run;
pub mod chpasswd_in_run;
pub mod copy_destination_without_slash;
pub mod copy_from_self;
pub mod copy_from_unknown_stage;
pub mod curl_insecure;
pub mod deprecated_maintainer;
pub mod dnf_cache_left;
pub mod dnf_without_yes;
pub mod duplicate_stage_name;
pub mod empty_continuation_line;
pub mod env_self_reference;
pub mod expose_host_mapping;
pub mod git_ssl_verify_disabled;
pub mod instruction_before_from;
pub mod invalid_onbuild_trigger;
pub mod latest_base_image;
pub mod missing_user;
pub mod multiple_cmds;
pub mod multiple_entrypoints;
pub mod multiple_healthchecks;
pub mod node_tls_verify_disabled;
pub mod npm_strict_ssl_disabled;
pub mod pip_cache_left;
pub mod pip_trusted_host;
pub mod pipe_without_pipefail;
pub mod port_out_of_range;
pub mod python_https_verify_disabled;
pub mod relative_workdir;
pub mod reserved_stage_name;
pub mod root_user;
pub mod rpm_signature_skipped;
pub mod secret_file_copied;
pub mod secret_in_arg_or_env;
pub mod secret_login_in_run;
pub mod shell_form_command;
pub mod shell_problem;
pub mod sudo_in_run;
pub mod system_dir_workdir;
pub mod undefined_arg_in_from;
pub mod undefined_var;
pub mod untagged_base_image;
pub mod update_without_install;
pub mod useradd_large_uid;
pub mod wget_certificate_unchecked;
pub mod yarn_cache_left;
pub mod yum_cache_left;
pub mod yum_gpg_check_disabled;
pub mod yum_ssl_verify_disabled;
pub mod yum_without_yes;
pub mod zypper_cache_left;
pub mod zypper_interactive;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[
    &add_for_local_files::RULE,
    &apk_allow_untrusted::RULE,
    &apk_cache_left::RULE,
    &apt_allow_unauthenticated::RULE,
    &apt_force_yes::RULE,
    &apt_lists_left::RULE,
    &apt_without_yes::RULE,
    &cd_in_run::RULE,
    &chpasswd_in_run::RULE,
    &copy_destination_without_slash::RULE,
    &copy_from_self::RULE,
    &copy_from_unknown_stage::RULE,
    &curl_insecure::RULE,
    &deprecated_maintainer::RULE,
    &dnf_cache_left::RULE,
    &dnf_without_yes::RULE,
    &duplicate_stage_name::RULE,
    &empty_continuation_line::RULE,
    &env_self_reference::RULE,
    &expose_host_mapping::RULE,
    &git_ssl_verify_disabled::RULE,
    &instruction_before_from::RULE,
    &invalid_onbuild_trigger::RULE,
    &latest_base_image::RULE,
    &missing_user::RULE,
    &multiple_cmds::RULE,
    &multiple_entrypoints::RULE,
    &multiple_healthchecks::RULE,
    &node_tls_verify_disabled::RULE,
    &npm_strict_ssl_disabled::RULE,
    &pip_cache_left::RULE,
    &pip_trusted_host::RULE,
    &pipe_without_pipefail::RULE,
    &port_out_of_range::RULE,
    &python_https_verify_disabled::RULE,
    &relative_workdir::RULE,
    &reserved_stage_name::RULE,
    &root_user::RULE,
    &rpm_signature_skipped::RULE,
    &secret_file_copied::RULE,
    &secret_in_arg_or_env::RULE,
    &secret_login_in_run::RULE,
    &shell_form_command::RULE,
    &shell_problem::RULE,
    &sudo_in_run::RULE,
    &system_dir_workdir::RULE,
    &undefined_arg_in_from::RULE,
    &undefined_var::RULE,
    &untagged_base_image::RULE,
    &update_without_install::RULE,
    &useradd_large_uid::RULE,
    &wget_certificate_unchecked::RULE,
    &yarn_cache_left::RULE,
    &yum_cache_left::RULE,
    &yum_gpg_check_disabled::RULE,
    &yum_ssl_verify_disabled::RULE,
    &yum_without_yes::RULE,
    &zypper_cache_left::RULE,
    &zypper_interactive::RULE,
];
