//! The way of a change to its store: again after what may pass, never twice
//! where once is meant, and never over what another tab has stored.

use crate::browser::gate::pause;
use crate::browser::{crypto, page};

use super::{Access, Change, Pending, Refused, Store, Stored};

/// How often a change is sent again.
const MOST_RETRIES: u32 = 3;
/// The longest that anybody waits because a server says so, in seconds.
const LONGEST: u32 = 300;

/// Is told how many seconds are left until the next attempt; `None` when it is
/// made.
pub type Wait<'a> = &'a dyn Fn(Option<u32>);

/// Stores a change. What is stored then, where the store says so.
pub fn save<'a>(
    store: &'a Store,
    access: &'a Access,
    change: Change,
    wait: Wait<'a>,
) -> Pending<'a, Option<Stored>> {
    Box::pin(merge_and_persist(store, access, change, wait))
}

async fn merge_and_persist(
    store: &Store,
    access: &Access,
    mut change: Change,
    wait: Wait<'_>,
) -> Result<Option<Stored>, Refused> {
    let capabilities = store.capabilities();
    if change.ends
        && !capabilities.merges
        && capabilities.from_browser
        && let Ok(stored) = store.load(access).await
        && let Some(both) = change.missing_in(&stored)
    {
        change.history = both;
    }
    let reply = persist(store, access, &change, wait).await?;
    if capabilities.merges {
        return Ok(reply);
    }
    match reply.as_ref().and_then(|stored| change.missing_in(stored)) {
        // Somebody else wrote in between. It is another request, and what it is
        // about is stored already.
        Some(both) => {
            change.history = both;
            change.key = crypto::uuid();
            let again = persist(store, access, &change, wait).await;
            Ok(again.unwrap_or(reply))
        }
        None => Ok(reply),
    }
}

fn persist<'a>(
    store: &'a Store,
    access: &'a Access,
    change: &'a Change,
    wait: Wait<'a>,
) -> Pending<'a, Option<Stored>> {
    Box::pin(async move {
        let mut retries = 0;
        loop {
            let refused = match store.save(access, change).await {
                Ok(stored) => return Ok(stored),
                Err(refused) => refused,
            };
            // A piece is sent again with the whole.
            let again = change.ends && retries < MOST_RETRIES && refused.may_pass();
            if !again || !wait_for(&refused, retries, wait).await {
                return Err(refused);
            }
            // It may have been stored, and its answer lost.
            if matches!(refused, Refused::Silent(_))
                && !store.capabilities().idempotent
                && let Ok(stored) = store.load(access).await
                && change.is_in(&stored)
            {
                return Ok(Some(stored));
            }
            retries += 1;
        }
    })
}

/// Waits for the next attempt: as long as the server says, else longer each
/// time and never at the same time as everybody else. Whether there is one.
async fn wait_for(refused: &Refused, retries: u32, wait: Wait<'_>) -> bool {
    let Refused::Said(_, Some(seconds)) = refused else {
        let most = f64::from(1_000 << retries);
        pause((page::chance() * most) as i32).await;
        return true;
    };
    if *seconds > LONGEST {
        return false;
    }
    for left in (1..=*seconds).rev() {
        wait(Some(left));
        pause(1_000).await;
    }
    wait(None);
    true
}
