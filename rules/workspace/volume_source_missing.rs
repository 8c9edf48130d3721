//! `volume-source-missing`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{ObjectFacts, Workspace};

crate::rule! {
    /// Flags a volume of a ConfigMap, Secret or claim that does not exist.
    ///
    /// ## Why
    /// The pod waits for the volume and never starts. Say `optional: true` where it may be missing.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    ///   volumes:
    ///   - {name: settings, configMap: {name: web}}
    ///                                        ^^^ Pod `web` has a volume of ConfigMap `web`, which is nowhere in the repository
    ///   - name: all
    ///     projected: {sources: [{secret: {name: db}}]}
    ///                                           ^^ Pod `web` has a volume of Secret `db`, which is nowhere in the repository
    ///   - {name: data, persistentVolumeClaim: {claimName: data}}
    ///                                                     ^^^^ Pod `web` has a volume of PersistentVolumeClaim `data`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    ///   volumes:
    ///   - {name: settings, configMap: {name: web}}
    ///   - {name: roots, configMap: {name: kube-root-ca.crt}}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ```
    /// Operators write Secrets under the name of the object that asks for them:
    /// ```yaml good option.ignore=["license"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    ///   volumes:
    ///   - {name: a, secret: {secretName: web-tls}}
    ///   - {name: b, secret: {secretName: license}}
    ///   - {name: c, secret: {secretName: maybe, optional: true}}
    /// ---
    /// apiVersion: cert-manager.io/v1
    /// kind: Certificate
    /// metadata: {name: web-tls}
    /// ```
    pub RULE {
        name: "volume-source-missing",
        aliases: &[],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::list("ignore", &[], "Names of objects that are made elsewhere.")],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

/// ConfigMaps that Kubernetes, OpenShift and Istio put into every namespace.
const IN_EVERY_NAMESPACE: [&str; 3] = ["kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert"];

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        for source in object.relations.sources.iter().filter(|source| !source.variable) {
            let ignored =
                IN_EVERY_NAMESPACE.contains(&&*source.name) || sink.list("ignore").contains(&source.name.as_str());
            if file.facts.incomplete || ignored || may_exist(workspace, object, &source.name) {
                continue;
            }
            let message = format!(
                "{} has a volume of {} `{}`, which is nowhere in the repository",
                object.title(),
                source.kind,
                source.name
            );
            sink.report_in(file.id, source.span, message)
                .caption(format!("no such {}", source.kind))
                .help("correct the name or the namespace, add the object, or set `optional: true`");
        }
    }
}

/// Whether an object of that name is there: of another kind too, since operators name what they make after it.
fn may_exist(workspace: &Workspace, near: &ObjectFacts, name: &str) -> bool {
    workspace.objects().any(|(_, object)| {
        let made = object.name == name && object.pods.is_empty() && object.may_be_in(near.namespace.as_deref());
        made || object.relations.generated.contains(name)
    })
}
