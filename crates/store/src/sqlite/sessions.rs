//! Sessions, their authorization codes and their refresh tokens.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, Sqlite, Transaction};

use super::Store;
use crate::{AuthorizationCode, CodeUse, Digest, RefreshUse, Session, StoreError, UnixMillis};

impl Store {
    /// Begins a session with its authorization code. A new sign-in is counted;
    /// the session of a browser that is used again is none.
    pub async fn begin_session(
        &self,
        session: &Session,
        code: &AuthorizationCode,
        is_new: bool,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO sessions (id, user_id, client_id, scope, audience, signed_in_at, expires_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&session.id)
        .bind(&session.user_id)
        .bind(&session.client_id)
        .bind(&session.scope)
        .bind(&session.audience)
        .bind(session.signed_in_at)
        .bind(session.expires_at)
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "INSERT INTO authorization_codes (code, session_id, redirect_uri, code_challenge, nonce, expires_at)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(code.code.as_slice())
        .bind(&session.id)
        .bind(&code.redirect_uri)
        .bind(&code.code_challenge)
        .bind(&code.nonce)
        .bind(code.expires_at)
        .execute(&mut *transaction)
        .await?;
        if is_new {
            sqlx::query(
                "UPDATE users SET last_login = ?, logins_count = logins_count + 1 WHERE id = ?",
            )
            .bind(session.signed_in_at)
            .bind(&session.user_id)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Uses an authorization code up.
    pub async fn use_code(&self, code: &Digest, now: UnixMillis) -> Result<CodeUse, StoreError> {
        let mut transaction = self.write().await?;
        let row = sqlx::query(
            "SELECT sessions.*, redirect_uri, code_challenge, nonce, used,
                 authorization_codes.expires_at AS code_expires_at
             FROM authorization_codes JOIN sessions ON sessions.id = session_id WHERE code = ?",
        )
        .bind(code.as_slice())
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else {
            return Ok(CodeUse::Unknown);
        };
        let session = read(&row)?;
        if row.try_get("used")? {
            revoke(&mut transaction, &session.id).await?;
            transaction.commit().await?;
            return Ok(CodeUse::Reused);
        }
        sqlx::query("UPDATE authorization_codes SET used = 1 WHERE code = ?")
            .bind(code.as_slice())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        let found = AuthorizationCode {
            code: *code,
            redirect_uri: row.try_get("redirect_uri")?,
            code_challenge: row.try_get("code_challenge")?,
            nonce: row.try_get("nonce")?,
            expires_at: row.try_get("code_expires_at")?,
        };
        match found.expires_at > now && !row.try_get::<bool, _>("revoked")? {
            true => Ok(CodeUse::Good(Box::new((session, found)))),
            false => Ok(CodeUse::Unknown),
        }
    }

    /// Keeps the first refresh token of a session.
    pub async fn add_refresh_token(
        &self,
        session_id: &str,
        token: &Digest,
        expires_at: UnixMillis,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        insert_token(&mut transaction, session_id, token, expires_at).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Uses a refresh token of an application up, and puts the next one in its
    /// place, which lives until `next_expires_at` but never longer than the
    /// session.
    pub async fn rotate_refresh_token(
        &self,
        client_id: &str,
        token: &Digest,
        next: &Digest,
        next_expires_at: UnixMillis,
        now: UnixMillis,
    ) -> Result<RefreshUse, StoreError> {
        let mut transaction = self.write().await?;
        let row = sqlx::query(
            "SELECT sessions.*, used, refresh_tokens.expires_at AS token_expires_at
             FROM refresh_tokens JOIN sessions ON sessions.id = session_id WHERE token = ?",
        )
        .bind(token.as_slice())
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else {
            return Ok(RefreshUse::Unknown);
        };
        let session = read(&row)?;
        if session.client_id != client_id || row.try_get("revoked")? {
            return Ok(RefreshUse::Unknown);
        }
        if row.try_get("used")? {
            revoke(&mut transaction, &session.id).await?;
            transaction.commit().await?;
            return Ok(RefreshUse::Reused);
        }
        let token_expires_at: UnixMillis = row.try_get("token_expires_at")?;
        if token_expires_at.min(session.expires_at) <= now {
            return Ok(RefreshUse::Unknown);
        }
        sqlx::query("UPDATE refresh_tokens SET used = 1 WHERE token = ?")
            .bind(token.as_slice())
            .execute(&mut *transaction)
            .await?;
        let expires_at = next_expires_at.min(session.expires_at);
        insert_token(&mut transaction, &session.id, next, expires_at).await?;
        transaction.commit().await?;
        Ok(RefreshUse::Good(session))
    }

    /// A session that is neither over nor revoked.
    pub async fn live_session(
        &self,
        id: &str,
        now: UnixMillis,
    ) -> Result<Option<Session>, StoreError> {
        sqlx::query("SELECT * FROM sessions WHERE id = ? AND revoked = 0 AND expires_at > ?")
            .bind(id)
            .bind(now)
            .fetch_optional(&self.pool)
            .await?
            .map(|row| read(&row))
            .transpose()
    }
}

async fn insert_token(
    transaction: &mut Transaction<'static, Sqlite>,
    session_id: &str,
    token: &Digest,
    expires_at: UnixMillis,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO refresh_tokens (token, session_id, expires_at) VALUES (?, ?, ?)")
        .bind(token.as_slice())
        .bind(session_id)
        .bind(expires_at)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

async fn revoke(
    transaction: &mut Transaction<'static, Sqlite>,
    session_id: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE sessions SET revoked = 1 WHERE id = ?")
        .bind(session_id)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

fn read(row: &SqliteRow) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.try_get("id")?,
        user_id: row.try_get("user_id")?,
        client_id: row.try_get("client_id")?,
        scope: row.try_get("scope")?,
        audience: row.try_get("audience")?,
        signed_in_at: row.try_get("signed_in_at")?,
        expires_at: row.try_get("expires_at")?,
    })
}
