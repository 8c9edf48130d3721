//! `job-never-cleaned-up`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a Job that stays when it has finished, and a CronJob whose Jobs vanish before their time.
    ///
    /// ## Why
    /// A finished Job and its pods stay for ever unless `ttlSecondsAfterFinished` is set. A CronJob cleans up by its
    /// history limits; a time to live in its template works against them.
    ///
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: sweep}
    /// spec:
    /// ^^^^ Job `sweep` stays for ever when it has finished
    ///   template: {spec: {restartPolicy: Never, containers: [{name: sweep, image: 'example.com/sweep:1.4'}]}}
    /// ```
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// spec:
    ///   schedule: '@daily'
    ///   jobTemplate:
    ///     spec:
    ///       ttlSecondsAfterFinished: 60
    ///       ^^^^^^^^^^^^^^^^^^^^^^^ the Jobs of CronJob `sweep` vanish
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: sweep}
    /// spec:
    ///   ttlSecondsAfterFinished: 3600
    ///   template: {spec: {restartPolicy: Never, containers: [{name: sweep, image: 'example.com/sweep:1.4'}]}}
    /// ```
    /// A hook is deleted by its tool:
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate, annotations: {helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: hook-succeeded}}
    /// spec: {template: {spec: {restartPolicy: Never}}}
    /// ```
    pub RULE {
        name: "job-never-cleaned-up",
        aliases: &[
            "kube-linter:job-ttl-seconds-after-finished", "kyverno:restrict-jobs",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["Job", "CronJob"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec").filter(|spec| object.group() == "batch" && spec.is_mapping()) else {
        return;
    };
    if object.kind == "CronJob" {
        let job = spec.get("jobTemplate").and_then(|template| template.get("spec"));
        if let Some(entry) = job.and_then(|job| job.entry("ttlSecondsAfterFinished")) {
            let message = format!("the Jobs of {} vanish whatever its history limits say", object.title());
            sink.report(entry.key_span(), message)
                .caption("works against the history limits")
                .help("remove it, and set `successfulJobsHistoryLimit` and `failedJobsHistoryLimit`");
        }
        return;
    }
    let hooks = ["helm.sh/hook-delete-policy", "argocd.argoproj.io/hook-delete-policy"];
    let deleted = hooks.iter().any(|hook| object.annotation(hook).is_some());
    if spec.get("ttlSecondsAfterFinished").is_none_or(Node::is_null) && !deleted {
        sink.report(place::missing_in(spec), format!("{} stays for ever when it has finished", object.title()))
            .caption("no `ttlSecondsAfterFinished`")
            .help("set `ttlSecondsAfterFinished`; where a GitOps tool would make the Job again, leave it out");
    }
}
