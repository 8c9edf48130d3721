//! Stages, what they take from each other, and what variables hold.

use super::*;

#[test]
fn bases_and_names() {
    let file = clean(
        "ARG B=two\nFROM a AS One\nFROM scratch AS two\nFROM one\nFROM $B AS x\nFROM ${Y}\nFROM img:${Z:-9}\nFROM two AS two\nFROM two\n",
    );
    let bases: Vec<_> = file.stages.iter().map(|stage| stage.base.clone()).collect();
    assert_eq!(
        bases,
        [
            StageBase::Image("a".into()),
            StageBase::Scratch,
            StageBase::ParentStage(0),
            StageBase::ParentStage(1),
            StageBase::Unknown,
            StageBase::Image("img:9".into()),
            StageBase::ParentStage(1),
            StageBase::ParentStage(6),
        ]
    );
    assert_eq!(file.instructions[0].stage, None);
    assert_eq!(file.stage_by_ref("ONE", 8), Some(0));
    assert_eq!(file.stage_by_ref("two", 6), Some(1));
    assert_eq!(file.stage_by_ref("3", 8), Some(3));
    assert_eq!(file.stage_by_ref("3", 3), None);
    assert_eq!(file.ancestors(7).collect::<Vec<_>>(), [6, 1]);
    assert!(file.is_ancestor(1, 7) && !file.is_ancestor(0, 7));
    assert_eq!(file.root_base(7), &StageBase::Scratch);
}

#[test]
fn reachable_stages_follow_copies_and_mounts() {
    let file = clean(
        "FROM a AS a1\nFROM b AS unused\nFROM c AS c1\nCOPY --from=a1 x y\nFROM d AS d1\nFROM e\n\
         COPY --from=C1 x y\nRUN --mount=from=3,target=/x --mount=type=cache,target=/y z\nCOPY --from=nginx x y\n",
    );
    assert_eq!(file.reachable_stages(), [0, 2, 3, 4]);
    assert_eq!(file.final_stage().expect("one").index, 4);
    let last = file.stages[4].instructions.clone().last().expect("COPY --from=nginx");
    assert_eq!(file.edges_of(last)[0].target, None);
    assert_eq!(file.edges_of(last - 1)[0].kind, EdgeKind::MountFrom);
}

/// Expands the only word of the last instruction, which must be `USER`.
fn expanded(text: &str) -> Option<String> {
    let file = clean(text);
    let at = file.instructions.len() - 1;
    file.scope_at(at).expand(file.instructions[at].word().expect("a word"))
}

#[test]
fn arguments_and_their_scopes() {
    assert_eq!(expanded("ARG A=1\nFROM x:$A").as_deref(), Some("x:1"));
    assert_eq!(expanded("ARG A=1\nARG B=$A.2\nFROM x:$B").as_deref(), Some("x:1.2"));
    assert_eq!(expanded("ARG A\nFROM x:$A"), None);
    assert_eq!(expanded("ARG A\nFROM x:${A:-9}").as_deref(), Some("x:9"));
    assert_eq!(expanded("FROM x:${TARGETARCH:-9}"), None);
    assert_eq!(expanded("ARG A=1\nFROM x\nUSER $A"), None);
    assert_eq!(expanded("ARG A=1\nFROM x\nARG A\nUSER $A").as_deref(), Some("1"));
    assert_eq!(expanded("ARG A=1\nFROM x\nARG A=2\nUSER $A").as_deref(), Some("2"));
    assert_eq!(expanded("ARG A=1\nFROM x AS p\nARG A\nFROM p\nUSER $A").as_deref(), Some("1"));
    assert_eq!(expanded("FROM x AS p\nENV A=1\nFROM q\nUSER $A"), None);
    assert_eq!(expanded("FROM x\nUSER ${A:-9}"), None, "the base image may set it");
    assert_eq!(expanded("FROM scratch\nUSER ${A:-9}").as_deref(), Some("9"));
    assert_eq!(expanded("FROM x\nARG A=1 B=$A\nUSER $B").as_deref(), Some("1"));
}

#[test]
fn a_fragment_may_be_included_anywhere() {
    assert_eq!(expanded("ARG A=1\nENV A=2 B=$A\nUSER $A$B").as_deref(), Some("21"));
    assert_eq!(expanded("USER ${A:-9}"), None);
}

#[test]
fn a_line_sees_what_stands_before_it() {
    assert_eq!(expanded("FROM x\nENV A=1\nENV A=2 B=$A\nUSER $B").as_deref(), Some("1"));
    assert_eq!(expanded("FROM x\nUSER $A\nENV A=2\nUSER $A").as_deref(), Some("2"));
    let file = clean("FROM x\nUSER $A\nENV A=2");
    assert_eq!(file.scope_at(1).lookup("A"), Lookup::Undeclared);
    assert_eq!(file.scope_after(0).lookup("A").value(), Some("2"));
    assert_eq!(file.scope_after(0).names(), ["A"]);
    assert_eq!(file.scope_at(1).names(), [] as [&str; 0]);
}

#[test]
fn modifiers_are_applied() {
    let with = |reference: &str| expanded(&format!("FROM scratch\nENV V=foo/bar/baz E=\nUSER \"{reference}\""));
    for (reference, value) in [
        ("$V", "foo/bar/baz"),
        ("${V:-x}", "foo/bar/baz"),
        ("${U:-x}", "x"),
        ("${U-x}", "x"),
        ("${E-x}", ""),
        ("${E:-x}", "x"),
        ("${V:+x}", "x"),
        ("${E:+x}", ""),
        ("${E+x}", "x"),
        ("${U+x}", ""),
        ("${V:?x}", "foo/bar/baz"),
        ("${V#*/}", "bar/baz"),
        ("${V##*/}", "baz"),
        ("${V%/*}", "foo/bar"),
        ("${V%%/*}", "foo"),
        ("${V#foo}", "/bar/baz"),
        ("${V#x}", "foo/bar/baz"),
        ("${V%??z}", "foo/bar/"),
        ("${V/ba/BA}", "foo/BAr/baz"),
        ("${V//ba/BA}", "foo/BAr/BAz"),
        ("${V/b*/x}", "foo/x"),
        ("${V//?a/x}", "foo/xr/xz"),
        ("${V/\\//-}", "foo-bar/baz"),
        ("${U:-${V##*/}}", "baz"),
        ("${U:-'$V'}", "$V"),
        ("\\$V", "$V"),
    ] {
        assert_eq!(with(reference).as_deref(), Some(value), "{reference}");
    }
    assert_eq!(with("${U:?x}"), None);
    assert_eq!(expanded("FROM scratch\nENV V=1\nUSER '$V'").as_deref(), Some("$V"));
}

#[test]
fn values_that_double_do_not_fill_memory() {
    let text = format!("FROM x\nENV A=0123456789\n{}USER $A", "ENV A=$A$A\n".repeat(200));
    assert_eq!(expanded(&text), None);
}

#[test]
fn variables_of_a_heredoc_body() {
    let file = clean("COPY <<A <<'B' /d/\n\"$x\" 'y${z}' \\$w\nA\n$v\nB\n");
    let body = |at: usize| file.heredoc_body(&file.instructions[0].heredocs[at]);
    let names: Vec<_> = body(0).expect("expands").vars.into_iter().map(|var| var.name).collect();
    assert_eq!(names, ["x", "z"]);
    assert_eq!(body(1), None);
}
