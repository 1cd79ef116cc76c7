//! The store on SQLite, in one file beside the server.
//!
//! Writers begin their transaction as writers (`BEGIN IMMEDIATE`): one that
//! turned into a writer halfway would be refused when another was faster.

mod browsers;
mod changes;
mod consents;
mod keys;
mod open;
mod passwordless;
mod passwords;
mod sessions;
mod tickets;
mod users;

use sqlx::sqlite::SqlitePool;
use sqlx::{Sqlite, Transaction};

use crate::{StoreError, UnixMillis};

/// What the auth backend remembers.
#[derive(Clone, Debug)]
pub struct Store {
    pool: SqlitePool,
}

impl Store {
    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Forgets tickets, codes, links, replies and sessions whose time is over,
    /// with all that was issued for them.
    pub async fn forget_expired(&self, now: UnixMillis) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        for statement in [
            "DELETE FROM login_tickets WHERE expires_at <= ?",
            "DELETE FROM reset_tickets WHERE expires_at <= ?",
            "DELETE FROM one_time_codes WHERE expires_at <= ?",
            "DELETE FROM magic_links WHERE expires_at <= ?",
            "DELETE FROM browser_sessions WHERE min(idle_end, expires_at) <= ?",
            "DELETE FROM submissions WHERE expires_at <= ?",
            "DELETE FROM sessions WHERE expires_at <= ?",
        ] {
            sqlx::query(statement)
                .bind(now)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Ends all connections, after what they are doing.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }
}
