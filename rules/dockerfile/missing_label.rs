//! `missing-label`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an image without the labels you require.
    ///
    /// ## Why
    /// Registries, scanners and people read labels: who made the image, from which source. The option `labels` names those that
    /// each image must have; without it the rule does nothing.
    ///
    /// ```dockerfile bad option.labels=["maintainer","org.opencontainers.image.source"]
    /// FROM debian:12.11-slim
    /// ^^^^ lacks the label `org.opencontainers.image.source`
    /// LABEL maintainer=me
    /// ```
    /// ```dockerfile good option.labels=["maintainer"]
    /// FROM debian:12.11-slim AS base
    /// LABEL maintainer=me
    /// FROM base
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ```
    pub RULE {
        name: "missing-label",
        aliases: &["hadolint:DL3049"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &[], "Labels that each image must have.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let Some(last) = document.file.final_stage() else { return };
    let labels =
        document.chain_of(last.index).filter(|view| !view.onbuild && view.instruction.keyword == Keyword::Label);
    let labels: Vec<&str> =
        labels.flat_map(|view| view.instruction.pairs()).map(|pair| pair.key.value.as_str()).collect();
    let required: Vec<String> = sink.list("labels").into_iter().map(str::to_owned).collect();
    for name in required.iter().filter(|name| !labels.contains(&name.as_str())) {
        sink.report(document.file.stage_span(last), format!("the image lacks the label `{name}`"))
            .caption(format!("lacks the label `{name}`"))
            .sub_code(name.clone())
            .help(format!("add `LABEL {name}=...`"));
    }
}
