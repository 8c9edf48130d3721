//! `copy-of-ignored-file`.
use globset::GlobBuilder;

use crate::dockerfile::{Args, Keyword};
use crate::document::{DockerIgnore, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `COPY` and `ADD` of a file that `.dockerignore` keeps out of the build.
    ///
    /// ## Why
    /// The build fails: the file is not there. The rule reads the `.dockerignore` beside the Dockerfile, and is silent
    /// where it holds exceptions (`!keep`).
    ///
    /// ```dockerfile bad
    /// FROM node:22.11-alpine
    /// COPY package.json ./
    /// COPY dist/app.js /app/
    ///      ^^^^^^^^^^^ `dist/app.js` is kept out of the build by `dist` in .dockerignore
    /// ```
    /// ```text with=.dockerignore
    /// # built elsewhere
    /// /dist/
    /// **/*.log
    /// ```
    /// ```dockerfile bad
    /// FROM nginx:1.27
    /// COPY --chown=1000 . /srv
    ///                   ^ `.` is kept out of the build by `*`
    /// ```
    /// ```text with=.dockerignore
    /// *
    /// ```
    /// Files of another stage and from the network are none of its business:
    /// ```dockerfile good
    /// FROM node:22.11-alpine AS build
    /// FROM nginx:1.27
    /// COPY --from=build dist /srv
    /// ADD https://example.com/dist /srv/
    /// ```
    /// ```text with=.dockerignore
    /// dist
    /// ```
    /// An exception may bring the file back:
    /// ```dockerfile good
    /// FROM nginx:1.27
    /// COPY dist/index.html /srv/
    /// ```
    /// ```text with=.dockerignore
    /// *
    /// !dist
    /// ```
    /// The build may start in a folder above, where another `.dockerignore` counts:
    /// ```dockerfile good file=web/Dockerfile
    /// FROM nginx:1.27
    /// COPY dist /srv/
    /// ```
    /// ```text with=.dockerignore
    /// dist
    /// ```
    pub RULE {
        name: "copy-of-ignored-file",
        aliases: &["buildkit:CopyIgnoredFile"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Copy, Keyword::Add], check)],
    }
}

fn check(copy: InstructionView<'_>, sink: &mut Sink<'_>) {
    let DockerIgnore::Beside(patterns) = &copy.document.ignored else { return };
    let Args::Copy { sources, .. } = &copy.instruction.args else { return };
    if copy.instruction.flag("from").is_some() || patterns.iter().any(|pattern| pattern.starts_with('!')) {
        return;
    }
    for source in sources {
        let Some(path) = copy.expand(source) else { continue };
        if path.contains(['*', '?', '[']) || path.contains("://") || path.contains('@') {
            continue;
        }
        let Some(pattern) = patterns.iter().find(|pattern| is_out(&path, pattern)) else { continue };
        sink.report(source.span, format!("`{path}` is kept out of the build by `{pattern}` in .dockerignore"))
            .caption(format!("kept out by `{pattern}`"))
            .help("take the pattern out of .dockerignore, or add an exception for the file");
    }
}

/// Whether `pattern` names the path or a folder it lies in. All of the folder is out only where nothing is left.
fn is_out(path: &str, pattern: &str) -> bool {
    let clean = path.trim_start_matches("./").trim_matches('/');
    if clean.is_empty() || clean == "." {
        return matches!(pattern, "*" | "**" | "**/*");
    }
    let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).build() else { return false };
    let matcher = glob.compile_matcher();
    std::path::Path::new(clean).ancestors().any(|part| !part.as_os_str().is_empty() && matcher.is_match(part))
}
