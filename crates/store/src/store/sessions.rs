//! Sessions, their authorization codes and their refresh tokens.

use super::Store;
use crate::sql::{Row, Transaction, query};
use crate::{AuthorizationCode, CodeUse, Digest, RefreshUse, Session, StoreError, UnixMillis};

impl Store {
    /// Begins a session, with the authorization code that it is asked for by, if
    /// there is one. A new sign-in is counted; the session of a browser that is
    /// used again is none.
    pub async fn begin_session(
        &self,
        session: &Session,
        code: Option<&AuthorizationCode>,
        is_new: bool,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        // The user first: rows that refer to them would keep others from them,
        // who keep this from them.
        if is_new {
            query(
                "UPDATE users SET last_login = $1, logins_count = logins_count + 1 WHERE id = $2",
            )
            .bind(session.signed_in_at)
            .bind(&session.user_id)
            .execute(&mut transaction)
            .await?;
        }
        query(
            "INSERT INTO sessions (id, user_id, client_id, scope, audience, signed_in_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&session.id)
        .bind(&session.user_id)
        .bind(&session.client_id)
        .bind(&session.scope)
        .bind(&session.audience)
        .bind(session.signed_in_at)
        .bind(session.expires_at)
        .execute(&mut transaction)
        .await?;
        if let Some(code) = code {
            query(
                "INSERT INTO authorization_codes (code, session_id, redirect_uri, code_challenge, nonce, expires_at)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(&code.code)
            .bind(&session.id)
            .bind(&code.redirect_uri)
            .bind(&code.code_challenge)
            .bind(&code.nonce)
            .bind(code.expires_at)
            .execute(&mut transaction)
            .await?;
        }
        transaction.commit().await
    }

    /// Uses an authorization code up.
    pub async fn use_code(&self, code: &Digest, now: UnixMillis) -> Result<CodeUse, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let row = query(
            "SELECT sessions.*, redirect_uri, code_challenge, nonce, used,
                 authorization_codes.expires_at AS code_expires_at
             FROM sessions JOIN authorization_codes ON sessions.id = session_id WHERE code = $1",
        )
        .bind(code)
        .for_update()
        .optional(&mut transaction)
        .await?;
        let Some(row) = row else {
            return Ok(CodeUse::Unknown);
        };
        let session = read(&row)?;
        if row.get("used")? {
            revoke(&mut transaction, &session.id).await?;
            transaction.commit().await?;
            return Ok(CodeUse::Reused);
        }
        query("UPDATE authorization_codes SET used = TRUE WHERE code = $1")
            .bind(code)
            .execute(&mut transaction)
            .await?;
        transaction.commit().await?;
        let found = AuthorizationCode {
            code: *code,
            redirect_uri: row.get("redirect_uri")?,
            code_challenge: row.get("code_challenge")?,
            nonce: row.get("nonce")?,
            expires_at: row.get("code_expires_at")?,
        };
        match found.expires_at > now && !row.get::<bool>("revoked")? {
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
        let mut transaction = self.pool.begin().await?;
        insert_token(&mut transaction, session_id, token, expires_at).await?;
        transaction.commit().await
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
        let mut transaction = self.pool.begin().await?;
        let row = query(
            "SELECT sessions.*, used, refresh_tokens.expires_at AS token_expires_at
             FROM sessions JOIN refresh_tokens ON sessions.id = session_id WHERE token = $1",
        )
        .bind(token)
        .for_update()
        .optional(&mut transaction)
        .await?;
        let Some(row) = row else {
            return Ok(RefreshUse::Unknown);
        };
        let session = read(&row)?;
        if session.client_id != client_id || row.get("revoked")? {
            return Ok(RefreshUse::Unknown);
        }
        if row.get("used")? {
            revoke(&mut transaction, &session.id).await?;
            transaction.commit().await?;
            return Ok(RefreshUse::Reused);
        }
        let token_expires_at: UnixMillis = row.get("token_expires_at")?;
        if token_expires_at.min(session.expires_at) <= now {
            return Ok(RefreshUse::Unknown);
        }
        query("UPDATE refresh_tokens SET used = TRUE WHERE token = $1")
            .bind(token)
            .execute(&mut transaction)
            .await?;
        let expires_at = next_expires_at.min(session.expires_at);
        insert_token(&mut transaction, &session.id, next, expires_at).await?;
        transaction.commit().await?;
        Ok(RefreshUse::Good(session))
    }

    /// Ends the session of a refresh token of an application, used or not.
    pub async fn revoke_refresh_token(
        &self,
        client_id: &str,
        token: &Digest,
    ) -> Result<(), StoreError> {
        query(
            "UPDATE sessions SET revoked = TRUE WHERE client_id = $1
             AND id = (SELECT session_id FROM refresh_tokens WHERE token = $2)",
        )
        .bind(client_id)
        .bind(token)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Ends a session of an application.
    pub async fn revoke_session(&self, client_id: &str, id: &str) -> Result<(), StoreError> {
        query("UPDATE sessions SET revoked = TRUE WHERE client_id = $1 AND id = $2")
            .bind(client_id)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// A session that is neither over nor revoked.
    pub async fn live_session(
        &self,
        id: &str,
        now: UnixMillis,
    ) -> Result<Option<Session>, StoreError> {
        query("SELECT * FROM sessions WHERE id = $1 AND NOT revoked AND expires_at > $2")
            .bind(id)
            .bind(now)
            .optional(&self.pool)
            .await?
            .map(|row| read(&row))
            .transpose()
    }
}

async fn insert_token(
    transaction: &mut Transaction,
    session_id: &str,
    token: &Digest,
    expires_at: UnixMillis,
) -> Result<(), StoreError> {
    query("INSERT INTO refresh_tokens (token, session_id, expires_at) VALUES ($1, $2, $3)")
        .bind(token)
        .bind(session_id)
        .bind(expires_at)
        .execute(transaction)
        .await?;
    Ok(())
}

async fn revoke(transaction: &mut Transaction, session_id: &str) -> Result<(), StoreError> {
    query("UPDATE sessions SET revoked = TRUE WHERE id = $1")
        .bind(session_id)
        .execute(transaction)
        .await?;
    Ok(())
}

pub(super) fn read(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.get("id")?,
        user_id: row.get("user_id")?,
        client_id: row.get("client_id")?,
        scope: row.get("scope")?,
        audience: row.get("audience")?,
        signed_in_at: row.get("signed_in_at")?,
        expires_at: row.get("expires_at")?,
    })
}
