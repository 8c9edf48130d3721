//! Checks anything with every rule, as a Dockerfile, as YAML and as JSON, and writes every format.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shipworthy::discover::FileKind;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    // The first byte says what the rest is; letters, so that a seed can be written by hand.
    match first {
        b'y' => shipworthy_fuzz::check(FileKind::Yaml, rest),
        b'j' => shipworthy_fuzz::check(FileKind::Json, rest),
        b'd' => shipworthy_fuzz::check(FileKind::Dockerfile, rest),
        _ => {}
    }
});
