//! Links by which people show that an address is theirs.

use super::Store;
use crate::sql::{Row, query};
use crate::{Digest, EmailVerification, StoreError, UnixMillis};

impl Store {
    /// Keeps a link. Those that were sent before stay good: people find the
    /// letters in any order.
    pub async fn add_email_verification(&self, it: &EmailVerification) -> Result<(), StoreError> {
        query(
            "INSERT INTO email_verifications (ticket, user_id, email, result_url, expires_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&it.ticket)
        .bind(&it.user_id)
        .bind(&it.email)
        .bind(&it.result_url)
        .bind(it.expires_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The link of a ticket, if it is still good and the address is still that of
    /// the user.
    pub async fn email_verification(
        &self,
        ticket: &Digest,
        now: UnixMillis,
    ) -> Result<Option<EmailVerification>, StoreError> {
        query(
            "SELECT email_verifications.* FROM email_verifications
             JOIN users ON users.id = user_id AND users.email = email_verifications.email
             WHERE ticket = $1 AND expires_at > $2",
        )
        .bind(ticket)
        .bind(now)
        .optional(&self.pool)
        .await?
        .map(|row| read(*ticket, &row))
        .transpose()
    }

    /// Takes a link: if it is still good, the address is verified, and every
    /// other link for it is gone as well.
    pub async fn verify_email(
        &self,
        ticket: &Digest,
        now: UnixMillis,
    ) -> Result<Option<EmailVerification>, StoreError> {
        let mut transaction = self.pool.begin().await?;
        // The user first: whoever deletes them comes by this way, too.
        let verified = query(
            "UPDATE users SET email_verified = TRUE, updated_at = $1
             WHERE id = (
                 SELECT user_id FROM email_verifications
                 WHERE ticket = $2 AND expires_at > $1 AND email = users.email)",
        )
        .bind(now)
        .bind(ticket)
        .execute(&mut transaction)
        .await?;
        let row = query("DELETE FROM email_verifications WHERE ticket = $1 RETURNING *")
            .bind(ticket)
            .optional(&mut transaction)
            .await?;
        // Somebody else took it meanwhile, or it is worth nothing.
        let Some(row) = row.filter(|_| verified == 1) else {
            return Ok(None);
        };
        let found = read(*ticket, &row)?;
        query("DELETE FROM email_verifications WHERE user_id = $1 AND email = $2")
            .bind(&found.user_id)
            .bind(&found.email)
            .execute(&mut transaction)
            .await?;
        transaction.commit().await?;
        Ok(Some(found))
    }
}

fn read(ticket: Digest, row: &Row) -> Result<EmailVerification, StoreError> {
    Ok(EmailVerification {
        ticket,
        user_id: row.get("user_id")?,
        email: row.get("email")?,
        result_url: row.get("result_url")?,
        expires_at: row.get("expires_at")?,
    })
}
