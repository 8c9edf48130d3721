//! `invalid-utf8`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::Check;

crate::rule! {
    /// Flags a file that is not UTF-8, at its first byte that is part of no character.
    ///
    /// ## Why
    /// The build and the API read UTF-8; what they make of other bytes is not what the author sees. Each such byte is
    /// read as U+001A, and the rest of the file is checked.
    pub RULE {
        name: "invalid-utf8",
        aliases: &[],
        severity: Severity::Low, tier: Tier::Default, family: Family::Engine, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Engine],
    }
}
