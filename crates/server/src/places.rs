//! Room for connections. When there is none left, the one that has had its place
//! longest since its last reply gives it up, so that clients who only hold theirs
//! keep nobody out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// Room for so many connections.
#[derive(Clone, Debug)]
pub struct Places {
    most: usize,
    taken: Arc<Mutex<Taken>>,
}

/// The connections, whoever is next to go first.
#[derive(Debug, Default)]
struct Taken {
    next: u64,
    by_turn: BTreeMap<u64, Arc<Notify>>,
}

/// The place of a connection, until the last clone is dropped.
#[derive(Clone, Debug)]
pub struct Place(Arc<Held>);

#[derive(Debug)]
struct Held {
    places: Places,
    turn: Mutex<u64>,
    leave: Arc<Notify>,
}

impl Places {
    /// Room for so many.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            taken: Arc::default(),
        }
    }

    /// A place; where there is none left, that of whoever is next to go.
    pub fn take(&self) -> Place {
        if self.lock().by_turn.len() >= self.most {
            self.make_room();
        }
        let leave = Arc::new(Notify::new());
        let turn = Mutex::new(self.lock().add(&leave));
        let places = self.clone();
        Place(Arc::new(Held {
            places,
            turn,
            leave,
        }))
    }

    /// Sends away whoever is next to go.
    pub fn make_room(&self) {
        if let Some((_, leave)) = self.lock().by_turn.pop_first() {
            leave.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn add(&mut self, leave: &Arc<Notify>) -> u64 {
        let turn = self.next;
        self.next += 1;
        self.by_turn.insert(turn, Arc::clone(leave));
        turn
    }
}

impl Place {
    /// Takes note of a reply: the connection is the last to go.
    pub fn replied(&self) {
        let mut turn = self.0.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = self.0.places.lock();
        if taken.by_turn.remove(&turn).is_some() {
            *turn = taken.add(&self.0.leave);
        }
    }

    /// Waits until the place has to be given up.
    pub async fn given_up(&self) {
        self.0.leave.notified().await;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let turn = *self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.places.lock().by_turn.remove(&turn);
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::{Place, Places};

    fn must_go(place: &Place) -> bool {
        let mut context = Context::from_waker(Waker::noop());
        pin!(place.given_up()).poll(&mut context) == Poll::Ready(())
    }

    #[test]
    fn the_longest_without_a_reply_makes_room() {
        let places = Places::new(2);
        let (one, two) = (places.take(), places.take());
        one.replied();
        let three = places.take();
        assert!(must_go(&two) && !must_go(&one) && !must_go(&three));
        drop(three);
        let four = places.take();
        assert!(!must_go(&one) && !must_go(&four));
    }

    #[test]
    fn who_was_sent_away_does_not_come_back_by_a_late_reply() {
        let places = Places::new(1);
        let one = places.take();
        let two = places.take();
        one.replied();
        drop(one);
        assert_eq!(places.lock().by_turn.len(), 1);
        assert!(!must_go(&two));
    }
}
