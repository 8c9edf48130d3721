//! `end-of-life-base-image`.
use crate::dockerfile::StageBase;
use crate::document::DockerDocument;
use crate::end_of_life::{Cycle, Support, cycles_of};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::ImageRef;
use crate::rule::{Check, Sink};
use crate::source::Span;
use jiff::civil::Date;

crate::rule! {
    /// Flags a base image whose release is no longer supported.
    ///
    /// ## Why
    /// Nobody repairs its security holes any more, and its package archive may be moved away, which stops the build. What the
    /// tag names counts, the system below a language as well: `node:18-bullseye` is Node.js 18 on Debian 11.
    ///
    /// By default the rule speaks of what the final image is built on. Stages that only build, releases of Rust (which end
    /// every six weeks) and releases that live on extended support alone are shown when asked for.
    ///
    /// ```dockerfile bad default today=2026-11-22
    /// FROM node:18-bullseye-slim
    ///      ^^^^^^^^^^^^^^^^^^^^^ Node.js 18 is not supported since 2025-04-30, Debian 11 (bullseye) since 2026-08-31
    /// CMD ["node"]
    /// ```
    /// ```dockerfile bad default today=2026-11-22
    /// ARG ALPINE=3.17
    /// FROM golang:1.26 AS build
    /// FROM alpine:${ALPINE} AS base
    ///      ^^^^^^^^^^^^^^^^ Alpine 3.17 is not supported since
    /// FROM base
    /// COPY --from=build /app /app
    /// ```
    /// ```dockerfile bad today=2026-11-22
    /// FROM golang:1.15 AS build
    ///      ^^^^^^^^^^^ Go 1.15 is not supported
    /// FROM debian:12.4
    ///      ^^^^^^^^^^^ Debian 12 (bookworm) has extended support only, until 2028-06-30
    /// ```
    /// ```dockerfile good default today=2026-11-22
    /// FROM golang:1.15 AS build
    /// FROM debian:12.4
    /// COPY --from=build /app /app
    /// ```
    /// The day decides:
    /// ```dockerfile good today=2024-01-01
    /// FROM node:18-bullseye-slim
    /// ```
    /// ```dockerfile good today=2026-11-22
    /// FROM python:3-slim AS a
    /// FROM registry.example.com/node:10 AS b
    /// FROM node:lts-alpine AS c
    /// FROM debian:13
    /// ```
    pub RULE {
        name: "end-of-life-base-image",
        aliases: &[],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let last = document.file.stages.len().saturating_sub(1);
    for stage in &document.file.stages {
        let (StageBase::Image(image), Some(word)) = (&stage.base, document.file.stage_image(stage)) else { continue };
        let Some(image) = ImageRef::parse(image) else { continue };
        // A digest is not checked against the tag beside it, but nobody writes a wrong one.
        let ships = stage.index == last || document.file.is_ancestor(stage.index, last);
        report(word.span, &image, ships, sink);
    }
}

fn report(span: Span, image: &ImageRef<'_>, ships: bool, sink: &mut Sink<'_>) {
    let today = sink.environment.today;
    let cycles = cycles_of(image);
    let over: Vec<(&Cycle, Option<Date>)> = cycles
        .iter()
        .filter_map(|cycle| match cycle.support(today) {
            Support::Over(since) => Some((*cycle, since)),
            _ => None,
        })
        .collect();
    if let Some((first, since)) = over.first() {
        let mut text = format!("{} is not supported{}", first.title(), day(*since));
        for (cycle, since) in &over[1..] {
            text += &format!(", {}{}", cycle.title(), day(*since));
        }
        let finding = sink.report(span, format!("{text}: nobody repairs its security holes"));
        finding.caption(text).help(advice(first, today));
        if !ships || over.iter().all(|(cycle, _)| cycle.product == "rust") {
            finding.pedantic();
        }
        return;
    }
    for cycle in cycles {
        if let Support::Extended(until) = cycle.support(today) {
            let text = format!("{} has extended support only, until {until}", cycle.title());
            sink.report(span, text).severity(Severity::Info).help(advice(cycle, today)).pedantic();
        }
    }
}

fn day(since: Option<Date>) -> String {
    since.map_or_else(String::new, |day| format!(" since {day}"))
}

fn advice(cycle: &Cycle, today: Date) -> String {
    let alive = cycle.successors(today);
    match alive.as_slice() {
        [] => "move to another image".to_owned(),
        all => format!("move to a release that is supported: {}", all.join(", ")),
    }
}
