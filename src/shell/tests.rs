use super::*;
use proptest::prelude::*;

fn mapped(text: &str) -> MappedText {
    let mut mapped = MappedText::default();
    mapped.push(text, 0);
    mapped
}

fn parse(text: &str) -> Script {
    Script::parse(&mapped(text), Dialect::Posix)
}

/// `sudo>apt-get install x` for each command; a word whose text is not known in angle brackets, as written.
fn shown(script: &Script) -> Vec<String> {
    let show = |command: &Command| {
        let wrappers: String = command.wrappers.iter().map(|wrapper| format!("{}>", wrapper.name)).collect();
        let args = command.args.iter().map(|word| word.literal().map_or(format!("<{}>", word.raw), str::to_owned));
        let words: Vec<_> = std::iter::once(command.program().to_owned()).chain(args).collect();
        format!("{wrappers}{}", words.join(" "))
    };
    script.commands.iter().map(show).collect()
}

/// Checks what each script runs, and that all of it was read.
#[track_caller]
fn check(table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        let script = parse(text);
        assert_eq!(shown(&script), *expected, "{text}");
        assert_eq!(script.unread, None, "{text}");
    }
}

#[test]
fn lists_groups_branches_loops_and_functions_hold_commands() {
    check(&[
        ("", &[]),
        ("  # nothing", &[]),
        (
            "apt-get update && apt-get install -y curl || true; ls & wait",
            &["apt-get update", "apt-get install -y curl", "true", "ls", "wait"],
        ),
        ("a\nb\n\nc # not d", &["a", "b", "c"]),
        ("(cd x && make) && { a; b; }", &["cd x", "make", "a", "b"]),
        ("if a; then b; elif c; then d; else e; fi", &["a", "b", "c", "d", "e"]),
        ("for x in a b; do c $x; done", &["c <$x>"]),
        ("while a; do b; done; until c; do d; done", &["a", "b", "c", "d"]),
        ("case $x in a) b ;; *) c ;; esac", &["b", "c"]),
        ("f() { a; }; function g { b; }; f", &["a", "b", "f"]),
        ("[ -f x ] && [[ -f y && $z == 1 ]]", &["[ -f x ]", "[[ y <$z>"]),
        ("a | b |& c", &["a", "b", "c"]),
        ("for ((i=0; i<3; i++)); do a; done; ((x++)); b", &["a", "b"]),
        ("exit 1", &["exit 1"]),
        ("false || exit", &["false", "exit"]),
    ]);
}

#[test]
fn substitutions_hold_commands_at_every_depth() {
    check(&[
        ("a $(b \"$(c `d`)\") e", &["a <$(b \"$(c `d`)\")> e", "b <\"$(c `d`)\">", "c <`d`>", "d"]),
        ("X=$(a) Y=`b` c", &["c", "a", "b"]),
        ("X=$(a)", &["", "a"]),
        ("export A=1 B=$(a) C", &["export A=1 <B=$(a)> C", "a"]),
        ("X=$(a) export B", &["export B", "a"]),
        ("diff <(a) >(b)", &["diff <<(a)> <>(b)>", "a", "b"]),
        ("a ${x:-$(b)} $(( $(c) + 1 ))", &["a <${x:-$(b)}> <$(( $(c) + 1 ))>", "b", "c"]),
        ("a > $(b) <<< \"$(c)\"", &["a", "b", "c"]),
        ("for x in $(a); do b; done", &["a", "b"]),
        ("case $(a) in x) b ;; esac", &["a", "b"]),
        ("x=(a $(b) c)", &["", "b"]),
        ("[[ -n $(a) ]]", &["[[ <$(a)>", "a"]),
        ("[ \"$(a)\" = b ]", &["[ <\"$(a)\"> = b ]", "a"]),
        ("a <<EOF\nx $(b)\nEOF\nc", &["a", "b", "c"]),
        ("a <<'EOF'\nx $(b)\nEOF\nc", &["a", "c"]),
        ("exit $(a)", &["exit <$(a)>", "a"]),
        ("a `b \\`c\\``", &["a <`b \\`c\\``>", "b <`c`>", "c"]),
    ]);
}

