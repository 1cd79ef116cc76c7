//! Many users at once, to measure with.

use super::Store;
use crate::sql::query;
use crate::{StoreError, User};

impl Store {
    /// Adds so many users like one. The database itself makes them: of number
    /// 7, [`copy_name`] of 7 is the id, and stands before the address.
    pub async fn add_copies(&self, of: &User, count: i64) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        query(
            "INSERT INTO users (id, provider, connection, email, email_verified, phone_verified,
                 password_hash, blocked, attributes, user_metadata, app_metadata, created_at,
                 updated_at, logins_count,
                 consent_subject)
             WITH RECURSIVE numbers (n) AS (
                 SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < $1
             ), copies (n, name) AS (
                 SELECT n, 'copy-' || ((n * 2654435761) % 4294967296) FROM numbers
             )
             SELECT name, $2, $3, name || '.' || $4, $5, $6, $7, $8, $9, $10, $11, n, n, 0, name
             FROM copies",
        )
        .bind(count)
        .bind(&of.provider)
        .bind(&of.connection)
        .bind(&of.email)
        .bind(of.email_verified)
        .bind(of.phone_verified)
        .bind(&of.password_hash)
        .bind(of.blocked)
        .bind(serde_json::to_string(&of.attributes)?)
        .bind(serde_json::to_string(&of.user_metadata)?)
        .bind(serde_json::to_string(&of.app_metadata)?)
        .execute(&mut transaction)
        .await?;
        transaction.commit().await?;
        // As it would be in a database that grew: the planner knows its size.
        query("ANALYZE").execute(&self.pool).await?;
        Ok(())
    }
}

/// What a copy is called. An odd factor takes each number to another one, and
/// neighbours far from each other, as random ids are.
pub fn copy_name(number: i64) -> String {
    format!("copy-{}", (number * 2_654_435_761) % 4_294_967_296)
}
