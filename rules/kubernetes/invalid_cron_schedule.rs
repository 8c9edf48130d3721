//! `invalid-cron-schedule`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, is_placeholder};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a schedule that is no cron expression, or that never comes.
    ///
    /// ## Why
    /// The API refuses the CronJob, or takes it and it never runs. Kubernetes reads five fields (minute, hour, day of
    /// month, month, day of week, where Sunday is 0 and there is no 7) or a word such as `@daily`.
    ///
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// spec:
    ///   schedule: "0 24 * * *"
    ///             ^^^^^^^^^^^^ the schedule of CronJob `sweep` is not valid: hour `24` is not between 0 and 23
    /// ```
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// spec:
    ///   schedule: 0 4 31 2 *
    ///             ^^^^^^^^^^ the schedule of CronJob `sweep` never comes
    ///   timeZone: Local
    ///             ^^^^^ the time zone of CronJob `sweep` is not valid
    /// ```
    /// ```yaml bad
    /// apiVersion: velero.io/v1
    /// kind: Schedule
    /// metadata: {name: nightly}
    /// spec:
    ///   schedule: 0 3 * *
    ///             ^^^^^^^ the schedule of Schedule `nightly` is not valid: it has 4 fields
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// spec: {schedule: "*/15 0-6,22 1,15 jan-mar MON-FRI", timeZone: Europe/Vienna}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// spec: {schedule: "@hourly"}
    /// ---
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: leap}
    /// spec: {schedule: "0 0 29 2 *"}
    /// ---
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: from-outside}
    /// spec: {schedule: "${SCHEDULE}"}
    /// ```
    pub RULE {
        name: "invalid-cron-schedule",
        aliases: &["kyverno:validate-cron-schedule"],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["CronJob", "Schedule"], check)],
    }
}

/// What a field of a schedule is called, its bounds, and words for its values from the lower bound on.
struct Field {
    name: &'static str,
    low: u32,
    high: u32,
    words: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    Field { name: "minute", low: 0, high: 59, words: &[] },
    Field { name: "hour", low: 0, high: 23, words: &[] },
    Field { name: "day of month", low: 1, high: 31, words: &[] },
    Field {
        name: "month",
        low: 1,
        high: 12,
        words: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    },
    Field { name: "day of week", low: 0, high: 6, words: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];
/// The most days that a month has.
const DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    if !["batch", "velero.io"].contains(&object.group()) {
        return;
    }
    let Some(spec) = object.node.get("spec") else { return };
    let schedule = spec.get("schedule").and_then(|node| Some((node, node.text()?)));
    if let Some((node, text)) = schedule.filter(|(_, text)| !is_placeholder(text)) {
        let title = format!("the schedule of {}", object.title());
        match days(text) {
            Err(fault) => {
                sink.report_value(node, format!("{title} is not valid: {fault}"))
                    .caption(fault)
                    .help("write five fields, such as `30 4 * * *`, or `@daily`");
            }
            Ok(false) => {
                sink.report_value(node, format!("{title} never comes: no month named has that day"))
                    .caption("never comes")
                    .help("choose a day that the month has");
            }
            Ok(true) => {}
        }
    }
    if let Some(zone) = spec.get("timeZone").filter(|_| object.group() == "batch")
        && zone.as_str().is_some_and(|name| name.is_empty() || name.eq_ignore_ascii_case("local"))
    {
        sink.report_value(zone, format!("the time zone of {} is not valid: it must name a place", object.title()))
            .caption("names no place")
            .help("write a name such as `Europe/Vienna`, or `Etc/UTC`");
    }
}

/// Whether the schedule ever comes.
///
/// # Errors
/// Says what is wrong with it.
fn days(text: &str) -> Result<bool, String> {
    let zone = ["TZ=", "CRON_TZ="].iter().any(|prefix| text.starts_with(prefix));
    let text = if zone { text.split_once(' ').map_or("", |(_, rest)| rest) } else { text }.trim();
    if text.starts_with('@') {
        return descriptor(text).then_some(true).ok_or_else(|| format!("`{text}` is not known"));
    }
    let fields: Vec<&str> = text.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Err(format!("it has {} fields, not five", fields.len()));
    }
    let mut values = Vec::new();
    for (field, text) in FIELDS.iter().zip(&fields) {
        values.push(field.values(text)?);
    }
    let any_weekday = fields[4].starts_with(['*', '?']);
    let comes = |month: &u32| values[2].iter().any(|day| *day <= DAYS[*month as usize - 1]);
    Ok(!any_weekday || values[3].iter().any(comes))
}

fn descriptor(text: &str) -> bool {
    const WORDS: [&str; 7] = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
    let every = |duration: &str| {
        duration.starts_with(|c: char| c.is_ascii_digit()) && duration.ends_with(|c: char| "smh".contains(c))
    };
    WORDS.contains(&text) || text.strip_prefix("@every ").is_some_and(every)
}

impl Field {
    /// The values that a list names.
    fn values(&self, text: &str) -> Result<Vec<u32>, String> {
        let mut values = Vec::new();
        for part in text.split(',') {
            let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
            let step = match step.map(str::parse::<usize>) {
                None => 1,
                Some(Ok(step)) if step > 0 => step,
                Some(_) => return Err(format!("the step of {} `{part}` is not a number above 0", self.name)),
            };
            let (low, high) = match range.split_once('-') {
                _ if matches!(range, "*" | "?") => (self.low, self.high),
                Some((low, high)) => (self.value(low)?, self.value(high)?),
                None if part.contains('/') => (self.value(range)?, self.high),
                None => (self.value(range)?, self.value(range)?),
            };
            if low > high {
                return Err(format!("{} `{range}` runs backwards", self.name));
            }
            values.extend((low..=high).step_by(step));
        }
        Ok(values)
    }

    fn value(&self, text: &str) -> Result<u32, String> {
        let word = self.words.iter().position(|word| text.eq_ignore_ascii_case(word));
        let value = word.map(|at| at as u32 + self.low).or_else(|| text.parse().ok());
        match value {
            Some(value) if (self.low..=self.high).contains(&value) => Ok(value),
            _ => Err(format!("{} `{text}` is not between {} and {}", self.name, self.low, self.high)),
        }
    }
}