#[test]
fn programs_are_seen_through_wrappers() {
    check(&[
        ("sudo -E apt-get install x", &["sudo>apt-get install x"]),
        ("sudo -u www -EH A=1 /usr/bin/pip install x", &["sudo>pip install x"]),
        ("sudo -uwww pip", &["sudo>pip"]),
        ("sudo --user=www -- pip", &["sudo>pip"]),
        ("sudo --user www env A=1 B=$x pip -v", &["sudo>env>pip -v"]),
        ("env A=1 cmd", &["env>cmd"]),
        ("env -i -u HOME cmd x", &["env>cmd x"]),
        ("env", &["env"]),
        ("sudo", &["sudo"]),
        ("sudo -v", &["sudo -v"]),
        ("a | xargs -0 -n 1 -I{} rm -rf {}", &["a", "xargs>rm -rf {}"]),
        ("a | xargs -P4 -L 2", &["a", "xargs -P4 -L 2"]),
        ("command cmd; command -v curl", &["command>cmd", "command -v curl"]),
        ("nohup time timeout -s KILL 5 nice -n 5 ionice -c 3 cmd", &["nohup>time>timeout>nice>ionice>cmd"]),
        ("time cmd a; time -p b", &["time>cmd a", "time>b"]),
        ("time -f %e cmd a | b; time { c; }; time export A=1", &["time>cmd a", "b", "c", "time>export A=1"]),
        ("exec gosu nobody \"$@\"", &["exec>gosu>"]),
        ("exec 3>&1", &["exec"]),
        ("exec tini -g -- java -jar x", &["exec>tini>java -jar x"]),
        ("su-exec nobody:nobody id; chroot /mnt apt-get update", &["su-exec>id", "chroot>apt-get update"]),
        ("stdbuf -oL -e 0 cmd", &["stdbuf>cmd"]),
        ("busybox wget x", &["busybox>wget x"]),
        ("/usr/bin/apt-get update; $HOME/bin/x a; ${D}/y; $C z", &["apt-get update", "x a", "y", " z"]),
        ("\\curl x; 'wget' y; \"a\"pt z", &["curl x", "wget y", "apt z"]),
        ("sudo $OPTIONS apt-get install", &["sudo> apt-get install"]),
    ]);
}

#[test]
fn texts_of_shells_and_eval_are_read() {
    check(&[
        ("sh -c 'a && b'", &["sh -c a && b", "a", "b"]),
        ("sudo bash -lc \"a | b\"", &["sudo>bash -lc a | b", "a", "b"]),
        ("bash -o pipefail -c 'a | b'", &["bash -o pipefail -c a | b", "a", "b"]),
        ("bash --login -c 'a'", &["bash --login -c a", "a"]),
        ("bash -c \"a $X\"", &["bash -c <\"a $X\">", "a <$X>"]),
        ("bash -c \"a \\$X \\\"b c\\\"\"", &["bash -c a $X \"b c\"", "a <$X> b c"]),
        ("bash -c \"a $(b)\"", &["bash -c <\"a $(b)\">", "b"]),
        ("bash -c \"$X\"", &["bash -c <\"$X\">", ""]),
        ("bash x.sh -c 'a'", &["bash x.sh -c a"]),
        ("eval 'a; b' c", &["eval a; b c", "a", "b c"]),
        ("su - nobody -c 'a x'", &["su - nobody -c a x", "a x"]),
        ("sh -c \"sh -c 'a b'\"", &["sh -c sh -c 'a b'", "sh -c a b", "a b"]),
    ]);
}

