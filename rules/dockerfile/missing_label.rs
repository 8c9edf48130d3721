//! `missing-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::labels::labels;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an image without a label that the configuration requires.
    ///
    /// ## Why
    /// An organisation may want to tell from every image who is behind it. The option `required` names the labels; without it
    /// the rule says nothing. The image that the file builds counts, not stages that are only copied from.
    ///
    /// ```dockerfile bad option.required=["com.example.team","com.example.tier"]
    /// FROM debian:12.11-slim AS base
    /// LABEL com.example.team=a
    /// FROM base
    /// ^^^^ has no label `com.example.tier`
    /// CMD ["app"]
    /// ```
    /// ```dockerfile good option.required=["com.example.team"]
    /// FROM golang:1.24 AS build
    /// FROM debian:12.11-slim
    /// LABEL com.example.team="$TEAM"
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ```
    pub RULE {
        name: "missing-label",
        aliases: &["hadolint:DL3049"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("required", &[], "Labels that every image must have.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let file = &document.file;
    let Some(last) = file.final_stage() else { return };
    let is_shipped = |stage: usize| stage == last.index || file.is_ancestor(stage, last.index);
    let set: Vec<String> = labels(document)
        .into_iter()
        .filter(|label| label.stage.is_some_and(is_shipped))
        .map(|label| label.key)
        .collect();
    let required: Vec<String> = sink.list("required").into_iter().map(str::to_owned).collect();
    for key in required.into_iter().filter(|key| !set.contains(key)) {
        sink.report(file.stage_span(last), format!("the image has no label `{key}`"))
            .caption(format!("has no label `{key}`"))
            .help(format!("add `LABEL {key}=..`"))
            .sub_code(key);
    }
}
