//! Package managers as `RUN` uses them: which subcommands install, which ask before they act, what they leave behind.
//!
//! One table for all rules about package managers. A rule asks [`Manager::asks`] whether a command stops at a prompt,
//! [`Manager::packages`] what it installs, [`Cache::left_by`] whether a `RUN` leaves a cache in its layer.

use crate::document::InstructionView;
use crate::shell::{Command, Word};
use crate::source::Span;

/// A package manager.
#[derive(Debug)]
pub struct Manager {
    /// Its programs.
    pub programs: &'static [&'static str],
    /// Flags, without dashes, that take the next word as their value.
    pub values: &'static [&'static str],
    /// Subcommands that install the packages they name.
    pub installs: &'static [&'static str],
    /// Subcommands that ask before they act.
    pub prompts: &'static [&'static str],
    /// Flags that answer yes, or that keep it from acting.
    pub answers: &'static [&'static str],
    /// What a configuration file says to answer yes.
    configured: &'static str,
}

/// Debian's.
pub const APT: Manager = Manager {
    programs: &["apt-get", "apt", "aptitude"],
    values: &["o", "option", "t", "target-release", "default-release", "c", "config-file", "a", "host-architecture"],
    installs: &["install", "reinstall"],
    prompts: &["install", "reinstall", "upgrade", "dist-upgrade", "full-upgrade", "build-dep", "remove", "purge"],
    answers: &[
        "y",
        "yes",
        "assume-yes",
        "force-yes",
        "s",
        "simulate",
        "just-print",
        "dry-run",
        "print-uris",
        "assume-no",
        "trivial-only",
        "help",
    ],
    configured: "assume-yes",
};

/// Alpine's.
pub const APK: Manager = Manager {
    programs: &["apk"],
    values: &["t", "virtual", "X", "repository", "p", "root", "arch", "keys-dir", "repositories-file", "wait"],
    installs: &["add"],
    prompts: &[],
    answers: &[],
    configured: "",
};

const RPM_VALUES: &[&str] = &[
    "c",
    "config",
    "d",
    "debuglevel",
    "e",
    "errorlevel",
    "x",
    "exclude",
    "excludepkgs",
    "enablerepo",
    "disablerepo",
    "repo",
    "installroot",
    "releasever",
    "setopt",
    "enableplugin",
    "disableplugin",
    "color",
    "forcearch",
];
const RPM_INSTALLS: &[&str] = &["install", "localinstall", "reinstall", "in"];
const RPM_PROMPTS: &[&str] = &[
    "install",
    "in",
    "groupinstall",
    "localinstall",
    "reinstall",
    "update",
    "up",
    "upgrade",
    "remove",
    "erase",
    "autoremove",
    "distro-sync",
    "downgrade",
];
const RPM_ANSWERS: &[&str] = &["y", "yes", "assumeyes", "assumeno", "downloadonly", "help"];

/// Red Hat's older one.
pub const YUM: Manager = Manager {
    programs: &["yum"],
    values: RPM_VALUES,
    installs: RPM_INSTALLS,
    prompts: RPM_PROMPTS,
    answers: RPM_ANSWERS,
    configured: "assumeyes",
};

/// Red Hat's newer ones.
pub const DNF: Manager = Manager {
    programs: &["dnf", "dnf5", "microdnf", "tdnf"],
    values: RPM_VALUES,
    installs: RPM_INSTALLS,
    prompts: RPM_PROMPTS,
    answers: RPM_ANSWERS,
    configured: "assumeyes",
};

/// SUSE's.
pub const ZYPPER: Manager = Manager {
    programs: &["zypper"],
    values: &[
        "R",
        "root",
        "D",
        "reposd-dir",
        "C",
        "cache-dir",
        "c",
        "config",
        "r",
        "repo",
        "from",
        "t",
        "type",
        "installroot",
        "p",
        "plus-repo",
        "plus-content",
    ],
    installs: &["install", "in"],
    prompts: &["install", "in", "remove", "rm", "source-install", "si", "patch", "update", "up", "dist-upgrade", "dup"],
    answers: &["n", "non-interactive", "y", "no-confirm", "D", "dry-run", "help"],
    configured: "",
};

