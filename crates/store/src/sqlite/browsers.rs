//! The sessions of browsers.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::Store;
use crate::{BrowserSession, Digest, StoreError, UnixMillis};

impl Store {
    /// Begins a session in a browser, in the place of the one it had.
    pub async fn begin_browser_session(
        &self,
        session: &BrowserSession,
        before: Option<&Digest>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        if let Some(before) = before {
            sqlx::query("DELETE FROM browser_sessions WHERE id = ?")
                .bind(before.as_slice())
                .execute(&mut *transaction)
                .await?;
        }
        sqlx::query(
            "INSERT INTO browser_sessions (id, user_id, signed_in_at, idle_end, expires_at)
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(session.id.as_slice())
        .bind(&session.user_id)
        .bind(session.signed_in_at)
        .bind(session.idle_end)
        .bind(session.expires_at)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The session of a browser, if it lives. It is in use, and so lives until
    /// `idle_end` at least, but never longer than it may.
    pub async fn use_browser_session(
        &self,
        id: &Digest,
        idle_end: UnixMillis,
        now: UnixMillis,
    ) -> Result<Option<BrowserSession>, StoreError> {
        sqlx::query(
            "UPDATE browser_sessions SET idle_end = min(?2, expires_at)
             WHERE id = ?1 AND idle_end > ?3 AND expires_at > ?3 RETURNING *",
        )
        .bind(id.as_slice())
        .bind(idle_end)
        .bind(now)
        .fetch_optional(&self.pool)
        .await?
        .map(|row| read(*id, &row))
        .transpose()
    }

    /// Ends the session of a browser.
    pub async fn end_browser_session(&self, id: &Digest) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM browser_sessions WHERE id = ?")
            .bind(id.as_slice())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

fn read(id: Digest, row: &SqliteRow) -> Result<BrowserSession, StoreError> {
    Ok(BrowserSession {
        id,
        user_id: row.try_get("user_id")?,
        signed_in_at: row.try_get("signed_in_at")?,
        idle_end: row.try_get("idle_end")?,
        expires_at: row.try_get("expires_at")?,
    })
}
