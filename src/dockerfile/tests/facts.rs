//! What BuildKit's parser does, with the examples of notes/dockerfile.md sections 4, 6 and 7.

use super::*;

#[test]
fn byte_order_mark_is_no_part_of_the_keyword() {
    let file = clean("\u{feff}FROM a");
    assert_eq!(file.pieces()[0].kind, PieceKind::ByteOrderMark);
    assert_eq!(file.instructions[0].keyword_span, Span::new(3, 7));
    assert_eq!(clean("\u{feff}# escape=`\nFROM a").escape, '`');
}

#[test]
fn lines_may_end_with_crlf_heredocs_too() {
    let file = clean("# escape=`\r\nFROM a\r\nRUN dir `\r\n  && b\r\nRUN <<EOF\r\nx\r\nEOF\r\nUSER u\r\n");
    assert_eq!(file.escape, '`');
    assert_eq!(file.instructions[0].word().expect("image").value, "a");
    assert_eq!(shell(&file.instructions[1]), "dir   && b");
    assert_eq!(file.instructions[2].heredocs[0].body(&file.text), "x\r\n");
    assert_eq!(file.slice(file.instructions[2].heredocs[0].terminator_span), "EOF");
    assert_eq!(values(&file.instructions[3]), ["u"]);
}

#[test]
fn tabs_and_other_blanks_separate() {
    for text in ["FROM\ta", "FROM\x0ba", "FROM\x0ca", "  FROM   a  ", "\tFROM a"] {
        let file = clean(text);
        assert_eq!(values(&file.instructions[0]), ["a"], "in {text:?}");
        assert_eq!(file.slice(file.instructions[0].keyword_span), "FROM");
    }
    assert_eq!(values(&last("FROM a AS\x0bb")), ["a", "b"]);
}

#[test]
fn directives_are_read_at_the_head() {
    let file = clean("# syntax = docker/dockerfile:1\n#ESCAPE=`\n# Check=skip=A,B;error=true \nFROM a\n# escape=\\\n");
    let read: Vec<_> = file.directives.iter().map(|d| (d.name.as_str(), d.value.as_str())).collect();
    assert_eq!(read, [("syntax", "docker/dockerfile:1"), ("escape", "`"), ("check", "skip=A,B;error=true")]);
    assert_eq!(file.escape, '`');
    assert_eq!(file.slice(file.directives[2].name_span), "Check");
    assert_eq!(file.slice(file.directives[2].value_span), "skip=A,B;error=true");
    assert_eq!(file.slice(file.directives[2].span), "# Check=skip=A,B;error=true");
    assert_eq!(file.comments.len(), 1);
}

#[test]
fn directives_end_at_the_first_other_line() {
    for text in
        ["# hi\n# escape=`\nFROM a", "\n# escape=`\nFROM a", "FROM a\n# escape=`\n", "# x=y\n# escape=`\nFROM a"]
    {
        let file = clean(text);
        assert_eq!((file.escape, file.directives.len()), ('\\', 0), "in {text:?}");
    }
}

#[test]
fn a_first_line_for_the_kernel_is_passed_over() {
    let file = clean("#!/usr/bin/env docker\n# syntax=x\n# escape=`\nFROM a");
    assert_eq!(file.directive("syntax").expect("read").value, "x");
    assert_eq!(file.escape, '\\', "BuildKit's search for the escape character ends at the first line");
    assert_eq!(file.comments.len(), 1);
}

#[test]
fn bad_directives_are_errors() {
    assert_eq!(error("# escape=/\nFROM a").0, "/");
    let (at, message) = error("# escape=`\n# escape=`\nFROM a");
    assert_eq!((at.as_str(), message.as_str()), ("escape", "the directive `escape` is given twice"));
}

#[test]
fn a_backtick_may_escape() {
    let file = clean("# escape=`\nFROM a\nCOPY a c:\\x\\\nRUN dir `\n c:\\\nWORKDIR c:\\app\nENV A=b` c");
    assert_eq!(values(&file.instructions[1]), ["a", "c:\\x\\"]);
    assert_eq!(shell(&file.instructions[2]), "dir  c:\\");
    assert_eq!(values(&file.instructions[3]), ["c:\\app"]);
    assert_eq!(values(&file.instructions[4]), ["A", "b c"]);
}

