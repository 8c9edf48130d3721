//! Findings: what a rule reports, and what a reader is shown.
//!
//! A rule makes a [`Finding`]: bytes, a message, labels. After a file is linted, while its text is still at hand, the
//! engine turns each finding that nothing suppressed into a [`Diagnostic`]: lines and columns, a window of the source
//! to show, the object it belongs to, and a fingerprint. Reports read diagnostics only. Neither derives `Serialize`:
//! each report owns the shape it writes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use crate::source::{Position, Span};

/// How bad a finding is; the order is from harmless to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A note that never fails a build by default: image size, style.
    Info,
    /// Hygiene, deprecation.
    Low,
    /// Repair before production.
    Medium,
    /// Refused by the build or the API, cannot work as written, or a clear way in.
    High,
    /// Direct takeover of the host, or a live credential in the repository.
    Critical,
}

impl Severity {
    /// Every severity, worst first.
    pub const ALL: [Self; 5] = [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Info];

    /// The word used on the command line, in configuration and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Severity {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|severity| severity.as_str() == word);
        known.ok_or_else(|| format!("unknown severity `{word}`; use critical, high, medium, low or info"))
    }
}

/// Who sees a rule without asking for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Applies to nearly everyone with nearly no false alarm: on.
    Default,
    /// Right, but noisy or a matter of policy: on when asked for.
    Pedantic,
    /// Does nothing without configuration, or is one side of a choice.
    OptIn,
}

impl Tier {
    /// Every tier.
    pub const ALL: [Self; 3] = [Self::Default, Self::Pedantic, Self::OptIn];

    /// The word used in selectors and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Pedantic => "pedantic",
            Self::OptIn => "opt-in",
        }
    }
}

/// The subject of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the word that `as_str` gives")]
pub enum Family {
    Correctness,
    Security,
    Size,
    Reproducibility,
    Deprecated,
    Shell,
    Style,
    PodSecurity,
    Image,
    Resources,
    Reliability,
    Network,
    Rbac,
    Secrets,
    Storage,
    Metadata,
    DeprecatedApi,
    Reference,
    ControlPlane,
    CrossFile,
    Engine,
    Policy,
}

impl Family {
    /// Every family, in the order of tables.
    pub const ALL: [Self; 22] = [
        Self::Correctness,
        Self::Security,
        Self::Size,
        Self::Reproducibility,
        Self::Deprecated,
        Self::Shell,
        Self::Style,
        Self::PodSecurity,
        Self::Image,
        Self::Resources,
        Self::Reliability,
        Self::Network,
        Self::Rbac,
        Self::Secrets,
        Self::Storage,
        Self::Metadata,
        Self::DeprecatedApi,
        Self::Reference,
        Self::ControlPlane,
        Self::CrossFile,
        Self::Engine,
        Self::Policy,
    ];

    /// The word used in selectors and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Correctness => "correctness",
            Self::Security => "security",
            Self::Size => "size",
            Self::Reproducibility => "reproducibility",
            Self::Deprecated => "deprecated",
            Self::Shell => "shell",
            Self::Style => "style",
            Self::PodSecurity => "pod-security",
            Self::Image => "image",
            Self::Resources => "resources",
            Self::Reliability => "reliability",
            Self::Network => "network",
            Self::Rbac => "rbac",
            Self::Secrets => "secrets",
            Self::Storage => "storage",
            Self::Metadata => "metadata",
            Self::DeprecatedApi => "deprecated-api",
            Self::Reference => "reference",
            Self::ControlPlane => "control-plane",
            Self::CrossFile => "cross-file",
            Self::Engine => "engine",
            Self::Policy => "policy",
        }
    }

    /// Whether findings of this family are about security: code scanning then shows a security severity.
    pub fn is_security(self) -> bool {
        matches!(
            self,
            Self::Security
                | Self::PodSecurity
                | Self::Image
                | Self::Network
                | Self::Rbac
                | Self::Secrets
                | Self::ControlPlane
        )
    }
}

