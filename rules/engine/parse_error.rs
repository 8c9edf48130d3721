//! `parse-error`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::Check;

crate::rule! {
    /// Flags text that cannot be read: an instruction or a document that the build or the API refuses.
    ///
    /// Reading goes on with the next instruction or the next document, so nothing else in the file is hidden.
    ///
    /// ## Why
    /// The build fails, or `kubectl apply` stops, at this place.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim AS
    ///                        ^^ the name of the stage is missing
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS base
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: settings}
    /// data:
    ///   note: "a: b"
    /// ```
    pub RULE {
        name: "parse-error",
        aliases: &["hadolint:DL1000"],
        severity: Severity::High, tier: Tier::Default, family: Family::Engine, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Engine],
    }
}
