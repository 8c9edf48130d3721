//! The command line, declared.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::finding::Severity;
use crate::kubernetes::Version;
use crate::report::Format;

/// Tells whether what a repository is about to ship is worthy of shipping: one fast, offline linter for Dockerfiles
/// and Kubernetes manifests.
#[derive(Debug, Parser)]
#[command(name = "shipworthy", version, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check files and folders
    Check(Box<Check>),
    /// Show the page of a rule
    Explain {
        /// A rule name or a foreign id, such as `DL3007`
        rule: String,
        /// Policy files whose rules to know too
        #[arg(long = "policy", value_name = "FILE")]
        policies: Vec<PathBuf>,
    },
    /// List the rules
    Rules {
        /// How to write the list
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        output_format: ListFormat,
        /// Policy files whose rules to list too
        #[arg(long = "policy", value_name = "FILE")]
        policies: Vec<PathBuf>,
    },
    /// Print a JSON Schema
    Schema {
        /// Of what
        #[arg(value_enum)]
        of: SchemaOf,
    },
}

/// How `rules` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// One line a rule.
    Text,
    /// JSON with the pages.
    Json,
    /// A Markdown table.
    Markdown,
}

/// What `schema` prints the schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// The output of `--output-format json`.
    Findings,
    /// `.shipworthy.yaml`.
    Config,
    /// A `kind: Rule` document.
    Rule,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Files and folders to check; `-` reads standard input [default: .]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Run these rules instead of the default ones: names, foreign ids, groups, families, tiers or `all`
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub select: Vec<String>,
    /// Run these rules beside the selected ones
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub extend_select: Vec<String>,
    /// Do not run these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub ignore: Vec<String>,
    /// Run the rules of this policy file too
    #[arg(long = "policy", value_name = "FILE", help_heading = "Rules")]
    pub policies: Vec<PathBuf>,
    /// The Kubernetes version the manifests are for
    #[arg(long, value_name = "VERSION", help_heading = "Rules")]
    pub kubernetes_version: Option<Version>,
    /// Take this day for today, such as 2026-11-22 [default: SOURCE_DATE_EPOCH, or the clock]
    #[arg(long, value_name = "DATE", help_heading = "Rules")]
    pub today: Option<jiff::civil::Date>,

    /// Do not read files and folders that match this glob
    #[arg(long, value_name = "GLOB", help_heading = "Files")]
    pub exclude: Vec<String>,
    /// Apply excludes to files that are named, too, and leave out vendored ones as walking does
    #[arg(long, help_heading = "Files")]
    pub force_exclude: bool,
    /// Know the files of this folder, but report nothing in them
    #[arg(long, value_name = "DIR", help_heading = "Files")]
    pub context: Vec<PathBuf>,
    /// The path that standard input stands for
    #[arg(long, value_name = "PATH", help_heading = "Files")]
    pub stdin_filename: Option<PathBuf>,
    /// Read no configuration file
    #[arg(long, help_heading = "Files")]
    pub isolated: bool,

    /// Write this format, to standard output or to a file (`+FILE` appends); may be given several times [default: text]
    #[arg(long, value_name = "FORMAT[=FILE]", help_heading = "Output")]
    pub output_format: Vec<Output>,
    /// Fail on findings of this severity or worse [default: low]
    #[arg(long, value_name = "SEVERITY", help_heading = "Output")]
    pub fail_on: Option<Severity>,
    /// Exit with 0 even where there are findings or nothing to check
    #[arg(long, help_heading = "Output")]
    pub exit_zero: bool,
    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto, help_heading = "Output")]
    pub color: Color,
    /// Show no progress
    #[arg(long, help_heading = "Output")]
    pub no_progress: bool,
    /// Leave out the summary
    #[arg(long, short, help_heading = "Output")]
    pub quiet: bool,
    /// Use this many threads [default: one for each core]
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub threads: Option<usize>,
}

/// A format and where to write it.
#[derive(Clone, Debug)]
pub struct Output {
    /// The format.
    pub format: Format,
    /// The file; standard output without one.
    pub file: Option<PathBuf>,
    /// Add to the file instead of replacing it.
    pub append: bool,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let (format, file) = match word.split_once('=') {
            Some((_, "" | "+")) => return Err("the file name after `=` is missing".to_owned()),
            Some((format, file)) => (format, Some(file)),
            None => (word, None),
        };
        let appended = file.and_then(|file| file.strip_prefix('+'));
        Ok(Self { format: format.parse()?, file: appended.or(file).map(PathBuf::from), append: appended.is_some() })
    }
}
