//! `shipworthy check`.

use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use super::args::{Check, Color, Output};
use super::{Failure, all_rules};
use crate::analyze::{self, Input, InputFile};
use crate::config::{CommandLine, Configs};
use crate::discover::{self, FileKind, Found, Walk};
use crate::finding::{FileId, Finding, Report};
use crate::policy;
use crate::report::{self, Format, Style};

/// More threads than this take longer to start than they save.
const MAX_THREADS: usize = 256;

/// Runs the check and writes the reports.
pub fn run(args: &Check) -> Result<ExitCode, Failure> {
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads.clamp(1, MAX_THREADS)).build_global()?;
    }
    let here = std::env::current_dir()?;
    let root = discover::repository_root(&here).unwrap_or_else(|| here.clone());
    let config_root = config_root(args, &root);
    let mut configs = Configs::new(config_root.clone(), command_line(args, &here, &config_root));
    let run = configs.run()?;
    let paths = if args.paths.is_empty() { vec![PathBuf::from(".")] } else { args.paths.clone() };
    let (stdin, named): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|path| path.as_os_str() == "-");
    let walk = Walk { exclude: &run.exclude, root: &config_root, force_exclude: args.force_exclude };
    let mut found = walk.collect(&named);
    let mut context = walk.collect(&args.context);
    for some in [&mut found, &mut context] {
        leave_out_nested(some, &mut configs, args.force_exclude)?;
    }
    let mut errors: Vec<String> = found.errors.iter().chain(&context.errors).cloned().collect();
    let (rules, early) = policies(&run.policies, args, &mut errors);
    let mut files = files(&found, &context, &root);
    if !stdin.is_empty() {
        files.push(standard_input(args, &root)?);
    }
    let input = Input {
        files,
        root,
        complete: errors.is_empty() && (!args.context.is_empty() || (stdin.is_empty() && is_complete(&named))),
        skipped: found.skipped,
        today: today(args)?,
        early,
        progress: progress(args),
    };
    let mut report = analyze::analyze(input, &all_rules(rules), &mut configs)?;
    report.errors.splice(0..0, errors);
    write_reports(args, &report)?;
    if !shows_errors(args) {
        for error in &report.errors {
            let _ = writeln!(anstream::stderr(), "error: {}", report::message(error));
        }
    }
    Ok(exit_code(args, &report, run.fail_on))
}

/// Drops what `exclude` of configuration files below the root names; the walk knew only that of the root.
fn leave_out_nested(found: &mut Found, configs: &mut Configs, force_exclude: bool) -> Result<(), Failure> {
    let mut kept = Vec::with_capacity(found.files.len());
    for file in found.files.drain(..) {
        let can_go = !file.named || force_exclude;
        if can_go && configs.excludes_below(&std::path::absolute(&file.path)?)? {
            found.skipped.extend(file.named.then_some((file.path, "excluded")));
        } else {
            kept.push(file);
        }
    }
    found.files = kept;
    Ok(())
}

/// A glob of the command line with a slash is relative to the current folder, as the path it was typed like.
fn exclude_from(here: &Path, root: &Path, pattern: &str) -> String {
    match here.strip_prefix(root) {
        Ok(below) if !below.as_os_str().is_empty() && pattern.trim_end_matches('/').contains('/') => {
            let pattern = pattern.trim_start_matches("./");
            format!("{}/{pattern}", globset::escape(&below.to_string_lossy()))
        }
        _ => pattern.to_owned(),
    }
}

fn command_line(args: &Check, here: &Path, root: &Path) -> CommandLine {
    CommandLine {
        select: args.select.clone(),
        extend_select: args.extend_select.clone(),
        ignore: args.ignore.clone(),
        exclude: args.exclude.iter().map(|pattern| exclude_from(here, root, pattern)).collect(),
        kubernetes_version: args.kubernetes_version,
        fail_on: args.fail_on,
        isolated: args.isolated,
    }
}

/// The folder whose configuration file is the root one: of the repository that the paths lie in.
fn config_root(args: &Check, root: &Path) -> PathBuf {
    let first = args.paths.first().filter(|path| path.as_os_str() != "-").and_then(|path| path.canonicalize().ok());
    match first {
        Some(first) if !first.starts_with(root) => {
            let folder = if first.is_dir() { first.as_path() } else { first.parent().unwrap_or(&first) };
            discover::repository_root(folder).unwrap_or_else(|| folder.to_owned())
        }
        _ => root.to_owned(),
    }
}

/// Whether the named folders are all there is: each is the root of its repository, or lies in none.
fn is_complete(named: &[PathBuf]) -> bool {
    let whole = |path: &PathBuf| {
        let Ok(folder) = path.canonicalize() else { return false };
        folder.is_dir() && discover::repository_root(&folder).is_none_or(|root| root == folder)
    };
    !named.is_empty() && named.iter().all(whole)
}

fn files(found: &Found, context: &Found, root: &Path) -> Vec<InputFile> {
    let reported = found.files.iter().map(|file| InputFile::new(file, root, true));
    reported.chain(context.files.iter().map(|file| InputFile::new(file, root, false))).collect()
}

fn standard_input(args: &Check, root: &Path) -> Result<InputFile, Failure> {
    let mut bytes = Vec::new();
    io::stdin().take(discover::MAX_FILE_SIZE + 1).read_to_end(&mut bytes)?;
    let (path, kind) = match &args.stdin_filename {
        Some(path) => (discover::absolute(path, root), FileKind::of_path(path)),
        None => (root.join("<stdin>"), None),
    };
    let shown = analyze::shown(&path, root);
    Ok(InputFile { path, shown, kind, named: true, reported: true, bytes: Some(bytes) })
}

