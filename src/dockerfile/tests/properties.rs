//! What holds of any text: nothing is lost, spans lie where they must, nothing panics.

use proptest::prelude::*;

use super::*;

/// Checks everything that must hold of a parsed file.
pub(super) fn check(text: &str) {
    let file = parse(text);
    let joined: String = file.pieces().iter().map(|piece| file.slice(piece.span)).collect();
    assert_eq!(joined, text);
    assert!(file.pieces().windows(2).all(|pair| pair[0].span.end == pair[1].span.start));
    for (index, instruction) in file.instructions.iter().enumerate() {
        check_instruction(&file, instruction);
        let scope = file.scope_at(index);
        instruction.words().iter().for_each(|word| drop(scope.expand(word)));
        let piece = file.pieces().iter().find(|piece| piece.kind == PieceKind::Instruction(index)).expect("a piece");
        assert!(piece.span.contains(instruction.span), "{instruction:?}");
    }
    for error in &file.errors {
        let slice = file.text.get(error.span.range()).expect("on characters");
        assert!(!slice.contains('\n'), "{error:?} crosses a line");
    }
    assert!(file.errors.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start), "{:?}", file.errors);
    file.comments.iter().for_each(|comment| assert!(file.slice(comment.span).starts_with('#')));
    assert!(file.reachable_stages().len() <= file.stages.len());
}

fn check_instruction(file: &Dockerfile, instruction: &Instruction) {
    let within = |span: Span| {
        assert!(file.text.get(span.range()).is_some(), "{span:?} splits a character in {instruction:?}");
        assert!(instruction.span.contains(span), "{span:?} lies outside {instruction:?}");
    };
    within(instruction.keyword_span);
    within(instruction.body_span);
    instruction.flags.iter().for_each(|flag| within(flag.span));
    for word in instruction.words() {
        within(word.span);
        for var in word.all_vars() {
            within(var.span);
            assert!(file.slice(var.span).starts_with('$'), "{var:?}");
        }
        for var in &word.vars {
            assert!(word.value[var.at.clone()].starts_with('$'), "{var:?}");
        }
    }
    for heredoc in &instruction.heredocs {
        within(heredoc.word_span);
        assert!(file.slice(heredoc.word_span).contains("<<"));
        drop(file.heredoc_body(heredoc));
    }
    instruction.onbuild.iter().for_each(|inner| check_instruction(file, inner));
}

/// Text made of what a Dockerfile is made of.
fn dockerfile_like() -> impl Strategy<Value = String> {
    let atoms = [
        "FROM ",
        "RUN ",
        "COPY ",
        "ENV ",
        "ARG ",
        "ONBUILD ",
        "HEALTHCHECK ",
        "CMD ",
        "SHELL ",
        "LABEL ",
        "VOLUME ",
        "USER ",
        "\n",
        "\n",
        "\n",
        "\r\n",
        " \\\n",
        "\\\n",
        "`\n",
        "# c\n",
        "# escape=`\n",
        "# syntax=x\n",
        "<<EOF",
        "<<-'EOF'",
        "EOF\n",
        "\tEOF\n",
        "<<",
        "=",
        "'",
        "\"",
        "\\",
        "$",
        "${",
        "}",
        ":-",
        "##",
        "/",
        "$A",
        "A=",
        "[\"",
        "\", \"",
        "\"]",
        "[1]",
        " ",
        "\t",
        "--mount=",
        "--from=0",
        "type=bind,from=a",
        ",",
        "AS b",
        "\u{feff}",
        "é",
        "\u{a0}",
        "\\u00e9",
        "NONE",
        "x",
        "-- ",
    ];
    prop::collection::vec(prop::sample::select(atoms.to_vec()), 0..60).prop_map(|atoms| atoms.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1024) })]

    #[test]
    fn nothing_is_lost_of_what_looks_like_a_dockerfile(text in dockerfile_like()) {
        check(&text);
    }

    #[test]
    fn nothing_is_lost_of_any_text(text in "\\PC*|[\\x00-\\x7f]*") {
        check(&text);
    }
}

#[test]
fn hostile_sizes_are_read_in_linear_time() {
    let many = 20_000;
    let files = [
        "RUN <<A\n".repeat(many),
        (0..many).map(|n| format!("RUN <<A{n}\nx\n")).collect::<String>(),
        "RUN <<A\n A\n".repeat(many),
        (0..many).map(|n| format!("FROM s{} AS s{n}\nENV A=$B\nARG A\nUSER $A\n", n.max(1) - 1)).collect(),
        format!("RUN a \\\n{}", "\\\n".repeat(many)),
        format!("ENV {}", "A=$A \\\n".repeat(many)),
        format!("FROM x\n{}", "ENV A=$A$A\n".repeat(many)),
        format!("COPY {}", "[".repeat(60_000)),
        format!("USER {}", "${a:-".repeat(10_000)),
        format!("USER {}", "\"$a".repeat(10_000)),
        "<".repeat(60_000),
        format!("RUN {}", "<<a ".repeat(15_000)),
        format!("COPY {}", "<<a ".repeat(15_000)),
        format!("COPY {}/b\n{}", "<<a \\\n".repeat(2 * many), "a\n".repeat(2 * many)),
    ];
    for text in files {
        let file = parse(&text);
        let last = file.instructions.len() - 1;
        drop(file.scope_at(last).lookup("A"));
    }
}
