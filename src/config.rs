//! Configuration: `.shipworthy.yaml`.
//!
//! Files merge from the repository root down to the linted file; `root: true` stops. What concerns the whole run
//! (`fail-on`, `policies`) counts in the root file only. Nothing is read from the home directory. A key that is not
//! known is an error that says what was meant.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::finding::{Meta, OptionKind, OptionSpec, Severity};
use crate::kubernetes::Version;
use crate::select::{Selection, Selector, nearest};

/// The names a configuration file may have, in order.
pub const FILE_NAMES: [&str; 2] = [".shipworthy.yaml", ".shipworthy.yml"];

/// The keys of a configuration file, each with one sentence; the schema is rendered from them.
const KEYS: [(&str, &str); 10] = [
    ("root", "Do not read configuration files of the folders above."),
    ("select", "Rules to run instead of the default tier: names, foreign ids, groups, families, tiers or `all`."),
    ("extend-select", "Rules to run beside the selected ones."),
    ("ignore", "Rules not to run."),
    ("severity", "Severities by selector; `off` turns rules off."),
    ("exclude", "Globs of files and folders not to read, relative to the configuration file."),
    ("rules", "Options of single rules, by rule name."),
    ("policies", "Policy files whose rules to run too, relative to the configuration file (root file only)."),
    ("fail-on", "The lowest severity that makes a run fail (root file only)."),
    ("kubernetes-version", "The Kubernetes version the manifests are for, such as 1.35."),
];

/// Keys that only the root configuration file may have.
const RUN_LEVEL: [&str; 2] = ["policies", "fail-on"];

/// A configuration file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct ConfigFile {
    root: bool,
    select: Option<Vec<String>>,
    extend_select: Vec<String>,
    ignore: Vec<String>,
    severity: BTreeMap<String, String>,
    exclude: Vec<String>,
    rules: BTreeMap<String, BTreeMap<String, Value>>,
    policies: Vec<PathBuf>,
    fail_on: Option<String>,
    kubernetes_version: Option<String>,
}

/// Something wrong with the configuration; says where and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The configuration file, or `command line`.
    pub place: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for ConfigError {}

/// A configuration file that was read.
#[derive(Debug)]
struct Layer {
    path: PathBuf,
    file: ConfigFile,
    /// Its `exclude`, relative to its folder.
    exclude: GlobSet,
}

/// What the command line says about rules, as words.
#[derive(Clone, Debug, Default)]
pub struct CommandLine {
    /// `--select`; replaces the configured set.
    pub select: Vec<String>,
    /// `--extend-select`.
    pub extend_select: Vec<String>,
    /// `--ignore`; adds to the configured ones.
    pub ignore: Vec<String>,
    /// `--exclude`, relative to the root.
    pub exclude: Vec<String>,
    /// `--kubernetes-version`.
    pub kubernetes_version: Option<Version>,
    /// `--fail-on`.
    pub fail_on: Option<Severity>,
    /// `--isolated`: no file is read.
    pub isolated: bool,
}

/// What holds for the files of one folder.
#[derive(Debug)]
pub struct Resolved {
    /// Which rules run.
    pub selection: Selection,
    /// Options by rule name.
    pub options: BTreeMap<String, HashMap<String, Value>>,
    /// The Kubernetes version.
    pub kubernetes_version: Version,
}

/// What holds for the whole run.
#[derive(Debug)]
pub struct RunConfig {
    /// The lowest severity that makes a run fail.
    pub fail_on: Severity,
    /// Policy files, as absolute paths or relative to the current folder.
    pub policies: Vec<PathBuf>,
    /// Files not to read, by the root file and the command line.
    pub exclude: GlobSet,
}

/// Finds, reads and merges configuration files.
#[derive(Debug)]
pub struct Configs {
    root: PathBuf,
    command_line: CommandLine,
    /// The chain of layers of each folder, from the root down.
    chains: HashMap<PathBuf, Arc<[Arc<Layer>]>>,
}

impl Configs {
    /// For a run whose paths lie under `root`, the root of the repository or the current folder.
    pub fn new(root: PathBuf, command_line: CommandLine) -> Self {
        Self { root, command_line, chains: HashMap::new() }
    }