/// Whether a rule can repair what it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FixKind {
    /// It offers no fix.
    None,
    /// Some findings carry a fix.
    Sometimes,
    /// Every finding carries a fix.
    Always,
}

/// The type of an option, with its default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OptionKind {
    /// A switch.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text.
    Str(&'static str),
    /// A list of texts.
    List(&'static [&'static str]),
}

/// An option that a rule declares. Its value is checked when the configuration is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OptionSpec {
    /// The key under `rules.<name>` in the configuration.
    pub name: &'static str,
    /// Type and default.
    pub kind: OptionKind,
    /// One sentence for the rule's page.
    pub help: &'static str,
}

impl OptionSpec {
    /// A list of texts.
    pub const fn list(name: &'static str, default: &'static [&'static str], help: &'static str) -> Self {
        Self { name, kind: OptionKind::List(default), help }
    }

    /// A whole number.
    pub const fn int(name: &'static str, default: i64, help: &'static str) -> Self {
        Self { name, kind: OptionKind::Int(default), help }
    }

    /// A text.
    pub const fn text(name: &'static str, default: &'static str, help: &'static str) -> Self {
        Self { name, kind: OptionKind::Str(default), help }
    }

    /// A switch.
    pub const fn bool(name: &'static str, default: bool, help: &'static str) -> Self {
        Self { name, kind: OptionKind::Bool(default), help }
    }
}

/// What is known of a rule without running it. Constant for built-in rules, owned for rules made from policy files.
#[derive(Clone, Debug)]
pub struct Meta {
    /// The rule's only name, in kebab case; it states the fault.
    pub name: Cow<'static, str>,
    /// Ids of other tools for the same fault, each `tool:id`.
    pub aliases: Cow<'static, [Cow<'static, str>]>,
    /// Severity of its findings unless one says otherwise.
    pub severity: Severity,
    /// Who sees it unasked.
    pub tier: Tier,
    /// Its subject.
    pub family: Family,
    /// The version it came with.
    pub since: Cow<'static, str>,
    /// Whether it repairs.
    pub fix: FixKind,
    /// Its options.
    pub options: Cow<'static, [OptionSpec]>,
    /// Rules whose findings at the same object or instruction give way to this one's.
    pub replaces: Cow<'static, [Cow<'static, str>]>,
    /// The rule's page, in Markdown: what it flags, why, examples.
    pub docs: Cow<'static, str>,
}

impl Meta {
    /// The rule's page as Markdown, without the blank that follows each `///`.
    pub fn page(&self) -> String {
        let lines: Vec<&str> =
            self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
        lines.join("\n").trim().to_owned()
    }

    /// The first paragraph of the page, on one line: what the rule flags.
    pub fn summary(&self) -> String {
        let page = self.page();
        let first = page.split("\n\n").next().unwrap_or_default();
        first.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Where the rule's page is on the web.
    pub fn url(&self) -> String {
        if self.family == Family::Policy {
            // The page of a custom rule is in its policy file; what such a rule is stands here.
            return "https://shipworthy.dev/custom-rules".to_owned();
        }
        format!("https://shipworthy.dev/rules/{}", self.name)
    }
}

/// A file of the run: an index into the run's list of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct FileId(pub u32);

/// A place in a file, with a few words about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The file.
    pub file: FileId,
    /// The bytes.
    pub span: Span,
    /// What is there, in a few words.
    pub text: Cow<'static, str>,
}

/// Whether a fix may be applied unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// Keeps what the file does apart from the fault.
    Safe,
    /// May change what the file does; applied only when asked for.
    Unsafe,
    /// Only ever shown.
    Display,
}

impl Safety {
    /// The word used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::Display => "display",
        }
    }
}

/// Replace the bytes of `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file to change.
    pub file: FileId,
    /// What goes.
    pub span: Span,
    /// What comes in its place.
    pub text: String,
}

/// A repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an instruction: "Replace `ADD` with `COPY`".
    pub title: String,
    /// Whether it may be applied unseen.
    pub safety: Safety,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

