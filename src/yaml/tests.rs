//! Tests of the whole module: small samples, then properties, then saphyr-parser as oracle.

use super::*;

fn parse(text: &str) -> Yaml {
    Yaml::parse(text.into())
}

/// The root of the only document.
fn root(yaml: &Yaml) -> Node<'_> {
    assert_eq!(yaml.errors(), [], "in {:?}", yaml.text());
    yaml.documents().next().expect("a document").root
}

fn slice(yaml: &Yaml, span: Span) -> &str {
    &yaml.text()[span.range()]
}

mod meaning {
    use super::*;
    use Scalar::{Bool, Float, Int, Null, Str, Uint};

    const INF: f64 = f64::INFINITY;

    /// Written, to kubectl, in the YAML 1.2 core schema. The second column was compared with the JSON that
    /// sigs.k8s.io/yaml v1.6.0 makes of each row; it refuses infinity and `!!int x`.
    #[rustfmt::skip]
    const FORMS: &[(&str, Scalar<'static>, Scalar<'static>)] = &[
        ("", Null, Null),
        ("~", Null, Null),
        ("null", Null, Null),
        ("Null", Null, Null),
        ("NULL", Null, Null),
        ("nUll", Str("nUll"), Str("nUll")),
        ("true", Bool(true), Bool(true)),
        ("True", Bool(true), Bool(true)),
        ("TRUE", Bool(true), Bool(true)),
        ("tRUE", Str("tRUE"), Str("tRUE")),
        ("false", Bool(false), Bool(false)),
        ("y", Bool(true), Str("y")),
        ("Y", Bool(true), Str("Y")),
        ("yes", Bool(true), Str("yes")),
        ("Yes", Bool(true), Str("Yes")),
        ("YES", Bool(true), Str("YES")),
        ("on", Bool(true), Str("on")),
        ("On", Bool(true), Str("On")),
        ("ON", Bool(true), Str("ON")),
        ("n", Bool(false), Str("n")),
        ("N", Bool(false), Str("N")),
        ("no", Bool(false), Str("no")),
        ("No", Bool(false), Str("No")),
        ("NO", Bool(false), Str("NO")),
        ("off", Bool(false), Str("off")),
        ("Off", Bool(false), Str("Off")),
        ("OFF", Bool(false), Str("OFF")),
        ("oFF", Str("oFF"), Str("oFF")),
        ("0", Int(0), Int(0)),
        ("-0", Int(0), Int(0)),
        ("12", Int(12), Int(12)),
        ("+12", Int(12), Int(12)),
        ("-12", Int(-12), Int(-12)),
        ("0777", Int(511), Int(777)),
        ("-0777", Int(-511), Int(-777)),
        ("0o17", Int(15), Int(15)),
        ("0O17", Int(15), Str("0O17")),
        ("-0o17", Int(-15), Str("-0o17")),
        ("08", Float(8.0), Int(8)),
        ("0x1F", Int(31), Int(31)),
        ("0X1F", Int(31), Str("0X1F")),
        ("0x", Str("0x"), Str("0x")),
        ("0b101", Int(5), Str("0b101")),
        ("-0b101", Int(-5), Str("-0b101")),
        ("0b2", Str("0b2"), Str("0b2")),
        ("1_000", Int(1000), Str("1_000")),
        ("0x_1F", Int(31), Str("0x_1F")),
        ("_1", Str("_1"), Str("_1")),
        ("1_0.5", Float(10.5), Str("1_0.5")),
        ("9223372036854775807", Int(i64::MAX), Int(i64::MAX)),
        ("-9223372036854775808", Int(i64::MIN), Int(i64::MIN)),
        ("9223372036854775808", Uint(1 << 63), Uint(1 << 63)),
        ("18446744073709551616", Float(18446744073709551616.0), Float(18446744073709551616.0)),
        ("0x10000000000000000", Str("0x10000000000000000"), Float(18446744073709551616.0)),
        ("1.5", Float(1.5), Float(1.5)),
        ("1.", Float(1.0), Float(1.0)),
        (".5", Float(0.5), Float(0.5)),
        ("-.5", Float(-0.5), Float(-0.5)),
        (".5_0", Float(0.5), Str(".5_0")),
        (".5__0", Str(".5__0"), Str(".5__0")),
        ("._5", Str("._5"), Str("._5")),
        ("1_", Int(1), Str("1_")),
        ("+_1", Int(1), Str("+_1")),
        ("0_8", Float(8.0), Str("0_8")),
        ("1e5_0", Float(1e50), Str("1e5_0")),
        ("-9223372036854775809", Float(-9223372036854775808.0), Float(-9223372036854775808.0)),
        ("1e3", Float(1000.0), Float(1000.0)),
        ("1E+3", Float(1000.0), Float(1000.0)),
        ("1e", Str("1e"), Str("1e")),
        ("e3", Str("e3"), Str("e3")),
        ("1e400", Str("1e400"), Str("1e400")),
        (".", Str("."), Str(".")),
        ("+", Str("+"), Str("+")),
        ("1.2.3", Str("1.2.3"), Str("1.2.3")),
        (".inf", Float(INF), Float(INF)),
        ("-.INF", Float(-INF), Float(-INF)),
        ("+.Inf", Float(INF), Float(INF)),
        ("inf", Str("inf"), Str("inf")),
        ("12:30", Str("12:30"), Str("12:30")),
        ("12:30:45.6", Str("12:30:45.6"), Str("12:30:45.6")),
        ("2001-12-14", Str("2001-12-14"), Str("2001-12-14")),
        ("2001-12-14T21:59:43Z", Str("2001-12-14T21:59:43Z"), Str("2001-12-14T21:59:43Z")),
        ("100m", Str("100m"), Str("100m")),
        ("1Gi", Str("1Gi"), Str("1Gi")),
        ("\"yes\"", Str("yes"), Str("yes")),
        ("'1'", Str("1"), Str("1")),
        ("\"\"", Str(""), Str("")),
        ("'~'", Str("~"), Str("~")),
        ("|\n  1", Str("1\n"), Str("1\n")),
        ("!!str 1", Str("1"), Str("1")),
        ("!!str", Str(""), Str("")),
        ("!!int \"1\"", Int(1), Int(1)),
        ("!!int 0777", Int(511), Int(777)),
        ("!!float 1", Float(1.0), Float(1.0)),
        ("!!bool 'yes'", Bool(true), Str("yes")),
        ("!!null ''", Null, Null),
        ("!!int x", Str("x"), Str("x")),
        ("! 1", Str("1"), Str("1")),
        ("!Ref 1", Str("1"), Str("1")),
    ];

