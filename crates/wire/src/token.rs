//! `POST /oauth/token`: an authorization code, or a refresh token, becomes
//! tokens.

use latchlet_core::{Object, Value};

use crate::malformed::{Malformed, insert_some, object, optional_text, text};

/// What the client sends, by its `grant_type`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenRequest {
    /// `authorization_code`, with PKCE.
    AuthorizationCode {
        /// The application.
        client_id: String,
        /// The code that `/authorize` gave.
        code: String,
        /// The address that the code was sent to.
        redirect_uri: String,
        /// The secret whose SHA-256 `/authorize` got; empty if it got none.
        code_verifier: String,
    },
    /// `refresh_token`.
    RefreshToken {
        /// The application.
        client_id: String,
        /// The token; each is good once.
        refresh_token: String,
        /// A part of the scope that was granted, if less is wanted.
        scope: Option<String>,
    },
}

impl TokenRequest {
    /// The body of the request.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        match self {
            TokenRequest::AuthorizationCode {
                client_id,
                code,
                redirect_uri,
                code_verifier,
            } => {
                body.insert("grant_type", "authorization_code");
                body.insert("client_id", client_id.as_str());
                body.insert("code", code.as_str());
                body.insert("redirect_uri", redirect_uri.as_str());
                body.insert("code_verifier", code_verifier.as_str());
            }
            TokenRequest::RefreshToken {
                client_id,
                refresh_token,
                scope,
            } => {
                body.insert("grant_type", "refresh_token");
                body.insert("client_id", client_id.as_str());
                body.insert("refresh_token", refresh_token.as_str());
                insert_some(&mut body, "scope", scope.as_ref());
            }
        }
        body.into()
    }

    /// Reads the body of a request. `Ok(None)` is a `grant_type` other than
    /// the two: the contract has an answer of its own for it.
    pub fn from_value(value: &Value) -> Result<Option<Self>, Malformed> {
        let body = object(value)?;
        match text(body, "grant_type")?.as_str() {
            "authorization_code" => Ok(Some(TokenRequest::AuthorizationCode {
                client_id: text(body, "client_id")?,
                code: text(body, "code")?,
                redirect_uri: text(body, "redirect_uri")?,
                code_verifier: optional_text(body, "code_verifier")?.unwrap_or_default(),
            })),
            "refresh_token" => Ok(Some(TokenRequest::RefreshToken {
                client_id: text(body, "client_id")?,
                refresh_token: text(body, "refresh_token")?,
                scope: optional_text(body, "scope")?,
            })),
            _ => Ok(None),
        }
    }
}

/// What the backend answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenResponse {
    /// For the API that was named as audience, and for `/userinfo`.
    pub access_token: String,
    /// Seconds until the access token ends.
    pub expires_in: u32,
    /// The scope that was granted.
    pub scope: Option<String>,
    /// Who signed in, if the scope has `openid`.
    pub id_token: Option<String>,
    /// If the scope has `offline_access`.
    pub refresh_token: Option<String>,
}

impl TokenResponse {
    /// The body of the reply.
    pub fn to_value(&self) -> Value {
        let mut body = Object::new();
        body.insert("access_token", self.access_token.as_str());
        insert_some(&mut body, "id_token", self.id_token.as_ref());
        insert_some(&mut body, "refresh_token", self.refresh_token.as_ref());
        insert_some(&mut body, "scope", self.scope.as_ref());
        body.insert("expires_in", self.expires_in);
        body.insert("token_type", "Bearer");
        body.into()
    }

    /// Reads the body of a reply.
    pub fn from_value(value: &Value) -> Result<Self, Malformed> {
        let body = object(value)?;
        Ok(Self {
            access_token: text(body, "access_token")?,
            expires_in: body
                .get("expires_in")
                .and_then(Value::as_number)
                .ok_or_else(|| Malformed::new("expires_in", "a number"))?
                as u32,
            scope: optional_text(body, "scope")?,
            id_token: optional_text(body, "id_token")?,
            refresh_token: optional_text(body, "refresh_token")?,
        })
    }
}
