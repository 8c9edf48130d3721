//! `unexpected-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::labels::labels;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label that is not on the configuration's list.
    ///
    /// ## Why
    /// An organisation may want to agree on its labels, so that a slip of the pen does not go unnoticed. The option `allowed`
    /// names the labels, an entry may end with `*`; without it the rule says nothing.
    ///
    /// ```dockerfile bad option.allowed=["com.example.*","title"]
    /// FROM debian:12.11-slim
    /// LABEL com.example.team=a com.exmaple.tier=b titel=c title=d
    ///                          ^^^^^^^^^^^^^^^^ is not on the list
    ///                                             ^^^^^ is not on the list
    /// ```
    /// ```dockerfile good option.allowed=["com.example.*","title"]
    /// FROM debian:12.11-slim
    /// LABEL com.example.team=a title=d
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL titel=c
    /// ```
    pub RULE {
        name: "unexpected-label",
        aliases: &["hadolint:DL3050"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allowed", &[], "Labels that may be set.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let allowed: Vec<String> = sink.list("allowed").into_iter().map(str::to_owned).collect();
    let is_allowed = |key: &str| {
        allowed.iter().any(|entry| match entry.strip_suffix('*') {
            Some(start) => key.starts_with(start),
            None => key == entry,
        })
    };
    for label in labels(document).into_iter().filter(|label| !allowed.is_empty() && !is_allowed(&label.key)) {
        sink.report(label.key_span, format!("label `{}` is not on the list of labels", label.key))
            .caption("is not on the list of labels")
            .help("use one of the labels that are allowed");
    }
}
