//! `reserved-stage-name`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a stage called `scratch` or `context`.
    ///
    /// ## Why
    /// Both names mean something else: `FROM scratch` is the empty image, and `context` the folder that is built. The stage can
    /// never be referred to.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim AS Scratch
    ///                           ^^^^^^^ is a reserved name
    /// FROM debian:12.11-slim AS context
    ///                           ^^^^^^^ is a reserved name
    /// ```
    /// ```dockerfile good
    /// FROM scratch AS empty
    /// FROM debian:12.11-slim AS contexts
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS from-scratch
    /// FROM scratch
    /// ```
    pub RULE {
        name: "reserved-stage-name",
        aliases: &["hadolint:DL3063", "buildkit:ReservedStageName"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for name in document.file.stages.iter().filter_map(|stage| stage.name.as_ref()) {
        if matches!(name.value.to_ascii_lowercase().as_str(), "scratch" | "context") {
            sink.report(name.span, format!("stage name `{}` is reserved: nothing can refer to the stage", name.value))
                .caption("is a reserved name")
                .help("give the stage another name");
        }
    }
}
