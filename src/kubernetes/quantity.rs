//! Quantities: `500m`, `1.5Gi`, `1e3`.
//!
//! The grammar and the rounding are those of apimachinery's `resource.Quantity`; values are kept in thousandths, which
//! is the finest step that the resources of a container have.

/// An amount, in thousandths of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity {
    /// Thousandths: `500m` is 500, `1` is 1000.
    pub milli: i128,
}

impl Quantity {
    /// Reads a quantity; `None` where the API would refuse it.
    pub fn parse(text: &str) -> Option<Self> {
        let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '+' | '-')).unwrap_or(text.len());
        let (number, suffix) = text.split_at(end);
        let (negative, digits) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number.strip_prefix('+').unwrap_or(number)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = (whole.bytes().chain(fraction.bytes())).all(|byte| byte.is_ascii_digit());
        if !all_digits || (whole.is_empty() && fraction.is_empty()) || whole.len() + fraction.len() > 24 {
            return None;
        }
        let (multiplier, divisor) = scale(suffix)?;
        let mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
        let numerator = mantissa.checked_mul(1000)?.checked_mul(multiplier)?;
        let denominator = 10_i128.checked_pow(fraction.len() as u32)?.checked_mul(divisor)?;
        // Amounts finer than a thousandth are rounded up, away from zero.
        let milli = (numerator + denominator - 1) / denominator;
        Some(Self { milli: if negative { -milli } else { milli } })
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.milli == 0
    }
}

/// What a suffix multiplies by, as multiplier and divisor.
fn scale(suffix: &str) -> Option<(i128, i128)> {
    let binary = |power: u32| Some((1024_i128.pow(power), 1));
    let decimal = |power: u32| Some((1000_i128.pow(power), 1));
    match suffix {
        "" => Some((1, 1)),
        "n" => Some((1, 1_000_000_000)),
        "u" => Some((1, 1_000_000)),
        "m" => Some((1, 1000)),
        "k" => decimal(1),
        "M" => decimal(2),
        "G" => decimal(3),
        "T" => decimal(4),
        "P" => decimal(5),
        "E" => decimal(6),
        "Ki" => binary(1),
        "Mi" => binary(2),
        "Gi" => binary(3),
        "Ti" => binary(4),
        "Pi" => binary(5),
        "Ei" => binary(6),
        _ => exponent(suffix),
    }
}

fn exponent(suffix: &str) -> Option<(i128, i128)> {
    let power: i32 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    let scale = 10_i128.checked_pow(power.unsigned_abs())?;
    Some(if power < 0 { (1, scale) } else { (scale, 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_as_the_api_reads_them() {
        let rows: [(&str, Option<i128>); 16] = [
            ("1", Some(1000)),
            ("500m", Some(500)),
            ("0.5", Some(500)),
            (".5", Some(500)),
            ("1.5Gi", Some(1_610_612_736_000)),
            ("128Mi", Some(134_217_728_000)),
            ("1k", Some(1_000_000)),
            ("1e3", Some(1_000_000)),
            ("1E3", Some(1_000_000)),
            ("1E", Some(1_000_000_000_000_000_000_000)),
            ("100u", Some(1)),
            ("0", Some(0)),
            ("1K", None),
            ("1GB", None),
            ("", None),
            ("one", None),
        ];
        for (text, milli) in rows {
            assert_eq!(Quantity::parse(text).map(|quantity| quantity.milli), milli, "{text}");
        }
    }
}
