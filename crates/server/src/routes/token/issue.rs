//! The tokens of a session.

use latchlet_store::Session;
use latchlet_wire::TokenResponse;

use super::invalid_grant;
use super::refresh::idle_end;
use crate::app::App;
use crate::auth::{AccessGrant, issue_access_token, issue_id_token, secret};
use crate::config::Client;
use crate::http::refusal::{OAuth, Refusal};
use crate::{profile, scope, sign_in};

/// What the tokens of a session say.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// What they are for: what the session has, or less.
    pub scope: &'a str,
    /// What the ID token repeats.
    pub nonce: Option<&'a str>,
    /// How they were asked for, where there was no browser.
    pub grant_type: Option<&'a str>,
}

/// The first tokens of a session, with a refresh token if the scope has
/// `offline_access`.
pub async fn first(
    app: &App,
    client: &Client,
    session: &Session,
    asked: Asked<'_>,
) -> Result<TokenResponse, Refusal<OAuth>> {
    let mut tokens = issue(app, client, session, asked).await?;
    if scope::has(asked.scope, "offline_access") {
        let token = secret::secret()?;
        let expires_at = session.expires_at.min(idle_end(app.now()));
        app.store
            .add_refresh_token(&session.id, &secret::digest(&token), expires_at)
            .await?;
        tokens.refresh_token = Some(token);
    }
    Ok(tokens)
}

/// An access token and, if the scope has `openid`, an ID token.
pub async fn issue(
    app: &App,
    client: &Client,
    session: &Session,
    asked: Asked<'_>,
) -> Result<TokenResponse, Refusal<OAuth>> {
    let Asked {
        scope,
        nonce,
        grant_type,
    } = asked;
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
        grant_type,
    };
    Ok(TokenResponse {
        access_token: issue_access_token(keys, &issuer, grant, now)?,
        expires_in: lifetime,
        scope: Some(scope.to_owned()),
        id_token,
        refresh_token: None,
    })
}
