//! A user that an application adds.

use latchlet_core::{Object, Value};
use latchlet_store::User;
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, UserFields};

use super::given::{self, payload};
use crate::app::App;
use crate::auth::secret;
use crate::http::refusal::{Management, Refusal};

/// The most characters of an id that an application chooses.
const MAX_ID: usize = 128;

/// Adds a user.
pub async fn add(app: &App, body: &Value) -> Result<User, Refusal<Management>> {
    let (fields, id) = UserFields::read_new(body).map_err(|malformed| {
        let message = format!("Payload validation error: {malformed}");
        ApiError::new(400, code::INVALID_BODY, message)
    })?;
    let mut user = blank(app, fields.connection.as_deref().unwrap_or_default())?;
    if let Some(id) = id {
        let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b"._~-".contains(&byte);
        if id.is_empty() || id.len() > MAX_ID || !id.bytes().all(is_fit) {
            return Err(payload("user_id", "has other characters than A-Z a-z 0-9 . _ ~ -").into());
        }
        user.id = id;
    }
    given::write(app, &mut user, &fields)?;
    complete(app, &user, &fields)?;
    if let Some(password) = &fields.password {
        let connection = given::connection(app, &user)?;
        user.password_hash = Some(given::password(app, connection, &user, password).await?);
    }
    app.store
        .add_user(&user, &[])
        .await
        .map_err(|error| given::taken(error, 409, |_| "The user already exists.".to_owned()))?;
    Ok(user)
}

/// Somebody of whom nothing is known.
fn blank(app: &App, connection: &str) -> Result<User, Refusal<Management>> {
    let config = &app.config;
    let provider = match (
        config.connection(connection),
        config.passwordless(connection),
    ) {
        (Some(_), _) => "auth0",
        (None, Some(passwordless)) => passwordless.channel.strategy(),
        (None, None) => {
            let text = "The connection does not exist.";
            return Err(ApiError::new(400, "inexistent_connection", text).into());
        }
    };
    let now = app.now();
    Ok(User {
        id: secret::id()?,
        provider: provider.to_owned(),
        connection: connection.to_owned(),
        email: None,
        email_verified: false,
        phone_number: None,
        phone_verified: false,
        username: None,
        password_hash: None,
        last_password_reset: None,
        blocked: false,
        consent_subject: secret::id()?,
        attributes: Object::new(),
        user_metadata: Object::new(),
        app_metadata: Object::new(),
        created_at: now,
        updated_at: now,
        last_login: None,
        logins_count: 0,
    })
}

/// Whether there is all that the person needs to sign in.
fn complete(app: &App, user: &User, fields: &UserFields) -> Result<(), ApiError> {
    let missing = |property: &str| payload(property, "is missing");
    match user.provider.as_str() {
        "sms" if user.phone_number.is_none() => Err(missing("phone_number")),
        "sms" => Ok(()),
        _ if user.email.is_none() => Err(missing("email")),
        "auth0" if fields.password.is_none() => Err(missing("password")),
        "auth0" if user.username.is_none() && wants_username(app, user) => Err(missing("username")),
        _ => Ok(()),
    }
}

fn wants_username(app: &App, user: &User) -> bool {
    let connection = app.config.connection(&user.connection);
    connection.is_some_and(|it| it.rules.username.is_some())
}