impl Manager {
    /// The subcommand, if it is known to be one of `names`.
    pub fn runs<'c>(&self, command: &'c Command, names: &[&str]) -> Option<&'c Word> {
        // The program first: this is asked of every command, and to sort its words takes longer.
        let word = self.programs.contains(&command.program()).then(|| command.subcommand(self.values))??;
        names.contains(&word.literal()?).then_some(word)
    }

    /// The packages that a command installs: the words after its subcommand that are no flags.
    pub fn packages<'c>(&self, command: &'c Command) -> Vec<&'c Word> {
        match self.runs(command, self.installs) {
            Some(_) => command.operands_with(self.values).skip(1).collect(),
            None => Vec::new(),
        }
    }

    /// The subcommand of a command that waits for an answer which nobody gives.
    pub fn asks<'c>(&self, view: InstructionView<'_>, command: &'c Command) -> Option<&'c Word> {
        let word = self.runs(command, self.prompts)?;
        let flags: Vec<_> = command.flags_with(self.values).collect();
        let answered = flags.iter().any(|flag| self.answers.contains(&flag.name))
            || self.is_quiet_enough(command)
            || command.args.iter().any(may_be_flags)
            || is_fed(view, command)
            || self.is_configured(view, &flags);
        (!answered).then_some(word)
    }

    /// `-qq` of apt answers yes as well.
    fn is_quiet_enough(&self, command: &Command) -> bool {
        let quiet = |flag: &crate::shell::Flag<'_>| matches!(flag.name, "q" | "quiet");
        let level: usize =
            command.flags().filter(quiet).map(|flag| flag.value.map_or(1, |n| n.parse().unwrap_or(2))).sum();
        self.programs == APT.programs && level > 1
    }

    /// Whether an instruction, or one before it in its image, writes `text` in any case: a configuration file, mostly.
    pub fn is_written(view: InstructionView<'_>, text: &str) -> bool {
        let says = |view: InstructionView<'_>| view.text(view.instruction.span).to_ascii_lowercase().contains(text);
        says(view) || view.earlier().any(says)
    }

    /// Whether a configuration that this image or one it is built on writes answers yes.
    fn is_configured(&self, view: InstructionView<'_>, flags: &[crate::shell::Flag<'_>]) -> bool {
        let says = |text: &str| !self.configured.is_empty() && text.to_ascii_lowercase().contains(self.configured);
        flags.iter().any(|flag| flag.value.is_some_and(says))
            || !self.configured.is_empty() && Self::is_written(view, self.configured)
    }
}

/// Whether a word that is not known may hold flags: `$APT_OPTS`.
pub fn may_be_flags(word: &Word) -> bool {
    let hints = |name: &str| ["OPT", "ARG", "FLAG", "YES"].iter().any(|hint| name.to_ascii_uppercase().contains(hint));
    word.known_prefix().is_empty() && word.variables.iter().any(|variable| hints(&variable.name))
}

/// Whether something is piped or redirected into a command.
fn is_fed(view: InstructionView<'_>, command: &Command) -> bool {
    let Some(script) = view.script() else { return false };
    let number = script.commands.iter().position(|own| std::ptr::eq(own, command));
    let later = script.pipelines.iter().flat_map(|pipeline| pipeline.stages.iter().skip(1));
    command.redirects.iter().any(|redirect| redirect.op.starts_with('<'))
        || number.is_some_and(|number| later.into_iter().any(|stage| stage.contains(&number)))
}

/// The edit that puts `text` after a word of a command, where the word stands in the file as the shell reads it.
pub fn insert_after(view: InstructionView<'_>, word: &Word, text: &str) -> Option<(Span, String)> {
    let is_plain = view.instruction.json_words().is_none() && view.text(word.span) == word.raw;
    is_plain.then(|| (Span::empty(word.span.end as usize), text.to_owned()))
}

/// The edit that takes a word of a command away, with the blanks before it.
pub fn remove(view: InstructionView<'_>, span: Span) -> Option<(Span, String)> {
    let is_plain = view.instruction.json_words().is_none() && !view.text(span).contains(['\n', '"', '\'']);
    let before = view.file().text[..span.start as usize].trim_end_matches([' ', '\t']).len();
    let at_line_start = view.file().text[..before].ends_with('\n');
    let start = if at_line_start { span.start } else { before as u32 };
    is_plain.then(|| (Span { start, ..span }, String::new()))
}

/// What a package manager leaves behind, and what takes it away again.
#[derive(Debug)]
pub struct Cache {
    /// The manager that fills it.
    pub manager: &'static Manager,
    /// Subcommands that fill it.
    pub fills: &'static [&'static str],
    /// Flags that keep it from being filled.
    pub unfilled: &'static [&'static str],
    /// Programs and subcommands that empty it.
    pub cleaners: &'static [(&'static str, &'static [&'static str])],
    /// The folders it lies in.
    pub folders: &'static [&'static str],
}

/// Lists of packages that `apt-get update` writes.
pub const APT_LISTS: Cache = Cache {
    manager: &APT,
    fills: &["update"],
    unfilled: &[],
    cleaners: &[("apt-get", &["dist-clean", "distclean"]), ("apt", &["dist-clean", "distclean"])],
    folders: &["/var/lib/apt/lists"],
};

