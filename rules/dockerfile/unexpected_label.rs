//! `unexpected-label`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label that is not on your list.
    ///
    /// ## Why
    /// For organisations with a fixed set of labels: a slip of the pen makes a new one that nothing reads. The option `labels`
    /// names those that may be used; without it the rule does nothing.
    ///
    /// ```dockerfile bad option.labels=["maintainer"]
    /// FROM debian:12.11-slim
    /// LABEL maintainer=me maintainre=you
    ///                     ^^^^^^^^^^ is not on the list
    /// ```
    /// ```dockerfile good option.labels=["maintainer"]
    /// FROM debian:12.11-slim
    /// LABEL maintainer=me
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL any=thing
    /// ```
    pub RULE {
        name: "unexpected-label",
        aliases: &["hadolint:DL3050"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &[], "Labels that may be used.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let known: Vec<String> = sink.list("labels").into_iter().map(str::to_owned).collect();
    for view in document.views_of(&[Keyword::Label]).filter(|_| !known.is_empty()) {
        for pair in view.instruction.pairs().iter().filter(|pair| pair.key.is_literal()) {
            let name = &pair.key.value;
            if !known.contains(name) {
                sink.report(pair.key.span, format!("the label `{name}` is not on the list of labels"))
                    .caption("is not on the list")
                    .help(format!("use one of: {}", known.join(", ")));
            }
        }
    }
}
