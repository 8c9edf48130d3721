//! `ingress-class-not-allowed`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an Ingress of a class that is not allowed here.
    ///
    /// ## Why
    /// Each class is another way into the cluster. Which ones are allowed is the option `allow`; without it the rule
    /// does nothing.
    ///
    /// ```yaml bad option.allow=["inside"]
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   ingressClassName: outside
    ///                     ^^^^^^^ Ingress `web` has the class `outside`, which is not allowed
    /// ```
    /// ```yaml good option.allow=["inside"]
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   ingressClassName: inside
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   ingressClassName: outside
    /// ```
    pub RULE {
        name: "ingress-class-not-allowed",
        aliases: &[
            "kyverno:restrict-ingress-classes",
        ],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::list("allow", &[], "Classes that Ingresses may have.")],
        checks: &[Check::Object(&["Ingress"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let class = object.node.get("spec").and_then(|spec| spec.get("ingressClassName"));
    let class = class.or_else(|| object.annotation("kubernetes.io/ingress.class"));
    let Some((node, text)) = class.and_then(|class| Some((class, class.text()?))) else { return };
    let allowed = sink.list("allow");
    if !allowed.is_empty() && !allowed.contains(&text) {
        sink.report_value(node, format!("{} has the class `{text}`, which is not allowed", object.title()))
            .caption("not allowed")
            .help("use a class that is allowed");
    }
}
