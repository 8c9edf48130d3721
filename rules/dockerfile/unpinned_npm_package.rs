//! `unpinned-npm-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::NPM_PINS;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags packages that npm installs without saying which version.
    ///
    /// ## Why
    /// Two builds of one commit may get different versions. A lock file with `npm ci` serves better than versions in the
    /// Dockerfile; this is why the rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM node:22.11-alpine
    /// RUN npm install -g pm2 && npm i --global npm@latest
    ///                    ^^^ no version
    ///                                          ^^^^^^^^^^ no version
    /// RUN npm install --registry https://example.com @scope/name
    ///                                                ^^^^^^^^^^^ no version
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// RUN npm install -g pm2@6.0.8 @scope/name@1 ./local a.tgz https://example.com/a.tgz git://example.com/a.git#v1
    /// RUN npm install && npm ci && npm run install
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// RUN npm install -g pm2@$PM2_VERSION $PACKAGES
    /// RUN npm uninstall pm2
    /// ```
    pub RULE {
        name: "unpinned-npm-package",
        aliases: &["hadolint:DL3016"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["npm"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(found) = NPM_PINS.unpinned(command) else { return };
    sink.report(found.span, format!("npm installs {} without a version", found.names))
        .caption("no version")
        .help("write `name@version`, or install from a lock file with `npm ci`");
}
