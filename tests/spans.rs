//! Where a finding lies: offsets, lines and columns recomputed from the bytes (section "Where a span lies" of the
//! contract).

use serde_json::Value;

use crate::support::program::{DOCKERFILE, Folder, POD, TWO, project};

/// Line and column of a byte, counted by hand: a byte order mark is no column, a lone `\r` ends a line.
fn count(bytes: &[u8], offset: usize) -> (u64, u64) {
    let (mut line, mut column, mut at) = (1, 1, if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 });
    while at < offset {
        match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => column += 1,
            b'\n' | b'\r' => (line, column) = (line + 1, 1),
            // The bytes that go on with a character are no column of their own.
            byte if byte & 0xc0 == 0x80 => {}
            _ => column += 1,
        }
        at += 1;
    }
    (line, column)
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

/// Checks both ends of a place against the bytes; gives the text.
fn text_of<'b>(place: &Value, bytes: &'b [u8]) -> &'b [u8] {
    for end in ["start", "end"] {
        let position = &place[end];
        let counted = count(bytes, number(&position["offset"]) as usize);
        assert_eq!((number(&position["line"]), number(&position["column"])), counted, "{place}");
    }
    &bytes[number(&place["start"]["offset"]) as usize..number(&place["end"]["offset"]) as usize]
}

/// The texts that findings of `words` mark in a file.
fn marked(path: &str, bytes: &[u8], words: &str) -> Vec<String> {
    let folder = Folder::repository();
    folder.write(path, bytes);
    let json = folder.check(&format!("--output-format json {words}")).json();
    let found = json["findings"].as_array().unwrap().iter();
    found.map(|finding| String::from_utf8(text_of(finding, bytes).to_vec()).unwrap()).collect()
}

#[test]
fn offsets_and_columns_are_those_of_the_bytes() {
    let docker = "# größe 😀\nFROM --platform=linux/amd64 \\\n\t debian:latest AS u\nFROM node:latest";
    let manifest = POD.replace("{name: web}", "{name: web} # größe 😀").replace("{priv", "{\"größe 😀\": 1, priv");
    let manifest = manifest.trim_end();
    for (path, text, expected) in
        [("Dockerfile", docker, &["debian:latest", "node:latest"][..]), ("pod.yaml", manifest, &["true"][..])]
    {
        let lines = [text.to_owned(), text.replace('\n', "\r\n"), format!("{text}\n"), format!("{text}\n\n")];
        for text in lines {
            for text in [text.clone(), format!("\u{feff}{text}")] {
                assert_eq!(marked(path, text.as_bytes(), TWO), expected, "{text:?}");
            }
        }
    }
}

#[test]
fn a_byte_order_mark_is_no_column() {
    let folder = Folder::repository();
    folder.write("Dockerfile", format!("\u{feff}{DOCKERFILE}"));
    let json = folder.check(&format!("{TWO} --output-format json")).json();
    assert_eq!(json["findings"][0]["start"], serde_json::json!({"line": 1, "column": 6, "offset": 8}));
}

#[test]
fn bytes_that_are_not_utf8_keep_every_offset_and_are_one_finding() {
    let folder = Folder::repository();
    let bytes = b"# caf\xe9 \xff\nFROM debian:latest\n";
    folder.write("Dockerfile", bytes);
    let json = folder.check(&format!("{TWO} --output-format json")).json();
    let found = json["findings"].as_array().unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!((&found[0]["rule"], &found[0]["start"]["offset"]), (&"invalid-utf8".into(), &5.into()));
    assert_eq!(&bytes[number(&found[1]["start"]["offset"]) as usize..][..13], b"debian:latest");
    assert_eq!((&found[1]["start"]["line"], &found[1]["start"]["column"]), (&2.into(), &6.into()));
}

#[test]
fn what_is_wrong_in_a_dockerfile_is_the_word() {
    let cases = [
        ("FROM debian:latest", "debian:latest"),
        ("FROM\tdebian:latest\tAS a", "debian:latest"),
        ("FROM --platform=$BUILDPLATFORM \"debian:latest\" AS a", "\"debian:latest\""),
        ("ARG T=latest\nFROM debian:${T}", "debian:${T}"),
        ("FROM \\\n\\\n  debian:latest \\\n  AS a", "debian:latest"),
        ("# escape=`\nFROM `\n  debian:latest", "debian:latest"),
    ];
    for (text, expected) in cases {
        assert_eq!(marked("Dockerfile", text.as_bytes(), TWO), [expected], "{text}");
    }
}

