//! `cronjob-without-deadline`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a CronJob that does not say how late it may start, or that hardly ever starts.
    ///
    /// ## Why
    /// After more than 100 missed starts without `startingDeadlineSeconds` the CronJob stops for good. Below 10 seconds
    /// it may never start: the controller looks every 10 seconds.
    ///
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// spec:
    /// ^^^^ CronJob `sweep` does not say how late it may start
    ///   schedule: '@daily'
    /// ```
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// spec:
    ///   startingDeadlineSeconds: 5
    ///                            ^ CronJob `sweep` may never start
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// spec:
    ///   startingDeadlineSeconds: 300
    ///   schedule: '@daily'
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// spec:
    ///   startingDeadlineSeconds: 10
    ///   schedule: '@daily'
    /// ```
    pub RULE {
        name: "cronjob-without-deadline",
        aliases: &[
            "kube-score:cronjob-has-deadline",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["CronJob"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec").filter(|spec| object.group() == "batch" && spec.is_mapping()) else {
        return;
    };
    match spec.get("startingDeadlineSeconds").filter(|value| !value.is_null()) {
        None => {
            sink.report(place::missing_in(spec), format!("{} does not say how late it may start", object.title()))
                .caption("no `startingDeadlineSeconds`")
                .help("set `startingDeadlineSeconds`, say to 300");
        }
        Some(value) if value.as_i64().is_some_and(|seconds| seconds < 10) => {
            let message = format!("{} may never start: the controller looks every 10 seconds", object.title());
            sink.report_value(value, message).caption("below 10 seconds").help("set it to 10 or more");
        }
        Some(_) => {}
    }
}
