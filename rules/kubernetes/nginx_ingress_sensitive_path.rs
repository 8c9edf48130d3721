//! `nginx-ingress-sensitive-path`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a path of an Ingress that may read files of ingress-nginx.
    ///
    /// ## Why
    /// ingress-nginx before 1.2.0 put the path into its configuration as it stands: with a name such as
    /// `/var/run/secrets` it served the files of the controller, its service account's token too (CVE-2021-25745).
    ///
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   rules:
    ///   - http:
    ///       paths:
    ///       - path: /x{alias /var/run/secrets/;}#
    ///               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a path of Ingress `web` holds `/var/run/secrets`
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   rules: [{http: {paths: [{path: /secrets}]}}]
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   rules: [{http: {paths: [{path: /etcd}]}}]
    /// ```
    pub RULE {
        name: "nginx-ingress-sensitive-path",
        aliases: &[
            "kyverno:restrict-ingress-paths",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["Ingress"], check)],
    }
}

const FOLDERS: [&str; 4] = ["/var/run/secrets", "/run/secrets", "/etc/", "/root/"];

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let rules = object.node.get("spec").and_then(|spec| spec.get("rules")).into_iter().flat_map(Node::items);
    let paths = rules.filter_map(|rule| rule.get("http")?.get("paths")).flat_map(Node::items);
    for path in paths.filter_map(|item| item.get("path")) {
        let text = format!("{}/", path.text().unwrap_or_default());
        if let Some(folder) = FOLDERS.iter().find(|folder| text.contains(**folder)) {
            let folder = folder.trim_end_matches('/');
            sink.report_value(
                path,
                format!("a path of {} holds `{folder}`, a folder of the controller", object.title()),
            )
            .caption("a folder of the controller")
            .help("choose another path, and keep ingress-nginx up to date");
        }
    }
}
