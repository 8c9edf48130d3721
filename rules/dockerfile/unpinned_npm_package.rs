//! `unpinned-npm-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::unpinned;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags npm packages that are installed without a version.
    ///
    /// ## Why
    /// Two builds of one commit may install different versions. Whether that is worth the upkeep of pinned versions is a matter
    /// of policy, which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// RUN npm install -g --loglevel warn yarn@1.22.22 @angular/cli
    ///                                                 ^^^^^^^^^^^^ has no version
    /// ```
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// ONBUILD RUN npm install -g --loglevel warn yarn@1.22.22 @angular/cli
    ///                                                         ^^^^^^^^^^^^ has no version
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN npm ci && npm install && npm install -g @angular/cli@19 ./own /tmp/a.tgz
    /// RUN npm install git+https://example.com/a.git#v1
    /// ```
    /// What a variable holds is not known:
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// ARG PACKAGES
    /// RUN npm install -g $PACKAGES
    /// ```
    pub RULE {
        name: "unpinned-npm-package",
        aliases: &["hadolint:DL3016"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["npm"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let packages = packages(command);
    let Some((span, what)) = unpinned(&packages, is_pinned) else { return };
    sink.report(span, format!("{what} installed without a version"))
        .caption("has no version")
        .help("name the version that you have tried");
}

fn packages(command: &Command) -> Vec<&crate::shell::Word> {
    let values = ["loglevel", "registry", "prefix", "cache", "tag", "w", "workspace", "C", "omit", "include"];
    let mut operands = command.operands_with(&values);
    match operands.next() {
        Some(word) if ["install", "i", "add"].iter().any(|name| word.is(name)) => operands.collect(),
        _ => Vec::new(),
    }
}

fn is_pinned(text: &str) -> bool {
    let name = text.strip_prefix('@').unwrap_or(text);
    let file = [".tgz", ".tar.gz", ".tar"].iter().any(|end| text.ends_with(end));
    let path = ["/", "./", "../", "~/", "file:"].iter().any(|start| text.starts_with(start)) || text == ".";
    file || path || name.contains(['@', '#'])
}