#[test]
fn what_continues_a_line() {
    assert_eq!(keywords(&clean("RUN echo \\\\\nRUN b")), [Keyword::Run; 2]);
    assert_eq!(shell(&last("RUN foo \\   \n b")), "foo  b");
    assert_eq!(shell(&last("RUN foo \\\t\n\\\nb")), "foo b");
    assert_eq!(shell(&last("RUN a \\")), "a");
    assert_eq!(shell(&last("RUN a\\\nb")), "ab");
    assert_eq!(shell(&last("RUN a && \\\n  # note \\\n b")), "a &&  b");
    assert_eq!(keywords(&clean("\\\nRUN a")), [Keyword::Run]);
}

#[test]
fn blank_and_comment_lines_within_an_instruction() {
    let file = clean("FROM x\nRUN a \\\n\n  # one\n \t\n  && b\n# two\nUSER u");
    assert_eq!(shell(&file.instructions[1]), "a   && b");
    let empty: Vec<_> = file.instructions[1].empty_continuation_lines.iter().map(|s| file.slice(*s)).collect();
    assert_eq!(empty, ["", " \t"]);
    let comments: Vec<_> = file.comments.iter().map(|c| (file.slice(c.span), c.inside)).collect();
    assert_eq!(comments, [("# one", Some(1)), ("# two", None)]);
    assert_eq!(file.comments_above(&file.instructions[2]).len(), 1);
    assert_eq!(file.comments_above(&file.instructions[1]).len(), 0);
}

#[test]
fn a_shell_text_leads_back_to_its_source() {
    let file = clean("FROM x\nRUN a \\\n  # c\n  && bcd \\\n  | e");
    let text = file.instructions[1].shell_text().expect("shell form");
    let at = text.text().find("bcd").expect("there");
    assert_eq!(file.slice(text.span(at..at + 3)), "bcd");
    let at = text.text().find('e').expect("there");
    assert_eq!(file.slice(text.span(at..at + 1)), "e");
}

#[test]
fn a_keyword_may_be_split_by_a_continuation() {
    let file = clean("FR\\\nOM a\\\nb AS c");
    assert_eq!(keywords(&file), [Keyword::From]);
    assert_eq!(values(&file.instructions[0]), ["ab", "c"]);
    assert_eq!(file.instructions[0].keyword_text, "FROM");
}

#[test]
fn a_hash_within_a_line_is_data() {
    assert_eq!(values(&last("COPY a /b # x")), ["a", "/b", "#", "x"]);
    assert_eq!(error("FROM a # x"), ("# x".to_owned(), "FROM takes one image, and `AS name` after it".to_owned()));
}

#[test]
fn keywords_in_any_case_and_unknown_ones() {
    assert_eq!(keywords(&clean("from a\nRun b\ncMD c")), [Keyword::From, Keyword::Run, Keyword::Cmd]);
    let file = parse("FROM a\nCPOY a b\nUSER u");
    assert_eq!(file.errors[0].help.as_deref(), Some("did you mean `COPY`?"));
    assert_eq!(file.slice(file.errors[0].span), "CPOY");
    assert_eq!(keywords(&file), [Keyword::From, Keyword::Unknown, Keyword::User]);
    assert!(file.instructions[1].has_error && !file.instructions[2].has_error);
}

#[test]
fn flags_are_leading_words_with_two_dashes() {
    let copy = last("COPY --chown=\"a:b\" --link x /y");
    assert_eq!(values(&copy), ["x", "/y"]);
    assert_eq!(copy.flag("chown").expect("flag").text(), "a:b");
    assert_eq!(copy.flag("link").expect("flag").value, None);
    let file = clean("COPY --from=b --x -- --y /z");
    let copy = &file.instructions[0];
    assert_eq!(values(copy), ["--y", "/z"]);
    assert_eq!(copy.flags.len(), 2);
    assert_eq!(file.slice(copy.flags[0].span), "--from=b");
    assert_eq!(file.slice(copy.flags[0].name_span), "--from");
    assert_eq!(file.slice(copy.flags[0].value.as_ref().expect("value").span), "b");
    assert_eq!(shell(&last("RUN --device=x a --b")), "a --b");
    assert_eq!(shell(&last("RUN - a")), "- a");
}

