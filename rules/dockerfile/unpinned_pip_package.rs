//! `unpinned-pip-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::PIP_PINS;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags packages that pip installs without saying which version.
    ///
    /// ## Why
    /// Two builds of one commit may get different versions, down to a release that breaks the program. A file of requirements
    /// with versions, or a lock file, serves better than versions in the Dockerfile; this is why the rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM python:3.13-slim
    /// RUN pip install --no-cache-dir -r requirements.txt gunicorn
    ///                                                    ^^^^^^^^ no version
    /// RUN python3 -m pip install --upgrade pip setuptools wheel flask==3.1.1 uv
    ///                                      ^^^ no version
    /// RUN pip3.13 install 'celery[redis]'
    ///                     ^^^^^^^^^^^^^^^ no version
    /// ```
    /// ```dockerfile good
    /// FROM python:3.13-slim
    /// RUN pip install --no-cache-dir flask==3.1.1 'celery[redis]>=5.5' "uvicorn~=0.35"
    /// RUN pip install -r requirements.txt && pip install . ./lib .[dev] own.whl && python -m build
    /// RUN pip install -c constraints.txt flask
    /// ```
    /// ```dockerfile good
    /// FROM python:3.13-slim
    /// RUN pip install "flask==$FLASK_VERSION" $EXTRA git+https://example.com/a/b@v1 https://example.com/a.tar.gz
    /// RUN pip list && pip uninstall flask
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
    let Some(found) = PIP_PINS.unpinned(command) else { return };
    sink.report(found.span, format!("pip installs {} without a version", found.names))
        .caption("no version")
        .help("write `name==version`, or install from a file with versions");
}
