//! Login tickets: given by `/co/authenticate`, taken by `/authorize`.

use super::Store;
use crate::sql::query;
use crate::{Digest, LoginTicket, StoreError, UnixMillis};

impl Store {
    /// Keeps a ticket until it is taken.
    pub async fn add_login_ticket(&self, ticket: &LoginTicket) -> Result<(), StoreError> {
        query(
            "INSERT INTO login_tickets (ticket, cookie, client_id, user_id, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&ticket.ticket)
        .bind(&ticket.proof)
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
        let row = query("DELETE FROM login_tickets WHERE ticket = $1 RETURNING *")
            .bind(ticket)
            .optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let found = LoginTicket {
            ticket: *ticket,
            proof: row.get("cookie")?,
            client_id: row.get("client_id")?,
            user_id: row.get("user_id")?,
            created_at: row.get("created_at")?,
            expires_at: row.get("expires_at")?,
        };
        Ok((found.expires_at > now).then_some(found))
    }
}