    #[test]
    fn of_every_form() {
        for (written, k8s, core12) in FORMS {
            let yaml = parse(&format!("key: {written}\n"));
            let value = root(&yaml).get("key").expect("the value");
            assert_eq!(value.k8s(), Some(*k8s), "{written:?} to kubectl");
            assert_eq!(value.core12(), Some(*core12), "{written:?} in core 1.2");
        }
    }

    #[test]
    fn not_a_number_is_a_float() {
        let yaml = parse("[.nan, .NaN, .NAN]");
        for item in root(&yaml).items() {
            assert!(matches!(item.k8s(), Some(Float(value)) if value.is_nan()));
        }
    }

    #[test]
    fn json_has_words_and_numbers_only() {
        let yaml =
            Yaml::parse_json(r#"{"a": true, "b": "true", "c": 1e3, "d": null, "e": "1", "f": -7, "y": "yes"}"#.into());
        let values: Vec<_> = root(&yaml).entries().map(|entry| entry.value.k8s().expect("a scalar")).collect();
        assert_eq!(values, [Bool(true), Str("true"), Float(1000.0), Null, Str("1"), Int(-7), Str("yes")]);
        let yaml = Yaml::parse_json("[yes, 0777, +1, ~]".into());
        let values: Vec<_> = root(&yaml).items().map(|item| item.k8s().expect("a scalar")).collect();
        assert_eq!(values[..1], [Str("yes")]);
        assert_eq!(values[2..], [Str("+1"), Str("~")]);
    }

    #[test]
    fn whole_floats_are_whole_numbers() {
        let yaml = parse("[8080, 1e3, 2.0, 2.5, '1', 1e30]");
        let values: Vec<_> = root(&yaml).items().map(Node::as_i64).collect();
        assert_eq!(values, [Some(8080), Some(1000), Some(2), None, None, None]);
    }
}

mod tree {
    use super::*;

    #[test]
    fn spans_are_the_bytes_as_written() {
        let yaml = parse("a: é # c\nb:\n  - \"x\\n\"\n  - 'it''s'\nc: {d: 1, e}\n");
        let root = root(&yaml);
        assert_eq!(slice(&yaml, root.span()), "a: é # c\nb:\n  - \"x\\n\"\n  - 'it''s'\nc: {d: 1, e}");
        assert_eq!(root.get("a").map(Node::raw), Some("é"));
        let items: Vec<_> =
            root.get("b").expect("b").items().map(|item| (item.raw(), item.text().unwrap_or(""))).collect();
        assert_eq!(items, [("\"x\\n\"", "x\n"), ("'it''s'", "it's")]);
        assert_eq!(slice(&yaml, root.get("b").expect("b").span()), "- \"x\\n\"\n  - 'it''s'");
        assert_eq!(root.get("c").map(Node::raw), Some("{d: 1, e}"));
    }

