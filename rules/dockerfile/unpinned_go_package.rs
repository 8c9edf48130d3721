//! `unpinned-go-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::GO_PINS;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags Go programs and modules that are fetched without saying which version.
    ///
    /// ## Why
    /// Two builds of one commit may get different versions. `@latest` and the name of a branch move as well.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.24
    /// RUN go install golang.org/x/tools/cmd/goimports@latest && go get -u github.com/pkg/errors
    ///                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no version
    ///                                                                     ^^^^^^^^^^^^^^^^^^^^^ no version
    /// RUN CGO_ENABLED=0 go run github.com/a/b@main serve
    ///                          ^^^^^^^^^^^^^^^^^^^ no version
    /// ```
    /// ```dockerfile good
    /// FROM golang:1.24
    /// RUN go install golang.org/x/tools/cmd/goimports@v0.36.0 && go get github.com/pkg/errors@v0.9.1
    /// RUN go run ./cmd/tool && go run main.go && go install ./... && go get ./...
    /// ```
    /// What the module's own file of versions decides:
    /// ```dockerfile good
    /// FROM golang:1.24
    /// COPY . .
    /// RUN go install golang.org/x/tools/cmd/goimports && go install std && go mod download
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
    let Some(found) = GO_PINS.unpinned(command) else { return };
    sink.report(found.span, format!("go installs {} without a version", found.names))
        .caption("no version")
        .help("write `path@version`");
}
