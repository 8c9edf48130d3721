//! `committed-secret`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, is_placeholder, place};
use crate::rule::{Check, Sink};
use crate::secrets::{self, Likeness, decode_base64, name_likeness, tokens_in};
use crate::yaml::{Entry, Node};

crate::rule! {
    /// Flags a Secret whose manifest holds a live credential.
    ///
    /// ## Why
    /// Base64 hides nothing: whoever reads the repository, now or in its history, has the credential. Revoke it. Keep
    /// the value in a vault (External Secrets) or encrypted (SOPS, Sealed Secrets), which the rule does not report.
    ///
    /// By default only private keys and tokens known by their shape are reported. When the rule is asked for it also
    /// reports passwords by the name of their key, and Secrets and ServiceAccounts that ask for a token which never
    /// expires. The value is never shown.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: ci}
    /// stringData:
    ///   config: token=ghp_0123456789abcdefghijABCDEFGHIJ012345
    ///                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the manifest of Secret `ci` holds a GitHub token in `config`
    /// data:
    ///   again: Z2hwXzAxMjM0NTY3ODlhYmNkZWZnaGlqQUJDREVGR0hJSjAxMjM0NQ==
    ///          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the manifest of Secret `ci` holds a GitHub token in `again`
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: db}
    /// stringData:
    ///   password: hunter2
    ///             ^^^^^^^ the manifest of Secret `db` holds what looks like a credential in `password`
    /// ---
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: robot, annotations: {kubernetes.io/service-account.name: robot}}
    /// type: kubernetes.io/service-account-token
    ///       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Secret `robot` asks for a token that never expires
    /// ```
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: db}
    /// stringData:
    ///   password: hunter2
    /// ```
    /// What is encrypted, and what only stands for a secret:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: db}
    /// stringData:
    ///   password: ENC[AES256_GCM,data:p673w==,iv:YY=,tag:UQ=,type:str]
    /// sops: {version: 3.9.0}
    /// ---
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: ci}
    /// stringData:
    ///   token: <your token>
    ///   password: ${DB_PASSWORD}
    ///   private: |
    ///     -----BEGIN PRIVATE KEY-----
    ///     ...
    ///     -----END PRIVATE KEY-----
    /// ```
    pub RULE {
        name: "committed-secret",
        aliases: &["kyverno:deny-secret-service-account-token-type", "kyverno:check-serviceaccount-secrets"],
        severity: Severity::Critical, tier: Tier::Default, family: Family::Secrets, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Secret"], check), Check::Object(&["ServiceAccount"], check_account)],
    }
}

const REVOKE: &str = "revoke it, and keep the new one in a vault or encrypted with SOPS or Sealed Secrets";

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    if object.api_version != "v1" || object.node.get("sops").is_some() {
        return;
    }
    if let Some(kind) =
        object.node.get("type").filter(|kind| kind.text() == Some("kubernetes.io/service-account-token"))
    {
        sink.report_value(kind, format!("{} asks for a token that never expires", object.title()))
            .caption("never expires")
            .help("let pods use projected tokens, or make one for a time with `kubectl create token`")
            .severity(Severity::Low)
            .pedantic();
    }
    for entry in object.node.get("stringData").into_iter().flat_map(Node::entries) {
        let tokens = tokens_in(entry.value.raw());
        for (range, what) in &tokens {
            report_token(object, &entry, what, Some(range.clone()), sink);
        }
        if tokens.is_empty() {
            check_name(object, &entry, entry.value.text().unwrap_or_default(), sink);
        }
    }
    for entry in object.node.get("data").into_iter().flat_map(Node::entries) {
        let decoded = entry.value.text().and_then(decode_base64);
        let Some(decoded) = decoded.and_then(|bytes| String::from_utf8(bytes).ok()) else { continue };
        match tokens_in(&decoded).first() {
            Some((_, what)) => report_token(object, &entry, what, None, sink),
            None => check_name(object, &entry, &decoded, sink),
        }
    }
}

fn report_token(
    object: Object<'_>,
    entry: &Entry<'_>,
    what: &str,
    range: Option<std::ops::Range<usize>>,
    sink: &mut Sink<'_>,
) {
    let span = place::part(entry.value, range.unwrap_or(0..entry.value.raw().len()));
    let key = entry.key_text().unwrap_or_default();
    sink.report(
        span,
        format!("the manifest of {} holds {what} in `{key}`, readable by whoever reads the file", object.title()),
    )
    .caption(format!("is {what}"))
    .help(REVOKE);
}

fn check_name(object: Object<'_>, entry: &Entry<'_>, value: &str, sink: &mut Sink<'_>) {
    let Some(key) = entry.key_text() else { return };
    let open =
        secrets::is_placeholder(value) || is_placeholder(value) || value.contains('$') || value.starts_with("ENC[");
    if name_likeness(key) == Likeness::Clear && !open {
        let message = format!("the manifest of {} holds what looks like a credential in `{key}`", object.title());
        sink.report(place::part(entry.value, 0..entry.value.raw().len()), message)
            .caption("readable by whoever reads the file")
            .help(REVOKE)
            .severity(Severity::High)
            .pedantic();
    }
}

fn check_account(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(entry) = object.node.entry("secrets").filter(|entry| !entry.value.is_empty()) else { return };
    if object.api_version == "v1" {
        sink.report(entry.key_span(), format!("{} lists Secrets with tokens that never expire", object.title()))
            .caption("tokens that never expire")
            .help("remove the list: pods get projected tokens")
            .severity(Severity::Low)
            .pedantic();
    }
}
