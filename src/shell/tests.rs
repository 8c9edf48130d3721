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
        ("time cmd a", &["time>cmd a"]),
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
