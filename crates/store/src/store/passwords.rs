//! Forgotten passwords: the tickets to replace one, and replacing it.

use super::{Store, users};
use crate::sql::query;
use crate::{Digest, StoreError, UnixMillis, User};

impl Store {
    /// Keeps a ticket with which a user may choose another password. Those
    /// they got before are void.
    pub async fn add_reset_ticket(
        &self,
        user_id: &str,
        ticket: &Digest,
        expires_at: UnixMillis,
    ) -> Result<(), StoreError> {
        query(
            "INSERT INTO reset_tickets (user_id, ticket, expires_at) VALUES ($1, $2, $3)
             ON CONFLICT (user_id) DO UPDATE
             SET ticket = excluded.ticket, expires_at = excluded.expires_at",
        )
        .bind(user_id)
        .bind(ticket)
        .bind(expires_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The user of a ticket that is still good.
    pub async fn user_by_reset_ticket(
        &self,
        ticket: &Digest,
        now: UnixMillis,
    ) -> Result<Option<User>, StoreError> {
        query(
            "SELECT users.* FROM reset_tickets JOIN users ON users.id = user_id
             WHERE ticket = $1 AND expires_at > $2",
        )
        .bind(ticket)
        .bind(now)
        .optional(&self.pool)
        .await?
        .map(|row| users::read(&row))
        .transpose()
    }

    /// The hashes of the passwords that a user had last, the newest first.
    pub async fn password_history(
        &self,
        user_id: &str,
        most: u32,
    ) -> Result<Vec<String>, StoreError> {
        query(
            "SELECT password_hash FROM password_history WHERE user_id = $1
             ORDER BY id DESC LIMIT $2",
        )
        .bind(user_id)
        .bind(most)
        .all(&self.pool)
        .await?
        .iter()
        .map(|row| row.get("password_hash"))
        .collect()
    }

    /// Takes a ticket for a new password, and returns whose it was if it was
    /// still good. Whoever may have known the old one is out afterwards: all
    /// the user's sessions, tickets and tokens end. The address is known to be
    /// theirs, since the ticket was mailed there. At most `history` of their
    /// former passwords are kept.
    pub async fn reset_password(
        &self,
        ticket: &Digest,
        password_hash: &str,
        history: u32,
        now: UnixMillis,
    ) -> Result<Option<String>, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let row = query("DELETE FROM reset_tickets WHERE ticket = $1 RETURNING *")
            .bind(ticket)
            .optional(&mut transaction)
            .await?;
        let Some(row) = row else { return Ok(None) };
        if row.get::<UnixMillis>("expires_at")? <= now {
            transaction.commit().await?;
            return Ok(None);
        }
        let user_id: String = row.get("user_id")?;
        for statement in [
            "INSERT INTO password_history (user_id, password_hash, replaced_at)
             SELECT id, password_hash, $2 FROM users WHERE id = $1 AND password_hash IS NOT NULL",
            "DELETE FROM password_history WHERE user_id = $1 AND id NOT IN (
                 SELECT id FROM password_history WHERE user_id = $1
                 ORDER BY id DESC LIMIT $3)",
            "UPDATE users SET password_hash = $4, email_verified = TRUE, last_password_reset = $2,
                 updated_at = $2 WHERE id = $1",
            "UPDATE sessions SET revoked = TRUE WHERE user_id = $1",
            "DELETE FROM browser_sessions WHERE user_id = $1",
            "DELETE FROM login_tickets WHERE user_id = $1",
        ] {
            query(statement)
                .bind(&user_id)
                .bind(now)
                .bind(history)
                .bind(password_hash)
                .execute(&mut transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(Some(user_id))
    }
}
