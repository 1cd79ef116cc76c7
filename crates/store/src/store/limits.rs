//! How often something was done lately, whichever process did it.

use sha2::{Digest as _, Sha256};

use super::Store;
use crate::sql::query;
use crate::{Allowance, Digest, StoreError, Taken, UnixMillis};

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
        let taken = self.take(key, 1, window, most, now).await?;
        Ok(Allowance {
            allowed: taken.number == 1,
            remaining: taken.remaining,
            reset_at: taken.reset_at,
        })
    }

    /// Counts so many at once, or as many as are allowed.
    pub async fn take(
        &self,
        key: &str,
        number: u32,
        window: UnixMillis,
        most: u32,
        now: UnixMillis,
    ) -> Result<Taken, StoreError> {
        let left = self.allowance(key, most, now).await?;
        if !left.allowed {
            return Ok(Taken {
                number: 0,
                remaining: 0,
                reset_at: left.reset_at,
            });
        }
        // More than the limit by `number` says that others were faster.
        let row = query(
            "INSERT INTO limits (key, used, ends_at) VALUES ($1, $5, $3)
             ON CONFLICT (key) DO UPDATE SET
                 used = CASE WHEN limits.ends_at <= $2 THEN $5
                     WHEN limits.used >= $4 THEN $4 + $5
                     ELSE limits.used + $5 END,
                 ends_at = CASE WHEN limits.ends_at <= $2 THEN $3 ELSE limits.ends_at END
             RETURNING used, ends_at",
        )
        .bind(&digest(key))
        .bind(now)
        .bind(now.saturating_add(window))
        .bind(most)
        .bind(number)
        .one(&self.pool)
        .await?;
        let used: u32 = row.get("used")?;
        Ok(Taken {
            number: most.saturating_sub(used.saturating_sub(number)).min(number),
            remaining: most.saturating_sub(used),
            reset_at: row.get("ends_at")?,
        })
    }

    /// What is left of a limit, without counting.
    pub async fn allowance(
        &self,
        key: &str,
        most: u32,
        now: UnixMillis,
    ) -> Result<Allowance, StoreError> {
        let row = query("SELECT used, ends_at FROM limits WHERE key = $1 AND ends_at > $2")
            .bind(&digest(key))
            .bind(now)
            .optional(&self.pool)
            .await?;
        let (used, reset_at) = match row {
            Some(row) => (row.get::<u32>("used")?, row.get("ends_at")?),
            None => (0, now),
        };
        Ok(Allowance {
            allowed: used < most,
            remaining: most.saturating_sub(used),
            reset_at,
        })
    }

    /// Begins counting anew.
    pub async fn forget_count(&self, key: &str) -> Result<(), StoreError> {
        let forget = query("DELETE FROM limits WHERE key = $1").bind(&digest(key));
        forget.execute(&self.pool).await.map(drop)
    }
}

fn digest(key: &str) -> Digest {
    Sha256::digest(key.as_bytes()).into()
}
