//! `POST /oauth/token`: a code, or a refresh token, becomes tokens.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use latchlet_core::Value;
use latchlet_store::{CodeUse, RefreshUse, Session};
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, TokenRequest, TokenResponse};

use crate::app::App;
use crate::auth::{Lifetimes, issue_access_token, issue_id_token, secret};
use crate::http::refusal::{OAuth, Refusal};
use crate::http::{body, origin};
use crate::profile;

/// Issues tokens.
pub async fn post(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, Refusal<OAuth>> {
    let body = body::json_or_form(&headers, &bytes)?;
    let request = TokenRequest::from_value(&body)
        .map_err(|malformed| ApiError::new(400, code::INVALID_REQUEST, malformed.to_string()))?
        .ok_or_else(|| other_grant(&body))?;
    let (TokenRequest::AuthorizationCode { client_id, .. }
    | TokenRequest::RefreshToken { client_id, .. }) = &request;
    let client = app
        .config
        .client(client_id)
        .ok_or_else(|| ApiError::new(401, "invalid_client", "Unknown client."))?;
    origin::check(&headers, |origin| client.may_call(origin))?;
    let tokens = match request {
        TokenRequest::AuthorizationCode {
            client_id,
            code,
            redirect_uri,
            code_verifier,
        } => exchange(&app, &client_id, &code, &redirect_uri, &code_verifier).await?,
        TokenRequest::RefreshToken {
            client_id,
            refresh_token,
            scope,
        } => refresh(&app, &client_id, &refresh_token, scope.as_deref()).await?,
    };
    Ok(Json(tokens.to_value()))
}

async fn exchange(
    app: &App,
    client_id: &str,
    code: &str,
    redirect_uri: &str,
    code_verifier: &str,
) -> Result<TokenResponse, Refusal<OAuth>> {
    let now = app.now();
    let used = app.store.use_code(&secret::digest(code), now).await?;
    let CodeUse::Good(good) = used else {
        if used == CodeUse::Reused {
            tracing::warn!("an authorization code was used again: its session has been revoked");
        }
        return Err(invalid_grant("Invalid authorization code").into());
    };
    let (session, code) = *good;
    if session.client_id != client_id || code.redirect_uri != redirect_uri {
        return Err(invalid_grant("Invalid authorization code").into());
    }
    if !secret::verifies(code_verifier, &code.code_challenge) {
        return Err(invalid_grant("Failed to verify code verifier").into());
    }
    let scope = session.scope.clone();
    let mut tokens = issue(app, &session, &scope, code.nonce.as_deref()).await?;
    if has(&scope, "offline_access") {
        let token = secret::secret()?;
        let expires_at = session.expires_at.min(idle_end(now));
        app.store
            .add_refresh_token(&session.id, &secret::digest(&token), expires_at)
            .await?;
        tokens.refresh_token = Some(token);
    }
    Ok(tokens)
}

async fn refresh(
    app: &App,
    client_id: &str,
    refresh_token: &str,
    scope: Option<&str>,
) -> Result<TokenResponse, Refusal<OAuth>> {
    let now = app.now();
    let next = secret::secret()?;
    let used = app
        .store
        .rotate_refresh_token(
            client_id,
            &secret::digest(refresh_token),
            &secret::digest(&next),
            idle_end(now),
            now,
        )
        .await?;
    let RefreshUse::Good(session) = used else {
        if used == RefreshUse::Reused {
            tracing::warn!("a refresh token was used again: its session has been revoked");
        }
        return Err(invalid_grant("Unknown or invalid refresh token.").into());
    };
    // Less than was granted may be asked for, more is not given.
    let scope = match scope {
        Some(less) => session
            .scope
            .split(' ')
            .filter(|granted| has(less, granted))
            .collect::<Vec<_>>()
            .join(" "),
        None => session.scope.clone(),
    };
    let mut tokens = issue(app, &session, &scope, None).await?;
    tokens.refresh_token = Some(next);
    Ok(tokens)
}

async fn issue(
    app: &App,
    session: &Session,
    scope: &str,
    nonce: Option<&str>,
) -> Result<TokenResponse, Refusal<OAuth>> {
    let (keys, issuer, now) = (&app.keys, app.issuer(), app.now());
    let user = app.store.user(&session.user_id).await?.ok_or_else(|| {
        invalid_grant("The token was generated for a user who doesn't exist anymore.")
    })?;
    let id_token = match has(scope, "openid") {
        true => {
            let claims = profile::claims(&user, scope);
            Some(issue_id_token(keys, &issuer, session, &claims, nonce, now)?)
        }
        false => None,
    };
    let subject = profile::subject(&user);
    Ok(TokenResponse {
        access_token: issue_access_token(keys, &issuer, session, subject, scope, now)?,
        expires_in: Lifetimes::ACCESS_TOKEN,
        scope: Some(scope.to_owned()),
        id_token,
        refresh_token: None,
    })
}

/// The refusal of a grant that is not served. Those that hand a password to
/// the application are known, and refused for good (RFC 9700 §2.4).
fn other_grant(body: &Value) -> ApiError {
    let grant = body
        .as_object()
        .and_then(|body| body.text("grant_type"))
        .unwrap_or_default();
    match grant {
        "password" | "http://auth0.com/oauth/grant-type/password-realm" => ApiError::new(
            403,
            "unauthorized_client",
            format!("Grant type '{grant}' not allowed for the client."),
        ),
        _ => ApiError::new(
            400,
            "unsupported_grant_type",
            "Only authorization_code and refresh_token are served.",
        ),
    }
}

fn idle_end(now: i64) -> i64 {
    now + Lifetimes::REFRESH_TOKEN_IDLE * 1000
}

fn has(scope: &str, one: &str) -> bool {
    scope.split(' ').any(|each| each == one)
}

/// Auth0 answers 403 where RFC 6749 has 400, and its clients rely on the texts.
fn invalid_grant(description: &str) -> ApiError {
    ApiError::new(403, code::INVALID_GRANT, description)
}
