//! What a scalar means.
//!
//! kubectl reads YAML with sigs.k8s.io/yaml, which is go-yaml v2, and sees what that resolves (`resolve.go` there):
//! YAML 1.1 words for booleans, Go's integer prefixes, underscores, YAML 1.2 floats, no sexagesimal numbers. A value
//! that only looks like a timestamp becomes JSON as text, so it is a string here.

use super::Style;

/// A scalar's meaning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar<'d> {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number beyond [`i64::MAX`].
    Uint(u64),
    /// Any other number; whole ones beyond 64 bits too, rounded.
    Float(f64),
    /// Text.
    Str(&'d str),
}

impl Scalar<'_> {
    /// The whole number, if it is one and fits.
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Scalar::Int(value) => Some(value),
            // A float without a fraction becomes a JSON integer on its way into the API. The bounds are exact in f64.
            Scalar::Float(value) if value.fract() == 0.0 && (-9.2e18..9.2e18).contains(&value) => Some(value as i64),
            _ => None,
        }
    }
}

/// The meaning of `text` to kubectl.
pub(super) fn k8s<'d>(text: &'d str, style: Style, tag: Option<&str>) -> Scalar<'d> {
    resolve(text, style, tag, k8s_plain)
}

/// The meaning of `text` in the YAML 1.2 core schema.
pub(super) fn core12<'d>(text: &'d str, style: Style, tag: Option<&str>) -> Scalar<'d> {
    resolve(text, style, tag, core12_plain)
}

/// The meaning of `text` in JSON.
pub(super) fn json(text: &str, style: Style) -> Scalar<'_> {
    if style != Style::Plain {
        return Scalar::Str(text);
    }
    match text {
        "null" | "" => Scalar::Null,
        "true" => Scalar::Bool(true),
        "false" => Scalar::Bool(false),
        _ if text.starts_with('+') => Scalar::Str(text),
        _ => decimal(text).or_else(|| float(text)).unwrap_or(Scalar::Str(text)),
    }
}

/// Applies style and tag: without a tag only plain scalars are looked into; `!!int "1"` is a number for all its quotes.
/// What does not fit its tag, which go-yaml refuses, is left as text.
fn resolve<'d>(text: &'d str, style: Style, tag: Option<&str>, plain: fn(&'d str) -> Scalar<'d>) -> Scalar<'d> {
    let text_only = Scalar::Str(text);
    let Some(tag) = tag else {
        return if style == Style::Plain { plain(text) } else { text_only };
    };
    match (tag, plain(text)) {
        ("!!null", Scalar::Null) => Scalar::Null,
        ("!!bool", value @ Scalar::Bool(_)) => value,
        ("!!int", value @ (Scalar::Int(_) | Scalar::Uint(_))) => value,
        ("!!float", Scalar::Int(value)) => Scalar::Float(value as f64),
        ("!!float", Scalar::Uint(value)) => Scalar::Float(value as f64),
        ("!!float", value @ Scalar::Float(_)) => value,
        _ => text_only,
    }
}

fn k8s_plain(text: &str) -> Scalar<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True" | "TRUE" => Scalar::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False" | "FALSE" => Scalar::Bool(false),
        _ => infinite(text).or_else(|| go_number(text)).unwrap_or(Scalar::Str(text)),
    }
}

fn core12_plain(text: &str) -> Scalar<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" => Scalar::Bool(true),
        "false" | "False" | "FALSE" => Scalar::Bool(false),
        _ => infinite(text).or_else(|| core12_number(text)).unwrap_or(Scalar::Str(text)),
    }
}

fn infinite(text: &str) -> Option<Scalar<'static>> {
    let value = match text {
        ".nan" | ".NaN" | ".NAN" => f64::NAN,
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => f64::INFINITY,
        "-.inf" | "-.Inf" | "-.INF" => f64::NEG_INFINITY,
        _ => return None,
    };
    Some(Scalar::Float(value))
}

