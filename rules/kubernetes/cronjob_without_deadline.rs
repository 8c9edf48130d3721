//! `cronjob-without-deadline`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a CronJob that does not say how late it may start.
    ///
    /// ## Why
    /// After an outage of the controller, a run that is hours late still starts. With a deadline of less than ten seconds none
    /// may ever start, since the controller looks every ten.
    ///
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: report}
    /// spec:
    /// ^^^^ CronJob `report` does not say how late it may start
    ///   schedule: "0 3 * * *"
    /// ---
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// spec:
    ///   schedule: "0 3 * * *"
    ///   startingDeadlineSeconds: 5
    ///                            ^ CronJob `sweep` may start 5 seconds late at most
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: report}
    /// spec: {schedule: "0 3 * * *", startingDeadlineSeconds: 600}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: report}
    /// spec: {backoffLimit: 1}
    /// ```
    pub RULE {
        name: "cronjob-without-deadline",
        aliases: &[
            "kube-score:cronjob-has-deadline",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["CronJob"], check)],
    }
}

fn check(job: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = job.node.get("spec").filter(|_| job.group() == "batch") else { return };
    let value = spec.get("startingDeadlineSeconds").filter(|value| !value.is_null());
    let finding = match value.map(|value| (value, value.as_i64())) {
        None => sink.report(place::missing_in(spec), format!("{} does not say how late it may start", job.title())),
        Some((value, Some(seconds))) if seconds < 10 => {
            let message = format!(
                "{} may start {seconds} seconds late at most, less than its controller needs to notice",
                job.title()
            );
            sink.report_value(value, message)
        }
        Some(_) => return,
    };
    finding
        .caption("no useful deadline")
        .help("set `startingDeadlineSeconds` to how late the run is still worth while");
}
