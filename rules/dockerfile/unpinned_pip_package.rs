//! `unpinned-pip-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::{pip_packages, unpinned};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags Python packages that are installed without a version.
    ///
    /// ## Why
    /// Two builds of one commit may install different versions. Whether that is worth the upkeep of pinned versions is a matter
    /// of policy, which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// RUN pip install --no-cache-dir -i https://a.example flask requests==2.32.3
    ///                                                     ^^^^^ has no version
    /// ```
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// ONBUILD RUN pip install --no-cache-dir -i https://a.example flask requests==2.32.3
    ///                                                             ^^^^^ has no version
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN pip3 install -r requirements.txt && python -m pip install "flask>=3" . ./own /tmp/a.whl
    /// RUN pip install -c constraints.txt flask
    /// RUN pip install git+https://example.com/a@v1 -e .[dev] .[dev]
    /// ```
    /// What a variable holds is not known:
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// ARG PACKAGES
    /// RUN pip install $PACKAGES
    /// ```
    pub RULE {
        name: "unpinned-pip-package",
        aliases: &["hadolint:DL3013"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["*"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let packages = pip_packages(command);
    let Some((span, what)) = unpinned(&packages, is_pinned) else { return };
    sink.report(span, format!("{what} installed without a version"))
        .caption("has no version")
        .help("name the version that you have tried");
}

fn is_pinned(text: &str) -> bool {
    let remote = ["git+", "hg+", "svn+", "bzr+"].iter().any(|start| text.starts_with(start));
    if remote {
        return text.contains('@');
    }
    let file = [".whl", ".tar.gz", ".zip"].iter().any(|end| text.ends_with(end));
    file || text.starts_with('.') || text.contains(['=', '<', '>', '~', '/', '@'])
}