/// Alpine's index.
pub const APK_CACHE: Cache = Cache {
    manager: &APK,
    fills: &["add"],
    unfilled: &["no-cache"],
    cleaners: &[("apk", &["cache"])],
    folders: &["/var/cache/apk", "/etc/apk/cache"],
};

const RPM_CLEANERS: &[(&str, &[&str])] =
    &[("yum", &["clean"]), ("dnf", &["clean"]), ("dnf5", &["clean"]), ("microdnf", &["clean"]), ("tdnf", &["clean"])];

/// Metadata and packages of yum.
pub const YUM_CACHE: Cache = Cache {
    manager: &YUM,
    fills: &["install", "groupinstall", "localinstall", "reinstall", "update", "upgrade"],
    unfilled: &["downloadonly"],
    cleaners: RPM_CLEANERS,
    folders: &["/var/cache/yum", "/var/cache/dnf"],
};

/// Metadata and packages of dnf.
pub const DNF_CACHE: Cache = Cache {
    manager: &DNF,
    fills: &[
        "install",
        "in",
        "groupinstall",
        "reinstall",
        "rei",
        "update",
        "upgrade",
        "up",
        "upgrade-minimal",
        "up-min",
    ],
    unfilled: &["downloadonly"],
    cleaners: RPM_CLEANERS,
    folders: &["/var/cache/dnf", "/var/cache/yum", "/var/cache/libdnf5", "/root/.cache/libdnf5"],
};

/// Metadata and packages of zypper.
pub const ZYPPER_CACHE: Cache = Cache {
    manager: &ZYPPER,
    fills: &["install", "in", "update", "up", "patch", "source-install", "si", "dist-upgrade", "dup"],
    unfilled: &[],
    cleaners: &[("zypper", &["clean", "cc"])],
    folders: &["/var/cache/zypp"],
};

/// Yarn 1.
pub const YARN: Manager = Manager {
    programs: &["yarn"],
    values: &["cwd", "network-timeout", "cache-folder", "registry", "modules-folder", "mutex", "network-concurrency"],
    installs: &["add"],
    prompts: &[],
    answers: &[],
    configured: "",
};

/// Packages that Yarn 1 keeps.
pub const YARN_CACHE: Cache = Cache {
    manager: &YARN,
    fills: &["install", "add"],
    unfilled: &["immutable", "immutable-cache", "check-cache"],
    cleaners: &[("yarn", &["cache"])],
    folders: &[".cache/yarn", "~/.cache/yarn", "/root/.cache/yarn", "/usr/local/share/.cache"],
};

/// pip's wheels.
pub const PIP_FOLDERS: &[&str] = &[".cache/pip", "~/.cache/pip", "/root/.cache/pip"];

/// The word `install` of a command that is `pip install`, `pip3.12 install`, `python -m pip install`.
pub fn pip_install(command: &Command) -> Option<&Word> {
    let program = command.program();
    let version = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let mut words = command.args.iter().filter(|word| !word.starts_with_literal("-") || word.is("-m"));
    if program.strip_prefix("python").is_some_and(version) {
        let module = words.next().is_some_and(|word| word.is("-m")) && words.next().is_some_and(|word| word.is("pip"));
        return words.next().filter(|word| module && word.is("install"));
    }
    words.next().filter(|word| program.strip_prefix("pip").is_some_and(version) && word.is("install"))
}

/// Options of pip that take a value.
const PIP_VALUES: &[&str] = &[
    "m",
    "r",
    "requirement",
    "c",
    "constraint",
    "e",
    "editable",
    "i",
    "index-url",
    "extra-index-url",
    "f",
    "find-links",
    "t",
    "target",
    "prefix",
    "root",
    "src",
    "platform",
    "python-version",
    "implementation",
    "abi",
    "log",
    "proxy",
    "retries",
    "timeout",
    "cert",
    "client-cert",
    "cache-dir",
    "trusted-host",
    "global-option",
    "install-option",
    "no-binary",
    "only-binary",
    "progress-bar",
    "upgrade-strategy",
    "exists-action",
    "report",
    "root-user-action",
    "C",
    "config-settings",
    "config-setting",
    "python",
    "use-feature",
    "use-deprecated",
];

/// What `pip install` installs besides files of requirements and folders named by options; nothing where a file of
/// constraints gives the versions.
pub fn pip_packages(command: &Command) -> Vec<&Word> {
    let constrained = command.flags_with(PIP_VALUES).any(|flag| matches!(flag.name, "c" | "constraint"));
    match pip_install(command) {
        Some(_) if !constrained => command.operands_with(PIP_VALUES).skip(1).collect(),
        _ => Vec::new(),
    }
}

