//! Versions of packages: which words of a command install a package and do not say which version.
//!
//! A word that is not known (`$PACKAGES`) is passed over: what it stands for may well hold versions.

use super::{APK, APT, DNF, Manager, YUM, ZYPPER};
use crate::shell::{Command, Word};
use crate::source::Span;

/// How one package manager is told versions.
#[derive(Debug)]
pub struct Pins {
    /// The words of a command that name packages.
    packages: for<'c> fn(&'c Command) -> Vec<&'c Word>,
    /// Whether a word says which version, or is no package of a repository at all.
    is_pinned: fn(&str) -> bool,
}

/// Packages that a command installs without a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpinned {
    /// The first of them.
    pub span: Span,
    /// Their names, the first three of them: "`a`, `b`, `c` and 2 more".
    pub names: String,
}

/// `name=version`, `name/release`, `./file.deb`.
pub const APT_PINS: Pins = Pins {
    packages: |command| APT.packages(command),
    is_pinned: |word| word.contains(['=', '/']) || word.ends_with(".deb") || word.ends_with(['-', '^']),
};

/// `name=version`, `name~version`, `file.apk`.
pub const APK_PINS: Pins = Pins {
    packages: |command| APK.packages(command),
    is_pinned: |word| {
        word.contains(['=', '~', '<', '>', '/']) || word.ends_with(".apk") || word.starts_with(['.', '!'])
    },
};

/// `name-version`, `file.rpm`.
pub const YUM_PINS: Pins = Pins { packages: |command| YUM.packages(command), is_pinned: is_rpm_pinned };

/// `name-version`, `file.rpm`.
pub const DNF_PINS: Pins = Pins { packages: |command| DNF.packages(command), is_pinned: is_rpm_pinned };

/// `name=version`, `name>=version`, `file.rpm`.
pub const ZYPPER_PINS: Pins = Pins {
    packages: |command| ZYPPER.packages(command),
    is_pinned: |word| {
        word.contains(['=', '<', '>', '/', ':']) || word.ends_with(".rpm") || word.starts_with(['-', '+', '!', '@'])
    },
};

/// `name==version`, `name>=version`, a file or an address.
pub const PIP_PINS: Pins = Pins {
    packages: pip_packages,
    is_pinned: |word| {
        let is_file = word.ends_with(".whl") || word.ends_with(".tar.gz") || word.ends_with(".zip");
        // Another repository than the index says which revision after `@`.
        let is_place = word.starts_with('.') || word.contains('/') && !word.contains("+http") && !word.contains("+git");
        word.contains(['=', '<', '>', '@']) || is_file || is_place
    },
};

/// `name@version`, a file or an address with a revision.
pub const NPM_PINS: Pins = Pins {
    packages: |command| named_after(command, &["npm"], &["install", "i", "add"], NPM_VALUES),
    is_pinned: |word| {
        let is_place = word.starts_with(['.', '/', '~']) || word.contains("://") || word.contains('#');
        let is_file = [".tar", ".tar.gz", ".tgz"].iter().any(|end| word.ends_with(end));
        let version = word.get(1..).and_then(|rest| rest.split_once('@')).map(|(_, version)| version);
        is_place || is_file || version.is_some_and(|version| !matches!(version, "" | "latest" | "next"))
    },
};

/// `name:version`, `-v version`, `file.gem`.
pub const GEM_PINS: Pins = Pins {
    packages: |command| {
        let pinned = command.has_flag(&["v", "version"]);
        if pinned { Vec::new() } else { named_after(command, &["gem"], &["install", "i"], GEM_VALUES) }
    },
    is_pinned: |word| word.contains([':', '/']) || word.ends_with(".gem"),
};

/// `path@version`.
pub const GO_PINS: Pins = Pins {
    packages: go_packages,
    is_pinned: |word| match word.split_once('@') {
        Some((_, version)) => !matches!(version, "" | "latest" | "master" | "main" | "HEAD" | "upgrade" | "patch"),
        // Only a first part with a dot is the host of a module; others are of the standard library.
        None => !word.split('/').next().is_some_and(|host| host.contains('.') && !host.starts_with('.')),
    },
};

