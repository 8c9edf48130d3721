//! `too-many-findings`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::Check;

crate::rule! {
    /// Says that a file has more findings than are shown.
    ///
    /// ## Why
    /// At most 10,000 findings of one file are reported, so that a generated file does not drown the others.
    pub RULE {
        name: "too-many-findings",
        aliases: &[],
        severity: Severity::Info, tier: Tier::Default, family: Family::Engine, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Engine],
    }
}
