//! The session of an application: who signed in to it, and what they grant it.

use latchlet_store::{Session, UnixMillis};

use crate::app::App;
use crate::auth::{Lifetimes, secret};
use crate::config::Client;
use crate::fault::Fault;
use crate::scope;

/// Somebody who proved who they are.
pub struct Login {
    /// Who.
    pub user_id: String,
    /// When.
    pub signed_in_at: UnixMillis,
    /// Whether they did so just now, and not when the session of their browser
    /// began.
    pub is_new: bool,
}

/// A session that begins now. It lives as long as what it can be used for: a
/// refresh token, or the access token that comes of a code.
pub fn new(
    app: &App,
    client: &Client,
    login: &Login,
    scope: String,
    audience: Option<String>,
) -> Result<Session, Fault> {
    let access_token = app.config.lifetime(audience.as_deref(), client);
    let lifetime = match scope::has(&scope, "offline_access") {
        true => Lifetimes::REFRESH_TOKEN_ABSOLUTE,
        false => Lifetimes::CODE + i64::from(access_token),
    };
    Ok(Session {
        id: secret::id()?,
        user_id: login.user_id.clone(),
        client_id: client.id.clone(),
        scope,
        audience,
        signed_in_at: login.signed_in_at,
        expires_at: app.now() + lifetime * 1000,
    })
}
