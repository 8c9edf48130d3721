//! `invalid-flag`.
use crate::dockerfile::{Flag, FlagSpec, Keyword, Takes, WITH_FLAGS, flags_of};
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `--flags` that an instruction does not know, and values that a flag does not take.
    ///
    /// ## Why
    /// The build fails.
    ///
    /// ```dockerfile bad default
    /// FROM --plattform=linux/amd64 debian:12.11-slim
    ///      ^^^^^^^^^^^ is no flag of FROM
    /// COPY --form=build /app /app
    ///      ^^^^^^ is no flag of COPY
    /// ADD --from=build /app /app
    ///     ^^^^^^ is no flag of ADD
    /// RUN --network=private make
    ///               ^^^^^^^ is not one of
    /// HEALTHCHECK --interval=30 CMD ["healthy"]
    ///                        ^^ is no duration
    /// ```
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// COPY --link=maybe --chown=a --chown=b . /
    ///             ^^^^^ is not one of
    ///                             ^^^^^^^ is given twice
    /// COPY --chmod=rwx . /
    ///              ^^^ is no mode
    /// ADD --checksum=md5:0 https://example.com/a /a
    ///                ^^^^^ is no digest
    /// HEALTHCHECK --retries=-1 CMD true
    ///                       ^^ is no number
    /// USER --help app
    ///      ^^^^^^ is no flag of USER
    /// ```
    /// ```dockerfile good
    /// FROM --platform=$BUILDPLATFORM golang:1.24 AS build
    /// RUN --mount=type=cache,target=/a --mount=type=tmpfs,target=/b --network=none --security=sandbox make --unknown
    /// COPY --from=build --chown=1:1 --chmod=u=rwX,go=rX --link --parents --exclude=a --exclude=b . /
    /// ADD --chmod=0755 --keep-git-dir=true https://example.com/a.git /a
    /// HEALTHCHECK --interval=1m30s --timeout=0 --start-period=500ms --retries=3 CMD curl --fail http://localhost
    /// ```
    /// What a variable holds is not known, and another frontend may know more:
    /// ```dockerfile good
    /// # syntax=example.com/frontend:1
    /// FROM debian:12.11-slim
    /// COPY --magic . /
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG MODE=0644
    /// COPY --chmod=$MODE . /
    /// HEALTHCHECK --interval=${INTERVAL} CMD true
    /// ```
    pub RULE {
        name: "invalid-flag",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    // Only the official frontend is known.
    let is_other = |value: &str| !value.contains("docker/dockerfile");
    if document.file.directive("syntax").is_some_and(|syntax| is_other(&syntax.value)) {
        return;
    }
    for view in document.views().filter(|view| view.instruction.keyword != Keyword::Unknown) {
        for (index, flag) in view.instruction.flags.iter().enumerate() {
            let Some(spec) = flags_of(view.instruction.keyword).iter().find(|spec| spec.name == flag.name) else {
                report_unknown(view.instruction.keyword, flag, sink);
                continue;
            };
            if !spec.repeats && view.instruction.flags[..index].iter().any(|earlier| earlier.name == flag.name) {
                sink.report(flag.name_span, format!("flag `--{}` is given twice", flag.name))
                    .caption("is given twice")
                    .help("remove one of the two");
            }
            check_value(flag, spec, sink);
        }
    }
}

fn report_unknown(keyword: Keyword, flag: &Flag, sink: &mut Sink<'_>) {
    let (name, instruction) = (flag.name.as_str(), keyword.as_str());
    let finding = sink.report(flag.name_span, format!("`--{name}` is no flag of {instruction}"));
    finding.caption(format!("is no flag of {instruction}"));
    let own = flags_of(keyword);
    let near = own.iter().map(|spec| (strsim::osa_distance(name, spec.name), spec.name)).min();
    let other = WITH_FLAGS.into_iter().find(|other| flags_of(*other).iter().any(|spec| spec.name == name));
    let known: Vec<String> = own.iter().map(|spec| format!("--{}", spec.name)).collect();
    finding.help(match (near, other) {
        (Some((distance, near)), _) if distance <= 2 && name.len() > 3 => format!("did you mean `--{near}`?"),
        (_, Some(other)) => format!("it is a flag of {}", other.as_str()),
        (Some(_), None) => format!("{instruction} takes {}", known.join(", ")),
        (None, None) => format!("{instruction} takes no flags"),
    });
}

fn check_value(flag: &Flag, spec: &FlagSpec, sink: &mut Sink<'_>) {
    let name = spec.name;
    // One without a value is a syntax error.
    let Some(value) = &flag.value else { return };
    let text = value.value.as_str();
    let (fits, fault) = match spec.takes {
        Takes::Text | Takes::Mount => return,
        Takes::Switch => {
            (is_one_of(text, &["true", "false", "1", "0", "t", "f"]), "is not one of true and false".to_owned())
        }
        Takes::OneOf(words) => (is_one_of(text, words), format!("is not one of {}", words.join(", "))),
        Takes::Duration => (is_duration(text), "is no duration such as `30s`".to_owned()),
        Takes::Count => (text.parse::<u32>().is_ok(), "is no number".to_owned()),
        Takes::Mode => (is_mode(text), "is no mode such as `0644` or `u+x`".to_owned()),
        Takes::Digest => (is_digest(text), "is no digest such as `sha256:..`".to_owned()),
    };
    if !fits && value.is_literal() && !text.is_empty() {
        sink.report(value.span, format!("`{text}` {fault}, so `--{name}` is refused")).caption(fault).sub_code("value");
    }
}

fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// What Go's `time.ParseDuration` reads, and is not less than nothing.
fn is_duration(text: &str) -> bool {
    const UNITS: [&str; 8] = ["ns", "us", "µs", "μs", "ms", "s", "m", "h"];
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    if rest == "0" {
        return true;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let unit_end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, next) = after.split_at(unit_end);
        if number.parse::<f64>().is_err() || !UNITS.contains(&unit) {
            return false;
        }
        rest = next;
    }
    !text.is_empty()
}

fn is_mode(text: &str) -> bool {
    let octal = !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    let symbolic = |clause: &str| {
        let who = clause.trim_start_matches(['u', 'g', 'o', 'a']);
        let has_operator = who.starts_with(['+', '-', '=']);
        has_operator && who.bytes().all(|byte| b"+-=rwxXstugo".contains(&byte))
    };
    octal || text.split(',').all(symbolic)
}

/// A digest, or the commit that a git address must have.
fn is_digest(text: &str) -> bool {
    if text.len() >= 7 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return true;
    }
    text.split_once(':').is_some_and(|(algorithm, hex)| {
        let length = match algorithm {
            "sha256" => 64,
            "sha384" => 96,
            "sha512" => 128,
            _ => return false,
        };
        hex.len() == length && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}
