//! Forgotten passwords: the tickets to replace one, and replacing it.

use super::{Store, users};
use crate::sql::{Transaction, query};
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
        let Some(user) = users::lock(&mut transaction, &user_id).await? else {
            return Ok(None);
        };
        if let Some(former) = &user.password_hash {
            keep_former(&mut transaction, &user_id, former, history, now).await?;
        }
        query(
            "UPDATE users SET password_hash = $2, email_verified = TRUE, last_password_reset = $3,
                 updated_at = $3 WHERE id = $1",
        )
        .bind(&user_id)
        .bind(password_hash)
        .bind(now)
        .execute(&mut transaction)
        .await?;
        end_sessions(&mut transaction, &user_id).await?;
        transaction.commit().await?;
        Ok(Some(user_id))
    }
}

/// Keeps a former password, and so many in all.
pub(super) async fn keep_former(
    transaction: &mut Transaction,
    user_id: &str,
    former: &str,
    history: u32,
    now: UnixMillis,
) -> Result<(), StoreError> {
    query("INSERT INTO password_history (user_id, password_hash, replaced_at) VALUES ($1, $2, $3)")
        .bind(user_id)
        .bind(former)
        .bind(now)
        .execute(&mut *transaction)
        .await?;
    query(
        "DELETE FROM password_history WHERE user_id = $1 AND id NOT IN (
             SELECT id FROM password_history WHERE user_id = $1
             ORDER BY id DESC LIMIT $2)",
    )
    .bind(user_id)
    .bind(history)
    .execute(transaction)
    .await?;
    Ok(())
}

/// Ends everything that a user is signed in to, and what could sign them in.
pub(super) async fn end_sessions(
    transaction: &mut Transaction,
    user_id: &str,
) -> Result<(), StoreError> {
    for statement in [
        "UPDATE sessions SET revoked = TRUE WHERE user_id = $1",
        "DELETE FROM browser_sessions WHERE user_id = $1",
        "DELETE FROM login_tickets WHERE user_id = $1",
        "DELETE FROM reset_tickets WHERE user_id = $1",
    ] {
        query(statement)
            .bind(user_id)
            .execute(&mut *transaction)
            .await?;
    }
    Ok(())
}