#[test]
fn mounts_are_read() {
    let file = clean(
        "RUN --mount=type=secret,id=t,env=TOKEN --mount=from=build,Target=/x,ro --mount=TYPE=Cache,dst=\"/a b\",sharing=$S make",
    );
    let run = &file.instructions[0];
    assert_eq!(shell(run), "make");
    let mounts: Vec<_> = run.mounts().map(|(_, mount)| mount).collect();
    assert_eq!((mounts[0].kind.as_str(), mounts[0].value(&["env"]).expect("env").value.as_str()), ("secret", "TOKEN"));
    assert_eq!((mounts[1].kind.as_str(), mounts[1].from.as_ref().expect("from").value.as_str()), ("bind", "build"));
    assert_eq!(file.slice(mounts[1].from.as_ref().expect("from").span), "build");
    assert_eq!(file.slice(mounts[1].target().expect("target").span), "/x");
    assert_eq!(mounts[1].option(&["ro"]).expect("ro").value, None);
    assert_eq!(mounts[2].kind, "cache");
    assert_eq!(mounts[2].target().expect("target").value, "/a b");
    assert_eq!(mounts[2].value(&["sharing"]).expect("sharing").vars[0].name, "S");
    assert_eq!(last("RUN --mount=from=stage cmd").mounts().next().expect("mount").1.target(), None);
}