/// Numbers as go-yaml v2 takes them: underscores anywhere, but after a leading dot only where Go's own floats have them.
fn go_number(text: &str) -> Option<Scalar<'static>> {
    let first = *text.as_bytes().first()?;
    if !text.contains('_') {
        return match first {
            b'.' => float(text),
            b'0'..=b'9' | b'+' | b'-' => go_integer(text).or_else(|| float(text)),
            _ => None,
        };
    }
    let digits = text.replace('_', "");
    match first {
        b'.' if separates_digits(text) => float(&digits),
        b'0'..=b'9' | b'+' | b'-' => go_integer(&digits).or_else(|| float(&digits)),
        _ => None,
    }
}

/// Whether every `_` has a digit on either side.
fn separates_digits(text: &str) -> bool {
    let parts = text.split('_').count();
    text.split('_').enumerate().all(|(index, part)| {
        (index == 0 || part.starts_with(|c: char| c.is_ascii_digit()))
            && (index + 1 == parts || part.ends_with(|c: char| c.is_ascii_digit()))
    })
}

/// Go's `ParseInt` with base 0, then `ParseUint`.
fn go_integer(text: &str) -> Option<Scalar<'static>> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let lower = |prefix: &str| digits.get(..2).filter(|start| start.eq_ignore_ascii_case(prefix)).map(|_| &digits[2..]);
    let (radix, digits) = if let Some(rest) = lower("0x") {
        (16, rest)
    } else if let Some(rest) = lower("0o") {
        (8, rest)
    } else if let Some(rest) = lower("0b") {
        (2, rest)
    } else if digits.len() > 1 && digits.starts_with('0') {
        (8, &digits[1..])
    } else {
        (10, digits)
    };
    integer(negative, digits, radix, false)
}

/// `rounded` admits what is beyond 64 bits.
fn integer(negative: bool, digits: &str, radix: u32, rounded: bool) -> Option<Scalar<'static>> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let Ok(value) = u64::from_str_radix(digits, radix) else {
        let digit_values = digits.chars().filter_map(|digit| digit.to_digit(radix));
        let value = digit_values.fold(0.0, |sum, digit| sum * f64::from(radix) + f64::from(digit));
        return rounded.then_some(Scalar::Float(if negative { -value } else { value }));
    };
    match (negative, i64::try_from(value)) {
        (false, Ok(value)) => Some(Scalar::Int(value)),
        (false, Err(_)) => Some(Scalar::Uint(value)),
        (true, _) => match 0i64.checked_sub_unsigned(value) {
            Some(value) => Some(Scalar::Int(value)),
            None => rounded.then_some(Scalar::Float(-(value as f64))),
        },
    }
}

fn core12_number(text: &str) -> Option<Scalar<'static>> {
    if let Some(digits) = text.strip_prefix("0o") {
        return integer(false, digits, 8, true);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return integer(false, digits, 16, true);
    }
    decimal(text).or_else(|| float(text))
}

fn decimal(text: &str) -> Option<Scalar<'static>> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    integer(text.starts_with('-'), digits, 10, false)
}

/// The YAML 1.2 float: `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`. What overflows is text, as it is to Go.
fn float(text: &str) -> Option<Scalar<'static>> {
    let digits = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let sign = |bytes: &[u8]| usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
    let bytes = text.as_bytes();
    let mut at = sign(bytes);
    let whole = digits(&bytes[at..]);
    at += whole;
    let mut fraction = 0;
    if bytes.get(at) == Some(&b'.') {
        fraction = digits(&bytes[at + 1..]);
        at += 1 + fraction;
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1 + sign(&bytes[at + 1..]);
        let exponent = digits(&bytes[at..]);
        if exponent == 0 {
            return None;
        }
        at += exponent;
    }
    let value: f64 = if at == bytes.len() { text.parse().ok()? } else { return None };
    value.is_finite().then_some(Scalar::Float(value))
}