    /// What holds for the whole run.
    ///
    /// # Errors
    /// When the root file cannot be read, or says something that is not understood.
    pub fn run(&mut self) -> Result<RunConfig, ConfigError> {
        let root = self.root.clone();
        let chain = self.chain(&root)?;
        let file = chain.first().map(|layer| &layer.file);
        let configured = file.and_then(|file| file.fail_on.as_deref()).map(str::parse).transpose();
        let configured =
            configured.map_err(|message: String| error(&chain[0].path, format!("`fail-on`: {message}")))?;
        let policies = file.map_or_else(Vec::new, |file| file.policies.iter().map(|path| root.join(path)).collect());
        Ok(RunConfig {
            fail_on: self.command_line.fail_on.or(configured).unwrap_or(Severity::Low),
            policies,
            exclude: self.excludes(&chain)?,
        })
    }

    /// Whether `exclude` of a configuration file below the root names `path` (absolute) or a folder it lies in.
    ///
    /// # Errors
    /// When a configuration file cannot be read.
    pub fn excludes_below(&mut self, path: &Path) -> Result<bool, ConfigError> {
        let chain = self.chain(path.parent().unwrap_or(path))?;
        let below = chain.iter().filter(|layer| !layer.exclude.is_empty() && layer.folder() != self.root);
        Ok(below.into_iter().any(|layer| {
            let relative = path.strip_prefix(layer.folder()).unwrap_or(path);
            relative.ancestors().any(|part| !part.as_os_str().is_empty() && layer.exclude.is_match(part))
        }))
    }

    /// What holds for the files of `folder` (absolute).
    ///
    /// # Errors
    /// When a configuration file cannot be read, or names something unknown.
    pub fn resolve(&mut self, folder: &Path, rules: &[Arc<Meta>]) -> Result<Resolved, ConfigError> {
        let chain = self.chain(folder)?;
        let mut resolved = Resolved {
            selection: Selection::default(),
            options: BTreeMap::new(),
            kubernetes_version: Version::DEFAULT,
        };
        for layer in chain.iter() {
            layer.apply(&mut resolved, rules)?;
        }
        self.apply_command_line(&mut resolved, rules)?;
        Ok(resolved)
    }

    /// A key that is equal for folders with the same configuration: the files that apply.
    ///
    /// # Errors
    /// When a configuration file cannot be read.
    pub fn key(&mut self, folder: &Path) -> Result<Vec<PathBuf>, ConfigError> {
        Ok(self.chain(folder)?.iter().map(|layer| layer.path.clone()).collect())
    }

    fn apply_command_line(&self, resolved: &mut Resolved, rules: &[Arc<Meta>]) -> Result<(), ConfigError> {
        let read = |option: &str, words: &[String]| {
            words.iter().map(|word| Selector::parse(word, rules)).collect::<Result<Vec<_>, _>>().map_err(|message| {
                ConfigError { place: "command line".to_owned(), message: format!("`--{option}`: {message}") }
            })
        };
        let select = read("select", &self.command_line.select)?;
        let extend_select = read("extend-select", &self.command_line.extend_select)?;
        resolved.selection.asked = select.iter().chain(&extend_select).cloned().collect();
        if !select.is_empty() {
            resolved.selection.select = select;
            resolved.selection.extend_select.clear();
        }
        resolved.selection.extend_select.extend(extend_select);
        resolved.selection.ignore.extend(read("ignore", &self.command_line.ignore)?);
        resolved.kubernetes_version = self.command_line.kubernetes_version.unwrap_or(resolved.kubernetes_version);
        Ok(())
    }

    fn excludes(&self, chain: &[Arc<Layer>]) -> Result<GlobSet, ConfigError> {
        let configured = chain.first().map_or(&[][..], |layer| &layer.file.exclude);
        let patterns: Vec<String> = configured.iter().chain(&self.command_line.exclude).cloned().collect();
        globs(&patterns).map_err(|message| ConfigError {
            place: "command line".to_owned(),
            message: format!("`--exclude`: {message}"),
        })
    }

