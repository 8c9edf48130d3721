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

pub mod analyze;
pub mod base_images;
pub mod catalog;
pub mod checks;
pub mod cli;
pub mod config;
pub mod discover;
pub mod dockerfile;
pub mod document;
pub mod end_of_life;
pub mod finding;
pub mod kubernetes;
pub mod packages;
pub mod policy;
pub mod report;
pub mod rule;
#[path = "../rules/mod.rs"]
pub mod rules;
pub mod secrets;
pub mod select;
pub mod shell;
pub mod source;
pub mod suppress;
pub mod workspace;
pub mod yaml;
