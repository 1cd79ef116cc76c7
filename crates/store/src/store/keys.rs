//! Signing keys.

use super::Store;
use crate::sql::{Row, query};
use crate::{SigningKey, StoreError};

impl Store {
    /// All signing keys, the newest first.
    pub async fn signing_keys(&self) -> Result<Vec<SigningKey>, StoreError> {
        query("SELECT * FROM signing_keys ORDER BY created_at DESC, kid")
            .all(&self.pool)
            .await?
            .iter()
            .map(read)
            .collect()
    }

    /// Keeps a first key, unless another process was faster.
    pub async fn add_first_signing_key(&self, key: &SigningKey) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        transaction.lock("signing keys").await?;
        query(
            "INSERT INTO signing_keys (kid, pkcs8, created_at)
             SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT 1 FROM signing_keys)",
        )
        .bind(&key.kid)
        .bind(&key.pkcs8)
        .bind(key.created_at)
        .execute(&mut transaction)
        .await?;
        transaction.commit().await
    }
}

fn read(row: &Row) -> Result<SigningKey, StoreError> {
    Ok(SigningKey {
        kid: row.get("kid")?,
        pkcs8: row.get("pkcs8")?,
        created_at: row.get("created_at")?,
    })
}
