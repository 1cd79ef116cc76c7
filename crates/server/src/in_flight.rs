//! Requests with an `Idempotency-Key` that are being answered.
//!
//! Whoever sends one again meanwhile hears so, instead of waiting for the
//! database behind the first. That only one of them is done is the store's
//! work, for other processes too.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The keys of the requests that are being answered, each with its user.
#[derive(Clone, Debug, Default)]
pub struct InFlight(Arc<Mutex<HashSet<(String, String)>>>);

/// A request that is being answered, until this is dropped.
#[derive(Debug)]
pub struct Flight {
    of: InFlight,
    entry: (String, String),
}

impl InFlight {
    /// Takes note of a request. `None` if the same is being answered.
    pub fn begin(&self, user: &str, key: &str) -> Option<Flight> {
        let entry = (user.to_owned(), key.to_owned());
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert(entry.clone()).then(|| Flight {
            of: self.clone(),
            entry,
        })
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let mut entries = self.of.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.remove(&self.entry);
    }
}

#[cfg(test)]
mod tests {
    use super::InFlight;

    #[test]
    fn one_at_a_time_for_each_user_and_key() {
        let flights = InFlight::default();
        let first = flights.begin("ada", "1");
        assert!(first.is_some());
        assert!(flights.begin("ada", "1").is_none());
        assert!(flights.begin("ada", "2").is_some() && flights.begin("bob", "1").is_some());
        drop(first);
        assert!(flights.begin("ada", "1").is_some());
    }
}