/// Something in other files that makes a finding untrue. The rule names it; the engine looks once all files are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excuse {
    /// Each of these images is built in the repository, and starts as a user that is a number other than 0.
    ImagesStartAsNumber(Vec<String>),
}

/// What a rule reports. Made by `Sink::report`; the methods add what a finding may carry.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: Arc<Meta>,
    /// Its severity; the rule's unless the finding or the configuration says otherwise.
    pub severity: Severity,
    /// One self-contained sentence that states the fact, without a full stop.
    pub message: String,
    /// The place at fault; never crosses a line. Its text stands beside the carets.
    pub primary: Label,
    /// Other places that explain it.
    pub related: Vec<Label>,
    /// What to do about it.
    pub help: Option<Cow<'static, str>>,
    /// A repair.
    pub fix: Option<Fix>,
    /// Shown only when its rule was asked for by more than its tier.
    pub pedantic: bool,
    /// The ids true of this finding, where not all of the rule's are.
    pub aliases: Option<Vec<Cow<'static, str>>>,
    /// Tells apart faults of one rule at one place, in the fingerprint.
    pub sub_code: Option<Cow<'static, str>>,
    /// The span of the whole that this finding is about (a container, a pod), where `replaces` compares more than
    /// the object.
    pub about: Option<Span>,
    /// What in other files would make it untrue.
    pub excuse: Option<Excuse>,
}

impl Finding {
    /// A finding with nothing but its place and message.
    pub fn new(rule: Arc<Meta>, file: FileId, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: rule.severity,
            rule,
            message: message.into(),
            primary: Label { file, span, text: Cow::Borrowed("") },
            related: Vec::new(),
            help: None,
            fix: None,
            pedantic: false,
            aliases: None,
            sub_code: None,
            about: None,
            excuse: None,
        }
    }

    /// The words beside the carets; without them the message stands there alone.
    pub fn caption(&mut self, text: impl Into<Cow<'static, str>>) -> &mut Self {
        self.primary.text = text.into();
        self
    }

    /// Adds a place in the same file that explains the finding.
    pub fn label(&mut self, span: Span, text: impl Into<Cow<'static, str>>) -> &mut Self {
        let file = self.primary.file;
        self.label_in(file, span, text)
    }

    /// Adds a place in any file that explains the finding.
    pub fn label_in(&mut self, file: FileId, span: Span, text: impl Into<Cow<'static, str>>) -> &mut Self {
        self.related.push(Label { file, span, text: text.into() });
        self
    }

    /// Says what to do about it.
    pub fn help(&mut self, help: impl Into<Cow<'static, str>>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a repair within the same file.
    pub fn fix(&mut self, safety: Safety, title: impl Into<String>, edits: Vec<(Span, String)>) -> &mut Self {
        let file = self.primary.file;
        let edits = edits.into_iter().map(|(span, text)| Edit { file, span, text }).collect();
        self.fix = Some(Fix { title: title.into(), safety, edits });
        self
    }

    /// Shows the finding only when the rule was selected by name, foreign id, group, family, `pedantic` or `all`.
    pub fn pedantic(&mut self) -> &mut Self {
        self.pedantic = true;
        self
    }

    /// Gives the finding a severity of its own.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Names the ids true of this finding, where not all of the rule's are.
    pub fn aliases(&mut self, aliases: &[&'static str]) -> &mut Self {
        self.aliases = Some(aliases.iter().map(|alias| Cow::Borrowed(*alias)).collect());
        self
    }

    /// Names the ids of the rule that are not true of this finding.
    pub fn not_aliases(&mut self, untrue: &[&str]) -> &mut Self {
        let rule = Arc::clone(&self.rule);
        let aliases = self.aliases.get_or_insert_with(|| rule.aliases.to_vec());
        aliases.retain(|alias| !untrue.contains(&&**alias));
        self
    }

    /// Tells this fault apart from others of the rule at one place.
    pub fn sub_code(&mut self, code: impl Into<Cow<'static, str>>) -> &mut Self {
        self.sub_code = Some(code.into());
        self
    }

    /// Says what in other files would make the finding untrue.
    pub fn unless(&mut self, excuse: Excuse) -> &mut Self {
        self.excuse = Some(excuse);
        self
    }

    /// Says which whole (a container, a pod) the finding is about; `replaces` then compares that.
    pub fn about(&mut self, span: Span) -> &mut Self {
        self.about = Some(span);
        self
    }
}

/// The Kubernetes object, and the container in it, that a finding belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resource {
    /// `apiVersion`.
    pub api_version: String,
    /// `kind`.
    pub kind: String,
    /// `metadata.namespace`, where written.
    pub namespace: Option<String>,
    /// `metadata.name`, or `metadata.generateName` with a `*`.
    pub name: String,
    /// Name of the container, where the finding lies in one.
    pub container: Option<String>,
}