#[test]
fn copy_and_add() {
    let copy = last("COPY --parents --exclude=*.md --chmod=u+x src/./a /x/");
    assert_eq!((copy.flags.len(), values(&copy)), (3, vec!["src/./a", "/x/"]));
    let add = last("ADD --keep-git-dir=true https://github.com/o/r.git#v1 /r");
    assert_eq!(values(&add), ["https://github.com/o/r.git#v1", "/r"]);
    assert_eq!(last("ADD --checksum=sha256:abc https://x/y /z").flag("checksum").expect("flag").text(), "sha256:abc");
    let json = last(r#"COPY ["a b", "c\u00e9\"d\"", "/e"]"#);
    assert!(matches!(&json.args, Args::Copy { form: Form::Json, sources, .. } if sources.len() == 2));
    assert_eq!(values(&json), ["a b", "céd", "/e"], "BuildKit reads quotes within JSON strings again");
    assert_eq!(error(r#"COPY ["a\"b", "/e"]"#).0, r#""a\"b""#);
}

#[test]
fn healthchecks() {
    let check = last("HEALTHCHECK --interval=1m30s CMD [\"c\", \"d\"]");
    assert_eq!(check.json_words().expect("JSON").len(), 2);
    assert_eq!(check.flag("interval").expect("flag").text(), "1m30s");
    assert_eq!(shell(&last("HEALTHCHECK --interval=1m30s --retries=3 cmd  curl x || exit 1")), "curl x || exit 1");
    assert!(matches!(last("HEALTHCHECK none").args, Args::None { .. }));
    assert_eq!(error("HEALTHCHECK NONE x").0, "x");
    assert_eq!(error("HEALTHCHECK curl x").0, "curl");
    assert_eq!(error("HEALTHCHECK CMD").0, "CMD");
    assert_eq!(error("HEALTHCHECK --retries=1").0, "HEALTHCHECK");
}

#[test]
fn onbuild_puts_off_another_instruction() {
    let file = clean("ONBUILD RUN <<EOF\nx\nEOF\nonbuild copy --from=a b c\nONBUILD FROM x");
    let inner = file.instructions[0].onbuild.as_ref().expect("inner");
    assert_eq!((inner.keyword, inner.heredocs.len()), (Keyword::Run, 1));
    assert_eq!(file.slice(inner.span), "RUN <<EOF\nx\nEOF");
    assert_eq!(file.slice(inner.keyword_span), "RUN");
    assert_eq!(file.instructions[1].effective().flag("from").expect("flag").text(), "a");
    assert_eq!(file.instructions[2].effective().keyword, Keyword::From, "a rule reports what cannot be put off");
    assert_eq!(clean("ONBUILD ONBUILD RUN x").instructions[0].effective().keyword, Keyword::Onbuild);
    assert_eq!(error("ONBUILD").0, "ONBUILD");
    assert_eq!(error("ONBUILD CPOY a b").0, "CPOY");
}

#[test]
fn json_form_needs_json() {
    let cmd = last(r#"CMD ["a", "b c" , "\t\"\ud83d\ude00"]"#);
    let words: Vec<_> = cmd.json_words().expect("JSON").iter().map(|word| word.value.as_str()).collect();
    assert_eq!(words, ["a", "b c", "\t\"😀"]);
    for text in ["CMD ['a']", r#"CMD ["a"] foo"#, r#"CMD ["a",]"#, r#"CMD ["a"#, r#"CMD [ "a" "b" ]"#, r#"CMD ["\x"]"#]
    {
        assert_eq!(shell(&last(text)), &text[4..]);
    }
    assert_eq!(last("CMD []").json_words(), Some(&[][..]));
    assert_eq!(error("CMD [1, \"a\"]").0, "1");
    assert_eq!(error("RUN [\"a\", {\"b\": [null]}]").0, "{\"b\": [null]}");
    let file = clean("ENTRYPOINT [\"a\", \\\n  # why\n  \"b\"]");
    let words = file.instructions[0].json_words().expect("JSON");
    assert_eq!(file.slice(words[1].span), "\"b\"");
    assert_eq!(error("SHELL /bin/sh -c").0, "/bin/sh -c");
    assert_eq!(error("SHELL []").0, "[]");
    assert_eq!(last("SHELL [\"bash\",\"-c\"]").json_words().expect("JSON").len(), 2);
    assert_eq!(last("CMD [\"$A\"]").json_words().expect("JSON")[0].vars, [], "nothing is expanded in a command");
}

#[test]
fn from_takes_an_image_and_a_name() {
    for (text, image) in [
        ("FROM localhost:5000/img:1", "localhost:5000/img:1"),
        ("FROM reg:5000/a/b:1", "reg:5000/a/b:1"),
        ("FROM a:1@sha256:00", "a:1@sha256:00"),
    ] {
        assert_eq!(values(&last(text)), [image]);
    }
    let file = clean("FROM --platform=$BUILDPLATFORM a:1 as Build-1.x_");
    let from = &file.instructions[0];
    assert_eq!(from.flag("platform").expect("flag").value.as_ref().expect("value").vars[0].name, "BUILDPLATFORM");
    let Args::From { as_span: Some(r#as), alias: Some(alias), .. } = &from.args else { panic!("{from:?}") };
    assert_eq!((file.slice(*r#as), alias.value.as_str()), ("as", "Build-1.x_"));
    assert_eq!(error("FROM a b").0, "b");
    assert_eq!(error("FROM a AS").0, "AS");
    assert_eq!(error("FROM a AS b c").0, "AS b c");
    assert_eq!(error("FROM a AS 1x").0, "1x");
    assert_eq!(error("FROM").0, "FROM");
    assert_eq!(parse("FROM a b\nRUN x").instructions[1].stage, Some(0), "a stage begins even so");
}

#[test]
fn env_label_and_arg_pairs() {
    let env = last(r#"ENV A="x y" B='z' C=a\ b D= E="q"r"#);
    assert_eq!(values(&env), ["A", "x y", "B", "z", "C", "a b", "D", "", "E", "qr"]);
    let quotes: Vec<_> = env.pairs().iter().filter_map(|pair| Some(pair.value.as_ref()?.quote)).collect();
    assert_eq!(quotes, [Quote::Double, Quote::Single, Quote::None, Quote::None, Quote::Partly]);
    let legacy = last("ENV A  b c=d ");
    assert_eq!((values(&legacy), legacy.pairs()[0].legacy), (vec!["A", "b c=d"], true));
    assert_eq!(error("ENV A").0, "A");
    assert_eq!(error("ENV A=1 B").0, "B");
    assert_eq!(error("ENV =1").0, "=1");
    assert_eq!(error("LABEL a").0, "a");
    assert_eq!(values(&last("LABEL \"a b\"=\"c\" d.e=f")), ["a b", "c", "d.e", "f"]);
    let arg = last("ARG A=1 B C=");
    let read: Vec<_> =
        arg.pairs().iter().map(|p| (p.key.value.as_str(), p.value.as_ref().map(|v| v.value.as_str()))).collect();
    assert_eq!(read, [("A", Some("1")), ("B", None), ("C", Some(""))]);
    assert_eq!(error("ARG =x").0, "=x");
    assert_eq!(error("ENV A='b").1, "the quote `'` is never closed");
    assert_eq!(values(&last("ENV A=b \\\n  C=d")), ["A", "b", "C", "d"]);
}

#[test]
fn words_of_the_other_instructions() {
    assert_eq!(values(&last("EXPOSE 80 80/tcp 8000-8010/udp $P")), ["80", "80/tcp", "8000-8010/udp", "$P"]);
    assert_eq!(values(&last("EXPOSE 80:80 127.0.0.1:80:80")), ["80:80", "127.0.0.1:80:80"]);
    assert_eq!(values(&last(r#"VOLUME ["/a","/b"]"#)), ["/a", "/b"]);
    assert_eq!(values(&last("VOLUME /a /b")), ["/a", "/b"]);
    assert_eq!(error("VOLUME []").0, "[]");
    assert_eq!(values(&last("STOPSIGNAL SIGTERM")), ["SIGTERM"]);
    assert_eq!(values(&last("USER u:g")), ["u:g"]);
    assert_eq!(values(&last("WORKDIR /a b ")), ["/a b"]);
    assert_eq!(values(&last("WORKDIR \"/a b\"")), ["/a b"]);
    assert_eq!(values(&last("MAINTAINER it's me <a@b>")), ["it's me <a@b>"]);
    for keyword in ["USER", "WORKDIR", "EXPOSE", "VOLUME", "STOPSIGNAL", "ENV", "LABEL", "ARG", "COPY", "ADD", "SHELL"]
    {
        assert_eq!(error(keyword).0, keyword);
    }
    assert_eq!(error("COPY a").0, "a");
    assert_eq!(shell(&last("RUN")), "", "BuildKit takes an empty RUN, CMD and ENTRYPOINT");
}

/// (name, body, quoted, strip_tabs, fd) of each heredoc of the first instruction; the next must be `USER u`.
fn heredocs(text: &str) -> Vec<(String, String, bool, bool, Option<u32>)> {
    let file = clean(&format!("{text}\nUSER u\n"));
    assert_eq!(file.instructions.len(), 2, "in {text:?}: {:?}", keywords(&file));
    let read = |h: &Heredoc| (h.name.clone(), h.body(&file.text).to_owned(), h.quoted, h.strip_tabs, h.fd);
    file.instructions[0].effective().heredocs.iter().map(read).collect()
}

fn heredoc(name: &str, body: &str) -> (String, String, bool, bool, Option<u32>) {
    (name.to_owned(), body.to_owned(), false, false, None)
}

#[test]
fn heredocs_in_all_forms() {
    assert_eq!(heredocs("RUN <<EOF\nx\nEOF"), [heredoc("EOF", "x\n")]);
    assert_eq!(heredocs("RUN <<EOF\nEOF"), [heredoc("EOF", "")]);
    assert_eq!(heredocs("RUN 3<<EOF\nEOF")[0].4, Some(3));
    assert_eq!(heredocs("RUN << EOF > f\nEOF"), [heredoc("EOF", "")]);
    assert_eq!(heredocs("RUN <<  EOF\nEOF"), [heredoc("EOF", "")]);
    let (name, body, quoted, tabs, _) = heredocs("RUN <<-EOF\n\tx\n\tEOF").remove(0);
    assert_eq!((name.as_str(), body.as_str(), quoted, tabs), ("EOF", "\tx\n", false, true));
    for word in ["'EOF'", "\"EOF\"", "E'O'F"] {
        let (name, _, quoted, ..) = heredocs(&format!("RUN <<{word}\n$x\nEOF")).remove(0);
        assert_eq!((name.as_str(), quoted), ("EOF", true));
    }
    let (name, _, quoted, ..) = heredocs("RUN <<eo\\'f\nx\neo'f").remove(0);
    assert_eq!((name.as_str(), quoted), ("eo'f", false));
    assert_eq!(heredocs("RUN <<'one two'\nx\none two")[0].0, "one two");
    assert_eq!(heredocs("RUN <<$EOF\n$EOF"), [heredoc("$EOF", "")]);
    assert_eq!(heredocs("RUN <<A cat && <<B sh\na\nA\nb\nB"), [heredoc("A", "a\n"), heredoc("B", "b\n")]);
    assert_eq!(heredocs("RUN <<EOF python3\nprint()\nEOF"), [heredoc("EOF", "print()\n")]);
    assert_eq!(heredocs("RUN --mount=type=cache,target=/f <<M\nx\nM"), [heredoc("M", "x\n")]);
    assert_eq!(heredocs("COPY <<X <<Y /d/\nY\nX\nX\nY"), [heredoc("X", "Y\n"), heredoc("Y", "X\n")]);
    assert_eq!(heredocs("ADD <<a.txt /d/\nx\na.txt"), [heredoc("a.txt", "x\n")]);
    assert_eq!(heredocs("ONBUILD RUN <<EOF\nx\nEOF"), [heredoc("EOF", "x\n")]);
    assert_eq!(heredocs("RUN <<EOF\n# c\na \\\nEOF"), [heredoc("EOF", "# c\na \\\n")], "comments and backslashes stay");
    assert_eq!(heredocs("RUN <<EOF\n EOF\nEOF \nEOF"), [heredoc("EOF", " EOF\nEOF \n")], "the whole line must match");
    assert_eq!(heredocs("RUN \\\n <<EOF \\\n cat\nx\nEOF"), [heredoc("EOF", "x\n")]);
}

#[test]
fn what_is_no_heredoc() {
    for text in [
        "RUN \"<<X\"",
        "RUN '<<X'",
        "RUN cat <<<x",
        "RUN echo $((1<<3))",
        "RUN cat<<X",
        "RUN [\"<<X\"]",
        "USER <<X",
        "RUN <<",
        "RUN <<\"\"",
        "CMD <<X",
        "RUN a \\<<X",
        "RUN <<\u{a0}",
    ] {
        assert_eq!(heredocs(text), [], "in {text:?}");
    }
}

#[test]
fn copy_leaves_heredocs_out_of_its_sources() {
    let file = clean("COPY <<a.txt b <<'c' /d/\nx\na.txt\ny\nc\n");
    let copy = &file.instructions[0];
    assert_eq!((copy.heredocs.len(), values(copy)), (2, vec!["b", "/d/"]));
    // COPY splits at every blank: BuildKit takes `<<'c d'` apart and stumbles over the quote.
    assert_eq!(error("COPY <<'c d' /d/\ny\nc d\n").1, "the quote `'` is never closed");
    assert_eq!(error("COPY a <<EOF\nx\nEOF").0, "<<EOF");
}

#[test]
fn the_script_of_a_run() {
    let file = clean(
        "RUN <<EOF\n#!/usr/bin/env python3 -u\nx\nEOF\nRUN <<EOF sh\nx\nEOF\nRUN --network=none <<-EOF\n\t#!/bin/x\n\tEOF",
    );
    let script = |at: usize| file.instructions[at].script().map(|heredoc| heredoc.shebang(&file.text));
    assert_eq!(script(0), Some(Some("/usr/bin/env python3 -u")));
    assert_eq!(script(1), None);
    assert_eq!(script(2), Some(Some("/bin/x")));
    assert_eq!(shell(&file.instructions[1]), "<<EOF sh");
    let word = |at: usize| file.slice(file.instructions[at].heredocs[0].word_span);
    assert_eq!((word(0), word(2)), ("<<EOF", "<<-EOF"));
    assert_eq!(file.slice(file.instructions[2].heredocs[0].delimiter), "EOF");
}

#[test]
fn a_heredoc_that_never_ends_loses_no_later_instruction() {
    let file = parse("FROM a\nRUN <<EOF\nx\ny\nUSER u\nRUN b");
    assert_eq!(keywords(&file), [Keyword::From, Keyword::Run, Keyword::User, Keyword::Run]);
    assert_eq!((file.errors.len(), file.slice(file.errors[0].span)), (1, "<<EOF"));
    let file = parse("FROM a\nRUN <<EOF\nFROM x\n  EOF  \nUSER u");
    assert_eq!(keywords(&file), [Keyword::From, Keyword::Run, Keyword::User]);
    assert!(file.errors[0].help.as_deref().expect("help").contains("nothing before or after"));
}

#[test]
fn references_and_their_modifiers() {
    let word = last("WORKDIR /a/$B/${C}/${D:-x$E}/${F#*/}").words().remove(0).clone();
    let names: Vec<_> = word.vars.iter().map(|var| var.name.as_str()).collect();
    assert_eq!(names, ["B", "C", "D", "F"]);
    let all: Vec<_> = word.all_vars().iter().map(|var| var.name.clone()).collect();
    assert_eq!(all, ["B", "C", "D", "E", "F"]);
    let file = clean("FROM a:${V:-${W:-1}}");
    let word = file.instructions[0].word().expect("image");
    assert_eq!(file.slice(word.vars[0].span), "${V:-${W:-1}}");
    assert_eq!(file.slice(word.all_vars()[1].span), "${W:-1}");
    assert_eq!(last("USER \\$x").words()[0].vars, []);
    assert_eq!(last("USER \\$x").words()[0].value, "$x");
    assert_eq!(last("USER '$x'").words()[0].vars, []);
    assert_eq!(last("USER \"$x\"").words()[0].vars.len(), 1);
    assert_eq!(last("USER $").words()[0].value, "$");
}

#[test]
fn malformed_references_are_errors() {
    assert_eq!(error("USER a${:x}b").0, "${:x}");
    assert_eq!(error("USER ${}").0, "${}");
    assert_eq!(error("USER ${v:#p}").0, "${v:#p}");
    assert_eq!(error("USER ${v^^}").0, "${v^^}");
    assert_eq!(error("USER a${v").0, "${v");
    assert_eq!(error("FROM a:${v:-${w}").0, "${v:-${w}");
    assert_eq!(error("USER ${v/a}").1, "a second `/` is missing in `${name/pattern/replacement}`");
    assert!(last("RUN echo ${v^^}").shell_text().is_some(), "the shell's own business");
    let deep = format!("USER {}{}", "${a:-".repeat(100), "}".repeat(100));
    assert!(error(&deep).1.contains("nested deeper"));
}

#[test]
fn a_line_may_be_too_long() {
    let file = parse(&format!("FROM a\nRUN {}\nUSER u", "x".repeat(MAX_LINE)));
    assert_eq!((file.errors.len(), keywords(&file).len()), (1, 3));
    assert!(file.instructions[1].has_error);
    clean(&format!("RUN {}\nUSER u", "x".repeat(MAX_LINE - 4)));
}

#[test]
fn files_without_from_are_fragments() {
    let file = clean("RUN a\nUSER b\n");
    assert_eq!((file.stages.len(), file.instructions[0].stage), (0, None));
    assert_eq!(clean("").instructions.len(), 0);
    assert_eq!(clean("# only\n\n").comments.len(), 1);
}

#[test]
fn help_for_what_is_often_meant() {
    let help = |text: &str| parse(text).errors[0].help.clone().expect("help");
    assert!(help("FROM a\nRUN b &&\n  apt-get install c").contains("line above"));
    assert!(help("FROM a\n<<<<<<< HEAD").contains("keep one side"));
    assert!(help("FROM\u{a0}a").contains("no-break space"));
    assert!(help("FROM a # c").contains("its own line"));
    assert_eq!(help("ENTRY_POINT a"), "did you mean `ENTRYPOINT`?");
}
