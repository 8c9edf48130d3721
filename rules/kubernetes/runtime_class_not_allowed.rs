//! `runtime-class-not-allowed`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{PodSpec, is_placeholder};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a `runtimeClassName` that is not among the configured ones.
    ///
    /// ## Why
    /// A runtime class decides by what a container is kept from its node. Which ones are fit is for the cluster to say, so
    /// that this rule does nothing until it is given a list.
    ///
    /// ```yaml bad option.allow=["gvisor"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   runtimeClassName: runc
    ///                     ^^^^ Pod `web` asks for the runtime class `runc`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good option.allow=["gvisor"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   runtimeClassName: gvisor
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   runtimeClassName: runc
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "runtime-class-not-allowed",
        aliases: &[
            "kyverno:restrict-runtimeclass",
        ],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allow", &[], "Runtime classes that may be named; empty switches the rule off.")],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let Some(value) = pod.node.get("runtimeClassName") else { return };
    let Some(class) = value.text().filter(|class| !class.is_empty() && !is_placeholder(class)) else { return };
    let allowed = sink.list("allow");
    if !allowed.is_empty() && !allowed.contains(&class) {
        let help = format!("use one of: {}", allowed.join(", "));
        let message = format!("{} asks for the runtime class `{class}`, which is not allowed here", pod.title());
        sink.report_value(value, message).caption("not an allowed class").help(help);
    }
}