#[test]
fn dockerfile_quirks_read_as_the_shell_reads_them() {
    check(&[
        ("echo a \\\n  b", &["echo a b"]),
        ("set -ex;     apk add --no-cache     curl     &&     a", &["set -ex", "apk add --no-cache curl", "a"]),
        ("cat <<EOF > /x", &["cat"]),
        ("cat <<EOF > /x\nRUN apt-get\nEOF\n", &["cat"]),
        ("cat <<-EOF\n\tx\n\tEOF\na", &["cat", "a"]),
        ("a <<< 'b c'", &["a"]),
        ("echo 'it''s' \"a'b\" a\\ b '' \"\"", &["echo its a'b a b  "]),
        ("echo $'a' $'a\\n' $\"b\"", &["echo a <$'a\\n'> b"]),
        ("echo a#b 50$ \"x$\"", &["echo a#b 50$ x$"]),
        ("rm -rf /var/{a,b}/* ~/x", &["rm -rf /var/{a,b}/* ~/x"]),
        ("powershell -Command \"Install-X -Force; Y\"", &["powershell -Command Install-X -Force; Y"]),
        ("a;", &["a"]),
        ("echo {} {a} }", &["echo {} {a} }"]),
        ("echo é && ü", &["echo é", "ü"]),
        ("a\r\nb\r\n", &["a", "b"]),
    ]);
    let windows = Script::parse(&mapped("Get-Item C:\\x | Remove-Item"), Dialect::Other);
    assert_eq!((windows.commands.len(), windows.unread.map(|unread| unread.why)), (0, Some(Why::Shell)));
}

#[test]
fn positions_lead_back_through_joined_lines() {
    let source = "RUN sudo apt-get \\\n  # why\n  install -y \\\n  \"a b\" > /x && sh -c 'curl \\\n  -k u'";
    let mut body = MappedText::default();
    let mut at = 4;
    for line in source[4..].split_inclusive('\n') {
        if !line.trim_start().starts_with('#') {
            body.push(line.trim_end_matches("\\\n"), at);
        }
        at += line.len();
    }
    assert_eq!(body.text(), "sudo apt-get   install -y   \"a b\" > /x && sh -c 'curl   -k u'");
    let script = Script::parse(&body, Dialect::Posix);
    let at = |span: Span| &source[span.range()];
    let [apt, sh, curl] = &script.commands[..] else { panic!("{:?}", shown(&script)) };
    assert_eq!(at(apt.name_span), "apt-get");
    assert_eq!(at(apt.wrappers[0].span), "sudo");
    assert_eq!(apt.args.iter().map(|word| at(word.span)).collect::<Vec<_>>(), ["install", "-y", "\"a b\""]);
    assert_eq!((at(apt.redirects[0].span), at(apt.redirects[0].target.span)), ("> /x", "/x"));
    assert!(at(apt.span).starts_with("sudo apt-get \\\n") && at(apt.span).ends_with("> /x"));
    assert_eq!((at(sh.name_span), at(curl.name_span), at(curl.args[0].span)), ("sh", "curl", "-k"));
    assert!(curl.within.shell_c && !sh.within.shell_c);
}

#[test]
fn positions_are_true_inside_quotes_escapes_and_backticks() {
    for source in
        ["bash -c \"a \\\"b\\\" && wget \\$x\"", "x=`a \\`wget b\\``", "eval 'a;' \"wget\" b", "a\r\nwget b\r\n"]
    {
        let script = parse(source);
        let wget = script.running(&["wget"]).next().expect(source);
        assert_eq!(&source[wget.name_span.range()], "wget", "{source}");
    }
}

#[test]
fn json_forms_are_one_command_or_the_text_of_a_shell() {
    let source = r#"["/usr/bin/apt-get", "install", "$x"]["/bin/sh", "-c", "a && b \"c\""]["sh", "-c", "a && wget"]"#;
    let word = |text: &str, raw: &str| {
        let start = source.find(raw).expect("there");
        (text.to_owned(), Span::new(start, start + raw.len()))
    };
    let one = Script::from_words(&[word("/usr/bin/apt-get", "\"/usr/bin/apt-get\""), word("$x", "\"$x\"")]);
    assert_eq!(shown(&one), ["apt-get $x"]);
    assert!(!one.commands[0].args[0].has_expansion);
    let escaped = r#""a && b \"c\"""#;
    let sh = (word("/bin/sh", "\"/bin/sh\""), word("-c", "\"-c\""), word("a && b \"c\"", escaped));
    let text = Script::from_words(&[sh.0, sh.1, sh.2]);
    assert_eq!(shown(&text)[1..], ["a", "b c"]);
    assert_eq!(&source[text.commands[2].name_span.range()], escaped);
    let plain = Script::from_words(&[word("sh", "\"sh\""), word("-c", "\"-c\""), word("a && wget", "\"a && wget\"")]);
    assert_eq!(&source[plain.commands[2].name_span.range()], "wget");
    assert_eq!(shown(&Script::from_words(&[])), Vec::<String>::new());
}

