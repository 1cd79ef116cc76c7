//! The tokens of a session.

use latchlet_store::Session;
use latchlet_wire::TokenResponse;

use super::invalid_grant;
use crate::app::App;
use crate::auth::{AccessGrant, issue_access_token, issue_id_token};
use crate::config::Client;
use crate::http::refusal::{OAuth, Refusal};
use crate::{profile, scope, sign_in};

/// An access token and, if the scope has `openid`, an ID token.
pub async fn issue(
    app: &App,
    client: &Client,
    session: &Session,
    scope: &str,
    nonce: Option<&str>,
) -> Result<TokenResponse, Refusal<OAuth>> {
    let (keys, issuer, now) = (&app.keys, app.issuer(), app.now());
    let user = app.store.user(&session.user_id).await?.ok_or_else(|| {
        invalid_grant("The token was generated for a user who doesn't exist anymore.")
    })?;
    if user.blocked {
        return Err(sign_in::blocked("unauthorized").into());
    }
    let id_token = match scope::has(scope, "openid") {
        true => {
            let claims = profile::claims(&user, scope);
            Some(issue_id_token(keys, &issuer, session, &claims, nonce, now)?)
        }
        false => None,
    };
    let lifetime = app.config.lifetime(session.audience.as_deref(), client);
    let grant = AccessGrant {
        subject: profile::subject(&user),
        client_id: &client.id,
        audience: session.audience.as_deref(),
        scope,
        lifetime,
        session: Some(&session.id),
        grant_type: None,
    };
    Ok(TokenResponse {
        access_token: issue_access_token(keys, &issuer, grant, now)?,
        expires_in: lifetime,
        scope: Some(scope.to_owned()),
        id_token,
        refresh_token: None,
    })
}
