//! What of a file's tree outlives it: the facts that workspace rules read.

mod dockerfile;
mod manifest;
mod relations;

pub use dockerfile::of_dockerfile;
pub use manifest::of_manifest;