    #[test]
    fn an_absent_value_stands_where_its_key_ends() {
        let yaml = parse("a:\nb: # why\nc:\n  \n\n? d\ne: {f, g: }\nh:\n- \n-\n- # c\n\n# d\n");
        let root = root(&yaml);
        for (key, before) in [("a", "a:"), ("b", "b:"), ("c", "c:"), ("d", "? d")] {
            let value = root.get(key).expect(key);
            assert!(value.is_null() && value.span().is_empty());
            assert!(yaml.text()[..value.span().start as usize].ends_with(before), "{key}");
        }
        assert!(root.get("e").expect("e").entries().all(|entry| entry.value.is_null()));
        let items: Vec<_> = root.get("h").expect("h").items().map(|item| item.span().start as usize).collect();
        assert!(items.iter().all(|at| yaml.text()[..*at].ends_with('-')));
    }

    #[test]
    fn a_list_level_with_its_key_begins_at_its_dash() {
        let yaml = parse("a:\n- - x\nb: &q !t # c - d\n# - e\n- -1\n[c]:\n- y\nd:\n  -\n  - z\n");
        let lists: Vec<_> = root(&yaml).entries().map(|entry| slice(&yaml, entry.value.span())).collect();
        assert_eq!(lists, ["- - x", "- -1", "- y", "-\n  - z"]);
    }

    #[test]
    fn block_scalars_end_with_their_last_line() {
        let yaml = parse("a: |+\n  x\n  y\n\n\nb: >-\n  é\n  z\n # c\nc: |\n");
        let root = root(&yaml);
        let value = |key| root.get(key).expect("there");
        assert_eq!((value("a").raw(), value("a").text()), ("x\n  y", Some("x\ny\n\n\n")));
        assert_eq!((value("b").raw(), value("b").text()), ("é\n  z", Some("é z")));
        assert_eq!((value("c").raw(), value("c").text()), ("|", Some("")));
        assert_eq!(value("a").style(), Style::Literal);
        assert_eq!(value("b").style(), Style::Folded);
    }

    #[test]
    fn an_alias_carries_its_place_of_use() {
        let yaml = parse("base: &b\n  x: {y: 1}\nuse: *b\nlist: [*b]\n");
        let root = root(&yaml);
        let y = root.get("use").and_then(|n| n.get("x")).and_then(|n| n.get("y")).expect("y");
        assert_eq!(slice(&yaml, y.span()), "*b");
        assert_eq!(y.anchored().map(|span| slice(&yaml, span)), Some("1"));
        assert_eq!(y.as_i64(), Some(1));
        let plain = root.get("base").and_then(|n| n.get("x")).and_then(|n| n.get("y")).expect("y");
        assert_eq!((slice(&yaml, plain.span()), plain.anchored()), ("1", None));
        let item = root.get("list").and_then(|n| n.items().next()).expect("item");
        assert_eq!((slice(&yaml, item.span()), item.id()), ("*b", root.get("base").expect("base").id()));
    }

    #[test]
    fn of_nested_aliases_the_outermost_is_the_place() {
        let yaml = parse("a: &a 1\nb: &b {x: *a}\nc: *b\n");
        let x = root(&yaml).get("c").and_then(|n| n.get("x")).expect("x");
        assert_eq!(slice(&yaml, x.span()), "*b");
        assert_eq!(x.anchored().map(|span| slice(&yaml, span)), Some("1"));
    }

    #[test]
    fn what_sets_a_key_last_holds_be_it_a_merge() {
        let text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  x: 3\n  <<: [*a, *b]\n  w: 3\nd:\n  <<: *a\ne:\n  <<: {q: 1}\nf:\n  <<: *a\n  x: 4\n";
        let yaml = parse(text);
        let root = root(&yaml);
        let c = root.get("c").expect("c");
        let entries: Vec<_> = c
            .entries()
            .map(|entry| {
                (entry.key_text().unwrap_or(""), entry.value.as_i64().unwrap_or(0), slice(&yaml, entry.value.span()))
            })
            .collect();
        assert_eq!(entries, [("z", 2, "*b"), ("x", 1, "*a"), ("y", 1, "*a"), ("w", 3, "3")]);
        assert_eq!(c.get("x").and_then(Node::as_i64), Some(1), "the merge stands behind the key");
        assert_eq!(root.get("f").and_then(|f| f.get("x")).and_then(Node::as_i64), Some(4));
        assert_eq!(c.get("z").and_then(Node::as_i64), Some(2));
        assert!(c.get("<<").is_none());
        assert_eq!(c.raw_entries().len(), 3);
        let entry = root.get("d").and_then(|n| n.entry("y")).expect("y");
        assert_eq!((slice(&yaml, entry.key_span()), slice(&yaml, entry.span())), ("*a", "*a"));
        let own = root.get("e").and_then(|n| n.entry("q")).expect("q");
        assert_eq!((slice(&yaml, own.span()), own.value.anchored()), ("q: 1", None));
    }

