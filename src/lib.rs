//! shipworthy: tells whether what a repository is about to ship is worthy of shipping.
pub mod source;
pub mod yaml;
pub mod shell;
pub mod dockerfile;
pub mod finding;
pub mod report;
