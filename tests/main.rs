//! End-to-end and catalogue tests, one crate so that they link once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(missing_docs, reason = "a test's name says what it is about")]

mod architecture;
mod catalogue;
mod compatibility;
mod examples;
mod readme;
mod support;
