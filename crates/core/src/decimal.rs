//! Decimal numbers, exactly as people write them.
//!
//! A binary fraction cannot tell whether 0.3 is a multiple of 0.1. A mantissa
//! and a scale can, and need a tenth of the Wasm bytes of parsing and printing
//! `f64`.

use core::cmp::Ordering;

/// The most digits in all, and after the point: two such numbers, brought to
/// one scale, fit 64 bits. What is longer is a code and no number.
const MAX_DIGITS: usize = 12;
const MAX_SCALE: u8 = 6;

/// A number: `mantissa / 10^scale`, with no zero at the end of a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

impl Decimal {
    /// A whole number.
    pub fn whole(number: u32) -> Self {
        Self::new(number.into(), 0)
    }

    fn new(mut mantissa: i64, mut scale: u8) -> Self {
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        Self { mantissa, scale }
    }

    /// Reads what somebody typed: an optional sign, digits of any script that
    /// has its own, and one decimal point or comma. Spaces may group digits.
    /// A comma before three last digits is refused, since it means a thousand
    /// to one reader and a fraction to the other.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut mantissa: i64 = 0;
        let (mut digits, mut scale, mut negative) = (0, 0_u8, false);
        let (mut point, mut started) = (None, false);
        for c in typed.trim_matches(crate::email::is_noise).chars() {
            match c {
                '-' | '\u{2212}' | '+' if !started => negative = c != '+',
                '.' | ',' | '\u{66b}' if point.is_none() => point = Some(c),
                c if crate::email::is_noise(c) || c == '\'' || c == '’' => {
                    if digits == 0 || point.is_some() {
                        return None;
                    }
                }
                c => {
                    let digit = ascii_digit(c)?;
                    digits += 1;
                    scale += u8::from(point.is_some());
                    if digits > MAX_DIGITS || scale > MAX_SCALE {
                        return None;
                    }
                    mantissa = mantissa * 10 + i64::from(digit);
                }
            }
            started = true;
        }
        let dangling = point.is_some() && scale == 0;
        if digits == 0 || dangling || (point == Some(',') && scale == 3 && mantissa >= 1000) {
            return None;
        }
        Some(Self::new(
            if negative { -mantissa } else { mantissa },
            scale,
        ))
    }

    /// The decimal that a JavaScript number was written as.
    pub fn from_f64(number: f64) -> Option<Self> {
        const LIMIT: f64 = 1e12;
        let mut factor = 1.0;
        for scale in 0..=MAX_SCALE {
            let scaled = number * factor;
            if !(-LIMIT..LIMIT).contains(&scaled) {
                return None;
            }
            let mantissa = (scaled + 0.5_f64.copysign(scaled)) as i64;
            if mantissa as f64 / factor == number {
                return Some(Self::new(mantissa, scale));
            }
            factor *= 10.0;
        }
        None
    }

    /// The nearest JavaScript number: two exact numbers divided are rounded
    /// once.
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 / 10_i64.pow(self.scale.into()) as f64
    }

    /// Whether the number lies on a step from a base.
    pub fn is_step(self, base: Self, step: Self) -> bool {
        let scale = self.scale.max(base.scale).max(step.scale);
        let step = step.scaled(scale);
        step == 0 || (self.scaled(scale) - base.scaled(scale)) % step == 0
    }

    fn scaled(self, scale: u8) -> i64 {
        self.mantissa * 10_i64.pow(u32::from(scale - self.scale))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.scaled(scale).cmp(&other.scaled(scale))
    }
}

impl Decimal {
    /// As JSON writes it: `-12.5`.
    pub fn to_text(self) -> String {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs().to_string();
        let scale = usize::from(self.scale);
        let zeros = (scale + 1).saturating_sub(digits.len());
        let digits = ["0".repeat(zeros), digits].concat();
        let (whole, fraction) = digits
            .split_at_checked(digits.len() - scale)
            .unwrap_or_default();
        let point = if scale > 0 { "." } else { "" };
        [sign, whole, point, fraction].concat()
    }
}

impl core::fmt::Display for Decimal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.to_text())
    }
}

/// The value of a decimal digit: ASCII, full-width, Arabic-Indic, Persian or
/// Devanagari.
pub fn ascii_digit(c: char) -> Option<u8> {
    let zeros = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];
    zeros.iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(*zero))?;
        u8::try_from(value).ok().filter(|value| *value < 10)
    })
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (typed, read) in [
            ("7", "7"),
            (" 1 000 ", "1000"),
            ("-0.50", "-0.5"),
            ("2,5", "2.5"),
            ("0,125", "0.125"),
            ("٣٫٥", "3.5"),
            ("12", "12"),
            ("0", "0"),
            (".5", "0.5"),
            ("1\u{200b} 000", "1000"),
        ] {
            assert_eq!(
                Decimal::parse(typed).map(|it| it.to_string()).as_deref(),
                Some(read),
                "{typed}"
            );
        }
        for typed in [
            "",
            "-",
            "1.",
            "1,000",
            "1.2.3",
            "1e5",
            "0x10",
            "ten",
            "1 - 2",
            "1234567890123",
            "0.1234567",
        ] {
            assert_eq!(Decimal::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn steps_are_exact() {
        let of = |text| Decimal::parse(text).unwrap();
        assert!(of("0.3").is_step(of("0"), of("0.1")));
        assert!(!of("0.35").is_step(of("0"), of("0.1")));
        assert_eq!(Decimal::from_f64(0.1), Decimal::parse("0.1"));
        assert_eq!(Decimal::from_f64(f64::NAN), None);
        assert!(of("-2") < of("1.5"));
        assert_eq!(of("2.5").to_f64(), 2.5);
    }
}
