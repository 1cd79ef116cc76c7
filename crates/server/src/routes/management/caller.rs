//! Who calls the Management API, and what they may do.
//!
//! An application's own token opens everybody's profile. A person's token opens
//! theirs alone, and whether another id exists is not told.

use axum::http::HeaderMap;
use latchlet_store::User;
use latchlet_wire::ApiError;

use crate::app::App;
use crate::auth::{AccessClaims, TokenRefused};
use crate::http::bearer;
use crate::http::refusal::{Management, Refusal};
use crate::profile;

/// The scopes that a request needs one of.
pub struct Scopes {
    /// In the token of an application.
    pub application: &'static [&'static str],
    /// In that of a person, for what is theirs.
    pub person: &'static [&'static str],
}

/// What reads a profile.
pub const READ: Scopes = Scopes {
    application: &["read:users"],
    person: &["read:current_user"],
};
/// What changes one.
pub const UPDATE: Scopes = Scopes {
    application: &["update:users", "update:users_app_metadata"],
    person: &[
        "update:current_user_metadata",
        "create:current_user_metadata",
    ],
};
/// What adds users.
pub const CREATE: &[&str] = &["create:users"];
/// What erases them.
pub const DELETE: &[&str] = &["delete:users"];

/// Who calls.
pub enum Caller {
    /// An application, which may do this.
    Application(Application),
    /// Somebody, by their id, with what is theirs.
    Person(String),
}

/// An application with a token of its own.
pub struct Application {
    scopes: Vec<String>,
}

impl Application {
    /// The user of a subject.
    pub async fn user(&self, app: &App, subject: &str) -> Result<User, Refusal<Management>> {
        user(app, local_id(subject)?, subject).await
    }

    /// Whether it may do something.
    pub fn may(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }
}

/// An application that may do something, with everybody.
pub async fn application(
    app: &App,
    headers: &HeaderMap,
    needed: &'static [&'static str],
) -> Result<Application, Refusal<Management>> {
    let scopes = Scopes {
        application: needed,
        person: &[],
    };
    // A person has no subject without a name.
    match of_user(app, headers, "", &scopes).await? {
        Caller::Application(application) => Ok(application),
        Caller::Person(_) => Err(insufficient_scope(&needed.join(",")).into()),
    }
}

/// Who calls, if they may do something with the user of a subject.
pub async fn of_user(
    app: &App,
    headers: &HeaderMap,
    subject: &str,
    needed: &Scopes,
) -> Result<Caller, Refusal<Management>> {
    let claims = claims(app, headers).await?;
    let invalid = || ApiError::new(401, "", "Invalid token");
    let all = [needed.application, needed.person].concat().join(",");
    let Some(sid) = &claims.sid else {
        // What the config grants holds at once, whatever the token says.
        let client = app.config.client(&claims.azp).ok_or_else(invalid)?;
        let granted = client.grant(&app.url("/api/v2/")).unwrap_or_default();
        let scopes = granted.iter().filter(|scope| claims.may(scope));
        let application = Application {
            scopes: scopes.cloned().collect(),
        };
        return match needed.application.iter().any(|it| application.may(it)) {
            true => Ok(Caller::Application(application)),
            false => Err(insufficient_scope(&all).into()),
        };
    };
    let session = app.store.live_session(sid, app.now()).await?;
    let session = session.ok_or_else(invalid)?;
    if !needed.person.iter().any(|scope| claims.may(scope)) {
        return Err(insufficient_scope(&all).into());
    }
    match claims.sub == subject {
        true => Ok(Caller::Person(session.user_id)),
        false => Err(insufficient_scope(&needed.application.join(",")).into()),
    }
}

async fn claims(app: &App, headers: &HeaderMap) -> Result<AccessClaims, ApiError> {
    let token =
        bearer::token(headers).ok_or_else(|| ApiError::new(401, "", "Missing authentication"))?;
    let audience = app.url("/api/v2/");
    let claims = AccessClaims::read(token, &app.keys, &app.issuer(), &audience, app.now()).await;
    claims.map_err(|refused| match refused {
        TokenRefused::Invalid => ApiError::new(401, "", "Invalid token"),
        TokenRefused::Audience => {
            ApiError::new(401, "", format!("Bad audience: expected {audience}"))
        }
    })
}

impl Caller {
    /// The user of a subject, whom the caller may ask for.
    pub async fn user(&self, app: &App, subject: &str) -> Result<User, Refusal<Management>> {
        let id = match self {
            Self::Person(id) => id,
            Self::Application(_) => local_id(subject)?,
        };
        user(app, id, subject).await
    }
}

async fn user(app: &App, id: &str, subject: &str) -> Result<User, Refusal<Management>> {
    let user = app.store.user(id).await?;
    let user = user.filter(|user| profile::subject(user) == subject);
    Ok(user.ok_or_else(inexistent)?)
}

/// What stands after the provider in a subject.
pub fn local_id(subject: &str) -> Result<&str, ApiError> {
    let parts = subject.split_once('|');
    let (_, id) = parts
        .filter(|(provider, id)| !provider.is_empty() && !id.is_empty())
        .ok_or_else(|| {
            let message = format!("Object didn't pass validation for format user-id: {subject}");
            ApiError::new(400, "invalid_uri", message)
        })?;
    Ok(id)
}

/// The token does not go so far.
pub fn insufficient_scope(expected: &str) -> ApiError {
    let message = format!("Insufficient scope, expected any of: {expected}");
    ApiError::new(403, "insufficient_scope", message)
}

/// There is no such user.
pub fn inexistent() -> ApiError {
    ApiError::new(404, "inexistent_user", "The user does not exist.")
}
