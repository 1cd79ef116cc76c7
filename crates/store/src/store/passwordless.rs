//! One-time codes and magic links.

use super::Store;
use crate::sql::{Row, query};
use crate::{Addressee, Digest, MagicLink, OneTimeCode, StoreError, UnixMillis};

impl Store {
    /// Keeps a code. One that was sent to the same person before is void.
    pub async fn add_one_time_code(&self, code: &OneTimeCode) -> Result<(), StoreError> {
        query(
            "INSERT INTO one_time_codes
                 (connection, recipient, client_id, code_hash, attempts, expires_at)
             VALUES ($1, $2, $3, $4, 0, $5)
             ON CONFLICT (connection, recipient, client_id) DO UPDATE
             SET code_hash = excluded.code_hash, attempts = 0, expires_at = excluded.expires_at",
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
        let row = query(
            "UPDATE one_time_codes SET attempts = attempts + 1
             WHERE connection = $1 AND recipient = $2 AND client_id = $3
                 AND attempts < $4 AND expires_at > $5
             RETURNING code_hash",
        )
        .bind(&to.connection)
        .bind(&to.recipient)
        .bind(&to.client_id)
        .bind(max_attempts)
        .bind(now)
        .optional(&self.pool)
        .await?;
        row.map(|row| row.get("code_hash")).transpose()
    }

    /// Uses a code up. Of any number who do so at once, one hears `true`.
    pub async fn use_one_time_code(
        &self,
        to: &Addressee,
        code_hash: &str,
    ) -> Result<bool, StoreError> {
        let deleted = query(
            "DELETE FROM one_time_codes
             WHERE connection = $1 AND recipient = $2 AND client_id = $3 AND code_hash = $4",
        )
        .bind(&to.connection)
        .bind(&to.recipient)
        .bind(&to.client_id)
        .bind(code_hash)
        .execute(&self.pool)
        .await?;
        Ok(deleted == 1)
    }

    /// Keeps a link until it is taken. Those that were sent to the same person
    /// before are void.
    pub async fn add_magic_link(&self, link: &MagicLink) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        query(
            "DELETE FROM magic_links WHERE connection = $1 AND recipient = $2 AND client_id = $3",
        )
        .bind(&link.addressee.connection)
        .bind(&link.addressee.recipient)
        .bind(&link.addressee.client_id)
        .execute(&mut transaction)
        .await?;
        query(
            "INSERT INTO magic_links
                 (ticket, connection, recipient, client_id, parameters, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&link.ticket)
        .bind(&link.addressee.connection)
        .bind(&link.addressee.recipient)
        .bind(&link.addressee.client_id)
        .bind(serde_json::to_string(&link.parameters)?)
        .bind(link.expires_at)
        .execute(&mut transaction)
        .await?;
        transaction.commit().await
    }

    /// The link of a ticket, if it is still good.
    pub async fn magic_link(
        &self,
        ticket: &Digest,
        now: UnixMillis,
    ) -> Result<Option<MagicLink>, StoreError> {
        query("SELECT * FROM magic_links WHERE ticket = $1 AND expires_at > $2")
            .bind(ticket)
            .bind(now)
            .optional(&self.pool)
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
        let row = query("DELETE FROM magic_links WHERE ticket = $1 RETURNING *")
            .bind(ticket)
            .optional(&self.pool)
            .await?;
        let found = row.map(|row| read(*ticket, &row)).transpose()?;
        Ok(found.filter(|link| link.expires_at > now))
    }
}

fn read(ticket: Digest, row: &Row) -> Result<MagicLink, StoreError> {
    Ok(MagicLink {
        ticket,
        addressee: Addressee {
            connection: row.get("connection")?,
            recipient: row.get("recipient")?,
            client_id: row.get("client_id")?,
        },
        parameters: row.get("parameters")?,
        expires_at: row.get("expires_at")?,
    })
}