/// A piece of a file's text, kept to show a place in it after the file is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Number (from 1) of the first line of `text`.
    pub first_line: u32,
    /// Whole lines around the place; a very long line is cut to a window around it.
    pub text: String,
    /// Where the place lies in `text`, in bytes.
    pub span: Span,
}

/// A [`Label`] as a reader needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path as reported.
    pub path: Arc<str>,
    /// The bytes of the file.
    pub span: Span,
    /// Where it starts; columns in Unicode scalar values.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
    /// The words beside it; may be empty.
    pub text: String,
    /// Lines to show.
    pub snippet: Snippet,
}

/// An [`Edit`] as a reader needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedEdit {
    /// What goes, and where.
    pub place: Place,
    /// What comes in its place.
    pub text: String,
}

/// A [`Fix`] as a reader needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedFix {
    /// What it does.
    pub title: String,
    /// Whether it may be applied unseen.
    pub safety: Safety,
    /// The edits.
    pub edits: Vec<PlacedEdit>,
}

/// A [`Finding`] as a reader needs it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule.
    pub rule: Arc<Meta>,
    /// The ids true of this finding.
    pub aliases: Vec<Cow<'static, str>>,
    /// Its severity after configuration.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// The place at fault.
    pub primary: Place,
    /// Other places that explain it.
    pub related: Vec<Place>,
    /// What to do about it.
    pub help: Option<String>,
    /// A repair.
    pub fix: Option<PlacedFix>,
    /// The object it belongs to.
    pub resource: Option<Resource>,
    /// 16 hex digits that stay the same when lines move.
    pub fingerprint: String,
    /// What in other files would make it untrue; settled before a report is written.
    pub excuse: Option<Excuse>,
}

/// A file or document that was not checked, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The path as reported.
    pub path: String,
    /// Why, in a few words that stay the same for the same cause: "template".
    pub reason: Cow<'static, str>,
}

/// What a rule could not decide, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undecided {
    /// The rule's name.
    pub rule: String,
    /// Why, in a few words: "partial run".
    pub reason: Cow<'static, str>,
    /// How many times.
    pub count: u32,
}

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Files read and checked.
    pub files: u32,
    /// YAML and JSON documents and Dockerfiles read.
    pub documents: u32,
    /// Kubernetes objects checked.
    pub objects: u32,
    /// Findings shown, by severity.
    pub findings: BTreeMap<Severity, u32>,
    /// Findings that a suppression silenced.
    pub suppressed: u32,
    /// What was not checked, sorted.
    pub skipped: Vec<Skipped>,
    /// What could not be decided, sorted.
    pub undecided: Vec<Undecided>,
}

/// The result of a run.
#[derive(Clone, Debug)]
pub struct Report {
    /// The findings, sorted by path, start, end, rule and message.
    pub diagnostics: Vec<Diagnostic>,
    /// What was done.
    pub summary: Summary,
    /// Every rule that was on, in the order of the catalogue.
    pub rules: Vec<Arc<Meta>>,
    /// The directory that paths are relative to, absolute.
    pub root: PathBuf,
    /// Whether something went wrong (an unreadable file, a panic): the report is complete for the rest.
    pub errors: Vec<String>,
}
