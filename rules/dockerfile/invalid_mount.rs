//! `invalid-mount`.
use crate::dockerfile::{Flag, Keyword, MOUNT_KINDS, MOUNT_OPTIONS, Mount, MountOption, SHARING, Word};
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags options of `RUN --mount` that BuildKit refuses.
    ///
    /// ## Why
    /// The build fails: options that do not exist, or not for this type of mount, values that are not among those there are,
    /// a secret without a name, a mount over the root.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// RUN --mount=type=cahce,target=/a true
    ///                  ^^^^^ is no type of mount
    /// RUN --mount=type=cache,traget=/a,sharing=lock true
    ///                        ^^^^^^ is no option of a mount
    ///                                          ^^^^ is not one of
    /// RUN --mount=type=bind,sharing=locked,target=/a true
    ///                       ^^^^^^^ is no option of a bind mount
    /// ONBUILD RUN --mount=type=secret make
    ///             ^^^^^^^^^^^^^^^^^^^ names no secret
    /// ```
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// RUN --mount=type=tmpfs,target=/ true
    ///                               ^ cannot be
    /// RUN --mount=from=$STAGE,target=/a true
    ///                  ^^^^^^ is not expanded here
    /// RUN --mount=type=secret,id=a,from=b true
    ///                              ^^^^ is no option of a secret mount
    /// RUN --mount=type=cache,target true
    ///                        ^^^^^^ has no value
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS build
    /// RUN --mount=from=build,ro --mount=type=cache,id=a,dst=/a,sharing=LOCKED,mode=0755,uid=1 make
    /// RUN --mount=type=secret,id=token,env=TOKEN,required --mount=type=ssh --mount=type=tmpfs,target=/b,size=64m make
    /// RUN --mount=type=secret,target=/run/token --mount=type=bind,source=.,target=.,rw make
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG DIR=/a
    /// RUN --mount=type=cache,target=$DIR,id=$DIR true
    /// ```
    pub RULE {
        name: "invalid-mount",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let is_other = |value: &str| !value.contains("docker/dockerfile");
    if document.file.directive("syntax").is_some_and(|syntax| is_other(&syntax.value)) {
        return;
    }
    for run in document.views_of(&[Keyword::Run]) {
        for (flag, mount) in run.instruction.mounts() {
            check_mount(flag, mount, sink);
        }
    }
}

fn check_mount(flag: &Flag, mount: &Mount, sink: &mut Sink<'_>) {
    let kind = mount.option(&["type"]).and_then(|option| option.value.as_ref());
    if let Some(word) = kind.filter(|word| word.is_literal() && !MOUNT_KINDS.contains(&mount.kind.as_str())) {
        let finding = sink.report(word.span, format!("`{}` is no type of mount", word.value));
        finding.caption("is no type of mount").help(meant(&mount.kind, &MOUNT_KINDS));
        return;
    }
    for option in &mount.options {
        check_option(option, mount, sink);
    }
    let named = ["id", "source", "src", "target", "dst", "destination"];
    if mount.kind == "secret" && mount.option(&named).is_none() {
        sink.report(flag.span, "a secret mount names no secret").caption("names no secret").help("add `id=..`");
    }
    let is_root = |word: &&Word| word.is_literal() && matches!(word.value.as_str(), "/" | "//" | "/.");
    if let Some(target) = mount.target().filter(is_root) {
        sink.report(target.span, "the target of a mount cannot be `/`")
            .caption("cannot be the target")
            .help("mount it at a folder");
    }
}

fn check_option(option: &MountOption, mount: &Mount, sink: &mut Sink<'_>) {
    let (key, kind) = (option.key.as_str(), mount.kind.as_str());
    let Some(spec) = MOUNT_OPTIONS.iter().find(|spec| spec.names.contains(&key)) else {
        let known: Vec<&str> = MOUNT_OPTIONS.iter().flat_map(|spec| spec.names).copied().collect();
        if !key.contains('$') {
            let finding = sink.report(option.key_span, format!("`{key}` is no option of a mount"));
            finding.caption("is no option of a mount").help(meant(key, &known));
        }
        return;
    };
    let is_known_kind = MOUNT_KINDS.contains(&kind);
    if !spec.kinds.is_empty() && is_known_kind && !spec.kinds.contains(&kind) {
        sink.report(option.key_span, format!("`{key}` is no option of a {kind} mount"))
            .caption(format!("is no option of a {kind} mount"))
            .help(format!("it is for mounts of type {}", spec.kinds.join(", ")));
        return;
    }
    match &option.value {
        None if !spec.alone => {
            sink.report(option.key_span, format!("option `{key}` has no value")).caption("has no value");
        }
        Some(value) if key == "from" && !value.is_literal() => {
            sink.report(value.span, format!("`{}` is not expanded in the `from` of a mount", value.value))
                .caption("is not expanded here")
                .help("name a stage whose FROM has the variable");
        }
        Some(value) if key == "sharing" && value.is_literal() && !is_sharing(&value.value) => {
            sink.report(value.span, format!("`{}` is not one of {}", value.value, SHARING.join(", ")))
                .caption(format!("is not one of {}", SHARING.join(", ")));
        }
        _ => {}
    }
}

fn is_sharing(text: &str) -> bool {
    SHARING.iter().any(|known| known.eq_ignore_ascii_case(text))
}

/// What a word that is not known may mean.
fn meant(word: &str, known: &[&str]) -> String {
    let near = known.iter().map(|own| (strsim::osa_distance(word, own), own)).min();
    match near {
        Some((distance, near)) if distance <= 2 && word.len() > 2 => format!("did you mean `{near}`?"),
        _ => format!("there are {}", known.join(", ")),
    }
}
