//! One-time codes and magic links.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::Store;
use crate::{Addressee, Digest, MagicLink, OneTimeCode, StoreError, UnixMillis};

impl Store {
    /// Keeps a code. One that was sent to the same person before is void.
    pub async fn add_one_time_code(&self, code: &OneTimeCode) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT OR REPLACE INTO one_time_codes
                 (connection, recipient, client_id, code_hash, attempts, expires_at)
             VALUES (?, ?, ?, ?, 0, ?)",
        )
        .bind(&code.addressee.connection)
        .bind(&code.addressee.recipient)
        .bind(&code.addressee.client_id)
        .bind(&code.code_hash)
        .bind(code.expires_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The hash of the code that somebody may try, if there is one that is not
    /// too old and was not tried too often. Counts the attempt.
    pub async fn try_one_time_code(
        &self,
        to: &Addressee,
        max_attempts: u32,
        now: UnixMillis,
    ) -> Result<Option<String>, StoreError> {
        let row = sqlx::query(
            "UPDATE one_time_codes SET attempts = attempts + 1
             WHERE connection = ? AND recipient = ? AND client_id = ?
                 AND attempts < ? AND expires_at > ?
             RETURNING code_hash",
        )
        .bind(&to.connection)
        .bind(&to.recipient)
        .bind(&to.client_id)
        .bind(max_attempts)
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|row| row.try_get("code_hash")).transpose()?)
    }

    /// Uses a code up. Of any number who do so at once, one hears `true`.
    pub async fn use_one_time_code(
        &self,
        to: &Addressee,
        code_hash: &str,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "DELETE FROM one_time_codes
             WHERE connection = ? AND recipient = ? AND client_id = ? AND code_hash = ?",
        )
        .bind(&to.connection)
        .bind(&to.recipient)
        .bind(&to.client_id)
        .bind(code_hash)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Keeps a link until it is taken. Those that were sent to the same person
    /// before are void.
    pub async fn add_magic_link(&self, link: &MagicLink) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "DELETE FROM magic_links WHERE connection = ? AND recipient = ? AND client_id = ?",
        )
        .bind(&link.addressee.connection)
        .bind(&link.addressee.recipient)
        .bind(&link.addressee.client_id)
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "INSERT INTO magic_links
                 (ticket, connection, recipient, client_id, parameters, expires_at)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(link.ticket.as_slice())
        .bind(&link.addressee.connection)
        .bind(&link.addressee.recipient)
        .bind(&link.addressee.client_id)
        .bind(serde_json::to_string(&link.parameters)?)
        .bind(link.expires_at)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The link of a ticket, if it is still good.
    pub async fn magic_link(
        &self,
        ticket: &Digest,
        now: UnixMillis,
    ) -> Result<Option<MagicLink>, StoreError> {
        sqlx::query("SELECT * FROM magic_links WHERE ticket = ? AND expires_at > ?")
            .bind(ticket.as_slice())
            .bind(now)
            .fetch_optional(&self.pool)
            .await?
            .map(|row| read(*ticket, &row))
            .transpose()
    }

    /// Takes a link: it is gone afterwards, whether it was still good or not.
    pub async fn take_magic_link(
        &self,
        ticket: &Digest,
        now: UnixMillis,
    ) -> Result<Option<MagicLink>, StoreError> {
        let row = sqlx::query("DELETE FROM magic_links WHERE ticket = ? RETURNING *")
            .bind(ticket.as_slice())
            .fetch_optional(&self.pool)
            .await?;
        let found = row.map(|row| read(*ticket, &row)).transpose()?;
        Ok(found.filter(|link| link.expires_at > now))
    }
}

fn read(ticket: Digest, row: &SqliteRow) -> Result<MagicLink, StoreError> {
    Ok(MagicLink {
        ticket,
        addressee: Addressee {
            connection: row.try_get("connection")?,
            recipient: row.try_get("recipient")?,
            client_id: row.try_get("client_id")?,
        },
        parameters: serde_json::from_str(row.try_get("parameters")?)?,
        expires_at: row.try_get("expires_at")?,
    })
}