const PIP_VALUES: &[&str] = &[
    "m",
    "r",
    "requirement",
    "c",
    "constraint",
    "e",
    "editable",
    "t",
    "target",
    "platform",
    "python-version",
    "implementation",
    "abi",
    "root",
    "prefix",
    "b",
    "build",
    "src",
    "upgrade-strategy",
    "install-option",
    "global-option",
    "config-settings",
    "C",
    "no-binary",
    "only-binary",
    "progress-bar",
    "i",
    "index-url",
    "extra-index-url",
    "f",
    "find-links",
    "log",
    "proxy",
    "retries",
    "timeout",
    "exists-action",
    "trusted-host",
    "cert",
    "client-cert",
    "cache-dir",
    "root-user-action",
    "report",
];
const NPM_VALUES: &[&str] =
    &["registry", "loglevel", "prefix", "C", "cache", "userconfig", "w", "workspace", "tag", "omit", "include"];
const GEM_VALUES: &[&str] = &[
    "v",
    "version",
    "platform",
    "s",
    "source",
    "i",
    "install-dir",
    "n",
    "bindir",
    "P",
    "trust-policy",
    "g",
    "file",
    "p",
    "http-proxy",
    "document",
    "B",
    "bulk-threshold",
];
const GO_VALUES: &[&str] = &["ldflags", "gcflags", "asmflags", "tags", "o", "mod", "modfile", "p", "C", "buildmode"];

impl Pins {
    /// The packages that a command installs without a version, if any.
    pub fn unpinned(&self, command: &Command) -> Option<Unpinned> {
        let is_unpinned = |word: &&Word| word.literal().is_some_and(|text| !text.is_empty() && !(self.is_pinned)(text));
        let words: Vec<&Word> = (self.packages)(command).into_iter().filter(is_unpinned).collect();
        let shown: Vec<String> =
            words.iter().take(3).filter_map(|word| Some(format!("`{}`", word.literal()?))).collect();
        let names = match words.len() {
            0..=1 => shown.join(""),
            2..=3 => format!("{} and {}", shown[..shown.len() - 1].join(", "), shown[shown.len() - 1]),
            count => format!("{} and {} more", shown.join(", "), count - 3),
        };
        Some(Unpinned { span: words.first()?.span, names })
    }
}

impl Manager {
    /// The subcommand of an installation that takes recommended packages along, as far as the command tells.
    pub fn takes_recommends<'c>(&self, command: &'c Command) -> Option<&'c Word> {
        let word = self.runs(command, self.installs)?;
        let says = |text: &str| text.to_ascii_lowercase().contains("install-recommends");
        let told = command.args.iter().any(|word| says(&word.raw) || super::may_be_flags(word))
            || command.has_flag(&["R", "without-recommends"]);
        (!told && command.operands_with(self.values).nth(1).is_some()).then_some(word)
    }
}

/// The words after one of `subcommands`.
fn named_after<'c>(command: &'c Command, programs: &[&str], subcommands: &[&str], values: &[&str]) -> Vec<&'c Word> {
    let is_one = |word: &&Word| word.literal().is_some_and(|text| subcommands.contains(&text));
    let installs = programs.contains(&command.program()) && command.subcommand(values).filter(is_one).is_some();
    if installs { command.operands_with(values).skip(1).collect() } else { Vec::new() }
}

fn pip_packages(command: &Command) -> Vec<&Word> {
    let program = command.program();
    let version = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_pip = program.strip_prefix("pip").is_some_and(version);
    let is_python = program.strip_prefix("python").is_some_and(version)
        && command.flags_with(PIP_VALUES).any(|flag| flag.name == "m" && flag.value == Some("pip"));
    // Constraints hold the versions.
    if !(is_pip || is_python) || command.has_flag(&["c", "constraint"]) {
        return Vec::new();
    }
    named_after(command, &[program], &["install"], PIP_VALUES)
}

fn go_packages(command: &Command) -> Vec<&Word> {
    let found = named_after(command, &["go"], &["install", "get"], GO_VALUES);
    let run = named_after(command, &["go"], &["run"], GO_VALUES);
    let is_versioned = |word: &&Word| word.known_prefix().contains('@');
    let gets = command.subcommand(GO_VALUES).is_some_and(|word| word.is("get"));
    // Without `@` a module's own file of versions decides, but for what `go get` adds.
    found
        .into_iter()
        .filter(|word| gets || is_versioned(word))
        .chain(run.into_iter().take(1).filter(is_versioned))
        .collect()
}

/// Some part after a dash begins with a digit: `bash-5.1`; or it is a file, an address or a group.
fn is_rpm_pinned(word: &str) -> bool {
    let has_version = word.split('-').skip(1).any(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    has_version || word.ends_with(".rpm") || word.contains('/') || word.starts_with('@')
}
