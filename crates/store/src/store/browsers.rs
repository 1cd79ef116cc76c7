//! The sessions of browsers.

use super::Store;
use crate::sql::{Row, query};
use crate::{BrowserSession, Digest, StoreError, UnixMillis};

impl Store {
    /// Begins a session in a browser, in the place of the one it had.
    pub async fn begin_browser_session(
        &self,
        session: &BrowserSession,
        before: Option<&Digest>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        if let Some(before) = before {
            query("DELETE FROM browser_sessions WHERE id = $1")
                .bind(before)
                .execute(&mut transaction)
                .await?;
        }
        query(
            "INSERT INTO browser_sessions (id, user_id, signed_in_at, idle_end, expires_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&session.id)
        .bind(&session.user_id)
        .bind(session.signed_in_at)
        .bind(session.idle_end)
        .bind(session.expires_at)
        .execute(&mut transaction)
        .await?;
        transaction.commit().await
    }

    /// The session of a browser, if it lives. It is in use, and so lives until
    /// `idle_end` at least, but never longer than it may.
    pub async fn use_browser_session(
        &self,
        id: &Digest,
        idle_end: UnixMillis,
        now: UnixMillis,
    ) -> Result<Option<BrowserSession>, StoreError> {
        query(
            "UPDATE browser_sessions SET idle_end =
                 CASE WHEN expires_at < $2 THEN expires_at ELSE $2 END
             WHERE id = $1 AND idle_end > $3 AND expires_at > $3 RETURNING *",
        )
        .bind(id)
        .bind(idle_end)
        .bind(now)
        .optional(&self.pool)
        .await?
        .map(|row| read(*id, &row))
        .transpose()
    }

    /// Ends the session of a browser.
    pub async fn end_browser_session(&self, id: &Digest) -> Result<(), StoreError> {
        query("DELETE FROM browser_sessions WHERE id = $1")
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

pub(super) fn read(id: Digest, row: &Row) -> Result<BrowserSession, StoreError> {
    Ok(BrowserSession {
        id,
        user_id: row.get("user_id")?,
        signed_in_at: row.get("signed_in_at")?,
        idle_end: row.get("idle_end")?,
        expires_at: row.get("expires_at")?,
    })
}