/// The first of `packages` for which `is_pinned` says no, and all of them in words: "`curl` and 2 more packages".
/// Words that are not known are passed over.
pub fn unpinned(packages: &[&Word], is_pinned: impl Fn(&str) -> bool) -> Option<(Span, String)> {
    let mut loose =
        packages.iter().filter(|word| word.literal().is_some_and(|text| !(text.is_empty() || is_pinned(text))));
    let first = loose.next()?;
    let name = first.literal()?;
    let text = match loose.count() {
        0 => format!("package `{name}` is"),
        1 => format!("`{name}` and 1 more package are"),
        more => format!("`{name}` and {more} more packages are"),
    };
    Some((first.span, text))
}

/// Whether a package of yum or dnf is named with its version: a part after a dash that begins with a digit.
pub fn is_pinned_rpm(text: &str) -> bool {
    let mut parts = text.split('-').skip(1);
    text.ends_with(".rpm")
        || text.contains(['/', '=', '@'])
        || parts.any(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}

/// A cache that a `RUN` leaves in its layer.
#[derive(Clone, Copy, Debug)]
pub struct Leftover<'d> {
    /// The command that fills it.
    pub command: &'d Command,
    /// Its subcommand.
    pub word: &'d Word,
    /// Whether the layer is part of the image that the file builds; otherwise only of one that others are built on.
    pub ships: bool,
}

impl Cache {
    /// What a `RUN` leaves in its layer, where that layer counts: a stage that is only copied from may keep its caches.
    pub fn left_by<'d>(&self, run: InstructionView<'d>) -> Option<Leftover<'d>> {
        let ships = run.ships();
        if !ships && !run.is_built_on() || run.keeps_outside(self.folders) {
            return None;
        }
        let commands = &run.script()?.commands;
        let fills = |command: &Command| {
            self.manager.runs(command, self.fills).is_some()
                && !command.flags().any(|flag| self.unfilled.contains(&flag.name))
                && !command.args.iter().any(may_be_flags)
        };
        let last = commands.iter().rposition(fills)?;
        let cleaned = commands.iter().enumerate().any(|(at, command)| {
            // A function may be written before what it cleans up after.
            (at > last || command.within.function) && self.is_cleaned_by(command)
        });
        let command = commands.iter().find(|command| fills(command)).filter(|_| !cleaned)?;
        Some(Leftover { command, word: self.manager.runs(command, self.fills)?, ships })
    }

    fn is_cleaned_by(&self, command: &Command) -> bool {
        let program = command.program();
        let by_cleaner = self.cleaners.iter().any(|(cleaner, subcommands)| {
            let given = || command.operands().filter_map(Word::literal);
            *cleaner == program && given().any(|word| subcommands.contains(&word))
        });
        // A script of the image's own, by its name.
        by_cleaner || removes(command, self.folders) || program.contains("clean")
    }
}

/// Whether a command removes what lies in one of `folders`, or may.
pub fn removes(command: &Command, folders: &[&str]) -> bool {
    let is_remover = matches!(command.program(), "rm" | "find" | "unlink" | "rmdir" | "mv");
    is_remover && command.args.iter().any(|word| covers(word, folders))
}

fn covers(word: &Word, folders: &[&str]) -> bool {
    let path = word.literal().unwrap_or(&word.raw).replace("${HOME}", "~").replace("$HOME", "~").replace('"', "");
    // What stands before the first pattern: `/var/lib/` of `/var/lib/{apt,dpkg}`, `/var/cache` of `/var/cache/*`.
    let fixed = path.split(['*', '{', '?', '[']).next().unwrap_or_default().trim_end_matches('/');
    let named = |hint: &str| word.variables.iter().any(|variable| variable.name.to_ascii_lowercase().contains(hint));
    folders.iter().any(|folder| path.contains(folder) || fixed.len() > 1 && folder.starts_with(fixed))
        || path.starts_with('$') && ["apt", "cache", "list"].iter().any(|hint| named(hint))
}

/// The edit that adds `&& command` at the end of a `RUN`, where its text is a plain list of commands.
pub fn append(run: InstructionView<'_>, command: &str) -> Option<(Span, String)> {
    let text = run.instruction.shell_text()?;
    let script = run.script()?;
    let last = script.commands.last()?;
    let end = run.instruction.body_span.end;
    let at_end = last.span.end == end
        && last.within == crate::shell::Within { before: last.within.before, ..Default::default() };
    let is_sure = script.unread.is_none() && run.instruction.heredocs.is_empty() && !text.text().contains("||");
    (at_end && is_sure).then(|| (Span::empty(end as usize), format!(" && {command}")))
}
