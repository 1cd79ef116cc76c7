//! How long a signing key signs.

use latchlet_core::config::{Code, Reader};
use latchlet_store::UnixMillis;

use crate::auth::ANNOUNCED;

const NAME: &str = "signing_key_rotation";
/// 90 days, in seconds.
const DEFAULT: u32 = 7_776_000;
/// Ten years.
const MAX: u32 = 315_360_000;

/// How many milliseconds a key signs until the next one does. `None`: until
/// somebody says so.
pub fn read_key_rotation(options: &mut Reader<'_>) -> Option<UnixMillis> {
    let seconds = options.whole_number(NAME, MAX).unwrap_or(DEFAULT);
    let every = UnixMillis::from(seconds) * 1000;
    if (1..ANNOUNCED).contains(&every) {
        let message = "a key is published for a day before it signs: give 86400 seconds at least, \
                       or 0 for no rotation but by `latchlet keys rotate`";
        options.problem(NAME, Code::InvalidValue, message);
    }
    (every > 0).then_some(every)
}
