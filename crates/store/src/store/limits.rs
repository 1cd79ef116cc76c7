//! How often something was done lately, whichever process did it.

use sha2::{Digest as _, Sha256};

use super::Store;
use crate::sql::{Row, query};
use crate::{Allowance, Digest, StoreError, UnixMillis};

impl Store {
    /// Counts something that may happen `most` times in `window` milliseconds,
    /// which begin with the first time. What is not allowed is not counted, so
    /// that asking again and again puts off nothing, and writes nothing.
    ///
    /// The key is kept as its SHA-256: there may be an address in it.
    pub async fn count(
        &self,
        key: &str,
        window: UnixMillis,
        most: u32,
        now: UnixMillis,
    ) -> Result<Allowance, StoreError> {
        let key: Digest = Sha256::digest(key.as_bytes()).into();
        let row = query("SELECT * FROM limits WHERE key = $1 AND ends_at > $2 AND used >= $3")
            .bind(&key)
            .bind(now)
            .bind(most)
            .optional(&self.pool)
            .await?;
        if let Some(row) = row {
            return allowance(&row, most, false);
        }
        // One more than the limit says that others were faster.
        let row = query(
            "INSERT INTO limits (key, used, ends_at) VALUES ($1, 1, $3)
             ON CONFLICT (key) DO UPDATE SET
                 used = CASE WHEN limits.ends_at <= $2 THEN 1
                     WHEN limits.used > $4 THEN limits.used
                     ELSE limits.used + 1 END,
                 ends_at = CASE WHEN limits.ends_at <= $2 THEN $3 ELSE limits.ends_at END
             RETURNING used, ends_at",
        )
        .bind(&key)
        .bind(now)
        .bind(now.saturating_add(window))
        .bind(most)
        .one(&self.pool)
        .await?;
        let used: u32 = row.get("used")?;
        allowance(&row, most, used <= most)
    }
}

fn allowance(row: &Row, most: u32, allowed: bool) -> Result<Allowance, StoreError> {
    Ok(Allowance {
        allowed,
        remaining: most.saturating_sub(row.get("used")?),
        reset_at: row.get("ends_at")?,
    })
}
