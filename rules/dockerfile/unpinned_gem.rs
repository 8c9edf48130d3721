//! `unpinned-gem`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::unpinned;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags Ruby gems that are installed without a version.
    ///
    /// ## Why
    /// Two builds of one commit may install different versions. Whether that is worth the upkeep of pinned versions is a matter
    /// of policy, which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// RUN gem install --no-document -i /gems bundler rails:8.0
    ///                                        ^^^^^^^ has no version
    /// ```
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// ONBUILD RUN gem install --no-document -i /gems bundler rails:8.0
    ///                                                ^^^^^^^ has no version
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN gem install bundler:2.6 && gem install rails -v 8.0 && gem install own.gem -- --with-x
    /// ```
    /// What a variable holds is not known:
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// ARG PACKAGES
    /// RUN gem install $PACKAGES
    /// ```
    pub RULE {
        name: "unpinned-gem",
        aliases: &["hadolint:DL3028"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["gem"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let packages = packages(command);
    let Some((span, what)) = unpinned(&packages, |text| text.contains(':') || text.ends_with(".gem")) else { return };
    sink.report(span, format!("{what} installed without a version"))
        .caption("has no version")
        .help("name the version that you have tried");
}

const VALUES: &[&str] = &[
    "v",
    "version",
    "i",
    "install-dir",
    "n",
    "bindir",
    "P",
    "trust-policy",
    "s",
    "source",
    "p",
    "http-proxy",
    "platform",
    "B",
    "build-root",
    "g",
    "file",
    "document",
];

fn packages(command: &Command) -> Vec<&crate::shell::Word> {
    let versioned = command.flags_with(VALUES).any(|flag| matches!(flag.name, "v" | "version" | "g" | "file"));
    let end = command.args.iter().position(|word| word.is("--")).map(|at| command.args[at].span.start);
    let mut operands = command.operands_with(VALUES);
    match operands.next() {
        Some(word) if (word.is("install") || word.is("i")) && !versioned => {
            operands.filter(|word| end.is_none_or(|end| word.span.start < end)).collect()
        }
        _ => Vec::new(),
    }
}