#[test]
fn a_wrong_value_is_the_value_in_every_way_to_write_it() {
    for word in ["true", "True", "yes", "on", "y", "!!bool yes"] {
        let text = POD.replace("true", word);
        assert_eq!(marked("pod.yaml", text.as_bytes(), TWO).len(), 1, "{word}");
    }
    for word in ["\"true\"", "'yes'", "!!str true", "false", "no", "1", "truth", "null", "~", "", "{}"] {
        let text = POD.replace("true", word);
        assert_eq!(marked("pod.yaml", text.as_bytes(), TWO), [""; 0], "{word}");
    }
    let block = POD.replace("{privileged: true}", "\n      privileged:\n        # so that it works\n        true");
    assert_eq!(marked("pod.yaml", block.as_bytes(), TWO), ["true"]);
    let twice = POD.replace("{privileged: true}", "{privileged: false, privileged: yes}");
    assert!(marked("pod.yaml", twice.as_bytes(), TWO).contains(&"yes".to_owned()), "the last one counts");
}

#[test]
fn json_files_have_the_types_of_json() {
    let json = |value: &str| {
        format!(
            "{{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {{\"name\": \"a\"}}, \"spec\": {{\n\t\"containers\": \
             [{{\"name\": \"a\", \"image\": \"b:1\", \"securityContext\": {{\"privileged\":{value}}}}}]}}}}"
        )
    };
    assert_eq!(marked("pod.json", json("true").as_bytes(), TWO), ["true"]);
    assert_eq!(marked("pod.json", json("\"yes\"").as_bytes(), TWO), [""; 0]);
}

#[test]
fn through_an_alias_the_place_is_the_use_and_the_anchor_is_related() {
    let folder = Folder::repository();
    let two = "  - {name: a, image: a:1, securityContext: &strong {privileged: true}}\n  - {name: b, image: b:1, securityContext: *strong}\n";
    let start = &POD[..POD.find("  - name").unwrap()];
    let text = format!("{start}{two}  - name: c\n    image: c:1\n    securityContext:\n      <<: *strong\n");
    folder.write("pod.yaml", &text);
    let json = folder.check(&format!("{TWO} --output-format json")).json();
    let found = json["findings"].as_array().unwrap();
    let texts: Vec<&[u8]> = found.iter().map(|finding| text_of(finding, text.as_bytes())).collect();
    assert_eq!(texts, [&b"true"[..], b"*strong", b"*strong"], "one finding for each use");
    for finding in &found[1..] {
        let related: Vec<&[u8]> =
            finding["related"].as_array().unwrap().iter().map(|place| text_of(place, text.as_bytes())).collect();
        assert!(related.contains(&&b"true"[..]), "{finding}");
        assert!(finding["fix"].is_null());
    }
}

#[test]
fn items_of_a_list_are_objects_of_their_own() {
    let folder = Folder::repository();
    let item = |name: &str| {
        let pod = POD.replace("web", name);
        let lines: Vec<&str> = pod.lines().collect();
        format!("- {}\n", lines.join("\n  "))
    };
    let text = format!("apiVersion: v1\nkind: List\nitems:\n{}{}", item("one"), item("two"));
    folder.write("list.yaml", &text);
    let done = folder.check(&format!("{TWO} --output-format json"));
    let found = done.json()["findings"].clone();
    assert_eq!(done.findings(), ["list.yaml:11:37 privileged-container", "list.yaml:19:37 privileged-container"]);
    for (number, name) in ["one", "two"].into_iter().enumerate() {
        let resource =
            serde_json::json!({"api_version": "v1", "kind": "Pod", "namespace": null, "name": name, "container": name});
        assert_eq!(found[number]["resource"], resource);
    }
    assert_ne!(found[0]["fingerprint"], found[1]["fingerprint"]);
    assert_eq!(done.json()["summary"]["objects"], 2);
}

#[test]
fn no_finding_crosses_a_line_and_every_place_is_true_to_its_bytes() {
    let folder = Folder::repository();
    let mut files = Vec::new();
    for entry in std::fs::read_dir(project().join("testdata/hostile/dockerfile")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = std::fs::read(&path).unwrap();
        folder.write(&name, &bytes);
        files.push((name, bytes));
    }
    let yaml = "a: [\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: \"a\nb\"}\nspec: {containers: [{name: a,\n image: 'x\n\n y', securityContext: {privileged: *no}}]}\n--- |\n x\n\t- ]\n";
    folder.write("bad.yaml", yaml);
    files.push(("bad.yaml".to_owned(), yaml.as_bytes().to_vec()));
    let json = folder.check("--select all --output-format json").json();
    let found = json["findings"].as_array().unwrap();
    assert!(found.len() > 30, "{}", found.len());
    for finding in found {
        let bytes = &files.iter().find(|file| finding["path"] == file.0.as_str()).unwrap().1;
        let text = text_of(finding, bytes);
        assert!(!text.contains(&b'\n'), "{finding}");
        assert_eq!(finding["start"]["line"], finding["end"]["line"]);
        for place in finding["related"].as_array().unwrap() {
            text_of(place, bytes);
        }
    }
}
