//! The flags that each instruction takes, and the options of `RUN --mount`, as BuildKit 0.25 has them.
//!
//! Data for rules; reading keeps whatever is written.

use super::Keyword;

/// A flag of an instruction.
#[derive(Clone, Copy, Debug)]
pub struct FlagSpec {
    /// The name, without dashes.
    pub name: &'static str,
    /// What it is given.
    pub takes: Takes,
    /// Whether it may be given more than once.
    pub repeats: bool,
}

/// What a flag is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Any text.
    Text,
    /// Nothing, `true` or `false`.
    Switch,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A duration as Go writes it: `1m30s`, `0`.
    Duration,
    /// A whole number, 0 or more.
    Count,
    /// The mode of a file: `0644`, `u+x`.
    Mode,
    /// A digest: `sha256:` and 64 hex digits.
    Digest,
    /// The options of a mount.
    Mount,
}

const fn once(name: &'static str, takes: Takes) -> FlagSpec {
    FlagSpec { name, takes, repeats: false }
}

const fn often(name: &'static str, takes: Takes) -> FlagSpec {
    FlagSpec { name, takes, repeats: true }
}

const FROM: &[FlagSpec] = &[once("platform", Takes::Text)];
const RUN: &[FlagSpec] = &[
    often("mount", Takes::Mount),
    once("network", Takes::OneOf(&["default", "none", "host"])),
    once("security", Takes::OneOf(&["sandbox", "insecure"])),
    often("device", Takes::Text),
];
const COPY: &[FlagSpec] = &[
    once("from", Takes::Text),
    once("chown", Takes::Text),
    once("chmod", Takes::Mode),
    once("link", Takes::Switch),
    once("parents", Takes::Switch),
    often("exclude", Takes::Text),
];
const ADD: &[FlagSpec] = &[
    once("chown", Takes::Text),
    once("chmod", Takes::Mode),
    once("link", Takes::Switch),
    once("keep-git-dir", Takes::Switch),
    once("checksum", Takes::Digest),
    once("unpack", Takes::Switch),
    often("exclude", Takes::Text),
];
const HEALTHCHECK: &[FlagSpec] = &[
    once("interval", Takes::Duration),
    once("timeout", Takes::Duration),
    once("start-period", Takes::Duration),
    once("start-interval", Takes::Duration),
    once("retries", Takes::Count),
];

/// The instructions that take flags.
pub const WITH_FLAGS: [Keyword; 5] = [Keyword::From, Keyword::Run, Keyword::Copy, Keyword::Add, Keyword::Healthcheck];

/// The flags that an instruction takes.
pub fn flags_of(keyword: Keyword) -> &'static [FlagSpec] {
    match keyword {
        Keyword::From => FROM,
        Keyword::Run => RUN,
        Keyword::Copy => COPY,
        Keyword::Add => ADD,
        Keyword::Healthcheck => HEALTHCHECK,
        _ => &[],
    }
}

/// An option of a mount.
#[derive(Clone, Copy, Debug)]
pub struct MountSpec {
    /// Its names.
    pub names: &'static [&'static str],
    /// The types of mount that BuildKit takes it for; none stands for all. Others that make no sense are passed over.
    pub kinds: &'static [&'static str],
    /// Whether it may stand without a value.
    pub alone: bool,
}

/// The types of mount.
pub const MOUNT_KINDS: [&str; 5] = ["bind", "cache", "tmpfs", "secret", "ssh"];

/// What `sharing` of a cache may say.
pub const SHARING: [&str; 3] = ["shared", "private", "locked"];

/// The options of mounts.
pub const MOUNT_OPTIONS: [MountSpec; 13] = [
    MountSpec { names: &["type"], kinds: &[], alone: false },
    MountSpec { names: &["target", "dst", "destination"], kinds: &[], alone: false },
    MountSpec { names: &["source", "src"], kinds: &[], alone: false },
    MountSpec { names: &["from"], kinds: &["bind", "cache", "tmpfs", "ssh"], alone: false },
    MountSpec { names: &["readonly", "ro"], kinds: &[], alone: true },
    MountSpec { names: &["readwrite", "rw"], kinds: &[], alone: true },
    MountSpec { names: &["required"], kinds: &["secret", "ssh"], alone: true },
    MountSpec { names: &["size"], kinds: &["tmpfs"], alone: false },
    MountSpec { names: &["id"], kinds: &[], alone: false },
    MountSpec { names: &["sharing"], kinds: &["cache"], alone: false },
    MountSpec { names: &["mode", "uid"], kinds: &["cache", "secret", "ssh"], alone: false },
    MountSpec { names: &["gid"], kinds: &["cache", "secret", "ssh"], alone: false },
    MountSpec { names: &["env"], kinds: &[], alone: false },
];