    #[test]
    fn the_last_duplicate_wins_and_is_reported() {
        let yaml = parse("a: 1\nb: 2\n'a': 3\na: 4\n<<: {c: 1}\n<<: {c: 2}\n");
        let root = root(&yaml);
        assert_eq!(root.get("a").and_then(Node::as_i64), Some(4));
        assert_eq!(root.get("c").and_then(Node::as_i64), Some(2));
        let keys: Vec<_> = root.entries().map(|entry| entry.key_text().unwrap_or("")).collect();
        assert_eq!(keys, ["b", "a", "c"]);
        let found: Vec<_> = yaml.duplicate_keys().map(|d| (d.earlier.start, d.later.start, d.key)).collect();
        assert_eq!(found, [(0, 10, "a"), (10, 17, "a")]);
    }

    #[test]
    fn duplicates_are_found_in_large_mappings_too() {
        let mut text: String = (0..100).map(|n| format!("k{n}: {n}\n")).collect();
        text.push_str("k7: again\n");
        assert_eq!(parse(&text).duplicate_keys().map(|d| d.key.to_owned()).collect::<Vec<_>>(), ["k7"]);
    }

    #[test]
    fn tags_are_resolved() {
        let yaml =
            parse("%TAG !e! tag:example.com,2000:\n---\n[!!str 1, !local x, !e!y z, !<tag:yaml.org,2002:int> 3, 4]\n");
        let tags: Vec<_> = root(&yaml).items().map(Node::tag).collect();
        assert_eq!(tags, [Some("!!str"), Some("!local"), Some("tag:example.com,2000:y"), Some("!!int"), None]);
    }

    #[test]
    fn keys_may_be_collections() {
        let yaml = parse("? [a, b]\n: c\n? {d: e}\n: f\n");
        assert!(root(&yaml).entries().all(|entry| entry.key_text().is_none() && entry.value.is_scalar()));
    }
}

mod files {
    use super::*;

    #[test]
    fn documents_are_counted_as_they_stand() {
        let yaml = parse("# head\n---\na: 1\n# tail\n---\n# only\n---\n...\n---\nb: [\n---\nc: 3\n...\nd: 4");
        let found: Vec<_> = yaml.documents().map(|d| (d.index, slice(&yaml, d.span).to_owned())).collect();
        let expected = [(0, "---\na: 1\n# tail\n"), (4, "---\nc: 3\n..."), (5, "\nd: 4")];
        assert_eq!(found, expected.map(|(index, text)| (index, text.to_owned())));
        assert_eq!((yaml.empty_documents(), yaml.broken_documents(), yaml.errors().len()), (2, 1, 1));
    }

    #[test]
    fn without_content_there_is_no_document() {
        for text in ["", "\n", "# only\n", "---\n", "--- # x\n", "\u{feff}", "...\n"] {
            let yaml = parse(text);
            assert_eq!((yaml.documents().len(), yaml.errors()), (0, &[][..]), "{text:?}");
        }
    }

    #[test]
    fn a_broken_document_leaves_the_others_whole() {
        let yaml = parse("a: é\n---\nb: \"x\n---\nc:\n\td: 1\n---\ne: {f: *no}\n---\ng: v: 1\n---\nh: 1\n");
        let roots: Vec<_> = yaml.documents().map(|d| d.root.raw()).collect();
        assert_eq!(roots, ["a: é", "e: {f: *no}", "h: 1"]);
        let errors: Vec<_> = yaml.errors().iter().map(|e| slice(&yaml, e.span)).collect();
        assert_eq!(errors, ["\"x", "\t", "*no", ":"]);
        let unknown = yaml.documents().nth(1).and_then(|d| d.root.get("e")).and_then(|n| n.get("f")).expect("f");
        assert!(unknown.is_unknown() && !unknown.is_null() && unknown.k8s().is_none());
    }

    #[test]
    fn bom_crlf_tabs_directives_and_no_final_newline() {
        let yaml = parse("\u{feff}%YAML 1.1\r\n---\r\na: 1\t# c\r\n\t\r\nb: |\r\n  x\r\n  y\r\nc: \"z\"");
        let root = root(&yaml);
        assert_eq!(root.get("b").and_then(Node::text), Some("x\ny\n"));
        assert_eq!(root.get("b").map(Node::raw), Some("x\r\n  y"));
        assert_eq!(root.get("c").map(Node::raw), Some("\"z\""));
        assert_eq!(slice(&yaml, yaml.comments()[0].span), "# c");
    }

