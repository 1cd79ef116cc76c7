//! The one place that asks what time it is.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use latchlet_store::UnixMillis;

/// Now.
pub fn now() -> UnixMillis {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    UnixMillis::try_from(since.as_millis()).unwrap_or(UnixMillis::MAX)
}

/// A time as profiles tell it: ISO 8601 with milliseconds, UTC.
pub fn iso(at: UnixMillis) -> String {
    let since = Duration::from_millis(at.try_into().unwrap_or(0));
    humantime::format_rfc3339_millis(UNIX_EPOCH + since).to_string()
}
