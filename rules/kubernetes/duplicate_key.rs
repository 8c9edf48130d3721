//! `duplicate-key`.
use crate::document::ManifestDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a key that stands twice in one mapping.
    ///
    /// ## Why
    /// Only the last one counts: what stands under the first is lost, although it looks as if it held. Newer clients
    /// refuse such a file.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources:
    ///       limits: {memory: 64Mi}
    ///     resources:
    ///     ^^^^^^^^^ the key `resources` stands twice in one mapping: what it held before is lost
    ///       requests: {cpu: 10m}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: settings, labels: {app: web, app: api}}
    ///                                               ^^^ the key `app` stands twice in one mapping
    /// ```
    /// A key may replace one that `<<` brings in, and mappings apart have keys of their own:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: settings
    ///   labels: &labels {app: web, tier: front}
    ///   annotations:
    ///     <<: *labels
    ///     app: api
    /// ```
    /// A document that is no Kubernetes object is not looked at:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: settings}
    /// ---
    /// a: 1
    /// a: 2
    /// ```
    pub RULE {
        name: "duplicate-key",
        aliases: &[],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Yaml(check)],
    }
}

fn check(manifest: &ManifestDocument, sink: &mut Sink<'_>) {
    for duplicate in manifest.yaml.duplicate_keys() {
        let Some(document) = manifest.yaml.document_at(duplicate.later.start as usize) else { continue };
        let skipped = manifest.skipped.iter().any(|(index, _)| *index == document.index);
        if skipped || Object::new(document.root).is_none() {
            continue;
        }
        let key = duplicate.key;
        sink.report(
            duplicate.later,
            format!("the key `{key}` stands twice in one mapping: what it held before is lost"),
        )
        .caption("stands here again")
        .label(duplicate.earlier, "this value is lost")
        .help("join the two, or remove one");
    }
}
