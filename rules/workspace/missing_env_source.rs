//! `missing-env-source`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{KnownFile, ObjectFacts, SourceFacts, Workspace};

crate::rule! {
    /// Flags a variable that is taken from a ConfigMap or Secret, or a key of one, that does not exist.
    ///
    /// ## Why
    /// The container does not start: `CreateContainerConfigError`. Say `optional: true` where it may be missing.
    ///
    /// By default only a key is reported that the object, there to be seen, does not have. An object that is nowhere in
    /// the repository may be made elsewhere; it is reported when the rule is asked for and the whole repository is known.
    ///
    /// ```yaml bad default
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    ///                  --- the keys of ConfigMap `web`
    /// data: {LEVEL: info}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     env:
    ///     - {name: LEVEL, valueFrom: {configMapKeyRef: {name: web, key: level}}}
    ///                                                                   ^^^^^ Pod `web` takes a variable from the key `level` of ConfigMap `web`, which has no such key
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     envFrom: [{secretRef: {name: db}}]
    ///                                  ^^ Pod `web` takes variables from Secret `db`, which is nowhere in the repository
    /// ```
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     envFrom: [{secretRef: {name: db}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     env:
    ///     - {name: A, valueFrom: {configMapKeyRef: {name: web, key: level, optional: true}}}
    ///     - {name: B, valueFrom: {secretKeyRef: {name: vault, key: password}}}
    /// ---
    /// apiVersion: external-secrets.io/v1
    /// kind: ExternalSecret
    /// metadata: {name: vault}
    /// ```
    pub RULE {
        name: "missing-env-source",
        aliases: &["kube-linter:env-value-from"],
        severity: Severity::High, tier: Tier::Default, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::list("ignore", &[], "Names of ConfigMaps and Secrets that are made elsewhere.")],
        checks: &[
            Check::Workspace { needs: Needs::Contradiction, check: check_keys },
            Check::Workspace { needs: Needs::Absence, check: check_objects },
        ],
    }
}

fn check_keys(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object, source) in sources(workspace) {
        let Some((key, span)) = &source.key else { continue };
        let found: Vec<_> = workspace.named(object, None, &source.kind, &source.name).collect();
        let has = |owner: &ObjectFacts| {
            owner.relations.keys.as_ref().is_none_or(|keys| keys.contains(key) || keys.is_empty())
        };
        if file.facts.incomplete || found.iter().any(|(at, owner)| at.facts.incomplete || has(owner)) {
            continue;
        }
        let Some((at, owner)) = found.iter().find(|(at, _)| at.is_beside(file)) else { continue };
        let message = format!(
            "{} takes a variable from the key `{key}` of {}, which has no such key",
            object.title(),
            owner.title()
        );
        sink.report_in(file.id, *span, message)
            .caption("no such key")
            .label_in(at.id, owner.span, format!("the keys of {}", owner.title()))
            .help("name a key that is there, or add it");
    }
}

fn check_objects(workspace: &Workspace, sink: &mut Sink<'_>) {
    // Operators write Secrets under the name of the object that asks for them.
    let known = |name: &str| workspace.objects().any(|(_, object)| object.name == name && object.pods.is_empty());
    for (file, object, source) in sources(workspace) {
        if !known(&source.name) && !sink.list("ignore").contains(&source.name.as_str()) {
            let message = format!(
                "{} takes variables from {} `{}`, which is nowhere in the repository",
                object.title(),
                source.kind,
                source.name
            );
            sink.report_in(file.id, source.span, message)
                .caption(format!("no such {}", source.kind))
                .help("correct the name, add the object, or set `optional: true`")
                .severity(Severity::Medium)
                .pedantic();
        }
    }
}

fn sources(workspace: &Workspace) -> impl Iterator<Item = (&KnownFile, &ObjectFacts, &SourceFacts)> {
    let all = workspace
        .objects()
        .flat_map(|(file, object)| object.relations.sources.iter().map(move |source| (file, object, source)));
    all.filter(|(_, _, source)| source.variable)
}
