use super::*;
use crate::shell::Dialect;

fn mapped(text: &str, offset: usize) -> MappedText {
    let mut body = MappedText::default();
    body.push(text, offset);
    body
}

fn try_lint(body: &MappedText, shell: Shell, set: &[&str]) -> Result<Vec<ShellFinding>, &'static str> {
    let script = Script::parse(body, Dialect::Bash);
    let is_set = |name: &str| set.contains(&name);
    let setting = Setting { shell, errexit: false, pipefail: false, wanted: Wanted::All, is_set: &is_set };
    lint(body, &script, &setting)
}

fn found(text: &str, shell: Shell) -> Vec<(String, String)> {
    let found = try_lint(&mapped(text, 0), shell, &[]).expect("within the limits");
    let show = |finding: ShellFinding| (finding.alias[11..].to_owned(), text[finding.span.range()].to_owned());
    found.into_iter().map(show).collect()
}

fn codes(text: &str, shell: Shell) -> Vec<String> {
    found(text, shell).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn a_finding_lies_at_its_bytes_through_continuations() {
    let source = "RUN dir=$(pwd) && \\\n# why\n    é=1; cp -r \\\n $dir /b";
    let mut body = MappedText::default();
    body.push("dir=$(pwd) && ", 4);
    let second = source.find("    é").expect("there");
    let end = source.rfind("\\\n").expect("there");
    body.push(&source[second..end], second);
    body.push(&source[end + 2..], end + 2);
    let found = try_lint(&body, Shell::Bash, &[]).expect("within the limits");
    let quoting: Vec<_> = found.iter().filter(|finding| finding.alias == "shellcheck:SC2086").collect();
    assert_eq!(quoting.len(), 1, "{found:?}");
    assert_eq!(&source[quoting[0].span.range()], "$dir");
    assert!(quoting[0].message.starts_with("`$dir` is not quoted"), "{}", quoting[0].message);
}

#[test]
fn a_message_names_what_it_is_about() {
    let message = |text: &str| {
        let found = try_lint(&mapped(text, 0), Shell::Dash, &[]).expect("within the limits");
        found.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
    };
    assert_eq!(message("echo \"${name#a}\""), ["the variable `name` is used and never set"]);
    assert_eq!(message("mkdir /{a,b}"), ["this shell does not expand `{a,b}`: the braces stay"]);
    assert!(message("set -o pipefail")[0].starts_with("dash has no such option"));
}

#[test]
fn lines_that_end_with_carriage_returns_are_read_without_them() {
    assert_eq!(found("x=$(pwd)\r\nls $x\r\n", Shell::Bash), [("SC2086".to_owned(), "$x".to_owned())]);
}

#[test]
fn every_finding_of_a_body_is_reported() {
    let text = "cd /a; export V=$(v); rm $V $(ls) \"$undefined\"";
    let codes = codes(text, Shell::Bash);
    for code in ["SC2164", "SC2155", "SC2046", "SC2154"] {
        assert!(codes.iter().any(|found| found == code), "{code} in {codes:?}");
    }
}

#[test]
fn declared_names_are_set_and_may_be_split() {
    let body = mapped("apk add $deps && echo \"$version\"", 0);
    let shown = |set: &[&str]| try_lint(&body, Shell::Ash, set).expect("within the limits").len();
    assert_eq!((shown(&[]), shown(&["deps"]), shown(&["deps", "version"])), (3, 1, 0));
}

#[test]
fn what_a_shell_lacks_is_told_of_that_shell_only() {
    let rows: [(&str, &str, &[Shell]); 8] = [
        ("[[ -f /a ]]", "SC3010", &[Shell::Dash]),
        ("test a == \"$b\"", "SC3014", &[Shell::Dash]),
        ("mkdir -p /a/{b,c}", "SC3009", &[Shell::Dash, Shell::Ash]),
        ("set -o pipefail; a | b", "SC3040", &[Shell::Dash]),
        ("source /etc/profile", "SC3046", &[Shell::Dash]),
        ("cat <<< x", "SC3011", &[Shell::Dash, Shell::Ash]),
        ("a=(b c)", "SC3030", &[Shell::Dash, Shell::Ash]),
        ("echo -e x", "SC3037", &[Shell::Dash]),
    ];
    for (text, code, lacking) in rows {
        for shell in [Shell::Sh, Shell::Dash, Shell::Ash, Shell::Bash] {
            let is_found = codes(text, shell).iter().any(|found| found == code);
            assert_eq!(is_found, lacking.contains(&shell), "{text} in {shell:?}");
        }
    }
}

#[test]
fn dash_has_local_and_echo_n_and_read_p() {
    for text in ["f() { local x=1; echo \"$x\"; }; f", "echo -n x", "/bin/echo -e x", "read -rp x y; echo \"$y\""] {
        assert_eq!(codes(text, Shell::Dash), [""; 0], "{text}");
    }
}

#[test]
fn echo_with_backslashes_is_a_fault_where_echo_keeps_them() {
    let shows = |shell| {
        let found = try_lint(&mapped("echo 'a\\nb'", 0), shell, &[]).expect("within the limits");
        found.into_iter().map(|finding| finding.show).collect::<Vec<_>>()
    };
    assert_eq!(shows(Shell::Bash), [Show::Bug]);
    assert_eq!(shows(Shell::Ash), [Show::Bug]);
    assert_eq!(shows(Shell::Sh), [Show::Ask]);
    assert_eq!(shows(Shell::Dash), []);
}

#[test]
fn what_may_be_meant_shows_only_when_asked_for() {
    let sure = |text: &str| {
        let found = try_lint(&mapped(text, 0), Shell::Bash, &[]).expect("within the limits");
        found.iter().any(|finding| !finding.show.is_pedantic())
    };
    let faults =
        ["cp a '~/b'", "a 2>&1 >/dev/null", "a >b >c", "echo 'a\\nb' > c", "[ \"$a\" != b ] || [ \"$a\" != c ]"];
    for text in faults {
        assert!(sure(text), "{text}");
    }
    let meant = [
        "echo '~/b'",
        "a='~/b'",
        "b=$(a 2>&1 >/dev/null)",
        "a 2>&1 >/dev/null | b",
        "echo 'printf \"a\\n\"' > c",
        "echo -E 'a\\nb'",
        "echo 'PS1=\\e[0m' >> .bashrc",
        "if a; then b; else if c; then d; fi; fi",
        "set -- a; echo done",
        "while case $# in 0) break ;; esac; do shift; done",
        "CFLAGS= make",
        "rm -rf $a/*",
        "cd /a && [ -e *.x ]",
    ];
    for text in meant {
        assert!(!sure(text), "{text}");
    }
}

#[test]
fn a_directive_in_a_heredoc_silences_its_codes() {
    let text = "x=$(pwd)\n# shellcheck disable=SC2086\nls $x\nls $x\n";
    assert_eq!(found(text, Shell::Bash).len(), 1);
    assert_eq!(codes("# shellcheck disable=SC2086,SC2154\nls $x\nls $y\n", Shell::Bash), [""; 0]);
}

#[test]
fn find_without_a_folder_and_a_useless_cat_are_found_here() {
    assert_eq!(found("find -name x; find . -name x; find -L a", Shell::Sh), [("SC2185".into(), "find".into())]);
    let text = "cat a | grep b; cat a b | grep c; cat -n a | grep b; d | cat e | grep f";
    assert_eq!(found(text, Shell::Sh), [("SC2002".into(), "a".into())]);
}

#[test]
fn of_text_that_does_not_parse_nothing_is_guessed() {
    let codes = codes("if true; then ls $x", Shell::Bash);
    assert!(codes.iter().all(|code| code.starts_with("SC1")), "{codes:?}");
}

#[test]
fn bodies_over_a_limit_are_not_linted() {
    let long = "x".repeat(MAX_BYTES + 1);
    assert_eq!(try_lint(&mapped(&long, 0), Shell::Sh, &[]), Err("shell text over 16 KB"));
    let many = "ls\n".repeat(MAX_COMMANDS + 1);
    assert_eq!(try_lint(&mapped(&many, 0), Shell::Sh, &[]), Err("shell text with over 200 commands"));
    let deep = format!("{}ls{}", "(".repeat(40), ")".repeat(40));
    assert_eq!(try_lint(&mapped(&deep, 0), Shell::Sh, &[]), Err("shell text nested over 32 levels"));
}

#[test]
fn hostile_bodies_neither_hang_nor_panic() {
    let bodies = [
        "a && ".repeat(13_000) + "a",
        "echo $x; ".repeat(7_000),
        format!("{}x{}", "$(".repeat(20_000), ")".repeat(20_000)),
        "\"".repeat(65_000),
        "{".repeat(65_000),
        format!("echo {}", "$a ".repeat(5_000)),
        format!("echo {}", "\"$(a)\"".repeat(199)),
        "if ".repeat(5_000),
        "x=1 ".repeat(4_000),
        format!("case a in {} esac", "a) ;; ".repeat(2_500)),
    ];
    for text in bodies {
        let found = try_lint(&mapped(&text, 0), Shell::Dash, &[]).map_or(0, |findings| findings.len());
        assert!(found <= text.len(), "{}", &text[..40]);
    }
}

#[test]
fn what_was_found_is_kept() {
    let text = "echo $kept_for_the_test";
    let set = |wanted| Setting { shell: Shell::Sh, errexit: false, pipefail: false, wanted, is_set: &|_| false };
    let first = engine::lint(text, &set(Wanted::All)).expect("works");
    let again = engine::lint(text, &set(Wanted::All)).expect("works");
    assert!(std::sync::Arc::ptr_eq(&first, &again));
    let bugs = engine::lint(text, &set(Wanted::Bugs)).expect("works");
    assert!(!std::sync::Arc::ptr_eq(&first, &bugs));
    let dash = engine::lint(text, &Setting { shell: Shell::Dash, ..set(Wanted::All) }).expect("works");
    assert!(!std::sync::Arc::ptr_eq(&first, &dash));
}

#[test]
fn a_panic_of_the_library_is_an_error() {
    assert!(engine::guarded(|| panic!("as a test")).is_err());
}

#[test]
fn every_row_names_a_rule_of_the_library_and_stands_once() {
    let mut seen = std::collections::HashSet::new();
    for code in CODES {
        assert!(seen.insert(code.alias), "{} is there twice", code.alias);
        assert!(code.rule.is_empty() || shuck_linter::code_to_rule(code.rule).is_some(), "{}", code.alias);
        assert!(code.rule.is_empty() || seen.insert(code.rule), "{} is there twice", code.rule);
        assert!(!code.message.is_empty() && !code.message.ends_with('.'), "{}", code.alias);
    }
    assert!(CODES.is_sorted_by_key(|code| code.alias));
}