#[test]
fn heredocs_are_read_where_they_stand() {
    let source = "RUN <<EOF\nset -e\napt-get update\nEOF\n";
    let script = Script::script_of_heredoc(&source[10..32], Span::new(10, 32), Dialect::Bash);
    assert_eq!(&source[script.commands[1].span.range()], "apt-get update");
    assert!(script.commands[1].within.errexit);
}

#[test]
fn a_command_knows_where_it_stands() {
    let script = parse("a && ! b || c; (d) & if e; then f | g; fi; h() { i; }; j $(k) | { l; m; }; n");
    let within = |program: &str| script.running(&[program]).next().expect(program).within;
    assert_eq!((within("a").before, within("a").after), (None, Some(ListOp::And)));
    assert_eq!((within("b").before, within("b").after), (Some(ListOp::And), Some(ListOp::Or)));
    assert!(within("b").negated && !within("a").negated && !within("c").negated);
    assert_eq!(within("c").after, Some(ListOp::Then));
    assert!(within("d").subshell && within("e").condition && within("f").branch && within("i").function);
    assert!(!within("f").condition && within("k").substitution && !within("n").branch);
    assert_eq!((within("f").pipeline, within("f").stage, within("g").stage), (Some(0), 0, 1));
    assert_eq!((within("k").pipeline, within("l").pipeline, within("n").after), (None, None, None));
    let [_, pipeline] = &script.pipelines[..] else { panic!("{:?}", script.pipelines) };
    let programs = |stage| script.stage(pipeline, stage).iter().map(Command::program).collect::<Vec<_>>();
    assert_eq!((programs(0), programs(1)), (vec!["j", "k"], vec!["l", "m"]));
}

#[test]
fn pipefail_holds_from_where_it_is_set() {
    let text = "a | b; (set -o pipefail; c | d); e | f; set -euxo pipefail; g | h; $(i | j); set +o pipefail; k | l";
    let script = parse(text);
    assert_eq!(
        script.pipelines.iter().map(|pipeline| pipeline.pipefail).collect::<Vec<_>>(),
        [false, true, false, true, true, false]
    );
    assert!(script.pipefail_at(text.find("g |").expect("there") as u32));
    assert!(script.errexit_at(text.find("k |").expect("there") as u32));
    assert!(!script.errexit_at(0));
    for (text, expected) in [
        ("bash -o pipefail -c 'a | b'", true),
        ("bash -euo pipefail -c 'a | b'", true),
        ("set -o pipefail; bash -c 'a | b'", false),
        ("eval 'set -o pipefail'; a | b", true),
        ("shopt -so pipefail; a | b", true),
        ("if a; then set -o pipefail; fi; a | b", true),
        ("f() { set -o pipefail; }; a | b", false),
        ("set -o errexit; a | b", false),
        ("set -- -o pipefail; a | b", false),
    ] {
        assert_eq!(parse(text).pipelines[0].pipefail, expected, "{text}");
    }
}