    /// The configuration files that apply to `folder`, from the root down.
    fn chain(&mut self, folder: &Path) -> Result<Arc<[Arc<Layer>]>, ConfigError> {
        if self.command_line.isolated {
            return Ok(Arc::from([]));
        }
        if let Some(chain) = self.chains.get(folder) {
            return Ok(Arc::clone(chain));
        }
        let above = match folder.parent() {
            Some(parent) if folder != self.root && folder.starts_with(&self.root) => self.chain(parent)?,
            _ => Arc::from([]),
        };
        let chain = match read_layer(folder)? {
            Some(layer) => {
                layer.refuse_run_level_keys(folder == self.root)?;
                let above = if layer.file.root { &[][..] } else { &above };
                above.iter().cloned().chain([Arc::new(layer)]).collect()
            }
            None => above,
        };
        self.chains.insert(folder.to_owned(), Arc::clone(&chain));
        Ok(chain)
    }
}

impl Layer {
    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }

    fn refuse_run_level_keys(&self, is_root: bool) -> Result<(), ConfigError> {
        let used = [!self.file.policies.is_empty(), self.file.fail_on.is_some()];
        match RUN_LEVEL.iter().zip(used).find(|(_, used)| *used && !is_root) {
            Some((key, _)) => {
                let message = format!("`{key}` concerns the whole run; move it to the root configuration file");
                Err(error(&self.path, message))
            }
            None => Ok(()),
        }
    }

    fn apply(&self, resolved: &mut Resolved, rules: &[Arc<Meta>]) -> Result<(), ConfigError> {
        let selection = &mut resolved.selection;
        if let Some(select) = &self.file.select {
            selection.select = self.selectors("select", select, rules)?;
        }
        selection.extend_select.extend(self.selectors("extend-select", &self.file.extend_select, rules)?);
        selection.ignore.extend(self.selectors("ignore", &self.file.ignore, rules)?);
        for (word, level) in &self.file.severity {
            let selector = self.selectors("severity", std::slice::from_ref(word), rules)?.remove(0);
            let level = match level.as_str() {
                "off" => None,
                level => Some(level.parse().map_err(|message| {
                    error(&self.path, format!("`severity.{word}`: {message}, or off to turn the rule off"))
                })?),
            };
            selection.severity.push((selector, level));
        }
        self.apply_options(resolved, rules)?;
        if let Some(version) = &self.file.kubernetes_version {
            let version = version.parse();
            resolved.kubernetes_version =
                version.map_err(|message| error(&self.path, format!("`kubernetes-version`: {message}")))?;
        }
        Ok(())
    }

    fn selectors(&self, key: &str, words: &[String], rules: &[Arc<Meta>]) -> Result<Vec<Selector>, ConfigError> {
        let read = words.iter().map(|word| Selector::parse(word, rules)).collect::<Result<_, _>>();
        read.map_err(|message| error(&self.path, format!("`{key}`: {message}")))
    }

    fn apply_options(&self, resolved: &mut Resolved, rules: &[Arc<Meta>]) -> Result<(), ConfigError> {
        for (name, options) in &self.file.rules {
            let Some(rule) = rules.iter().find(|rule| rule.name == *name) else {
                let near = nearest(name, rules.iter().map(|rule| &*rule.name));
                return Err(error(&self.path, unknown(&format!("rules.{name}"), near)));
            };
            for (option, value) in options {
                let Some(spec) = rule.options.iter().find(|spec| spec.name == option) else {
                    let near = nearest(option, rule.options.iter().map(|spec| spec.name));
                    return Err(error(&self.path, unknown(&format!("rules.{name}.{option}"), near)));
                };
                check_option(spec, value)
                    .map_err(|wanted| error(&self.path, format!("`rules.{name}.{option}` wants {wanted}")))?;
                resolved.options.entry(name.clone()).or_default().insert(option.clone(), value.clone());
            }
        }
        Ok(())
    }
}

/// Checks a value against the option's declared type; the error names what is wanted.
pub fn check_option(spec: &OptionSpec, value: &Value) -> Result<(), &'static str> {
    let (fits, wanted) = match spec.kind {
        OptionKind::Bool(_) => (value.is_boolean(), "true or false"),
        OptionKind::Int(_) => (value.is_i64(), "a whole number"),
        OptionKind::Str(_) => (value.is_string(), "a text"),
        OptionKind::List(_) => {
            let list = value.as_array().is_some_and(|items| items.iter().all(Value::is_string));
            (list, "a list of texts")
        }
    };
    if fits { Ok(()) } else { Err(wanted) }
}

