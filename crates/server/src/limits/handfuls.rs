//! What every request is counted by must not cost a write each time: a process
//! takes a handful of what a limit allows from the store, and gives of that. All
//! processes together never give more than there is; what one does not give until
//! the end of the window is lost.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use latchlet_store::{Allowance, Store, StoreError, UnixMillis};

use crate::config::Limit;

/// The part of a limit that is taken at once.
const PART: u32 = 50;
/// How many are kept before those that are over are looked for.
const SWEEP_AT: usize = 10_000;

/// What this process may still give.
#[derive(Default)]
pub struct Handfuls(Mutex<HashMap<String, Handful>>);

#[derive(Clone, Copy)]
struct Handful {
    left: u32,
    /// What is left in the store.
    elsewhere: u32,
    reset_at: UnixMillis,
}

impl Handfuls {
    /// Counts one more, if it is allowed.
    pub async fn count(
        &self,
        store: &Store,
        key: &str,
        limit: Limit,
        now: UnixMillis,
    ) -> Result<Allowance, StoreError> {
        if let Some(allowance) = self.give(key, now) {
            return Ok(allowance);
        }
        let window = UnixMillis::from(limit.seconds) * 1000;
        let number = (limit.most / PART).max(1);
        let taken = store.take(key, number, window, limit.most, now).await?;
        let mut handfuls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if handfuls.len() >= SWEEP_AT {
            handfuls.retain(|_, handful| handful.reset_at > now);
        }
        if handfuls.len() >= SWEEP_AT {
            // What is lost was taken from the store already.
            handfuls.clear();
        }
        let handful = handfuls.entry(key.to_owned()).or_insert(Handful {
            left: 0,
            elsewhere: 0,
            reset_at: taken.reset_at,
        });
        if handful.reset_at != taken.reset_at {
            handful.left = 0;
        }
        handful.left = handful.left.saturating_add(taken.number);
        handful.elsewhere = taken.remaining;
        handful.reset_at = taken.reset_at;
        Ok(handful.give())
    }

    /// Gives from the handful of a key: nothing is known where it is used up and
    /// there is more in the store.
    fn give(&self, key: &str, now: UnixMillis) -> Option<Allowance> {
        let mut handfuls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let handful = handfuls.get_mut(key).filter(|it| it.reset_at > now)?;
        (handful.left > 0 || handful.elsewhere == 0).then(|| handful.give())
    }
}

impl Handful {
    fn give(&mut self) -> Allowance {
        let allowed = self.left > 0;
        self.left = self.left.saturating_sub(1);
        Allowance {
            allowed,
            remaining: self.left.saturating_add(self.elsewhere),
            reset_at: self.reset_at,
        }
    }
}