    #[test]
    fn json_with_tabs_and_escapes() {
        let yaml =
            Yaml::parse_json("{\n\t\"a\": \"\\/\\u00e9\",\n\t\"<<\": {\n\t\t\"b\": [1,\n\t\t2]\n\t}\n}\n".into());
        let root = root(&yaml);
        assert_eq!(root.get("a").and_then(Node::as_str), Some("/é"));
        assert!(root.get("b").is_none());
        assert_eq!(root.get("<<").and_then(|n| n.get("b")).map(Node::len), Some(2));
    }

    #[test]
    fn a_document_ends_no_earlier_than_its_root() {
        let yaml = parse("\n  ? \n: ");
        assert!(yaml.documents().all(|document| document.span.contains(document.root.span())));
    }

    #[test]
    fn bytes_that_were_not_utf8_are_no_fault() {
        let yaml = parse("# caf\u{1a}\na: x\u{1a}y\nb: \u{1a}\n");
        assert_eq!(root(&yaml).get("a").and_then(Node::text), Some("x\u{1a}y"));
        assert_eq!(yaml.comment_text(&yaml.comments()[0]), "caf\u{1a}");
        assert_eq!(parse("a: \u{7}\n").errors()[0].message, "the control character U+0007 cannot stand here");
    }

    #[test]
    fn many_comments_and_long_keys_are_no_fault() {
        let comments = "# x\n".repeat(5000);
        let text = format!("a:\n{comments}  - b\n{comments}{}: 1\n", "k".repeat(5000));
        let yaml = parse(&text);
        assert_eq!(root(&yaml).len(), 2);
        assert_eq!(yaml.comments().len(), 10_000);
    }
}

mod limits {
    use super::*;

    #[test]
    fn depth() {
        for (text, fits) in [
            (format!("{}1{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH)), true),
            (format!("{}1{}", "[".repeat(MAX_DEPTH + 1), "]".repeat(MAX_DEPTH + 1)), false),
            (format!("a:\n{}1", "- ".repeat(MAX_DEPTH)), false),
            ("[".repeat(100_000), false),
            ("- ".repeat(100_000), false),
            ("{a: ".repeat(100_000), false),
            ("? ".repeat(100_000), false),
        ] {
            let yaml = parse(&format!("{text}\n---\nb: 1\n"));
            assert_eq!(yaml.documents().len(), 1 + usize::from(fits));
            assert_eq!(yaml.errors().len(), usize::from(!fits));
            if !fits {
                assert_eq!(yaml.errors()[0].message, "nesting goes deeper than 128 levels");
            }
        }
    }

    #[test]
    fn depth_through_aliases() {
        let half = MAX_DEPTH / 2;
        let deep = |levels: usize| format!("{}*x{}", "[".repeat(levels), "]".repeat(levels));
        let text = |levels| format!("- &x {}1{}\n- {}\n", "[".repeat(half), "]".repeat(half), deep(levels));
        assert_eq!(parse(&text(half - 1)).errors(), []);
        let yaml = parse(&text(half));
        assert_eq!(yaml.errors().len(), 1);
        assert_eq!(slice(&yaml, yaml.errors()[0].span).get(..2), Some("*x"));
    }

    #[test]
    fn billion_laughs() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..20 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
        }
        let yaml = parse(&format!("{text}---\nb: 1\n"));
        assert_eq!((yaml.documents().len(), yaml.errors().len()), (1, 1));
        assert!(yaml.errors()[0].message.contains("100000"));
    }

    #[test]
    fn merges_cannot_explode() {
        let mut text = "- &m0 {k: 1}\n".to_owned();
        for level in 1..64 {
            let last = level - 1;
            text.push_str(&format!("- &m{level} {{<<: [*m{last}, *m{last}]}}\n"));
        }
        let yaml = parse(&text);
        assert_eq!(yaml.errors().len(), 1);
    }

    #[test]
    fn a_large_document_without_aliases_is_no_fault() {
        let yaml = parse(&"- x\n".repeat(150_000));
        assert_eq!(root(&yaml).len(), 150_000);
    }

    #[test]
    fn an_alias_within_its_own_value() {
        let yaml = parse("a: &a\n  b: *a\n  <<: *a\n");
        assert_eq!(yaml.errors().len(), 2);
        assert!(yaml.documents().next().is_some_and(|d| d.root.get("a").is_some_and(|a| a.entries().count() == 1)));
    }
}

mod places {
    use super::*;

    fn path(yaml: &Yaml, at: &str) -> String {
        let offset = yaml.text().find(at).expect("there");
        let steps = yaml.path_at(offset).into_iter().map(|step| match step {
            Step::Key(entry) => format!(".{}", entry.key_text().unwrap_or("?")),
            Step::Item(index, _) => format!("[{index}]"),
        });
        steps.collect()
    }