fn error(path: &Path, message: String) -> ConfigError {
    ConfigError { place: path.display().to_string(), message }
}

fn unknown(key: &str, near: Option<&str>) -> String {
    match near {
        Some(near) => format!("unknown key `{key}`; did you mean `{near}`?"),
        None => format!("unknown key `{key}`"),
    }
}

/// Globs of paths. One without a slash matches at any depth, as in .gitignore.
fn globs(patterns: &[String]) -> Result<GlobSet, String> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let pattern = pattern.trim_end_matches('/');
        let anywhere = if pattern.contains('/') { pattern.to_owned() } else { format!("**/{pattern}") };
        let anchored = anywhere.trim_start_matches("./").trim_start_matches('/');
        set.add(GlobBuilder::new(anchored).literal_separator(true).build().map_err(|problem| problem.to_string())?);
    }
    set.build().map_err(|problem| problem.to_string())
}

/// Reads the configuration file of `folder`, if it has one.
fn read_layer(folder: &Path) -> Result<Option<Layer>, ConfigError> {
    for name in FILE_NAMES {
        let path = folder.join(name);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => continue,
            Err(problem) => return Err(error(&path, format!("cannot be read: {problem}"))),
        };
        let file = parse(&text).map_err(|message| error(&path, message))?;
        let exclude = globs(&file.exclude).map_err(|message| error(&path, format!("`exclude`: {message}")))?;
        return Ok(Some(Layer { path, file, exclude }));
    }
    Ok(None)
}

fn parse(text: &str) -> Result<ConfigFile, String> {
    let only_comments = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if only_comments {
        return Ok(ConfigFile::default());
    }
    let options = serde_saphyr::options! { with_snippet: false };
    serde_saphyr::from_str_with_options(text, options).map_err(|problem| {
        let message = problem.to_string();
        let wrong = message.split("unknown field `").nth(1).and_then(|rest| rest.split('`').next());
        match wrong {
            Some(key) => {
                let at = problem.location().map_or_else(String::new, |at| format!("line {}: ", at.line()));
                format!("{at}{}", unknown(key, nearest(key, KEYS.iter().map(|(key, _)| *key))))
            }
            None => message,
        }
    })
}

/// The JSON Schema of a configuration file, rendered from the keys and the rules' options.
pub fn schema(rules: &[Arc<Meta>]) -> Value {
    let words = json!({"type": "array", "items": {"type": "string"}});
    let properties = KEYS.iter().map(|(key, help)| {
        let mut shape = match *key {
            "root" => json!({"type": "boolean"}),
            "fail-on" => json!({"enum": Severity::ALL.map(Severity::as_str)}),
            "kubernetes-version" => json!({"type": "string", "pattern": r"^1\.\d+$"}),
            "severity" => {
                let levels: Vec<&str> = Severity::ALL.map(Severity::as_str).into_iter().chain(["off"]).collect();
                json!({"type": "object", "additionalProperties": {"enum": levels}})
            }
            "rules" => rules_schema(rules),
            _ => words.clone(),
        };
        shape["description"] = json!(help);
        ((*key).to_owned(), shape)
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "shipworthy configuration",
        "type": "object",
        "additionalProperties": false,
        "properties": properties.collect::<serde_json::Map<_, _>>(),
    })
}

fn rules_schema(rules: &[Arc<Meta>]) -> Value {
    let with_options = rules.iter().filter(|rule| !rule.options.is_empty());
    let properties = with_options.map(|rule| {
        let options = rule.options.iter().map(|option| {
            let mut shape = match option.kind {
                OptionKind::Bool(default) => json!({"type": "boolean", "default": default}),
                OptionKind::Int(default) => json!({"type": "integer", "default": default}),
                OptionKind::Str(default) => json!({"type": "string", "default": default}),
                OptionKind::List(default) => {
                    json!({"type": "array", "items": {"type": "string"}, "default": default})
                }
            };
            shape["description"] = json!(option.help);
            (option.name.to_owned(), shape)
        });
        let options: serde_json::Map<_, _> = options.collect();
        (rule.name.to_string(), json!({"type": "object", "additionalProperties": false, "properties": options}))
    });
    let properties: serde_json::Map<_, _> = properties.collect();
    json!({"type": "object", "additionalProperties": false, "properties": properties})
}
