//! Which key signs, since when, and until when it is published.
//!
//! There is always a next key in the set, long before it signs, so that clients
//! know it by then. When its turn comes, the one before it stays in the set
//! until every token that it signed is over.

use latchlet_store::{SigningKey, Store, UnixMillis};

use super::make;
use crate::auth::Lifetimes;
use crate::fault::Fault;

/// How long a key is published at least before it signs.
pub const ANNOUNCED: UnixMillis = 86_400_000;
/// How long a key is published after it has signed: as long as a token can
/// live, and an hour, because a process signs with it until it has read that it
/// should not, and clocks differ.
const PUBLISHED_AFTER: UnixMillis = Lifetimes::LONGEST * 1000 + 3_600_000;

/// Why the next key is not put in its place.
#[derive(Debug, thiserror::Error)]
pub enum NotRotated {
    /// There is no key at all.
    #[error("there is no signing key in this database: a server makes the first when it starts")]
    NoKey,
    /// Clients may not know it.
    #[error(
        "the next key is published since {0} alone, and clients may not know it before a day is \
         over. Wait until then. If the keys are in wrong hands, `--revoke` replaces all of them at \
         once"
    )]
    TooSoon(String),
    /// Something inside.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A key, as its owner wants to know it.
#[derive(Debug)]
pub struct KeyState {
    /// Its id.
    pub kid: String,
    /// When it was made.
    pub created_at: UnixMillis,
    /// Since when it signs, or signed.
    pub signs_from: Option<UnixMillis>,
    /// Since when it does not sign any more, and until when it is published.
    pub ended: Option<(UnixMillis, UnixMillis)>,
}

/// The key that signs: it began last.
pub fn current(keys: &[SigningKey]) -> Option<&SigningKey> {
    keys.iter()
        .filter(|key| key.signs_from.is_some())
        .max_by_key(|key| key.signs_from)
}

/// When the turn of a key ended: when that of the one after it began.
fn turn_end(key: &SigningKey, keys: &[SigningKey]) -> Option<UnixMillis> {
    let began = key.signs_from?;
    let begins = keys.iter().filter_map(|other| other.signs_from);
    begins.filter(|other| *other > began).min()
}

/// What there is.
pub async fn signing_key_states(store: &Store) -> Result<Vec<KeyState>, Fault> {
    let keys = store.signing_keys().await?;
    let state = |key: &SigningKey| KeyState {
        kid: key.kid.clone(),
        created_at: key.created_at,
        signs_from: key.signs_from,
        ended: turn_end(key, &keys).map(|end| (end, end.saturating_add(PUBLISHED_AFTER))),
    };
    Ok(keys.iter().map(state).collect())
}

/// Does what is due: the next key takes its turn where `every` so many
/// milliseconds are over, there is a next one, and what is over goes.
pub async fn keep(store: &Store, every: Option<UnixMillis>, now: UnixMillis) -> Result<(), Fault> {
    loop {
        let seen = store.signing_keys().await?;
        let mut keys = seen.clone();
        let is_due = |keys: &[SigningKey]| {
            let began = current(keys)?.signs_from?;
            Some(now.saturating_sub(began) >= every?)
        };
        if is_due(&keys) == Some(true) && next_age(&keys, now) >= Some(ANNOUNCED) {
            begin_next(&mut keys, now);
        }
        let all = keys.clone();
        keys.retain(|key| {
            turn_end(key, &all).is_none_or(|end| now.saturating_sub(end) < PUBLISHED_AFTER)
        });
        if keys.iter().all(|key| key.signs_from.is_some()) {
            keys.push(make::key(now, None).await?);
        }
        if keys == seen || store.replace_signing_keys(&seen, &keys).await? {
            return Ok(());
        }
    }
}

/// Lets the next key take its turn before its time.
pub async fn rotate_signing_keys(store: &Store, now: UnixMillis) -> Result<(), NotRotated> {
    loop {
        let seen = store.signing_keys().await.map_err(Fault::from)?;
        let mut keys = seen.clone();
        current(&keys).ok_or(NotRotated::NoKey)?;
        // One that a server is about to make is as young as one can be.
        let age = next_age(&keys, now).unwrap_or(0);
        if age < ANNOUNCED {
            let age = std::time::Duration::from_secs(age.max(0).unsigned_abs() / 1000);
            return Err(NotRotated::TooSoon(
                humantime::format_duration(age).to_string(),
            ));
        }
        begin_next(&mut keys, now);
        keys.push(make::key(now, None).await?);
        let replaced = store.replace_signing_keys(&seen, &keys).await;
        if replaced.map_err(Fault::from)? {
            return Ok(());
        }
    }
}

/// Replaces every key, the next one too: whoever could read one could read all
/// of them. What they signed is worth nothing from now on.
pub async fn revoke_signing_keys(store: &Store, now: UnixMillis) -> Result<(), NotRotated> {
    let keys = [
        make::key(now, Some(now)).await?,
        make::key(now, None).await?,
    ];
    loop {
        let seen = store.signing_keys().await.map_err(Fault::from)?;
        if seen.is_empty() {
            return Err(NotRotated::NoKey);
        }
        let replaced = store.replace_signing_keys(&seen, &keys).await;
        if replaced.map_err(Fault::from)? {
            return Ok(());
        }
    }
}

fn next_age(keys: &[SigningKey], now: UnixMillis) -> Option<UnixMillis> {
    let next = keys.iter().find(|key| key.signs_from.is_none())?;
    Some(now.saturating_sub(next.created_at))
}

/// After the one before it, also where clocks differ.
fn begin_next(keys: &mut [SigningKey], now: UnixMillis) {
    let after = current(keys).and_then(|key| key.signs_from);
    let from = after.map_or(now, |after| now.max(after + 1));
    if let Some(next) = keys.iter_mut().find(|key| key.signs_from.is_none()) {
        next.signs_from = Some(from);
    }
}