    #[test]
    fn path_at_leads_to_the_innermost_entry() {
        let yaml = parse("a: 1\nb:\n  - c: x\n    d: &q [y, {e: z}]\n  - f: |\n      text\n      more\n---\ng: h\n");
        for (at, expected) in [
            ("a", ".a"),
            ("1", ".a"),
            ("b:", ".b"),
            ("- c", ".b[0]"),
            ("c: x", ".b[0].c"),
            ("x", ".b[0].c"),
            ("&q", ".b[0].d"),
            ("y,", ".b[0].d[0]"),
            ("e: z", ".b[0].d[1].e"),
            ("z", ".b[0].d[1].e"),
            ("|", ".b[1].f"),
            ("more", ".b[1].f"),
            ("g", ".g"),
            ("h", ".g"),
        ] {
            assert_eq!(path(&yaml, at), expected, "at {at:?}");
        }
    }

    #[test]
    fn comments_know_their_line() {
        let yaml = parse("# a\nb: 1 # c\n  # d\ne: \"# no\" # f\ng: |\n  # text\n");
        let found: Vec<_> = yaml.comments().iter().map(|c| (yaml.comment_text(c), c.own_line)).collect();
        assert_eq!(found, [("a", true), ("c", false), ("d", true), ("f", false)]);
        let at = |line| yaml.comment_at_end_of_line(line).map(|c| yaml.comment_text(c));
        assert_eq!([0, 1, 2, 3, 4, 5, 99].map(at), [None, None, Some("c"), None, Some("f"), None, None]);
    }

    #[test]
    fn a_comment_covers_what_stands_below() {
        let text = "# one\n---\n# two\na: 1\nb:\n  # three\n  - c: 1\n    # four\n    d:\n      # five\n\n      # six\n      e: 1\n    # seven\n  - &x\n    f: 1\n  # eight\n  - - g\n    - h\n# nine\ni: # no\n  # ten\n  text\n# end\n";
        let yaml = parse(text);
        let found: Vec<_> = yaml
            .comments()
            .iter()
            .map(|c| (yaml.comment_text(c), yaml.covered_by(c).map(|span| slice(&yaml, span))))
            .collect();
        let whole = &text[text.find("a: 1").expect("a")..text.find("\n# end").expect("end")];
        let expected = [
            ("one", Some(whole)),
            ("two", Some("a: 1")),
            ("three", Some("c: 1\n    # four\n    d:\n      # five\n\n      # six\n      e: 1")),
            ("four", Some("d:\n      # five\n\n      # six\n      e: 1")),
            ("five", Some("e: 1")),
            ("six", Some("e: 1")),
            ("seven", Some("f: 1")),
            ("eight", Some("- g\n    - h")),
            ("nine", Some("i: # no\n  # ten\n  text")),
            ("no", None),
            ("ten", Some("text")),
            ("end", None),
        ];
        assert_eq!(found, expected);
    }
}

mod faults {
    use super::*;

    /// Text, what the span holds, how the message begins.
    #[rustfmt::skip]
    const FAULTS: &[(&str, &str, &str)] = &[
        ("a:\n\tb: 1\n", "\t", "a tab stands"),
        ("a: \"x\nb: 1\n", "\"x", "the quote that opens here is still open on a line"),
        ("a: \"x\n", "\"x", "the quote that opens here is not closed"),
        ("a: 'x", "'x", "the quote that opens here"),
        ("a: [1, 2\nb: 3\n", "[", "this `[` is not closed"),
        ("a: {b: 1\n", "{", "this `{` is never closed"),
        ("a: [1}\n", "[", "this `[` is closed by a `}`"),
        ("a: {{ x }}-b\n", "-b", "text follows the closing bracket"),
        ("a: ]\n", "]", "this bracket closes nothing"),
        ("a: @x\n", "@", "a value cannot begin with `@`"),
        ("a: `x`\n", "`", "a value cannot begin with ```"),
        ("a: 1\nb\nc: 2\n", "b", "this line has no `:`"),
        ("a: 1\nb:2\nc: 2\n", "b:2", "this line has no `:`"),
        ("a: b: c\n", ":", "a second `: `"),
        ("a: 1\n  b: 2\n", "b", "this key is indented below"),
        ("a: \"x\"\n  b: 2\n", "b", "this indentation fits no level"),
        ("a: |\n    x\n  b: 2\n", "b", "this indentation fits no level"),
        ("a\n  b: 2\n", "b", "this key is indented below"),
        ("a:\n  b: 1\n c: 2\n", "c", "this indentation fits no level"),
        ("a:\n  - x\n  y: 1\n", "y", "a `- ` should stand here"),
        ("- a\nb: 1\n", "b", "a `- ` should stand here"),
        ("a: \"x\" y\n", "y", "text follows the closing quote"),
        ("a: \"\\q\"\n", "\"\\q\"", "no such escape"),
        ("a: *.example.com\n", "*.example.com", "no anchor `&.example.com`"),
        ("a: *\n", "*", "`&` or `*` must be followed"),
    ];

