//! `grant_type=authorization_code`.

use latchlet_store::CodeUse;
use latchlet_wire::TokenResponse;

use super::invalid_grant;
use super::issue::{Asked, first};
use crate::app::App;
use crate::auth::secret;
use crate::config::Client;
use crate::http::refusal::{OAuth, Refusal};

/// Turns a code into tokens.
pub async fn exchange(
    app: &App,
    client: &Client,
    code: &str,
    redirect_uri: &str,
    code_verifier: &str,
) -> Result<TokenResponse, Refusal<OAuth>> {
    let used = app.store.use_code(&secret::digest(code), app.now()).await?;
    let CodeUse::Good(good) = used else {
        if used == CodeUse::Reused {
            tracing::warn!("an authorization code was used again: its session has been revoked");
        }
        return Err(invalid_grant("Invalid authorization code").into());
    };
    let (session, code) = *good;
    if session.client_id != client.id || code.redirect_uri != redirect_uri {
        return Err(invalid_grant("Invalid authorization code").into());
    }
    // Whoever asked without a challenge has no verifier: one that comes all the
    // same belongs to another request (RFC 9700 §4.8).
    let verified = match code.code_challenge.is_empty() {
        true => code_verifier.is_empty(),
        false => secret::verifies(code_verifier, &code.code_challenge),
    };
    if !verified {
        return Err(invalid_grant("Failed to verify code verifier").into());
    }
    let asked = Asked {
        scope: &session.scope,
        nonce: code.nonce.as_deref(),
        grant_type: None,
    };
    first(app, client, &session, asked).await
}
