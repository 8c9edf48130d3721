//! `capabilities-not-dropped`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Container, pod_security};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container that keeps capabilities it was not asked to: it does not drop `ALL`, or adds more than `NET_BIND_SERVICE`.
    ///
    /// ## Why
    /// A container runtime gives every container a dozen capabilities, among them those to change the owner of files
    /// and to make raw packets. Nearly no program needs one. Drop all, and add back the one that is needed.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///           ^^^ container `web` does not drop all capabilities
    ///     image: example.com/web:1.4
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     securityContext:
    ///       capabilities:
    ///         drop: [NET_RAW]
    ///         ^^^^ container `log` does not drop all capabilities
    ///   - name: proxy
    ///     image: example.com/proxy:1.4
    ///     securityContext:
    ///       capabilities:
    ///         drop: [ALL]
    ///         add: [NET_BIND_SERVICE, CHOWN]
    ///                                 ^^^^^ container `proxy` adds the capability `CHOWN`
    /// ```
    /// The standard compares letter for letter:
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {capabilities: {drop: [all]}}
    ///                                             ^^^ container `web` drops `all`, which the standard does not take for `ALL`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext:
    ///       capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}
    /// ```
    /// Windows has no capabilities:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   os: {name: windows}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:restricted/capabilities_restricted`
    ///   - from 1.22: every container must drop `ALL` and may add `NET_BIND_SERVICE` only
    ///   - from 1.25: pods with `os.name: windows` are exempt
    pub RULE {
        name: "capabilities-not-dropped",
        aliases: &[
            "trivy:KSV-0003", "trivy:KSV-0004", "trivy:KSV-0106", "checkov:CKV_K8S_37", "polaris:insecureCapabilities",
            "kubescape:C-0201", "pss:restricted/capabilities_restricted", "kyverno:disallow-capabilities-strict",
            "kyverno:drop-all-capabilities", "kyverno:podsecurity-subrule-restricted-capabilities",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::list("allow", &["NET_BIND_SERVICE"], "Capabilities that may be added.")],
        checks: &[Check::Container(check)],
    }
}

const STANDARD: &str = "pss:restricted/capabilities_restricted";
const EXACT: &[&str] =
    &[STANDARD, "kyverno:disallow-capabilities-strict", "kyverno:podsecurity-subrule-restricted-capabilities"];
const ADDING: &[&str] = &[
    "trivy:KSV-0106",
    STANDARD,
    "kyverno:disallow-capabilities-strict",
    "kyverno:podsecurity-subrule-restricted-capabilities",
];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let version = sink.version();
    if pod_security::exempts_windows(container.pod, version) {
        return;
    }
    let before = sink.findings.len();
    dropped(container, sink);
    added(container, sink);
    if !pod_security::has(STANDARD, version) {
        for finding in &mut sink.findings[before..] {
            finding.not_aliases(&[STANDARD]);
        }
    }
}

fn dropped(container: Container<'_>, sink: &mut Sink<'_>) {
    let list = container.security_context("capabilities").and_then(|capabilities| capabilities.entry("drop"));
    let names: Vec<Node<'_>> = container.capabilities("drop").collect();
    if names.iter().any(|name| name.text() == Some("ALL")) || list.is_some_and(|entry| is_filled_in(entry.value)) {
        return;
    }
    let loose = names.iter().find(|name| name.text().is_some_and(|text| text.eq_ignore_ascii_case("ALL")));
    let finding = match loose {
        Some(name) => {
            let text = name.text().unwrap_or_default();
            let message = format!("{} drops `{text}`, which the standard does not take for `ALL`", container.title());
            sink.report_value(*name, message).caption("not `ALL`").aliases(EXACT)
        }
        None => {
            let message = format!("{} does not drop all capabilities", container.title());
            let span = container.missing_capability("drop");
            sink.report(span, message).caption("`ALL` is not dropped")
        }
    };
    finding.help("set `capabilities: {drop: [ALL]}`, and add back the one that the program needs");
    let span = finding.primary.span;
    finding.about(span);
}

/// A value that is no list is a template expression.
fn is_filled_in(value: Node<'_>) -> bool {
    !value.is_sequence() && !value.is_null()
}

fn added(container: Container<'_>, sink: &mut Sink<'_>) {
    for name in container.capabilities("add") {
        let Some(text) = name.text() else { continue };
        if sink.list("allow").contains(&text) || crate::kubernetes::is_placeholder(text) {
            continue;
        }
        let message = format!("{} adds the capability `{text}`", container.title());
        sink.report_value(name, message)
            .caption("added")
            .about(name.span())
            .aliases(ADDING)
            .help("drop it, unless the program cannot do without");
    }
}
