//! Whose account it is.
//!
//! Somebody is known by the connection and by what the provider calls them, and
//! by nothing else: an address alone opens no account. Only where the config
//! says so, and the address is verified on both sides, do they get the account
//! that they have with a password.

use latchlet_core::Object;
use latchlet_store::{Identity, StoreError, UnixMillis, User};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

use super::claims::Said;
use crate::app::App;
use crate::auth::secret;
use crate::config::FederatedConnection;
use crate::fault::Fault;
use crate::sign_in;

/// The account of somebody who comes from a provider. They get one, if they
/// have none, unless the connection takes only those it knows.
pub async fn of(
    app: &App,
    connection: &FederatedConnection,
    said: &Said,
) -> Result<User, ApiError> {
    let user = match known(app, connection, said).await? {
        Some(user) => user,
        None => match with_password(app, connection, said).await? {
            Some(user) => link(app, connection, said, user).await?,
            None if connection.disable_signup => {
                let text = "There is no account of this person, and none can be made here.";
                return Err(ApiError::new(403, code::ACCESS_DENIED, text));
            }
            None => add(app, connection, said).await?,
        },
    };
    match user.blocked {
        false => Ok(user),
        true => Err(sign_in::blocked("unauthorized")),
    }
}

/// The user who came before, as the provider describes them now.
async fn known(
    app: &App,
    connection: &FederatedConnection,
    said: &Said,
) -> Result<Option<User>, Fault> {
    let found = app.store.user_by_identity(&connection.name, &said.subject);
    let Some(user) = found.await? else {
        return Ok(None);
    };
    if !connection.on_each_login || user.blocked {
        return Ok(Some(user));
    }
    let identity = identity(connection, said, &user.id);
    let now = app.now();
    // What belongs to an account with a password is the person's own there.
    let is_its_own = user.connection == connection.name;
    let follows = |with_email: bool| {
        move |user: &mut User, before: &Object| {
            follow(user, before, said, with_email && is_its_own, now);
        }
    };
    let followed = app.store.follow_identity(&identity, follows(true)).await;
    match followed {
        // Somebody else of the connection has this address.
        Err(StoreError::EmailTaken) => {
            app.store.follow_identity(&identity, follows(false)).await?;
        }
        followed => followed?,
    }
    Ok(Some(user))
}

async fn link(
    app: &App,
    connection: &FederatedConnection,
    said: &Said,
    user: User,
) -> Result<User, Fault> {
    let identity = identity(connection, said, &user.id);
    match app.store.add_identity(&identity).await {
        Ok(()) => Ok(user),
        // Another of their tabs was faster.
        Err(error) => known(app, connection, said).await?.ok_or(error.into()),
    }
}

async fn add(app: &App, connection: &FederatedConnection, said: &Said) -> Result<User, Fault> {
    let user = new_user(connection, said, app.now())?;
    let identity = identity(connection, said, &user.id);
    let error = match app.store.add_user_with_identity(&user, &identity).await {
        Ok(()) => return Ok(user),
        Err(error) => error,
    };
    // Another of their tabs was faster.
    if let Some(user) = known(app, connection, said).await? {
        return Ok(user);
    }
    // Somebody else of the connection has this address: both are let in, and it
    // stays the address of the first.
    if !matches!(error, StoreError::EmailTaken) {
        return Err(error.into());
    }
    let user = User {
        email: None,
        email_verified: false,
        ..user
    };
    app.store.add_user_with_identity(&user, &identity).await?;
    Ok(user)
}

/// Takes over what the provider says, where it said what is there: what somebody
/// else has put there since stays.
fn follow(user: &mut User, before: &Object, said: &Said, with_email: bool, now: UnixMillis) {
    let mut attributes = Object::new();
    for (name, value) in user.attributes.iter() {
        if before.get(name) != Some(value) {
            attributes.insert(name, value.clone());
        }
    }
    for (name, value) in said.attributes.iter() {
        if attributes.get(name).is_none() {
            attributes.insert(name, value.clone());
        }
    }
    user.attributes = attributes;
    user.updated_at = now;
    if with_email && user.email.as_deref() == before.text("email") {
        user.email_verified = said.email_verified;
        user.email = said.email.clone();
    }
}

/// The account that somebody has with a password, where it may be theirs.
async fn with_password(
    app: &App,
    connection: &FederatedConnection,
    said: &Said,
) -> Result<Option<User>, Fault> {
    let (Some(database), Some(email)) = (&connection.link_to, &said.email) else {
        return Ok(None);
    };
    let found = match said.email_verified {
        true => app.store.user_by_login(database, email).await?,
        false => None,
    };
    Ok(found.filter(|user| user.email_verified && user.email.as_ref() == Some(email)))
}

fn identity(connection: &FederatedConnection, said: &Said, user_id: &str) -> Identity {
    let mut profile = said.attributes.clone();
    if let Some(email) = &said.email {
        profile.insert("email", email.as_str());
        profile.insert("email_verified", said.email_verified);
    }
    Identity {
        user_id: user_id.to_owned(),
        provider: connection.strategy.name.to_owned(),
        connection: connection.name.clone(),
        subject: said.subject.clone(),
        is_social: connection.strategy.is_social,
        profile,
    }
}

/// As Auth0 names them: a social provider is one for everybody, an enterprise
/// has its own.
fn new_user(connection: &FederatedConnection, said: &Said, now: UnixMillis) -> Result<User, Fault> {
    let id = match connection.strategy.is_social {
        true => said.subject.clone(),
        false => [&connection.name, "|", &said.subject].concat(),
    };
    Ok(User {
        id,
        provider: connection.strategy.name.to_owned(),
        connection: connection.name.clone(),
        email: said.email.clone(),
        email_verified: said.email_verified,
        phone_number: None,
        phone_verified: false,
        username: None,
        password_hash: None,
        last_password_reset: None,
        blocked: false,
        consent_subject: secret::id()?,
        attributes: said.attributes.clone(),
        user_metadata: Object::new(),
        app_metadata: Object::new(),
        created_at: now,
        updated_at: now,
        last_login: None,
        logins_count: 0,
    })
}
