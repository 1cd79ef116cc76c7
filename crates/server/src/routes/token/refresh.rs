//! `grant_type=refresh_token`.

use latchlet_store::{RefreshUse, UnixMillis};
use latchlet_wire::TokenResponse;

use super::invalid_grant;
use super::issue::{Asked, issue};
use crate::app::App;
use crate::auth::{Lifetimes, secret};
use crate::config::Client;
use crate::http::refusal::{OAuth, Refusal};
use crate::scope;

/// Turns a refresh token into tokens, the next refresh token among them.
pub async fn refresh(
    app: &App,
    client: &Client,
    refresh_token: &str,
    wanted: Option<&str>,
) -> Result<TokenResponse, Refusal<OAuth>> {
    let now = app.now();
    let next = secret::secret()?;
    let used = app
        .store
        .rotate_refresh_token(
            &client.id,
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
    let scope = match wanted {
        Some(less) => scope::of_both(&session.scope, less),
        None => session.scope.clone(),
    };
    let asked = Asked {
        scope: &scope,
        nonce: None,
        grant_type: None,
    };
    let mut tokens = issue(app, client, &session, asked).await?;
    tokens.refresh_token = Some(next);
    Ok(tokens)
}

/// Until when a refresh token lives that nobody uses.
pub fn idle_end(now: UnixMillis) -> UnixMillis {
    now + Lifetimes::REFRESH_TOKEN_IDLE * 1000
}
