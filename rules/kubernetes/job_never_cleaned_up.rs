//! `job-never-cleaned-up`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a Job that stays when it is done, and a CronJob whose jobs go before its history says so.
    ///
    /// ## Why
    /// Finished Jobs and their pods pile up in the API server. A CronJob keeps a history of its own, which
    /// `ttlSecondsAfterFinished` would cut short.
    ///
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate}
    /// spec:
    /// ^^^^ Job `migrate` stays when it is done
    ///   backoffLimit: 1
    /// ---
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: report}
    /// spec:
    ///   schedule: "0 3 * * *"
    ///   jobTemplate:
    ///     spec:
    ///       ttlSecondsAfterFinished: 60
    ///       ^^^^^^^^^^^^^^^^^^^^^^^ the jobs of CronJob `report` go before its history says so
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate}
    /// spec: {ttlSecondsAfterFinished: 3600}
    /// ```
    /// Hooks of Helm and Argo CD are removed by those:
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: migrate, annotations: {argocd.argoproj.io/hook: PreSync}}
    /// spec: {backoffLimit: 1}
    /// ```
    pub RULE {
        name: "job-never-cleaned-up",
        aliases: &[
            "kube-linter:job-ttl-seconds-after-finished",
            "kyverno:restrict-jobs",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Job", "CronJob"], check)],
    }
}

fn check(job: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = job.node.get("spec").filter(|_| job.group() == "batch") else { return };
    let hook = ["helm.sh/hook", "argocd.argoproj.io/hook"].iter().any(|key| job.annotation(key).is_some());
    if job.kind == "Job" {
        if !hook && spec.get("ttlSecondsAfterFinished").is_none_or(|value| value.is_null()) {
            sink.report(place::missing_in(spec), format!("{} stays when it is done", job.title()))
                .caption("`ttlSecondsAfterFinished` is missing")
                .help("set `ttlSecondsAfterFinished`");
        }
        return;
    }
    let template = spec.get("jobTemplate").and_then(|template| template.get("spec"));
    if let Some(entry) = template.and_then(|template| template.entry("ttlSecondsAfterFinished")) {
        sink.report(entry.key_span(), format!("the jobs of {} go before its history says so", job.title()))
            .caption("cuts the history short")
            .help("remove it; `successfulJobsHistoryLimit` and `failedJobsHistoryLimit` decide");
    }
}