    #[test]
    fn stand_at_the_text_at_fault() {
        for (text, at, message) in FAULTS {
            let yaml = parse(text);
            let error = yaml.errors().first().expect(text);
            assert!(error.message.starts_with(message), "{text:?}: {}", error.message);
            assert_eq!(slice(&yaml, error.span), *at, "{text:?}: {}", error.message);
        }
    }
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    /// Pieces of YAML in any order make more trees, and more faults, than free text does.
    const PIECES: &[&str] = &[
        "a",
        "b: ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        "\r\n",
        "\t",
        "? ",
        ": ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "&x ",
        "*x",
        "<<: ",
        "!!str ",
        "\"",
        "'",
        "|\n",
        ">-\n",
        "# c\n",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "é",
        "😀",
        "\u{feff}",
        "\\n",
        "1",
        "~",
        "\u{1a}",
        "\0",
        "\u{85}",
        "\u{2028}",
    ];

    fn pieces() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
    }

    fn holds(text: &str) {
        for yaml in [Yaml::parse(text.into()), Yaml::parse_json(text.into())] {
            let sound = |span: Span| {
                assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?} of {text:?}");
            };
            for node in &yaml.nodes {
                sound(node.span);
                for child in yaml.children_of(node) {
                    assert!(node.span.contains(yaml.data(*child).span), "{node:?} holds {child} of {text:?}");
                }
            }
            for error in yaml.errors() {
                sound(error.span);
                assert!(!text[error.span.range()].contains(['\n', '\r']) && !error.message.ends_with('.'), "{error:?}");
            }
            for comment in yaml.comments() {
                sound(comment.span);
                assert!(text[comment.span.range()].starts_with('#'));
                if let Some(span) = yaml.covered_by(comment) {
                    sound(span);
                }
            }
            for document in yaml.documents() {
                sound(document.span);
                assert!(document.span.contains(document.root.span()), "{document:?} of {text:?}");
                visit(document.root);
            }
            for offset in 0..=text.len() {
                yaml.path_at(offset);
            }
            yaml.duplicate_keys().for_each(|duplicate| assert!(duplicate.earlier < duplicate.later));
        }
    }

    fn visit(node: Node<'_>) {
        let _ = (node.k8s(), node.core12(), node.tag(), node.raw());
        for entry in node.entries() {
            if let Some(key) = entry.key_text() {
                assert_eq!(node.entry(key).map(|found| found.value.id()), Some(entry.value.id()));
            }
            visit(entry.key);
            visit(entry.value);
        }
        node.items().for_each(visit);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn of_pieces(text in pieces()) {
            holds(&text);
        }

        #[test]
        fn of_any_text(text in any::<String>()) {
            holds(&text);
        }
    }
}

/// Another parser's view of the same text. It is the older relative of ours, so that agreement says little about the
/// grammar and much about what `build.rs` makes of the events.
mod oracle {
    use super::*;
    use saphyr_parser::{Event, Parser, ScalarStyle};

    /// The documents as flat lists, or what the oracle has against the text.
    fn theirs(text: &str) -> Result<Vec<Vec<String>>, String> {
        let mut documents = Vec::new();
        let mut lines = Vec::new();
        for event in Parser::new_from_str(text) {
            let (event, _) = event.map_err(|error| error.to_string())?;
            match event {
                Event::DocumentStart(_) => lines.clear(),
                Event::DocumentEnd => documents.push(std::mem::take(&mut lines)),
                Event::Scalar(text, style, _, tag) => {
                    let style = match style {
                        ScalarStyle::Plain => Style::Plain,
                        ScalarStyle::SingleQuoted => Style::Single,
                        ScalarStyle::DoubleQuoted => Style::Double,
                        ScalarStyle::Literal => Style::Literal,
                        ScalarStyle::Folded => Style::Folded,
                    };
                    lines.push(scalar(style, &text, tag.is_some()));
                }
                Event::MappingStart(_, tag) => lines.push(format!("{{ {}", tag.is_some())),
                Event::SequenceStart(_, tag) => lines.push(format!("[ {}", tag.is_some())),
                Event::MappingEnd => lines.push("}".to_owned()),
                Event::SequenceEnd => lines.push("]".to_owned()),
                Event::Alias(_) => lines.push("*".to_owned()),
                Event::Nothing | Event::StreamStart | Event::StreamEnd => {}
            }
        }
        let absent = scalar(Style::Plain, "", false);
        documents.retain(|lines| lines[..] != [absent.clone()]);
        Ok(documents)
    }