/// Reads the policy files. What is wrong in one is a finding in it; the run goes on.
fn policies(
    configured: &[PathBuf],
    args: &Check,
    errors: &mut Vec<String>,
) -> (Vec<crate::rule::Rule>, Vec<(PathBuf, Finding)>) {
    let mut early = Vec::new();
    let invalid = std::sync::Arc::new(crate::rules::engine::invalid_policy::RULE.meta.clone());
    let paths: Vec<PathBuf> = configured.iter().chain(&args.policies).cloned().collect();
    let loaded = policy::load_all(&paths);
    errors.extend(loaded.errors);
    for (path, fault) in loaded.faults {
        let mut finding = Finding::new(invalid.clone(), FileId(0), fault.span, fault.message);
        if let Some(help) = fault.help {
            finding.help(help);
        }
        early.push((std::path::absolute(&path).unwrap_or(path), finding));
    }
    (loaded.rules, early)
}

/// The day of the run: `--today`, else SOURCE_DATE_EPOCH, else the clock.
fn today(args: &Check) -> Result<Date, Failure> {
    if let Some(today) = args.today {
        return Ok(today);
    }
    let Some(epoch) = std::env::var("SOURCE_DATE_EPOCH").ok().filter(|epoch| !epoch.is_empty()) else {
        return Ok(Zoned::now().date());
    };
    let seconds = epoch.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let moment =
        seconds.ok_or_else(|| Failure(format!("SOURCE_DATE_EPOCH is `{epoch}`; it wants seconds since 1970")))?;
    Ok(moment.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// A progress bar on standard error, for long runs on a terminal.
fn progress(args: &Check) -> Option<indicatif::ProgressBar> {
    let wanted = !args.no_progress && !args.quiet && io::stderr().is_terminal();
    wanted.then(indicatif::ProgressBar::hidden)
}

fn style(args: &Check, to_file: bool) -> Style {
    let terminal = io::stdout().is_terminal() && !to_file;
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let force = std::env::var_os("FORCE_COLOR").is_some_and(|value| !value.is_empty() && value != "0");
    let color = match args.color {
        Color::Always => !to_file,
        Color::Never => false,
        Color::Auto => !no_color && (terminal || (force && !to_file)),
    };
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    Style {
        color,
        hyperlinks: terminal && color,
        unicode: true,
        width: columns.unwrap_or(100),
        quiet: args.quiet,
        workspace: std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from),
    }
}

/// Whether what is written to standard output says what went wrong; otherwise standard error does.
fn shows_errors(args: &Check) -> bool {
    let to_reader = |output: &Output| output.file.is_none() && matches!(output.format, Format::Text | Format::Concise);
    !args.quiet && (args.output_format.is_empty() || args.output_format.iter().any(to_reader))
}

fn write_reports(args: &Check, report: &Report) -> Result<(), Failure> {
    let default = [Output { format: Format::Text, file: None, append: false }];
    let outputs = if args.output_format.is_empty() { &default[..] } else { &args.output_format };
    for output in outputs {
        let style = style(args, output.file.is_some());
        match &output.file {
            None => {
                let mut out = io::BufWriter::new(io::stdout().lock());
                let written = report::write(output.format, report, &style, &mut out).and_then(|()| out.flush());
                if let Err(error) = written
                    && error.kind() != io::ErrorKind::BrokenPipe
                {
                    return Err(error.into());
                }
            }
            Some(file) => write_file(file, output, report, &style)
                .map_err(|error| Failure(format!("{}: cannot be written: {error}", file.display())))?,
        }
    }
    Ok(())
}

/// Writes a report to a file, whole or not at all.
fn write_file(file: &Path, output: &Output, report: &Report, style: &Style) -> io::Result<()> {
    let mut bytes = Vec::new();
    report::write(output.format, report, style, &mut bytes)?;
    // What is no regular file (a pipe, /dev/stderr) cannot be replaced by renaming.
    let special = std::fs::metadata(file).is_ok_and(|meta| !meta.is_file());
    if output.append || special {
        return std::fs::OpenOptions::new().append(true).create(true).open(file)?.write_all(&bytes);
    }
    // A link stays a link; what it leads to is replaced.
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut temporary = readable_temporary().tempfile_in(folder)?;
    temporary.write_all(&bytes)?;
    temporary.persist(&file).map_err(|error| error.error)?;
    Ok(())
}

/// A temporary file that others may read, as far as the umask lets them: the report is for the next step of a job.
fn readable_temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

fn exit_code(args: &Check, report: &Report, fail_on: crate::finding::Severity) -> ExitCode {
    if !report.errors.is_empty() {
        return ExitCode::from(2);
    }
    let failing = report.diagnostics.iter().any(|diagnostic| diagnostic.severity >= fail_on);
    let nothing = args.paths.is_empty() && report.summary.files == 0;
    match (failing, nothing) {
        _ if args.exit_zero => ExitCode::SUCCESS,
        (true, _) => ExitCode::from(1),
        (false, true) => {
            let _ = writeln!(anstream::stderr(), "error: there is no Dockerfile or Kubernetes manifest to check here");
            ExitCode::from(3)
        }
        (false, false) => ExitCode::SUCCESS,
    }
}
