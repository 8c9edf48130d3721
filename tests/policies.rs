//! Custom rules, end to end: located, selected, suppressed, explained and reported like built-in ones.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use shipworthy::policy::own;
use tempfile::TempDir;

/// A rule about containers with this `assert`.
fn container_rule(assert: &str) -> String {
    rule(&format!("match: {{containers: all}}\nassert: |\n  {assert}\n"))
}

fn rule(rest: &str) -> String {
    format!("apiVersion: shipworthy.dev/v1\nkind: Rule\nname: probe\nmessage: it is so\n{rest}")
}

struct World {
    folder: TempDir,
}

impl World {
    fn new(policy: &str, file: &str, text: &str) -> Self {
        let world = Self { folder: TempDir::new().unwrap() };
        world.write("policy.yaml", policy);
        world.write(&format!("linted/{file}"), text);
        world
    }

    fn write(&self, path: &str, text: &str) {
        let full = self.folder.path().join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, text).unwrap();
    }

    fn command(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shipworthy"));
        let output = command.current_dir(self.folder.path()).args(args).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }

    /// The report of a check of the folder `linted`.
    fn check(&self, args: &[&str]) -> (i32, Value) {
        let all = [&["check", "--policy", "policy.yaml", "--output-format", "json"], args, &["linted"]].concat();
        let (code, out, err) = self.command(&all);
        (code, serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{err}")))
    }

    /// The text at each finding of custom rules, or of the engine.
    fn places(&self, args: &[&str]) -> Vec<String> {
        let (_, report) = self.check(args);
        let findings = report["findings"].as_array().unwrap();
        let ours = |finding: &&Value| ["policy", "engine"].contains(&finding["family"].as_str().unwrap());
        findings.iter().filter(ours).map(|finding| self.text_at(finding)).collect()
    }

    fn text_at(&self, finding: &Value) -> String {
        let text = std::fs::read_to_string(self.folder.path().join(finding["path"].as_str().unwrap())).unwrap();
        let offset = |key: &str| usize::try_from(finding[key]["offset"].as_u64().unwrap()).unwrap();
        let (start, end) = (offset("start"), offset("end"));
        let line = text[..start].matches('\n').count() + 1;
        format!("{line}: {}", &text[start..end])
    }
}

const POD: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app: web
spec:
  template:
    metadata:
      labels: {app: web}
    spec:
      initContainers:
      - name: wait
        image: busybox:1.37
      containers:
      - name: web
        image: registry.example.com:5000/shop/web:1.4
        securityContext:
          privileged: yes
          capabilities:
            add: [NET_ADMIN, SYS_TIME]
        ports:
        - containerPort: 8080
        - containerPort: 90
          hostPort: 90
";

