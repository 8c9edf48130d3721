//! `invalid-job-restart-policy`.
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::kubernetes::{PodSpec, is_placeholder};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a Job or CronJob whose pods would be restarted for ever.
    ///
    /// ## Why
    /// The API refuses it: a Job ends, so its `restartPolicy` must be `OnFailure` or `Never`. Left out it is `Always`.
    ///
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: sweep}
    /// spec:
    ///   template:
    ///     spec:
    ///       restartPolicy: Always
    ///                      ^^^^^^ Job `sweep` has the restart policy `Always`, which the API refuses
    ///       containers: [{name: sweep, image: "example.com/sweep:1.4"}]
    /// ```
    /// ```yaml fixed
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: sweep}
    /// spec:
    ///   template:
    ///     spec:
    ///       restartPolicy: OnFailure
    ///       containers: [{name: sweep, image: "example.com/sweep:1.4"}]
    /// ```
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// spec:
    ///   jobTemplate:
    ///     spec:
    ///       template:
    ///         spec:
    ///         ^^^^ CronJob `sweep` has no restart policy, which the API refuses
    ///           containers: [{name: sweep, image: "example.com/sweep:1.4"}]
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: sweep}
    /// spec:
    ///   template:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers: [{name: sweep, image: "example.com/sweep:1.4"}]
    /// ```
    /// A Pod may run for ever:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: sweep}
    /// spec:
    ///   containers: [{name: sweep, image: "example.com/sweep:1.4"}]
    /// ```
    pub RULE {
        name: "invalid-job-restart-policy",
        aliases: &["kube-score:cronjob-restartpolicy"],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    if pod.object.group() != "batch" || !pod.known {
        return;
    }
    let title = pod.object.title();
    let help = "set `restartPolicy: OnFailure`, or `Never` to start a new pod instead";
    let Some(policy) = pod.node.get("restartPolicy").filter(|policy| !policy.is_null()) else {
        // A patch may bring it.
        if sink.transforms().is_none_or(|transforms| !transforms.patched) {
            sink.report(
                pod.span(),
                format!("{title} has no restart policy, which the API refuses: it would be `Always`"),
            )
            .caption("no `restartPolicy`")
            .help(help);
        }
        return;
    };
    let Some(text) = policy.text() else { return };
    if !["OnFailure", "Never"].contains(&text) && !is_placeholder(text) {
        let finding =
            sink.report_value(policy, format!("{title} has the restart policy `{text}`, which the API refuses"));
        finding.caption("must be `OnFailure` or `Never`").help(help);
        if policy.anchored().is_none() {
            let edit = vec![(policy.span(), "OnFailure".to_owned())];
            finding.fix(Safety::Unsafe, "Restart on failure only", edit);
        }
    }
}
