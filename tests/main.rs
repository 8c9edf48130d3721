//! End-to-end and catalogue tests, one crate so that they link once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(missing_docs, reason = "a test's name says what it is about")]

mod action;
mod architecture;
mod catalogue;
mod compatibility;
mod configuration;
mod corpus;
mod examples;
mod foreign_suppressions;
mod hook;
mod hostile;
mod outputs;
mod pod_security;
mod policies;
mod readme;
mod running;
mod shell_problem;
mod spans;
mod support;
mod suppressions;
