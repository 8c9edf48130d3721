//! The library that finds ShellCheck's codes, and the memory of what it found.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use shuck_linter::{AmbientShellOptions, AnalysisRequest, LinterSettings, ShellCheckCodeMap, ShellDialect};
use shuck_parser::parser::Parser;

use super::super::MAX_NESTING;
use super::{CODES, Code, Raw, Setting, Shell, Wanted};

/// Bodies whose findings are kept; at this many all are forgotten. A body's entry takes about 100 bytes.
const MAX_KEPT: usize = 16 * 1024;

/// What decides about the findings in a body: a hash of its text, and the setting but for the variables, which are
/// looked at afterwards.
type Key = ([u8; 16], Shell, Wanted, bool, bool);

static KEPT: Mutex<Option<HashMap<Key, Arc<[Raw]>>>> = Mutex::new(None);

/// What the library finds in `text`, by the codes of the table.
pub(super) fn lint(text: &str, setting: &Setting<'_>) -> Result<Arc<[Raw]>, &'static str> {
    let mut hash = [0; 16];
    hash.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..16]);
    let key = (hash, setting.shell, setting.wanted, setting.errexit, setting.pipefail);
    let kept = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = kept().as_ref().and_then(|kept| kept.get(&key)) {
        return Ok(Arc::clone(found));
    }
    let found: Arc<[Raw]> = guarded(|| run(text, setting))?.into();
    let mut kept = kept();
    let kept = kept.get_or_insert_default();
    if kept.len() >= MAX_KEPT {
        kept.clear();
    }
    kept.insert(key, Arc::clone(&found));
    Ok(found)
}

/// Runs `lint`; its panic is an error.
pub(super) fn guarded(lint: impl FnOnce() -> Vec<Raw>) -> Result<Vec<Raw>, &'static str> {
    catch_unwind(AssertUnwindSafe(lint)).map_err(|_| "the shell analysis failed")
}

fn run(text: &str, setting: &Setting<'_>) -> Vec<Raw> {
    let library = Library::get();
    let dialect = dialect(setting.shell);
    let profile = shuck_parser::ShellProfile::native(dialect.parser_dialect());
    let fuel = text.len().max(10_000);
    let parsed = Parser::with_limits_and_profile(text, MAX_NESTING, fuel, profile).parse();
    let options = AmbientShellOptions { errexit: setting.errexit, pipefail: setting.pipefail };
    let settings = match setting.wanted {
        Wanted::All => &library.all,
        Wanted::Bugs => &library.bugs,
    };
    let settings = settings.clone().with_shell(dialect).with_ambient_shell_options(options);
    let request = AnalysisRequest::from_parse_result(&parsed, text, &settings).with_shellcheck_map(&library.map);
    let found = request.lint().into_iter().filter_map(|found| {
        let code = *library.codes.get(found.code())?;
        let (start, end) = (found.span.start.offset(), found.span.end.offset());
        (start <= end && text.get(start..end).is_some()).then_some(Raw { code, range: start..end })
    });
    found.collect()
}

fn dialect(shell: Shell) -> ShellDialect {
    match shell {
        // What dash and ash have beyond the standard is told by the table.
        Shell::Sh | Shell::Dash | Shell::Ash => ShellDialect::Sh,
        Shell::Bash => ShellDialect::Bash,
        Shell::Ksh => ShellDialect::Ksh,
    }
}

/// What is made once.
struct Library {
    codes: HashMap<&'static str, &'static Code>,
    map: ShellCheckCodeMap,
    bugs: LinterSettings,
    all: LinterSettings,
}

impl Library {
    fn get() -> &'static Self {
        static LIBRARY: OnceLock<Library> = OnceLock::new();
        LIBRARY.get_or_init(|| {
            let settings = |codes: &mut dyn Iterator<Item = &'static Code>| {
                let rules = codes.filter_map(|code| shuck_linter::code_to_rule(code.rule));
                let mut settings = LinterSettings::for_rules(rules);
                settings.resolve_source_closure = false;
                settings
            };
            let may_show = |code: &&Code| {
                [Shell::Sh, Shell::Dash, Shell::Ash, Shell::Bash]
                    .iter()
                    .any(|shell| code.when.show_in(*shell).is_some_and(|show| !show.is_pedantic()))
            };
            Self {
                codes: CODES.iter().map(|code| (code.rule, code)).collect(),
                map: ShellCheckCodeMap::default(),
                bugs: settings(&mut CODES.iter().filter(may_show)),
                all: settings(&mut CODES.iter()),
            }
        })
    }
}
