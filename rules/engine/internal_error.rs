//! `internal-error`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::Check;

crate::rule! {
    /// Says that a file could not be checked because of a fault in shipworthy.
    ///
    /// ## Why
    /// A file that was not checked must not pass for a clean one. The rest of the run is complete. Please report it, if
    /// you can with the file.
    pub RULE {
        name: "internal-error",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Engine, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Engine],
    }
}