#[test]
fn arguments_are_flags_and_operands() {
    let script =
        parse("apt-get -qqy -o Dpkg::X=y --no-install-recommends --option=a=b install curl=$V -t \"$X\" -- -z");
    let command = &script.commands[0];
    let flags: Vec<_> = command.flags().map(|flag| (flag.name, flag.value)).collect();
    let expected = ["q", "q", "y", "o"].map(|name| (name, None));
    assert_eq!(flags[..4], expected);
    assert_eq!(flags[4..], [("no-install-recommends", None), ("option", Some("a=b")), ("t", None)]);
    assert!(command.has_flag(&["y", "yes"]) && !command.has_flag(&["yes", "z"]));
    let values = ["o", "option", "t"];
    let raw = |word: &Word| word.raw.clone();
    assert_eq!(command.operands_with(&values).map(raw).collect::<Vec<_>>(), ["install", "curl=$V", "-z"]);
    assert_eq!(command.operands().map(raw).collect::<Vec<_>>()[..2], ["Dpkg::X=y", "install"]);
    assert!(command.subcommand(&values).is_some_and(|word| word.is("install")));
    assert!(command.args[6].starts_with_literal("curl=") && !command.args[6].starts_with_literal("curl=1"));
    let target = command.flags_with(&values).find(|flag| flag.name == "t").expect("there");
    assert_eq!((target.value, target.value_word.map(raw)), (None, Some("\"$X\"".to_owned())));

    let script = parse("tar -xzf$X -C/tmp -ofile x --to=$Y; openssl req -nodes -");
    let flags: Vec<_> = script.commands[0].flags_with(&["f", "C", "o"]).map(|flag| (flag.name, flag.value)).collect();
    assert_eq!(flags[..3], [("x", None), ("z", None), ("f", None)]);
    assert_eq!(flags[3..], [("C", Some("/tmp")), ("o", Some("file")), ("to", None)]);
    assert!(script.commands[1].has_flag(&["nodes"]));
    assert_eq!(script.commands[1].operands().map(raw).collect::<Vec<_>>(), ["req", "-"]);
}

#[test]
fn words_tell_what_is_known_of_them() {
    let script = parse("a \"$x\"/y${z:-1} '$n' \\$m *.deb ${#l} $1 $@ pre$(b)post {a,b} https://$h/x");
    let args = &script.commands[0].args;
    let names = |word: &Word| word.variables.iter().map(|v| (v.name.clone(), v.quoted)).collect::<Vec<_>>();
    assert_eq!(names(&args[0]), [("x".to_owned(), true), ("z".to_owned(), false)]);
    assert!(args[0].quoted && args[0].has_expansion && !args[1].has_expansion && !args[2].has_expansion);
    assert_eq!((args[1].literal(), args[2].literal()), (Some("$n"), Some("$m")));
    assert!(args[3].has_pattern && args[8].has_pattern && !args[1].has_pattern);
    assert_eq!([&args[4], &args[5], &args[6]].map(|word| word.variables[0].name.as_str()), ["l", "1", "@"]);
    assert_eq!((args[7].known_prefix(), args[9].known_prefix()), ("pre", "https://"));
}

