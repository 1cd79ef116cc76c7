//! Login tickets: given by `/co/authenticate`, taken by `/authorize`.

use sqlx::Row;

use super::Store;
use crate::{Digest, LoginTicket, StoreError, UnixMillis};

impl Store {
    /// Keeps a ticket until it is taken.
    pub async fn add_login_ticket(&self, ticket: &LoginTicket) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO login_tickets (ticket, cookie, client_id, user_id, created_at, expires_at)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(ticket.ticket.as_slice())
        .bind(ticket.cookie.as_slice())
        .bind(&ticket.client_id)
        .bind(&ticket.user_id)
        .bind(ticket.created_at)
        .bind(ticket.expires_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Takes a ticket: it is gone afterwards, whether it was still good or not.
    pub async fn take_login_ticket(
        &self,
        ticket: &Digest,
        now: UnixMillis,
    ) -> Result<Option<LoginTicket>, StoreError> {
        let row = sqlx::query("DELETE FROM login_tickets WHERE ticket = ? RETURNING *")
            .bind(ticket.as_slice())
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let found = LoginTicket {
            ticket: *ticket,
            cookie: row
                .try_get::<Vec<u8>, _>("cookie")?
                .try_into()
                .unwrap_or_default(),
            client_id: row.try_get("client_id")?,
            user_id: row.try_get("user_id")?,
            created_at: row.try_get("created_at")?,
            expires_at: row.try_get("expires_at")?,
        };
        Ok((found.expires_at > now).then_some(found))
    }
}
