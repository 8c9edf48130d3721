//! `unsorted-keys`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags keys of a mapping that are not in order.
    ///
    /// ## Why
    /// Some keep their manifests sorted, to make differences small. Each mapping is reported once.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// data: {b: '1', a: '2'}
    ///                ^ the key `a` stands after `b`
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// data: {a: '1', b: '2'}
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ```
    /// ```yaml good option.recursive=false
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, labels: {b: x, a: y}}
    /// ```
    pub RULE {
        name: "unsorted-keys",
        aliases: &[
            "kube-linter:sorted-keys",
        ],
        severity: Severity::Info, tier: Tier::OptIn, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::bool("recursive", true, "Whether mappings below the object itself are looked at.")],
        checks: &[Check::Object(&["*"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    look(object.node, 0, sink);
}

fn look(node: Node<'_>, depth: u32, sink: &mut Sink<'_>) {
    if node.anchored().is_some() || depth > 128 {
        return;
    }
    let keys: Vec<_> = node.raw_entries().filter_map(|entry| Some((entry, entry.key_text()?))).collect();
    if let Some([before, (entry, key)]) = keys.array_windows().find(|[before, after]| before.1 > after.1) {
        sink.report(entry.key_span(), format!("the key `{key}` stands after `{}`", before.1))
            .caption("not in order")
            .help("sort the keys");
    }
    if sink.switch("recursive") {
        let below = node.items().chain(keys.iter().map(|(entry, _)| entry.value));
        below.for_each(|value| look(value, depth + 1, sink));
    }
}
