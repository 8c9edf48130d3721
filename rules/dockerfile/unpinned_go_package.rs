//! `unpinned-go-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::unpinned;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags Go packages that are installed without a version.
    ///
    /// ## Why
    /// Two builds of one commit may install different versions. Whether that is worth the upkeep of pinned versions is a matter
    /// of policy, which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// RUN go install -v example.com/a@v1.2.3 example.com/b@latest
    ///                                        ^^^^^^^^^^^^^^^^^^^^ has no version
    /// ```
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// ONBUILD RUN go install -v example.com/a@v1.2.3 example.com/b@latest
    ///                                                ^^^^^^^^^^^^^^^^^^^^ has no version
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN go install ./cmd/app example.com/a@v1.2.3 && go get -d ./... && go run main.go example.com/x
    /// RUN go build example.com/own
    /// ```
    /// What a variable holds is not known:
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// ARG PACKAGES
    /// RUN go install $PACKAGES
    /// ```
    pub RULE {
        name: "unpinned-go-package",
        aliases: &["hadolint:DL3062"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["go"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let packages = packages(command);
    let Some((span, what)) = unpinned(&packages, is_pinned) else { return };
    sink.report(span, format!("{what} installed without a version"))
        .caption("has no version")
        .help("name the version that you have tried");
}

const VALUES: &[&str] = &["ldflags", "tags", "o", "mod", "modfile", "p", "gcflags", "asmflags", "C", "exec", "overlay"];

fn packages(command: &Command) -> Vec<&crate::shell::Word> {
    // Long options of go have one dash.
    let mut words = command.args.iter();
    let Some(first) = words.next() else { return Vec::new() };
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        match word.known_prefix().strip_prefix('-') {
            Some(flag) if VALUES.contains(&flag.trim_start_matches('-')) => drop(words.next()),
            Some(_) => {}
            None => found.push(word),
        }
    }
    match first.literal() {
        Some("install" | "get") => found,
        Some("run") => found.into_iter().take(1).collect(),
        _ => Vec::new(),
    }
}

fn is_pinned(text: &str) -> bool {
    // A path without a dot in its first part is of the standard library.
    let local =
        text.starts_with(['.', '/']) || text.ends_with(".go") || !text.split('/').next().unwrap_or("").contains('.');
    local || text.split_once('@').is_some_and(|(_, version)| !matches!(version, "latest" | "none"))
}
