//! `unsorted-keys`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a mapping whose keys are not in alphabetical order.
    ///
    /// ## Why
    /// Sorted keys make two manifests easy to compare. Most authors prefer the customary order, `apiVersion` and `kind` first, so
    /// this is for those who decided otherwise.
    ///
    /// ```yaml bad
    /// kind: ConfigMap
    /// apiVersion: v1
    /// ^^^^^^^^^^ the key `apiVersion` stands behind `kind`
    /// metadata:
    ///   name: web
    ///   labels: {app: web}
    ///   ^^^^^^ the key `labels` stands behind `name`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// data: {A: "1", B: "2"}
    /// kind: ConfigMap
    /// metadata: {labels: {app: web}, name: web}
    /// ```
    /// ```yaml good option.recursive=false
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, labels: {app: web}}
    /// ```
    pub RULE {
        name: "unsorted-keys",
        aliases: &["kube-linter:sorted-keys"],
        severity: Severity::Info, tier: Tier::OptIn, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::bool("recursive", true, "Whether nested mappings are looked at too.")],
        checks: &[Check::Object(&["*"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let recursive = sink.switch("recursive");
    check_node(object.node, recursive, sink);
}

/// Reports the first key of a mapping that is out of order; what is reached through an alias counts where it stands.
fn check_node(node: Node<'_>, recursive: bool, sink: &mut Sink<'_>) {
    let keys: Vec<_> = node.raw_entries().filter(|entry| !entry.is_merge()).collect();
    let slip = keys.windows(2).find(|pair| pair[0].key_text() > pair[1].key_text());
    if let Some([earlier, later]) = slip {
        let (before, key) = (earlier.key_text().unwrap_or_default(), later.key_text().unwrap_or_default());
        sink.report(later.key_span(), format!("the key `{key}` stands behind `{before}`: the keys are not sorted"))
            .caption("out of order")
            .label(earlier.key_span(), "sorts after it")
            .help("sort the keys");
    }
    let below = keys.iter().map(|entry| entry.value).chain(node.items());
    for value in below.filter(|value| recursive && value.anchored().is_none()) {
        check_node(value, recursive, sink);
    }
}
