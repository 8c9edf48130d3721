//! shipworthy: tells whether what a repository is about to ship is worthy of shipping.
//!
//! The house, in reading order; each room may use the ones above it, never the ones below:
//!
//! ```text
//! discover ──► parse ──► analyze ──► report            (fix: findings ──► edits ──► text ──► parse again)
//!  Source      Document   Finding     bytes + exit code
//! ```
//!
//! The library serves the binary; its interface may change with any version.

pub mod source;
pub mod yaml;
pub mod shell;
pub mod dockerfile;
pub mod kubernetes;
pub mod document;
pub mod base_images;
pub mod finding;
pub mod workspace;
pub mod select;
pub mod rule;
#[path = "../rules/mod.rs"]
pub mod rules;
pub mod policy;
pub mod config;
pub mod discover;
pub mod suppress;
pub mod analyze;
pub mod report;
pub mod catalog;
pub mod cli;
