//! Signing keys.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::Store;
use crate::{SigningKey, StoreError};

impl Store {
    /// All signing keys, the newest first.
    pub async fn signing_keys(&self) -> Result<Vec<SigningKey>, StoreError> {
        sqlx::query("SELECT * FROM signing_keys ORDER BY created_at DESC, kid")
            .fetch_all(&self.pool)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// Keeps a first key, unless another process was faster.
    pub async fn add_first_signing_key(&self, key: &SigningKey) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO signing_keys (kid, pkcs8, created_at)
             SELECT ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM signing_keys)",
        )
        .bind(&key.kid)
        .bind(&key.pkcs8)
        .bind(key.created_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

fn read(row: &SqliteRow) -> Result<SigningKey, StoreError> {
    Ok(SigningKey {
        kid: row.try_get("kid")?,
        pkcs8: row.try_get("pkcs8")?,
        created_at: row.try_get("created_at")?,
    })
}
