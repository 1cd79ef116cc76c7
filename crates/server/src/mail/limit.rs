//! How often one person can be sent something, whoever asks for it, and
//! whichever process does it: without a limit, a stranger could fill a mailbox,
//! or try one code after the other.

use latchlet_store::{Store, UnixMillis};
use latchlet_wire::ApiError;

use crate::fault::Fault;
use crate::limits;

/// So many letters…
const MOST: u32 = 5;
/// …in so many milliseconds, which begin with the first.
const WINDOW: UnixMillis = 15 * 60 * 1000;

/// Counts a letter to somebody, and refuses it if there were too many. The same
/// holds for people who are not known here.
pub async fn count_letter(store: &Store, to: &str, now: UnixMillis) -> Result<(), ApiError> {
    let key = ["letters:", to].concat();
    let counted = store.count(&key, WINDOW, MOST, now).await;
    let left = counted.map_err(Fault::from)?;
    match left.allowed {
        true => Ok(()),
        false => Err(limits::too_many(
            left,
            now,
            "This person was sent too much in a short time. Try again in a quarter of an hour.",
        )),
    }
}
