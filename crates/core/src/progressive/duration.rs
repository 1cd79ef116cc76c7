//! Lengths of time as a config writes them.

use super::policy::{DAY, Seconds};

/// The longest length of time: ten years.
const LONGEST: Seconds = 3_650 * DAY;

/// Reads a whole number of hours, days or weeks: `36h`, `7d`, `2w`.
pub fn duration(text: &str) -> Option<Seconds> {
    let unit = match text.as_bytes().last()? {
        b'h' => 3_600,
        b'd' => DAY,
        b'w' => 7 * DAY,
        _ => return None,
    };
    let number = text.get(..text.len() - 1)?;
    let is_whole = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let number: Seconds = number.parse().ok().filter(|_| is_whole)?;
    let length = number.checked_mul(unit)?;
    (length <= LONGEST).then_some(length)
}
