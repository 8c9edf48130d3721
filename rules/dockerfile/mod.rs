//! Rules about Dockerfiles.

pub mod add_for_local_files;
pub mod apt_lists_left;
pub mod apt_without_yes;
pub mod cd_in_run;
pub mod copy_from_unknown_stage;
pub mod duplicate_stage_name;
pub mod latest_base_image;
pub mod missing_user;
pub mod pipe_without_pipefail;
pub mod relative_workdir;
pub mod root_user;
pub mod secret_in_arg_or_env;
pub mod shell_form_command;
pub mod sudo_in_run;
pub mod untagged_base_image;

use crate::rule::Rule;

/// The rules of this folder.
pub const ALL: &[&Rule] = &[
    &add_for_local_files::RULE,
    &apt_lists_left::RULE,
    &apt_without_yes::RULE,
    &cd_in_run::RULE,
    &copy_from_unknown_stage::RULE,
    &duplicate_stage_name::RULE,
    &latest_base_image::RULE,
    &missing_user::RULE,
    &pipe_without_pipefail::RULE,
    &relative_workdir::RULE,
    &root_user::RULE,
    &secret_in_arg_or_env::RULE,
    &shell_form_command::RULE,
    &sudo_in_run::RULE,
    &untagged_base_image::RULE,
];
