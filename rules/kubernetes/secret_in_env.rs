//! `secret-in-env`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, is_placeholder, place};
use crate::rule::{Check, Sink};
use crate::secrets::{self, Likeness, name_likeness, tokens_in};

crate::rule! {
    /// Flags a credential written into the environment of a container.
    ///
    /// ## Why
    /// It is readable by whoever reads the file or the pod, and stays in the history of the repository. Take it from a
    /// Secret with `secretKeyRef`.
    ///
    /// A variable is reported by the shape of its value (a token of a known provider, a private key), or where its name
    /// can only be that of a secret and the value is literal. What names a file, a Secret or nothing yet (`changeme`,
    /// `<token>`) passes. The value is never shown.
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
    ///             ----------- names a secret
    ///       value: hunter2
    ///              ^^^^^^^ container `web` has the secret `DB_PASSWORD` in its manifest
    ///     - name: CI
    ///       value: ghp_0123456789abcdefghijABCDEFGHIJ012345
    ///              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ container `web` has a GitHub token in its manifest: `CI`
    /// ```
    /// It may be the name of a Secret:
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     env: [{name: CERT_SECRET, value: web-tls-cert}]
    ///                                      ^^^^^^^^^^^^ container `web` may have the secret `CERT_SECRET` in its manifest
    /// ```
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     env: [{name: CERT_SECRET, value: web-tls-cert}]
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
    ///     - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
    ///     - {name: DB_PASSWORD_FILE, value: /run/secrets/db}
    ///     - {name: API_TOKEN, value: "<token>"}
    ///     - {name: API_KEY, value: changeme}
    ///     - {name: SECRET, value: $(OTHER)}
    ///     - {name: MYSQL_ALLOW_EMPTY_PASSWORD, value: "true"}
    ///     - {name: ROOT_PASSWORD, value: ""}
    /// ```
    pub RULE {
        name: "secret-in-env",
        aliases: &[
            "kube-linter:env-var-secret", "polaris:sensitiveContainerEnvVar", "kubescape:C-0012", "kubescape:C-0259",
            "kyverno:check-env-vars",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::Secrets, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for variable in container.items("env") {
        let (Some(name), Some(node)) = (variable.get("name"), variable.get("value")) else { continue };
        let (Some(key), Some(value)) = (name.text(), node.text()) else { continue };
        let title = container.title();
        if let Some((range, what)) = tokens_in(node.raw()).first() {
            sink.report(place::part(node, range.clone()), format!("{title} has {what} in its manifest: `{key}`"))
                .caption(format!("is {what}"))
                .help("revoke it, and take the new one from a Secret with `secretKeyRef`")
                .severity(Severity::Critical);
            continue;
        }
        if name_likeness(key) != Likeness::Clear || is_open(value) {
            continue;
        }
        let certain = !may_name_an_object(key, value);
        let has = if certain { "has" } else { "may have" };
        let finding = sink.report(
            place::part(node, 0..node.raw().len()),
            format!("{title} {has} the secret `{key}` in its manifest"),
        );
        finding
            .caption(if certain { "a literal secret" } else { "a secret, or the name of a Secret" })
            .label(name.span(), "names a secret")
            .help("take it from a Secret with `secretKeyRef`");
        if !certain {
            finding.pedantic();
        }
    }
}

/// Whether a value is filled in later, or says where the secret is.
fn is_open(value: &str) -> bool {
    const REFERENCES: [&str; 5] = ["arn:", "vault:", "projects/", "secret/", "ENC["];
    secrets::is_placeholder(value)
        || is_placeholder(value)
        || value.contains('$')
        || REFERENCES.iter().any(|prefix| value.starts_with(prefix))
}

/// Whether the value reads as the name of a Secret, and the variable as what such a name is given to. A small number
/// is a count or a switch.
fn may_name_an_object(key: &str, value: &str) -> bool {
    let upper = key.to_ascii_uppercase();
    let named =
        value.contains('-') && value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c));
    let about = ["SECRET", "SECRETS", "CREDENTIALS", "TOKEN"].iter().any(|end| upper.ends_with(end));
    let count = value.len() < 6 && value.bytes().all(|byte| byte.is_ascii_digit()) && !upper.contains("PASSW");
    named && about || count
}
