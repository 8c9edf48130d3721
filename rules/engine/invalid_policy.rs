//! `invalid-policy`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::Check;

crate::rule! {
    /// Flags a policy file, or a rule in it, that cannot be read or run.
    ///
    /// ## Why
    /// A policy that is not applied must not pass for one that found nothing. The run goes on with the other rules.
    pub RULE {
        name: "invalid-policy",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Engine, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Engine],
    }
}