#[test]
fn redirections_are_kept() {
    let script = parse("a 2>/dev/null >> x <y 2>&1 &> z &>> q <&3; { b; } > w; cat <<'E' > v\nbody\nE\n");
    let shown = |redirects: &[Redirect]| {
        redirects.iter().map(|r| format!("{:?}{}{}", r.fd, r.op, r.target.raw)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        shown(&script.commands[0].redirects),
        "Some(2)>/dev/null None>>x None<y Some(2)>&1 None&>z None&>>q None<&3"
    );
    assert_eq!(script.commands[0].redirects[0].span, Span::new(2, 13));
    assert_eq!(shown(&script.group_redirects), "None>w");
    assert_eq!(shown(&script.commands[2].redirects), "None<<'E' None>v");
    assert!(script.commands[2].redirects[0].heredoc.is_some());
    assert!(script.commands[0].redirects[0].writes() && !script.commands[0].redirects[3].writes());
}

#[test]
fn what_does_not_parse_is_told_and_what_stood_before_is_kept() {
    for (text, sure) in
        [("a; b\nc \"d", &["a", "b"][..]), ("a\nif b; then", &["a"]), ("a; ) b", &["a"]), ("a && (b", &[])]
    {
        let script = parse(text);
        assert!(matches!(script.unread, Some(Unread { why: Why::Syntax(_), .. })), "{text}: {:?}", script.unread);
        let programs: Vec<_> = script.commands.iter().map(Command::program).collect();
        assert!(programs.len() <= sure.len() && programs.iter().zip(sure).all(|(a, b)| a == b), "{text}: {programs:?}");
    }
}

/// Texts made to be slow, deep or long.
fn hostile() -> Vec<(&'static str, String)> {
    let fill = |unit: &str| unit.repeat(MAX_BYTES / unit.len());
    let units = [
        "(",
        "$(",
        "`",
        "{ ",
        "${x:-",
        "$((",
        "\"$(",
        "if ",
        "while ",
        "<(",
        "[[ ( ",
        "case x in (",
        "a && ",
        "a | ",
        "! ",
        "a;",
        "a\n",
        "<<E ",
        "<<E\n",
        "'",
        "\"",
        "\\",
        "$x",
        "{a,b}",
        "{1..2}",
        "$[",
        "x=(",
        "f()",
        "time ",
        "((1+",
        "${a[",
        "\\`",
        "a `b` ",
        "a $(b) ",
        "#\n",
        "&",
        ">",
        "eval ",
        "sudo ",
        "env ",
        "é",
        "\u{1a}",
        "[",
        "[[ a && ",
        "a() { ",
        "<<-'E'\nx\n",
        "${x/",
        "$'\\",
        "*(",
        "x[1]=",
        "x[$(",
        "sh -c '",
        "{",
        "a{",
        "\"${x",
        "<<<",
        "coproc ",
        "\\\n",
    ];
    units.iter().map(|unit| (*unit, fill(unit))).chain([("over", "a ".repeat(MAX_BYTES))]).collect()
}

#[test]
fn hostile_texts_neither_hang_nor_overflow() {
    for (unit, text) in hostile() {
        assert!(parse(&text).commands.len() <= MAX_COMMANDS, "{unit:?}");
    }
}

#[test]
fn nesting_below_every_limit_fits_the_stack() {
    for (open, close) in [
        ("(", ")"),
        ("$(", ")"),
        ("\"$(", ")\""),
        ("{ ", ";}"),
        ("if a; then ", "; fi"),
        ("${x:-", "}"),
        ("$((", "))"),
        ("[[ ( ", " ) ]]"),
        ("f() { ", "; }"),
        ("case a in a) ", ";; esac"),
        ("while a; do $(", "); done"),
        ("<(", ")"),
        ("x=(", ")"),
        ("x[$(", ")]=1"),
        ("a \"${x:-$(", ")}\""),
        ("time ", ""),
        ("! ", ""),
    ] {
        for depth in [8, 31, 32, 60, 127] {
            let script = parse(&format!("{}a{}", open.repeat(depth), close.repeat(depth)));
            assert!(depth > 8 || script.unread.is_none() || open.starts_with("x") || open.starts_with("[["), "{open}");
        }
    }
}

#[test]
fn an_open_backtick_before_an_escaped_letter_of_two_bytes() {
    assert!(parse("{`\\é").commands.iter().all(|command| command.program() != "é"));
}

#[test]
fn limits_are_told() {
    let why = |text: &str| parse(text).unread.map(|unread| unread.why);
    assert_eq!(why(&"a ".repeat(MAX_BYTES)), Some(Why::TooLong));
    assert_eq!(why(&"(".repeat(10_000)), Some(Why::TooDeep));
    assert_eq!(why(&"$(".repeat(10_000)), Some(Why::TooDeep));
    assert_eq!(why(&"a;".repeat(MAX_COMMANDS + 1)), Some(Why::TooMany));
    assert_eq!(parse(&"a;".repeat(MAX_COMMANDS + 1)).commands.len(), MAX_COMMANDS);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(
        text in r#"([a-z -=]|[$`'"\\(){}<>|&;!*?#~\n\r]|\$\(|<<E|if |then |fi|sh -c |é|eval |sudo ){0,60}"#
    ) {
        let script = parse(&text);
        let end = text.len();
        for command in &script.commands {
            prop_assert!(command.span.range().end <= end && command.span.contains(command.name_span));
            for word in command.args.iter().chain([&command.name]) {
                prop_assert!(text.get(word.span.range()).is_some(), "{:?}", word);
            }
            command.flags_with(&["a"]).count();
        }
        for pipeline in &script.pipelines {
            prop_assert_eq!(pipeline.stages.len(), pipeline.operators.len() + 1);
        }
        let word = |text: &str, at| (text.to_owned(), Span::new(at, at + 2));
        Script::from_words(&[word("sh", 0), word("-c", 3), word(&text, 6)]);
    }
}
