//! `unpinned-gem`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::GEM_PINS;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags gems that are installed without saying which version.
    ///
    /// ## Why
    /// Two builds of one commit may get different versions. `bundle install` with a lock file serves better than versions in
    /// the Dockerfile; this is why the rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM ruby:3.4-slim
    /// RUN gem install --no-document bundler rails:8.0.2
    ///                               ^^^^^^^ no version
    /// ```
    /// ```dockerfile good
    /// FROM ruby:3.4-slim
    /// RUN gem install bundler:2.7.1 && gem install rails -v 8.0.2 && gem install --version=1.0 rake
    /// ```
    /// ```dockerfile good
    /// FROM ruby:3.4-slim
    /// RUN gem update --system && gem install ./own.gem && gem install bundler:$BUNDLER_VERSION
    /// ```
    pub RULE {
        name: "unpinned-gem",
        aliases: &["hadolint:DL3028"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["gem"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(found) = GEM_PINS.unpinned(command) else { return };
    sink.report(found.span, format!("gem installs {} without a version", found.names))
        .caption("no version")
        .help("write `name:version`, or use `bundle install` with a lock file");
}
