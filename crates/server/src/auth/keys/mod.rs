//! The RSA keys that tokens are signed with.
//!
//! They live in the database, so that every process has the same ones and
//! tokens stay good over a restart. A process keeps what it has read, and reads
//! again now and then, and where a token names a key that it does not know.

mod make;
mod rotation;
mod set;

use std::sync::{Arc, PoisonError, RwLock};

use latchlet_store::{Store, UnixMillis};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use rotation::{
    ANNOUNCED, KeyState, NotRotated, revoke_signing_keys, rotate_signing_keys, signing_key_states,
};

use crate::fault::Fault;
use set::KeySet;

/// The keys that tokens are signed with.
pub struct Keys {
    store: Store,
    set: RwLock<Arc<KeySet>>,
}

impl Keys {
    /// Reads the keys from the store, and makes the first one.
    pub async fn open(store: Store, now: UnixMillis) -> Result<Self, Fault> {
        if store.signing_keys().await?.is_empty() {
            let first = make::key(now, Some(now)).await?;
            // If another process was faster, its key is the first.
            store.replace_signing_keys(&[], &[first]).await?;
        }
        let set = KeySet::of(store.signing_keys().await?)?;
        Ok(Self {
            set: RwLock::new(Arc::new(set)),
            store,
        })
    }

    /// Lets the keys take turns, if `every` so many milliseconds are over, and
    /// reads what other processes have made of them.
    pub async fn keep(&self, every: Option<UnixMillis>, now: UnixMillis) -> Result<(), Fault> {
        rotation::keep(&self.store, every, now).await?;
        self.reload().await
    }

    /// The set for `/.well-known/jwks.json`.
    pub fn published(&self) -> Value {
        self.set().published()
    }

    /// A signed token (RS256).
    pub fn sign(&self, claims: &impl Serialize) -> Result<String, Fault> {
        self.set().sign(claims)
    }

    /// The claims of a token that one of our keys has signed for us: RS256
    /// alone, and with the claims that are named. How old it may be and who it
    /// is for are the caller's questions.
    ///
    /// A key that is not known is looked for in the store, where another process
    /// may have put it; that costs what a code costs that somebody makes up.
    pub async fn verified<T: DeserializeOwned>(
        &self,
        token: &str,
        issuer: &str,
        claims: &[&str],
    ) -> Option<T> {
        if !self.set().knows_key_of(token)?
            && let Err(fault) = self.reload().await
        {
            tracing::warn!("the signing keys were not read again: {fault}");
        }
        self.set().verified(token, issuer, claims)
    }

    async fn reload(&self) -> Result<(), Fault> {
        let stored = self.store.signing_keys().await?;
        if !self.set().is_of(&stored) {
            let set = Arc::new(KeySet::of(stored)?);
            *self.set.write().unwrap_or_else(PoisonError::into_inner) = set;
        }
        Ok(())
    }

    fn set(&self) -> Arc<KeySet> {
        Arc::clone(&self.set.read().unwrap_or_else(PoisonError::into_inner))
    }
}