#[test]
fn a_finding_about_a_container_lies_at_the_field_that_decides() {
    let rows: &[(&str, &[&str])] = &[
        // A wrong value: the value.
        ("!(container.?securityContext.?privileged.orValue(false))", &["19: yes"]),
        ("role == 'init' || container.securityContext.privileged == false", &["19: yes"]),
        // Something missing: where a reader would add it.
        (
            "has(container.securityContext) && has(container.securityContext.runAsUser)",
            &["13: wait", "18: securityContext"],
        ),
        ("has(container.livenessProbe)", &["13: wait", "16: web"]),
        // The element of a list that fails.
        ("!has(container.ports) || container.ports.all(port, port.containerPort > 1024)", &["24: 90"]),
        ("!has(container.ports) || !container.ports.exists(p, has(p.hostPort))", &["25: 90"]),
        ("container.?securityContext.?capabilities.?add.orValue([]).all(c, c != 'SYS_TIME')", &["21: SYS_TIME"]),
        // A list that lacks something: its key.
        (
            "!has(container.securityContext) || container.securityContext.capabilities.add.exists(c, c == 'KILL')",
            &["21: add"],
        ),
        // Parts of the image.
        ("image.tag.startsWith('1.3')", &["17: 1.4"]),
        ("image.registry == 'docker.io'", &["17: registry.example.com:5000"]),
        ("image.digest != ''", &["14: busybox:1.37", "17: registry.example.com:5000/shop/web:1.4"]),
        // The nearest thing before the object.
        ("object.metadata.name == 'api' || image.tag == '1.37'", &["17: 1.4"]),
        ("pod.?hostNetwork.orValue(false)", &["11: spec"]),
        ("object.metadata.labels['app'] == 'api'", &["6: web"]),
        ("podMetadata.labels.app == 'api'", &["10: web"]),
        ("object.metadata.labels.all(key, key.startsWith('example.com/'))", &["6: app"]),
        // Nothing that has a place: the container.
        ("1 + 1 == 3", &["13: wait", "16: web"]),
    ];
    let mut wrong = Vec::new();
    for (assert, places) in rows {
        let found = World::new(&container_rule(assert), "web.yaml", POD).places(&[]);
        if found != *places {
            wrong.push(format!("{assert}\n  found {found:?}\n  wants {places:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const DOCKERFILE: &str = "\
FROM --platform=linux/amd64 registry.example.com/base:12 AS build
ENV LANG=C.UTF-8 NPM_TOKEN=abc
RUN apt-get update && sudo apt-get install --yes curl
COPY --chown=web:web web /etc/web
FROM build
EXPOSE 22 8080
";

#[test]
fn a_finding_in_a_dockerfile_lies_at_the_word_that_decides() {
    let rows: &[(&str, &str, &[&str])] = &[
        ("instruction: FROM", "!('platform' in instruction.flags)", &["1: FROM"]),
        ("instruction: FROM", "instruction.flags.?platform.orValue('') == ''", &["1: --platform=linux/amd64"]),
        ("instruction: from", "!has(instruction.image) || image.tag == '13'", &["1: 12"]),
        ("instruction: FROM", "stage.final || stage.name == 'base'", &["1: build"]),
        ("instruction: [ENV]", "instruction.pairs.all(n, !n.endsWith('TOKEN'))", &["2: abc"]),
        (
            "instruction: RUN",
            "run.commands.all(c, c.program != 'apt-get' || c.operands[0] == 'install')",
            &["3: update"],
        ),
        ("instruction: RUN", "run.commands.all(c, !('install' in c.operands) || has(c.flags.y))", &["3: apt-get"]),
        ("instruction: RUN", "run.commands.all(c, c.wrappers.all(w, w != 'sudo'))", &["3: sudo"]),
        ("command: apt-get", "command.operands[0] == 'update'", &["3: install"]),
        ("command: curl", "false", &[]),
        ("instruction: COPY", "!instruction.destination.startsWith('/etc')", &["4: /etc/web"]),
        ("instruction: EXPOSE", "instruction.args.all(port, port != '22')", &["6: 22"]),
        ("stage: final", "'LANG' in stage.env && has(stage.user)", &["5: FROM"]),
        ("instruction: EXPOSE", "instruction.text.contains('443')", &["6: EXPOSE"]),
    ];
    let mut wrong = Vec::new();
    for (matched, assert, places) in rows {
        let policy = rule(&format!("match: {{{matched}}}\nassert: |\n  {assert}\n"));
        let found = World::new(&policy, "Dockerfile", DOCKERFILE).places(&[]);
        if found != *places {
            wrong.push(format!("{matched} {assert}\n  found {found:?}\n  wants {places:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_explicit_path_decides_where_a_finding_lies() {
    for (path, place) in [
        ("securityContext.capabilities.add[0]", "21: NET_ADMIN"),
        ("securityContext.seccompProfile.type", "18: securityContext"),
        ("ports[1].containerPort", "24: 90"),
        ("nothing", "16: web"),
    ] {
        let policy = rule(&format!("match: {{containers: [app]}}\nassert: 'false'\npath: {path}\n"));
        assert_eq!(World::new(&policy, "web.yaml", POD).places(&[]), [place], "{path}");
    }
}

#[test]
fn a_rule_matches_kinds_and_roles() {
    for (matched, findings) in [
        ("{kinds: Deployment}", 1),
        ("{kinds: [StatefulSet, apps/v1/Deployment]}", 1),
        ("{kinds: apps/*/*}", 1),
        ("{kinds: '*'}", 1),
        ("{kinds: v1/Deployment}", 0),
        ("{kinds: batch/v1/Job}", 0),
        ("{pods: true}", 1),
        ("{containers: all}", 2),
        ("{containers: init}", 1),
        ("{containers: [sidecar, ephemeral]}", 0),
        ("{containers: all, kinds: Pod}", 0),
        ("{instruction: '*'}", 0),
    ] {
        let policy = rule(&format!("match: {matched}\nassert: false\n"));
        assert_eq!(World::new(&policy, "web.yaml", POD).places(&[]).len(), findings, "{matched}");
    }
}

#[test]
fn custom_resources_have_containers_too() {
    let text = POD.replace("apps/v1", "argoproj.io/v1alpha1").replace("Deployment", "Rollout");
    assert_eq!(World::new(&container_rule("role != 'init'"), "web.yaml", &text).places(&[]), ["13: wait"]);
}

#[test]
fn a_rule_is_selected_and_ignored_like_a_built_in_one() {
    let world = World::new(&container_rule("role == 'init'"), "web.yaml", POD);
    for (args, findings) in [
        (&[] as &[&str], 1),
        (&["--select", "policy/probe"], 1),
        (&["--select", "policy"], 1),
        (&["--select", "default"], 1),
        (&["--select", "latest-base-image"], 0),
        (&["--ignore", "policy/probe"], 0),
    ] {
        assert_eq!(world.places(args).len(), findings, "{args:?}");
    }
    let (code, report) = world.check(&["--select", "policy"]);
    let finding = &report["findings"][0];
    assert_eq!((code, finding["rule"].as_str()), (1, Some("policy/probe")));
    assert_eq!((finding["message"].as_str(), finding["severity"].as_str()), (Some("it is so"), Some("medium")));
    assert_eq!((finding["resource"]["container"].as_str(), finding["family"].as_str()), (Some("web"), Some("policy")));
}

#[test]
fn a_finding_is_suppressed_by_a_comment() {
    let text = POD.replace("- name: web\n", "- name: web # shipworthy: ignore[policy/probe] agreed\n");
    let world = World::new(&container_rule("role == 'init'"), "web.yaml", &text);
    assert_eq!(world.places(&[]), [""; 0]);
    // A run that does not read the policy file does not know the rule, and does not mind.
    let (code, out, _) = world.command(&["check", "--select", "latest-base-image", "linted"]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn messages_show_values() {
    let message =
        "message: \"{container.name} has {container.ports.size()} ports, {{braces}} and {container.nothing}\"";
    let policy = container_rule("role == 'init'").replace("message: it is so", message);
    let (_, report) = World::new(&policy, "web.yaml", POD).check(&["--select", "policy"]);
    assert_eq!(report["findings"][0]["message"], "web has 2 ports, {braces} and ?");
}

#[test]
fn what_cannot_be_decided_is_counted() {
    let pod = |image: &str| POD.replace("registry.example.com:5000/shop/web:1.4", image);
    for (assert, text, reason) in [
        ("container.livenessProbe.periodSeconds > 1", POD.to_owned(), "its expression reads a field that is not there"),
        ("container.name > 1", POD.to_owned(), "its expression mixes values of different types"),
        ("container.name", POD.to_owned(), "its expression gives neither true nor false"),
        ("container.image.startsWith('b')", pod("${REGISTRY}/web:1"), "a value is filled in later"),
        ("image.tag == '1.37'", pod("web:${TAG}"), "its expression reads a value that is not known"),
        (
            "role == 'init' || [1,2,3,4,5,6,7,8,9].map(a, [1,2,3,4,5,6,7,8,9].map(b, [1,2,3,4,5,6,7,8,9].map(c, \
             [1,2,3,4,5,6,7,8,9].map(d, [1,2,3,4,5,6,7,8,9].map(e, [1,2,3,4,5,6,7,8,9].map(f, a)))))) == []",
            POD.to_owned(),
            "its expression takes too long",
        ),
    ] {
        let (_, report) = World::new(&container_rule(assert), "web.yaml", &text).check(&["--select", "policy"]);
        assert_eq!(report["findings"].as_array().unwrap().len(), 0, "{assert}");
        assert_eq!(report["summary"]["undecided"][0]["rule"], "policy/probe", "{assert}");
        assert_eq!(report["summary"]["undecided"][0]["reason"], reason, "{assert}");
    }
}

#[test]
fn sarif_and_explain_show_the_page() {
    let world = World::new(&container_rule("role == 'init'"), "web.yaml", POD);
    let (_, out, _) = world.command(&["check", "--policy", "policy.yaml", "--output-format", "sarif", "linted"]);
    let sarif: Value = serde_json::from_str(&out).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let ours = rules.iter().find(|rule| rule["id"] == "policy/probe").unwrap();
    assert!(ours["help"]["markdown"].as_str().unwrap().contains("role == 'init'"), "{ours}");
    let (code, out, err) = world.command(&["explain", "policy/probe", "--policy", "policy.yaml"]);
    assert!(code == 0 && out.contains("# policy/probe") && out.contains("role == 'init'"), "{out}{err}");
    let (code, out, _) = world.command(&["rules", "--policy", "policy.yaml"]);
    assert!(code == 0 && out.contains("policy/probe"), "{out}");
}

/// Each row: what is wrong, the text at the fault with its line, and the beginning of the message.
#[test]
fn what_is_wrong_in_a_policy_file_is_a_finding_at_its_place() {
    let good = "match: {containers: all}\nassert: role == 'init'\n";
    let rows: Vec<(String, &str, &str)> = vec![
        (rule(&format!("{good}sverity: low\n")), "7: sverity", "unknown key `sverity` in a rule"),
        (rule(&format!("{good}severity: hihg\n")), "7: hihg", "unknown severity `hihg`"),
        (rule("match: {instruction: FORM}\nassert: 'true'\n"), "5: FORM", "unknown instruction `FORM`"),
        (rule("match: {containers: [app, inti]}\nassert: 'true'\n"), "5: inti", "unknown role `inti`"),
        (rule("match: {stage: last}\nassert: 'true'\n"), "5: last", "unknown stage `last`"),
        (rule("match: {kinds: a/b/c/d}\nassert: 'true'\n"), "5: a/b/c/d", "`a/b/c/d` is no kind"),
        (rule("match: {command: a, kinds: b}\nassert: 'true'\n"), "5: kinds", "a rule matches one thing"),
        (rule("match: {}\nassert: 'true'\n"), "5: match", "`match` names nothing to look at"),
        (rule("match: {containers: all}\n"), "2: Rule", "the rule has no `assert`"),
        (rule("assert: 'true'\n"), "2: Rule", "the rule has no `match`"),
        (rule("match: {containers: all}\nassert:\n"), "6: assert", "`assert` is empty"),
        (rule("match: {containers: all}\nassert: contaner.x\n"), "6: contaner", "unknown variable `contaner`"),
        (rule("match: {kinds: Pod}\nassert: container.x\n"), "6: container", "unknown variable `container`"),
        (
            rule("match: {containers: all}\nassert: |\n  has(container.a) &&\n  rolle == 'a'\n"),
            "8: rolle",
            "unknown variable",
        ),
        (rule("match: {containers: all}\nassert: >\n  true\n  && rolle == 'a'\n"), "8: rolle", "unknown variable"),
        (
            rule("match: {containers: all}\nassert: \"role.startWith('a')\"\n"),
            "6: startWith",
            "unknown function `startWith`",
        ),
        (rule("match: {containers: all}\nassert: role ==\n"), "6: =", "the expression ends too early"),
        (rule("match: {containers: all}\nassert: role = 'a'\n"), "6: =", "the expression cannot be read here"),
        (rule(&format!("{good}where: rolle\n")), "7: rolle", "unknown variable `rolle`"),
        (rule(&format!("{good}path: spec.containers[x]\n")), "7: [", "the path cannot be read here"),
        (rule(&format!("{good}examples: {{bed: []}}\n")), "7: bed", "unknown key `bed` in `examples`"),
        (rule(good).replace("it is so", "it is {rolle}"), "4: rolle", "unknown variable `rolle`"),
        (rule(good).replace("it is so", "it is {role"), "4: {", "a brace without its other half"),
        (rule(good).replace("it is so", "It is so."), "4: .", "a message ends without a full stop"),
        (rule(good).replace("probe", "Probe_1"), "3: Probe_1", "`Probe_1` is no name for a rule"),
        (rule(good).replace("dev/v1", "dev/v2"), "1: shipworthy.dev/v2", "unknown apiVersion `shipworthy.dev/v2`"),
        (rule(good).replace("kind: Rule", "kind: Role"), "2: Role", "the document is no rule"),
        (format!("{}---\n{}", rule(good), rule(good)), "10: probe", "another rule of this file is called `probe`"),
        (rule(&format!("{good}help: [\n")), "8: ", ""),
        ("# nothing\n".to_owned(), "1: ", "the file holds no rule"),
    ];
    let mut wrong = Vec::new();
    for (policy, place, message) in rows {
        let world = World::new(&policy, "web.yaml", POD);
        let (code, report) = world.check(&["--select", "latest-base-image"]);
        let finding = &report["findings"][0];
        let found = if finding.is_null() { "nothing".to_owned() } else { world.text_at(finding) };
        let said = finding["message"].as_str().unwrap_or_default();
        let fits = finding["rule"] == "invalid-policy" && code == 1 && said.starts_with(message);
        if !fits || (found != place && !message.is_empty()) || report["findings"].as_array().unwrap().len() != 1 {
            wrong.push(format!("{policy}  wants {place}: {message}\n  found {found}: {said}\n  {code} {report}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_other_rules_of_a_file_run_all_the_same() {
    let bad = rule("match: {containers: all}\nassert: rolle\n");
    let good = container_rule("role == 'init'").replace("probe", "second");
    let world = World::new(&format!("{bad}---\n{good}"), "web.yaml", POD);
    assert_eq!(world.places(&[]), ["16: web", "6: rolle"]);
    let (code, out, _) = world.command(&["check", "--policy", "missing.yaml", "linted"]);
    assert!(code == 2 && out.contains("missing.yaml"), "{out}");
}

#[test]
fn a_name_that_another_file_has_taken_is_a_finding() {
    let world = World::new(&container_rule("role == 'init'"), "web.yaml", POD);
    world.write("other.yaml", &container_rule("true"));
    assert_eq!(world.places(&["--policy", "other.yaml", "--policy", "./policy.yaml"]), ["16: web", "3: probe"]);
}

fn shipped() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/policies");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn the_examples_of_every_shipped_rule_hold() {
    let (mut rules, mut wrong) = (0, Vec::new());
    for (path, text) in shipped() {
        let loaded = own::rules(&text);
        rules += loaded.rules.len();
        let (tried, faults) = own::test_examples(&text);
        assert!(tried >= 2 * loaded.rules.len(), "{}", path.display());
        wrong.extend(faults.into_iter().map(|fault| {
            let line = text[..fault.span.start as usize].matches('\n').count() + 1;
            format!("{}:{line}: {}", path.display(), fault.message)
        }));
        for rule in loaded.rules {
            assert!(rule.meta.summary().ends_with('.'), "{}", rule.meta.name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rules >= 12, "{rules}");
}

#[test]
fn an_example_that_does_not_hold_is_a_fault_at_its_place() {
    let policy = rule(
        "match: {instruction: USER}\nassert: instruction.args[0] != 'root'\nexamples:\n  bad:\n  - USER app\n  \
         good:\n  - USER root\n  - USER\n",
    );
    let (tried, faults) = own::test_examples(&policy);
    let said: Vec<_> = faults.iter().map(|fault| (&policy[fault.span.range()], &*fault.message)).collect();
    assert_eq!(tried, 3);
    assert_eq!(said[0], ("USER app", "policy/probe does not flag this bad example"));
    assert_eq!(said[1], ("USER root", "policy/probe flags this good example: it is so"));
    assert!(said[2].1.contains("cannot be read"), "{said:?}");
}

#[test]
fn the_schema_takes_the_shipped_rules_and_refuses_others() {
    let schema = own::schema();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (path, text) in shipped() {
        for document in text.split("\n---\n") {
            let value: Value = serde_saphyr::from_str(document).unwrap();
            let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        }
    }
    let refused = ["match: {}\nassert: a\n", "match: {kinds: Pod, stage: final}\nassert: a\n", "match: {pods: true}\n"];
    for rest in refused {
        let value: Value = serde_saphyr::from_str(&rule(rest)).unwrap();
        assert!(!validator.is_valid(&value), "{rest}");
    }
}

#[test]
fn the_rules_in_the_documentation_work() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/custom-rules.md")).unwrap();
    let blocks = page.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next());
    let rules: Vec<&str> = blocks.filter(|block| block.starts_with("apiVersion: shipworthy.dev")).collect();
    assert!(!rules.is_empty());
    for text in rules {
        assert_eq!(own::rules(text).faults, [], "{text}");
        assert_eq!(own::test_examples(text).1, [], "{text}");
    }
    for (path, _) in shipped() {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(page.contains(&format!("../testdata/policies/{name})")), "{name} is not in the documentation");
    }
}

#[test]
fn policy_files_are_no_manifests() {
    let world = World::new(&rule("match: {kinds: '*'}\nassert: false\n"), "web.yaml", POD);
    world.write("linted/policy.yaml", &container_rule("true"));
    let (_, report) = world.check(&["--select", "policy"]);
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
    assert_eq!(report["summary"]["skipped"][0]["reason"], "policy");
}
