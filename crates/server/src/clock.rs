//! The one place that asks what time it is.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use latchlet_store::UnixMillis;

/// The clock of a server. With `serve --dev` it can be put forward, so that
/// what takes days can be looked at in a minute.
#[derive(Debug, Default)]
pub struct Clock {
    /// By how many milliseconds it is ahead.
    ahead: AtomicI64,
}

/// How far a clock can be put forward: a hundred years, in milliseconds.
const FURTHEST: i64 = 100 * 366 * 86_400_000;

impl Clock {
    /// Now.
    pub fn now(&self) -> UnixMillis {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let now = UnixMillis::try_from(since.as_millis()).unwrap_or(UnixMillis::MAX);
        now.saturating_add(self.ahead())
    }

    /// By how many milliseconds it is ahead.
    pub fn ahead(&self) -> i64 {
        self.ahead.load(Ordering::Relaxed)
    }

    /// Puts it forward. `None`, and nothing changes, where that would be too
    /// far.
    pub fn advance(&self, seconds: i64) -> Option<()> {
        let by = seconds.checked_mul(1000).filter(|by| *by >= 0)?;
        let further = |ahead: i64| ahead.checked_add(by).filter(|it| *it <= FURTHEST);
        self.ahead
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, further)
            .ok()?;
        Some(())
    }
}

/// A time as profiles tell it: ISO 8601 with milliseconds, UTC.
pub fn iso(at: UnixMillis) -> String {
    let since = Duration::from_millis(at.try_into().unwrap_or(0));
    humantime::format_rfc3339_millis(UNIX_EPOCH + since).to_string()
}
