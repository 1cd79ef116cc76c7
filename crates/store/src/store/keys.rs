//! Signing keys.

use super::Store;
use crate::sql::{On, Row, query};
use crate::{SigningKey, StoreError};

impl Store {
    /// All signing keys, the oldest first.
    pub async fn signing_keys(&self) -> Result<Vec<SigningKey>, StoreError> {
        read_all(&self.pool).await
    }

    /// Puts these keys in the place of those that the caller has seen. If they
    /// are others by now, another process was faster: nothing changes, and the
    /// reply is `false`.
    pub async fn replace_signing_keys(
        &self,
        seen: &[SigningKey],
        keys: &[SigningKey],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        transaction.lock("signing keys").await?;
        if read_all(&mut transaction).await? != seen {
            return Ok(false);
        }
        query("DELETE FROM signing_keys")
            .execute(&mut transaction)
            .await?;
        for key in keys {
            query(
                "INSERT INTO signing_keys (kid, pkcs8, certificate, created_at, signs_from)
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(&key.kid)
            .bind(&key.pkcs8)
            .bind(&key.certificate)
            .bind(key.created_at)
            .bind(key.signs_from)
            .execute(&mut transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(true)
    }
}

async fn read_all<'a>(on: impl Into<On<'a>>) -> Result<Vec<SigningKey>, StoreError> {
    query("SELECT * FROM signing_keys ORDER BY created_at, kid")
        .all(on)
        .await?
        .iter()
        .map(read)
        .collect()
}

fn read(row: &Row) -> Result<SigningKey, StoreError> {
    Ok(SigningKey {
        kid: row.get("kid")?,
        pkcs8: row.get("pkcs8")?,
        certificate: row.get("certificate")?,
        created_at: row.get("created_at")?,
        signs_from: row.get("signs_from")?,
    })
}