    fn ours(yaml: &Yaml) -> Vec<Vec<String>> {
        let document = |data: &DocumentData| {
            let mut lines = Vec::new();
            flatten(yaml, data.root, &mut lines);
            lines
        };
        yaml.documents.iter().map(document).collect()
    }

    fn flatten(yaml: &Yaml, id: NodeId, lines: &mut Vec<String>) {
        let data = yaml.data(id);
        let tagged = data.has(flag::TAGGED);
        match data.kind {
            Kind::Scalar => lines.push(scalar(data.style, yaml.scalar_text(data), tagged)),
            Kind::Alias | Kind::Dangling => lines.push("*".to_owned()),
            Kind::Mapping | Kind::Sequence => {
                let (open, close) = if data.kind == Kind::Mapping { ("{", "}") } else { ("[", "]") };
                lines.push(format!("{open} {tagged}"));
                yaml.children_of(data).iter().for_each(|child| flatten(yaml, *child, lines));
                lines.push(close.to_owned());
            }
        }
    }

    /// Both spell an absent value in their own way.
    fn scalar(style: Style, text: &str, tagged: bool) -> String {
        let text = if style == Style::Plain && text == "~" { "" } else { text };
        format!("{style:?} {tagged} {text:?}")
    }

    /// The first line in which the two differ.
    fn difference(text: &str) -> Result<(), String> {
        let yaml = Yaml::parse(text.into());
        match (theirs(text), yaml.errors().first()) {
            (Err(_), Some(_)) => Ok(()),
            (Err(theirs), None) => Err(format!("only the oracle objects: {theirs}")),
            (Ok(_), Some(ours)) => Err(format!("only we object: {} at {:?}", ours.message, &text[ours.span.range()])),
            (Ok(theirs), None) => {
                let ours = ours(&yaml);
                if ours.len() != theirs.len() {
                    return Err(format!("{} documents, {} to the oracle", ours.len(), theirs.len()));
                }
                let lines = ours.iter().flatten().zip(theirs.iter().flatten());
                match lines.into_iter().find(|(ours, theirs)| ours != theirs) {
                    Some((ours, theirs)) => Err(format!("{ours}, to the oracle {theirs}")),
                    None if ours == theirs => Ok(()),
                    None => Err("one of the two goes on".to_owned()),
                }
            }
        }
    }

    #[test]
    fn agrees_on_samples() {
        for text in [
            "a: 1\nb: [x, {y: z}]\n",
            "- &a x\n- *a\n- !t {}\n- - b\n  -\n",
            "a: |\n  x\n\n  y\nb: >-\n  c\n  d\n\n  e\nc: 'it''s'\nd: \"\\u00e9\\\n   f\"\n",
            "%YAML 1.2\n---\na\n...\n---\n# empty\n---\n? k\n: v\n",
            "plain text\n over lines\n",
            "{a: , b, c: [d: e]}",
            "a:\n- b\n-  c: d\n   e: f\n# end",
            "\u{feff}a: é\r\nb: |\r\n  c\r\n",
            "- !!str\n- ! a\n- \"\"\n- ''\n- ~\n",
        ] {
            assert_eq!(difference(text), Ok(()), "in {text:?}");
        }
        assert_ne!(theirs("a: 1"), Ok(ours(&parse("a: '1'"))), "the comparison sees nothing");
    }

    /// Compares over every file below the directory `SHIPWORTHY_CORPUS` and lists what differs.
    #[test]
    #[expect(clippy::print_stdout, reason = "the figures are what the run is for")]
    fn agrees_on_a_corpus() {
        let Some(corpus) = std::env::var_os("SHIPWORTHY_CORPUS") else {
            println!("SHIPWORTHY_CORPUS is not set: nothing compared");
            return;
        };
        let (mut compared, mut objected, mut skipped, mut differences) = (0, 0, 0, 0);
        for entry in ignore::WalkBuilder::new(corpus).standard_filters(false).build() {
            let path = entry.expect("readable").into_path();
            let yaml =
                path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|e| extension == *e));
            if !path.is_file() || !yaml {
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else {
                skipped += 1;
                continue;
            };
            compared += 1;
            objected += usize::from(!Yaml::parse(text.as_str().into()).errors().is_empty());
            if let Err(difference) = difference(&text) {
                differences += 1;
                println!("{}: {difference:.300}", path.display());
            }
        }
        println!("{compared} files compared, {objected} with errors, {differences} differ, {skipped} not UTF-8");
    }
}
