//! `invalid-suppression`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::Check;

crate::rule! {
    /// Flags a suppression comment that silences nothing: it names no rule, or one that does not exist.
    ///
    /// ## Why
    /// Its author believes that something is silenced. Write `# shipworthy: ignore[rule, ...] reason`.
    ///
    /// ```dockerfile bad
    /// # shipworthy: ignore[]
    /// ^^^^^^^^^^^^^^^^^^^^^^ the suppression names no rule
    /// FROM debian:12.11-slim
    /// ```
    /// ```dockerfile bad
    /// # shipworthy: ignore[latest-bas-image] we follow upstream
    ///                      ^^^^^^^^^^^^^^^^ unknown rule or group `latest-bas-image`; did you mean `latest-base-image`?
    /// FROM debian:12.11-slim
    /// ```
    /// ```dockerfile good
    /// # shipworthy: ignore[latest-base-image] we follow upstream
    /// FROM debian:latest
    /// ```
    /// ```dockerfile good
    /// # shipworthy is the linter of this repository
    /// FROM debian:12.11-slim
    /// ```
    pub RULE {
        name: "invalid-suppression",
        aliases: &[],
        severity: Severity::Low, tier: Tier::Default, family: Family::Engine, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Engine],
    }
}
