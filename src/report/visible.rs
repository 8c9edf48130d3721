//! Makes hostile characters visible.
//!
//! File names, image names and source lines come from whoever wrote the repository. Passed raw to a terminal or a CI
//! log, an escape sequence in them can recolour, hide or overwrite what we print, and a bidirectional override can make
//! a line read as something else (CVE-2021-42574, "Trojan Source"). So no control or layout character leaves the
//! text formats as it came: C0 controls become their pictures (`␛`), the rest their code point (`<U+202E>`).
//!
//! The replacement works character by character, so the clean form of a text is that of its pieces put together; the
//! text format relies on this to move its label spans along.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` on one line, with every hostile character visible; line ends and tabs too.
pub(super) fn line(text: &str, unicode: bool) -> Cow<'_, str> {
    clean(text, unicode, is_hostile)
}

/// A line of source: like [`line`], but tabs stay, because the renderer lays them out.
pub(super) fn source(text: &str, unicode: bool) -> Cow<'_, str> {
    clean(text, unicode, |c| c != '\t' && is_hostile(c))
}

fn clean(text: &str, unicode: bool, hostile: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hostile) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            _ if !hostile(c) => shown.push(c),
            '\0'..='\u{1f}' if unicode => shown.push(picture(c)),
            // Writing to a string cannot fail.
            _ => _ = write!(shown, "<U+{:04X}>", c as u32),
        }
    }
    Cow::Owned(shown)
}

/// The picture of a C0 control.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + control as u32).unwrap_or('\u{fffd}')
}

/// Whether a terminal would obey the character, lay out its neighbours by it, or show nothing for it. The joiners
/// U+200C and U+200D are none of these: scripts and emoji need them.
pub(super) fn is_hostile(c: char) -> bool {
    let layout = matches!(c,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    layout || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_characters_are_shown() {
        let table = [
            ("plain é 😀", "plain é 😀", "plain é 😀"),
            ("\u{1b}[31mred", "␛[31mred", "<U+001B>[31mred"),
            ("a\u{1a}b", "a␚b", "a<U+001A>b"),
            ("a\r\nb\tc", "a␍␊b␉c", "a<U+000D><U+000A>b<U+0009>c"),
            ("x\u{202e}y\u{2066}", "x<U+202E>y<U+2066>", "x<U+202E>y<U+2066>"),
            ("\u{7f}\u{9b}31m", "<U+007F><U+009B>31m", "<U+007F><U+009B>31m"),
        ];
        for (text, unicode, ascii) in table {
            assert_eq!(line(text, true), unicode);
            assert_eq!(line(text, false), ascii);
        }
        assert_eq!(source("a\tb\u{1b}", true), "a\tb␛");
    }
}
