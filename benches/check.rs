//! Speed as ratios within one run: `cargo bench`. An empty run, reading alone, and the check of the same files stand
//! side by side; only how they relate to each other means something on another machine.
//!
//! The files are made here from small templates, so that none of other people's is needed.

#![allow(missing_docs, reason = "a bench's name says what it measures")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

use std::path::Path;
use std::sync::Arc;

use divan::Bencher;
use shipworthy::analyze::{Input, InputFile, analyze};
use shipworthy::config::{CommandLine, Configs};
use shipworthy::discover::FileKind;
use shipworthy::dockerfile::Dockerfile;
use shipworthy::document::{DockerDocument, Document};
use shipworthy::finding::Report;
use shipworthy::report::{self, Format, Style};
use shipworthy::yaml::Yaml;

/// Files of each kind.
const FILES: usize = 200;

fn main() {
    divan::main();
}

/// An ordinary Dockerfile: two stages, packages, a continuation with comments, a heredoc.
fn dockerfile(number: usize) -> String {
    let packages: String = (0..number % 9).map(|at| format!("        lib{at}-dev \\\n")).collect();
    format!(
        "# syntax=docker/dockerfile:1\nARG VERSION=1.{number}\nFROM golang:${{VERSION}} AS build\nWORKDIR /src\n\
         COPY go.mod go.sum ./\nRUN apt-get update \\\n    # what the build needs\n    && apt-get install -y \\\n\
         {packages}        git \\\n    && rm -rf /var/lib/apt/lists/*\nCOPY . .\n\
         RUN CGO_ENABLED=0 go build -ldflags \"-X main.version=$VERSION\" -o /out/app{number} ./cmd/app | tee log\n\
         FROM debian:latest\nLABEL org.opencontainers.image.title=\"app {number}\"\nENV HOME=/home/app PORT=80{number}\n\
         COPY --from=build /out/app{number} /usr/bin/app\nRUN <<EOF\nset -e\nadduser --system app\necho $PORT > /port\n\
         EOF\nEXPOSE 80{number}/tcp\nHEALTHCHECK CMD curl -f http://localhost:$PORT/ || exit 1\nCMD [\"app\", \"run\"]\n"
    )
}

/// An ordinary file of manifests: a Deployment with two containers, its Service, its ConfigMap.
fn manifest(number: usize) -> String {
    let variables: String =
        (0..number % 7).map(|at| format!("            - name: OPTION_{at}\n              value: \"{at}\"\n")).collect();
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app{number}\n  labels: &labels\n    app: app{number}\n\
         spec:\n  replicas: 3\n  selector:\n    matchLabels: *labels\n  template:\n    metadata:\n      labels: *labels\n\
         \x20   spec:\n      containers:\n        - name: app\n          image: example.com/app:1.{number}\n          env:\n\
         \x20           - {{name: HOME, value: /home}}\n{variables}          ports:\n            - containerPort: 8080\n\
         \x20         resources:\n            limits: {{memory: 128Mi}}\n          securityContext:\n\
         \x20           privileged: true # for now\n        - name: sidecar\n          image: example.com/sidecar\n\
         ---\napiVersion: v1\nkind: Service\nmetadata:\n  name: app{number}\nspec:\n  selector:\n    app: app{number}\n\
         \x20 ports:\n    - port: 80\n      targetPort: 8080\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n\
         \x20 name: app{number}\ndata:\n  settings.ini: |\n    [app]\n    number = {number}\n    words = one two three\n"
    )
}

fn file(path: String, text: String) -> InputFile {
    let path = Path::new("/repository").join(path);
    InputFile {
        shown: path.to_str().unwrap().to_owned(),
        kind: FileKind::of_path(&path),
        path,
        named: true,
        reported: true,
        bytes: Some(text.into_bytes()),
    }
}

fn dockerfiles() -> Vec<InputFile> {
    (0..FILES).map(|number| file(format!("app{number}/Dockerfile"), dockerfile(number))).collect()
}

fn manifests() -> Vec<InputFile> {
    (0..FILES).map(|number| file(format!("app{number}/deploy.yaml"), manifest(number))).collect()
}

fn check(files: Vec<InputFile>, select: &str) -> Report {
    let root = Path::new("/repository").to_owned();
    let command_line = CommandLine { select: vec![select.to_owned()], isolated: true, ..CommandLine::default() };
    let mut configs = Configs::new(root.clone(), command_line);
    let input = Input {
        files,
        root,
        complete: true,
        skipped: Vec::new(),
        today: jiff::civil::date(2026, 11, 22),
        early: Vec::new(),
        progress: None,
    };
    let rules: Vec<_> = shipworthy::rules::all().cloned().collect();
    analyze(input, &rules, &mut configs).unwrap()
}

fn texts(files: Vec<InputFile>) -> Vec<Arc<str>> {
    files.into_iter().map(|file| String::from_utf8(file.bytes.unwrap()).unwrap().into()).collect()
}

/// What a run costs that has nothing to do.
#[divan::bench]
fn empty_run() -> Report {
    check(Vec::new(), "default")
}

#[divan::bench]
fn dockerfiles_parse_only(bencher: Bencher<'_, '_>) {
    let texts = texts(dockerfiles());
    bencher.bench(|| texts.iter().map(|text| Dockerfile::parse(Arc::clone(text))).collect::<Vec<_>>());
}

#[divan::bench]
fn dockerfiles_parse_with_commands(bencher: Bencher<'_, '_>) {
    let texts = texts(dockerfiles());
    bencher.bench(|| {
        texts.iter().for_each(|text| {
            let document = DockerDocument::parse(Arc::clone(text));
            (0..document.file.instructions.len()).for_each(|index| {
                divan::black_box(document.script(index));
            });
            divan::black_box(Document::Dockerfile(document));
        });
    });
}

#[divan::bench]
fn manifests_parse_only(bencher: Bencher<'_, '_>) {
    let texts = texts(manifests());
    bencher.bench(|| texts.iter().map(|text| Yaml::parse(Arc::clone(text))).collect::<Vec<_>>());
}

#[divan::bench(args = ["default", "all"])]
fn dockerfiles_check(bencher: Bencher<'_, '_>, select: &str) {
    bencher.with_inputs(dockerfiles).bench_values(|files| check(files, select));
}

#[divan::bench(args = ["default", "all"])]
fn manifests_check(bencher: Bencher<'_, '_>, select: &str) {
    bencher.with_inputs(manifests).bench_values(|files| check(files, select));
}

#[divan::bench(args = Format::ALL)]
fn report_of_manifests(bencher: Bencher<'_, '_>, format: Format) {
    let report = check(manifests(), "all");
    bencher.bench(|| {
        let mut bytes = Vec::new();
        report::write(format, &report, &Style::default(), &mut bytes).unwrap();
        bytes
    });
}
