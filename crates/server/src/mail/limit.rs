//! How often one person can be sent something, whoever asks for it: without a
//! limit, a stranger could fill a mailbox, or try one code after the other.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use latchlet_store::UnixMillis;
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

/// So many letters…
const MOST: usize = 5;
/// …in so many milliseconds.
const WINDOW: UnixMillis = 15 * 60 * 1000;
/// How many people are remembered before those are looked for who need not be.
const SWEEP_AT: usize = 10_000;

/// How often one person can be sent something. It lives as long as the process.
#[derive(Default)]
pub struct Limit(Mutex<HashMap<String, Vec<UnixMillis>>>);

impl Limit {
    /// Counts a letter to somebody, and refuses it if there were too many. The
    /// same holds for people who are not known here.
    pub fn count(&self, to: &str, now: UnixMillis) -> Result<(), ApiError> {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |at: &UnixMillis| now - *at < WINDOW;
        if sent.len() >= SWEEP_AT {
            sent.retain(|_, times| times.iter().any(recent));
        }
        let times = sent.entry(to.to_owned()).or_default();
        times.retain(recent);
        if times.len() >= MOST {
            return Err(ApiError::new(
                429,
                code::TOO_MANY_REQUESTS,
                "This person was sent too much in a short time. Try again in a quarter of an hour.",
            ));
        }
        times.push(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Limit, MOST, WINDOW};

    #[test]
    fn so_many_in_a_while_and_each_for_themselves() {
        let limit = Limit::default();
        for at in 0..MOST as i64 {
            limit.count("ada@x.org", at).unwrap();
        }
        assert_eq!(
            limit.count("ada@x.org", WINDOW - 1).unwrap_err().status,
            429
        );
        limit.count("bob@x.org", WINDOW - 1).unwrap();
        limit.count("ada@x.org", WINDOW).unwrap();
        assert_eq!(limit.count("ada@x.org", WINDOW).unwrap_err().status, 429);
    }
}
