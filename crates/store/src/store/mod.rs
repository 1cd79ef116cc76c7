//! The boundary, one file a subject. What differs between databases is not
//! here but in `sql`.

mod browsers;
mod changes;
mod consents;
#[cfg(feature = "testing")]
mod copies;
mod email_verifications;
mod identities;
mod keys;
mod limits;
mod passwordless;
mod passwords;
mod personal_data;
mod sessions;
mod tickets;
mod upstream;
mod users;

#[cfg(feature = "testing")]
pub use copies::copy_name;

use crate::sql::{self, Pool, query};
use crate::{StoreError, UnixMillis};

/// What the auth backend remembers.
#[derive(Clone, Debug)]
pub struct Store {
    pool: Pool,
}

impl Store {
    /// Opens the database at an address such as `sqlite:latchlet.db` or
    /// `postgres://user@host/database`, and brings its tables up to date. The
    /// file of SQLite is made if there is none.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        match Pool::open(url).await {
            Ok(pool) => Ok(Self { pool }),
            Err(reason) => Err(StoreError::CannotOpen {
                url: sql::without_password(url),
                reason,
            }),
        }
    }

    /// Opens a database as [`Store::open`] does, but makes no file: who asks
    /// for what is in it has mistyped its name.
    pub async fn open_existing(url: &str) -> Result<Self, StoreError> {
        match sql::is_there(url) {
            true => Self::open(url).await,
            false => Err(StoreError::CannotOpen {
                url: sql::without_password(url),
                reason: "there is no such file".to_owned(),
            }),
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Forgets tickets, codes, links, replies, counts and sessions whose time
    /// is over, with all that was issued for them.
    pub async fn forget_expired(&self, now: UnixMillis) -> Result<(), StoreError> {
        // Each by itself, so that nobody waits for one table because of another.
        for statement in [
            "DELETE FROM login_tickets WHERE expires_at <= $1",
            "DELETE FROM reset_tickets WHERE expires_at <= $1",
            "DELETE FROM email_verifications WHERE expires_at <= $1",
            "DELETE FROM one_time_codes WHERE expires_at <= $1",
            "DELETE FROM magic_links WHERE expires_at <= $1",
            "DELETE FROM upstream_logins WHERE expires_at <= $1",
            "DELETE FROM browser_sessions WHERE idle_end <= $1 OR expires_at <= $1",
            "DELETE FROM submissions WHERE expires_at <= $1",
            "DELETE FROM limits WHERE ends_at <= $1",
            "DELETE FROM sessions WHERE expires_at <= $1",
        ] {
            query(statement).bind(now).execute(&self.pool).await?;
        }
        Ok(())
    }

    /// Ends all connections, after what they are doing.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
