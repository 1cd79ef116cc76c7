//! The one canonical form of a telephone number.

use crate::decimal::ascii_digit;
use crate::email::is_noise;

/// The digits of the shortest number that anybody can be called at.
const MIN_DIGITS: usize = 4;
/// The most digits of an international number (ITU-T E.164).
const MAX_DIGITS: usize = 15;

/// The canonical form: digits, after a `+` where the number is international.
///
/// Spaces, brackets, dots, dashes and slashes are dropped, `00` at the start
/// is `+`, and digits of other scripts become ASCII. `None` if there is
/// anything else in it, or too few or too many digits. A number without a
/// country code stays without one: which country is meant is not ours to guess.
pub fn canonical(typed: &str) -> Option<String> {
    let mut number = String::new();
    for c in typed.trim_matches(is_noise).chars() {
        match (c, ascii_digit(c)) {
            (_, Some(digit)) => number.push(char::from(b'0' + digit)),
            ('+' | '＋', _) if number.is_empty() => number.push('+'),
            ('(' | ')' | '.' | '-' | '/' | '\u{2010}'..='\u{2013}', _) => {}
            (c, _) if is_noise(c) => {}
            _ => return None,
        }
    }
    if let Some(rest) = number.strip_prefix("00") {
        number = ["+", rest].concat();
    }
    let digits = number.len() - usize::from(number.starts_with('+'));
    (MIN_DIGITS..=MAX_DIGITS)
        .contains(&digits)
        .then_some(number)
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn what_people_write_between_the_digits_is_no_error() {
        for typed in [
            "+49 30 901820",
            "0049/30-901820",
            "(+49) 30.90 18 20",
            "+٤٩ ٣٠ ٩٠١٨٢٠",
            "\u{200e}+49 30 901820",
        ] {
            assert_eq!(canonical(typed).as_deref(), Some("+4930901820"), "{typed}");
        }
        assert_eq!(canonical("030 901820").as_deref(), Some("030901820"));
    }

    #[test]
    fn what_cannot_be_called_is_refused() {
        for typed in [
            "",
            "123",
            "call me",
            "+49 30 x",
            "12345678901234567",
            "49+30",
        ] {
            assert_eq!(canonical(typed), None, "{typed}");
        }
    }
}
