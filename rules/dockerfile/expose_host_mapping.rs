//! `expose-host-mapping`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an address or a host port in `EXPOSE`.
    ///
    /// ## Why
    /// `EXPOSE` names ports of the container; which port of the host leads there is decided where it is run. The part before
    /// the last `:` does nothing, and is going to be an error.
    ///
    /// ```dockerfile bad default
    /// FROM nginx:1.29
    /// EXPOSE 8080:80 127.0.0.1:8443:443/tcp 53
    ///        ^^^^^^^ maps a port of the host
    ///                ^^^^^^^^^^^^^^^^^^^^^^ maps a port of the host
    /// ```
    /// ```dockerfile fixed
    /// FROM nginx:1.29
    /// EXPOSE 80 443/tcp 53
    /// ```
    /// ```dockerfile good
    /// FROM nginx:1.29
    /// EXPOSE 80 443/tcp 8000-8010/udp
    /// ```
    /// ```dockerfile good
    /// FROM nginx:1.29
    /// ARG PORT
    /// EXPOSE ${PORT:-80}
    /// ```
    pub RULE {
        name: "expose-host-mapping",
        aliases: &["buildkit:ExposeInvalidFormat"],
        severity: Severity::Low, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Always, options: &[],
        checks: &[Check::Instruction(&[Keyword::Expose], check)],
    }
}

fn check(expose: InstructionView<'_>, sink: &mut Sink<'_>) {
    for word in expose.instruction.words() {
        let Some((_, port)) = word.value.rsplit_once(':').filter(|_| word.is_literal()) else { continue };
        sink.report(word.span, format!("`{}` maps a port of the host, which EXPOSE does not do", word.value))
            .caption("maps a port of the host")
            .help("name the container's port alone")
            .fix(Safety::Safe, "Keep the container's port", vec![(word.span, port.to_owned())]);
    }
}
