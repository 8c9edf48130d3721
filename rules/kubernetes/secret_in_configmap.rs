//! `secret-in-configmap`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, is_placeholder, place};
use crate::rule::{Check, Sink};
use crate::secrets::{self, Likeness, name_likeness, tokens_in};
use crate::yaml::{Entry, Node};

crate::rule! {
    /// Flags a credential in a ConfigMap.
    ///
    /// ## Why
    /// Many may read ConfigMaps who may not read Secrets, and both the file and its history are readable by whoever has
    /// the repository. Put it into a Secret that is not committed.
    ///
    /// By default only private keys and tokens known by their shape are reported; when the rule is asked for, also
    /// lines and keys that are called a password or a token. The value is never shown.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data:
    ///   settings.ini: |
    ///     [git]
    ///     auth = ghp_0123456789abcdefghijABCDEFGHIJ012345
    ///            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ConfigMap `web` holds a GitHub token in `settings.ini`
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data:
    ///   DB_PASSWORD: hunter2
    ///                ^^^^^^^ ConfigMap `web` holds what looks like a credential: `DB_PASSWORD`
    ///   app.properties: |
    ///     user=web
    ///     db.password=hunter2
    ///     ^^^^^^^^^^^^^^^^^^^ ConfigMap `web` holds what looks like a credential: `db.password`
    /// ```
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {DB_PASSWORD: hunter2}
    /// ```
    /// Where it comes from outside, and what is about secrets:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data:
    ///   DB_PASSWORD_FILE: /run/secrets/db
    ///   empty-token:
    ///   app.properties: |
    ///     db.password=${DB_PASSWORD}
    ///     token: $(cat /run/token)
    ///     token-ttl=5m
    /// ```
    pub RULE {
        name: "secret-in-configmap",
        aliases: &["trivy:KSV-0109", "trivy:KSV-01010", "polaris:sensitiveConfigmapContent", "kubescape:C-0012"],
        severity: Severity::High, tier: Tier::Default, family: Family::Secrets, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["ConfigMap"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    if object.api_version != "v1" || object.node.get("sops").is_some() {
        return;
    }
    for entry in object.node.get("data").into_iter().flat_map(Node::entries) {
        let raw = entry.value.raw();
        let tokens = tokens_in(raw);
        let key = entry.key_text().unwrap_or_default();
        for (range, what) in &tokens {
            let message = format!("{} holds {what} in `{key}`, readable by all who read ConfigMaps", object.title());
            sink.report(place::part(entry.value, range.clone()), message)
                .caption(format!("is {what}"))
                .help("revoke it, and keep the new one in a Secret that is not committed")
                .severity(Severity::Critical);
        }
        if tokens.is_empty() {
            check_names(object, &entry, raw, sink);
        }
    }
}

/// Reports what is called a credential: the key of the value, or of a line in it.
fn check_names(object: Object<'_>, entry: &Entry<'_>, raw: &str, sink: &mut Sink<'_>) {
    let key = entry.key_text().unwrap_or_default();
    if !raw.contains('\n') {
        if is_credential(key, entry.value.text().unwrap_or_default()) {
            report(object, entry, key, 0..raw.len(), sink);
        }
        return;
    }
    let mut start = 0;
    for line in raw.split_inclusive('\n') {
        let trimmed = line.trim();
        let quotes = |c: char| matches!(c, '"' | '\'' | ' ' | ',');
        if let Some((name, value)) = trimmed.split_once(['=', ':'])
            && !trimmed.starts_with(['#', ';', '/'])
            && is_credential(name.trim_matches(quotes), value.trim_matches(quotes))
        {
            let indent = line.len() - line.trim_start().len();
            let name = name.trim_matches(quotes);
            report(object, entry, name, start + indent..start + indent + trimmed.len(), sink);
        }
        start += line.len();
    }
}

fn is_credential(name: &str, value: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let open = secrets::is_placeholder(value) || is_placeholder(value) || value.contains(['$', '(', ' ', '{', '[']);
    plain && !open && name_likeness(name) == Likeness::Clear
}

fn report(object: Object<'_>, entry: &Entry<'_>, name: &str, range: std::ops::Range<usize>, sink: &mut Sink<'_>) {
    let message = format!("{} holds what looks like a credential: `{name}`", object.title());
    sink.report(place::part(entry.value, range), message)
        .caption("readable by all who read ConfigMaps")
        .help("put it into a Secret that is not committed")
        .pedantic();
}
