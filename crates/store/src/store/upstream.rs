//! Logins that go on at another provider.

use super::Store;
use crate::sql::query;
use crate::{Digest, StoreError, UnixMillis, UpstreamLogin};

impl Store {
    /// Keeps a login until it is taken.
    pub async fn add_upstream_login(&self, login: &UpstreamLogin) -> Result<(), StoreError> {
        query(
            "INSERT INTO upstream_logins (state, browser, connection, parameters, expires_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&login.state)
        .bind(&login.browser)
        .bind(&login.connection)
        .bind(serde_json::to_string(&login.parameters)?)
        .bind(login.expires_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Takes a login: it is gone afterwards, whether it could still be ended or
    /// not.
    pub async fn take_upstream_login(
        &self,
        state: &Digest,
        now: UnixMillis,
    ) -> Result<Option<UpstreamLogin>, StoreError> {
        let row = query("DELETE FROM upstream_logins WHERE state = $1 RETURNING *")
            .bind(state)
            .optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let found = UpstreamLogin {
            state: *state,
            browser: row.get("browser")?,
            connection: row.get("connection")?,
            parameters: row.get("parameters")?,
            expires_at: row.get("expires_at")?,
        };
        Ok((found.expires_at > now).then_some(found))
    }
}
