//! What an application says of a user, as it is stored. An application may write
//! what it likes into the metadata; the form of a connection is about what
//! people write.

use latchlet_core::field::MAX_METADATA_KEY;
use latchlet_core::{Object, Value, email};
use latchlet_store::{StoreError, User};
use latchlet_wire::error::code;
use latchlet_wire::management::RESERVED;
use latchlet_wire::profile::{merged, spelt_out};
use latchlet_wire::{ApiError, UserFields};

use crate::app::App;
use crate::config::{Channel, DatabaseConnection};
use crate::fault::Fault;
use crate::form::MAX_METADATA;
use crate::http::refusal::{Management, Refusal};
use crate::{new_password, passwordless};

/// Writes everything but the password into a user.
pub fn write(app: &App, user: &mut User, fields: &UserFields) -> Result<(), ApiError> {
    if let Some(typed) = &fields.email {
        let address = email::canonical(typed);
        let address = address.ok_or_else(|| payload("email", "is no e-mail address"))?;
        if user.email.as_ref() != Some(&address) {
            user.email_verified = false;
        }
        user.email = Some(address);
    }
    if let Some(typed) = &fields.phone_number {
        let number = passwordless::canonical(Channel::Sms, typed);
        let number =
            number.ok_or_else(|| payload("phone_number", "is not + and 1 to 15 digits"))?;
        if user.phone_number.as_ref() != Some(&number) {
            user.phone_verified = false;
        }
        user.phone_number = Some(number);
    }
    if let Some(typed) = &fields.username {
        user.username = Some(username(app, user, typed)?);
    }
    user.email_verified = fields.email_verified.unwrap_or(user.email_verified);
    user.phone_verified = fields.phone_verified.unwrap_or(user.phone_verified);
    user.blocked = fields.blocked.unwrap_or(user.blocked);
    user.attributes = merged(&user.attributes, &fields.attributes);
    if let Some(change) = &fields.user_metadata {
        user.user_metadata = metadata("user_metadata", &user.user_metadata, change)?;
    }
    if let Some(change) = &fields.app_metadata {
        let reserved = change.iter().find(|(key, _)| RESERVED.contains(key));
        if let Some((key, _)) = reserved {
            return Err(payload(&format!("app_metadata.{key}"), "is reserved"));
        }
        user.app_metadata = metadata("app_metadata", &user.app_metadata, change)?;
    }
    Ok(())
}

/// The database connection of a user, who can have a password there.
pub fn connection<'a>(app: &'a App, user: &User) -> Result<&'a DatabaseConnection, ApiError> {
    let connection = app.config.connection(&user.connection);
    connection.ok_or_else(|| payload("password", "is for accounts of a database connection alone"))
}

/// The hash of a password that the policy of the connection allows.
pub async fn password(
    app: &App,
    connection: &DatabaseConnection,
    user: &User,
    password: &str,
) -> Result<String, Refusal<Management>> {
    new_password::check(connection, &app.host(), user, password).map_err(|it| refused(&it))?;
    Ok(app.hasher.hash(password.to_owned()).await?)
}

/// A password that is not taken, in the shape of this API.
pub fn refused(refused: &new_password::Refused) -> ApiError {
    let error = refused.to_api();
    let name = error.name.unwrap_or_default();
    let text = error
        .message
        .unwrap_or_else(|| refused.message().english().to_owned());
    ApiError::new(400, code::INVALID_PASSWORD, format!("{name}: {text}"))
}

/// Another user has what must be one's own.
pub fn taken(error: StoreError, status: u16, text: impl Fn(&str) -> String) -> ApiError {
    let name = match error {
        StoreError::IdTaken => "id",
        StoreError::EmailTaken => "email",
        StoreError::PhoneNumberTaken => "phone number",
        StoreError::UsernameTaken => "username",
        error => return Fault::from(error).into(),
    };
    ApiError::new(status, "auth0_idp_error", text(name))
}

/// A property that is not accepted.
pub fn payload(property: &str, reason: &str) -> ApiError {
    let message =
        format!("Payload validation error: '{property} {reason}' on property {property}.");
    ApiError::new(400, code::INVALID_BODY, message)
}

fn username(app: &App, user: &User, typed: &str) -> Result<String, ApiError> {
    let connection = app.config.connection(&user.connection);
    let rules = connection.and_then(|it| it.rules.username.as_ref());
    let rules = rules.ok_or_else(|| payload("username", "is not used by this connection"))?;
    let name = rules.canonical(typed);
    name.map_err(|_| payload("username", "breaks the rules of this connection"))
}

/// Metadata with a change: key by key, `null` deletes, an empty one clears.
fn metadata(name: &str, stored: &Object, change: &Object) -> Result<Object, ApiError> {
    for (key, value) in change.iter() {
        let is_odd = key.is_empty() || key.contains(['.', '$']);
        if *value != Value::Null && (is_odd || key.chars().count() > MAX_METADATA_KEY) {
            let reason = "has a name that is empty, too long, or has `.` or `$` in it";
            return Err(payload(&format!("{name}.{key}"), reason));
        }
    }
    let metadata = merged(stored, &spelt_out(change, stored));
    match serde_json::json!(metadata).to_string().len() > MAX_METADATA {
        true => Err(payload(name, "would take more than 32 KiB")),
        false => Ok(metadata),
    }
}
