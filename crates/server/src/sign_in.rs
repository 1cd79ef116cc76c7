//! Who somebody is by their password, or by a code that was sent to them.

use std::sync::Arc;

use latchlet_core::email;
use latchlet_core::password::MAX_BYTES;
use latchlet_store::{Addressee, User};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

use crate::app::App;
use crate::config::{Channel, DatabaseConnection, PasswordlessConnection, SignUpMode};
use crate::email_verification;
use crate::fault::Fault;
use crate::limits::{Address, Login};
use crate::passwordless::{self, MAX_ATTEMPTS};

/// What Auth0 says of a password, and its clients rely on.
pub const WRONG_PASSWORD: &str = "Wrong email or password.";

/// What it says of a code.
pub fn wrong_code(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "Wrong email or verification code.",
        Channel::Sms => "Wrong phone number or verification code.",
    }
}

/// Somebody is kept out, whom everything else would let in.
pub fn blocked(code: &str) -> ApiError {
    ApiError::new(403, code, "user is blocked")
}

/// The connection of a password: the one that is named, else the default one.
pub fn database<'a>(app: &'a App, realm: Option<&str>) -> Result<&'a DatabaseConnection, ApiError> {
    let config = &app.config;
    match realm {
        Some(realm) => config.connection(realm).ok_or_else(|| unknown_realm(realm)),
        None => config.connections.first().ok_or_else(|| {
            let text = "There is no connection with passwords.";
            ApiError::new(400, code::INVALID_REQUEST, text)
        }),
    }
}

/// The connection of a code.
pub fn passwordless<'a>(app: &'a App, realm: &str) -> Result<&'a PasswordlessConnection, ApiError> {
    let connection = app.config.passwordless(realm);
    connection.ok_or_else(|| unknown_realm(realm))
}

/// It is repeated as JSON to whoever sent it.
fn unknown_realm(realm: &str) -> ApiError {
    ApiError::new(
        400,
        code::INVALID_REQUEST,
        format!("Unknown realm {realm}."),
    )
}

/// The user of a name and a password. Whatever is wrong with them, the answer
/// is the same after the same work.
pub async fn by_password(
    app: &Arc<App>,
    connection: &DatabaseConnection,
    username: &str,
    password: String,
    from: Address,
) -> Result<Option<User>, Fault> {
    let name = connection.rules.name.as_str();
    let login = email::canonical(username).or_else(|| {
        let rules = connection.rules.username.as_ref()?;
        rules.canonical(username).ok()
    });
    let account = login.as_deref().unwrap_or(username);
    let attempt = Login::begin(app, name, account, from).await?;
    let user = match &login {
        Some(login) => app.store.user_by_login(name, login).await?,
        None => None,
    };
    // No account has a longer password.
    let possible = password.len() <= MAX_BYTES;
    let hash = user.as_ref().filter(|_| possible);
    let hash = hash.and_then(|user| user.password_hash.as_deref());
    let is_right = app.hasher.verify(password, hash).await?;
    let mut user = user.filter(|_| is_right);
    // Whoever has just signed up must not learn from this, nor from how often they
    // may try, whether somebody had an account before.
    let is_strict = connection.sign_up == SignUpMode::Strict;
    let unverified = user.take_if(|user| is_strict && !user.email_verified);
    attempt.end(user.is_some()).await?;
    if let Some(user) = unverified {
        email_verification::at_sign_up(app, connection, &user).await;
    }
    Ok(counted(app, user))
}

/// The user of a code that was sent to them. A code is good for a few attempts,
/// and for one that is right.
pub async fn by_code(
    app: &App,
    connection: &PasswordlessConnection,
    client_id: &str,
    username: &str,
    otp: String,
    from: Address,
) -> Result<Option<User>, Fault> {
    let to = passwordless::canonical(connection.channel, username).map(|recipient| Addressee {
        connection: connection.name.clone(),
        recipient,
        client_id: client_id.to_owned(),
    });
    let account = to.as_ref().map_or(username, |to| &to.recipient);
    let attempt = Login::begin(app, &connection.name, account, from).await?;
    let hash = match &to {
        Some(to) => {
            let now = app.now();
            let tried = app.store.try_one_time_code(to, MAX_ATTEMPTS, now);
            tried.await?
        }
        None => None,
    };
    let is_right = app.hasher.verify(otp, hash.as_deref()).await?;
    attempt.end(is_right).await?;
    if let (true, Some(to), Some(hash)) = (is_right, &to, &hash)
        && app.store.use_one_time_code(to, hash).await?
    {
        let user = passwordless::account(app, connection, to).await?;
        return Ok(counted(app, user));
    }
    Ok(counted(app, None))
}

fn counted(app: &App, user: Option<User>) -> Option<User> {
    app.metrics.login(match user {
        Some(_) => "success",
        None => "wrong_credentials",
    });
    user
}
