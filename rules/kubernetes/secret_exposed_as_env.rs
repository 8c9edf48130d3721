//! `secret-exposed-as-env`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Container, place};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container that gets a Secret through its environment.
    ///
    /// ## Why
    /// The environment is inherited by every child process and printed by crash reports and debug pages. A mounted
    /// file is read by who opens it, and follows the Secret when it changes.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     env:
    ///     - name: DB_PASSWORD
    ///             ^^^^^^^^^^^ container `web` gets the Secret `db` through its environment
    ///       valueFrom: {secretKeyRef: {name: db, key: password}}
    ///     envFrom:
    ///     - secretRef: {name: all}
    ///       ^^^^^^^^^ container `web` gets the Secret `all` through its environment
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     env: [{name: LEVEL, valueFrom: {configMapKeyRef: {name: web, key: level}}}]
    ///     volumeMounts: [{name: db, mountPath: /run/secrets/db}]
    ///   volumes: [{name: db, secret: {secretName: db}}]
    /// ```
    /// ```yaml good option.include-env-from=false
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     envFrom: [{secretRef: {name: all}}]
    /// ```
    pub RULE {
        name: "secret-exposed-as-env",
        aliases: &[
            "kube-linter:read-secret-from-env-var", "checkov:CKV_K8S_35", "kubescape:C-0207",
            "kyverno:secrets-not-from-env-vars", "kyverno:no-secrets", "kyverno:restrict-secrets-by-name",
            "kyverno:restrict-secrets-by-label",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Secrets, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::bool("include-env-from", true, "Whether `envFrom` is looked at too.")],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let message = |secret: &str| format!("{} gets the Secret `{secret}` through its environment", container.title());
    let help = "mount the Secret as a file";
    for variable in container.items("env") {
        let reference = variable.get("valueFrom").and_then(|from| from.get("secretKeyRef"));
        if let Some(secret) = reference.and_then(|reference| reference.get("name")?.text()) {
            sink.report(place::item(variable), message(secret)).caption("from a Secret").help(help);
        }
    }
    for source in container.items("envFrom").filter(|_| sink.switch("include-env-from")).collect::<Vec<_>>() {
        if let Some(secret) = source.get("secretRef").and_then(|reference| reference.get("name")?.text()) {
            sink.report(place::item(source), message(secret)).caption("from a Secret").help(help);
        }
    }
}
